"""Files that people share: the event, files.info, and downloading with the token."""

from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from slack_sdk import WebClient

from sandbox import Sandbox
from tests.local_bot import wait_until
from tests.sandbox.support import ADA, PEOPLE, TinyApp, client_of, manifest, refused

SCOPES = ["chat:write", "im:history", "im:write", "files:read"]


def shared(sandbox: Sandbox) -> dict[str, Any]:
    """The file that Ada has shared with the app, as her message shows it."""
    assert sandbox.person(ADA).share_file("list of pairs.csv", b"a,b\n1,2\n", "Here").ok
    message = sandbox.person(ADA).inbox()[-1]
    assert (message["subtype"], message["text"]) == ("file_share", "Here")
    (file,) = message["files"]
    found: dict[str, Any] = file
    return found


def fetched(url: str, token: str) -> tuple[str, bytes]:
    with urlopen(Request(url, headers={"Authorization": f"Bearer {token}"})) as response:
        return response.headers.get_content_type(), response.read()


def test_a_file_is_described_and_downloaded_with_the_token() -> None:
    with Sandbox(manifest(scopes=SCOPES), PEOPLE) as sandbox:
        file = shared(sandbox)
        client: WebClient = client_of(sandbox)
        told = client.files_info(file=file["id"])["file"]
        assert {name: told[name] for name in file} == file
        assert [share["ts"] for share in told["shares"]["private"][told["ims"][0]]]
        assert (file["name"], file["size"], file["filetype"]) == ("list of pairs.csv", 8, "csv")
        assert file["url_private_download"].startswith(sandbox.url)
        assert fetched(file["url_private_download"], sandbox.bot_token) == ("text/csv", b"a,b\n1,2\n")


def test_without_the_token_or_the_scope_there_is_a_page_to_sign_in() -> None:
    with Sandbox(manifest(scopes=SCOPES), PEOPLE) as sandbox:
        assert fetched(shared(sandbox)["url_private_download"], "xoxb-another")[0] == "text/html"
    with Sandbox(manifest(scopes=SCOPES[:-1]), PEOPLE) as sandbox:
        file = shared(sandbox)
        assert fetched(file["url_private_download"], sandbox.bot_token)[0] == "text/html"
        with refused("missing_scope"):
            client_of(sandbox).files_info(file=file["id"])


def test_a_file_that_the_app_cannot_see_is_not_found() -> None:
    with Sandbox(manifest(scopes=SCOPES), PEOPLE) as sandbox:
        shared(sandbox)
        with refused("file_not_found"):
            client_of(sandbox).files_info(file="F0NOTHING")


WITH_SHARING = [*SCOPES, "files:write"]


def upload(url: str, data: bytes) -> int:
    with urlopen(Request(url, data=data, headers={"Content-Type": "application/octet-stream"})) as response:
        return int(response.status)


def test_the_app_shares_a_file_in_three_steps() -> None:
    with Sandbox(manifest(scopes=WITH_SHARING), PEOPLE) as sandbox:
        client = client_of(sandbox)
        place = client.conversations_open(users=ADA)["channel"]["id"]
        started = client.files_getUploadURLExternal(filename="meeting.ics", length=5)
        assert upload(started["upload_url"], b"BEGIN") == 200
        assert sandbox.person(ADA).inbox() == []
        done = client.files_completeUploadExternal(
            files=[{"id": started["file_id"], "title": "A meeting"}], channel_id=place, initial_comment="Here it is"
        )
        assert done["files"] == [{"id": started["file_id"], "title": "A meeting"}]
        (message,) = sandbox.person(ADA).inbox()
        assert (message["text"], message["files"][0]["title"]) == ("Here it is", "A meeting")
        told = client.files_info(file=started["file_id"])["file"]
        assert told["shares"]["private"][place][0]["ts"] == message["ts"]
        with urlopen(f"{sandbox.url}/sandbox/people/{ADA}/files/{started['file_id']}/meeting.ics") as response:
            assert (response.read(), response.headers.get_content_type()) == (b"BEGIN", "text/calendar")


def test_the_libraries_own_upload_works_too() -> None:
    with Sandbox(manifest(scopes=WITH_SHARING), PEOPLE) as sandbox:
        client = client_of(sandbox)
        place = client.conversations_open(users=ADA)["channel"]["id"]
        client.files_upload_v2(channel=place, filename="a.txt", content="hello", initial_comment="Look")
        (message,) = sandbox.person(ADA).inbox()
        assert [file["size"] for file in message["files"]] == [5]


def test_what_was_not_uploaded_cannot_be_shared_and_the_scope_is_needed() -> None:
    with Sandbox(manifest(scopes=WITH_SHARING), PEOPLE) as sandbox:
        client = client_of(sandbox)
        place = client.conversations_open(users=ADA)["channel"]["id"]
        started = client.files_getUploadURLExternal(filename="meeting.ics", length=5)
        with pytest.raises(HTTPError):
            upload(started["upload_url"], b"too long")
        with refused("file_not_found"):
            client.files_completeUploadExternal(files=[{"id": started["file_id"]}], channel_id=place)
        upload(started["upload_url"], b"BEGIN")
        with refused("channel_not_found"):
            client.files_completeUploadExternal(files=[{"id": started["file_id"]}], channel_id="C0NOTHING")
    with Sandbox(manifest(scopes=SCOPES), PEOPLE) as sandbox, refused("missing_scope"):
        client_of(sandbox).files_getUploadURLExternal(filename="meeting.ics", length=5)


def test_the_app_hears_of_files_in_its_conversations(app: TinyApp) -> None:
    hears = manifest(scopes=WITH_SHARING, events=["file_shared"])
    with Sandbox(hears, PEOPLE, deliver=app.deliver) as sandbox:
        file = shared(sandbox)
        sandbox.person(ADA).share_file("private.txt", b"a", channel=sandbox.add_channel("without", [ADA]))
        place = client_of(sandbox).conversations_open(users=ADA)["channel"]["id"]
        wait_until(lambda: bool(app.got), "the app hears of no file")
    (event,) = (each["event"] for each in app.got)
    assert (event["type"], event["file_id"], event["file"], event["user_id"], event["channel_id"]) == (
        "file_shared",
        file["id"],
        {"id": file["id"]},
        ADA,
        place,
    )


def test_a_file_of_the_app_is_deleted_and_a_persons_is_not() -> None:
    with Sandbox(manifest(scopes=WITH_SHARING), PEOPLE) as sandbox:
        client: WebClient = client_of(sandbox)
        channel = client.conversations_open(users=ADA)["channel"]["id"]
        own = client.files_upload_v2(filename="data.json", content="{}", channel=channel)["file"]["id"]
        client.files_delete(file=own)
        [message] = client.conversations_history(channel=channel)["messages"]
        assert message["files"] == [{"id": own, "mode": "tombstone"}]
        with refused("file_not_found"):
            client.files_delete(file=own)
        with refused("cant_delete_file"):
            client.files_delete(file=shared(sandbox)["id"])
