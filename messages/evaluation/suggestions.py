"""What the evaluation suggests for the next round: in the report, and as a form that owners confirm (D0.19)."""

from collections.abc import Sequence
from typing import Any, Final

from pydantic import ConfigDict
from slack_sdk.models.blocks import Block, ButtonElement

from mentoring.applications.application import Role
from mentoring.core.fields import FieldName
from mentoring.core.programmes import Programme
from mentoring.evaluation.figures import RoundFigures
from mentoring.evaluation.suggestions import Suggestion, next_step_at_the_end, with_suggestions
from messages.blocks import button, modal, section, small_print
from messages.evaluation.words import count
from messages.feedback.averages import average_words
from messages.forms import FormMetadata, MultiSelect, Option, Submission, Values, known
from messages.ids import OPEN_SUGGESTIONS, SUGGESTIONS_FORM
from messages.text import plural
from messages.voice import Voice, capital

TITLE: Final = "For the next round"
BEGUN: Final = "The next round is open already. You can change all of its settings in Settings."
SOON: Final = "*One moment…* I’m reading the figures of the last round."


def suggestions_button() -> ButtonElement:
    """Opens the form for its reader, an owner."""
    return button("Use what we learned", OPEN_SUGGESTIONS)


def change(suggestion: Suggestion, programme: Programme) -> str:
    """What would change, in plain text."""
    plain, after = Voice(programme, marked=False), with_suggestions(programme, [suggestion])
    match suggestion:
        case Suggestion.SMALLER_GAP:
            gap = plural(after.least_gap, "grade", "grades") if after.least_gap else "none"
            return f"Minimum grade gap: {gap} instead of {programme.least_gap}"
        case Suggestion.LOWER_MINIMUM:
            return f"Minimum score of a match: {after.weights.at_least} instead of {programme.weights.at_least}"
        case Suggestion.MORE_PLACES:
            return f"Up to {after.most_places} places for each of the {plain.mentors}"
        case Suggestion.SHARED_HOURS:
            return "Match only people who share a working hour"
        case Suggestion.AGREEMENTS:
            return "Let people write an agreement, also on how often they meet"
        case Suggestion.PLANS:
            return f"Let {plain.mentees} write a plan with goals"


def reason(suggestion: Suggestion, figures: RoundFigures, programme: Programme) -> str:
    """Why the figures suggest it, in plain text."""
    plain = Voice(programme, marked=False)
    match suggestion:
        case Suggestion.SMALLER_GAP | Suggestion.LOWER_MINIMUM | Suggestion.MORE_PLACES:
            return f"{capital(plain.mentees)} who found no one: {count(figures.roles[Role.MENTEE].unmatched)}"
        case Suggestion.SHARED_HOURS | Suggestion.AGREEMENTS:
            return f"Meetings: {figures.logged:,} of the {figures.asked:,} asked for"
        case Suggestion.PLANS:
            average = next_step_at_the_end(figures)
            return f"“I know what my next step is”, at the end: {average_words(average) if average else 'not shown'}"


def suggestions_form(
    found: Sequence[Suggestion], figures: RoundFigures, programme: Programme, *, meta: FormMetadata
) -> dict[str, Any]:
    """The form, with every suggestion ticked; without any, a view that says so."""
    if not found:
        words = (
            "The figures of the last round give no reason to change a setting. You can change all of them in Settings."
        )
        return modal(SUGGESTIONS_FORM, TITLE, [section(words)], close="Close", private_metadata=meta.dump())
    field = MultiSelect(
        block_id=FieldName.SUGGESTIONS,
        label="Change for the next round",
        options=[Option(each, change(each, programme), reason(each, figures, programme)) for each in found],
        optional=True,
    )
    blocks: list[Block] = [
        section(
            "What the figures of the last round suggest for the settings. Untick what you don’t want. Nothing changes "
            "until you save."
        ),
        field.block({FieldName.SUGGESTIONS: [*map(str, found)]}),
        small_print("The other owners read what you changed. You can change it back in Settings."),
    ]
    return modal(SUGGESTIONS_FORM, TITLE, blocks, submit="Save", close="Cancel", private_metadata=meta.dump())


class SuggestionsSubmission(Submission):
    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    suggestions: tuple[str, ...] = ()


def parse_suggestions(values: Values) -> tuple[Suggestion, ...]:
    """Raises ValueError for input that the form cannot have sent."""
    return tuple(known(Suggestion, each) for each in SuggestionsSubmission.read(values).suggestions)
