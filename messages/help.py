"""What a person can do now, as buttons with a line each (D0.21)."""

from collections.abc import Mapping, Sequence
from datetime import date

from slack_sdk.models.blocks import Block, ButtonElement, DividerBlock

from mentoring.applications.application import Application, ApplicationState, Role
from mentoring.core.people import Person
from mentoring.core.programmes import Cohort, Programme
from mentoring.partnerships.partnership import Partnership, pause_of
from messages.applications.wording import span
from messages.blocks import actions, button, confirm, context, section
from messages.ids import (
    COMMAND,
    LOG_MEETING,
    OPEN_HELP,
    OPEN_PARTNERSHIPS,
    OPEN_REVIEW,
    OPEN_SETUP,
    OPEN_STATUS,
    OPENS,
    WITHDRAW,
    Subcommand,
)
from messages.next_steps import progress_of
from messages.payloads import Message, message
from messages.programmes.cohorts import Phase, day, invitation, phase, takes_applications
from messages.text import address, escape, shorten
from messages.voice import Voice, capital

MOST_OF_PURPOSE = 1000


def help(
    programme: Programme,
    cohort: Cohort,
    is_owner: bool,
    applications: Mapping[Role, Application],
    today: date,
    partnerships: Sequence[Partnership] = (),
    people: Mapping[str, Person] | None = None,
) -> Message:
    """For one person: `applications` are theirs, by role, and so are `partnerships`; `today` is their own day. Of
    `people` (by id) those who are away matter.
    """
    voice = Voice(programme)
    blocks: list[Block] = [section(f"*{voice.name}*\n{_purpose(programme)}{invitation(cohort, today)}")]
    if active := [partnership for partnership in partnerships if partnership.is_active]:
        blocks += _partner(active, programme, people or {})
    if is_owner:
        blocks += _owner(cohort, today)
    for role in Role:
        application = applications.get(role)
        if application is None or not progress_of(application, (), partnerships).is_taken_up:
            blocks += _role(role, application, programme, cohort, today)
    if not applications and not is_owner:
        blocks += [DividerBlock(), section(_how_it_works(programme, cohort, today))]
    blocks.append(context(f"Questions? Ask {voice.contact}. You can always type `{COMMAND}` to come back here."))
    return message(f"{voice.name}: what you can do", blocks)


def did_you_mean(nearest: Subcommand | None, programme: Programme | None) -> Message:
    """After a word that is none of ours, which is not repeated."""
    if nearest is None or nearest is Subcommand.HELP:
        text = f"I do not know that word after `{COMMAND}`. Here is the way to everything I can do."
        return message(text, [section(text, button("Show me", OPEN_HELP))])
    text = f"I do not know that word after `{COMMAND}`. Did you mean `{COMMAND} {nearest}`?"
    meant = button(fit_description(nearest, programme), OPENS[nearest], style="primary")
    return message(text, [section(text), actions(meant, button("Show me everything", OPEN_HELP))])


def fit_description(subcommand: Subcommand, programme: Programme | None) -> str:
    """A button's words for what a subcommand does."""
    voice = Voice(programme, marked=False)
    return {
        Subcommand.REQUEST: f"Request {voice.a_mentor}",
        Subcommand.VOLUNTEER: f"Volunteer as {voice.a_mentor}",
        Subcommand.LOG: "Log a meeting",
        Subcommand.STATUS: "See where things stand",
        Subcommand.MATCH: "Match people",
        Subcommand.SETUP: "Set up the programme",
        Subcommand.HELP: "See what you can do",
    }[subcommand]


def no_programme() -> Message:
    """Where nobody is named as an owner yet."""
    text = "There is no mentoring programme in this workspace yet."
    more = (
        "Whoever looks after this app can start one by naming its owners (in the setting `MENTOR_OWNERS`). "
        "The owners then hear from me, and everybody can apply."
    )
    return message(text, [section(f"{text}\n{more}")])


def withdraw_button(application: Application, programme: Programme, *, asked: bool = False) -> ButtonElement:
    """Takes an application back, after asking once; `asked` where its author is asked about a match."""
    what = Voice(programme, marked=False).sent(application.role)
    over = (
        " The match you are asked about is then over; the other hears only that it did not work out." if asked else ""
    )
    return button(
        "Withdraw",
        WITHDRAW,
        application.id,
        confirm=confirm(
            "Withdraw it?",
            f"Your {what} is taken back.{over} You can send it again later; your wait then begins anew.",
            yes="Withdraw",
            no="Keep it",
        ),
    )


