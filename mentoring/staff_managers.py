"""Who stands above whom in a list in which not everybody is in Slack (D1.7, D2.12)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from mentoring.staff_list import Column, Line, Problem, handle_of


@dataclass(frozen=True)
class Stop:
    """The way up cannot be followed. `others` are the lines at which it ends; none where there is no line."""

    problem: Problem
    others: tuple[int, ...] = ()


class Managers:
    """`names` says by handle what somebody is called here: their Slack user id where Slack knows them. `kept` are those
    of whom we may keep something, `erased` those who were erased.
    """

    def __init__(
        self, lines: Iterable[Line], names: Mapping[str, str], *, kept: Collection[str], erased: Collection[str]
    ) -> None:
        self._names = names
        self._kept = kept
        self._erased = erased
        self._lines_of: dict[str, list[Line]] = {}
        for line in lines:
            if person := self.named(line, Column.PERSON):
                self._lines_of.setdefault(person, []).append(line)
        self._found: dict[str, str | Stop] = {}

    def named(self, line: Line, column: Column) -> str:
        """Whom that cell names; "" where it names nobody."""
        handle = handle_of(line.cells.get(column, ""))
        return self._names.get(handle, handle)

    def lines_of(self, person: str) -> Sequence[Line]:
        """The lines about them."""
        return self._lines_of.get(person, ())

    @cached_property
    def leading(self) -> frozenset[str]:
        """Everybody who is named as a manager."""
        return frozenset(self.named(line, Column.MANAGER) for lines in self._lines_of.values() for line in lines)

    def right_above(self, person: str) -> str | Stop:
        """Whoever is next from `person` on, them included, of whom we may keep something; up along the lines of
        those of whom we may not. "" where there is nobody.
        """
        below: list[str] = []
        at: str | Stop = person
        while isinstance(at, str) and at and at not in self._kept:
            if at in self._found:
                at = self._found[at]
                break
            below.append(at)
            at = self._step(at, below)
        self._found.update((one, at) for one in below if self.lines_of(one))
        return at

    def circle(self, person: str) -> tuple[int, ...]:
        """The lines through which their managers come back to them; none where they do not."""
        return self._circles.get(person, ())

    def _step(self, at: str, below: Sequence[str]) -> str | Stop:
        """Who stands above somebody of whom we may not keep anything, who is the last of `below`."""
        lines = self.lines_of(at)
        numbers = tuple(line.number for line in lines)
        if not lines:
            before = tuple(line.number for one in below[-2:-1] for line in self.lines_of(one))
            return Stop(Problem.ERASED if at in self._erased else Problem.NOBODY, before)
        if len(lines) > 1:
            return Stop(Problem.TWICE, numbers)
        if circle := self.circle(at):
            return Stop(Problem.CIRCLE, circle)
        above = self.named(lines[0], Column.MANAGER)
        if lines[0].cells.get(Column.MANAGER) and not above:
            return Stop(Problem.NO_HANDLE, numbers)
        return above

    @cached_property
    def _circles(self) -> dict[str, tuple[int, ...]]:
        """By person, the lines of the circle in which they stand. Nobody stands in two, for each has one manager."""
        above = {
            person: self.named(lines[0], Column.MANAGER) for person, lines in self._lines_of.items() if len(lines) == 1
        }
        found: dict[str, tuple[int, ...]] = {}
        seen: set[str] = set()
        for start in above:
            way: list[str] = []
            at = start
            while at in above and at not in seen:
                seen.add(at)
                way.append(at)
                at = above[at]
            if at in way:
                around = way[way.index(at) :]
                lines = tuple(sorted(self._lines_of[one][0].number for one in around))
                found.update(dict.fromkeys(around, lines))
        return found
