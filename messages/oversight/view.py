"""What an owner can do about a partnership in the list: its menu, and what was asked and answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from slack_sdk.models.blocks import ButtonElement, OverflowMenuElement

from mentoring.core.people import Person
from mentoring.core.programmes import Programme
from mentoring.oversight.asking import (
    HowItStands,
    OversightKind,
    OversightRequest,
    StandingAnswer,
    newest_of,
    to_ask_again,
)
from mentoring.oversight.responsible import responsible_owner
from mentoring.partnerships.partnership import Partnership, Pause
from messages.blocks import button, section, small_print
from messages.ids import OVERSEE, OversightAction
from messages.menus import menu
from messages.payloads import Message, message
from messages.programmes.cohorts import day
from messages.text import join, mention
from messages.voice import Voice


@dataclass(frozen=True)
class Overseen:
    """What the list shows to `owner` (a Slack user id): what owners asked and what was answered, by partnership id.
    `owners` are those whose account is open.
    """

    owner: str
    owners: Sequence[str] = ()
    requests: Mapping[str, Sequence[OversightRequest]] = field(default_factory=dict)
    answers: Mapping[str, Sequence[StandingAnswer]] = field(default_factory=dict)

    def may_act_on(self, partnership: Partnership) -> bool:
        """Whether to offer the menu: it is active, or somebody can be asked to be matched again, and the owner is
        neither of the two.
        """
        can_ask = partnership.is_active or bool(to_ask_again(partnership))
        return can_ask and self.owner not in partnership.people


MENU_LABELS = {
    OversightAction.NUDGE: "Remind both to meet",
    OversightAction.HELP: "Offer help",
    OversightAction.ASK: "Ask how it’s going",
    OversightAction.PAUSE: "Pause",
    OversightAction.HAND_OVER: "Hand over or end",
    OversightAction.ANOTHER: "Offer another match",
}
_ONCE_OVER = (OversightAction.ANOTHER,)
_IN_A_PAUSE = (OversightAction.HAND_OVER,)


def oversight_menu(partnership: Partnership, pause: Pause | None) -> OverflowMenuElement:
    """What an owner can do. During a pause the two are left alone."""
    while_active = _IN_A_PAUSE if pause else tuple(each for each in MENU_LABELS if each not in _ONCE_OVER)
    offered = while_active if partnership.is_active else _ONCE_OVER
    return menu([oversee_button(each, partnership.id) for each in offered])


def oversee_button(action: OversightAction, partnership_id: str, *, label: str = "") -> ButtonElement:
    """Does it, or opens its form."""
    return button(label or MENU_LABELS[action], OVERSEE, menu_value(action, partnership_id))


def menu_value(action: OversightAction, partnership_id: str) -> str:
    return f"{action}:{partnership_id}"


def done(kind: OversightKind, partnership: Partnership, programme: Programme) -> Message:
    """The reply to an owner who pressed it elsewhere than in the list."""
    two = join([mention(person) for person in partnership.people])
    said = {
        OversightKind.NUDGE: f"I’ll remind {two} to meet, and say that you asked.",
        OversightKind.HELP: f"I’ll tell {two} that you offer help.",
        OversightKind.ANOTHER: f"I’ll ask {_asked(partnership)}, and say that you asked. They decide themselves.",
        OversightKind.STANDING: f"I’ll ask {two}, and pass their answers on to you. They don’t have to answer.",
    }[kind]
    later = f"You can do this once in ten days for each {Voice(programme).partnership}."
    return message(said, [section(f"*Done.* {said}"), small_print(later)])


def _asked(partnership: Partnership) -> str:
    return join([mention(person) for person in to_ask_again(partnership)])


def snoozed(partnership: Partnership, until: date) -> Message:
    """The reply to an owner who snoozed an alarm."""
    two = join([mention(person) for person in partnership.people])
    words = f"*Snoozed.* I won’t list {two} before {day(until)}, unless they need you for something else."
    return message(f"Snoozed until {day(until)}", [section(words)])


ANSWERS = {
    HowItStands.WELL: "all is well",
    HowItStands.MORE_TIME: "needs more time",
    HowItStands.CONTACT: "would like to be contacted",
}
_DONE = {
    OversightKind.NUDGE: "reminded both",
    OversightKind.HELP: "offered help",
    OversightKind.STANDING: "asked how it’s going",
    OversightKind.ANOTHER: "offered another match",
}


def overseen_lines(partnership: Partnership, overseen: Overseen, reader: Person) -> list[str]:
    """Who looks after it, what owners did last, and what the two answered, in mrkdwn for an owner. One of the two does
    not read what the other answered.
    """
    lines: list[str] = []
    if named := responsible_owner(partnership, overseen.owners):
        who = "You look" if named == reader.id else f"{mention(named)} looks"
        lines.append(f"{who} after it.")
    asked = overseen.requests.get(partnership.id, ())
    newest = max(asked, key=lambda each: each.at, default=None)
    if newest:
        lines.append(f"{_who(newest.by, reader)} {_DONE[newest.kind]} on {day(_day(newest, reader))}.")
    question = newest_of(asked, OversightKind.STANDING)
    if question and reader.id not in partnership.people:
        lines += _answers(partnership, question, overseen.answers.get(partnership.id, ()))
    return lines


def offered_again_lines(partnership: Partnership, overseen: Overseen, reader: Person) -> list[str]:
    """That an owner offered the people of a partnership that is over another match, in mrkdwn for an owner."""
    found = newest_of(overseen.requests.get(partnership.id, ()), OversightKind.ANOTHER)
    return [f"{_who(found.by, reader)} {_DONE[found.kind]} on {day(_day(found, reader))}."] if found else []


def _answers(partnership: Partnership, question: OversightRequest, answers: Sequence[StandingAnswer]) -> list[str]:
    found = {each.person: each.answer for each in answers if each.number == question.number}
    return [f"{mention(person)}: {ANSWERS[found[person]]}." for person in partnership.people if person in found]


def _who(by: str, reader: Person) -> str:
    return "You" if by == reader.id else mention(by) if by else "An owner"


def _day(request: OversightRequest, reader: Person) -> date:
    return reader.today(request.at)
