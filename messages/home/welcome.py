"""What people read of a programme in which they do not take part: what mentoring means there, and how to begin."""

from datetime import date as Date

from slack_sdk.models.blocks import Block

from mentoring.applications.application import Role
from mentoring.applications.errors import CannotTakePart
from mentoring.core.people import Ineligibility, Person, ineligibility
from mentoring.core.programmes import Cohort, Programme
from mentoring.programmes.membership import Membership
from messages.applications.wording import open_to
from messages.blocks import actions, section
from messages.errors import sentence_for
from messages.lengths import choice, meets
from messages.next_steps import open_button
from messages.programmes.aims import about, type_line
from messages.programmes.cohorts import day, invitation, takes_applications
from messages.text import address, escape, shorten
from messages.voice import Voice

MOST_OF_PURPOSE = 1000
MOST_IN_SHORT = 200


def welcome(membership: Membership, reader: Person, today: Date) -> list[Block]:
    """For a newcomer to one programme; `today` is their date."""
    programme, cohort = membership.programme, membership.cohort
    blocks: list[Block] = [section(f"{purpose(programme)}{invitation(cohort, today, Voice(programme).contact)}")]
    if said := about(programme):
        blocks.append(section(said))
    blocks += [*ways_in(membership, reader, today), section(gains(programme))]
    return [*blocks, section(how_it_works(programme, cohort, today))]


def in_short(membership: Membership, today: Date) -> list[Block]:
    """One of several programmes that are open to the reader."""
    programme, voice = membership.programme, Voice(membership.programme)
    aim = f"\n{shorten(escape(programme.purpose), MOST_IN_SHORT)}" if programme.purpose else ""
    peers = f"\n{said}" if (said := type_line(programme)) else ""
    blocks: list[Block] = [
        section(f"*{voice.name}*{aim}{peers}\n{invitation(membership.cohort, today, voice.contact)}")
    ]
    roles = [role for role in Role if membership.is_open_to(role, today)]
    if roles:
        blocks.append(actions(*(open_button(role, programme) for role in roles)))
    return blocks


def purpose(programme: Programme, most: int = MOST_OF_PURPOSE) -> str:
    """The purpose in mrkdwn with a line break, or ""."""
    return f"{shorten(escape(programme.purpose), most)}\n" if programme.purpose else ""


def ways_in(membership: Membership, reader: Person, today: Date) -> list[Block]:
    """The two ways to take part, as far as they are open to the reader."""
    programme, cohort = membership.programme, membership.cohort
    why_not = ineligibility(reader, programme.admits)
    if why_not in (Ineligibility.GUEST, Ineligibility.STRANGER):
        return [section(sentence_for(CannotTakePart(why_not), programme))]
    if not takes_applications(cohort, today):
        return []
    return [each for role in Role for each in _way_in(role, membership)]


def _way_in(role: Role, membership: Membership) -> list[Block]:
    programme = membership.programme
    voice = Voice(programme)
    what = f"*Find {voice.a_mentor}.*" if role is Role.MENTEE else f"*Be {voice.a_mentor}.*"
    words = f"{what} {open_to(programme, role)}"
    if not membership.is_inside(role):
        return [section(f"{words} As far as I know, you’re not one of them. If that’s wrong, ask {voice.contact}.")]
    return [section(f"{words} The form takes five minutes.", open_button(role, programme))]


def gains(programme: Programme) -> str:
    """What both sides gain, in mrkdwn (D2.17)."""
    voice = Voice(programme)
    return (
        "*What you can gain*\n"
        f"• With {voice.a_mentor}: time to think about your work and your next steps, honest feedback, and a view of "
        "the organisation beyond your own team.\n"
        f"• As {voice.a_mentor}: practice in listening and in leading people, a fresh view of the organisation, and "
        "the ideas of someone who sees it differently."
    )


def how_it_works(programme: Programme, cohort: Cohort, today: Date) -> str:
    """The steps from the application to the meetings, in mrkdwn."""
    closed = f"After {day(cohort.apply_by)}" if today <= cohort.apply_by else "When applications have closed"
    introduces = (
        "We ask you before we introduce you. You can say no, and you don’t need a reason."
        if programme.ask_first
        else "I introduce you to your match in a group message."
    )
    if programme.introduces_at_start and today < cohort.starts_on:
        introduces += f" I introduce people on {day(cohort.starts_on)}, when the round starts."
    words = (
        "*How it works*\n"
        "1. You send a short form. It says who sees your answers.\n"
        f"2. {closed}, {Voice(programme).approvers} decide the matches.\n"
        f"3. {introduces}\n"
        f"4. You meet {meets(programme.rhythm)}, for {choice(programme.lengths)}.\n"
        "If there’s no match for you in a round, we’ll tell you and keep your application for the next one."
    )
    if programme.expectations_url:
        words += f"\n{address(programme.expectations_url, 'What we ask of you')}"
    return words
