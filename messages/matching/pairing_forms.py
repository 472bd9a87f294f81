"""The forms with which an owner pairs two people or swaps two proposals, beside their parsers."""

from typing import Any

from mentoring.applications.application import Application, Role
from mentoring.core.fields import FieldName
from mentoring.matching.hard_rules import MOST_REASON
from mentoring.matching.match import Match
from mentoring.matching.pairing import swaps
from mentoring.matching.round import MatchingRound
from messages.blocks import context, modal, section
from messages.forms import FormMetadata, Input, Offer, PersonPicker, Select, Submission, TextInput, Values
from messages.ids import PAIR_FORM, SWAP_FORM
from messages.payloads import limits
from messages.text import mention, plural
from messages.voice import Voice, capital


def pair_form(round_: MatchingRound, values: Values, *, root: str = "", restored: bool = False) -> dict[str, Any]:
    """The form as a view, filled with `values`; `root` is the id of the review below it."""
    voice = Voice(round_.programme, marked=False)
    mentees, mentors = (round_.without_undecided().pool(role) for role in Role)
    meta = FormMetadata(form=PAIR_FORM, root=root).dump()
    if not mentees or not mentors:
        missing = voice.mentee if not mentees else f"{voice.mentor} with a place"
        words = f"There is no {missing} left at the moment, so there is nobody to pair."
        return modal(PAIR_FORM, "Pair two by hand", [section(words)], private_metadata=meta)
    marked = Voice(round_.programme)
    fields = (
        _who(round_, FieldName.MENTEE, capital(voice.mentee), mentees),
        _who(round_, FieldName.MENTOR, capital(voice.mentor), mentors),
        reason_field(voice),
    )
    rules = (
        f"The pair comes onto the desk with your approval, if you may give it. {capital(marked.mentor)} and "
        f"{marked.mentee} need a topic in common. Where one stands above the other, or their grades are too near, "
        "write down why they are right for each other all the same. A proposal that nobody has decided on gives way."
    )
    kept = [context("We kept what you chose last time.")] if restored else []
    blocks = [*kept, section(rules), *(field.block(values) for field in fields)]
    return modal(PAIR_FORM, "Pair two by hand", blocks, submit="Put on the desk", close="Cancel", private_metadata=meta)


def pair_values(round_: MatchingRound, mentee: Application, mentor: Application) -> Values:
    """The form filled with these two, as far as its lists have them."""
    lists = (round_.without_undecided().pool(role) for role in Role)
    return {
        field: one.person if len(applications) > limits.OPTIONS else one.id
        for field, one, applications in zip((FieldName.MENTEE, FieldName.MENTOR), (mentee, mentor), lists, strict=True)
    }


class PairSubmission(Submission):
    mentee: str = ""
    mentor: str = ""
    reason: str = ""


def parse_pair(values: Values) -> tuple[str, str, str]:
    """The mentee and the mentor, each by their application's id or by their own, and the reason; "" for what is not
    there.

    Raises ValueError for what the form cannot have sent; the message does not repeat it.
    """
    sent = PairSubmission.read(values)
    return sent.mentee, sent.mentor, sent.reason


def reason_field(voice: Voice) -> TextInput:
    """Why an exception is made."""
    return TextInput(
        block_id=FieldName.REASON,
        label="Why, if it is an exception",
        hint=(
            f"Only where one of the two stands above the other in the line of management, or the {voice.mentor} not as "
            f"many grades above the {voice.mentee} as the set-up asks for. Only owners read it; it is kept."
        ),
        optional=True,
        lines=True,
        most=MOST_REASON,
    )


def name_of(round_: MatchingRound, person: str) -> str:
    """A display name, in plain text."""
    known = round_.people.get(person)
    return (known.display_name if known else "") or "Somebody whose name we do not know yet"


def _who(round_: MatchingRound, field: FieldName, label: str, applications: list[Application]) -> Input:
    """A list while it is short enough to be one; Slack's own search among many."""
    if len(applications) > limits.OPTIONS:
        return PersonPicker(
            block_id=field, label=label, hint=f"{plural(len(applications), 'is', 'are')} free. {_UNTIL_RELEASED}"
        )
    offers = [_offer(round_, application) for application in applications]
    return Select(
        block_id=field, label=label, hint=f"Who has waited longest comes first. {_UNTIL_RELEASED}", offers=offers
    )


def _offer(round_: MatchingRound, application: Application) -> Offer:
    """A name first, then what tells two of the same name apart."""
    known = (name_of(round_, application.person), application.department, ", ".join(application.topics))
    return Offer(application.id, " · ".join(filter(None, known)))


_UNTIL_RELEASED = "Only the programme owners see who is paired, until it is released."

TITLE = "Swap with another"


def swap_form(
    round_: MatchingRound, match: Match, values: Values, *, by: str, root: str = "", restored: bool = False
) -> dict[str, Any]:
    """The form as a view, filled with `values`; `root` is the id of the review below it."""
    meta = FormMetadata(form=SWAP_FORM, about=match.id, root=root).dump()
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
        Select(
            block_id=FieldName.OTHER,
            label="Which proposal?",
            hint="Only those are here with which it can be done.",
            offers=offers,
        ),
        reason_field(Voice(round_.programme, marked=False)),
    )
    kept = [context("We kept what you typed last time.")] if restored else []
    blocks = [*kept, section(words), *(field.block(values) for field in fields)]
    return modal(SWAP_FORM, TITLE, blocks, submit="Swap", close="Cancel", private_metadata=meta)


class SwapSubmission(Submission):
    other: str = ""
    reason: str = ""


def parse_swap(values: Values) -> tuple[str, str]:
    """The id of the proposal that was chosen, and the reason; "" for what is not there.

    Raises ValueError for what the form cannot have sent; the message does not repeat it.
    """
    sent = SwapSubmission.read(values)
    return sent.other, sent.reason


def _label(round_: MatchingRound, match: Match, *, needs_reason: bool) -> str:
    names = f"{name_of(round_, match.mentee)} with {name_of(round_, match.mentor)}"
    return f"{match.score} · {'needs a reason · ' if needs_reason else ''}{names}"
