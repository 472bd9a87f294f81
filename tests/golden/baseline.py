"""What there is to read of the survey before the first meeting."""

from datetime import date

from mentoring.core.programmes import Programme
from mentoring.feedback.items import FeedbackItem, ItemAnswer
from mentoring.programmes.settings import Part
from mentoring.programmes.survey_settings import SurveysForm, apply_surveys
from messages import programmes
from messages.feedback import baseline
from messages.forms import Values
from tests.golden.making import Piece, shown
from tests.messages.examples import ADA, BEN, COHORT, CUSTOM, PARTNERSHIP, PLAIN

ANSWERS = (
    ItemAnswer(FeedbackItem.DIRECTION, 4),
    ItemAnswer(FeedbackItem.ABLE, 2),
    ItemAnswer(FeedbackItem.MATTERS, chosen=("a_honest", "a_skill")),
    ItemAnswer(FeedbackItem.MOST, chosen=("a_skill",)),
)


def _asks(
    by: str = ADA, programme: Programme = PLAIN, values: Values | None = None, *, restored: bool = False
) -> Piece:
    return shown(
        lambda: baseline.baseline_form(
            values or {}, PARTNERSHIP, by=by, until=date(2027, 3, 8), programme=programme, restored=restored
        )
    )


ASKS_MORE = apply_surveys(PLAIN, SurveysForm(("stay", "messages"), ("I felt *welcome* <here>.",)))

BASELINE: dict[str, Piece] = {
    "baseline-form": _asks(),
    "baseline-form-mentor": _asks(BEN),
    "baseline-form-mentor-own-words": _asks(BEN, CUSTOM, {"able": "3"}, restored=True),
    "baseline-form-to-correct": _asks(values=baseline.answers_as_values(ANSWERS)),
    "baseline-form-with-added-questions": _asks(programme=ASKS_MORE, values={"stay": "4"}),
    "settings-form-surveys-filled": shown(
        lambda: programmes.form(Part.SURVEYS, ASKS_MORE, COHORT, programmes.values_of(Part.SURVEYS, ASKS_MORE, COHORT))
    ),
    "baseline-thanks": shown(baseline.thanks),
}
