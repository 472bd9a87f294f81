"""Who works at the made-up library: under whom, in which department and grade."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from bot.demo.library.texts import NAMES

GRADES = ("Assistant", "Librarian", "Senior librarian", "Team lead", "Head of department", "Director")
DEPARTMENTS = ("Archives", "Cataloguing", "Digital services", "Lending", "Reading rooms", "Research support")
ZONES = ("Europe/London",) * 7 + ("America/New_York",) * 2 + ("Asia/Kolkata",)
LANGUAGES = ("English",) * 6 + ("English, Welsh", "English; French", "Hindi, English", "Portuguese")
_REPORTS = 6
"""How many work under each."""


@dataclass(frozen=True)
class Worker:
    """Somebody at the library; `number` is their place in the tree, 0 at its top."""

    number: int

    @property
    def id(self) -> str:
        return f"U{self.number:05}"

    @property
    def name(self) -> str:
        again, number = divmod(self.number, len(NAMES))
        if not again:
            return NAMES[number]
        other = NAMES[(number + 7 * again) % len(NAMES)]
        return f"{NAMES[number].rsplit(' ', 1)[0]} {other.rsplit(' ', 1)[1]}"

    @property
    def manager(self) -> "Worker | None":
        return Worker((self.number - 1) // _REPORTS) if self.number else None

    @property
    def depth(self) -> int:
        return self.manager.depth + 1 if self.manager else 0

    @property
    def department(self) -> str:
        """That of the head of department above them; the director's own is none."""
        above: Worker = self
        while above.depth > 1 and above.manager:
            above = above.manager
        return DEPARTMENTS[above.number % len(DEPARTMENTS)] if above.number else ""

    @property
    def grade(self) -> str:
        """By who stands above and below them; at the foot of the tree not everybody has the same."""
        from_top = self.depth if self.depth < 3 else 3 + self.number % 3
        return GRADES[max(0, len(GRADES) - 1 - from_top)]


def by_standing(random: Random, staff: Sequence[Worker]) -> list[Worker]:
    """Whoever stands higher in the tree comes sooner, more often than not."""
    return sorted(staff, key=lambda worker: worker.number * random.uniform(0.4, 1.6))
