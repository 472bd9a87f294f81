"""The table of every column in docs/privacy.md, made from what the columns declare."""

from sqlalchemy import Table as SqlTable

from mentoring.retention.retention import DataKind
from storage.purge_rules import DELETED, OTHERWISE, STRIPPED
from storage.tables import Table
from storage.tables.declarations import Declaration, OnErasure, declaration_of

_HEAD = ("Table", "Columns", "Who may read it", "Kept", "At most, as the programme sets", "When the person is erased")


def privacy_table() -> str:
    """A Markdown table: one row for the columns of a table that declare the same."""
    rows = [
        row for table in sorted(Table.metadata.tables.values(), key=lambda table: table.name) for row in _rows(table)
    ]
    lines = [_HEAD, tuple("---" for _ in _HEAD), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines).replace("| --- ", "|---").replace("|--- |", "|---|")


def _rows(table: SqlTable) -> list[tuple[str, ...]]:
    columns: dict[Declaration, list[str]] = {}
    for column in table.columns:
        if column.name != "workspace":
            columns.setdefault(declaration_of(column), []).append(f"`{column.name}`")
    return [
        (
            f"`{table.name}`",
            ", ".join(names),
            declared.reader,
            declared.retention,
            _at_most(table.name, declared),
            _on_erasure(declared),
        )
        for declared, names in columns.items()
    ]


_AT_MOST = {
    DataKind.NOTES: "the time for notes",
    DataKind.ANSWERS: "the time for answers",
    DataKind.APPLICATIONS: "the time for applications",
    DataKind.LOG: "the time for the log",
}


def _at_most(table: str, declared: Declaration) -> str:
    """For how long at most, of what the programme sets; "" if that does not say."""
    if table in DELETED:
        return _AT_MOST[DELETED[table].kind]
    if table in STRIPPED and declared.on_erasure is OnErasure.REMOVE:
        return f"{_AT_MOST[STRIPPED[table].kind]}; then the person is removed"
    return OTHERWISE.get(table, "")


def _on_erasure(declared: Declaration) -> str:
    if declared.goes_with:
        owners = " or ".join(f"`{owner.table}`" for owner in declared.goes_with)
        return f"the row is deleted with the person’s row in {owners}"
    return declared.on_erasure or ""
