"""The form to approve several proposals at once, with its parser, and what came of it."""

from collections import Counter
from collections.abc import Collection
from typing import Any

from mentoring.core.fields import FieldName
from mentoring.matching.approvals import ApprovedTogether, CloserLook, approval_choice, low_score
from mentoring.matching.match import Match
from mentoring.matching.round import MatchingRound
from messages.blocks import modal, section, small_print
from messages.errors import sentence_for
from messages.forms import FormMetadata, MultiSelect, Option, Values
from messages.ids import APPROVALS_FORM
from messages.matching.proposals import approvals_needed, name_of, until_sent
from messages.matching.reasons import because
from messages.payloads import limits
from messages.text import mention, plural

APPROVE_TITLE = "Approve several"
MOST_GROUPS = 15
"""Of ten proposals each, so that the form stays well below Slack's limit of bytes."""


def approvals_form(
    round_: MatchingRound, by: str, *, ticked: Collection[str] | None = None, root: str = ""
) -> dict[str, Any]:
    """The form as a view for the owner `by`, with every proposal ticked, or those in `ticked` (ids) from a draft.

    `root` is the id of the review below it.
    """
    choice = approval_choice(round_, by)
    meta = FormMetadata(form=APPROVALS_FORM, root=root).dump()
    apart = _one_by_one(round_, choice.apart, choice.broken)
    if not choice.together:
        nothing = "No proposal can be approved here right now."
        words = "\n\n".join(filter(None, (nothing, apart)))
        return modal(APPROVALS_FORM, APPROVE_TITLE, [section(words)], private_metadata=meta)
    shown = choice.together[: MOST_GROUPS * limits.CHOICES]
    marked = [match.id for match in shown if ticked is None or match.id in ticked]
    groups = [
        MultiSelect(
            block_id=_group(start),
            label=_label(start, len(shown)),
            optional=True,
            options=[_option(round_, match) for match in shown[start : start + limits.CHOICES]],
        ).block({_group(start): marked})
        for start in range(0, len(shown), limits.CHOICES)
    ]
    kept = [small_print("We saved what you ticked last time.")] if ticked is not None else []
    more = len(choice.together) - len(shown)
    rest = f" These are the best {len(shown)}. Open this again for {more} more." if more else ""
    words = f"Untick the proposals that you don’t want to approve now. {approvals_needed(round_)} {until_sent(round_)}"
    blocks = [*kept, section(f"{words}{rest}"), *groups, *([section(apart)] if apart else [])]
    return modal(APPROVALS_FORM, APPROVE_TITLE, blocks, submit="Approve", close="Cancel", private_metadata=meta)


def parse_approvals(values: Values) -> tuple[str, ...]:
    """The ids of the ticked proposals. Raises ValueError for input that the form cannot have sent."""
    found = [value for block_id, value in values.items() if block_id.partition("-")[0] == FieldName.PROPOSALS]
    if not all(value is None or isinstance(value, list) for value in found):
        raise ValueError("not a list of proposals")
    return tuple(id_ for value in found for id_ in value or ())


MOST_NAMED = 8


def approved_text(round_: MatchingRound, done: ApprovedTogether) -> str:
    """How many proposals were approved, and which were not and why, in mrkdwn."""
    said = [f"*You approved {plural(done.approved, 'proposal', 'proposals')}.*"] if done.approved else []
    if done.left:
        said.append(f"*{plural(len(done.left), 'proposal was', 'proposals were')} not approved*")
        said += [f"• {_who(match)}{sentence_for(why, round_.programme)}" for match, why in done.left[:MOST_NAMED]]
        said += [f"• and {len(done.left) - MOST_NAMED} more"] if len(done.left) > MOST_NAMED else []
    return "\n".join(said) or "You had approved these proposals already."


def _who(match: Match | None) -> str:
    return f"{mention(match.mentee)} and {mention(match.mentor)}: " if match and all(match.people) else ""


def _group(start: int) -> str:
    return f"{FieldName.PROPOSALS}-{start}" if start else FieldName.PROPOSALS


def _label(start: int, count: int) -> str:
    if count <= limits.CHOICES:
        return "Proposals, best first"
    return f"Proposals {start + 1} to {min(start + limits.CHOICES, count)}"


def _option(round_: MatchingRound, match: Match) -> Option:
    names = f"{name_of(round_, match.mentee)} and {name_of(round_, match.mentor)}"
    why = because(match.reasons, round_.programme, to_owners=True, marked=False)
    return Option(match.id, f"{match.score} · {names}", why)


def _one_by_one(round_: MatchingRound, apart: Counter[CloserLook], broken: int) -> str:
    """The proposals that are left out, counted by reason, in mrkdwn; "" if there are none."""
    words = {
        CloserLook.EXEMPTION: "with an exception to a rule",
        CloserLook.WARNING: "with a warning",
        CloserLook.LOW_SCORE: f"with a score below {low_score(round_.programme)}",
    }
    lines = [f"• {apart[why]} {said}" for why, said in words.items() if apart[why]]
    lines += [f"• {broken} that can’t be sent any more"] if broken else []
    return "\n".join(["*Not listed here.* Look at these one by one in Matches:", *lines]) if lines else ""
