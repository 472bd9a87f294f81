"""Why two people are matched, or why not."""

from collections.abc import Iterator

from bot.match.round_view import RoundView, ambiguity_message, as_plain_text, find_people
from bot.progress import OnStep, describe_size
from bot.settings import InvalidSettings
from mentoring.applications.application import Application, ApplicationState, Role
from mentoring.matching.match import OPERATOR
from mentoring.matching.optimiser import Comparison, compare
from messages.matching.comparison import cost, score
from messages.matching.hard_rules import apart
from messages.text import join


def explain(view: RoundView, one: str, other: str, tell: OnStep) -> list[str]:
    """Explain a match of the two people, in both directions, a line each. Raises InvalidSettings."""
    people = [_one(view, text) for text in (one, other)]
    if people[0] == people[1]:
        raise InvalidSettings(f"Both are {view.name(people[0])}. Please give two people.")
    ways = _ways(view, people)
    if not ways:
        return list(_no_way(view, people))
    tell(describe_size(view.round))
    lines: list[str] = []
    for mentee, mentor in ways:
        lines += ([""] if lines else []) + list(_said(view, compare(view.round, mentee, mentor)))
    return lines


def _one(view: RoundView, text: str) -> str:
    found = find_people(view, text)
    if len(found) != 1:
        raise InvalidSettings(ambiguity_message(view, text, found))
    return found[0]


def _ways(view: RoundView, people: list[str]) -> list[tuple[Application, Application]]:
    """Who could mentor whom by what they have sent: by what is open, or else by what they have withdrawn."""
    sent = [application for application in view.round.applications.values() if application.person in people]
    ways = [
        (mentee, mentor)
        for mentee in sent
        for mentor in sent
        if (mentee.role, mentor.role) == (Role.MENTEE, Role.MENTOR) and mentee.person != mentor.person
    ]
    return [two for two in ways if all(one.state is ApplicationState.OPEN for one in two)] or ways


def _no_way(view: RoundView, people: list[str]) -> Iterator[str]:
    """Neither has asked for what the other offers."""
    for person in people:
        roles = {one.role for one in view.round.applications.values() if one.person == person}
        sent = [view.voice.sent(role) for role in Role if role in roles]
        yield f"{view.name(person)}: {join(sent) if sent else 'nothing in this round'}."
    yield f"For a match one of them must ask for {view.voice.a_mentor} and the other offer to be one."


def _said(view: RoundView, found: Comparison) -> Iterator[str]:
    mentee, mentor = map(view.name, (found.mentee.person, found.mentor.person))
    yield f"{mentee} ({view.voice.mentee}) and {mentor} ({view.voice.mentor})"
    for words in (apart(view.round, found, OPERATOR), score(view.round, found), cost(found)):
        yield from as_plain_text(words, view.name).splitlines()
    if found.stands:
        yield f"Where it stands: {view.stands(found.stands)}."
