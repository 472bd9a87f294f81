"""A proposal in the review, and the buttons of the review."""

from collections.abc import Mapping
from datetime import date

from slack_sdk.models.blocks import Block, ButtonElement

from mentoring.applications.application import Application
from mentoring.matching.decisions import DecisionKind
from mentoring.matching.hard_rules import HardRule
from mentoring.matching.match import Match, MatchState
from mentoring.matching.round import MatchingRound, Obstacle
from messages.blocks import actions, button, confirm, listing, overflow, section, small_print
from messages.ids import (
    APPROVE,
    MORE,
    OPEN_APPLICATION,
    OPEN_REVIEW,
    PROPOSE,
    REFUSE,
    RELEASE,
    UNDO_REFUSAL,
    MenuAction,
)
from messages.lengths import amount
from messages.matching.history import NO_HISTORY, ReviewHistory, exception, named, signature, whose
from messages.matching.reasons import because
from messages.matching.unmatched import still_open, who_is_told
from messages.programmes.cohorts import day
from messages.rules import rule_sentence
from messages.text import escape, join, mention, plural
from messages.voice import Voice, capital


def open_review_button(*, style: str | None = None) -> ButtonElement:
    return button("Open matches", OPEN_REVIEW, style=style)


def propose_button(round_: MatchingRound, *, style: str | None = None) -> ButtonElement:
    """Asks for confirmation if proposals would be replaced."""
    if not round_.undecided_proposals():
        return button("Propose matches", PROPOSE, style=style)
    asks = confirm(
        "Propose again?",
        "New proposals replace those without an approval. Proposals that are approved, kept or paired stay.",
        yes="Propose again",
        no="Go back",
    )
    return button("Propose again", PROPOSE, confirm=asks)


def release_button(round_: MatchingRound, ready: int, today: date) -> ButtonElement:
    """Releases the `ready` proposals. The confirmation says on `today` (the reader's) that applications are open."""
    send = f"Send {plural(ready, 'match', 'matches')}"
    both = "both people" if ready == 1 else "both people of each match"
    if round_.programme.ask_first:
        words = f"We will ask {both} in private. They have seven days to answer."
    else:
        words = f"We will introduce {both} in a group message."
    if round_.programme.introduces_at_start and today < round_.cohort.starts_on:
        start = day(round_.cohort.starts_on)
        if round_.programme.ask_first:
            words += f" If they accept, we introduce them on {start}."
        else:
            words = f"We will tell {both}, and introduce them on {start}."
    more = (still_open(round_.cohort, today), who_is_told(round_, today))
    words = " ".join(filter(None, (words, *more, "This cannot be undone.")))
    asks = confirm(f"{send}?", words, yes="Send", no="Go back")
    return button(send, RELEASE, style="primary", confirm=asks)


def approve_button(round_: MatchingRound, match: Match) -> ButtonElement:
    return button("Approve", APPROVE, match.id, style="primary", accessibility_label=f"Approve {_names(round_, match)}")


def refuse_button(round_: MatchingRound, match: Match) -> ButtonElement:
    asks = confirm(
        "Reject this proposal?",
        "We will not propose these two again in this round. They will not be told. You can undo this in Matches.",
        yes="Reject",
        no="Go back",
    )
    reads = f"Reject {_names(round_, match)}"
    return button("Reject", REFUSE, match.id, confirm=asks, accessibility_label=reads)


MOST_REJECTED = 5


def rejected(round_: MatchingRound, by: str) -> list[Block]:
    """The proposals that were rejected in this round, best first, with a button to undo it where `by` may."""
    found = [m for m in round_.matches.values() if m.state is MatchState.REFUSED and all(m.people)]  # nobody was erased
    found.sort(key=lambda match: (-match.score, match.id))
    if not found:
        return []
    blocks: list[Block] = [section("*Rejected in this round*")]
    for match in found[:MOST_REJECTED]:
        words = f"{mention(match.mentee)} and {mention(match.mentor)}"
        blocks.append(section(words, _undo_button(round_, match)) if _may_undo(round_, match, by) else section(words))
    if more := len(found) - len(found[:MOST_REJECTED]):
        blocks.append(small_print(f"And {more} more."))
    return blocks


