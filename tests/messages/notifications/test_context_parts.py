"""What a kind does not declare is not loaded, so its texts must not read it."""

from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest

from mentoring.core.outcome import Notification, NotificationKind
from mentoring.notifications.kinds import KIND_RULES, ContextPart
from messages.notifications import NotificationObsolete, render_afterwards, render_line
from tests.messages.contexts import context_of, told


class _NotLoaded:
    def __getattr__(self, name: str) -> object:
        raise AssertionError(f"{name} of what is not loaded")

    def __iter__(self) -> object:
        raise AssertionError("read, and not loaded")


@pytest.mark.parametrize(
    "kind", [kind for kind, rules in KIND_RULES.items() if ContextPart.OWN_RECORD not in rules.context]
)
def test_a_kind_reads_the_readers_own_record_only_if_it_says_so(kind: NotificationKind) -> None:
    nothing: Any = _NotLoaded()
    context = replace(context_of(kind), applications=nothing, own_matches=nothing, own_partnerships=nothing)
    notification = Notification(f"{kind}:1", kind, context.reader.id)
    with suppress(NotificationObsolete):
        told(kind, context)
    with suppress(NotificationObsolete, KeyError):
        render_line(notification, context)
    with suppress(NotificationObsolete, KeyError):
        render_afterwards(notification, context)
