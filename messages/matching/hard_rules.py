"""Explains which rule two people break, by name, and what can be done."""

from mentoring.applications.application import Application, ApplicationState
from mentoring.matching.decisions import exclusion_of
from mentoring.matching.hard_rules import HardRule
from mentoring.matching.match import HOLDS_PLACE, MatchState
from mentoring.matching.optimiser.compare import Comparison
from mentoring.matching.pool import applications_of
from mentoring.matching.round import MatchingRound
from messages.blocks import listing
from messages.ids import COMMAND
from messages.matching.history import signature
from messages.programmes.cohorts import day
from messages.text import join, mention, plural
from messages.voice import Voice

MOST_OF_TOPICS = 300
_EXCEPTION = "To pair them anyway, give a reason."
_PROPOSED = "*Proposed already:* you’ll find them in Matches."


def broken_rule_text(round_: MatchingRound, comparison: Comparison, by: str) -> str:
    """The explanation for the owner `by`, in mrkdwn; "" if the two break no rule and are not proposed."""
    voice = Voice(round_.programme)
    mentee, mentor = comparison.mentee, comparison.mentor
    one, other = mention(mentee.person), mention(mentor.person)
    match comparison.broken_rule:
        case None:
            return _PROPOSED if comparison.existing_match else ""
        case HardRule.ONESELF:
            return "This is the same person twice. Choose two people."
        case HardRule.AWAY:
            away = [mention(a.person) for a in (mentee, mentor) if round_.cannot_take_part(a) is HardRule.AWAY]
            accounts = "account is" if len(away) == 1 else "accounts are"
            back = "Their application stays. They can be matched again if they return."
            return f"*Away:* {join(away)}. Their Slack {accounts} deactivated. {back}"
        case HardRule.ON_LEAVE:
            found = (round_.people.get(a.person) for a in (mentee, mentor))
            until = [f"{mention(each.id)} until {day(each.leave.until)}" for each in found if each and each.leave]
            return f"*On leave:* {join(until)}. They can be matched again after that."
        case HardRule.NOT_ADMITTED:
            out = join(
                [mention(a.person) for a in (mentee, mentor) if round_.cannot_take_part(a) is HardRule.NOT_ADMITTED]
            )
            return f"*Not admitted:* {out}. People with this kind of Slack account can’t take part."
        case HardRule.OUTSIDE:
            out = join([f"{mention(a.person)}’s" for a in (mentee, mentor) if not round_.is_inside(a)])
            where = f"To see those you’ve chosen, type `{COMMAND} setup`."
            return f"*Not eligible:* {out} department or grade isn’t one you’ve chosen. {where}"
        case HardRule.CHAIN_OF_COMMAND:
            upper, lower = (other, one) if mentor.person in round_.managers_above(mentee.person) else (one, other)
            return f"*Line of management:* {upper} manages {lower}, directly or further up. {_EXCEPTION}"
        case HardRule.GRADES:
            return f"*Grades:* {_grades(round_, comparison)} {_EXCEPTION}"
        case HardRule.FORBIDDEN:
            exclusion = exclusion_of(round_, mentee.person, mentor.person)
            who = f" by {signature(exclusion.by, by, exclusion.at)}" if exclusion else ""
            return f"*Never match:* decided{who}."
        case HardRule.NOT_AVAILABLE:
            return "*Not available:* these two can’t be matched."
        case HardRule.NO_SHARED_TOPIC:
            topics = (listing(a.topics, MOST_OF_TOPICS, "and") or "none" for a in (mentee, mentor))
            chose = " ".join(f"{who} chose {what}." for who, what in zip((one, other), topics, strict=True))
            return f"*No shared topic:* {chose} They can be matched once one of them changes their topics."
        case HardRule.NO_SHARED_HOURS:
            change = f"You can change this rule in Settings (`{COMMAND} setup`)."
            return f"*No shared hours:* the working hours of {one} and {other} don’t overlap. {change}"
        case HardRule.NO_PLACE if comparison.role is None:
            return _together_already(round_, comparison)
        case HardRule.NO_PLACE:
            return _taken(round_, mentee if comparison.role == mentee.role else mentor)
        case HardRule.ALREADY_PARTNERS:
            return f"*Already together:* they have {voice.a_partnership}."
        case HardRule.REJECTED:
            return "*Rejected before:* an owner rejected this proposal in this round. You can undo this in Matches."
        case HardRule.DID_NOT_WORK:
            return "*Matched before:* it did not work out."


def _together_already(round_: MatchingRound, comparison: Comparison) -> str:
    """How far the match of the two has come, in either role."""
    two = {comparison.mentee.person, comparison.mentor.person}
    sent = [m for m in round_.matches.values() if m.state is MatchState.OFFERED and set(m.people) == two]
    if any(match.awaits_start for match in sent):
        return "*Matched already:* we introduce them when the round starts."
    return "*Waiting for answers:* they’ve been asked about this match." if sent else _PROPOSED


def _grades(round_: MatchingRound, comparison: Comparison) -> str:
    least = plural(round_.programme.grade_gap, "grade", "grades")
    mentee, mentor = comparison.mentee, comparison.mentor
    gap = (round_.rank_of(mentor) or 0) - (round_.rank_of(mentee) or 0)
    higher = f"is {plural(gap, 'grade', 'grades')} above" if gap > 0 else "is not above"
    return f"{mention(mentor.person)} {higher} {mention(mentee.person)}. The minimum is {least}."


def _taken(round_: MatchingRound, application: Application) -> str:
    """Why this person has no free place."""
    who = mention(application.person)
    if application.state is ApplicationState.UNCONFIRMED:
        return f"*Not available:* {who} hasn’t confirmed their application yet."
    if application.state is not ApplicationState.OPEN:
        return f"*Not available:* {who} has withdrawn."
    if application.waits_for_next(round_.cohort):
        return f"*Not available:* {who} applied after the last day, and is waiting for the next round."
    theirs = [m for m in round_.matches.values() if m.state in HOLDS_PLACE and application.id in applications_of(m)]
    people = [match.other(application.person) for match in theirs] + [
        partnership.other(application.person)
        for partnership in round_.partnerships
        if partnership.is_active and application.id in (partnership.mentee_application, partnership.mentor_application)
    ]
    if not people:
        return f"*No free place:* {who} has none left."
    what = " To free a place, reject a proposal." if any(m.state is MatchState.PROPOSED for m in theirs) else ""
    return f"*No free place:* {who} already has {join([mention(person) for person in people])}.{what}"
