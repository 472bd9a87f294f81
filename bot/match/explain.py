"""`mentor-bot match --explain`: why two people are matched, or why not."""

from collections.abc import Iterator

from bot.match.round_view import RoundView, ambiguity_message, as_plain_text, find_people
from bot.progress import OnStep, describe_size
from bot.settings import InvalidSettings
from mentoring.applications.application import Application, ApplicationState, Role
from mentoring.core.owners import OPERATOR
from mentoring.matching.optimiser import Comparison, compare
from messages.matching.comparison import cost_text, score_text
from messages.matching.hard_rules import broken_rule_text
from messages.text import join


def explain(view: RoundView, one: str, other: str, on_step: OnStep) -> list[str]:
    """Explain a match of the two people, in both directions, as lines. Raises InvalidSettings."""
    people = [_person(view, text) for text in (one, other)]
    if people[0] == people[1]:
        raise InvalidSettings(f"Both are {view.name(people[0])}. Name two people.")
    pairs = _possible_pairs(view, people)
    if not pairs:
        return list(_no_pair(view, people))
    on_step(describe_size(view.round))
    lines: list[str] = []
    for mentee, mentor in pairs:
        lines += ([""] if lines else []) + list(_comparison(view, compare(view.round, mentee, mentor)))
    return lines


def _person(view: RoundView, text: str) -> str:
    found = find_people(view, text)
    if len(found) != 1:
        raise InvalidSettings(ambiguity_message(view, text, found))
    return found[0]


def _possible_pairs(view: RoundView, people: list[str]) -> list[tuple[Application, Application]]:
    """The pairs of their applications, as mentee and mentor: of open applications, or else of withdrawn ones too."""
    applications = [application for application in view.round.applications.values() if application.person in people]
    pairs = [
        (mentee, mentor)
        for mentee in applications
        for mentor in applications
        if (mentee.role, mentor.role) == (Role.MENTEE, Role.MENTOR) and mentee.person != mentor.person
    ]
    return [two for two in pairs if all(one.state is ApplicationState.OPEN for one in two)] or pairs


def _no_pair(view: RoundView, people: list[str]) -> Iterator[str]:
    """The two did not apply as mentee and mentor."""
    words = {Role.MENTEE: view.voice.mentee, Role.MENTOR: view.voice.mentor}
    for person in people:
        roles = {one.role for one in view.round.applications.values() if one.person == person}
        applied = [words[role] for role in Role if role in roles]
        yield f"{view.name(person)} {f'applied as {join(applied)}' if applied else 'has not applied in this round'}."
    yield f"For a match, one of them must apply as {words[Role.MENTEE]} and the other as {words[Role.MENTOR]}."


def _comparison(view: RoundView, found: Comparison) -> Iterator[str]:
    mentee, mentor = map(view.name, (found.mentee.person, found.mentor.person))
    yield f"{mentee} ({view.voice.mentee}) and {mentor} ({view.voice.mentor})"
    for words in (broken_rule_text(view.round, found, OPERATOR), score_text(view.round, found), cost_text(found)):
        yield from as_plain_text(words, view.name).splitlines()
    if found.existing_match:
        yield f"Status: {view.status_of(found.existing_match)}."
