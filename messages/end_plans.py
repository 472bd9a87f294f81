"""Changing the end together: the form of a proposal, what has been proposed, and the buttons of the answer."""

from datetime import date
from typing import Any, Final

from slack_sdk.models.blocks import Block, ButtonElement

from mentoring.core.fields import FieldName
from mentoring.core.lengths import add_months
from mentoring.core.programmes import Programme
from mentoring.partnerships.end_date import EndBounds
from mentoring.partnerships.end_plan import EndChoice, EndForm, EndPlan, EndProposal
from mentoring.partnerships.partnership import Partnership, Pause
from messages.blocks import actions, button, confirm, modal, section, small_print
from messages.forms import DateInput, FormMetadata, Option, Select, Submission, Values
from messages.ids import (
    AGREE_TO_END,
    CHANGE_END,
    DECLINE_END,
    END_FORM,
    END_VIEW,
    KEEP_END,
    PROPOSE_END,
    TAKE_BACK_END,
)
from messages.lengths import counted, span
from messages.programmes.cohorts import day
from messages.text import mention
from messages.voice import Voice, capital

FORM: Final = "end"
"""The value of `FormMetadata.form`; `about` is then the partnership's id, and `root` that of a list below."""
TITLE: Final = "Change the end"
LONGER: Final = (1, 2, 3, 6)
"""Months by which the form offers to go on, as far as the programme allows them."""


def end_line(plan: EndPlan, partnership: Partnership, by: str, programme: Programme, today: date) -> str:
    """The proposal that waits for an answer, in mrkdwn for `by`, one of the two; "" if none does."""
    proposal = plan.open_proposal(partnership, today)
    return f"*{_proposed(proposal, partnership, by, programme)}*" if proposal else ""


def _proposed(proposal: EndProposal, partnership: Partnership, by: str, programme: Programme) -> str:
    other = mention(partnership.other(by))
    what = (
        f"to end on {day(proposal.ends_on)}"
        if proposal.ends_on
        else f"to complete your {Voice(programme).partnership} early"
    )
    return f"You proposed {what}. {other} hasn’t answered yet." if proposal.by == by else f"{other} proposes {what}."


def change_end_button(
    plan: EndPlan, partnership: Partnership, by: str, *, pause: Pause | None, today: date, name: str = ""
) -> ButtonElement | None:
    """Opens what there is to see or answer about the end, or the form. None once the end has come, and in a pause
    unless `by` can take a proposal back.

    `name` (plain text) is the other person's, for screen readers.
    """
    proposal = plan.open_proposal(partnership, today)
    is_own = proposal is not None and proposal.by == by
    if not partnership.is_active or today >= partnership.ends_on or (pause and not is_own):
        return None
    label = TITLE if proposal is None else "See your proposal" if is_own else "Answer"
    spoken = f"{label}, with {name}" if name else ""
    return button(label, CHANGE_END, partnership.id, accessibility_label=spoken)


def open_form_button(partnership: Partnership, label: str = "Propose another day") -> ButtonElement:
    return button(label, PROPOSE_END, partnership.id)


def keep_button(partnership: Partnership) -> ButtonElement:
    """Says that the agreed end can stay."""
    return button("End as planned", KEEP_END, f"{partnership.id}:{partnership.ends_on}")


def proposal_blocks(
    proposal: EndProposal, partnership: Partnership, by: str, programme: Programme, *, paused: bool = False
) -> list[Block]:
    """A proposal that waits for an answer, for `by`, with its buttons. In a pause its author can only take it back."""
    word, value = Voice(programme).partnership, f"{partnership.id}:{proposal.number}"
    words = f"*{_proposed(proposal, partnership, by, programme)}*"
    now = f"Your {word} ends on {day(partnership.ends_on)} now."
    if proposal.by == by:
        back = button("Take it back", TAKE_BACK_END, value)
        if paused:
            words = f"{words}\n{now} {mention(partnership.other(by))} can answer once the pause is over."
            return [section(words), actions(back)]
        words = f"{words}\n{now} It moves once you’ve both agreed."
        return [section(words), actions(back, open_form_button(partnership))]
    if proposal.ends_on is None:
        asks = confirm(
            f"Complete this {Voice(programme, marked=False).partnership}?",
            "Today is then its last day. The closing survey follows, and no more reminders. This cannot be undone.",
            yes="Complete it",
            no="Go back",
        )
        agrees = button("Complete it", AGREE_TO_END, value, style="primary", confirm=asks)
        words = f"{words}\n{now} If you agree, today is the last day, and the closing survey follows."
    else:
        agrees = button("Agree", AGREE_TO_END, value, style="primary")
        words = f"{words}\n{now} It stays like that unless you agree. You don’t owe a reason."
    declines = button("Keep the end as it is", DECLINE_END, value)
    return [section(words), actions(agrees, declines, open_form_button(partnership))]


