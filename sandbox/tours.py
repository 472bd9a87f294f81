"""A guided tour of what an app can do: steps which a newcomer is shown, or which are done for them.

What the steps are is the app's matter: they are handed in, as data and callables.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


class TourError(Exception):
    """A step could not be done; says why in a sentence for whoever takes the tour."""


@dataclass(frozen=True)
class Hint:
    """What to do next by hand, at the client of `person` (a user id). `words` say it.

    `types` is a line that is typed into the message box, for the person to send. `press` is a button, by its action id
    or by the words on it: in the form on top if one is open, else in the newest message that has it, else on the page.
    With an `example` (as `Person.fill` takes it) the form on top is to be filled in and sent.
    """

    person: str
    words: str
    types: str = ""
    press: str = ""
    example: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Landing:
    """Where something can be seen: whose client, in which conversation ("": that with the app), at which message (its
    ts; "": the newest).
    """

    person: str
    channel: str = ""
    ts: str = ""


@dataclass(frozen=True)
class Step:
    """One step. `title` is a word or two; `text` tells in a sentence or two what happens, and `after` what came of it.

    `person` (a user id) is whose step it is. `do` does it at people's own clients, and returns when all that follows
    is there; doing it twice is harmless. It raises TourError where it cannot be done. `is_done` says from what is there
    whether it has happened, whoever did it; `hint` what comes next by hand, None when it is done; `landing` where it
    can be seen. `needs` are the keys of the steps without which it makes no sense: they are done first.

    The callables may be called in any thread.
    """

    key: str
    title: str
    text: str
    after: str
    person: str
    do: Callable[[], None]
    is_done: Callable[[], bool]
    hint: Callable[[], Hint | None]
    landing: Callable[[], Landing]
    needs: tuple[str, ...] = ()
