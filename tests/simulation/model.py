"""The messages that each person must get and when, derived from what people did, as docs/year.md describes.

It knows nothing of the product. Facts come from the world, in the order in which they became so; moments are the
calendar's.
"""

from collections.abc import Callable, Collection, Container
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from tests.simulation.absences import Absences
from tests.simulation.almanac import DAY, Almanac, day_of, midnight
from tests.simulation.approvals import Approvals
from tests.simulation.cases import Cases
from tests.simulation.expectations import Broken, Complaint, ExpectationBook, ExpectedMessage, SentMessage
from tests.simulation.items import Items
from tests.simulation.leaves import Leaves
from tests.simulation.oversight import Oversight
from tests.simulation.pairs import WEEK, WHILE_BOTH_ARE_THERE, Pair, Pairs
from tests.simulation.pauses import Pauses
from tests.simulation.planned import PlannedMeetings
from tests.simulation.plans import Plans
from tests.simulation.regular import RegularTimes
from tests.simulation.remarks import Remarks
from tests.simulation.reports import Reports
from tests.simulation.running_out import KIND as RUNNING_OUT
from tests.simulation.running_out import RunningOut
from tests.simulation.unmatched import Unmatched

BY_ITSELF = frozenset(
    {
        "weekly-status",
        "approvals-wanted",
        "approvals-reminder",
        "applications-closed",
        "offer-reminder",
        RUNNING_OUT,
        "still-waiting",
        *WHILE_BOTH_ARE_THERE,
        "partner-left",
        "partner-back",
        "welcome-back",
        "owners-person-left",
        "owners-person-back",
        "partner-on-leave",
        "plan-review",
    }
)
"""What comes by itself, in working hours; what somebody has just done is told at once.

Sessions and pages for sponsors are left out: nobody plans a session in these years, and nobody is a sponsor, so that
one that comes is a complaint. They are told in `tests/journeys/test_orientation.py` and
`tests/handlers/test_sponsor_page.py`.
Invitations are left out: no programme of these years invites anybody, so that one that comes is a complaint. When they
come is told in `tests/journeys/test_invitations.py`. What tells that data is deleted is left out too: these programmes
keep it for longer than the years last, and `tests/services/test_retention.py` has when it comes.
"""
_FRESH = timedelta(minutes=15)
_NEAR_THE_FIFTH = (5, 6, 4, 3, 2, 1)


@dataclass(frozen=True)
class Offer:
    id: str
    mentee: str
    mentor: str
    offered: datetime

    @property
    def people(self) -> tuple[str, str]:
        return self.mentee, self.mentor


