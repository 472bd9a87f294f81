"""The help: what a person can do now, as buttons with descriptions (D0.21)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from slack_sdk.models.blocks import Block, DividerBlock

from mentoring.applications.application import Application, ApplicationState, Role
from mentoring.core.people import Leave, Person
from mentoring.core.programmes import Cohort, Programme
from mentoring.core.roles import ProgrammeRole
from mentoring.partnerships.partnership import Partnership, Pause, pause_of
from messages.applications.wording import open_to
from messages.blocks import actions, button, section, small_print
from messages.goals.buttons import own_plan_section
from messages.ids import (
    COMMAND,
    LOG_MEETING,
    OPEN_ALL_PARTNERSHIPS,
    OPEN_HELP,
    OPEN_PARTNERSHIPS,
    OPEN_PEOPLE,
    OPEN_REVIEW,
    OPEN_SETUP,
    OPEN_STATUS,
    OPENS,
    Subcommand,
)
from messages.leave import on_leave
from messages.lengths import choice, meets
from messages.next_steps import apply_label, buttons, open_button, progress_of
from messages.payloads import Message, message
from messages.planned_meetings import find_button
from messages.programmes.aims import about
from messages.programmes.cohorts import Phase, day, invitation, phase, takes_applications, timetable
from messages.roles import COMMITTEE_DOES
from messages.text import address, escape, shorten
from messages.voice import Voice, capital

MOST_OF_PURPOSE = 1000


def help(
    programme: Programme,
    cohort: Cohort,
    roles: Collection[ProgrammeRole],
    applications: Mapping[Role, Application],
    today: date,
    partnerships: Sequence[Partnership] = (),
    people: Mapping[str, Person] | None = None,
    leave: Leave | None = None,
    *,
    plans: bool = False,
) -> Message:
    """The help for one person, who has these `roles` in the programme. `applications` by role and `partnerships` are
    theirs, and `today` is their date. `people` (by Slack user id) are the people of their partnerships, and `leave` is
    the person's own. `plans` says that they may have a plan.
    """
    voice = Voice(programme)
    has_applied = any(application.state is ApplicationState.OPEN for application in applications.values())
    if has_applied:
        dates = timetable(cohort, today)
    else:
        dates = invitation(cohort, today, contact="" if ProgrammeRole.OWNER in roles else voice.contact)
    blocks: list[Block] = [section(f"*{voice.name}*\n{_purpose(programme)}{dates}")]
    if not has_applied and (said := about(programme)):
        blocks.append(section(said))
    if leave:
        blocks += on_leave(leave)
    if active := [partnership for partnership in partnerships if partnership.is_active]:
        blocks += _partner(active, programme, people or {})
    if plans:
        blocks += [own_plan_section(), DividerBlock()]
    if ProgrammeRole.OWNER in roles:
        blocks += _owner(voice, cohort, today)
    elif ProgrammeRole.COMMITTEE in roles:
        blocks += _committee(cohort, today)
    if ProgrammeRole.SPONSOR in roles and ProgrammeRole.OWNER not in roles:
        blocks += [section("*The figures.* You’re a sponsor.", button("See the figures", OPEN_STATUS)), DividerBlock()]
    for role in Role:
        application = applications.get(role)
        if application is None or not progress_of(application, (), partnerships, programme).is_taken_up:
            blocks += _role(role, application, programme, cohort, today, has_applied=has_applied)
    is_newcomer = not applications and not roles
    if is_newcomer:
        blocks += [DividerBlock(), section(_how_it_works(programme, cohort, today))]
    away = f"Going away for a while? Type `{COMMAND} pause`. " if (active or has_applied) and not leave else ""
    blocks.append(small_print(f"{away}Questions? Ask {voice.contact}. To see this again, type `{COMMAND}`."))
    if is_newcomer and not active and takes_applications(cohort, today):
        return message(f"{voice.name}: find {voice.a_mentor} or become one", blocks)
    return message(f"{voice.name}: what you can do", blocks)


def did_you_mean(nearest: Subcommand | None, programme: Programme | None) -> Message:
    """The reply to an unknown subcommand, which is not repeated."""
    if nearest is None or nearest is Subcommand.HELP:
        text = "I don’t know that command."
        return message(text, [section(text, button("See what I can do", OPEN_HELP))])
    text = f"I don’t know that command. Did you mean `{COMMAND} {nearest}`?"
    meant = button(fit_description(nearest, programme), OPENS[nearest], style="primary")
    return message(text, [section(text), actions(meant, button("See what I can do", OPEN_HELP))])


def fit_description(subcommand: Subcommand, programme: Programme | None) -> str:
    """The description of a subcommand, short enough for a button."""
    return {
        Subcommand.REQUEST: apply_label(Role.MENTEE, programme),
        Subcommand.VOLUNTEER: apply_label(Role.MENTOR, programme),
        Subcommand.LOG: "Log a meeting",
        Subcommand.AGREEMENT: "Open our agreement",
        Subcommand.STATUS: "See the status",
        Subcommand.PEOPLE: "See all people",
        Subcommand.PARTNERSHIPS: f"See {Voice(programme, marked=False).partnerships}",
        Subcommand.MATCH: "Open matches",
        Subcommand.SETUP: "Open settings",
        Subcommand.PROGRAMMES: "See all programmes",
        Subcommand.HELP: "See what you can do",
    }[subcommand]


def no_programme() -> Message:
    """The help before there is a programme."""
    text = "There is no mentoring programme in this workspace yet."
    more = "The app admin can start one by naming its owners. I’ll then write to the owners, and people can apply."
    return message(text, [section(f"{text}\n{more}"), small_print("For the app admin: set `MENTOR_OWNERS`.")])


def _purpose(programme: Programme) -> str:
    return f"{shorten(escape(programme.purpose), MOST_OF_PURPOSE)}\n" if programme.purpose else ""


def _role(
    role: Role, application: Application | None, programme: Programme, cohort: Cohort, today: date, *, has_applied: bool
) -> list[Block]:
    """`has_applied` says whether they have an open application in any role. If so, the dates at the top do not mention
    the waiting list, so it is mentioned here.
    """
    voice = Voice(programme)
    if application is not None and application.state is ApplicationState.OPEN:
        applied = "You’ve applied for" if role is Role.MENTEE else "You’ve applied to be"
        return [
            section(f"{applied} {voice.a_mentor}.", button("See your application", OPEN_STATUS)),
            actions(*buttons(application, programme, cohort, today)),
        ]
    if not takes_applications(cohort, today):
        return []
    if application is not None and application.state is ApplicationState.UNCONFIRMED:
        words = f"The programme owners have entered your {voice.sent(role)}. It counts once you confirm it."
        return [section(words, button("See your application", OPEN_STATUS))]
    if application is not None:
        words = f"You withdrew your {voice.sent(role)}. You can apply again."
    elif role is Role.MENTEE:
        words = f"*Find {voice.a_mentor}.* {open_to(programme, role)} The form takes five minutes."
    else:
        words = f"*Be {voice.a_mentor}.* {open_to(programme, role)} The form takes five minutes."
    if has_applied and today > cohort.apply_by:
        words += " If you apply now, you join the waiting list for the next round."
    return [section(words, open_button(role, programme))]


def _partner(active: Sequence[Partnership], programme: Programme, people: Mapping[str, Person]) -> list[Block]:
    voice, plain = Voice(programme), Voice(programme, marked=False)
    if len(active) == 1:
        yours, sees, about = f"Your {voice.partnership}", f"See your {plain.partnership}", active[0].id
    else:
        yours, sees, about = f"Your {len(active)} {voice.partnerships}", f"See your {plain.partnerships}", ""
    pauses = [pause_of(partnership, people) for partnership in active]
    are_paused = all(pauses)
    if are_paused:
        words = f"*{yours}* {_because([pause for pause in pauses if pause])}. You don’t need to do anything."
    else:
        words = f"*{yours}.* Met? Log it: it takes a minute. Only the two of you are shown your notes."
    finds = [find_button(about, first=True)] if about and not are_paused else []
    logs = button("Log a meeting", LOG_MEETING, about, style=None if are_paused or finds else "primary")
    return [section(words), actions(*finds, logs, button(sees, OPEN_PARTNERSHIPS, about)), DividerBlock()]


def _because(pauses: Sequence[Pause]) -> str:
    """Why and until when all partnerships of the reader are paused."""
    if not all(pause.is_open_ended for pause in pauses):
        days = [pause.until for pause in pauses if pause.until]
        if len(pauses) == 1 and days:
            return f"is paused until {day(days[0])}"
        return "are paused while one of you is away"
    if len(pauses) == 1:
        return "is paused because your partner’s Slack account is deactivated"
    return "are paused because your partners’ Slack accounts are deactivated"


def _owner(voice: Voice, cohort: Cohort, today: date) -> list[Block]:
    stands = f"*The round.* Applications, {voice.partnerships} and check-ins."
    pairs = f"*{capital(voice.partnerships)}.* Meetings and next steps: `{COMMAND} {Subcommand.PARTNERSHIPS}`."
    blocks: list[Block] = [
        section(stands, button("See the round", OPEN_STATUS)),
        _all_people(),
        section(pairs, button("See all", OPEN_ALL_PARTNERSHIPS)),
    ]
    if phase(cohort, today) is not Phase.OVER:
        blocks.append(_matches("Review proposals, decide, and see what would help people without a match."))
    return [
        *blocks,
        section(
            "*Settings.* Step by step or one by one: name, topics, dates, rules and wording.",
            button("Open settings", OPEN_SETUP),
        ),
        section(
            f"*Lists.* Send me a CSV or Excel file of applications or running {voice.partnerships} here. I’ll show "
            "what it would change before anything is saved."
        ),
        DividerBlock(),
    ]


def _committee(cohort: Cohort, today: date) -> list[Block]:
    blocks: list[Block] = [section(f"*You’re on the committee.* {COMMITTEE_DOES}"), _all_people()]
    if phase(cohort, today) is not Phase.OVER:
        blocks.append(_matches(f"Review proposals and decide: `{COMMAND} {Subcommand.MATCH}`."))
    return [*blocks, DividerBlock()]


def _all_people() -> Block:
    words = f"*People.* Everyone who has applied or takes part: `{COMMAND} {Subcommand.PEOPLE}`."
    return section(words, button("See all people", OPEN_PEOPLE))


def _matches(words: str) -> Block:
    return section(f"*Matches.* {words}", button("Open matches", OPEN_REVIEW))


def _how_it_works(programme: Programme, cohort: Cohort, today: date) -> str:
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
