"""The words for sessions: kinds, audiences, the usual plans, and their facts in a line each."""

from typing import Final

from mentoring.core.people import Person
from mentoring.core.programmes import Cohort, Programme
from mentoring.sessions.session import Session, SessionAudience, SessionKind
from messages.lengths import meets
from messages.programmes.cohorts import day
from messages.text import address, date, escape, plural
from messages.times import span_of_hours
from messages.voice import Voice

TITLE: Final = "Sessions"
NAMES: Final = {SessionKind.INFORMATION: "information session", SessionKind.ORIENTATION: "orientation"}


def a_session(session: Session) -> str:
    """With its article, inside a sentence."""
    return f"an {NAMES[session.kind]}"


def the_session(session: Session) -> str:
    return f"the {NAMES[session.kind]}"


def audience_words(audience: SessionAudience, voice: Voice) -> str:
    """Whom it is for, as a label."""
    return {
        SessionAudience.ANYONE: "Anyone here",
        SessionAudience.EVERYONE: "Everyone who has applied or takes part",
        SessionAudience.MENTEES: f"{voice.mentees}, also those who wait for a match",
        SessionAudience.MENTORS: f"{voice.mentors}, also those who wait for a match",
    }[audience]


def at(session: Session, reader: Person | None) -> str:
    """When, on the clock of the reader; of each reader, if there are many. Mrkdwn."""
    if reader:
        return span_of_hours(session.starts_at, session.minutes, reader)
    starts = date(session.starts_at, "{date_long} at {time}")
    return f"{starts}, {plural(session.minutes, 'minute', 'minutes')}"


def where(session: Session) -> str:
    """The room or the link, in mrkdwn."""
    return address(session.place, "Open the link") if is_link(session.place) else escape(session.place)


def is_link(place: str) -> bool:
    return place.startswith("https://") and " " not in place


def facts_of(session: Session, reader: Person | None, *, with_places: bool = True) -> str:
    """When, where and how many places, a line each, in mrkdwn."""
    lines = [f"*When*: {at(session, reader)}", f"*Where*: {where(session)}"]
    if with_places and session.places is not None:
        lines.append(f"*Places*: {session.places:,}")
    return "\n".join(lines)


def usual_plan(kind: SessionKind, programme: Programme, cohort: Cohort) -> str:
    """What happens in it, in plain text, which owners can change (D0.14)."""
    voice = Voice(programme, marked=False)
    rhythm = meets(programme.rhythm)
    if kind is SessionKind.INFORMATION:
        parts: tuple[tuple[str, int], ...] = (
            ("What mentoring is, and what it isn’t", 10),
            (f"How {voice.name} works: you apply, we suggest a match, and you meet", 10),
            (f"What we ask of {voice.mentees} and {voice.mentors}: you meet {rhythm}", 10),
            (f"How to apply, until {day(cohort.apply_by)}", 5),
            ("Your questions", 10),
        )
    else:
        parts = (
            (f"Welcome: what {voice.name} is for", 5),
            (f"What we ask of you: you meet {rhythm}, and keep what you say between the two of you", 10),
            ("Your first meeting: get to know each other, and agree on how you work together", 10),
            (f"As {voice.a_mentee}, you {_duties(programme.mentee_responsibilities, _MENTEE)}", 5),
            (f"As {voice.a_mentor}, you {_duties(programme.mentor_responsibilities, _MENTOR)}", 5),
            ("Where to get help, and what you can do if it doesn’t work", 5),
            ("Your questions", 20),
        )
    return "\n".join(f"{number}. {words} ({minutes} min)" for number, (words, minutes) in enumerate(parts, 1))


_MENTEE: Final = "bring the topics, arrange the meetings and say what helps you"
_MENTOR: Final = "listen, ask, share what you know, and keep the time free"


def _duties(own: tuple[str, ...], usual: str) -> str:
    return f"do what the programme asks: {', '.join(own)}" if own else usual