def _may_undo(round_: MatchingRound, match: Match, by: str) -> bool:
    return by in match.may_approve(round_.approvers)


def _undo_button(round_: MatchingRound, match: Match) -> ButtonElement:
    asks = confirm(
        "Undo this rejection?",
        "If both are still free, the proposal comes back, and needs its approvals again. No one is told.",
        yes="Undo",
        no="Go back",
    )
    reads = f"Undo the rejection of {_names(round_, match)}"
    return button("Undo", UNDO_REFUSAL, match.id, confirm=asks, accessibility_label=reads)


MOST_OF_TOPICS = 300
NOTHING_BLOCKED: Mapping[str, Obstacle] = {}


def proposal(
    round_: MatchingRound,
    match: Match,
    by: str,
    history: ReviewHistory = NO_HISTORY,
    blocked: Mapping[str, Obstacle] = NOTHING_BLOCKED,
) -> list[Block]:
    """Five blocks at most, with the buttons that `by` may use.

    `blocked` has, by match id, why an approved proposal cannot be sent.
    """
    voice = Voice(round_.programme)
    history = history.of(match)
    why = because(match.reasons, round_.programme, to_owners=True)
    apart = exception(match, history, voice, by)
    obstacle = blocked.get(match.id) or round_.obstacle(match, round_.places_offered())
    if obstacle == Obstacle(HardRule.NO_PLACE):  # another proposal for these two: one of them can be sent
        obstacle = None
    stands = f"*Can’t be sent:* {rule_sentence(obstacle.rule, obstacle.role, voice)}" if obstacle else ""
    score = f"{new(match, history)}*Score: {match.score} of 100*"
    said = [*next_best(round_, match), _decided(round_, match, by, history, can_be_sent=not obstacle)]
    small = "\n".join(filter(None, said))
    blocks: list[Block] = [
        _person(round_, match.mentee, voice.mentee, round_.applications.get(match.mentee_application)),
        _person(round_, match.mentor, voice.mentor, round_.applications.get(match.mentor_application)),
        section("\n".join(filter(None, (score, why, apart, stands)))),
        *([small_print(small)] if small else []),
    ]
    return [*blocks, *_buttons(round_, match, by, can_be_sent=not obstacle)]


def _buttons(round_: MatchingRound, match: Match, by: str, *, can_be_sent: bool) -> list[Block]:
    if by not in match.may_approve(round_.approvers):
        return []
    approves = can_be_sent and by not in match.approvals and round_.still_needs(match)
    more = [
        (_menu_value(MenuAction.SWAP, match), f"Swap {Voice(round_.programme, marked=False).mentors}"),
        (_menu_value(MenuAction.FORBID, match), "Never match these two"),
    ]
    if match.pinned_by:
        more.insert(0, (_menu_value(MenuAction.UNPIN, match), "Stop keeping it"))
    elif match in round_.undecided_proposals():
        more.insert(0, (_menu_value(MenuAction.PIN, match), "Keep this proposal"))
    return [
        actions(
            *([approve_button(round_, match)] if approves else []),
            refuse_button(round_, match),
            overflow(MORE, more),
        )
    ]


def _menu_value(action: MenuAction, match: Match) -> str:
    return f"{action}:{match.id}"


def _person(round_: MatchingRound, person: str, word: str, application: Application | None) -> Block:
    """A person, with a button to show their application."""
    if application is None:
        return section(f"*{mention(person)}*, {word}")
    work = [escape(words) for words in (application.department, application.grade) if words]
    topics = listing(application.topics, MOST_OF_TOPICS, "and")
    wish = amount(application.length)
    words = f"*{mention(person)}*, {', '.join([word, *work])}\n{topics or 'No topic'}, {wish}"
    reads = f"View the application of {name_of(round_, person)}"
    return section(words, button("View", OPEN_APPLICATION, application.id, accessibility_label=reads))


