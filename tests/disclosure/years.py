"""Random years of a programme: who answers what and when, who signs, corrects, ends early and is erased.

A `Plan` says all that does not depend on what was answered; `contents` are the answers. So a year can be run again with
other answers at the same moments.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from random import Random
from typing import Any

from mentoring.applications.application import Role
from mentoring.core.errors import MentoringError
from mentoring.feedback.answers import (
    CheckInChoice,
    Feedback,
    FeedbackForm,
    Question,
    question_open,
    record_check_in,
    record_survey,
)
from mentoring.feedback.baseline import FeedbackCorrected, check_baseline, record_baseline
from mentoring.feedback.counted_items import RATING
from mentoring.feedback.items import AREAS, FeedbackItem, ItemAnswer, MentoringSkill, given
from mentoring.partnerships.endings import close, decline_rematch, end
from mentoring.partnerships.partnership import Partnership
from tests.disclosure.reading import Reading, pages_in_export, pages_in_slack, read
from tests.mentoring.factories import partnership
from tests.mentoring.feedback.stored_answers import Programme
from tests.mentoring.values import at, person

BASELINE, CHECK_IN, SURVEY = Question.BASELINE, Question.CHECK_IN, Question.SURVEY
OWNERS = ("U0OWNER",)
SCALES = (FeedbackItem.DIRECTION, FeedbackItem.ABLE)
"""Asked before and after: two of the four are enough."""
ITEMS = {
    BASELINE: (*SCALES, FeedbackItem.MATTERS),
    CHECK_IN: (RATING, FeedbackItem.TRUST, FeedbackItem.LEARN),
    SURVEY: (RATING, *SCALES, FeedbackItem.BETTER),
}
OPENS = {BASELINE: at("2027-01-05T09:00"), CHECK_IN: at("2027-07-05T09:00"), SURVEY: at("2028-01-05T09:00")}
DAYS = {BASELINE: 19, CHECK_IN: 40, SURVEY: 25}
OVER = at("2028-03-06T00:00")
"""Everything is over by then."""

Key = tuple[str, str, Question, str]
"""Partnership, person, stage and item of an answer."""


@dataclass(frozen=True)
class Content:
    """What was answered to one item: a score, choices, and words by field."""

    score: int | None = None
    chosen: tuple[str, ...] = ()
    words: tuple[str, ...] = ("", "")


@dataclass(frozen=True)
class Event:
    at: datetime
    act: str
    """answer, correct, erase, end, close or monday."""
    partnership_id: str = ""
    who: str = ""
    stage: Question = CHECK_IN
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Secrets:
    """What people decided, which nobody else may learn. Each is a choice of the event's person, or of the other."""

    by_the_other: bool = False
    decision: CheckInChoice = CheckInChoice.GO_ON


@dataclass(frozen=True)
class Plan:
    partnerships: tuple[Partnership, ...]
    events: tuple[Event, ...]
    signed: frozenset[Key]


@dataclass
class Year:
    """What was shown at each moment, which answers were put together, and which were corrected before they were counted
    (partnership, person and stage): then the opposite scores were kept.
    """

    readings: list[Reading] = field(default_factory=list)
    groups: list[list[Key]] = field(default_factory=list)
    corrected: set[tuple[str, str, Question]] = field(default_factory=set)
    ours: Programme = field(default_factory=lambda: Programme([]))

    @cached_property
    def pages(self) -> tuple[str, ...]:
        """What owners read in the end, as it is shown in Slack and in an export."""
        return (*pages_in_slack(self.ours), *pages_in_export(self.ours))

    def to_send(self, key: Key, score: int | None) -> int | None:
        """The score to send so that this one is kept in the end."""
        return 6 - score if score and key[:3] in self.corrected else score


