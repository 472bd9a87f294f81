"""Files that people share: the event, files.info, and downloading with the token."""

from typing import Any
from urllib.request import Request, urlopen

from slack_sdk import WebClient

from sandbox import Sandbox
from tests.sandbox.support import ADA, PEOPLE, client_of, manifest, refused

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
        assert client.files_info(file=file["id"])["file"] == file
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
