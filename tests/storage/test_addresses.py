"""What an operator reads when DATABASE_URL is wrong, and what never stands in an error."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from mentoring.core.outcome import Outcome
from storage import Conflict, DatabaseUnusable, Storage
from tests.storage import postgresql
from tests.storage.rows import ADA, BEN, WORKSPACE, application, confidence, grounded

PASSWORD = "s3cret-w0rd"


def unusable(url: str) -> str:
    """What using `url` says."""

    def use() -> None:
        storage = Storage(url)
        try:
            storage.migrate()
        finally:
            storage.close()

    with pytest.raises(DatabaseUnusable) as caught:
        use()
    assert caught.value.__cause__ is None
    return str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "mentor-bot.db",
        f"mysql://bot:{PASSWORD}@localhost/mentoring",
        f"nonsense://bot:{PASSWORD}@localhost/mentoring",
        f"postgresql://bot:{PASSWORD}@localhost:port/mentoring",
        f"postgresql://bot:{PASSWORD}/with/slashes@localhost/mentoring",
        f"postgresql://bot:{PASSWORD}@127.0.0.1:1/mentoring",
        f"postgresql://bot:{PASSWORD}@127.0.0.1:1/mentoring?sslmod=require",
        f"postgresql+psycopg2://bot:{PASSWORD}@127.0.0.1:1/mentoring",
        f"postgres://bot:{PASSWORD}@127.0.0.1:1/mentoring",
        "sqlite:////nowhere/at/all/mentor-bot.db",
        "sqlite:////proc",
    ],
)
def test_a_wrong_address_is_said_in_one_sentence_without_the_password(url: str) -> None:
    sentence = unusable(url)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert PASSWORD not in sentence


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear mentor, " * 500)
    assert "cannot be opened" in unusable(f"sqlite:///{letter}")
    assert letter.read_text().startswith("Dear mentor, ")


def test_a_postgresql_that_lacks_the_database_is_said_in_one_sentence(postgres: postgresql.Server) -> None:
    with postgres.database(migrated=False) as address:
        pass
    assert "cannot be opened" in unusable(address)


def test_a_database_that_has_gone_does_not_answer(
    postgres: postgresql.Server, opened: Callable[[str], Storage]
) -> None:
    with postgres.database(migrated=True, dropped=True) as address:
        storage = opened(address)
        assert storage.is_reachable()
    assert not storage.is_reachable()


def test_the_name_of_a_database_has_no_password(opened: Callable[[str], Storage]) -> None:
    storage = opened(f"postgresql://bot:{PASSWORD}@127.0.0.1:1/mentoring")
    assert PASSWORD not in storage.name
    assert "127.0.0.1" in storage.name
    assert storage.file is None


@pytest.mark.parametrize(
    ("url", "name"),
    [
        (f"postgresql://bot@db/mentoring?password={PASSWORD}&sslmode=require", "postgresql://bot@db/mentoring"),
        (f"postgresql://bot:{PASSWORD}@/mentoring?host=/run/pg", "postgresql://bot@/mentoring?host=%2Frun%2Fpg"),
    ],
)
def test_nor_has_it_one_that_is_given_as_an_option(url: str, name: str, opened: Callable[[str], Storage]) -> None:
    assert opened(url).name == name


def test_the_name_of_a_file_is_its_whole_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opened: Callable[[str], Storage]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert opened("sqlite:///mentor-bot.db").name == str(tmp_path / "mentor-bot.db")


MARKER = "what-they-wrote"


def test_a_key_that_is_taken_is_not_quoted(storage: Storage) -> None:
    with grounded(storage) as tx:
        tx.save(Outcome((application(),)))
    with pytest.raises(Conflict) as caught, storage.begin(WORKSPACE) as tx:
        tx.save(Outcome((application("a2", languages=MARKER),)))
    said = all_that_is_said(caught.value)
    assert MARKER not in said
    assert ADA not in said


def test_a_row_that_is_refused_is_not_quoted(storage: Storage) -> None:
    with grounded(storage):
        pass
    with pytest.raises(DBAPIError) as caught, storage.begin(WORKSPACE) as tx:
        tx.save(Outcome((application("a2", BEN, languages=MARKER, months=None),)))
    said = all_that_is_said(caught.value)
    assert "months" in said
    assert MARKER not in said
    assert BEN not in said


def test_a_statement_that_fails_does_not_show_its_values(storage: Storage) -> None:
    with pytest.raises((Conflict, DBAPIError)) as caught, grounded(storage) as tx:
        tx.save(Outcome((confidence("nowhere", hopes=MARKER),)))
    said = all_that_is_said(caught.value)
    assert "application_private_answers" in said
    assert MARKER not in said
    assert "nowhere" not in said


def all_that_is_said(error: BaseException) -> str:
    """What a traceback in a log would show of an error and of those behind it."""
    original = getattr(error, "orig", None)
    said = "\n".join((str(error), repr(error), str(original), repr(original)))
    behind = error.__cause__ or error.__context__
    return said if behind is None else f"{said}\n{all_that_is_said(behind)}"
