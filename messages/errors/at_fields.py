"""Shows refusals at the fields of a form.

`response_action: errors` takes plain sentences by block id, for input blocks only:
https://docs.slack.dev/surfaces/modals#displaying_errors
"""

from collections.abc import Iterator, Mapping
from typing import Any

from mentoring.applications.errors import TooShortService
from mentoring.core.errors import InvalidForm, MentoringError, Missing, NoLongerOffered
from mentoring.core.fields import FieldName
from mentoring.core.programmes import Programme
from mentoring.matching.errors import CannotPair
from messages.errors import KEPT, plain_sentence


def field_errors(error: MentoringError, view: Mapping[str, Any], programme: Programme | None) -> dict[str, str]:
    """Sentences by block id; those without a field in this view are at its first field. Empty if the view has no
    inputs.
    """
    inputs = _inputs(view)
    if not inputs:
        return {}
    at: dict[str, list[str]] = {}
    for reason in _reasons(error):
        field = _field(reason)
        if field is None or field in inputs:
            place, says = field or inputs[0], plain_sentence(reason, programme)
        else:
            place, says = inputs[0], _not_asked(reason, programme)
        if says not in at.setdefault(place, []):
            at[place].append(says)
    return {block_id: " ".join(sentences) for block_id, sentences in at.items()}


def at_first_field(view: Mapping[str, Any], sentence: str) -> dict[str, str]:
    """A plain sentence about the whole form, at its first field. Empty if the view has no inputs."""
    return dict.fromkeys(_inputs(view)[:1], sentence)


def _inputs(view: Mapping[str, Any]) -> list[str]:
    return [block["block_id"] for block in view.get("blocks") or () if block.get("type") == "input"]


def _reasons(error: MentoringError) -> Iterator[MentoringError]:
    if isinstance(error, InvalidForm):
        for reason in error.reasons:
            yield from _reasons(reason)
    else:
        yield error


def _field(reason: MentoringError) -> str | None:
    if isinstance(reason, TooShortService):
        return FieldName.STARTED_ON
    if isinstance(reason, CannotPair) and reason.role:
        return reason.role
    field = getattr(reason, "field", None)
    return str(field) if isinstance(field, FieldName) else None


def _not_asked(reason: MentoringError, programme: Programme | None) -> str:
    """For a field that the form no longer has, because the owners have changed the settings."""
    if isinstance(reason, Missing | NoLongerOffered):
        return f"This form changed while you had it open. Close and reopen it. {KEPT}"
    return plain_sentence(reason, programme)
