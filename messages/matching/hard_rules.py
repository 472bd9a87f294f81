"""Which rule keeps two people apart, about these two by name, and what can be done."""

from mentoring.applications.application import Application, ApplicationState
from mentoring.matching.decisions import ban_of
from mentoring.matching.hard_rules import HardRule
from mentoring.matching.match import STANDING, MatchState
from mentoring.matching.optimiser.compare import Comparison
from mentoring.matching.round import MatchingRound, applications_of
from messages.blocks import listing
from messages.ids import COMMAND
from messages.matching.history import signed
from messages.text import join, mention, plural
from messages.voice import Voice, capital

MOST_OF_TOPICS = 300
_EXCEPTION = "If you think that they are right for each other all the same, pair them by hand and say why."


def apart(round_: MatchingRound, comparison: Comparison, by: str) -> str:
    """In mrkdwn, to the owner `by`; empty where no rule keeps them apart and they are not proposed already."""
    voice = Voice(round_.programme)
    mentee, mentor = comparison.mentee, comparison.mentor
    one, other = mention(mentee.person), mention(mentor.person)
    match comparison.broken_rule:
        case None:
            return "*Proposed already:* you find them on the desk." if comparison.stands else ""
        case HardRule.ONESELF:
            return "This is the same person twice. Please choose two."
        case HardRule.AWAY:
            gone = join([mention(a.person) for a in (mentee, mentor) if round_.is_absent(a)])
            back = "What they sent waits for them, and they can be matched once they are back."
            return f"*Away:* {gone} left this workspace. {back}"
        case HardRule.OUTSIDE:
            out = join([mention(a.person) for a in (mentee, mentor) if not round_.is_inside(a)])
            where = f"`{COMMAND} setup` says whom it is for."
            return f"*Outside whom the programme is for:* {out}, by department or grade. {where}"
        case HardRule.CHAIN_OF_COMMAND:
            upper, lower = (other, one) if mentor.person in round_.above(mentee.person) else (one, other)
            return f"*One line of management:* {upper} stands above {lower}. {_EXCEPTION}"
        case HardRule.GRADES:
            return f"*Grades:* {_grades(round_, comparison, voice)} {_EXCEPTION}"
        case HardRule.FORBIDDEN:
            ban = ban_of(round_, mentee.person, mentor.person)
            who = f" by {signed(ban.by, by, ban.at)}" if ban else ""
            return f"*Never to be matched:* decided{who}."
        case HardRule.NO_SHARED_TOPIC:
            topics = (listing(a.topics, MOST_OF_TOPICS, "and") or "none" for a in (mentee, mentor))
            chose = "; ".join(f"{who} chose {what}" for who, what in zip((one, other), topics, strict=True))
            return f"*No topic in common:* {chose}. They can be matched once one of them changes theirs."
        case HardRule.NO_PLACE if comparison.role is None:
            asked = comparison.stands and comparison.stands.state is MatchState.OFFERED
            return f"*Together already:* they are {'being asked' if asked else 'proposed to each other'}."
        case HardRule.NO_PLACE:
            return f"*No place:* {_taken(round_, mentee if comparison.role == mentee.role else mentor)}"
        case HardRule.ALREADY_PARTNERS:
            return f"*Together already:* they are in {voice.a_partnership}."
        case HardRule.DID_NOT_WORK:
            return "*Tried before:* they were brought together, and it did not work out."


def _grades(round_: MatchingRound, comparison: Comparison, voice: Voice) -> str:
    least = plural(round_.programme.least_gap, "grade", "grades")
    mentee, mentor = comparison.mentee, comparison.mentor
    gap = (round_.rank_of(mentor) or 0) - (round_.rank_of(mentee) or 0)
    stands = f"stands {plural(gap, 'grade', 'grades')} above" if gap > 0 else "does not stand above"
    return (
        f"{capital(voice.a_mentor)} stands at least {least} above here, and {mention(mentor.person)} {stands} "
        f"{mention(mentee.person)}."
    )


def _taken(round_: MatchingRound, application: Application) -> str:
    """Why somebody has no place."""
    who = mention(application.person)
    if application.state is not ApplicationState.OPEN:
        return f"{who} has withdrawn."
    if application.waits_for_next(round_.cohort):
        return f"{who} came after the last day to apply, and will be in the next round."
    theirs = [m for m in round_.matches.values() if m.state in STANDING and application.id in applications_of(m)]
    people = [match.other(application.person) for match in theirs] + [
        partnership.other(application.person)
        for partnership in round_.partnerships
        if partnership.is_active and application.id in (partnership.mentee_application, partnership.mentor_application)
    ]
    others = join([mention(person) for person in people])
    what = "A proposal has to leave the desk first. " if any(m.state is MatchState.PROPOSED for m in theirs) else ""
    return f"{who} has {others or 'somebody'} already. {what}".rstrip()
