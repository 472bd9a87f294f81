"""A session as people see it who may come: in their message, at Home, and under a post in a channel."""

from slack_sdk.models.blocks import Block, ButtonElement

from mentoring.core.people import Person
from mentoring.core.programmes import Programme
from mentoring.sessions.session import SeenSession, Session, SessionState
from messages.blocks import actions, button, section, small_print, typed
from messages.ids import COME_TO_SESSION, MISS_SESSION
from messages.payloads import Message, message
from messages.sessions.words import NAMES, at, facts_of, the_session
from messages.text import join, plural
from messages.voice import Voice, capital

_HERE = ":here"


def come_block(session: Session) -> list[Block]:
    """When and where a session is, with the two buttons, for a post in a channel: it works for everybody who reads it
    there, and each gets a message and, if they come, a calendar file.
    """
    words = f"*{capital(NAMES[session.kind])}*\n{facts_of(session, None)}"
    does = [
        button("I’ll come", COME_TO_SESSION, f"{session.id}{_HERE}", style="primary"),
        button("I can’t come", MISS_SESSION, f"{session.id}{_HERE}"),
    ]
    return [section(words), actions(*does)]


def session_of(value: str) -> tuple[str, bool]:
    """The session's id of a button's value, and whether it was pressed under a post."""
    return value.removesuffix(_HERE), value.endswith(_HERE)


def invitation(seen: SeenSession, programme: Programme, reader: Person) -> Message:
    """The message of one person about a session that lies ahead, with what they have said."""
    session, voice = seen.session, Voice(programme)
    text = f"{voice.name}: {NAMES[session.kind]} on {at(session, reader)}"
    title = f"*{capital(NAMES[session.kind])} of {voice.name}*"
    blocks: list[Block] = [section(f"{title}\n{facts_of(session, reader)}")]
    if session.plan:
        blocks += [section("*What we’ll do*"), typed(session.plan)]
    if said := standing(seen):
        blocks.append(section(said))
    blocks.append(actions(*buttons(seen)))
    blocks.append(small_print(f"The programme owners see who comes. Questions? Ask {voice.contact}."))
    return message(text, blocks)


def invitation_afterwards(seen: SeenSession, programme: Programme, reader: Person) -> Message:
    """Once it is over or cancelled."""
    session = seen.session
    name = capital(the_session(session))
    if session.state is SessionState.CANCELLED:
        words = f"{name} of {Voice(programme).name} on {at(session, reader)} is cancelled."
    else:
        words = f"{name} of {Voice(programme).name} was on {at(session, reader)}."
    return message(words, [section(words)])


def standing(seen: SeenSession) -> str:
    """What the person has said, and what follows from it; "" while they have said nothing. Mrkdwn."""
    if seen.comes:
        return "*You’re coming.* You get a calendar file in a message of its own."
    if seen.waits:
        before = f" {plural(seen.before, 'person is', 'people are')} before you." if seen.before else ""
        return f"*You’re on the waiting list.*{before} I’ll tell you as soon as there is a place for you."
    if seen.stays_away:
        return "*You can’t come.* If it’s in your calendar, please take it out."
    return ""


def buttons(seen: SeenSession) -> list[ButtonElement]:
    """What the person can say now."""
    id, name = seen.session.id, NAMES[seen.session.kind]
    comes = button("I’ll come", COME_TO_SESSION, id, style="primary", accessibility_label=f"I’ll come to the {name}")
    words = "Leave the waiting list" if seen.waits else "I can’t come"
    stays = button(words, MISS_SESSION, id, accessibility_label=f"{words}: {name}")
    if seen.comes or seen.waits:
        return [stays]
    return [comes] if seen.stays_away else [comes, stays]


def at_home(seen: SeenSession, reader: Person) -> list[Block]:
    """A session in short, with what the person can say."""
    session = seen.session
    lines = [f"*{capital(NAMES[session.kind])}*", facts_of(session, reader)]
    if said := standing(seen):
        lines.append(said)
    return [section("\n".join(lines)), actions(*buttons(seen))]


def own_sessions(found: list[tuple[Programme, tuple[SeenSession, ...]]], reader: Person) -> Message:
    """The reply to a person who asks for the sessions."""
    blocks: list[Block] = []
    named: list[str] = []
    for programme, sessions in found:
        if sessions and len(found) > 1:
            blocks.append(section(f"*{Voice(programme).name}*"))
        for seen in sessions[:_MOST]:
            blocks += at_home(seen, reader)
            named.append(f"{NAMES[seen.session.kind]} on {at(seen.session, reader)}")
    if not blocks:
        text = "There is no session for you right now. You’ll see it at Home when one is planned."
        return message(text, [section(text)])
    return message(f"Sessions for you: {join(named)}", blocks)


_MOST = 5


def said_by_press(seen: SeenSession, reader: Person) -> Message:
    """The reply where somebody has pressed a button under a post: what became of it."""
    session = seen.session
    name = the_session(session)
    if seen.comes:
        words = f"*You’re coming to {name}* on {at(session, reader)}. You get a message with a calendar file."
    elif seen.waits:
        words = f"*{capital(name)} is full, so you’re on the waiting list.* I’ll tell you as soon as there is a place."
    else:
        words = f"OK, you can’t come to {name}. If you can after all, press *I’ll come*."
    return message(words, [section(words)])
