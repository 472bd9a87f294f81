"""Sessions as owners see them: the list, who comes, and the form."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import ConfigDict
from slack_sdk.models.blocks import Block, ButtonElement, DividerBlock

from mentoring.core.fields import FieldName
from mentoring.core.people import Person
from mentoring.core.programmes import Programme
from mentoring.sessions.planning import LENGTHS, MOST_PLACE, MOST_PLAN, SessionForm
from mentoring.sessions.session import (
    Session,
    SessionAnswer,
    SessionAudience,
    SessionKind,
    SessionState,
    waiting,
    with_place,
)
from messages.blocks import actions, button, confirm, modal, section, small_print
from messages.forms import DateTimeInput, FormMetadata, Option, Select, Submission, TextInput, Values, moment_of
from messages.ids import (
    ATTENDING_VIEW,
    CANCEL_SESSION,
    CHANGE_SESSION,
    INVITE_TO_SESSION,
    OPEN_ATTENDING,
    PLAN_SESSION,
    SESSION_FORM,
    SESSIONS_VIEW,
)
from messages.sessions.words import NAMES, TITLE, at, audience_words, facts_of
from messages.text import join, mention, plural
from messages.voice import Voice, capital

MOST_AHEAD, MOST_PAST = 10, 5
MOST_NAMED = 100
"""People of one list; the number of the others is said."""


@dataclass(frozen=True)
class ListedSession:
    """A session with what people said, and how many could be invited who are not."""

    session: Session
    answers: Sequence[SessionAnswer]
    to_invite: int = 0


def sessions_view(
    listed: Sequence[ListedSession], programme: Programme, reader: Person, now: datetime
) -> dict[str, Any]:
    """The list for an owner, in order of time; `now` is the calendar, aware."""
    ahead = [each for each in listed if each.session.is_ahead(now)]
    past = [each for each in listed if not each.session.is_ahead(now)]
    blocks: list[Block] = [
        section(
            "*Information session*: what the programme is, before people apply.",
            button(
                "Plan one", PLAN_SESSION, SessionKind.INFORMATION, accessibility_label="Plan an information session"
            ),
        ),
        section(
            "*Orientation*: prepares those who take part, before they meet.",
            button("Plan one", PLAN_SESSION, SessionKind.ORIENTATION, accessibility_label="Plan an orientation"),
        ),
        small_print(
            "People say that they come with one press, and get a calendar file. In the communication plan, the call "
            "for applications invites to the next information session for anyone, and the launch to the next "
            "orientation for everyone."
        ),
    ]
    if not listed:
        blocks.append(section("No session is planned yet."))
    for each in ahead[:MOST_AHEAD]:
        blocks += [DividerBlock(), *_ahead(each, programme, reader)]
    if len(ahead) > MOST_AHEAD:
        blocks.append(small_print(f"And {len(ahead) - MOST_AHEAD} more."))
    if past:
        blocks.append(DividerBlock())
        lines = "\n".join(f"• {_past(each, reader)}" for each in past[-MOST_PAST:][::-1])
        blocks.append(section(f"*Past sessions*\n{lines}"))
    meta = FormMetadata(form=SESSIONS_VIEW, programme=programme.id).dump()
    return modal(SESSIONS_VIEW, TITLE, blocks, private_metadata=meta)


def _ahead(each: ListedSession, programme: Programme, reader: Person) -> list[Block]:
    session, name = each.session, NAMES[each.session.kind]
    lines = [
        f"*{capital(name)}*",
        facts_of(session, reader, with_places=False),
        f"*For*: {audience_words(session.audience, Voice(programme))}",
        f"*Who comes*: {_counts(each)}",
    ]
    on = at(session, reader)
    does: list[ButtonElement] = [
        button("Who comes", OPEN_ATTENDING, session.id, accessibility_label=f"Who comes to the {name} on {on}"),
        button("Change", CHANGE_SESSION, session.id, accessibility_label=f"Change the {name} on {on}"),
    ]
    if each.to_invite:
        people = plural(each.to_invite, "person", "people")
        words = f"I write to {people}, once each, in their working hours."
        asks = confirm("Invite people?", words, yes="Invite", no="Go back")
        label = f"Invite {people} to the {name} on {on}"
        does.append(button(f"Invite {people}", INVITE_TO_SESSION, session.id, confirm=asks, accessibility_label=label))
    told = len([answer for answer in each.answers if answer.is_coming])
    words = f"I tell {plural(told, 'person', 'people')}." if told else "No one has said that they come."
    asks = confirm("Cancel the session?", words, yes="Cancel session", no="Go back")
    does.append(
        button(
            "Cancel session",
            CANCEL_SESSION,
            session.id,
            style="danger",
            confirm=asks,
            accessibility_label=f"Cancel the {name} on {on}",
        )
    )
    return [section("\n".join(lines)), actions(*does)]


def _counts(each: ListedSession) -> str:
    coming, queue = len(with_place(each.answers)), len(waiting(each.answers))
    places = each.session.places
    said = [f"{coming:,} of {places:,} places taken" if places is not None else plural(coming, "person", "people")]
    if places is not None and places > coming:
        said.append(f"{places - coming:,} left")
    if queue:
        said.append(f"{queue:,} on the waiting list")
    return ", ".join(said)


def _past(each: ListedSession, reader: Person) -> str:
    session = each.session
    words = f"{capital(NAMES[session.kind])}, {at(session, reader)}"
    if session.state is SessionState.CANCELLED:
        return f"{words}: cancelled"
    came = session.came if session.came is not None else len(with_place(each.answers))
    return f"{words}: {plural(came, 'person', 'people')} said they’d come"


def attending_view(each: ListedSession, reader: Person) -> dict[str, Any]:
    """Who comes to a session, for an owner."""
    session, answers = each.session, each.answers
    away = [answer for answer in answers if not answer.is_coming]
    blocks: list[Block] = [
        section(f"*{capital(NAMES[session.kind])}*\n{facts_of(session, reader, with_places=False)}\n{_counts(each)}")
    ]
    for title, found in (
        ("Coming, in the order in which they answered", with_place(answers)),
        ("On the waiting list, in order", waiting(answers)),
        ("Can’t come", away),
    ):
        if found:
            blocks.append(section(f"*{title}*: {_named(found)}"))
    if not answers:
        blocks.append(section("No one has answered yet."))
    blocks.append(small_print("Only owners see this. Four weeks after the session I delete the names."))
    return modal(ATTENDING_VIEW, "Who comes", blocks, close="Go back")


def _named(found: Sequence[SessionAnswer]) -> str:
    shown = [mention(answer.person) for answer in found[:MOST_NAMED]]
    more = len(found) - len(shown)
    return join([*shown, *([f"{more:,} more"] if more > 0 else [])])


def session_form(
    kind: SessionKind, programme: Programme, values: Values, *, meta: FormMetadata, restored: bool = False
) -> dict[str, Any]:
    """The form to plan or change a session, filled with `values`."""
    plain = Voice(programme, marked=False)
    is_new = not meta.about
    words = (
        "No one is told when you save this. You then invite people, or announce it in a channel."
        if is_new
        else "If the time or place changes, I tell everyone who comes or waits, with a new calendar file."
    )
    blocks: list[Block] = [section(f"*{capital(NAMES[kind])}.* {words}")]
    if restored:
        blocks.append(small_print("We saved what you typed last time."))
    fields = (
        DateTimeInput(block_id=FieldName.SESSION_START, label="When does it start?", hint="On your clock."),
        Select(
            block_id=FieldName.MINUTES,
            label="How long does it take?",
            options=[Option(str(each), plural(each, "minute", "minutes")) for each in LENGTHS],
        ),
        TextInput(
            block_id=FieldName.SESSION_PLACE,
            label="Where is it?",
            hint="A room, or a link that starts with https://.",
            most=MOST_PLACE,
        ),
        TextInput(
            block_id=FieldName.SESSION_PLACES,
            label="How many places are there?",
            hint="Leave empty if there’s room for everyone. When it’s full, people join a waiting list.",
            most=6,
            optional=True,
        ),
        Select(
            block_id=FieldName.SESSION_AUDIENCE,
            label="Who is it for?",
            options=[Option(each, capital(audience_words(each, plain))) for each in SessionAudience],
        ),
        TextInput(
            block_id=FieldName.SESSION_PLAN,
            label="What will you do?",
            hint="People read it in the invitation. Change it as you like.",
            most=MOST_PLAN,
            lines=True,
            optional=True,
        ),
    )
    blocks += [field.block(values) for field in fields]
    title = "Plan a session" if is_new else "Change the session"
    return modal(SESSION_FORM, title, blocks, submit="Save", close="Cancel", private_metadata=meta.dump())


def new_values(kind: SessionKind, plan: str) -> Values:
    """The form values of a session that is not planned yet."""
    audience = SessionAudience.ANYONE if kind is SessionKind.INFORMATION else SessionAudience.EVERYONE
    return {
        FieldName.MINUTES: "45" if kind is SessionKind.INFORMATION else "60",
        FieldName.SESSION_AUDIENCE: str(audience),
        FieldName.SESSION_PLAN: plan,
    }


def values_of_session(session: Session) -> Values:
    """The form values of what is stored."""
    return {
        FieldName.SESSION_START: str(int(session.starts_at.timestamp())),
        FieldName.MINUTES: str(session.minutes),
        FieldName.SESSION_PLACE: session.place,
        FieldName.SESSION_PLACES: "" if session.places is None else str(session.places),
        FieldName.SESSION_AUDIENCE: str(session.audience),
        FieldName.SESSION_PLAN: session.plan,
    }


class SessionSubmission(Submission):
    model_config = ConfigDict(str_strip_whitespace=True)

    session_start: str = ""
    minutes: int = 0
    session_place: str = ""
    session_places: str = ""
    session_audience: SessionAudience = SessionAudience.EVERYONE
    session_plan: str = ""


def parse_session(values: Values) -> SessionForm:
    """Raises ValueError for input that the form cannot have sent; the message does not repeat it."""
    sent = SessionSubmission.read(values)
    return SessionForm(
        moment_of(sent.session_start) if sent.session_start else None,
        sent.minutes,
        sent.session_place,
        sent.session_places,
        sent.session_audience,
        sent.session_plan,
    )