class Model:
    """`zones` are people's, by id; `calendar` and `stopwatch` the world's."""

    def __init__(
        self,
        almanac: Almanac,
        zones: dict[str, str],
        calendar: Callable[[], datetime],
        stopwatch: Callable[[], datetime],
    ) -> None:
        self.almanac = almanac
        self._zones = zones
        self._calendar = calendar
        self.book = ExpectationBook(almanac, zones, stopwatch)
        self.pairs = Pairs(self.book, almanac, zones, calendar, self._owe)
        self.absences = Absences(self.book, self.pairs, almanac, zones, calendar, self._owe)
        self.approvals = Approvals(self.book, almanac, zones, calendar, self._owe)
        self.running_out = RunningOut(self.book, almanac, zones, calendar, self._owe)
        self.unmatched = Unmatched(self.book, self.pairs, zones, calendar, self._owe)
        self.leaves = Leaves(
            self.book, self.pairs, self.absences, almanac, zones, calendar, self._owe, self._takes_part
        )
        self.plans = Plans(self.book, self.pairs, almanac, zones, calendar, self._owe, self._takes_part)
        self.leaves.on_end = self.plans.back
        self.reports = Reports(self.book, self.pairs, calendar, self._owe)
        self.regular = RegularTimes(self.book, self.pairs, calendar, self._owe)
        self.planned = PlannedMeetings(
            self.book, self.pairs, almanac, zones, calendar, stopwatch, self._owe, self.regular
        )
        self.planned.is_away = lambda person: person in self.absences.away
        self.items = Items(self.book, self.pairs, almanac, zones, calendar, self._owe, self.planned.has_agreed)
        self.pauses = Pauses(self.book, self.pairs, self.absences, almanac, zones, calendar, self._owe)
        self.oversight = Oversight(self.book, self.pairs, self.absences, calendar, self._owe)
        self.cases = Cases(self.book, almanac, zones, calendar, self._owe)
        self.remarks = Remarks(calendar, self._owe)
        self._owners: tuple[str, ...] = ()
        self._approvers: tuple[str, ...] = ()
        self._offers: dict[str, Offer] = {}
        self._open_offers: set[str] = set()
        self._agreed: set[str] = set()
        """Offers that both have accepted, and that wait for the start of the round."""
        self._starts = date.max
        self._kept_apart_by: set[str] = set()
        """Offers that one of the two had answered: if they come to nothing, the two are not asked again."""
        self._seen: set[str] = set()
        self._applied: set[str] = set()
        """Applications that are open."""
        self._needed_on: dict[str, str] = {}
        """By owner, the last day on which the message about the round was posted because it needs them."""
        self._asked_at = calendar()

    @property
    def offers(self) -> Collection[Offer]:
        """All that there have ever been."""
        return self._offers.values()

    def saw(self, said: SentMessage) -> None:
        """A message was posted. Raises Broken."""
        if said.name in self._seen:
            raise Broken(Complaint.TWICE, str(said))
        self._seen.add(said.name)
        asked_on = self.plans.due_of(said)
        self.planned.saw(said)
        pair = self.pairs.all.get(said.about)
        if pair is not None:
            self.pairs.saw(pair, said)
            if said.kind == "partnership-closed":  # by itself, perhaps
                self.plans.perhaps_not_asked(pair.mentee)
        else:
            self.book.say(said)
        self.plans.saw(said, asked_on)
        self.unmatched.saw(said)
        self.items.saw(said)
        self.pauses.saw(said)

    # What the owners are promised

    def founded(
        self, owners: tuple[str, ...], committee: tuple[str, ...], apply_by: date, starts: date, until: datetime
    ) -> None:
        """The committee approves like the owners, and hears of what there is to approve; nothing else."""
        self._owners = self.absences.owners = self.cases.owners = self.remarks.owners = owners
        self._approvers = self.approvals.approvers = (*owners, *committee)
        self.unmatched.apply_by, self.unmatched.starts = apply_by, starts
        self._starts = starts
        monday = self._calendar().astimezone(UTC).date()
        monday += timedelta(days=7 - monday.weekday())
        for owner in owners:
            zone = self._zones[owner]
            self._owe("welcome-owner", owner, "", self._calendar())
            closed = self.almanac.next_working(apply_by + DAY)
            pointless = midnight(max(starts, closed) + DAY, zone)
            self._owe("applications-closed", owner, "", self.almanac.morning(closed, zone), pointless)
            week = monday
            while midnight(week, zone) < until:
                first = self.almanac.next_working(week)
                if first < week + WEEK:
                    due = self.almanac.morning(first, zone)
                    self._owe("weekly-status", owner, "", due, midnight(first + 2 * DAY, zone))
                week += WEEK

    def asked_for_proposals(self, by: str) -> None:
        """They see in their message how it goes; whoever has none gets it."""
        self._asked_at = self._calendar()
        if by not in self._needed_on:
            self._needed_on[by] = ""
            self._owe("desk", by, "", self._calendar())

    def proposed(self, by: str, coming: Container[str]) -> None:
        """There is something new on the desk. The others hear of it, once a day; in the night where somebody has just
        asked for it. A message that is on its way to those who are `coming` is as good as a new one.
        """
        self.approvals.proposed()
        now = self._calendar()
        is_late = now - self._asked_at > _FRESH
        for owner in self._approvers:
            day = now.astimezone(UTC).date().isoformat()
            if owner == by or self._needed_on.get(owner) == day:
                continue
            self._needed_on[owner] = day
            if any(owed.is_open for owed in self.book.of("desk", owner, "")):
                continue
            owed = self._owe("desk", owner, "", now, by_itself=is_late)
            owed.needed = owner not in coming

    def word_wanted(self, by: str) -> None:
        for owner in self._owners:
            self._owe("word-wanted", owner, by, self._calendar())

    def asked_status(self, owner: str) -> None:
        self._owe("cohort-status", owner, "", self._calendar())

    def wrote(self, person: str) -> None:
        self._owe("help", person, "", self._calendar())

    # Applications

    def applied(self, person: str, application: str, *, fresh: bool) -> None:
        self.book.call_off("application-withdrawn", person, application)
        fresh = fresh and application not in self._applied  # of two forms sent at once, the second changes it
        self._applied.add(application)
        if fresh:
            self.unmatched.sent(person, application)
        self._owe("application-received" if fresh else "application-changed", person, application, self._calendar())

    def withdrew(self, person: str, application: str, offers: list[str]) -> None:
        """`offers` are the open ones that are over by it."""
        self._applied.discard(application)
        for kind in ("application-received", "application-changed"):
            self.book.call_off(kind, person, application)
        self.unmatched.withdrew(person)
        self.plans.perhaps_not_asked(person)
        self._owe("application-withdrawn", person, application, self._calendar())
        for offer in offers:
            self._kept_apart_by.discard(offer)
            self._offer_over(self._offers[offer], silent=person)

    # Offers

    def offered(self, match: str, mentee: str, mentor: str) -> None:
        now = self._calendar()
        if absent := self.absences.on_leave & {mentee, mentor}:
            raise Broken(Complaint.UNASKED, f"{absent} are asked about a match, and are on leave")
        before = (offer for offer in self._offers.values() if {mentee, mentor} == set(offer.people))
        if any(offer.id in self._kept_apart_by for offer in before):
            raise Broken(Complaint.TWICE, f"{mentee} and {mentor} are asked about each other, and were before")
        offer = self._offers[match] = Offer(match, mentee, mentor, now)
        self._open_offers.add(match)
        lapses = now + WEEK
        for person in offer.people:
            self.unmatched.found(person)
            zone = self._zones[person]
            asked = self._owe("match-offered", person, match, now, lapses)
            near = [day_of(now, zone) + days * DAY for days in _NEAR_THE_FIFTH]
            day = next((each for each in near if self.almanac.works(each)), near[0])
            self._owe("offer-reminder", person, match, self.almanac.morning(day, zone), lapses).behind = (asked,)
            self._owe("offer-over", person, match, lapses, by_itself=True)
        self.running_out.offered(match, self._others(offer), lapses)
        for owner in self._others(offer):
            self._owe("owners-offer-over", owner, match, lapses, by_itself=True)

    def accepted(self, match: str, person: str) -> None:
        """The first yes; the second is `introduced`."""
        self._kept_apart_by.add(match)
        for kind in ("match-offered", "offer-reminder"):
            self.book.call_off(kind, person, match)
        self._owe("offer-accepted", person, match, self._calendar(), self._offers[match].offered + WEEK)

    def agreed(self, match: str, by: str) -> None:
        """The second yes, of `by`, before the round has started. They are introduced when both are at work then."""
        offer, now = self._offers[match], self._calendar()
        start = self._start_for(offer)
        if now >= start:
            raise Broken(Complaint.IGNORED, f"{match} waits for a round that has started")
        self._forget(offer)
        self._open_offers.add(match)
        self._agreed.add(match)
        self._owe("offer-accepted", by, match, now)
        (other,) = {*offer.people} - {by}
        self._owe("match-agreed", other, match, now, start)
        self._owe("introduced", "+".join(offer.people), match, start, by_itself=True)

    def _start_for(self, offer: Offer) -> datetime:
        """When both are at work on the first working day of the round."""
        return max(self.almanac.morning(self._starts, self._zones[person]) for person in offer.people)

    def is_agreed(self, match: str) -> bool:
        return match in self._agreed

    def declined(self, match: str, person: str) -> None:
        self._kept_apart_by.add(match)
        self._offer_over(self._offers[match], silent=person)
        self._owe("offer-declined", person, match, self._calendar())

    def released(self, asked: Collection[str], overtaken: Collection[str]) -> None:
        """Nothing is left to decide: by id, who is asked about a match, and whose has just been overtaken."""
        self.pairs.close_what_is_due()
        self.unmatched.released(asked, {*self.absences.away, *self.absences.on_leave}, overtaken)

    def introduced(self, match: str, partnership: str, length: tuple[int, int], by: str) -> None:
        """By the second yes, of `by`, or since the round has started. `length` are months and weeks, one of them 0."""
        offer = self._offers[match]
        was_agreed = match in self._agreed
        if was_agreed and self._calendar() < self._start_for(offer):
            raise Broken(Complaint.EARLY, f"{match} was to wait for the start of the round")
        self._forget(offer)
        if not was_agreed:
            self._owe("offer-accepted", by, match, self._calendar())
        for person in offer.people:
            self.unmatched.introduced(person)
        self.pairs.begin(Pair(partnership, offer.mentee, offer.mentor, self._calendar(), *length), by_itself=was_agreed)

    def _offer_over(self, offer: Offer, silent: str, *, by_itself: bool = False) -> None:
        """Everybody but `silent` hears that it did not work out."""
        self._forget(offer)
        for person in offer.people:
            self.unmatched.lost(person)
            if person != silent and person not in self.absences.away:
                self._owe("offer-over", person, offer.id, self._calendar(), by_itself=by_itself)
        for owner in self._others(offer):
            self._owe("owners-offer-over", owner, offer.id, self._calendar(), by_itself=by_itself)

    def _forget(self, offer: Offer) -> None:
        self._open_offers.discard(offer.id)
        self._agreed.discard(offer.id)
        self.running_out.over(offer.id)
        self.book.call_off("introduced", "+".join(offer.people), offer.id)
        for person in offer.people:
            for kind in ("match-offered", "offer-reminder", "offer-over", "offer-accepted", "match-agreed"):
                self.book.call_off(kind, person, offer.id)
        for owner in self._others(offer):
            self.book.call_off("owners-offer-over", owner, offer.id)

    def _others(self, offer: Offer) -> list[str]:
        return [owner for owner in self._owners if owner not in offer.people]

    # Leaving

    def left(self, person: str, offers: list[str]) -> None:
        """`offers` are those to them that are over by now."""
        self._offers_over_without(person, offers)
        self.absences.left(person)
        self.plans.perhaps_not_asked(person)

    def went_on_leave(self, person: str, until: date, offers: list[str], *, by_owner: bool) -> None:
        """`offers` are those to them that are over by now."""
        self._offers_over_without(person, offers)
        self.leaves.begin(person, until, by_owner=by_owner)
        self.plans.perhaps_not_asked(person)

    def _offers_over_without(self, person: str, offers: list[str]) -> None:
        """Those that the absence of `person` has ended, not the seven days; one that both agreed to waits longer."""
        now = self._calendar()
        for offer in [self._offers[offer] for offer in offers if offer in self._open_offers]:
            if now < offer.offered + WEEK or offer.id in self._agreed:
                self._kept_apart_by.discard(offer.id)
                self._offer_over(offer, silent=person, by_itself=True)

    def _takes_part(self, person: str) -> bool:
        return person in self.unmatched.applied or bool(self.pairs.of(person))

    # The end of a partnership

    def ended(self, partnership: str) -> None:
        self.pairs.ended(partnership)
        self._over(self.pairs.all[partnership])

    def answered_survey(self, partnership: str, person: str) -> None:
        self.pairs.answered_survey(partnership, person)
        if self.pairs.all[partnership].over is not None:
            self._over(self.pairs.all[partnership])

    def _over(self, pair: Pair) -> None:
        self.absences.over(pair)
        self.pauses.over(pair)
        self.plans.over(pair)
        self.plans.perhaps_not_asked(pair.mentee)

    def _owe(
        self,
        kind: str,
        reader: str,
        about: str,
        due: datetime,
        until: datetime | None = None,
        *,
        by_itself: bool = False,
    ) -> ExpectedMessage:
        at_once = not by_itself and kind not in BY_ITSELF
        owed = self.book.enqueue(ExpectedMessage(kind, reader, about, due, until, at_once=at_once))
        self.absences.take(owed)
        return owed