def plan(random: Random) -> tuple[Plan, dict[Key, Content]]:
    """A year: one or two rounds of three to sixteen pairs, with mentors who have several mentees."""
    partnerships = []
    for number in range(random.choice((1, 1, 2))):
        many = random.choice((3, 5, 7, 8, 11, 16))
        mentors = max(2, many - random.randrange(4))
        for n in range(many):
            mentor = f"T{n if n < mentors else random.randrange(mentors)}"
            mentee = f"M{number}{n}" if random.random() < 0.95 or n == 0 else f"M{number}{random.randrange(n)}"
            partnerships.append(partnership(mentee, mentor, id=f"s{number}{n}", cohort_id=f"c{number}"))
    events: list[Event] = []
    contents: dict[Key, Content] = {}
    signed = set()
    keen = random.uniform(0.6, 1)
    for one in partnerships:
        ends_early = OPENS[CHECK_IN] + timedelta(days=random.randrange(100)) if random.random() < 0.1 else None
        if ends_early:
            events.append(Event(ends_early, "end", one.id, one.mentee))
        for stage, opens in OPENS.items():
            for who in one.people:
                if random.random() > keen:
                    continue
                start = ends_early or opens
                moment = max(start, opens) if stage is not SURVEY else start
                moment += timedelta(days=random.uniform(0.1, 18 if ends_early else DAYS[stage]))
                items = tuple(each for each in ITEMS[stage] if each in (RATING, "matters") or random.random() < 0.9)
                events.append(Event(moment, "answer", one.id, who, stage, items))
                for item in items:
                    key = one.id, who, stage, str(item)
                    contents[key] = content(random, str(item), one.mentor == who, len(contents))
                    if item in (RATING, FeedbackItem.BETTER) and random.random() < 0.1:
                        signed.add(key)
                if random.random() < 0.15:
                    later = moment + timedelta(days=random.choice((1, 5, 40)) * random.uniform(0.1, 1))
                    events.append(Event(later, "correct", one.id, who, stage, items))
    people = sorted({who for one in partnerships for who in one.people})
    for who in random.sample(people, random.randrange(4)):
        moment = OPENS[CHECK_IN] + timedelta(days=random.uniform(0, 240))
        events.append(Event(moment, "erase", who=who))
    events += [Event(day, "monday") for day in mondays()]
    events.append(Event(OVER - timedelta(days=2), "close"))
    return Plan(tuple(partnerships), tuple(sorted(events, key=lambda each: each.at)), frozenset(signed)), contents


def mondays() -> Iterator[datetime]:
    for opens, many in ((OPENS[BASELINE], 4), (OPENS[CHECK_IN], 9), (OPENS[SURVEY], 6)):
        first = opens - timedelta(days=opens.weekday(), hours=9)
        yield from (first + timedelta(weeks=week) for week in range(1, many + 1))
    yield from (OVER, OVER + timedelta(weeks=1))


def content(random: Random, item: str, is_mentor: bool, number: int) -> Content:
    match item:
        case "rating":
            return Content(random.randint(1, 5), (), (f"helps {number}", random.choice(("", f"hinders {number}"))))
        case "learn":
            chosen = tuple(random.sample(sorted(map(str, MentoringSkill)), random.randrange(4)))
            return Content(None, chosen, (random.choice(("", f"learn {number}")) if chosen else f"learn {number}", ""))
        case "matters":
            area = random.choice(AREAS[Role.MENTOR if is_mentor else Role.MENTEE])
            return Content(None, (str(area),))
        case "better":
            return Content(None, (), (f"better {number}", ""))
        case _:
            return Content(random.randint(1, 5))


def run(
    plan: Plan, contents: Mapping[Key, Content], *, secrets: Secrets = Secrets(), programme: Programme | None = None
) -> Year:
    """Run the year through the rules, and read everything after each event."""
    ours = programme or Programme([])
    year = Year(ours=ours)
    ours.partnerships = list(plan.partnerships)
    for event in plan.events:
        ours.now = event.at
        messages = _happens(ours, event, plan, contents, secrets, year)
        if event.act == "monday":
            ours.now -= timedelta(days=7)
            for formed in ours.counted():
                year.groups.append(list(formed.members))
        year.readings.append(read(ours, event.at, event.act, messages))
    return year


