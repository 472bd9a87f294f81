"""Whom somebody means, by a name or a Slack user id as they typed it."""

from bot.csv_file import squeezed
from bot.match.sight import Sight
from mentoring.core.people import user_id

MOST_SHOWN = 10


def meant(sight: Sight, text: str) -> list[str]:
    """Who of the round is called so (Slack user ids): exactly, or else with these words at the start of their names."""
    people = sight.round.people
    if (id_ := user_id(text)) in people:
        return [id_]
    wanted = squeezed(text).casefold()
    if not wanted:
        return []
    names = {person: squeezed(sight.names.get(person, "")).casefold() for person in people}
    exactly = [person for person, name in names.items() if name == wanted or wanted == f"{name} ({person.casefold()})"]
    return sorted(exactly or (person for person, name in names.items() if _begins(name, wanted)))


def not_one(sight: Sight, text: str, found: list[str]) -> str:
    """What to say where it is nobody, or several."""
    if not found:
        return f"Nobody in this round is called “{squeezed(text)}”. Give a name as Slack shows it, or a Slack user id."
    shown = [f"{sight.names.get(person) or 'no name yet'} ({person})" for person in found[:MOST_SHOWN]]
    more = [f"and {len(found) - MOST_SHOWN} more"] if len(found) > MOST_SHOWN else []
    return f"“{squeezed(text)}” may be several people: {', '.join([*shown, *more])}. Give the id of the one you mean."


def _begins(name: str, wanted: str) -> bool:
    """Whether the name, or a later word of it, begins so."""
    return name.startswith(wanted) or f" {wanted}" in name
