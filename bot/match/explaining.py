"""Why not these two? Or why."""

from collections.abc import Iterator

from bot.match.naming import meant, not_one
from bot.match.progress import Tell, weighing
from bot.match.sight import Sight
from bot.settings import SettingsWrong
from mentoring.application import Application, Role, State
from mentoring.error import Bar, CannotPair
from mentoring.matching import Comparison, compare
from mentoring.matching.compare import Change, Cost
from mentoring.pool import applications_of
from messages.reasons import because
from messages.text import join, plural
from messages.words import plain_sentence


def explain(sight: Sight, one: str, other: str, tell: Tell) -> list[str]:
    """What speaks for and against these two, whoever of them mentors the other; a line each. Raises SettingsWrong."""
    people = [_one(sight, text) for text in (one, other)]
    if people[0] == people[1]:
        raise SettingsWrong(f"Both names are of {sight.name(people[0])}. Please give two people.")
    ways = [
        (mentee, mentor)
        for mentee in _sent(sight, people, Role.MENTEE)
        for mentor in _sent(sight, people, Role.MENTOR)
        if mentee.person != mentor.person
    ]
    if not ways:
        return list(_no_way(sight, people))
    tell(weighing(sight.round))
    lines: list[str] = []
    for mentee, mentor in ways:
        lines += ([""] if lines else []) + list(_said(sight, compare(sight.round, mentee, mentor)))
    return lines


def _one(sight: Sight, text: str) -> str:
    found = meant(sight, text)
    if len(found) != 1:
        raise SettingsWrong(not_one(sight, text, found))
    return found[0]


def _sent(sight: Sight, people: list[str], role: Role) -> list[Application]:
    """What these two have sent in this role."""
    return [
        application
        for application in sight.round.applications.values()
        if application.role is role and application.state is State.OPEN and application.person in people
    ]


def _no_way(sight: Sight, people: list[str]) -> Iterator[str]:
    """Neither has asked for what the other offers."""
    for person in people:
        sent = [sight.voice.sent(role) for role in Role if _sent(sight, [person], role)]
        yield f"{sight.name(person)}: {join(sent) if sent else 'nothing that is open in this round'}."
    yield f"For a match one of them must ask for {sight.voice.a_mentor} and the other offer to be one."


def _said(sight: Sight, found: Comparison) -> Iterator[str]:
    voice = sight.voice
    yield (
        f"{sight.name(found.mentee.person)} as {voice.mentee}, {sight.name(found.mentor.person)} as {voice.mentor}: "
        f"{found.score} of 100."
    )
    reasons = because(found.reasons, sight.round.programme, to_owners=True, marked=False)
    yield f"Why: {reasons}" if reasons else "Nothing speaks for these two."
    if found.stands:
        yield f"They are proposed to each other: {sight.stands(found.stands)}."
    elif found.bar:
        yield f"Why not: {plain_sentence(CannotPair(found.bar, found.role), sight.round.programme)}"
        if found.exceptions and found.cost:
            yield "The committee may make an exception here, with a written reason."
    yield from _where_they_are(sight, found)
    if found.is_below:
        yield f"The set-up asks for {found.at_least} of 100 at least, so they are never proposed."
    if found.is_best:
        yield "They would be proposed to each other now."
    elif found.cost:
        yield from _cost(sight, found.cost)


def _where_they_are(sight: Sight, found: Comparison) -> Iterator[str]:
    """Why somebody has no place, as far as it is more than the rule says."""
    for application in (found.mentee, found.mentor):
        name = sight.name(application.person)
        if application.waits_for_next(sight.round.cohort):
            yield f"{name} applied after the last day for this round, and will be in the next one."
        if found.bar is Bar.NO_PLACE and application.role is found.role:
            theirs = [match for match in sight.shown if application.id in applications_of(match)]
            for match in theirs:
                yield f"  {name} and {sight.name(match.other(application.person))}: {sight.stands(match)}."


def _cost(sight: Sight, cost: Cost) -> Iterator[str]:
    before, after = cost.before, cost.after
    yield (
        f"With these two together {plural(after.matched, 'match', 'matches')} would be found, with {after.average:.0f} "
        f"of 100 on average; without that, {before.matched:,} with {before.average:.0f}."
    )
    for change in cost.changes:
        yield f"  {_change(sight, change)}"
    if cost.more:
        yield f"  And {cost.more:,} more would be with somebody else."


def _change(sight: Sight, change: Change) -> str:
    now, then = (join(list(map(sight.name, people))) or "nobody" for people in (change.before, change.after))
    return f"{sight.name(change.person)}: {then} instead of {now}."
