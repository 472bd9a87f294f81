"""The button to a plan, at each partnership and in messages."""

from collections.abc import Container, Mapping

from slack_sdk.models.blocks import Block, ButtonElement

from mentoring.core.people import Person
from mentoring.core.programmes import Programme
from mentoring.partnerships.partnership import Partnership
from messages.blocks import actions, button, section
from messages.ids import COMMAND, OPEN_GOALS
from messages.payloads import limits
from messages.text import shorten
from messages.voice import Voice, capital

MOST_OF_NAME = 40


def name_in_button(person: Person | None, otherwise: str) -> str:
    """The display name, short enough for a button."""
    return shorten(person.display_name, MOST_OF_NAME) if person and person.display_name else otherwise


def partner_plan_title(mentee: Person | None, programme: Programme) -> str:
    """The title of somebody else's plan, in plain text."""
    word = capital(Voice(programme, marked=False).mentee)
    return shorten(f"{name_in_button(mentee, word)}’s plan", limits.BUTTON)


def plan_button(
    partnership: Partnership,
    by: str,
    programme: Programme,
    shared: Container[str],
    people: Mapping[str, Person],
) -> ButtonElement | None:
    """Opens the plan of the mentee for `by`, one of the two: their own, or the one that is shared with them.

    `shared` are the ids of the partnerships in which `by` reads the plan of the mentee.
    """
    if not (programme.has_plans and partnership.is_active):
        return None
    if by == partnership.mentee:
        return own_plan_button(partnership.id)
    if partnership.id not in shared:
        return None
    return partner_plan_button(partnership, programme, people)


def partner_plan_button(partnership: Partnership, programme: Programme, people: Mapping[str, Person]) -> ButtonElement:
    """Opens the plan of the mentee for the mentor with whom it is shared."""
    return button(partner_plan_title(people.get(partnership.mentee), programme), OPEN_GOALS, partnership.id)


def own_plan_button(partnership_id: str = "") -> ButtonElement:
    return button("My plan", OPEN_GOALS, partnership_id)


def own_plan_section() -> Block:
    """What a plan is, with its button, for the help."""
    words = "*Your plan.* Where you stand, and up to three goals. I show it only to you, until you share it."
    return section(f"{words} `{COMMAND} plan`", own_plan_button())


def plan_offer() -> list[Block]:
    """Offers a plan to a mentee who has none, below another message."""
    words = (
        "*What would you like to reach?* Write where you stand and up to three goals. I show them only to you, until "
        "you share them."
    )
    return [section(words), actions(own_plan_button())]
