"""Sessions: the invitation and what becomes of it, news, the owners' list and form, and the block for a channel."""

from dataclasses import replace
from typing import Any

from mentoring.announcements.announcement import AnnouncementKind
from mentoring.core.outcome import NotificationKind
from mentoring.core.programmes import Programme
from mentoring.sessions.session import SeenSession, Session, SessionAnswer, SessionKind, SessionNews, SessionState
from messages.announcements.post import announcement_message
from messages.forms import FormMetadata
from messages.home import home_message
from messages.notifications import render_afterwards
from messages.payloads import message
from messages.sessions import planning, view
from messages.sessions.words import usual_plan
from tests.golden.making import Piece, said, shown, told
from tests.messages.examples import ADA, ANNOUNCED, BEN, CLEO, COHORT, CUSTOM, MATCHING, OWEN, PLAIN, SUE, member
from tests.messages.homes import home, in_programme
from tests.messages.sessions import INFORMATION, ORIENTATION

COMES = SessionAnswer("o1", ADA, 1, is_coming=True, has_place=True)
WAITS = replace(COMES, has_place=False)
AWAY = replace(WAITS, is_coming=False)
CANCELLED = replace(ORIENTATION, state=SessionState.CANCELLED, sequence=1)
NOW = ORIENTATION.starts_at.replace(day=1)
_MANY = [
    SessionAnswer("o1", ADA, 1, is_coming=True, has_place=True),
    SessionAnswer("o1", BEN, 2, is_coming=True, has_place=True),
    SessionAnswer("o1", CLEO, 3, is_coming=True),
    SessionAnswer("o1", SUE, 4, is_coming=False),
]


def _told(session: Session = ORIENTATION, answer: SessionAnswer | None = None, **more: Any) -> Piece:
    programme = more.pop("programme", PLAIN)
    seen = SeenSession(session, answer, more.pop("before", 0))
    kind, about = NotificationKind.SESSION_INVITATION, None
    if news := more.pop("news", None):
        kind, about = NotificationKind.SESSION_NEWS, {"news": str(news)}
    return told(kind, ADA, programme, MATCHING, about, session=seen, **more)


def _form(kind: SessionKind, programme: Programme = PLAIN, session: Session | None = None, **more: Any) -> Piece:
    values = (
        planning.values_of_session(session)
        if session
        else planning.new_values(kind, usual_plan(kind, programme, COHORT))
    )
    meta = FormMetadata(form=kind, about=session.id if session else "")
    return shown(lambda: planning.session_form(kind, programme, values, meta=meta, **more))


def _list(*listed: planning.ListedSession, programme: Programme = PLAIN) -> Piece:
    return shown(lambda: planning.sessions_view(listed, programme, member(OWEN), NOW))


_LAUNCH = replace(ANNOUNCED.announcement, kind=AnnouncementKind.LAUNCH)

SESSIONS: dict[str, Piece] = {
    "notification-session-invitation": _told(),
    "notification-session-invitation-link-own-words": _told(INFORMATION, programme=CUSTOM),
    "notification-session-invitation-coming": _told(answer=COMES),
    "notification-session-invitation-waiting": _told(answer=WAITS, before=2),
    "notification-session-invitation-cannot-come": _told(answer=AWAY),
    "notification-session-invitation-over": _told(
        replace(ORIENTATION, state=SessionState.OVER), COMES, render=render_afterwards
    ),
    "notification-session-invitation-cancelled": _told(CANCELLED, COMES, render=render_afterwards),
    "notification-session-news-coming": _told(answer=COMES, news=SessionNews.COMING),
    "notification-session-news-place": _told(answer=COMES, news=SessionNews.PLACE),
    "notification-session-news-changed": _told(replace(ORIENTATION, sequence=1), COMES, news=SessionNews.CHANGED),
    "notification-session-news-changed-waiting": _told(answer=WAITS, news=SessionNews.CHANGED),
    "notification-session-news-cancelled": _told(CANCELLED, COMES, news=SessionNews.CANCELLED),
    "notification-session-news-cancelled-waiting": _told(CANCELLED, WAITS, news=SessionNews.CANCELLED),
    "session-in-a-channel": said(lambda: message("Orientation", view.come_block(ORIENTATION))),
    "announcement-with-a-session": said(
        lambda: announcement_message(replace(ANNOUNCED, announcement=_LAUNCH, session=ORIENTATION), PLAIN)
    ),
    "session-pressed-coming": said(lambda: view.said_by_press(SeenSession(ORIENTATION, COMES), member(ADA))),
    "session-pressed-waiting": said(lambda: view.said_by_press(SeenSession(ORIENTATION, WAITS), member(ADA))),
    "session-pressed-cannot-come": said(lambda: view.said_by_press(SeenSession(ORIENTATION, AWAY), member(ADA))),
    "sessions-none-for-me": said(lambda: view.own_sessions([(PLAIN, ())], member(ADA))),
    "home-with-a-session": said(
        lambda: home_message(home(replace(in_programme(), sessions=(SeenSession(ORIENTATION),)), today=MATCHING))
    ),
    "sessions-list-empty": _list(),
    "sessions-list": _list(
        planning.ListedSession(ORIENTATION, _MANY, 31),
        planning.ListedSession(INFORMATION, ()),
        planning.ListedSession(replace(ORIENTATION, id="o3", state=SessionState.OVER, came=14), ()),
        planning.ListedSession(replace(CANCELLED, id="o4"), ()),
    ),
    "session-attending": shown(
        lambda: planning.attending_view(planning.ListedSession(ORIENTATION, _MANY), member(OWEN))
    ),
    "session-form-orientation": _form(SessionKind.ORIENTATION),
    "session-form-information-own-words": _form(SessionKind.INFORMATION, CUSTOM, restored=True),
    "session-form-change": _form(SessionKind.ORIENTATION, session=ORIENTATION),
}
