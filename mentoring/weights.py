"""What each part of the score counts, as the programme would have it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Weights:
    """The most points that each part can give; one with 0 is left out, and no reason is given for it.

    `waiting` and `load` are no part of a score, but of what a match is worth beside the others (`market`): `waiting`
    is added for whoever found nobody before, `load` is taken off for a second partner at a time, and twice for a third.
    Below a score of `at_least` people stay rather unmatched than badly matched.
    """

    topics: int = 40
    wish: int = 20
    hopes: int = 10
    grades: int = 10
    department: int = 10
    ways: int = 8
    language: int = 6
    months: int = 6
    hours: int = 6
    waiting: int = 10
    load: int = 5
    at_least: int = 0

    def most(self, *, ranked: bool) -> int:
        """What two people who asked for nobody in particular can have; `ranked` where the programme lists grades."""
        both = (self.topics, self.hopes, self.department, self.ways, self.language, self.months, self.hours)
        return sum(both) + (self.grades if ranked else 0)


USUAL = Weights()
