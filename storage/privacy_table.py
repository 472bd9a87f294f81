"""The table of every column in docs/privacy.md, made from what the columns declare."""

from sqlalchemy import Table as SqlTable

from storage.tables import Table
from storage.tables.declarations import Declaration, declaration_of

_HEAD = ("Table", "Columns", "Who may read it", "Kept", "When the person is erased")


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
        (f"`{table.name}`", ", ".join(names), declared.reader, declared.retention, _on_erasure(declared))
        for declared, names in columns.items()
    ]


def _on_erasure(declared: Declaration) -> str:
    if declared.goes_with:
        owners = " or ".join(f"`{owner.table}`" for owner in declared.goes_with)
        return f"the row is deleted with the person’s row in {owners}"
    return declared.on_erasure or ""
