"""Messages to people who may come to a session: the invitation, and news with the calendar file."""

from mentoring.core.outcome import Notification
from mentoring.notifications.context import NotificationContext
from mentoring.sessions.session import SeenSession, SessionNews, SessionState
from messages.notifications.preconditions import NotificationObsolete
from messages.payloads import AttachedFile, Message
from messages.sessions import view
from messages.sessions.calendar import session_file
from messages.sessions.words import NAMES, at, the_session, where
from messages.times import when
from messages.voice import Voice, capital


def session_invitation(notification: Notification, context: NotificationContext) -> Message:
    seen = _seen(context)
    if seen.session.state is not SessionState.PLANNED:
        raise NotificationObsolete("session-over")
    return view.invitation(seen, context.programme, context.reader)


def session_afterwards(notification: Notification, context: NotificationContext) -> Message:
    return view.invitation_afterwards(_seen(context), context.programme, context.reader)


def session_news(notification: Notification, context: NotificationContext) -> Message:
    """To somebody who comes or waits for a place. Who comes gets the calendar file."""
    seen, news = _seen(context), notification.refs.get("news", "")
    session = seen.session
    if session.state is SessionState.OVER:
        raise NotificationObsolete("session-over")
    if not (seen.comes or seen.waits):
        raise NotificationObsolete("not-coming")
    name, on = the_session(session), at(session, context.reader)
    of = f"{name} of {Voice(context.programme).name}"
    if session.state is SessionState.CANCELLED:
        words = f"*{capital(of)} on {on} is cancelled.*"
        if seen.waits:
            return Message(words)
        return _with_file(seen, context, f"{words} Open the file to take it out of your calendar.", _OUT)
    place = f" Where: {where(session)}."
    if seen.waits:
        if news != SessionNews.CHANGED:
            raise NotificationObsolete("no-place")
        return Message(f"*{capital(of)} has changed.* It’s on {on}.{place} You’re still on the waiting list.")
    if news == SessionNews.CHANGED:
        kept = "" if session.places is None else " You have a place."  # some have one since the last message
        words = f"*{capital(of)} has changed.* It’s on {on}.{place}{kept} Open the file to change it in your calendar."
    elif news == SessionNews.PLACE:
        words = f"*There is a place for you now* in {of} on {on}.{place} Open the file to add it to your calendar."
    else:
        words = f"*You’re coming to {of}* on {on}.{place} Open the file to add it to your calendar."
    return _with_file(seen, context, words, "Please note the time.")


_OUT = "Please take it out of your calendar."


def _with_file(seen: SeenSession, context: NotificationContext, words: str, otherwise: str) -> Message:
    session = seen.session
    name = f"{session.kind}-{context.reader.today(session.starts_at)}.ics"
    title = f"{capital(NAMES[session.kind])} on {when(session.starts_at, context.reader)}"
    refused = f"I can’t share calendar files in this workspace. {otherwise} The app admin can allow them."
    data = session_file(session, context.programme, context.today)
    return Message(words, file=AttachedFile(name, title, data, refused))


def _seen(context: NotificationContext) -> SeenSession:
    if context.session is None:
        raise NotificationObsolete("session-gone")
    return context.session