def open_button(role: Role, programme: Programme, label: str = "") -> ButtonElement:
    """Opens the form of a role: to send it, or with what was sent."""
    opens = {Role.MENTEE: Subcommand.REQUEST, Role.MENTOR: Subcommand.VOLUNTEER}[role]
    return button(label or fit_description(opens, programme), OPENS[opens], style=None if label else "primary")


def buttons(
    application: Application, programme: Programme, cohort: Cohort, today: date, *, asked: bool = False
) -> list[ButtonElement]:
    """What its author can do with an open application today; `asked` while they are asked about a match."""
    change = [open_button(application.role, programme, "Change it")] if takes_applications(cohort, today) else []
    return [*change, withdraw_button(application, programme, asked=asked)]


def _purpose(programme: Programme) -> str:
    return f"{shorten(escape(programme.purpose), MOST_OF_PURPOSE)}\n" if programme.purpose else ""


def _role(
    role: Role, application: Application | None, programme: Programme, cohort: Cohort, today: date
) -> list[Block]:
    voice = Voice(programme)
    if application is not None and application.state is ApplicationState.OPEN:
        words = f"You have sent your {voice.sent(role)}."
        return [
            section(words, button("See where it stands", OPEN_STATUS)),
            actions(*buttons(application, programme, cohort, today)),
        ]
    if not takes_applications(cohort, today):
        return []
    if application is not None:
        words = f"You withdrew your {voice.sent(role)}. You are welcome to send it again."
    elif role is Role.MENTEE:
        words = f"*Would you like {voice.a_mentor}?* Anyone may ask. The form takes about five minutes."
    else:
        asked = f" after {span(programme.service_months)} of working here" if programme.service_months else ""
        words = f"*Would you like to be {voice.a_mentor}?* Anyone may offer{asked}."
    return [section(words, open_button(role, programme))]


def _partner(active: Sequence[Partnership], programme: Programme, people: Mapping[str, Person]) -> list[Block]:
    voice, plain = Voice(programme), Voice(programme, marked=False)
    if len(active) == 1:
        yours, sees, about = f"Your {voice.partnership}", f"See your {plain.partnership}", active[0].id
    else:
        yours, sees, about = f"Your {len(active)} {voice.partnerships}", f"See your {plain.partnerships}", ""
    are_paused = all(pause_of(partnership, people) for partnership in active)
    if are_paused:
        verb = "is" if len(active) == 1 else "are"
        words = (
            f"*{yours}* {verb} paused while somebody's account here is closed. Nothing is expected of you meanwhile."
        )
    else:
        words = f"*{yours}.* When you have met, log it here: it takes a minute. Your notes are for the two of you only."
    logs = button("Log a meeting", LOG_MEETING, about, style=None if are_paused else "primary")
    return [section(words), actions(logs, button(sees, OPEN_PARTNERSHIPS, about)), DividerBlock()]


def _owner(cohort: Cohort, today: date) -> list[Block]:
    stands = "*The round.* Who applied, who meets whom, and who waits."
    blocks: list[Block] = [section(stands, button("See the round", OPEN_STATUS))]
    if phase(cohort, today) is not Phase.OVER:
        matches = "*Matches.* We propose who goes with whom and say why; the owners decide."
        blocks.append(section(matches, button("Match people", OPEN_REVIEW)))
    return [
        *blocks,
        section("*The set-up.* Name, topics, dates and your own words.", button("Set up", OPEN_SETUP)),
        DividerBlock(),
    ]


def _how_it_works(programme: Programme, cohort: Cohort, today: date) -> str:
    voice = Voice(programme)
    least, most = programme.months
    lasts = f"{least} to {most} months" if least != most else f"{most} months"
    closing = f"After {day(cohort.apply_by)}" if today <= cohort.apply_by else "After the last day to apply"
    words = (
        "*How it works*\n"
        "1. You send a short form. Each question says who will read your answer.\n"
        f"2. {closing}, the programme owners decide who is matched with whom.\n"
        "3. You hear from us as soon as there is somebody for you. "
        f"{capital(voice.mentor)} and {voice.mentee} then meet twice in the first month, and at least once a month "
        f"after that, for {lasts}."
    )
    if programme.expectations_url:
        words += f"\n{address(programme.expectations_url, 'What is expected of everyone')}"
    return words
