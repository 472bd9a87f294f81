"""Where the parts of one transaction meet."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection


@dataclass(frozen=True)
class Here:
    """One transaction of one workspace.

    `rows` is what has been read by its primary key, by table and key; None where there is no such row. Whoever writes
    a row lets it go.
    """

    connection: Connection
    workspace: str
    rows: dict[tuple[Any, ...], Any] = field(default_factory=dict)
