"""Open offers, unmatched people, and the reasons."""

from datetime import date as Date

from slack_sdk.models.blocks import Block

from mentoring.applications.application import ApplicationState, Role
from mentoring.core.programmes import Cohort, Term
from mentoring.matching.open_offers import expired
from mentoring.matching.round import MatchingRound
from mentoring.matching.unmatched import UnmatchedReason, unmatched_by_reason, without_match
from messages.blocks import button, people, section, small_print
from messages.ids import OPEN_OFFERS
from messages.matching.offers import answer_by
from messages.programmes.cohorts import Phase, phase, weekday
from messages.text import mention, plural
from messages.voice import Voice, capital


def why(reason: UnmatchedReason, role: Role, voice: Voice) -> str:
    """The reason, as the beginning of a sentence that goes on with the names."""
    other = voice.other(role)
    match reason:
        case UnmatchedReason.OUTSIDE:
            return "Not in a department or grade you’ve chosen (see Settings)"
        case UnmatchedReason.NO_SHARED_TOPIC:
            return f"No {other} shares a topic"
        case UnmatchedReason.RULED_OUT:
            return f"Rules exclude every {other} with a shared topic"
        case UnmatchedReason.TAKEN:
            return f"Every suitable {other} is taken"
        case UnmatchedReason.OPEN:
            least = voice.programme.weights.at_least if voice.programme else 0
            return f"Can be proposed if the score is at least {least}" if least else "Can be matched now"


MOST_OFFERS = 20
MOST_UNMATCHED = 30


def offers(round_: MatchingRound, *, for_owner: bool) -> list[Block]:
    """The people with open offers, and for owners a button to see how many of each two have answered.

    Those who are introduced when the round starts follow.
    """
    offered = [match for match in round_.matches.values() if match.awaits_answer and match.offered_at]
    offered.sort(key=lambda match: (match.offered_at, match.id))
    again = len(expired(round_.matches.values()))
    agreed = _introduced_at_start(round_, for_owner=for_owner)
    if not offered and agreed:
        return agreed
    if not offered:
        words = f"*Expired without an answer:* {plural(again, 'match', 'matches')}"
        return [section(words, button("See them", OPEN_OFFERS))] if again and for_owner else []
    lines = [f"• {mention(match.mentee)} and {mention(match.mentor)}, until {answer_by(match)}" for match in offered]
    rest = len(lines) - MOST_OFFERS
    more = [f"And {rest} more."] if rest > 0 else []
    words = "\n".join(["*Waiting for answers*", *lines[:MOST_OFFERS], *more])
    return [section(words, button("See answers", OPEN_OFFERS) if for_owner else None), *agreed]


def _introduced_at_start(round_: MatchingRound, *, for_owner: bool) -> list[Block]:
    """The people who are introduced when the round starts, and a button to take a match back."""
    agreed = sorted((m for m in round_.matches.values() if m.awaits_start), key=lambda m: (m.offered_at, m.id))
    if not agreed:
        return []
    lines = [f"• {mention(match.mentee)} and {mention(match.mentor)}" for match in agreed[:MOST_OFFERS]]
    rest = len(agreed) - MOST_OFFERS
    more = [f"And {rest} more."] if rest > 0 else []
    words = "\n".join(["*Introduced when the round starts*", *lines, *more])
    return [section(words, button("See them", OPEN_OFFERS) if for_owner else None)]


def unmatched(round_: MatchingRound) -> list[Block]:
    """The unmatched people by reason, and the number of applications on the waiting list."""
    blocks: list[Block] = [
        section("\n".join([f"*{capital(_words(round_, role).many)} {_WITHOUT[role]}, longest wait first*", *lines]))
        for role in Role
        if (lines := left_out(round_, role, MOST_UNMATCHED))
    ]
    applications = [a for a in round_.applications.values() if a.state is ApplicationState.OPEN]
    if late := sum(a.waits_for_next(round_.cohort) for a in applications):
        words = plural(late, "late application is", "late applications are")
        blocks.append(small_print(f"{words} waiting for the next round."))
    return blocks


def still_open(cohort: Cohort, today: Date) -> str:
    """Says on `today` (the reader's) that more people can apply, as a sentence in plain text; "" if they cannot."""
    if phase(cohort, today) is not Phase.OPEN:
        return ""
    return f"Applications are still open, until {weekday(cohort.apply_by)}."


def who_is_told(round_: MatchingRound, today: Date) -> str:
    """What a release on `today` (the reader's) means for unmatched people, in plain text; "" if there are none."""
    count = len({application.person for application in without_match(round_)})
    if not count:
        return ""
    if any(round_.still_needs(match) for match in round_.proposals()):
        return "People without a match are told when the last proposals are sent."
    are = plural(count, "person is", "people are")
    stay = " that they stay in the round" if still_open(round_.cohort, today) else ""
    them = "them" if count == 1 else "each of them"
    return f"{are} left without a match. We tell {them}{stay}, unless they were told in the last week."


def left_out(round_: MatchingRound, role: Role, most: int) -> list[str]:
    """A line for each reason with the names of at most `most` unmatched people of this role, in mrkdwn."""
    voice = Voice(round_.programme)
    return [
        f"• {why(reason, role, voice)}: {people([application.person for application in found], most)}."
        for reason, found in unmatched_by_reason(round_, role).items()
    ]


_WITHOUT = {Role.MENTEE: "without a match", Role.MENTOR: "with free places"}


def _words(round_: MatchingRound, role: Role) -> Term:
    voice = Voice(round_.programme)
    if role is Role.MENTEE:
        return Term(voice.mentee, voice.mentees)
    return Term(voice.mentor, voice.mentors)
