"""Check-in (D2.10) and closing survey (D1.8, D1.23): answered by each person separately and confidentially. The survey
before is in `mentoring.feedback.baseline`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from mentoring.core.errors import InvalidForm, MentoringError, Missing, OutOfRange, TooLong
from mentoring.core.fields import FieldName
from mentoring.core.outcome import NOTHING, Notification, NotificationKind, Outcome
from mentoring.core.people import Person
from mentoring.feedback.items import FeedbackItem, ItemAnswer, wrong_in
from mentoring.oversight.responsible import owners_for
from mentoring.partnerships.endings import close, end
from mentoring.partnerships.errors import AlreadyEnded, NotAsked
from mentoring.partnerships.events import PartnershipEvent
from mentoring.partnerships.judgement import CLOSE_AFTER
from mentoring.partnerships.partnership import Partnership, PartnershipState, check_partner
from mentoring.partnerships.transitions import check_transition

LEAST_RATING, MOST_RATING = 1, 5
MOST_WORDS = 2000


class Question(StrEnum):
    """A survey, by its stage: before the two first meet, half-way, or at the end."""

    BASELINE = "baseline"
    CHECK_IN = "check-in"
    SURVEY = "survey"


class CheckInChoice(StrEnum):
    """What a person would like at the check-in: go on, change something, talk to an owner, or end the partnership."""

    GO_ON = "go-on"
    CHANGE = "change"
    A_WORD = "a-word"
    END = "end"


class Audience(StrEnum):
    """Who may read an answer, as the form said. Stored with the answer."""

    COUNTED = "counted"
    """Owners see averages, and comments without names, of five people or more together."""


@dataclass(frozen=True)
class FeedbackForm:
    """What was filled in. `items` are the answers to further questions, as `items.given` has them.

    `never_met` says that it is the form of two people who never met, which asks for no rating. `is_signed`: the owners
    read the rating and the comments with the name.
    """

    rating: int | None
    helps: str = ""
    hinders: str = ""
    decision: CheckInChoice | None = None
    items: tuple[ItemAnswer, ...] = ()
    never_met: bool = False
    is_signed: bool = False

    @property
    def has_answers(self) -> bool:
        return self.rating is not None or bool(self.helps or self.hinders or self.items)

    def item(self, item: FeedbackItem) -> ItemAnswer | None:
        return next((each for each in self.items if each.item is item), None)


@dataclass(frozen=True)
class Feedback:
    """One person's answer about one partnership: confidential, read by its author or summarised with others.

    `answered_at` is the calendar, aware. `decision` is None except in a check-in, and `rating` in the survey
    before, in that of two people who never met, and perhaps after an early end. `is_counted` and `group_id` say what
    `mentoring.feedback.forming` has made of it: whether it was counted, and the group that its rating is in, or "".
    `is_signed`: the owners read the rating and the comments with the name, and they are in no group.
    """

    partnership_id: str
    person: str
    question: Question
    rating: int | None
    helps: str
    hinders: str
    decision: CheckInChoice | None
    audience: Audience
    answered_at: datetime
    is_counted: bool = False
    group_id: str = ""
    items: tuple[ItemAnswer, ...] = ()
    is_signed: bool = False


def question_open(partnership: Partnership, today: date) -> Question | None:
    """The check-in or the closing survey, if it is open on `today` (in the person's time zone)."""
    if not partnership.is_active:
        until = early_survey_until(partnership)
        return Question.SURVEY if until and today <= until else None
    if today >= partnership.survey_on:  # a pause may have moved the check-in beyond the agreed end
        return Question.SURVEY
    return Question.CHECK_IN if partnership.has_check_in and today >= partnership.check_in_on else None


def early_survey_until(partnership: Partnership) -> date | None:
    """The last day on which the closing survey of a partnership that was ended before its agreed end can be answered,
    where nothing is needed; None for every other one.
    """
    if partnership.state is not PartnershipState.ENDED or partnership.over_at is None:
        return None
    over_on = partnership.over_at.date()
    return over_on + timedelta(days=CLOSE_AFTER) if over_on < partnership.survey_on else None


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
    """Save an answer to the check-in.

    The choice A_WORD tells the owners that the person would like to talk, and nothing else; END ends the partnership.
    CHANGE tells nobody. If the person says that an owner may contact them, the owners are told that, and nothing else.
    `asked` is true if the check-in is open to this person, `before` is their earlier answer. `now` is the calendar,
    aware. Idempotent. Raises NotForYou, NotAsked, AlreadyEnded, InvalidForm.
    """
    check_partner(partnership, by.id)
    if before is not None:
        return _answered_before(before, form)
    check_asked(Question.CHECK_IN, partnership, by.id, asked=asked)
    answer = _answer(partnership, form, Question.CHECK_IN, by, now)
    outcome = Outcome((answer,), (_thanks(partnership, by, NotificationKind.CHECK_IN_THANKS),))
    if form.decision is CheckInChoice.A_WORD:
        outcome += Outcome(notifications=_tell_owners(partnership, by, owners))
    elif form.item(FeedbackItem.CONTACT):
        outcome += Outcome(notifications=_tell_owners(partnership, by, owners, {"may": FeedbackItem.CONTACT}))
    if form.decision is CheckInChoice.END:
        outcome += end(partnership, by=by.id, owners=owners, now=now)
    return outcome


def _tell_owners(
    partnership: Partnership, by: Person, owners: Sequence[str], refs: Mapping[str, str] | None = None
) -> tuple[Notification, ...]:
    """That `by` would like to talk, or may be contacted, to the owner who looks after the partnership, or else to those
    who are not one of the two.
    """
    return tuple(
        Notification(
            f"{NotificationKind.WORD_WANTED}:{partnership.id}:{by.id}:{owner}",
            NotificationKind.WORD_WANTED,
            owner,
            {"by": by.id, "cohort": partnership.cohort_id, **(refs or {})},
        )
        for owner in owners_for(partnership, owners) or owners
    )


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
    """Save an answer to the closing survey, with a receipt; the second answer closes the partnership instead.

    Two people who never met are asked why instead (`FeedbackForm.never_met`). After an early end nothing is needed, and
    a form with nothing in it is not saved, and not thanked for. The form that was opened counts, also if a meeting has
    been logged or deleted since: nobody is asked twice, and nothing typed is lost.

    Arguments as for `record_check_in`. Idempotent. Raises NotForYou, NotAsked, AlreadyEnded, InvalidForm.
    """
    check_partner(partnership, by.id)
    if before is not None:
        return _answered_before(before, form)
    check_asked(Question.SURVEY, partnership, by.id, asked=asked)
    if not (partnership.is_active or form.has_answers):
        return NOTHING
    answer = _answer(partnership, form, Question.SURVEY, by, now)
    if other_answered and partnership.is_active:  # the closing message thanks them
        return Outcome((answer,)) + close(partnership, now=now)
    return Outcome((answer,), (_thanks(partnership, by, NotificationKind.SURVEY_THANKS),))


_ANSWERS = {
    Question.CHECK_IN: PartnershipEvent.ANSWER_CHECK_IN,
    Question.SURVEY: PartnershipEvent.ANSWER_SURVEY,
}


def check_asked(question: Question, partnership: Partnership, by: str, *, asked: bool) -> None:
    """Raise unless the question is open (`asked`): NotForYou, AlreadyEnded if the partnership is over, or NotAsked."""
    check_transition(_ANSWERS[question], partnership, by)
    if not asked:
        raise NotAsked if partnership.is_active else AlreadyEnded


def _answered_before(before: Feedback, form: FeedbackForm) -> Outcome:
    """Accept the same answer again. Raises NotAsked if the form has another answer."""
    same = FeedbackForm(
        before.rating, before.helps, before.hinders, before.decision, before.items, form.never_met, before.is_signed
    )
    if same != form:
        raise NotAsked(answered=True)
    return NOTHING


def _answer(partnership: Partnership, form: FeedbackForm, question: Question, by: Person, now: datetime) -> Feedback:
    reasons = tuple(_wrong(form, question, is_needed=partnership.is_active))
    if reasons:
        raise InvalidForm(reasons)
    return Feedback(
        partnership_id=partnership.id,
        person=by.id,
        question=question,
        rating=None if form.never_met else form.rating,
        helps=form.helps,
        hinders=form.hinders,
        decision=form.decision if question is Question.CHECK_IN else None,
        audience=Audience.COUNTED,
        answered_at=now,
        items=form.items,
        is_signed=form.is_signed and not form.never_met,
    )


def _wrong(form: FeedbackForm, question: Question, *, is_needed: bool) -> list[MentoringError]:
    reasons: list[MentoringError] = list(wrong_in(form.items))
    if form.never_met:
        is_missing = is_needed and not form.item(FeedbackItem.WHY_NOT)
        return [Missing(FieldName.WHY_NOT), *reasons] if is_missing else reasons
    if form.rating is None:
        reasons += [Missing(FieldName.RATING)] if is_needed else []
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
