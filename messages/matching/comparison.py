"""Check a pair: the rule between them, their score, and what pairing them would cost others."""

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
)

from mentoring.applications.application import Role
from mentoring.core.fields import FieldName
from mentoring.core.programmes import Programme
from mentoring.matching.decisions import exclusion_of
from mentoring.matching.hard_rules import EXEMPTIBLE, HardRule
from mentoring.matching.match import MatchState, deciders
from mentoring.matching.optimiser.compare import Comparison, PairingCost, PartnerChange
from mentoring.matching.pairing import may_exempt
from mentoring.matching.round import MatchingRound
from messages.blocks import actions, button, confirm, modal, person_select, section, small_print
from messages.forms import FormMetadata, meta_of, read
from messages.ids import ALLOW, CHOOSE_TWO, FORBID, FORBID_VIEW, PAIR_BY_HAND, WHY_NOT_VIEW
from messages.matching.hard_rules import broken_rule_text
from messages.matching.history import NO_HISTORY, ReviewHistory, decision_lines
from messages.matching.reasons import because
from messages.text import join, mention, plural
from messages.voice import Voice, capital


def cost_text(comparison: Comparison) -> str:
    """The effect on others, in mrkdwn; "" if no owner could pair the two, or if they are fixed already."""
    found = comparison.cost
    if found is None:
        return ""
    if comparison.is_best:
        return "" if comparison.existing_match else "If you propose matches now, these two are proposed to each other."
    lines = [_change(change) for change in found.changes]
    more = [f"And {plural(found.more, 'more change', 'more changes')}."] if found.more else []
    return "\n".join([f"*If you pair them*: {_totals(found)}", *lines, *more])


def _totals(found: PairingCost) -> str:
    if found.fewer > 0:
        many = f"{plural(found.fewer, 'fewer match', 'fewer matches')} in total."
    elif found.fewer < 0:
        many = f"{plural(-found.fewer, 'more match', 'more matches')} in total."
    else:
        many = "the same number of matches."
    before, after = round(found.before.average), round(found.after.average)
    if not found.before.matched:
        return f"{many} The average score is {after} of 100."
    if before == after:
        return f"{many} The average score stays {after} of 100."
    return f"{many} The average score {'falls' if after < before else 'rises'} from {before} to {after}."


def _change(change: PartnerChange) -> str:
    who = f"• {mention(change.person)} would"
    gained = join([mention(person) for person in change.after if person not in change.before])
    lost = join([mention(person) for person in change.before if person not in change.after])
    if gained and lost:
        return f"{who} have {gained} instead of {lost}"
    if gained:
        return f"{who} {'also have' if change.before else 'have'} {gained}"
    return f"{who} {'lose' if change.after or change.role is Role.MENTOR else 'have no match, instead of'} {lost}"


TITLE = "Check a pair"
MOST_DECIDED = 10

Two = tuple[str, str]
"""A mentee and a mentor (Slack user ids); "" for one not chosen yet."""


def why_not(programme: Programme, two: Two, *, root: str = "", says: str = "") -> dict[str, Any]:
    """The view to choose two people; `root` is the id of the review below. `says`, in mrkdwn, explains why there is no
    result.
    """
    if says:
        return _view(programme, two, root, [section(says)])
    voice = Voice(programme)
    words = (
        f"Choose {voice.a_mentee} and {voice.a_mentor} to see their score, any rule against it, and the effect on "
        "others. This changes nothing."
    )
    return _view(programme, two, root, [section(words)])


def why_not_soon(programme: Programme, two: Two, *, root: str = "") -> dict[str, Any]:
    """The view while the two are compared."""
    return _view(programme, two, root, [section("*One moment…* I’m working out the effect on others.")])


