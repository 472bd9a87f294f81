"""The survey before: where each of the two stands and what matters to them, before they first meet (D1.8).

It can be answered for three weeks. It is offered until a meeting is logged; a form that is open then still counts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mentoring.applications.application import Role
from mentoring.core.errors import InvalidForm, MentoringError, Missing, NoLongerOffered
from mentoring.core.fields import FieldName
from mentoring.core.outcome import NOTHING, Outcome
from mentoring.core.people import Person
from mentoring.feedback.answers import Audience, Feedback, Question
from mentoring.feedback.errors import BaselineClosed, BaselineCounted, MostNotChosen
from mentoring.feedback.items import AREAS, FeedbackItem, ItemAnswer, given, wrong_in
from mentoring.partnerships.errors import NotAsked
from mentoring.partnerships.events import PartnershipEvent
from mentoring.partnerships.partnership import Partnership, check_partner
from mentoring.partnerships.timing import is_asked_early
from mentoring.partnerships.transitions import check_transition

OPEN_FOR = timedelta(days=21)


@dataclass(frozen=True)
class FeedbackCorrected:
    """Replaces an answer that is not counted yet."""

    answer: Feedback


def has_baseline(partnership: Partnership) -> bool:
    """Whether its people are asked before they begin: not in less than twelve weeks, which have a check-in and a survey
    soon enough, and not if it was brought in.
    """
    return partnership.entered_on is None and is_asked_early(partnership.length)


def baseline_until(partnership: Partnership, person: Person) -> date:
    """The last day on which this person can answer, in their time zone."""
    return partnership.counted_from(person) + OPEN_FOR


def last_baseline_day(partnership: Partnership) -> date:
    """The last day on which either of the two can answer, wherever they are."""
    return partnership.started_on + partnership.paused + OPEN_FOR + timedelta(days=1)


def is_baseline_offered(partnership: Partnership, person: Person, today: date, *, has_met: bool) -> bool:
    """Whether the person may open it on `today` (in their time zone). `has_met`: a meeting is logged."""
    is_open = partnership.is_active and today <= baseline_until(partnership, person)
    return has_baseline(partnership) and is_open and not has_met


def check_baseline(
    partnership: Partnership, by: Person, *, before: Feedback | None, today: date, has_met: bool
) -> None:
    """Raise unless `by` may open the survey, to answer it or to correct what they answered `before`.

    For a form that was opened, `has_met` is false: it counts although a meeting has been logged since. Raises
    NotForYou, AlreadyEnded, BaselineCounted, NotAsked, BaselineClosed.
    """
    check_partner(partnership, by.id)
    check_transition(PartnershipEvent.ANSWER_BASELINE, partnership, by.id)
    if before is not None and (before.is_counted or before.group_id):
        raise BaselineCounted
    if not has_baseline(partnership):
        raise NotAsked
    if today > (until := baseline_until(partnership, by)):
        raise BaselineClosed(until)
    if has_met:
        raise BaselineClosed(None)


def record_baseline(
    partnership: Partnership,
    items: tuple[ItemAnswer, ...],
    *,
    by: Person,
    before: Feedback | None,
    now: datetime,
) -> Outcome:
    """Save the answers of `by`, or correct those of `before`. `items` are as `items.given` has them; `now` is the
    calendar, aware. Nobody is told.

    Idempotent. Raises NotForYou, AlreadyEnded, BaselineCounted, NotAsked, BaselineClosed, InvalidForm.
    """
    check_partner(partnership, by.id)
    said = _with_most(items)
    if before is not None and before.items == said:
        return NOTHING
    check_baseline(partnership, by, before=before, today=by.today(now), has_met=False)
    if reasons := tuple(_wrong(said, role_of(partnership, by.id))):
        raise InvalidForm(reasons)
    answer = Feedback(
        partnership_id=partnership.id,
        person=by.id,
        question=Question.BASELINE,
        rating=None,
        helps="",
        hinders="",
        decision=None,
        audience=Audience.COUNTED,
        answered_at=before.answered_at if before else now,  # so that its place does not depend on what was changed
        items=said,
    )
    return Outcome((answer if before is None else FeedbackCorrected(answer),))


def role_of(partnership: Partnership, person: str) -> Role:
    """The role of one of the two (a Slack user id)."""
    return Role.MENTEE if person == partnership.mentee else Role.MENTOR


def _with_most(items: tuple[ItemAnswer, ...]) -> tuple[ItemAnswer, ...]:
    """If one thing matters, it matters most."""
    chosen = _chosen(items, FeedbackItem.MATTERS)
    if len(chosen) != 1:
        return items
    rest = (each for each in items if each.item is not FeedbackItem.MOST)
    return given((*rest, ItemAnswer(FeedbackItem.MOST, chosen=chosen)))


def _chosen(items: tuple[ItemAnswer, ...], item: FeedbackItem) -> tuple[str, ...]:
    return next((each.chosen for each in items if each.item is item), ())


def _wrong(items: tuple[ItemAnswer, ...], role: Role) -> Iterator[MentoringError]:
    yield from wrong_in(items)
    matters, most = _chosen(items, FeedbackItem.MATTERS), _chosen(items, FeedbackItem.MOST)
    if not matters:
        yield Missing(FieldName.MATTERS)
    elif not set(matters) <= set(map(str, AREAS[role])):
        yield NoLongerOffered(FieldName.MATTERS)
    elif not most:
        yield Missing(FieldName.MOST)
    elif not set(most) <= set(matters):
        yield MostNotChosen(FieldName.MOST)
