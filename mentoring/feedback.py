"""What each of the two is asked, separately and in confidence: half-way (D2.10) and at the end (D1.8, D1.23)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from mentoring.core.errors import InvalidForm, MentoringError, Missing, OutOfRange, TooLong
from mentoring.core.fields import FieldName
from mentoring.core.outcome import NOTHING, Notification, NotificationKind, Outcome
from mentoring.core.people import Person
from mentoring.partnerships.errors import AlreadyEnded, NotAsked
from mentoring.partnerships.partnership import Partnership, check_partner, close, end

LEAST_RATING, MOST_RATING = 1, 5
MOST_WORDS = 2000
ENOUGH_ANSWERS = 5
"""Until this many people have answered, an owner sees how many answers there are and nothing else, so that nobody's
can be guessed.
"""


class Question(StrEnum):
    CHECK_IN = "check-in"
    SURVEY = "survey"


class CheckInChoice(StrEnum):
    """What somebody would like at the check-in."""

    GO_ON = "go-on"
    A_WORD = "a-word"
    END = "end"


class Audience(StrEnum):
    """Who reads an answer, as the form said; kept with it."""

    COUNTED = "counted"
    """Nobody by name: the owners see averages, and words without names, once five people have answered."""


@dataclass(frozen=True)
class FeedbackForm:
    rating: int | None
    helps: str = ""
    hinders: str = ""
    decision: CheckInChoice | None = None


@dataclass(frozen=True)
class Feedback:
    """One person's answer about one partnership. It is confidential: reached as its author, or counted with others'."""

    partnership_id: str
    person: str
    question: Question
    rating: int
    helps: str
    hinders: str
    decision: CheckInChoice | None
    audience: Audience
    answered_at: datetime


@dataclass(frozen=True)
class Summary:
    """What owners may see: `answered` of `asked`; the rest is None and empty until enough have answered."""

    asked: int
    answered: int
    average: float | None = None
    helps: tuple[str, ...] = ()
    hinders: tuple[str, ...] = ()


def question_open(partnership: Partnership, today: date) -> Question | None:
    """The question that is open to both on `today`, their own day."""
    if not partnership.is_active or today < partnership.check_in_on:
        return None
    return Question.SURVEY if today >= partnership.ends_on else Question.CHECK_IN


def summarise(answers: Sequence[Feedback], asked: int) -> Summary:
    """Count answers to one question.

    What is shown grows by the answers of five people at a time, or the newest could be had by subtracting last week's
    report from this week's. Texts are sorted, so that their order says nothing of who wrote when.
    """
    shown = _safe_to_show(answers)
    if not shown:
        return Summary(asked, len(answers))
    return Summary(
        asked,
        len(answers),
        round(sum(answer.rating for answer in shown) / len(shown), 1),
        tuple(sorted(answer.helps for answer in shown if answer.helps)),
        tuple(sorted(answer.hinders for answer in shown if answer.hinders)),
    )


def _safe_to_show(answers: Sequence[Feedback]) -> list[Feedback]:
    """Who mentors several answers for each, and is still one person."""
    shown: list[Feedback] = []
    latest: list[Feedback] = []
    for answer in sorted(answers, key=lambda answer: (answer.answered_at, answer.person, answer.partnership_id)):
        latest.append(answer)
        if len({one.person for one in latest}) == ENOUGH_ANSWERS:
            shown, latest = shown + latest, []
    return shown


def record_check_in(
    partnership: Partnership,
    form: FeedbackForm,
    *,
    by: Person,
    owners: Sequence[str],
    asked: bool,
    before: Feedback | None,
    now: datetime,
) -> Outcome:
    """Keep a check-in; it stays open until the end. "A word" tells the owners only that this person would like one;
    "end" is the no-fault ending.

    `asked` is whether it is their time. The same answer twice is once. Raises NotForYou, NotAsked, AlreadyEnded,
    Refused.
    """
    check_partner(partnership, by.id)
    if before is not None:
        return _once(before, form)
    check_asked(partnership, asked)
    answer = _take(partnership, form, Question.CHECK_IN, by, now)
    outcome = Outcome((answer,), (_thanks(partnership, by, NotificationKind.CHECK_IN_THANKS),))
    if form.decision is CheckInChoice.A_WORD:
        outcome += Outcome(
            notifications=tuple(
                Notification(
                    f"{NotificationKind.WORD_WANTED}:{partnership.id}:{by.id}:{owner}",
                    NotificationKind.WORD_WANTED,
                    owner,
                    {"by": by.id},
                )
                for owner in [owner for owner in owners if owner not in partnership.people] or owners
            )
        )
    if form.decision is CheckInChoice.END:
        outcome += end(partnership, by=by.id, owners=owners, now=now)
    return outcome


def record_survey(
    partnership: Partnership,
    form: FeedbackForm,
    *,
    by: Person,
    asked: bool,
    before: Feedback | None,
    other_answered: bool,
    now: datetime,
) -> Outcome:
    """Keep a closure survey; the partnership closes once both have answered. The same answer twice is once.

    Raises NotForYou, NotAsked, AlreadyEnded, Refused.
    """
    check_partner(partnership, by.id)
    if before is not None:
        return _once(before, form)
    check_asked(partnership, asked)
    answer = _take(partnership, form, Question.SURVEY, by, now)
    closing = close(partnership, now=now) if other_answered else NOTHING
    return Outcome((answer,), (_thanks(partnership, by, NotificationKind.SURVEY_THANKS),)) + closing


def check_asked(partnership: Partnership, asked: bool) -> None:
    """Raise AlreadyEnded once the partnership is over, NotAsked unless it is `asked` now."""
    if not partnership.is_active:
        raise AlreadyEnded
    if not asked:
        raise NotAsked


def _once(before: Feedback, form: FeedbackForm) -> Outcome:
    """Somebody has answered `before`. Raises NotAsked where the form says something else."""
    said = FeedbackForm(before.rating, before.helps, before.hinders, before.decision)
    if said != form:
        raise NotAsked(answered=True)
    return NOTHING


def _take(partnership: Partnership, form: FeedbackForm, question: Question, by: Person, now: datetime) -> Feedback:
    reasons = tuple(_wrong(form, question))
    if reasons or form.rating is None:
        raise InvalidForm(reasons)
    return Feedback(
        partnership_id=partnership.id,
        person=by.id,
        question=question,
        rating=form.rating,
        helps=form.helps,
        hinders=form.hinders,
        decision=form.decision if question is Question.CHECK_IN else None,
        audience=Audience.COUNTED,
        answered_at=now,
    )


def _wrong(form: FeedbackForm, question: Question) -> list[MentoringError]:
    reasons: list[MentoringError] = []
    if form.rating is None:
        reasons.append(Missing(FieldName.RATING))
    elif not LEAST_RATING <= form.rating <= MOST_RATING:
        reasons.append(OutOfRange(FieldName.RATING, LEAST_RATING, MOST_RATING))
    for name, words in ((FieldName.HELPS, form.helps), (FieldName.HINDERS, form.hinders)):
        if len(words) > MOST_WORDS:
            reasons.append(TooLong(name, MOST_WORDS))
    if question is Question.CHECK_IN and form.decision is None:
        reasons.append(Missing(FieldName.DECISION))
    return reasons


def _thanks(partnership: Partnership, by: Person, kind: NotificationKind) -> Notification:
    return Notification(f"{kind}:{partnership.id}:{by.id}", kind, by.id, {"partnership": partnership.id}, is_reply=True)
