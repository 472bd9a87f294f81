"""The progress of an application: offers, partnerships or the pool, the next step, and the buttons for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from slack_sdk.models.blocks import Block, ButtonElement

from mentoring.applications.application import Application, ApplicationState, Role
from mentoring.core.people import Person
from mentoring.core.programmes import Cohort, Programme
from mentoring.matching.match import Match, MatchState
from mentoring.partnerships.partnership import Partnership, PartnershipState
from messages.blocks import actions, button, confirm, section
from messages.ids import CONFIRM_APPLICATION, OPENS, WITHDRAW, Subcommand
from messages.matching.offers import answer_by, answers, introduced_on
from messages.partnerships.buttons import go_back_button, see_button
from messages.programmes.cohorts import Phase, day, phase, prospect, takes_applications
from messages.text import mention, plural
from messages.voice import Voice


@dataclass(frozen=True)
class ApplicationProgress:
    """The open `offers` and `active` partnerships of an application, and those `over` after which its author has not
    returned to the pool. `came_back` says whether they have after any. `places` are those that it offers.
    `keeps_waiting` says that the time it has waited counts: no partnership of it is active or ran its course.
    """

    application: Application
    offers: tuple[Match, ...]
    active: tuple[Partnership, ...]
    over: tuple[Partnership, ...]
    came_back: bool
    places: int
    keeps_waiting: bool = True

    @property
    def free(self) -> int:
        """Places without an offer or a partnership."""
        return max(0, self.places - len(self.offers) - len(self.active) - len(self.over))

    @property
    def is_taken_up(self) -> bool:
        """Whether all its places are taken, so that there is nothing to change or withdraw."""
        return len(self.active) >= self.places


def progress_of(
    application: Application, matches: Sequence[Match], partnerships: Sequence[Partnership], programme: Programme
) -> ApplicationProgress:
    """The progress of `application`, given all `matches` and `partnerships` of its author."""
    own = [p for p in partnerships if application.id in (p.mentee_application, p.mentor_application)]
    return ApplicationProgress(
        application,
        tuple(
            m
            for m in matches
            if m.state is MatchState.OFFERED and application.id in (m.mentee_application, m.mentor_application)
        ),
        tuple(p for p in own if p.is_active),
        tuple(p for p in own if not p.is_active and application.person not in p.back),
        any(not p.is_active and application.person in p.back for p in own),
        min(application.places, programme.most_places),
        all(p.state is PartnershipState.ENDED for p in own),
    )


def once_back(reader: Person | None) -> str:
    """When a person on leave can be matched: what follows "can be matched", with a space before it; "" for others."""
    return " once you’re back" if reader and reader.leave else ""


def next_step(
    progress: ApplicationProgress, programme: Programme, cohort: Cohort, today: date, reader: Person | None
) -> str:
    """The next step, in mrkdwn; those with a button are in `to_do`. `reader` is the author."""
    voice, application = Voice(programme), progress.application
    found = progress.offers or progress.active or progress.over
    runs = phase(cohort, today) is Phase.RUNNING
    if not found and progress.came_back and runs and application.state is ApplicationState.OPEN:
        asks = " We’ll ask you before we introduce you." if programme.ask_first else ""
        return f"You can be matched again{once_back(reader)}.{asks}"
    if not found or application.state is ApplicationState.WITHDRAWN:
        waiting_counts = bool(programme.weights.waiting) and progress.keeps_waiting
        return prospect(application, cohort, today, voice, waiting_counts=waiting_counts, once_back=once_back(reader))
    said = [
        f"Your {voice.partnership} with {mention(each.other(application.person))} lasts until {day(each.ends_on)}."
        for each in progress.active
    ]
    if progress.free and phase(cohort, today) is not Phase.OVER and not application.waits_for_next(cohort):
        places = "one free place" if progress.free == 1 else plural(progress.free, "free place", "free places")
        said.append(f"You have {places} and can be matched{once_back(reader)}.")
    return " ".join(said)


def to_do(
    progress: ApplicationProgress, programme: Programme, cohort: Cohort, today: date, reader: Person | None = None
) -> list[Block]:
    """Sections with buttons: answer offers, see partnerships, return to the pool. `reader` is the author, in whose time
    zone deadlines are shown.
    """
    voice, person = Voice(programme), progress.application.person
    blocks: list[Block] = []
    for match in progress.offers:
        other = mention(match.other(person))
        if match.awaits_start:
            agreed = f"You and {other} have both accepted." if programme.ask_first else f"You’re matched with {other}."
            blocks.append(section(f"{agreed} I’ll introduce you {introduced_on(cohort, today)}."))
        elif person in match.accepted_by:
            words = f"You accepted the match with {other}. They can answer until {answer_by(match, reader)}."
            blocks.append(section(words))
        else:
            words = f"We’ve found a match for you: {other}. Please answer by {answer_by(match, reader)}."
            blocks += [section(words), answers(match)]
    for partnership in progress.over:
        other = mention(partnership.other(person))
        over = f"Your {voice.partnership} with {other} has ended."
        if phase(cohort, today) is Phase.OVER:
            blocks.append(section(over))
        else:
            again = section(f"{over} Would you like another match?")
            blocks += [again, actions(go_back_button(partnership))]
    if progress.active:
        blocks.append(actions(see_button(progress.active[0].id, programme)))
    return blocks


def withdraw_button(application: Application, programme: Programme, *, asked: int = 0) -> ButtonElement:
    """Withdraws an application after a confirmation, which mentions the `asked` open offers."""
    again = "You can apply again later, but your wait will start again."
    if asked == 1:
        words = (
            "This also ends the match you’ve been asked about. The other person will hear only that it did not work "
            f"out. {again}"
        )
    elif asked:
        words = (
            "This also ends the matches you’ve been asked about. The other people will hear only that it did not work "
            f"out. {again}"
        )
    else:
        words = again
    asks = confirm("Withdraw your application?", words, yes="Withdraw", no="Go back")
    return button("Withdraw", WITHDRAW, application.id, confirm=asks)


def confirm_buttons(application: Application, programme: Programme) -> list[ButtonElement]:
    """The actions on an application that was entered for its reader."""
    value = f"{application.id}:{application.version}"
    again = "It won’t count, and no one is told. You can apply yourself later."
    asks = confirm("Withdraw this application?", again, yes="Withdraw", no="Go back")
    return [
        button("Confirm", CONFIRM_APPLICATION, value, style="primary"),
        open_button(application.role, programme, "Change it first"),
        button("Withdraw", WITHDRAW, application.id, confirm=asks),
    ]


def open_button(role: Role, programme: Programme, label: str = "") -> ButtonElement:
    """Opens the application form of a role."""
    opens = {Role.MENTEE: Subcommand.REQUEST, Role.MENTOR: Subcommand.VOLUNTEER}[role]
    return button(label or apply_label(role, programme), OPENS[opens], style=None if label else "primary")


def apply_label(role: Role, programme: Programme | None) -> str:
    """What opening the application form of a role is called, short enough for a button."""
    mentor = Voice(programme, marked=False).a_mentor
    return f"Request {mentor}" if role is Role.MENTEE else f"Volunteer as {mentor}"


def buttons(
    application: Application, programme: Programme, cohort: Cohort, today: date, *, asked: int = 0
) -> list[ButtonElement]:
    """The actions on an open application today; `asked` is the number of its open offers."""
    change = [open_button(application.role, programme, "Change it")] if takes_applications(cohort, today) else []
    return [*change, withdraw_button(application, programme, asked=asked)]
