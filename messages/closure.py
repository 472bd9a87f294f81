"""The last page of the closing survey: the form, its parser, and the button that opens it (D0.18)."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ConfigDict
from slack_sdk.models.blocks import Block, ButtonElement

from mentoring.closure import MOST_THANKS, ClosureForm, Together
from mentoring.core.fields import FieldName
from mentoring.core.programmes import Programme
from mentoring.partnerships.partnership import Partnership
from messages.blocks import button, modal, section, small_print
from messages.forms import TICKED, Checkbox, FormMetadata, Input, Option, Select, Submission, TextInput, Values, meta_of
from messages.ids import CLOSURE_FORM, OPEN_CLOSURE
from messages.partnerships.summary import other_in_sentence
from messages.text import mention, plural, shorten
from messages.voice import Voice

_MOST_QUOTED = 300
"""Characters of what helped that the page shows."""


def closure_button(partnership: Partnership) -> ButtonElement:
    """Opens the last page."""
    return button("Say thank you", OPEN_CLOSURE, partnership.id)


def closure_form(
    values: Values,
    partnership: Partnership,
    together: Together,
    *,
    by: str,
    programme: Programme,
    name: str,
    helps: str = "",
    restored: bool = False,
    is_next: bool = False,
) -> dict[str, Any]:
    """The page for `by`, filled with `values`. `name` is the display name of the other, in plain text. `helps` is what
    `by` wrote in the survey about what helped. `is_next` says that the page takes the place of the survey that was just
    answered.
    """
    other = other_in_sentence(partnership, by, name, programme)
    blocks: list[Block] = [section("*Thank you. Your answers are saved.*")] if is_next else []
    blocks.append(section(_what_they_did(partnership, together, by, Voice(programme))))
    if restored:
        blocks.append(small_print("We saved what you typed last time."))
    blocks.append(section("*Before you go.* You can leave out anything here."))
    blocks += [field.block(values) for field in _fields(partnership, by, programme, other, helps)]
    meta = FormMetadata(form=CLOSURE_FORM, about=partnership.id)
    return modal(CLOSURE_FORM, "Looking back", blocks, submit="Send", close="Skip", private_metadata=meta.dump())


def naming_form(partnership: Partnership, *, by: str, is_named: bool) -> dict[str, Any]:
    """In its place, once `by` has sent it: whether they may be named, which they can take back."""
    words = (
        f"*You have sent this page about {mention(partnership.other(by))}.* You can still change whether we may name "
        "you. I don’t tell anyone that you changed it."
    )
    values: Values = {FieldName.IS_NAMED: [TICKED] if is_named else []}
    meta = FormMetadata(form=CLOSURE_FORM, about=partnership.id, step=FieldName.IS_NAMED)
    return modal(
        CLOSURE_FORM,
        "Looking back",
        [section(words), _naming().block(values)],
        submit="Save",
        private_metadata=meta.dump(),
    )


def changes_naming(view: Mapping[str, Any]) -> bool:
    """Whether the view is of `naming_form`."""
    return meta_of(view).step == FieldName.IS_NAMED


def _what_they_did(partnership: Partnership, together: Together, by: str, voice: Voice) -> str:
    lines = [f"• {plural(together.met, 'meeting', 'meetings')} logged"]
    if together.items:
        lines.append(f"• {together.items_done} of {plural(together.items, 'action item', 'action items')} done")
    if together.goals:
        lines.append(f"• {together.goals_reached} of {plural(together.goals, 'goal', 'goals')} reached")
    other = mention(partnership.other(by))
    said = "\n".join(lines)
    return f"*Your {voice.partnership} with {other}*\n{said}\nOnly the two of you see this. Thank you for taking part."


def _fields(partnership: Partnership, by: str, programme: Programme, other: str, helps: str) -> Iterator[Input]:
    voice = Voice(programme, marked=False)
    if partnership.other(by):
        yield TextInput(
            block_id=FieldName.THANKS,
            label=f"A thank-you to {other}",
            hint="I send it to them once, as you write it. Only the two of you can read it.",
            most=MOST_THANKS,
            lines=True,
            optional=True,
        )
        if helps:
            yield Checkbox(
                block_id=FieldName.SENDS_HELPS,
                label=f"Send {other} what helped?",
                hint=f"I send it with your thank-you, or alone. You wrote: “{shorten(helps, _MOST_QUOTED)}”",
                text="Yes, send what I wrote",
                optional=True,
            )
    if by == partnership.mentor:
        yield Select(
            block_id=FieldName.PLACES_AGAIN,
            label="Would you like to go on?",
            hint=f"For how many {voice.mentees} at a time. It counts once this {voice.partnership} has closed.",
            options=[
                Option("0", "Not now"),
                *(
                    Option(str(places), f"Yes, for {plural(places, voice.mentee, voice.mentees)}")
                    for places in range(1, programme.most_places + 1)
                ),
            ],
            optional=True,
        )
    yield _naming()


def _naming() -> Checkbox:
    return Checkbox(
        block_id=FieldName.IS_NAMED,
        label="May we name you in a celebration?",
        hint="The programme owners see it only if you both say yes. You can take it back from Home.",
        text="Yes, you may name me",
        optional=True,
    )


class ClosureSubmission(Submission):
    model_config = ConfigDict(str_strip_whitespace=True)

    thanks: str = ""
    places_again: int | None = None
    is_named: tuple[str, ...] = ()
    sends_helps: tuple[str, ...] = ()


def parse_closure(values: Values) -> ClosureForm:
    """Raises ValueError for input that the form cannot have sent; the message does not repeat it."""
    sent = ClosureSubmission.read(values)
    return ClosureForm(sent.thanks, sent.places_again, TICKED in sent.is_named, TICKED in sent.sends_helps)
