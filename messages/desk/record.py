"""Who decided what and when, in words (D1.19, D2.14)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from mentoring.bar import Bar
from mentoring.exemption import Exemption
from mentoring.match import OPERATOR, Match
from mentoring.verdict import Decided, Verdict
from messages.text import date, escape, join, mention
from messages.voice import Voice, capital

VERDICTS: Mapping[Verdict, str] = {
    Verdict.APPROVED: "Approved",
    Verdict.REFUSED: "Refused",
    Verdict.PAIRED: "Paired by hand",
    Verdict.PINNED: "Kept",
    Verdict.UNPINNED: "Let go",
    Verdict.SWAPPED: "Put together in a swap",
    Verdict.FORBIDDEN: "Kept apart",
    Verdict.ALLOWED: "Allowed again",
    Verdict.RELEASED: "Released",
}


@dataclass(frozen=True)
class Record:
    """What was decided in a round, oldest first, and why exceptions were made, by the match."""

    decided: Sequence[Decided] = ()
    exemptions: Mapping[str, Exemption] = field(default_factory=dict)

    def of(self, match: Match) -> "Record":
        """What is about this match alone."""
        return Record(tuple(each for each in self.decided if each.match_id == match.id), self.exemptions)

    def between(self, one: str, other: str) -> list[Decided]:
        """What was decided about these two (Slack user ids), in whatever role."""
        return [each for each in self.decided if {each.mentee, each.mentor} == {one, other}]

    def when(self, by: str, *verdicts: Verdict) -> datetime | None:
        """When this owner decided so last, if it is known."""
        return next((each.at for each in reversed(self.decided) if each.by == by and each.verdict in verdicts), None)


NO_RECORD = Record()


def named(owner: str, by: str) -> str:
    """Who it was, to the owner `by`; in the middle of a sentence."""
    if owner == OPERATOR:
        return "whoever looks after this app"
    return "you" if owner == by else mention(owner)


def signed(owner: str, by: str, at: datetime | None) -> str:
    """Who it was and when, on the reader's own clock."""
    return f"{named(owner, by)}, {moment(at)}" if at else named(owner, by)


def moment(at: datetime) -> str:
    return date(at, "{date_short} at {time}")


def history(decided: Iterable[Decided], by: str) -> str:
    """A line for each, newest last."""
    return "\n".join(f"• {VERDICTS[each.verdict]} by {signed(each.by, by, each.at)}" for each in decided)


def exception(match: Match, record: Record, voice: Voice, by: str) -> str:
    """From which rules this match is an exception, and why; empty where it is none. In mrkdwn."""
    if not match.excepted:
        return ""
    said = f"*An exception:* {join([rule(bar, voice) for bar in match.excepted])}."
    made = record.exemptions.get(match.id)
    if made is None:
        return f"{said} Why is not kept any more."
    return f"{said} {capital(signed(made.by, by, made.at))}: “{escape(' '.join(made.reason.split()))}”"


def rule(bar: Bar, voice: Voice) -> str:
    """What is the case that the rule would keep apart, in the middle of a sentence."""
    if bar is Bar.CHAIN_OF_COMMAND:
        return "one stands above the other in the line of management"
    return f"the {voice.mentor} does not stand as many grades above the {voice.mentee} as the set-up asks for"
