"""The form with which two proposals exchange their mentors, and its reader."""

from typing import Any

from pydantic import BaseModel, ConfigDict

from mentoring.core.fields import Field as About
from mentoring.matching.match import Match
from mentoring.matching.pairing import swaps
from mentoring.matching.round import Round
from messages.blocks import context, modal, section
from messages.desk.pairing import name_of, reason_field
from messages.forms import Choice, FormMeta, Offer, Values
from messages.ids import SWAP_FORM
from messages.text import mention
from messages.voice import Voice

TITLE = "Swap with another"


def swap_form(
    round_: Round, match: Match, values: Values, *, by: str, root: str = "", restored: bool = False
) -> dict[str, Any]:
    """The form as a view, filled with `values`; `root` is the id of the desk below it."""
    meta = FormMeta(form=SWAP_FORM, about=match.id, root=root).dump()
    voice = Voice(round_.programme)
    these = f"{mention(match.mentee)} and {mention(match.mentor)}"
    offers = [
        Offer(other.id, _label(round_, other, needs_reason=any(two.excepted for two in pairs)))
        for other, pairs in swaps(round_, match, by=by)
    ]
    if not offers:
        words = (
            f"There is no proposal at the moment with which {these} can be swapped. Others are approved or kept by "
            "another owner, or a rule keeps one of the new pairs apart."
        )
        return modal(SWAP_FORM, TITLE, [section(words)], private_metadata=meta)
    words = (
        f"{these} give up their match, and so do the two of the proposal that you choose. The {voice.mentors} change "
        "places. Both new pairs come onto the desk with your approval, if you may give it."
    )
    fields = (
        Choice(
            block_id=About.OTHER,
            label="Which proposal?",
            hint="Only those are here with which it can be done.",
            offers=offers,
        ),
        reason_field(Voice(round_.programme, marked=False)),
    )
    kept = [context("We kept what you typed last time.")] if restored else []
    blocks = [*kept, section(words), *(field.block(values) for field in fields)]
    return modal(SWAP_FORM, TITLE, blocks, submit="Swap", close="Cancel", private_metadata=meta)


class SwapSubmission(BaseModel):
    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    other: str = ""
    reason: str = ""


def parse_swap(values: Values) -> tuple[str, str]:
    """The id of the proposal that was chosen, and the reason; "" for what is not there.

    Raises ValueError for what the form cannot have sent; the message does not repeat it.
    """
    sent = SwapSubmission.model_validate({block_id: value for block_id, value in values.items() if value})
    return sent.other, sent.reason


def _label(round_: Round, match: Match, *, needs_reason: bool) -> str:
    names = f"{name_of(round_, match.mentee)} with {name_of(round_, match.mentor)}"
    return f"{match.score} · {'needs a reason · ' if needs_reason else ''}{names}"
