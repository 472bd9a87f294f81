"""What each hard rule says about two people, as a sentence for owners."""

from mentoring.applications.application import Role
from mentoring.matching.hard_rules import HardRule
from messages.voice import Voice

ONE_LINE = "One person manages the other, directly or further up."
TOO_NEAR = "Their grade gap is smaller than your minimum in Settings."


def rule_sentence(rule: HardRule, role: str | None, voice: Voice) -> str:
    """What stands between two people. `role` says whom the rule is about, if it is about one of them."""
    match rule:
        case HardRule.ONESELF:
            return "This is the same person twice."
        case HardRule.AWAY:
            return f"{_who(role, voice)} has a deactivated account."
        case HardRule.ON_LEAVE:
            return f"{_who(role, voice)} is on leave."
        case HardRule.NOT_ADMITTED:
            return f"{_who(role, voice)} has a Slack account that can’t take part."
        case HardRule.OUTSIDE:
            return "One person isn’t in a department or grade you’ve chosen."
        case HardRule.CHAIN_OF_COMMAND:
            return ONE_LINE
        case HardRule.GRADES:
            return TOO_NEAR
        case HardRule.FORBIDDEN:
            return "These two are set never to be matched."
        case HardRule.NOT_AVAILABLE:
            return "These two are not available for each other."
        case HardRule.NO_SHARED_TOPIC:
            return "These two have no topic in common."
        case HardRule.NO_SHARED_HOURS:
            return "Their working hours don’t overlap."
        case HardRule.NO_PLACE if role is None:
            return "These two already have a proposal or an open match."
        case HardRule.NO_PLACE:
            return f"{_who(role, voice)} isn’t available right now."
        case HardRule.ALREADY_PARTNERS:
            return f"These two are already in {voice.a_partnership}."
        case HardRule.REJECTED:
            return "An owner rejected these two in this round."
        case HardRule.DID_NOT_WORK:
            return "These two were matched before, and it did not work out."


def _who(role: str | None, voice: Voice) -> str:
    if role is None:
        return "One person"
    return f"This {voice.mentee if role == Role.MENTEE else voice.mentor}"
