"""An application as the applicant, the owners and the committee see it."""

from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import Block, ButtonElement

from mentoring.applications.application import Application, ApplicationState, PrivateAnswers, Role
from mentoring.core.lengths import Length
from mentoring.core.people import Leave
from mentoring.core.programmes import Cohort, Programme
from messages.applications.wording import WAYS_MET
from messages.blocks import actions, button, confirm, facts, listing, modal, section, small_print, typed
from messages.forms import FormMetadata
from messages.ids import APPLICATION_VIEW, CORRECT_APPLICATION, OPEN_ERASURE, SHARE_HOPES, WITHDRAW_FOR
from messages.leave import leave_buttons, leave_value, on_leave_line
from messages.lengths import amount
from messages.payloads import Message, message
from messages.programmes.cohorts import day
from messages.text import escape, join, mention, plural
from messages.voice import Voice, capital

# Two cards and the blocks around them fit into one message.
MOST_OF_TOPICS = 1000
MOST_OF_HOPES = 2500


def card(application: Application, private_answers: PrivateAnswers | None, programme: Programme) -> list[Block]:
    """The answers of an application."""
    voice = Voice(programme)
    asks = application.role is Role.MENTEE
    pairs = [
        ("How long", amount(application.length) if application.length != Length() else "–"),
        ("How to meet", join([WAYS_MET[way].lower() for way in application.ways], "or")),
        ("Languages", escape(application.languages)),
    ]
    if application.department:
        pairs.append(("Department", escape(application.department)))
    if application.grade:
        pairs.append(("Grade", escape(application.grade)))
    if application.started_on:
        pairs.append(("Working here since", day(application.started_on)))
    if not asks:
        pairs.append(("Places", plural(application.places, voice.mentee, voice.mentees)))
    if private_answers and private_answers.manager:
        pairs.append(("Manager", mention(private_answers.manager)))
    if private_answers and private_answers.no_manager:
        pairs.append(("Manager", "none to name"))
    if private_answers and private_answers.wish:
        pairs.append((f"Preferred {voice.other(application.role)}", mention(private_answers.wish)))
    topics = f"*Topics*\n{listing(application.topics, MOST_OF_TOPICS) or '–'}"
    blocks: list[Block] = [section(topics), *facts(pairs)]
    if private_answers and (private_answers.hopes or application.state is not ApplicationState.UNCONFIRMED):
        blocks += [section("*Hopes*" if asks else "*Can offer*"), typed(private_answers.hopes, MOST_OF_HOPES)]
    return blocks


@dataclass(frozen=True)
class OwnerActions:
    """What an owner can do to the application of somebody else. `asked` is the number of its open offers, `leave` that
    of its author.
    """

    can_correct: bool = False
    can_withdraw: bool = False
    asked: int = 0
    leave: Leave | None = None
    can_leave: bool = False
    can_erase: bool = False
    """Whether the author has left, so that an owner may have them erased."""


NO_ACTIONS = OwnerActions()


def owner_view(
    application: Application,
    private_answers: PrivateAnswers | None,
    programme: Programme,
    cohort: Cohort,
    allowed: OwnerActions = NO_ACTIONS,
    *,
    root: str = "",
    below: str = "",
) -> dict[str, Any]:
    """An application for an owner or a member of the committee, with its private answers.

    `root` is the id of the list below it, and `below` what that list shows; both "" if there is none.
    """
    voice = Voice(programme)
    who = mention(application.person)
    applied = voice.a_mentee if application.role is Role.MENTEE else voice.a_mentor
    is_entered = application.state is ApplicationState.UNCONFIRMED
    applies = f"{who} was entered as {applied}." if is_entered else f"{who} has applied as {applied}."
    blocks: list[Block] = [section(f"{applies}\n{_waiting(application, cohort)}")]
    if allowed.leave:
        blocks.append(section(on_leave_line(allowed.leave, own=False)))
    blocks += card(application, private_answers, programme)
    if private_answers:
        blocks.append(small_print(_shown_to(who, application.role, private_answers, voice)))
    if buttons := _buttons(application, allowed):
        blocks.append(actions(*buttons))
    meta = FormMetadata(form=APPLICATION_VIEW, about=application.id, root=root, below=below).dump()
    return modal(APPLICATION_VIEW, "Application", blocks, private_metadata=meta)


def _buttons(application: Application, allowed: OwnerActions) -> list[ButtonElement]:
    buttons = []
    if allowed.can_correct:
        buttons.append(button("Correct", CORRECT_APPLICATION, application.id))
    if allowed.can_withdraw:
        words = "They get a message that you withdrew it. They can apply again, but their wait will start again."
        if allowed.asked:
            words = (
                "This also ends the matches they were asked about. The other people will hear only that it did not "
                f"work out. {words}"
            )
        asks = confirm("Withdraw this application?", words, yes="Withdraw", no="Go back")
        buttons.append(button("Withdraw", WITHDRAW_FOR, application.id, style="danger", confirm=asks))
    if allowed.can_leave:
        buttons += leave_buttons(allowed.leave, about=leave_value(application.person, application.role))
    if allowed.can_erase:
        buttons.append(button("Erase this person", OPEN_ERASURE, application.person, style="danger"))
    return buttons


def _shown_to(who: str, role: Role, private_answers: PrivateAnswers, voice: Voice) -> str:
    private = ["their manager"] if private_answers.manager else []
    if private_answers.no_manager:
        private.append("the answer about a manager")
    if private_answers.wish:
        private.append(f"the preferred {voice.other(role)}")
    if private_answers.hopes_shared:
        asked = f"{capital(voice.a_mentor)} who is asked also reads the hopes."
        return f"{_only(who, private, voice)} {asked}" if private else asked
    return _only(who, [*private, "the hopes" if role is Role.MENTEE else "what they can offer"], voice)


def _only(who: str, private: list[str], voice: Voice) -> str:
    return f"Besides {who}, only {voice.approvers} are shown {join(private)}."


SHARED_TITLE = "Thank you"


def hopes_not_shared(application: Application, programme: Programme) -> Block:
    """To the author of an application whose hopes only owners read: they can let a mentor read them."""
    voice = Voice(programme)
    mentor = voice.a_mentor
    words = (
        f"*Who reads your hopes?* Only {voice.approvers} so far. {capital(mentor)} we suggest to you could read "
        "them before they answer."
    )
    return section(words, button("Let them read my hopes", SHARE_HOPES, application.id))


def hopes_are_shared(programme: Programme) -> Message:
    mentor = Voice(programme, marked=False).a_mentor
    text = f"Thank you. {capital(mentor)} we suggest to you reads what you hope for before they answer."
    return message(text, [section(text)])


def _waiting(application: Application, cohort: Cohort) -> str:
    since = day(application.sent_on)
    if application.state is ApplicationState.WITHDRAWN:
        return "This application has been withdrawn."
    if application.state is ApplicationState.UNCONFIRMED:
        return "It counts once they confirm it."
    if application.waits_for_next(cohort):
        return f"On the waiting list for the next round since {since}."
    return f"Waiting since {since}."
