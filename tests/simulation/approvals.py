"""Whose approval the others wait for: a word to each, half an hour after the others have decided, and a reminder."""

from collections.abc import Callable, Collection, Mapping
from datetime import UTC, date, datetime, timedelta

from tests.simulation.almanac import DAY, Almanac, day_of
from tests.simulation.expectations import ExpectationBook, ExpectedMessage
from tests.simulation.pairs import Owe

ASKED, REMINDED = "approvals-wanted", "approvals-reminder"
_HALF_AN_HOUR = timedelta(minutes=30)
_WHILE_IT_IS_KEPT = timedelta(minutes=10)
"""Between the click, from which the half hour counts, and the commit that tells of it."""

Proposal = tuple[str, str, str, Collection[str]]
"""Match, mentee, mentor and who has approved."""


class Approvals:
    """`approvers` are set once the programme is founded, and `most_needed` is how many of them approve each match."""

    def __init__(
        self,
        book: ExpectationBook,
        almanac: Almanac,
        zones: Mapping[str, str],
        calendar: Callable[[], datetime],
        owe: Owe,
    ) -> None:
        self._book = book
        self._almanac = almanac
        self._zones = zones
        self._calendar = calendar
        self._owe = owe
        self.approvers: tuple[str, ...] = ()
        self.most_needed = 2
        self._needed: frozenset[str] = frozenset()
        self._asked_on: dict[str, date] = {}
        self._kept: list[ExpectedMessage] = []
        """Those whose notice the bot has written down: a later decision does not move them."""

    def stand(self, proposals: Collection[Proposal]) -> None:
        """These are on the desk now. Nothing is said to an owner whom nothing needs."""
        before, self._needed = self._needed, frozenset(each for one in proposals for each in self._missing(one))
        for owner in self.approvers:
            for owed in self._unsaid(owner):
                if owner not in self._needed:
                    self._book.hold(owed)
                elif owner not in before and owed.held_since is not None:
                    owed.held_since, owed.needed = None, False

    def approved(self, by: str, proposal: Proposal) -> None:
        """The others hear of it together with what follows within half an hour; once a day at most."""
        for owner in self._missing(proposal):
            if owner == by:
                continue
            self._supersede(ASKED, owner)
            owed = self._owe(ASKED, owner, "", self._calendar() + _HALF_AN_HOUR)
            owed.tolerated = _WHILE_IT_IS_KEPT
            zone = self._zones[owner]
            day = day_of(owed.due, zone)
            at_work = self._almanac.is_decent(owed.due, zone) or owed.due < self._almanac.morning(day, zone)
            comes_on = self._almanac.next_working(day if at_work else day + DAY)
            owed.needed = self._asked_on.get(owner) != comes_on

    def proposed(self) -> None:
        """Everybody who decides is reminded of it."""
        for owner in self.approvers:
            self._remind(owner, self._calendar().astimezone(UTC).date())

    def wrote(self, kind: str, owner: str) -> None:
        """The bot has written down a notice of that kind."""
        if kind not in (ASKED, REMINDED):
            return
        waiting = [owed for owed in self._unsaid(owner, kind) if owed not in self._kept]
        self._kept += waiting[-1:]
        if kind == ASKED:
            day = self._asked_on[owner] = day_of(self._calendar(), self._zones[owner])
            self._remind(owner, day).behind = tuple(waiting[-1:])

    def _remind(self, owner: str, since: date) -> ExpectedMessage:
        self._supersede(REMINDED, owner)
        second = self._almanac.next_working(self._almanac.next_working(since + DAY) + DAY)
        owed = self._owe(REMINDED, owner, "", self._almanac.morning(second, self._zones[owner]))
        if owner not in self._needed:
            self._book.hold(owed)
        return owed

    def _supersede(self, kind: str, owner: str) -> None:
        for owed in self._unsaid(owner, kind):
            if owed not in self._kept:
                owed.off_since, owed.crosses = owed.since, False

    def _unsaid(self, owner: str, *kinds: str) -> list[ExpectedMessage]:
        return [owed for kind in kinds or (ASKED, REMINDED) for owed in self._book.of(kind, owner, "") if owed.is_open]

    def _missing(self, proposal: Proposal) -> list[str]:
        """Whose approval it needs, of those who are no part of it: as many as the programme wants, or all of them."""
        _, mentee, mentor, approvals = proposal
        others = [owner for owner in self.approvers if owner not in (mentee, mentor)] or list(self.approvers)
        given = [owner for owner in others if owner in approvals]
        return (
            [owner for owner in others if owner not in given] if len(given) < min(self.most_needed, len(others)) else []
        )
