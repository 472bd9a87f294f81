"""Who decided what and when, in words (D1.19, D2.14)."""

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

VERDICTS: Mapping[DecisionKind, str] = {
    DecisionKind.APPROVED: "Approved",
    DecisionKind.REFUSED: "Rejected",
    DecisionKind.PAIRED: "Paired",
    DecisionKind.PINNED: "Kept",
    DecisionKind.UNPINNED: "No longer kept",
    DecisionKind.SWAPPED: "Paired in a swap",
    DecisionKind.FORBIDDEN: "Marked “never match”",
    DecisionKind.ALLOWED: "Allowed again",
    DecisionKind.RELEASED: "Sent",
}


@dataclass(frozen=True)
class ReviewHistory:
    """What was decided in a round, oldest first, why exceptions were made, by the match, and what proposing changed
    last.
    """

    decided: Sequence[MatchDecision] = ()
    exemptions: Mapping[str, Exemption] = field(default_factory=dict)
    solving: ProposalRun | None = None

    def of(self, match: Match) -> "ReviewHistory":
        """What is about this match alone."""
        return replace(self, decided=tuple(each for each in self.decided if each.match_id == match.id))

    def is_new(self, match: Match) -> bool:
        """Whether it has come by the last proposing, among others that stood before or have gone."""
        last = self.solving
        return last is not None and bool(last.gone or last.kept) and match.id in last.added

    def between(self, one: str, other: str) -> list[MatchDecision]:
        """What was decided about these two (Slack user ids), in whatever role."""
        return [each for each in self.decided if {each.mentee, each.mentor} == {one, other}]

    def when(self, by: str, *verdicts: DecisionKind) -> datetime | None:
        """When this owner decided so last, if it is known."""
        return next((each.at for each in reversed(self.decided) if each.by == by and each.verdict in verdicts), None)


NO_RECORD = ReviewHistory()
MOST_GONE = 10


def named(owner: str, by: str) -> str:
    """Who it was, to the owner `by`; in the middle of a sentence."""
    if owner == OPERATOR:
        return "the app admin"
    return "you" if owner == by else mention(owner)


def whose(owner: str, by: str) -> str:
    """Whose it is, to the owner `by`: "yours" or "@Sue’s"."""
    return "yours" if owner == by else f"{mention(owner)}’s"


def signed(owner: str, by: str, at: datetime | None) -> str:
    """Who it was and when, on the reader's own clock."""
    return f"{named(owner, by)} on {moment(at)}" if at else named(owner, by)


def moment(at: datetime) -> str:
    return date(at, "{date} at {time}")


def history(decided: Iterable[MatchDecision], by: str) -> str:
    """A line for each, newest last."""
    return "\n".join(f"• {VERDICTS[each.verdict]} by {signed(each.by, by, each.at)}" for each in decided)


def proposed(run: ProposalRun | None, round_: MatchingRound, by: str) -> str:
    """What came of proposing last, to the owner `by`; empty where nobody has."""
    if run is None or run.done_at is None:
        return ""
    who = signed(run.done_by, by, run.done_at) if run.done_by else f"an owner on {moment(run.done_at)}"
    counts = ((len(run.added), "new"), (len(run.gone), "removed"), (run.kept, "still proposed"))
    found = ", ".join(f"{count:,} {words}" for count, words in counts if count) or "no matches found"
    gone = [match for id_ in run.gone if (match := round_.matches.get(id_)) and all(match.people)]
    pairs = [f"{mention(match.mentee)} and {mention(match.mentor)}" for match in gone[:MOST_GONE]]
    more = [f"and {len(gone) - MOST_GONE:,} more"] if len(gone) > MOST_GONE else []
    return f"Proposed by {who}: {found}." + (f" Removed: {', '.join([*pairs, *more])}." if gone else "")


def exception(match: Match, record: ReviewHistory, voice: Voice, by: str) -> str:
    """From which rules this match is an exception, and why; empty where it is none. In mrkdwn."""
    if not match.excepted:
        return ""
    said = f"*Exception:* {join([rule(bar, voice) for bar in match.excepted])}."
    made = record.exemptions.get(match.id)
    if made is None:
        return f"{said} The reason is no longer stored."
    who = capital(named(made.by, by))
    return f"{said} {who} wrote on {moment(made.at)}: “{escape(' '.join(made.reason.split()))}”"


def rule(bar: HardRule, voice: Voice) -> str:
    """What is the case that the rule would keep apart, in the middle of a sentence."""
    if bar is HardRule.CHAIN_OF_COMMAND:
        return "one manages the other, directly or further up"
    return f"the grade of the {voice.mentor} is not as far above as your settings require"
