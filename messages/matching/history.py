"""Decisions of owners, in words (D1.19, D2.14)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from mentoring.core.owners import OPERATOR
from mentoring.matching.decisions import DecisionKind, MatchDecision
from mentoring.matching.hard_rules import Exemption, HardRule
from mentoring.matching.match import Match
from mentoring.matching.review import ProposalRun
from mentoring.matching.round import MatchingRound
from messages.text import date, escape, join, mention
from messages.voice import Voice, capital

DECISION_NAMES: Mapping[DecisionKind, str] = {
    DecisionKind.APPROVED: "Approved",
    DecisionKind.REFUSED: "Rejected",
    DecisionKind.UNREFUSED: "Rejection undone",
    DecisionKind.PAIRED: "Paired",
    DecisionKind.PINNED: "Kept",
    DecisionKind.UNPINNED: "No longer kept",
    DecisionKind.SWAPPED: "Paired in a swap",
    DecisionKind.FORBIDDEN: "Marked “never match”",
    DecisionKind.ALLOWED: "Allowed again",
    DecisionKind.RELEASED: "Sent",
    DecisionKind.EXTENDED: "Given a week more",
    DecisionKind.RECALLED: "Taken back",
    DecisionKind.ASKED_AGAIN: "Asked again",
}


@dataclass(frozen=True)
class ReviewHistory:
    """The decisions in a round, oldest first, its exemptions by match id, and its last proposal run."""

    decisions: Sequence[MatchDecision] = ()
    exemptions: Mapping[str, Exemption] = field(default_factory=dict)
    proposal_run: ProposalRun | None = None

    def of(self, match: Match) -> "ReviewHistory":
        """The history of this match only."""
        return replace(self, decisions=tuple(each for each in self.decisions if each.match_id == match.id))

    def is_new(self, match: Match) -> bool:
        """Whether the last proposal run added it while other proposals were kept or removed."""
        last = self.proposal_run
        return last is not None and bool(last.gone or last.kept) and match.id in last.added

    def between(self, one: str, other: str) -> list[MatchDecision]:
        """The decisions about these two people (Slack user ids), in either role."""
        return [each for each in self.decisions if {each.mentee, each.mentor} == {one, other}]

    def decided_at(self, by: str, *kinds: DecisionKind) -> datetime | None:
        """When this owner last made such a decision, if known."""
        return next((each.at for each in reversed(self.decisions) if each.by == by and each.kind in kinds), None)


NO_HISTORY = ReviewHistory()
MOST_GONE = 10


def named(owner: str, by: str) -> str:
    """An owner, as the owner `by` reads it in the middle of a sentence."""
    if owner == OPERATOR:
        return "the app admin"
    return "you" if owner == by else mention(owner)


def whose(owner: str, by: str) -> str:
    """The possessive of an owner, as the owner `by` reads it: "yours" or "@Sue’s"."""
    return "yours" if owner == by else f"{mention(owner)}’s"


def signature(owner: str, by: str, at: datetime | None) -> str:
    """An owner and a time in the reader's time zone, in mrkdwn."""
    return f"{named(owner, by)} on {moment(at)}" if at else named(owner, by)


def moment(at: datetime) -> str:
    return date(at, "{date} at {time}")


def decision_lines(decided: Iterable[MatchDecision], by: str) -> str:
    """A line for each decision, newest last."""
    return "\n".join(f"• {DECISION_NAMES[each.kind]} by {signature(each.by, by, each.at)}" for each in decided)


def proposed(run: ProposalRun | None, round_: MatchingRound, by: str) -> str:
    """The result of the last proposal run, for the owner `by`; "" if there was none."""
    if run is None or run.done_at is None:
        return ""
    who = signature(run.done_by, by, run.done_at) if run.done_by else f"an owner on {moment(run.done_at)}"
    counts = ((len(run.added), "new"), (len(run.gone), "removed"), (run.kept, "still proposed"))
    found = ", ".join(f"{count:,} {words}" for count, words in counts if count) or "no matches found"
    gone = [match for id_ in run.gone if (match := round_.matches.get(id_)) and all(match.people)]
    pairs = [f"{mention(match.mentee)} and {mention(match.mentor)}" for match in gone[:MOST_GONE]]
    more = [f"and {len(gone) - MOST_GONE:,} more"] if len(gone) > MOST_GONE else []
    return f"Proposed by {who}: {found}." + (f" Removed: {', '.join([*pairs, *more])}." if gone else "")


def exception(match: Match, history: ReviewHistory, voice: Voice, by: str) -> str:
    """The rules that were set aside for a match and the reason, in mrkdwn; "" if there are none."""
    if not match.exempted:
        return ""
    said = f"*Exception:* {join([rule_text(rule, voice) for rule in match.exempted])}."
    made = history.exemptions.get(match.id)
    if made is None:
        return f"{said} The reason is no longer stored."
    who = capital(named(made.by, by))
    return f"{said} {who} wrote on {moment(made.at)}: “{escape(' '.join(made.reason.split()))}”"


def rule_text(rule: HardRule, voice: Voice) -> str:
    """The situation in which the rule applies, for the middle of a sentence."""
    if rule is HardRule.CHAIN_OF_COMMAND:
        return "one manages the other, directly or further up"
    return f"the grade of the {voice.mentor} is not as far above as your settings require"
