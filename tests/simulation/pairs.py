"""What two people who were introduced are promised, until it is over."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from tests.simulation.almanac import DAY, Almanac, day_of, midnight, months_on
from tests.simulation.expectations import ExpectationBook, ExpectedMessage, SentMessage

WEEK = timedelta(days=7)
WHILE_BOTH_ARE_THERE = (
    "agreement-review",
    "items-due",
    "first-meeting-nudge",
    "second-meeting-nudge",
    "monthly-nudge",
    "check-in",
    "end-question",
    "survey",
    "survey-reminder:7",
    "survey-reminder:14",
)
_BEFORE_MONTHLY = ("first-meeting-nudge", "second-meeting-nudge", "check-in")
_UNTIL_THE_END = (
    "first-meeting-nudge",
    "second-meeting-nudge",
    "monthly-nudge",
    "check-in",
    "end-question",
    "agreement-review",
)
_COMES_BACK = ("first-meeting-nudge", "second-meeting-nudge", "check-in")
"""What the agreed end had made pointless in a pause, and makes sense again once the two have moved it by the pause."""
OF_AGREEMENTS = ("agreement-written", "agreement-saved")
_OVER_WITH_IT = (
    *OF_AGREEMENTS,
    "report-waits",
    *WHILE_BOTH_ARE_THERE,
    "end-answered",
    "end-proposed",
    "partnership-closed",
    "partner-left",
    "partner-back",
    "partner-on-leave",
    "planned-meeting",
    "regular-time",
    "partnership-paused",
    "pause-question",
    "partnership-resumed",
    "owner-nudge",
    "help-offered",
    "standing-asked",
)
NEVER = datetime(2999, 1, 1, tzinfo=UTC)
"""When a partnership closes that stands still."""

Owe = Callable[..., ExpectedMessage]
Days = tuple[date, date]
"""On which something was said: by the calendar or by Slack's clock, the earlier first. They are the same, unless the
calendar has just been put.
"""


RHYTHMS = {"week": 7, "second-week": 14, "third-week": 21, "month": 28}
"""How many days lie between two meetings, as two people agree."""


@dataclass(frozen=True)
class AgreedTerms:
    """What matters of an agreement: how often they meet, until when, when they look at it again, and who finds the
    time.
    """

    rhythm: str
    until: date
    review_on: date
    schedules: str = "mentee"


@dataclass
class Pair:
    """Two people who were introduced; what was logged, who has answered, when they were asked how it goes."""

    id: str
    mentee: str
    mentor: str
    introduced: datetime
    months: int
    weeks: int = 0
    met_on: list[date] = field(default_factory=list)
    surveyed: set[str] = field(default_factory=set)
    goes_on: bool = False
    """The mentor has said on the last page that they go on, which counts once it is closed."""
    over: datetime | None = None
    back: set[str] = field(default_factory=set)
    monthly_from: dict[str, "Days"] = field(default_factory=dict)
    asked_on: dict[str, "Days"] = field(default_factory=dict)
    nudged_on: dict[str, "Days"] = field(default_factory=dict)
    """By reader, when the first reminder to meet was said."""
    asked_about_end_on: date | None = None
    """When the two were to be asked about the end, before it was moved."""
    is_question_moved: bool = False
    """Whether it was moved once its day had come, so that it may have been asked or dropped."""
    agreed_end: date | None = None
    fixed_check_in: date | None = None
    every_days: int | None = None
    """Between two meetings, where they have agreed on that."""
    schedules: str = "mentee"
    """Who finds the time, as they have agreed."""
    terms: "AgreedTerms | None" = None
    """Of the newest version, and who has signed it."""
    signed_by: set[str] = field(default_factory=set)
    last_signed: dict[str, int] = field(default_factory=dict)
    """By person, the number of the newest version that they have signed."""
    number: int = 0
    stands_still: bool = False
    """Whether one of the two has paused it, and it does not carry on yet."""
    paused: timedelta = timedelta(0)
    """How long it stood still before, and the day on which it last carried on."""
    resumed_on: date = date.min
    told: set[tuple[str, str, int]] = field(default_factory=set)
    """Which messages about an agreement they have: kind, reader, and what the partner had signed by then."""

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
        return self.agreed_end or months_on(self.begun, self.months) + self.weeks * WEEK

    @property
    def long(self) -> int:
        """About how many days, whenever it begins."""
        return self.weeks * 7 + self.months * 365 // 12

    @property
    def first(self) -> timedelta:
        """A sixth of its time, at most ten days."""
        return min(self.long // 6, 10) * DAY

    @property
    def second(self) -> timedelta:
        """A third of its time, at most 24 days."""
        return min(self.long // 3, 24) * DAY

    def every(self, monthly: int) -> timedelta:
        """Between "have you met lately", where so many meetings a month are asked for, if they have not agreed on
        another rhythm that gives as many.
        """
        is_own = self.every_days is not None and 28 // self.every_days >= monthly
        meet = self.every_days if is_own and self.every_days else 28 // monthly
        return min(max(meet, 14), max(self.long // 3, 7)) * DAY

    @property
    def check_in(self) -> date:
        if self.fixed_check_in:
            return self.fixed_check_in
        begun = self.begun + self.paused
        if self.months >= 9:
            return months_on(begun, 6)
        return begun + timedelta(days=(self.ends - begun).days // 2)

    @property
    def looks_back(self) -> date:
        """When both are asked to look back: at the end, or a week after a pause, so that they can move it first."""
        return max(self.ends, self.resumed_on + WEEK if self.resumed_on > date.min else date.min)

    @property
    def question(self) -> date:
        """When both are asked whether to go on: three quarters through, not counting the time in which it stood still,
        and at most six weeks before the end.
        """
        begun = self.begun + self.paused
        days = (self.ends - begun).days
        return max(begun + days * 3 // 4 * DAY, self.ends - 42 * DAY)


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
        self.rhythm = 2, 1
        """How many meetings are asked for in the first month, and in every one after that."""
        self.longest = 12, 0
        """Months and weeks: how long a partnership may last at most."""

    def of(self, person: str) -> list[Pair]:
        """Those that are running."""
        return [pair for pair in self.all.values() if person in pair.people and pair.over is None]

    def holds(self, person: str) -> bool:
        """Whether they are in one that is running, or have not gone back to the pool from one that is over."""
        return any(person in pair.people and person not in pair.back for pair in self.all.values())

    def apply_again(self, person: str) -> None:
        """Whoever does has gone back from all that is over."""
        self.close_what_is_due()
        for pair in self.all.values():
            if person in pair.people and pair.over is not None:
                pair.back.add(person)

    def closes(self, pair: Pair) -> datetime:
        """Three weeks after the end, or later where the last reminder is, at the hour of the introduction; not in a
        pause.
        """
        if pair.stands_still:
            return NEVER
        day = max(pair.looks_back + 3 * WEEK, self._almanac.next_working(self._reminders(pair)[1]) + 5 * DAY)
        return datetime.combine(day, pair.introduced.astimezone(UTC).timetz())

    def begin(self, pair: Pair, *, by_itself: bool = False) -> None:
        """`by_itself` because the round has started, and not by what one of them did."""
        self.all[pair.id] = pair
        self._owe("introduced", pair.together, pair.id, pair.introduced, by_itself=by_itself)
        closes = self.closes(pair)
        for person in pair.people:
            zone = self._zones[person]
            start = day_of(pair.introduced, zone)
            second = start + pair.second
            monthly = second + pair.every(self.rhythm[1])

            def owe(
                kind: str, on: date, until: datetime | None, person: str = person, zone: str = zone
            ) -> ExpectedMessage:
                return self._owe(kind, person, pair.id, self._almanac.morning(on, zone), until)

            nudged = owe("first-meeting-nudge", start + pair.first, midnight(second, zone))
            checked = owe("check-in", pair.check_in, midnight(pair.ends, zone))
            owe("second-meeting-nudge", second, midnight(monthly, zone)).behind = (nudged, checked)
            if self._can_go_on(pair):
                owe("end-question", pair.question, midnight(pair.ends - WEEK, zone))
            asked = owe("survey", pair.ends, closes)
            first, last = self._reminders(pair)
            reminded = owe("survey-reminder:7", first, midnight(last, zone))
            reminded.behind = (asked,)
            owe("survey-reminder:14", last, closes).behind = (asked, reminded)
            self._owe("partnership-closed", person, pair.id, closes, by_itself=True)
            pair.monthly_from[person] = monthly, monthly
            self._monthly(pair, person)

    def _reminders(self, pair: Pair) -> tuple[date, date]:
        """One and two weeks after the day on which the closing questions come."""
        asked = self._almanac.next_working(pair.looks_back)
        return asked + WEEK, asked + 2 * WEEK

    def _monthly(self, pair: Pair, person: str, *, by_itself: bool = False) -> None:
        """The next "have you met lately": four weeks after the last meeting, away from the check-in and the end, and
        none when it is over. The one before is off: `by_itself` by what the bot has just said, or else by a meeting.
        """
        self._book.call_off("monthly-nudge", person, pair.id, by_itself=by_itself)
        if pair.over is not None:
            return
        zone, works = self._zones[person], self._almanac.next_working
        planned = works(pair.check_in)
        asked = pair.asked_on.get(person, (planned, planned))
        today = day_of(self._calendar(), zone)
        since = (max(today, each, self._after_pause(pair, person)) for each in pair.monthly_from[person])
        first, day = (self._monthly_on(pair, *each) for each in zip(since, asked, strict=True))
        if first > pair.ends - 8 * DAY:
            return
        until = midnight(pair.ends - WEEK, zone)
        due = self._almanac.morning(day, zone)
        owed = self._owe("monthly-nudge", person, pair.id, due, until)
        owed.needed = day <= pair.ends - 8 * DAY
        owed.tolerated = due - self._almanac.morning(first, zone)
        owed.quiet = (midnight(asked[1] - WEEK, zone), midnight(asked[0] + 8 * DAY, zone))
        before = [each for kind in _BEFORE_MONTHLY for each in self._book.of(kind, person, pair.id)]
        owed.behind = tuple(each for each in before if each.is_open)

    def _after_pause(self, pair: Pair, person: str) -> date:
        """The first day of "have you met lately" after a pause."""
        if pair.resumed_on == date.min:
            return date.min
        return max(pair.resumed_on, self._second(pair, person)) + pair.every(self.rhythm[1])

    def _monthly_on(self, pair: Pair, since: date, asked: date) -> date:
        works = self._almanac.next_working
        day = works(max([since, *(met + pair.every(self.rhythm[1]) for met in pair.met_on)]))
        return works(asked + 8 * DAY) if abs(day - asked) <= WEEK else day

    def saw(self, pair: Pair, said: SentMessage) -> None:
        """One of the two read this. Raises Broken."""
        zone = self._zones[said.reader.split("+")[0]]
        first, last = days = self._days(said)
        every = pair.every(self.rhythm[1])
        if said.kind == "survey-reminder":
            of_calendar = day_of(said.sent, zone)
            said = replace(said, kind=f"{said.kind}:{14 if of_calendar >= self._reminders(pair)[1] else 7}")
        self._book.say(said)
        match said.kind:
            case "first-meeting-nudge":
                pair.nudged_on[said.reader] = days
                self._not_within_a_week("second-meeting-nudge", pair, said.reader, days)
            case "second-meeting-nudge":
                before = pair.monthly_from[said.reader]
                # It counts from today, also where an end that came nearer has made the distance shorter.
                pair.monthly_from[said.reader] = first + every, max(last + every, before[1])
                self._monthly(pair, said.reader, by_itself=True)
            case "monthly-nudge":
                pair.monthly_from[said.reader] = first + every, last + every
                self._monthly(pair, said.reader, by_itself=True)
                self._not_within_a_week("second-meeting-nudge", pair, said.reader, days)  # after a pause
            case "check-in":
                pair.asked_on[said.reader] = days
                self._not_for("second-meeting-nudge", DAY, pair, said.reader, days)
                self._monthly_again(pair, said.reader, by_itself=True)
            case "survey":
                self._asked_at_the_end(pair, said.reader, days)
            case "survey-reminder:7":
                self._not_within_a_week("survey-reminder:14", pair, said.reader, days)

    def _days(self, said: SentMessage) -> Days:
        zone = self._zones[said.reader.split("+")[0]]
        one, other = day_of(said.sent, zone), day_of(said.posted, zone)
        return min(one, other), max(one, other)

    def _asked_at_the_end(self, pair: Pair, person: str, days: Days) -> None:
        """They are reminded a week later at the earliest; only once where that is the day of the second reminder."""
        first, last = self._reminders(pair)
        if days[0] >= first:
            self._book.call_off("survey-reminder:7", person, pair.id, by_itself=True)
        elif days[1] >= first:
            self._book.may("survey-reminder:7", person, pair.id)
        if days[1] >= last:
            self._book.may("survey-reminder:14", person, pair.id)
        for kind in ("survey-reminder:7", "survey-reminder:14"):
            self._not_within_a_week(kind, pair, person, days)

    def _not_within_a_week(self, kind: str, pair: Pair, person: str, days: Days) -> None:
        self._not_for(kind, WEEK, pair, person, days)

    def _not_for(self, kind: str, rest: timedelta, pair: Pair, person: str, days: Days) -> None:
        """It waits for so long, and is pointless where that is too late."""
        first, last = (self._almanac.morning(day + rest, self._zones[person]) for day in days)
        for owed in self._book.of(kind, person, pair.id):
            if not owed.said:
                self._book.delay(owed, first, last)

    def logged(self, partnership: str, by: str, met_on: date) -> None:
        pair = self.all[partnership]
        pair.met_on.append(met_on)
        self._owe("meeting-saved", by, pair.id, self._calendar())
        self._owe("meeting-logged", pair.other(by), pair.id, self._calendar())
        self._asked_less(pair)

    def met(self, partnership: str, met_on: date) -> None:
        """They say so about a planned meeting; nobody gets a receipt."""
        pair = self.all[partnership]
        pair.met_on.append(met_on)
        self._asked_less(pair)

    def not_met(self, partnership: str, met_on: date) -> None:
        """It was a mistake. What is said then of their meetings may come or not."""
        pair = self.all[partnership]
        pair.met_on.remove(met_on)
        for person in pair.people:
            for kind in ("first-meeting-nudge", "second-meeting-nudge", "monthly-nudge"):
                self._owe(kind, person, pair.id, self._calendar(), by_itself=True).needed = False

    def log_deleted(self, partnership: str, by: str, met_on: date | None) -> None:
        """The other is told. `met_on` is None for a planned meeting, whose answers say that it did not take place."""
        pair = self.all[partnership]
        if met_on:
            self.not_met(partnership, met_on)
            self._book.may("meeting-saved", by, pair.id)
            self._book.may("meeting-saved", pair.other(by), pair.id)
            for person in pair.people:
                self._book.may("meeting-logged", person, pair.id)
        self._owe("meeting-deleted", pair.other(by), pair.id, self._calendar())

    def _asked_less(self, pair: Pair) -> None:
        for person in pair.people:
            self._book.call_off("first-meeting-nudge", person, pair.id)
            if len(pair.met_on) >= self.rhythm[0]:
                self._book.call_off("second-meeting-nudge", person, pair.id)
            self._monthly_again(pair, person)

    def agreement_written(self, partnership: str, by: str, terms: AgreedTerms) -> None:
        """A new version, which `by` has signed. The partner is asked once until they answer, and `by` has a receipt."""
        pair = self.all[partnership]
        pair.number += 1
        pair.terms, pair.signed_by, pair.last_signed[by] = terms, {by}, pair.number
        other = pair.other(by)
        since = pair.last_signed.get(other, 0)
        for kind, reader in (("agreement-written", other), ("agreement-saved", by)):
            if (kind, reader, since) not in pair.told:
                pair.told.add((kind, reader, since))
                self._owe(kind, reader, pair.id, self._calendar(), self.closes(pair))

    def agreement_signed(self, partnership: str, by: str) -> None:
        """Both have: the end and the rhythm are theirs now."""
        pair = self.all[partnership]
        assert pair.terms is not None
        pair.signed_by.add(by)
        pair.last_signed[by] = pair.number
        if pair.over is None:
            self._come_into_force(pair, pair.terms)

    def _come_into_force(self, pair: Pair, terms: AgreedTerms) -> None:
        pair.every_days, pair.schedules = RHYTHMS[terms.rhythm], terms.schedules
        if terms.until != pair.ends:
            self._move_end(pair, terms.until)
        closes = self.closes(pair)
        for person in pair.people:
            self._replan(pair, person, closes)
            self._look_again(pair, person, terms)
        pair.asked_about_end_on = None

    def end_proposed(self, partnership: str, by: str) -> None:
        """The other is asked, unless something comes before that. What was proposed before is over."""
        pair = self.all[partnership]
        self.end_settled(partnership)
        self._owe("end-proposed", pair.other(by), pair.id, self._calendar(), self.closes(pair)).needed = False

    def end_answered(self, partnership: str, by: str) -> None:
        """Who proposed it is told, unless something comes before that."""
        pair = self.all[partnership]
        self.end_settled(partnership)
        self._book.call_off("end-answered", pair.other(by), pair.id)
        self._owe("end-answered", pair.other(by), pair.id, self._calendar()).needed = False

    def end_settled(self, partnership: str) -> None:
        """Nothing waits for an answer any more."""
        for person in self.all[partnership].people:
            self._book.call_off("end-proposed", person, partnership)

    def end_moved(self, partnership: str, until: date, *, by_pause: bool = False) -> None:
        """Both have agreed on it: what is still to come follows. Moved `by_pause`, they are still asked about it."""
        pair = self.all[partnership]
        if pair.over is not None:
            return
        self._move_end(pair, until)
        closes = self.closes(pair)
        for person in pair.people:
            new = max(day_of(self._calendar(), self._zones[person]), self._second(pair, person))
            new += pair.every(self.rhythm[1])
            first, last = pair.monthly_from[person]  # the last reminder has been, perhaps, since the end was near
            is_left = any(owed.is_open for owed in self._book.of("monthly-nudge", person, pair.id))
            pair.monthly_from[person] = (first, last) if is_left else (min(first, new), max(last, new))
            self._replan(pair, person, closes, by_pause=by_pause)
        pair.asked_about_end_on = None
        self._in_agreements(pair)

    def completed(self, partnership: str, day: date) -> None:
        """Both have agreed that this is the last day: they are asked to look back, and nothing else."""
        pair = self.all[partnership]
        if pair.over is not None:
            return
        before = self.closes(pair)
        pair.agreed_end, pair.fixed_check_in, pair.resumed_on = day, None, date.min
        days = (day - pair.begun).days
        pair.months, pair.weeks = max(1, round(days * 12 / 365.25)), 0
        if months_on(pair.begun, pair.months) != day and days % 7 == 0 and days <= 91:
            pair.months, pair.weeks = 0, days // 7
        closes = self.closes(pair)
        for person in pair.people:
            for kind in _UNTIL_THE_END:
                self._book.call_off(kind, person, pair.id)
            self._survey_moved(pair, person, closes, max(self._calendar(), self._morning(pair.ends, person)))
        self._closes_instead(pair, before)
        self._in_agreements(pair)

    def _closes_instead(self, pair: Pair, before: datetime) -> None:
        """What is promised until it closes, which was `before`, is promised until it closes now."""
        after = self.closes(pair)
        for owed in self._book.open():
            if owed.about == pair.id and owed.until == before:
                owed.until = after

    def _in_agreements(self, pair: Pair) -> None:
        if pair.terms:
            pair.terms = replace(pair.terms, until=pair.ends)
        for person in pair.people:
            for owed in self._book.of("agreement-review", person, pair.id):
                owed.until = midnight(pair.ends - WEEK, self._zones[person])
                owed.needed = False

    def _can_go_on(self, pair: Pair) -> bool:
        months, weeks = self.longest
        return months_on(pair.begun, months) + weeks * WEEK > pair.ends

    def _second(self, pair: Pair, person: str) -> date:
        return day_of(pair.introduced, self._zones[person]) + pair.paused + pair.second

    def _morning(self, day: date, person: str) -> datetime:
        return self._almanac.morning(day, self._zones[person])

    def _survey_moved(self, pair: Pair, person: str, closes: datetime, at: datetime) -> None:
        zone, (first, last) = self._zones[person], self._reminders(pair)
        for kind in ("survey", "survey-reminder:7", "survey-reminder:14", "partnership-closed"):
            self._book.call_off(kind, person, pair.id)
        asked = self._owe("survey", person, pair.id, at, closes)
        reminded = self._owe("survey-reminder:7", person, pair.id, self._morning(first, person), midnight(last, zone))
        again = self._owe("survey-reminder:14", person, pair.id, self._morning(last, person), closes)
        reminded.behind, again.behind = (asked,), (asked, reminded)
        self._owe("partnership-closed", person, pair.id, closes, by_itself=True)

    def _ask_about_end(self, pair: Pair, person: str, before: date, *, by_pause: bool) -> None:
        """The question moves with the end, if it has not been asked: `before` is the day on which it was due. One whose
        day has come is not asked any more, since they have just agreed on the end, unless it has moved `by_pause`.
        """
        due = self._morning(before, person)
        had_come = self._calendar() >= due
        said = any(owed.said for owed in self._book.of("end-question", person, pair.id))
        self._book.call_off("end-question", person, pair.id)
        today = day_of(self._calendar(), self._zones[person])
        day = max(pair.question, pair.resumed_on + WEEK) if by_pause else pair.question
        if said or (pair.question <= today and not by_pause) or not self._can_go_on(pair):
            return
        until = midnight(pair.ends - WEEK, self._zones[person])
        owed = self._owe("end-question", person, pair.id, self._morning(day, person), until)
        owed.needed = not had_come and not pair.is_question_moved and pair.question > today
        pair.is_question_moved = pair.is_question_moved or had_come

    def _move_end(self, pair: Pair, until: date) -> None:
        pair.asked_about_end_on, closed = pair.question, self.closes(pair)
        latest = (self._calendar() + timedelta(hours=14)).astimezone(UTC).date()
        before = pair.check_in
        days = (until - pair.begun).days
        pair.months, pair.weeks = max(1, round(days * 12 / 365.25)), 0
        if months_on(pair.begun, pair.months) != until and days % 7 == 0 and days <= 91:
            pair.months, pair.weeks = 0, days // 7
        pair.agreed_end, pair.fixed_check_in = until, None
        pair.fixed_check_in = before if before <= latest else max(pair.check_in, latest + DAY)
        self._closes_instead(pair, closed)

    def _look_again(self, pair: Pair, person: str, terms: AgreedTerms) -> None:
        """Expect the review on the day that they chose, and the monthly reminders from now on."""
        zone, book = self._zones[person], self._book
        monthly = max(day_of(self._calendar(), zone), self._second(pair, person)) + pair.every(self.rhythm[1])
        book.call_off("agreement-review", person, pair.id)
        until = midnight(pair.ends - WEEK, zone)
        self._owe("agreement-review", person, pair.id, self._morning(terms.review_on, person), until)
        if pair.question <= day_of(self._calendar(), zone):  # they have just agreed on the end
            book.may("end-question", person, pair.id)
        pair.monthly_from[person] = monthly, monthly
        self._monthly(pair, person)

    def _replan(self, pair: Pair, person: str, closes: datetime, *, by_pause: bool = False) -> None:
        """What is still to come, moved to where it belongs now."""
        zone, book, morning = self._zones[person], self._book, self._almanac.morning
        today = day_of(self._calendar(), zone)
        start = day_of(pair.introduced, zone) + pair.paused
        second = start + pair.second
        ends = midnight(pair.ends, zone)

        def moved(kind: str, day: date, until: datetime) -> tuple[ExpectedMessage, ...]:
            """The open one of this kind, owed on that day if it is still to come."""
            is_open = [owed for owed in book.of(kind, person, pair.id) if owed.is_open]
            for owed in is_open:
                waits = by_pause and kind in _COMES_BACK and owed.due > self._calendar()  # until tomorrow at least
                if day > today or waits:
                    book.call_off(kind, person, pair.id)
                    new = self._owe(kind, person, pair.id, morning(max(day, today + DAY), zone), until)
                    new.needed = owed.needed
                    return (new,)
                if by_pause and kind in _COMES_BACK and owed.until and self._calendar() >= owed.until:
                    owed.needed, owed.until = False, until  # its day has come while the end was too near
                elif owed.until is None or self._calendar() < owed.until:  # what the old end made pointless stays so
                    owed.until = until
            return tuple(is_open[:1])

        nudged = moved("first-meeting-nudge", start + pair.first, midnight(second, zone))
        checked = moved("check-in", pair.check_in, ends)
        for owed in moved("second-meeting-nudge", second, midnight(second + pair.every(self.rhythm[1]), zone)):
            owed.behind = (*nudged, *checked)
        if person in pair.nudged_on:
            self._not_within_a_week("second-meeting-nudge", pair, person, pair.nudged_on[person])
        asked = moved("survey", pair.looks_back, closes)
        first, last = self._reminders(pair)
        reminded = moved("survey-reminder:7", first, midnight(last, zone))
        for owed in reminded:
            owed.behind = asked
        for owed in moved("survey-reminder:14", last, closes):
            owed.behind = (*asked, *reminded)
        book.call_off("partnership-closed", person, pair.id)
        self._owe("partnership-closed", person, pair.id, closes, by_itself=True)
        if pair.asked_about_end_on:
            self._ask_about_end(pair, person, pair.asked_about_end_on, by_pause=by_pause)
        self._monthly_again(pair, person)

    def _monthly_again(self, pair: Pair, person: str, *, by_itself: bool = False) -> None:
        """Expect the monthly reminder again; not surely, if a planned meeting has put it off.

        It need not come earlier than before, where the check-in that it kept away from is later now.
        """
        coming = [owed for owed in self._book.of("monthly-nudge", person, pair.id) if owed.is_open]
        # The next one counts from today, perhaps.
        is_decided = not by_itself and any(each.due <= self._calendar() for each in coming)
        today = day_of(self._calendar(), self._zones[person])
        since = self._morning(self._almanac.next_working(today + pair.every(self.rhythm[1])), person)
        self._monthly(pair, person, by_itself=by_itself)
        for owed in self._book.of("monthly-nudge", person, pair.id):
            if owed.is_open and coming:
                later = max(owed.due, *(each.due for each in coming), *([since] if is_decided else []))
                owed.due, owed.tolerated = later, owed.tolerated + (later - owed.due)
        if coming and not any(owed.needed for owed in coming):
            self._book.may("monthly-nudge", person, pair.id)

    def carry_on(self, pair: Pair) -> None:
        """After a pause: what counts from the introduction is so much later, and what would have come in it."""
        closes = self.closes(pair)
        for person in pair.people:
            zone, (first, last) = self._zones[person], self._reminders(pair)
            start, second = day_of(pair.introduced, zone) + pair.paused, self._second(pair, person)
            monthly = second + pair.every(self.rhythm[1])
            days = {
                "first-meeting-nudge": (start + pair.first, midnight(min(second, pair.ends), zone)),
                "second-meeting-nudge": (second, midnight(min(monthly, pair.ends), zone)),
                "check-in": (pair.check_in, midnight(pair.ends, zone)),
                "end-question": (max(pair.question, pair.resumed_on + WEEK), midnight(pair.ends - WEEK, zone)),
                "survey": (pair.looks_back, closes),
                "survey-reminder:7": (first, midnight(last, zone)),
                "survey-reminder:14": (last, closes),
                "agreement-review": (pair.resumed_on + WEEK, midnight(pair.ends - WEEK, zone)),
            }
            for kind, (day, until) in days.items():
                for owed in self._book.of(kind, person, pair.id):
                    if owed.is_open:
                        owed.due, owed.until = max(owed.due, self._morning(day, person)), until
            self._book.call_off("partnership-closed", person, pair.id)
            self._owe("partnership-closed", person, pair.id, closes, by_itself=True)
            if any(owed.is_open for owed in self._book.of("monthly-nudge", person, pair.id)):
                self._monthly_again(pair, person)
        for owed in self._book.open():
            if owed.until == NEVER and (owed.about == pair.id or owed.about in pair.people):
                owed.until = closes

    def answered_before(self, partnership: str) -> None:
        """The survey before the first meeting: from twelve weeks on, for three weeks. No one hears of it."""
        pair = self.all[partnership]
        assert pair.weeks * 7 + pair.months * 30 >= 84, "a short partnership is not asked"
        assert self._calendar() <= pair.introduced + pair.paused + 23 * DAY, "it closes after three weeks"

    def answered_check_in(self, partnership: str, person: str) -> None:
        pair = self.all[partnership]
        if (
            person not in pair.asked_on
        ):  # before it was asked, in a pause perhaps: the reminder keeps away from both days
            planned, today = self._almanac.next_working(pair.check_in), day_of(self._calendar(), self._zones[person])
            pair.asked_on[person] = min(planned, today), max(planned, self._almanac.next_working(today + DAY))
            self._book.may("monthly-nudge", person, partnership)
        self._book.call_off("check-in", person, partnership)
        self._owe("check-in-thanks", person, partnership, self._calendar())

    def answered_survey(self, partnership: str, person: str) -> None:
        pair = self.all[partnership]
        pair.surveyed.add(person)
        for kind in ("survey", "survey-reminder:7", "survey-reminder:14"):
            self._book.call_off(kind, person, pair.id)
        if len(pair.surveyed) == 2 and pair.over is None:
            self._end(pair)
            self._go_on(pair)
            for each in pair.people:
                self._owe("partnership-closed", each, pair.id, self._calendar())
        else:
            self._owe("survey-thanks", person, pair.id, self._calendar())

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
                self._go_on(pair)

    def _go_on(self, pair: Pair) -> None:
        """The closing message says it; nobody is told apart."""
        if pair.goes_on:
            pair.back.add(pair.mentor)

    def said_thanks(self, partnership: str, person: str, *, thanks: bool) -> None:
        if thanks:
            pair = self.all[partnership]
            self._owe("thank-you", pair.other(person), pair.id, self._calendar())

    def goes_on(self, partnership: str, *, at_once: bool) -> None:
        """At once, with a receipt, if it has closed already."""
        pair = self.all[partnership]
        if at_once:
            self.went_back(partnership, pair.mentor)
        else:
            pair.goes_on = True

    def _end(self, pair: Pair) -> None:
        pair.over = self._calendar()
        self._book.call_off("introduced", pair.together, pair.id)
        for person in pair.people:
            for kind in _OVER_WITH_IT:
                self._book.call_off(kind, person, pair.id)