def allowed_words(bounds: EndBounds, programme: Programme) -> str:
    """The days that the programme allows, in mrkdwn."""
    voice = Voice(programme)
    shortest, longest = (
        span(length) for length in sorted((programme.lengths[0], programme.lengths[-1]), key=lambda one: one.days)
    )
    lengths = longest if shortest == longest else f"from {shortest} to {longest}"
    lasts = f"{capital(voice.partnerships)} of this programme last {lengths}."
    if bounds.is_fixed:
        return f"{lasts} So no other day is possible, but you can complete yours early together."
    if bounds.earliest == bounds.latest:
        return f"{lasts} So the only other day is {day(bounds.latest)}."
    return f"{lasts} So yours can end on any day from {day(bounds.earliest)} to {day(bounds.latest)}."


def end_view(
    plan: EndPlan,
    partnership: Partnership,
    by: str,
    programme: Programme,
    today: date,
    *,
    meta: FormMetadata,
    paused: bool = False,
) -> dict[str, Any]:
    """What waits for an answer, or where the end stands now."""
    proposal = plan.open_proposal(partnership, today)
    if proposal:
        blocks = proposal_blocks(proposal, partnership, by, programme, paused=paused)
    else:
        blocks = [section(settled_words(partnership, programme))]
    return modal(END_VIEW, TITLE, blocks, private_metadata=meta.dump())


def settled_words(partnership: Partnership, programme: Programme, *, agreed: str = "") -> str:
    """Where the end stands, in mrkdwn. `agreed`, a sentence that says who agrees, is in bold before it instead."""
    word = Voice(programme).partnership
    if partnership.completed_on:
        first = f"You’ve both completed your {word} early, on {day(partnership.completed_on)}."
        more = " Thank you for taking part. The closing survey comes as a message."
    else:
        first, more = f"Your {word} ends on {day(partnership.ends_on)}.", ""
    return f"*{agreed}* {first}{more}" if agreed else f"*{first}*{more}"


def end_form(
    partnership: Partnership,
    by: str,
    programme: Programme,
    bounds: EndBounds,
    values: Values,
    *,
    meta: FormMetadata,
    restored: bool = False,
) -> dict[str, Any]:
    """The form of a proposal, filled with `values`."""
    word, other = Voice(programme).partnership, mention(partnership.other(by))
    words = (
        f"Your {word} with {other} ends on {day(partnership.ends_on)}. I ask {other} about what you propose. Until you "
        "both agree, nothing changes."
    )
    blocks: list[Block] = [section(words)]
    if restored:
        blocks.append(small_print("We saved what you typed last time."))
    choice = Select(
        block_id=FieldName.END_CHOICE, label="What do you propose?", options=_options(partnership, programme, bounds)
    )
    blocks.append(choice.block(values))
    if not bounds.is_fixed:
        hint = "Only if you chose another day."
        blocks.append(DateInput(block_id=FieldName.END_DAY, label="The day", hint=hint, optional=True).block(values))
    blocks.append(small_print(allowed_words(bounds, programme)))
    return modal(END_FORM, TITLE, blocks, submit="Propose", close="Cancel", private_metadata=meta.dump())


def _options(partnership: Partnership, programme: Programme, bounds: EndBounds) -> list[Option]:
    longer = ((months, add_months(partnership.ends_on, months)) for months in LONGER)
    found = [
        Option(
            end.isoformat(), f"Go on for {counted(months)} {'month' if months == 1 else 'months'}", f"Until {day(end)}"
        )
        for months, end in longer
        if bounds.allows(end)
    ]
    if not bounds.is_fixed:
        found.append(Option(EndChoice.DAY, "Another day", "Earlier or later: choose it below"))
    early = "The day on which you both agree is the last one"
    return [*found, Option(EndChoice.NOW, "Complete it early", early)]


class EndSubmission(Submission):
    end_choice: str = ""
    end_day: date | None = None


def parse_end(values: Values) -> EndForm:
    """Raises ValueError for input that the form cannot have sent; the message does not repeat it."""
    sent = EndSubmission.read(values)
    if not sent.end_choice:
        return EndForm(day=sent.end_day)
    if sent.end_choice in set(EndChoice):
        return EndForm(EndChoice(sent.end_choice), sent.end_day)
    return EndForm(EndChoice.DAY, date.fromisoformat(sent.end_choice), FieldName.END_CHOICE)
