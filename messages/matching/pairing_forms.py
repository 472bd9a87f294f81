"""The forms to pair two people and to swap two proposals, with their parsers."""

from typing import Any

from mentoring.applications.application import Application, Role
from mentoring.core.fields import FieldName
from mentoring.matching.hard_rules import MOST_REASON
from mentoring.matching.match import Match
from mentoring.matching.pairing import may_exempt, swaps
from mentoring.matching.round import MatchingRound
from messages.blocks import fit, modal, section, small_print
from messages.forms import FormMetadata, Input, Option, PersonPicker, Select, Submission, TextInput, Values
from messages.ids import PAIR_FORM, SWAP_FORM
from messages.matching.proposals import name_of
from messages.payloads import limits
from messages.text import mention
from messages.voice import Voice, capital

PAIR_TITLE = "Pair two people"
YOUR_APPROVAL = "Your approval is added, where you can give it."


def pair_form(
    round_: MatchingRound, values: Values, *, by: str, root: str = "", restored: bool = False
) -> dict[str, Any]:
    """The form as a view for `by`, filled with `values`; `root` is the id of the review below it."""
    voice = Voice(round_.programme, marked=False)
    mentees, mentors = (round_.without_undecided_proposals().pool(role) for role in Role)
    meta = FormMetadata(form=PAIR_FORM, root=root).dump()
    if not mentees or not mentors:
        nobody = f"No {voice.mentor} has a free place." if mentees else f"No {voice.mentee} can be paired right now."
        return modal(PAIR_FORM, PAIR_TITLE, [section(nobody)], private_metadata=meta)
    marked = Voice(round_.programme)
    fields = (
        _who(round_, FieldName.MENTEE, capital(voice.mentee), mentees),
        _who(round_, FieldName.MENTOR, capital(voice.mentor), mentors),
        *reason_fields(round_, by),
    )
    rules = (
        f"Choose {marked.a_mentee} and {marked.a_mentor} with a topic in common. If one of them has no free place, "
        f"their pair replaces an undecided proposal. {YOUR_APPROVAL}"
    )
    kept = [small_print("We saved what you chose last time.")] if restored else []
    blocks = [*kept, section(rules), *(field.block(values) for field in fields)]
    return modal(PAIR_FORM, PAIR_TITLE, blocks, submit="Pair them", close="Cancel", private_metadata=meta)


def pair_values(round_: MatchingRound, mentee: Application, mentor: Application) -> Values:
    """The form values for these two people, if they are in its lists."""
    lists = (round_.without_undecided_proposals().pool(role) for role in Role)
    return {
        field: one.person if len(applications) > limits.OPTIONS else one.id
        for field, one, applications in zip((FieldName.MENTEE, FieldName.MENTOR), (mentee, mentor), lists, strict=True)
    }


class PairSubmission(Submission):
    mentee: str = ""
    mentor: str = ""
    reason: str = ""


def parse_pair(values: Values) -> tuple[str, str, str]:
    """The mentee and the mentor, each by application id or Slack user id, and the reason; "" for empty fields.

    Raises ValueError for input that the form cannot have sent; the message does not repeat it.
    """
    sent = PairSubmission.read(values)
    return sent.mentee, sent.mentor, sent.reason


def reason_fields(round_: MatchingRound, by: str) -> tuple[TextInput, ...]:
    """The field for the reason of an exemption, for those who may make one."""
    if not may_exempt(round_, by):
        return ()
    voice = Voice(round_.programme, marked=False)
    field = TextInput(
        block_id=FieldName.REASON,
        label="Reason for an exception",
        hint=f"Needed if one manages the other, or the grade gap is too small. {voice.only_approvers}.",
        optional=True,
        lines=True,
        most=MOST_REASON,
    )
    return (field,)


def _who(round_: MatchingRound, field: FieldName, label: str, applications: list[Application]) -> Input:
    """A list of options, or a person picker if the list would be too long."""
    if len(applications) > limits.OPTIONS:
        return PersonPicker(block_id=field, label=label, hint=f"{len(applications):,} available. {_until_sent(round_)}")
    options = [_option(round_, application) for application in applications]
    return Select(block_id=field, label=label, hint=f"Longest wait first. {_until_sent(round_)}", options=options)


def _option(round_: MatchingRound, application: Application) -> Option:
    """The name first, then what tells people with the same name apart."""
    known = (name_of(round_, application.person), application.department, ", ".join(application.topics))
    return Option(application.id, " · ".join(filter(None, known)))


def _until_sent(round_: MatchingRound) -> str:
    return f"Only {Voice(round_.programme).approvers} see the pair until it’s sent."


def swap_form(
    round_: MatchingRound, match: Match, values: Values, *, by: str, root: str = "", restored: bool = False
) -> dict[str, Any]:
    """The form as a view for `by`, filled with `values`; `root` is the id of the review below it."""
    meta = FormMetadata(form=SWAP_FORM, about=match.id, root=root).dump()
    voice = Voice(round_.programme)
    title = fit(f"Swap {Voice(round_.programme, marked=False).mentors}", "Swap two proposals")
    these = f"{mention(match.mentee)} and {mention(match.mentor)}"
    options = [
        Option(other.id, _label(round_, other, needs_reason=any(two.exempted for two in pairs)))
        for other, pairs in swaps(round_, match, by=by)
    ]
    if not options:
        words = (
            f"No proposal can be swapped with {these} right now. {capital(voice.another_approver)} may have approved "
            "or kept the others, or a rule may be against one of the new pairs."
        )
        return modal(SWAP_FORM, title, [section(words)], private_metadata=meta)
    words = (
        f"*{these}*\nChoose another proposal. The two {voice.mentors} change places. This replaces both proposals. "
        f"{YOUR_APPROVAL}"
    )
    fields = (
        Select(
            block_id=FieldName.OTHER,
            label="Which proposal?",
            hint="Only proposals that can be swapped are listed.",
            options=options,
        ),
        *reason_fields(round_, by),
    )
    kept = [small_print("We saved what you typed last time.")] if restored else []
    blocks = [*kept, section(words), *(field.block(values) for field in fields)]
    return modal(SWAP_FORM, title, blocks, submit="Swap", close="Cancel", private_metadata=meta)


class SwapSubmission(Submission):
    other: str = ""
    reason: str = ""


def parse_swap(values: Values) -> tuple[str, str]:
    """The id of the chosen proposal and the reason; "" for empty fields.

    Raises ValueError for input that the form cannot have sent; the message does not repeat it.
    """
    sent = SwapSubmission.read(values)
    return sent.other, sent.reason


def _label(round_: MatchingRound, match: Match, *, needs_reason: bool) -> str:
    names = f"{name_of(round_, match.mentee)} with {name_of(round_, match.mentor)}"
    return f"{match.score} · {'needs a reason · ' if needs_reason else ''}{names}"
