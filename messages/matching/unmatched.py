"""Who is asked, who is unmatched, and why."""

from slack_sdk.models.blocks import Block

from mentoring.applications.application import ApplicationState, Role
from mentoring.core.programmes import Term
from mentoring.matching.match import MatchState
from mentoring.matching.round import MatchingRound
from mentoring.matching.unmatched import UnmatchedReason, unmatched_by_reason, without_match
from messages.blocks import context, people, section
from messages.matching.offers import answer_by
from messages.text import mention, plural
from messages.voice import Voice, capital


def why(left: UnmatchedReason, role: Role, voice: Voice) -> str:
    """As the beginning of a sentence that names those of this role."""
    other = voice.other(role)
    match left:
        case UnmatchedReason.OUTSIDE:
            return "Outside whom the programme is for (the set-up says it)"
        case UnmatchedReason.NO_SHARED_TOPIC:
            return f"No {other} shares a topic"
        case UnmatchedReason.KEPT_APART:
            return f"A rule keeps them from every {other} who shares a topic"
        case UnmatchedReason.TAKEN:
            return f"Every {other} who would do is taken"
        case UnmatchedReason.OPEN:
            return "Could be matched as things are"


MOST_OFFERS = 20
MOST_UNMATCHED = 30


def offers(round_: MatchingRound) -> list[Block]:
    """Who is asked; not who has answered, or a decline could be told from it."""
    offered = [match for match in round_.matches.values() if match.state is MatchState.OFFERED and match.offered_at]
    offered.sort(key=lambda match: (match.offered_at, match.id))
    if not offered:
        return []
    lines = [f"• {mention(match.mentee)} and {mention(match.mentor)}, until {answer_by(match)}" for match in offered]
    rest = len(lines) - MOST_OFFERS
    more = [f"And {rest} more."] if rest > 0 else []
    return [section("\n".join(["*Asked, and waiting for an answer*", *lines[:MOST_OFFERS], *more]))]


def unmatched(round_: MatchingRound) -> list[Block]:
    """Who could be matched and has nobody, and why; and how many wait for the next round."""
    blocks: list[Block] = [
        section("\n".join([f"*{capital(_words(round_, role).many)} {_WITHOUT[role]}, longest waiting first*", *lines]))
        for role in Role
        if (lines := left_out(round_, role, MOST_UNMATCHED))
    ]
    standing = [a for a in round_.applications.values() if a.state is ApplicationState.OPEN]
    if late := sum(a.waits_for_next(round_.cohort) for a in standing):
        words = plural(late, "application has", "applications have")
        blocks.append(context(f"{words} come after the last day to apply and will be in the next round."))
    return blocks


def who_is_told(round_: MatchingRound, approved: int) -> str:
    """What a release means for those who have nobody, in plain text; empty where there are none."""
    left = len({application.person for application in without_match(round_)})
    if not left:
        return ""
    if approved < len(round_.proposals()):
        return "Those who have nobody are told kindly once nothing is left here to decide."
    have = plural(left, "person then has", "people then have")
    return f"{have} nobody, and each of them is told so kindly, once in a round."


def left_out(round_: MatchingRound, role: Role, most: int) -> list[str]:
    """Who of this role has nobody, a line for each reason with the names of at most so many; mrkdwn."""
    voice = Voice(round_.programme)
    return [
        f"• {why(left, role, voice)}: {people([application.person for application in found], most)}."
        for left, found in unmatched_by_reason(round_, role).items()
    ]


_WITHOUT = {Role.MENTEE: "without a match", Role.MENTOR: "with a place"}


def _words(round_: MatchingRound, role: Role) -> Term:
    voice = Voice(round_.programme)
    if role is Role.MENTEE:
        return Term(voice.mentee, voice.mentees)
    return Term(voice.mentor, voice.mentors)