def why_not_answer(
    round_: MatchingRound, comparison: Comparison, *, by: str, root: str = "", history: ReviewHistory = NO_HISTORY
) -> dict[str, Any]:
    """The view with the result, for `by`."""
    two = comparison.mentee.person, comparison.mentor.person
    said = [broken_rule_text(round_, comparison, by), score_text(round_, comparison), cost_text(comparison)]
    blocks: list[Block] = [section(words) for words in said if words]
    if decisions := history.between(*two):
        blocks.append(small_print(f"*Earlier decisions*\n{decision_lines(decisions[-MOST_DECIDED:], by)}"))
    if buttons := _buttons(round_, comparison, by):
        blocks.append(actions(*buttons))
    return _view(round_.programme, two, root, blocks)


def forbid_view(two: Two, *, root: str = "") -> dict[str, Any]:
    """Asks for confirmation to exclude two people."""
    words = (
        f"*Never match {mention(two[0])} and {mention(two[1])}?*\nWe will remove their proposal, and will not propose "
        f"them to each other in any round. They will not be told. You can allow it again under *{TITLE}*."
    )
    never = button("Never match these two", FORBID, ":".join(two), style="danger")
    meta = FormMetadata(form=FORBID_VIEW, about=":".join(two), root=root).dump()
    return modal(FORBID_VIEW, "Never match", [section(words), actions(never)], close="Go back", private_metadata=meta)


def chosen(view: Mapping[str, Any]) -> tuple[Two, str]:
    """The two people in a view, with the latest choices, and the id of the review below it; "" for anything missing."""
    try:
        meta = meta_of(view)
    except ValueError:
        return ("", ""), ""
    mentee, mentor = two_from(meta.about)
    picked = read(view)
    return (str(picked.get(FieldName.MENTEE) or mentee), str(picked.get(FieldName.MENTOR) or mentor)), meta.root


def two_from(value: str) -> Two:
    """The mentee and the mentor in the value of a button; "" for anyone missing."""
    mentee, _, mentor = value.partition(":")
    return mentee, mentor


def _view(programme: Programme, two: Two, root: str, blocks: Sequence[Block]) -> dict[str, Any]:
    voice = Voice(programme)
    meta = FormMetadata(form=WHY_NOT_VIEW, about=":".join(two) if any(two) else "", root=root).dump()
    pickers = [
        person_select(field, CHOOSE_TWO, capital(word), person)
        for field, word, person in zip(
            (FieldName.MENTEE, FieldName.MENTOR), (voice.mentee, voice.mentor), two, strict=True
        )
    ]
    return modal(WHY_NOT_VIEW, TITLE, [*pickers, *blocks], private_metadata=meta)


def score_text(round_: MatchingRound, comparison: Comparison) -> str:
    """The score and the reasons, in mrkdwn; "" if both are the same person."""
    if comparison.broken_rule is HardRule.ONESELF:
        return ""
    reasons = because(comparison.reasons, round_.programme, to_owners=True)
    below = f"This is below your minimum of {comparison.at_least}, so we don’t propose them to each other."
    said = [f"*Score: {comparison.score} of 100*", reasons, below if comparison.is_below_threshold else ""]
    return "\n".join(filter(None, said))


def _buttons(round_: MatchingRound, comparison: Comparison, by: str) -> list[ButtonElement]:
    two = comparison.mentee.person, comparison.mentor.person
    value = ":".join(two)
    if (
        by not in deciders(round_.approvers, two)
        or comparison.broken_rule is HardRule.ONESELF
        or round_.cohort.closed_on
    ):
        return []
    if exclusion_of(round_, *two):
        return [button("Allow again", ALLOW, value)]
    found = []
    can_exempt = comparison.broken_rule in EXEMPTIBLE and may_exempt(round_, by)
    if not comparison.existing_match and (comparison.broken_rule is None or can_exempt):
        found.append(button("Pair them", PAIR_BY_HAND, value))
    if not (comparison.existing_match and comparison.existing_match.state is MatchState.OFFERED):
        asks = confirm(
            "Never match these two?",
            "We will remove their proposal if there is one, and will not propose them to each other in any round. They "
            "will not be told. You can allow it again here.",
            yes="Never match",
            no="Go back",
        )
        found.append(button("Never match these two", FORBID, value, confirm=asks))
    return found
