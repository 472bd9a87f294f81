"""What we write when something has happened: one function for every kind of notice."""

from collections.abc import Callable

from slack_sdk.models.blocks import Block

from mentoring.application import Application, State
from mentoring.outcome import Kind, Notice
from mentoring.scene import Scene
from mentoring.setup import Part
from mentoring.status import CohortStatus
from messages import help as helping
from messages import status
from messages.blocks import actions, button, context, section
from messages.help import buttons, open_button
from messages.ids import COMMAND, OPEN_SETUP, OPEN_STATUS
from messages.outgoing import Message, message
from messages.rounds import day, prospect, takes_applications
from messages.setup.cards import card_blocks
from messages.text import plural
from messages.voice import Voice


class NothingToSay(Exception):
    """The scene has changed since, and the notice has no truth left in it. `reason` is a word for our own record."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def render(notice: Notice, scene: Scene) -> Message:
    """The message that a notice is now. Raises NothingToSay."""
    return RENDERERS[notice.kind](notice, scene)


def _welcome_owner(notice: Notice, scene: Scene) -> Message:
    _owners_only(scene)
    voice, cohort = Voice(scene.programme), scene.cohort
    text = "You are an owner of the mentoring programme here"
    blocks = [
        section(
            f"*{text}.* It is ready to use: anyone can apply from {day(cohort.opens_on)} until {day(cohort.apply_by)}, "
            f"and the round starts on {day(cohort.starts_on)}."
        ),
        section(
            "Before you tell people, take five minutes for the set-up: the topics, the dates, the contact person, and "
            f"whether you say {voice.mentor} and {voice.mentee} or something else."
        ),
        actions(
            button("Set up the programme", OPEN_SETUP, style="primary"),
            button("See where the round stands", OPEN_STATUS),
        ),
        context(f"People apply with `{COMMAND}`. You hear from us when applications close."),
    ]
    return message(text, blocks)


def _help(notice: Notice, scene: Scene) -> Message:
    return helping.help(scene.programme, scene.cohort, scene.is_owner, scene.applications, scene.today)


def _application_received(notice: Notice, scene: Scene) -> Message:
    application = _open_application(scene)
    voice = Voice(scene.programme)
    text = f"Your {voice.sent(application.role)} has arrived"
    return message(text, [section(f"*{text}. Thank you.*"), *_what_next(application, scene)])


def _application_changed(notice: Notice, scene: Scene) -> Message:
    application = _open_application(scene)
    text = f"Your {Voice(scene.programme).sent(application.role)} is changed"
    kept = "Your place in the queue is the same as before."
    return message(text, [section(f"*{text}.* {kept}"), *_what_next(application, scene)])


def _what_next(application: Application, scene: Scene) -> list[Block]:
    voice = Voice(scene.programme)
    return [
        section(f"*What happens next*\n{prospect(application, scene.cohort, voice.contact, scene.today)}"),
        actions(
            button("See what you sent", OPEN_STATUS),
            *buttons(application, scene.programme, scene.cohort, scene.today),
        ),
        context(f"Questions? Ask {voice.contact}."),
    ]


def _application_withdrawn(notice: Notice, scene: Scene) -> Message:
    application = scene.application
    if application is None:
        raise NothingToSay("application-gone")
    if application.state is not State.WITHDRAWN:
        raise NothingToSay("sent-again")
    voice = Voice(scene.programme)
    text = f"Your {voice.sent(application.role)} is withdrawn"
    thanks = "Thank you for letting us know. You need not say why, and the door stays open."
    if not takes_applications(scene.cohort, scene.today):
        return message(text, [section(f"*{text}.* {thanks}")])
    again = "You can send it again, now or another time."
    return message(
        text, [section(f"*{text}.* {thanks} {again}"), actions(open_button(application.role, scene.programme))]
    )


def _applications_closed(notice: Notice, scene: Scene) -> Message:
    _owners_only(scene)
    cohort, voice = scene.cohort, Voice(scene.programme)
    if scene.today <= cohort.apply_by:
        raise NothingToSay("deadline-moved")
    counts = _counted(scene)
    text = "Applications have closed"
    closed = f"*{text}*: {day(cohort.apply_by)} was the last day to apply."
    stands = button("See where the round stands", OPEN_STATUS, style="primary")
    if not counts.waiting:
        step = "Nobody has applied. If you would like to give people more time, set a later last day to apply."
        return message(
            text, [section(f"{closed}\n{step}"), actions(button("Set the dates", OPEN_SETUP, Part.DATES), stands)]
        )
    short = counts.mentees - counts.places
    missing = f" You are short of {plural(short, 'place', 'places')} if everyone is to be matched." if short > 0 else ""
    step = (
        f"*Next step*\nSit down with a second person and decide together who is matched with whom, so that everyone "
        f"hears by {day(cohort.starts_on)}. Whoever applies from now on is on the waiting list for the next round."
    )
    return message(
        text,
        [section(f"{closed}\nYou have {status.summary(counts, voice)}.{missing}"), section(step), actions(stands)],
    )


PARTS = {
    Part.BASICS: "the basics of the programme",
    Part.CHOICES: "what people choose from in the forms",
    Part.DATES: "the dates and hours of the programme",
    Part.WORDS: "the programme’s own words",
}


def _programme_changed(notice: Notice, scene: Scene) -> Message:
    _owners_only(scene)
    by = notice.about.get("by", "")
    try:
        what = PARTS[Part(notice.about.get("part", ""))]
    except ValueError:
        what = "the set-up of the programme"
    who = "You" if by == scene.reader.id else Voice(scene.programme).person(by, "Another owner")
    blocks: list[Block] = [section(f"{who} changed {what}. This is how the set-up stands:")]
    blocks += card_blocks(scene.programme, scene.cohort, scene.owners)
    return message("The set-up of the programme has changed", blocks)


def _cohort_status(notice: Notice, scene: Scene) -> Message:
    _owners_only(scene)
    return status.cohort(_counted(scene), scene.programme, scene.cohort, scene.today)


def _owners_only(scene: Scene) -> None:
    if not scene.is_owner:
        raise NothingToSay("no-longer-an-owner")


def _open_application(scene: Scene) -> Application:
    if scene.application is None:
        raise NothingToSay("application-gone")
    if scene.application.state is not State.OPEN:
        raise NothingToSay("withdrawn-since")
    return scene.application


def _counted(scene: Scene) -> CohortStatus:
    if scene.status is None:
        raise NothingToSay("nothing-counted")
    return scene.status


RENDERERS: dict[Kind, Callable[[Notice, Scene], Message]] = {
    Kind.WELCOME_OWNER: _welcome_owner,
    Kind.HELP: _help,
    Kind.APPLICATION_RECEIVED: _application_received,
    Kind.APPLICATION_CHANGED: _application_changed,
    Kind.APPLICATION_WITHDRAWN: _application_withdrawn,
    Kind.APPLICATIONS_CLOSED: _applications_closed,
    Kind.PROGRAMME_CHANGED: _programme_changed,
    Kind.COHORT_STATUS: _cohort_status,
}