def name_of(round_: MatchingRound, person: str) -> str:
    """A display name, in plain text."""
    known = round_.people.get(person)
    return (known.display_name if known else "") or "Name not known yet"


def _names(round_: MatchingRound, match: Match) -> str:
    return f"{name_of(round_, match.mentee)} and {name_of(round_, match.mentor)}"


def new(match: Match, history: ReviewHistory) -> str:
    return "New. " if history.is_new(match) else ""


def next_best(round_: MatchingRound, match: Match) -> list[str]:
    """A line with the alternatives whose applications are still open, or nothing."""
    found = [
        f"for {mention(person)}: {mention(other.person)} ({other.score})."
        for person, other in ((match.mentee, match.other_mentor), (match.mentor, match.other_mentee))
        if other and round_.is_still_open(other)
    ]
    return [f"Next best {' '.join([*found[:1], *map(capital, found[1:])])}"] if found else []


def approvals_needed(round_: MatchingRound) -> str:
    """The number of approvals that a proposal needs, as a sentence."""
    approvers = round_.approvers
    one = "One owner or committee member" if round_.committee else "One owner"
    if round_.programme.approvals == 1 and len(approvers) > 1:
        return f"{one} approves each one."
    if len(approvers) == 1:
        return "Approve those you agree with."
    if len(approvers) > 2:
        who = "Two owners or committee members" if round_.committee else "Two owners"
        return f"{who} approve each one."
    both, they = ("Both of you", "you’re") if round_.committee else ("Both owners", "they’re")
    own = any(set(match.people) & set(approvers) for match in round_.proposals())
    return f"{both} approve each one, unless {they} in the match." if own else f"{both} approve each one."


def until_sent(round_: MatchingRound) -> str:
    """Says that the people of a proposal do not know of it, as a sentence in mrkdwn."""
    what = "asked" if round_.programme.ask_first else "introduced"
    return f"No one is {what} until an owner sends the match."


def _decided(round_: MatchingRound, match: Match, by: str, history: ReviewHistory, *, can_be_sent: bool) -> str:
    said = []
    if match.paired_by:
        at = history.decided_at(match.paired_by, DecisionKind.PAIRED, DecisionKind.SWAPPED)
        paired = signature(match.paired_by, by, at)
        if match.paired_by in match.approvals:
            said.append(f"Paired and approved by {paired}.")
        else:
            said.append(f"Paired by {paired}.")
    if match.pinned_by:
        kept = signature(match.pinned_by, by, history.decided_at(match.pinned_by, DecisionKind.PINNED))
        said.append(f"Kept by {kept}.")
    if others := [owner for owner in match.approvals if owner != match.paired_by]:
        said.append(
            f"Approved by {join([signature(o, by, history.decided_at(o, DecisionKind.APPROVED)) for o in others])}."
        )
    missing = round_.still_needs(match)
    if can_be_sent and not missing:
        return " ".join([*said, "Ready to send."])
    if can_be_sent:
        said.append(_needs(round_, match, missing, by))
    if by in match.people and by not in match.may_approve(round_.approvers):
        said.append(f"You’re in this match, so {Voice(round_.programme).another_approver} decides.")
    return " ".join(said)


def _needs(round_: MatchingRound, match: Match, missing: int, by: str) -> str:
    needs = f"Needs {plural(missing, 'approval', 'approvals')}"
    left = [each for each in match.may_approve(round_.approvers) if each not in match.approvals]
    if missing == len(left):
        return f"{needs}: {join([whose(each, by) for each in left])}."
    them, word = ("it", "or") if missing == 1 else ("them", "and")
    who = "people" if round_.committee else "owners"
    return f"{needs}. These {who} can give {them}: {join([named(each, by) for each in left], word)}."
