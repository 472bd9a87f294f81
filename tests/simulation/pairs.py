"""What two people who were introduced are promised, until it is over."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from tests.simulation.almanac import DAY, Almanac, day_of, midnight, months_on
from tests.simulation.expectations import ExpectationBook, ExpectedMessage, SentMessage

WEEK, FOUR_WEEKS = timedelta(days=7), timedelta(days=28)
WHILE_BOTH_ARE_THERE = (
    "first-meeting-nudge",
    "second-meeting-nudge",
    "monthly-nudge",
    "check-in",
    "survey",
    "survey-reminder:7",
    "survey-reminder:14",
)
_OVER_WITH_IT = (*WHILE_BOTH_ARE_THERE, "partnership-closed", "partner-left", "partner-back")

Owe = Callable[..., ExpectedMessage]


@dataclass
class Pair:
    """Two people who were introduced; what was logged, who has answered, when they were asked how it goes."""

    id: str
    mentee: str
    mentor: str
    introduced: datetime
    months: int
    met_on: list[date] = field(default_factory=list)
    surveyed: set[str] = field(default_factory=set)
    over: datetime | None = None
    back: set[str] = field(default_factory=set)
    monthly_from: dict[str, date] = field(default_factory=dict)
    asked_on: dict[str, date] = field(default_factory=dict)

    @property
    def people(self) -> tuple[str, str]:
        return self.mentee, self.mentor

    @property
    def together(self) -> str:
        return "+".join(self.people)

    def other(self, person: str) -> str:
        return self.mentor if person == self.mentee else self.mentee

    @property
    def begun(self) -> date:
        return self.introduced.astimezone(UTC).date()

    @property
    def ends(self) -> date:
        return months_on(self.begun, self.months)

    @property
    def check_in(self) -> date:
        if self.months >= 9:
            return months_on(self.begun, 6)
        return self.begun + timedelta(days=(self.ends - self.begun).days // 2)


class Pairs:
    """`owe` puts something into the book, for a kind, a reader, what it is about, when it is due, until when."""

    def __init__(
        self, book: ExpectationBook, almanac: Almanac, zones: dict[str, str], calendar: Callable[[], datetime], owe: Owe
    ) -> None:
        self._book = book
        self._almanac = almanac
        self._zones = zones
        self._calendar = calendar
        self._owe = owe
        self.all: dict[str, Pair] = {}

    def of(self, person: str) -> list[Pair]:
        """Those that are running."""
        return [pair for pair in self.all.values() if person in pair.people and pair.over is None]

    def holds(self, person: str) -> bool:
        """Whether they are in one that is running, or have not gone back to the pool from one that is over."""
        return any(person in pair.people and person not in pair.back for pair in self.all.values())

    def apply_anew(self, person: str) -> None:
        """Whoever does has gone back from all that is over."""
        self.close_what_is_due()
        for pair in self.all.values():
            if person in pair.people and pair.over is not None:
                pair.back.add(person)

    def closes(self, pair: Pair) -> datetime:
        """Three weeks after the end, and later where the last reminder is, at the hour of the introduction."""
        day = max(pair.ends + 3 * WEEK, self._almanac.next_working(self._reminders(pair)[1]) + 5 * DAY)
        return datetime.combine(day, pair.introduced.astimezone(UTC).timetz())

    def begin(self, pair: Pair) -> None:
        self.all[pair.id] = pair
        self._owe("introduced", pair.together, pair.id, pair.introduced)
        closes = self.closes(pair)
        for person in pair.people:
            zone = self._zones[person]
            start = day_of(pair.introduced, zone)
            second, monthly = start + 24 * DAY, start + 52 * DAY

            def owe(
                kind: str, on: date, until: datetime | None, person: str = person, zone: str = zone
            ) -> ExpectedMessage:
                return self._owe(kind, person, pair.id, self._almanac.morning(on, zone), until)

            owe("first-meeting-nudge", start + 10 * DAY, midnight(second, zone))
            owe("second-meeting-nudge", second, midnight(monthly, zone))
            owe("check-in", pair.check_in, midnight(pair.ends, zone))
            owe("survey", pair.ends, closes)
            first, last = self._reminders(pair)
            owe("survey-reminder:7", first, midnight(last, zone))
            owe("survey-reminder:14", last, closes)
            self._owe("partnership-closed", person, pair.id, closes, by_itself=True)
            pair.monthly_from[person] = monthly
            self._monthly(pair, person)

    def _reminders(self, pair: Pair) -> tuple[date, date]:
        """One and two weeks after the day on which the closing questions come."""
        asked = self._almanac.next_working(pair.ends)
        return asked + WEEK, asked + 2 * WEEK

    def _monthly(self, pair: Pair, person: str) -> None:
        """The next "have you met lately": four weeks after the last meeting, away from the check-in and the end."""
        self._book.call_off("monthly-nudge", person, pair.id)
        zone, works = self._zones[person], self._almanac.next_working
        day = works(max([pair.monthly_from[person], *(met + FOUR_WEEKS for met in pair.met_on)]))
        asked = pair.asked_on.get(person, works(pair.check_in))
        if abs(day - asked) <= WEEK:
            day = works(asked + 8 * DAY)
        if day > pair.ends - 8 * DAY:
            return
        until = midnight(pair.ends - WEEK, zone)
        owed = self._owe("monthly-nudge", person, pair.id, self._almanac.morning(day, zone), until)
        # Four weeks count from the day on which the last was decided; trouble may have kept that one for a while.
        owed.tolerated = 3 * DAY
        owed.quiet = (midnight(asked - WEEK, zone), midnight(asked + 8 * DAY, zone))
        check_ins = [each for each in self._book.of("check-in", person, pair.id) if each.is_open]
        owed.behind = check_ins[0] if check_ins else None

    def saw(self, pair: Pair, said: SentMessage) -> None:
        """One of the two read this. Raises Broken."""
        day = day_of(said.sent, self._zones[said.reader.split("+")[0]])
        if said.kind == "survey-reminder":
            said = replace(said, kind=f"{said.kind}:{14 if day >= self._reminders(pair)[1] else 7}")
        self._book.say(said)
        match said.kind:
            case "second-meeting-nudge":
                pair.monthly_from[said.reader] = max(day + FOUR_WEEKS, pair.monthly_from[said.reader])
                self._monthly(pair, said.reader)
            case "monthly-nudge":
                pair.monthly_from[said.reader] = day + FOUR_WEEKS
                self._monthly(pair, said.reader)
            case "check-in":
                pair.asked_on[said.reader] = day
                self._monthly(pair, said.reader)
            case "survey":
                for after, on in zip((7, 14), self._reminders(pair), strict=True):
                    if day >= on:
                        self._book.may(f"survey-reminder:{after}", said.reader, pair.id)

    def logged(self, partnership: str, by: str, met_on: date) -> None:
        pair = self.all[partnership]
        pair.met_on.append(met_on)
        self._owe("meeting-saved", by, pair.id, self._calendar())
        self._owe("meeting-logged", pair.other(by), pair.id, self._calendar())
        for person in pair.people:
            self._book.call_off("first-meeting-nudge", person, pair.id)
            if len(pair.met_on) >= 2:
                self._book.call_off("second-meeting-nudge", person, pair.id)
            if pair.over is None:
                self._monthly(pair, person)

    def answered_check_in(self, partnership: str, person: str) -> None:
        self._book.call_off("check-in", person, partnership)
        self._owe("check-in-thanks", person, partnership, self._calendar())

    def answered_survey(self, partnership: str, person: str) -> None:
        pair = self.all[partnership]
        pair.surveyed.add(person)
        for kind in ("survey", "survey-reminder:7", "survey-reminder:14"):
            self._book.call_off(kind, person, pair.id)
        self._owe("survey-thanks", person, pair.id, self._calendar())
        if len(pair.surveyed) == 2 and pair.over is None:
            self._end(pair)
            for each in pair.people:
                self._owe("partnership-closed", each, pair.id, self._calendar())

    def ended(self, partnership: str) -> None:
        """Both read the same, whoever did."""
        pair = self.all[partnership]
        self._end(pair)
        for person in pair.people:
            self._owe("partnership-ended", person, pair.id, self._calendar())

    def went_back(self, partnership: str, person: str) -> None:
        self.all[partnership].back.add(person)
        self._owe("back-in-pool", person, partnership, self._calendar())

    def close_what_is_due(self) -> None:
        """Those whose time has come are closed, whether or not anybody has been told yet."""
        for pair in self.all.values():
            if pair.over is None and self._calendar() >= (closes := self.closes(pair)):
                pair.over = closes

    def _end(self, pair: Pair) -> None:
        pair.over = self._calendar()
        self._book.call_off("introduced", pair.together, pair.id)
        for person in pair.people:
            for kind in _OVER_WITH_IT:
                self._book.call_off(kind, person, pair.id)
