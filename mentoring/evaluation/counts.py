"""Counts as far as a reader may see them: a number below five is not shown, and cannot be computed from others."""

from dataclasses import dataclass
from typing import Final

from mentoring.status import LEAST_SHOWN


@dataclass(frozen=True)
class ShownCount:
    """A count that is known to be from `least` to `most`; None: no upper limit is told. Equal: it is shown exactly."""

    least: int
    most: int | None

    @property
    def exact(self) -> int | None:
        return self.least if self.least == self.most else None


FEW: Final = ShownCount(0, LEAST_SHOWN - 1)
UNKNOWN: Final = ShownCount(0, None)


def shown(count: int) -> ShownCount:
    """The count, or that it is below LEAST_SHOWN."""
    return ShownCount(count, count) if count >= LEAST_SHOWN else FEW


def shown_parts(first: int, second: int) -> tuple[ShownCount, ShownCount, ShownCount]:
    """A total and its two parts, such that no difference tells a part below LEAST_SHOWN."""
    total = first + second
    if total < 2 * LEAST_SHOWN:
        return shown(total), UNKNOWN, UNKNOWN
    besides = ShownCount(total - LEAST_SHOWN + 1, None)
    if second < LEAST_SHOWN:
        return shown(total), besides, FEW
    if first < LEAST_SHOWN:
        return shown(total), FEW, besides
    return shown(total), shown(first), shown(second)
