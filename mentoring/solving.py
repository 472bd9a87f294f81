"""Proposing matches for a round: asked for by somebody, worked on, done. It may take a minute, and is not forgotten."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Solving:
    """Of one cohort. `asked_at` (calendar, aware) is set while somebody waits for it; `done_at` is when it was done
    last, by `done_by`, with so many proposals `added`, `gone` and `kept` as they were.
    """

    cohort_id: str
    asked_by: str = ""
    asked_at: datetime | None = None
    done_by: str = ""
    done_at: datetime | None = None
    added: int = 0
    gone: int = 0
    kept: int = 0
    version: int = 1
