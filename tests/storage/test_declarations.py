"""Every column declares who may read it, how long it is kept, and what an erasure does where it names a person."""

import os
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, Integer, MetaData, Table

from storage.privacy_table import privacy_table
from storage.tables.base import PERSON
from storage.tables.declarations import GoesWith, OnErasure, Reader, Retention, declaration_of, declare
from tests.storage.filled_tables import KEYS
from tests.storage.rows import every_table

DOCUMENT = Path(__file__).parents[2] / "docs" / "privacy.md"
START, END = "<!-- Every column: made from storage/tables -->\n", "<!-- End of every column -->\n"

EACH = pytest.mark.parametrize(
    "column", [column for table in every_table() for column in table.columns], ids=lambda column: str(column)
)


@EACH
def test_every_column_declares_who_may_read_it(column: "Column[Any]") -> None:
    assert declaration_of(column).reader in Reader


def test_a_column_without_a_declaration_is_found_out() -> None:
    bare = Table("bare", MetaData(), Column("number", Integer))
    with pytest.raises(LookupError, match=r"bare\.number does not declare"):
        declaration_of(bare.c.number)


@EACH
def test_a_column_of_people_or_of_keys_names_a_person(column: "Column[Any]") -> None:
    if column.type is PERSON or column.name in KEYS:
        assert declaration_of(column).names_a_person


@EACH
def test_how_long_a_column_is_kept_fits_what_an_erasure_does(column: "Column[Any]") -> None:
    declared = declaration_of(column)
    match declared.on_erasure:
        case OnErasure.DELETE_ROW:
            assert declared.retention in (Retention.PERSON, Retention.DRAFT, Retention.SESSION)
        case OnErasure.REMOVE | OnErasure.EMPTY | OnErasure.NEW_ID | OnErasure.MANAGER_INSTEAD:
            assert declared.retention in (Retention.SHARED, Retention.DRAFT, Retention.PREVIEW)


@pytest.mark.parametrize("table", every_table(), ids=lambda table: table.name)
def test_what_goes_with_a_person_is_in_a_table_that_an_erasure_deletes_from(table: Table) -> None:
    declared = [declaration_of(column) for column in table.columns if column.name != "workspace"]
    goes = any(each.on_erasure is OnErasure.DELETE_ROW or each.goes_with for each in declared)
    until = {Retention.PERSON, Retention.DRAFT, Retention.GROUP_WORDS, Retention.CASE, Retention.SESSION}
    assert goes is any(each.retention in until for each in declared)


@EACH
def test_rows_go_with_columns_that_exist_and_name_people(column: "Column[Any]") -> None:
    for goes_with in declaration_of(column).goes_with:
        owner = column.table.metadata.tables[goes_with.table]
        assert goes_with.key in owner.c
        assert all(declaration_of(owner.c[name]).names_a_person for name in goes_with.people)


def test_words_of_answers_and_notes_are_never_for_more_than_the_form_says() -> None:
    tables = {table.name: table for table in every_table()}
    assert declaration_of(tables["meeting_notes"].c["notes"]).reader is Reader.TWO
    for name in ("words", "owner", "due", "state"):
        assert declaration_of(tables["action_items"].c[name]).reader is Reader.TWO
    assert declaration_of(tables["case_words"].c["words"]).reader is Reader.ASKED
    assert declaration_of(tables["remark_words"].c["words"]).reader is Reader.OWNERS
    assert declaration_of(tables["counted_remarks"].c["words"]).reader is Reader.COUNTED
    assert declaration_of(tables["counted_remarks"].c.person).reader is Reader.NOBODY
    for name in ("rating", "helps", "hinders"):
        assert declaration_of(tables["feedback"].c[name]).reader is Reader.COUNTED_OR_SIGNED
    assert declaration_of(tables["partnerships"].c.not_again).reader is Reader.SELF


def test_two_declarations_of_the_same_are_the_same() -> None:
    one = declare(Reader.TWO, Retention.SHARED, goes_with=GoesWith("meetings", "id", ("logged_by",)))
    assert one == declare(Reader.TWO, Retention.SHARED, goes_with=GoesWith("meetings", "id", ("logged_by",)))


def test_the_privacy_document_has_every_column() -> None:
    """RECORD_GOLDEN=1 writes the table again."""
    text = DOCUMENT.read_text(encoding="utf-8")
    before, rest = text.split(START)
    _, after = rest.split(END)
    expected = f"{before}{START}{privacy_table()}{END}{after}"
    if os.environ.get("RECORD_GOLDEN"):
        DOCUMENT.write_text(expected, encoding="utf-8")
    assert DOCUMENT.read_text(encoding="utf-8") == expected, "make golden writes it again"
