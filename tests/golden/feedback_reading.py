"""What owners read of what people say."""

from dataclasses import replace

from mentoring.applications.application import Role
from mentoring.feedback.answers import Question
from mentoring.feedback.counted_items import CountedItem
from mentoring.feedback.counts import AnswerCount
from mentoring.feedback.groups import AnswerBar, FeedbackGroup, GroupKind, StageFigures
from mentoring.feedback.items import FeedbackItem
from mentoring.feedback.reading import Answers, SignedAnswer
from messages.feedback.reading import AnswersState, answers_view
from tests.golden.making import Piece, shown
from tests.mentoring.factories import rating_group
from tests.messages.examples import ADA, COHORT, PLAIN

_COUNTS = (AnswerCount(Question.BASELINE, COHORT.id, 24, 3), AnswerCount(Question.SURVEY, COHORT.id, 24, 20))
_BOTH = CountedItem(FeedbackItem.ABLE, 1, (Question.BASELINE, Question.SURVEY))
_AGAIN = CountedItem(FeedbackItem.AGAIN, 1, (Question.SURVEY,))
_GROUPS = (
    rating_group("g1", Question.SURVEY, 22, helps=("Walks & talks.", "A clear goal."), hinders=("Time.",), people=6),
    FeedbackGroup(
        "g2",
        _BOTH,
        GroupKind.COMPLETE,
        COHORT.id,
        Role.MENTEE,
        10,
        (
            StageFigures(Question.BASELINE, 10, 24, bars=(AnswerBar("2", 6), AnswerBar("3", 4))),
            StageFigures(Question.SURVEY, 10, 41, bars=(AnswerBar("4", 8, or_more=True),)),
        ),
    ),
    FeedbackGroup(
        "g3",
        _AGAIN,
        GroupKind.COMPLETE,
        COHORT.id,
        None,
        6,
        (StageFigures(Question.SURVEY, 6, None),),
    ),
)
_SIGNED = (SignedAnswer(ADA, Role.MENTEE, COHORT.id, Question.SURVEY, "rating", 5, (("helps", "My mentor’s time."),)),)
_ANSWERS = Answers({COHORT.id: COHORT}, _COUNTS, _GROUPS, _SIGNED)


def _page(answers: Answers = _ANSWERS, **state: str) -> Piece:
    return shown(lambda: answers_view(answers, AnswersState(**state), PLAIN))


READING_PIECES: dict[str, Piece] = {
    "answers-figures": _page(),
    "answers-comments": _page(mark="2"),
    "answers-none": _page(replace(_ANSWERS, groups=()), stage="baseline", role="mentor"),
    "answers-of-both-roles": _page(stage="baseline", role="mentor"),
    "answers-not-counted-yet": _page(Answers({COHORT.id: COHORT}, (), (), ()), stage="baseline"),
}
