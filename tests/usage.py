"""What the bot was seen to use of Slack while the tests ran, held against what its manifest asks for.

Nothing here is a list of scopes: they follow from the calls that the local Slack recorded, each with the scopes that it
demanded for it, and from the events and the command that it sent.
"""

import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from bot.manifest import EVENTS, SCOPES
from messages.ids import COMMAND
from sandbox import Sandbox
from sandbox.app import EVENT_SCOPES
from sandbox.web_api import METHODS

_COMMANDS_SCOPE = "commands"


@dataclass
class Usage:
    """The scopes that were needed, the events that were taken and the commands that were answered."""

    scopes: set[str] = field(default_factory=set)
    events: set[str] = field(default_factory=set)
    commands: set[str] = field(default_factory=set)

    def add(self, other: Mapping[str, Iterable[str]]) -> None:
        """Take in what `dump` gave, in this process or another."""
        self.scopes.update(other.get("scopes", ()))
        self.events.update(other.get("events", ()))
        self.commands.update(other.get("commands", ()))

    def dump(self) -> dict[str, list[str]]:
        return {"scopes": sorted(self.scopes), "events": sorted(self.events), "commands": sorted(self.commands)}

    def complaints(self, *, all_tests_ran: bool) -> list[str]:
        """Where the manifest and the usage differ, a sentence each. Only where all tests ran can something be spare."""
        kinds = (
            ("scope", self.scopes, set(SCOPES)),
            ("event", self.events, set(EVENTS)),
            ("command", self.commands, {COMMAND}),
        )
        said = []
        for kind, used, asked in kinds:
            said += [
                f"The {kind} {name} is used, and the manifest does not ask for it." for name in sorted(used - asked)
            ]
            if all_tests_ran:
                said += [
                    f"The manifest asks for the {kind} {name}, and no test uses it." for name in sorted(asked - used)
                ]
        return said


USED = Usage()
"""What this process has seen so far."""

_lock = threading.Lock()


@contextmanager
def watched(slack: Sandbox) -> Iterator[None]:
    """Note what the bot uses of `slack` meanwhile."""
    demanded: set[str] = set()
    require = slack.workspace.require_scope

    def noting(scope: str) -> None:
        demanded.add(scope)
        require(scope)

    setattr(slack.workspace, "require_scope", noting)  # noqa: B010 - a method of this one workspace
    try:
        yield
    finally:
        seen = seen_in(slack)
        seen.scopes |= demanded
        with _lock:
            USED.add(seen.dump())


def seen_in(slack: Sandbox) -> Usage:
    """What the bot called and answered; scopes that depend on the conversation are not in the table, so not here."""
    usage = Usage()
    for call in slack.calls:
        if call.token_kind == "bot" and call.method in METHODS:
            usage.scopes.update(METHODS[call.method].scopes)
    for delivery in slack.deliveries:
        if not delivery.ok:
            continue
        if delivery.kind == "command":
            usage.commands.add(str(delivery.payload["command"]))
            usage.scopes.add(_COMMANDS_SCOPE)
        elif delivery.kind == "event":
            name = delivery.subscription
            usage.events.add(name)
            usage.scopes.update({EVENT_SCOPES[name]} if name in EVENT_SCOPES else ())
    return usage
