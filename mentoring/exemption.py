"""An exception to a hard rule, made by the committee with a reason that is kept (D2.14)."""

from dataclasses import dataclass
from datetime import datetime

from mentoring.bar import Bar

MOST_REASON = 1000
"""Characters."""


@dataclass(frozen=True)
class Exemption:
    """Of one match, from these rules. `reason` is what the owner `by` wrote; only owners read it."""

    match_id: str
    bars: tuple[Bar, ...]
    reason: str
    by: str
    at: datetime