def _happens(
    ours: Programme, event: Event, plan: Plan, contents: Mapping[Key, Content], secrets: Secrets, year: Year
) -> tuple[Any, ...]:
    """Let it happen. Returns the messages to people who are not the two."""
    match event.act:
        case "erase":
            ours.erased(event.who)
            return ()
        case "end":
            return _ends(ours, event, secrets)
        case "close":
            over = [close(each, now=event.at).changes for each in ours.partnerships]
            changed = {change.id: change for changes in over for change in changes if isinstance(change, Partnership)}
            ours.partnerships = [changed.get(each.id, each) for each in ours.partnerships]
            return ()
        case "answer" | "correct":
            return _sends(ours, event, plan, contents, secrets, year)
        case _:
            return ()


def _ends(ours: Programme, event: Event, secrets: Secrets) -> tuple[Any, ...]:
    """It is ended by either, who does not want to be matched with the other again."""
    one = _partnership(ours, event)
    if not one.is_active:
        return ()
    by = one.other(event.who) if secrets.by_the_other else event.who
    outcome = end(one, by=by, owners=OWNERS, now=event.at)
    ended = next(change for change in outcome.changes if isinstance(change, Partnership))
    again = decline_rematch(ended, by=by)
    ours.partnerships = [again.changes[0] if each.id == one.id else each for each in ours.partnerships]  # type: ignore[misc]
    return tuple((each.recipient, each.kind) for each in (*outcome.notifications, *again.notifications))


def _partnership(ours: Programme, event: Event) -> Partnership:
    return next(each for each in ours.partnerships if each.id == event.partnership_id)


def _sends(
    ours: Programme, event: Event, plan: Plan, contents: Mapping[Key, Content], secrets: Secrets, year: Year
) -> tuple[Any, ...]:
    """Send a form, or send it again with other answers: the rules say whether that is kept."""
    one = _partnership(ours, event)
    if event.who not in one.people:
        return ()
    key = one.id, event.who, event.stage
    form = _form(event, plan, contents, secrets)
    before = ours.answers.get(key)
    by = person(event.who)
    try:
        if event.stage is BASELINE:
            outcome = record_baseline(one, form.items, by=by, before=before, now=event.at)
        elif event.stage is CHECK_IN:
            is_asked = question_open(one, event.at.date()) is CHECK_IN
            outcome = record_check_in(one, form, by=by, owners=OWNERS, asked=is_asked, before=before, now=event.at)
        else:
            other = (one.id, one.other(event.who), SURVEY) in ours.answers
            is_asked = question_open(one, event.at.date()) is SURVEY
            outcome = record_survey(one, form, by=by, asked=is_asked, before=before, other_answered=other, now=event.at)
        if event.act == "correct" and event.stage is BASELINE:
            check_baseline(one, by, before=before, today=event.at.date(), has_met=False)
            year.corrected.add(key)
    except MentoringError:
        return ()
    for change in outcome.changes:
        match change:
            case Feedback() if key not in ours.answers:
                ours.answers[key] = change
            case Feedback():
                ours.corrected(key, change)
            case FeedbackCorrected(answer):
                ours.corrected(key, answer)
            case Partnership():
                ours.partnerships = [change if each.id == one.id else each for each in ours.partnerships]
    return tuple((each.recipient, each.kind) for each in outcome.notifications if each.recipient not in one.people)


def _form(event: Event, plan: Plan, contents: Mapping[Key, Content], secrets: Secrets) -> FeedbackForm:
    """The form as it is filled in; when it is sent again, with other answers."""
    about = event.partnership_id, event.who, event.stage
    turn = event.act == "correct"
    items, rating, helps, hinders = [], None, "", ""
    for item in event.items:
        key = (*about, str(item))
        said = contents[key]
        score = said.score and (6 - said.score if turn else said.score)
        if item == RATING:
            rating, (helps, hinders) = score, said.words
            continue
        is_signed = key in plan.signed
        items.append(ItemAnswer(FeedbackItem(item), score, said.chosen, said.words[0], is_signed=is_signed))
    if event.stage is BASELINE:
        most = next(each.chosen for each in items if each.item is FeedbackItem.MATTERS)
        items.append(ItemAnswer(FeedbackItem.MOST, chosen=most))
    return FeedbackForm(
        rating,
        f"{helps} again" if turn and helps else helps,
        hinders,
        secrets.decision if event.stage is CHECK_IN else None,
        given(items),
        is_signed=(*about, RATING) in plan.signed,
    )
