"""Deciding anew what somebody else was faster with."""

import logging
from collections.abc import Callable
from typing import TypeVar

from storage.contention import Busy, Conflict

log = logging.getLogger(__name__)

T = TypeVar("T")

TRIES = 3


def decided_anew(decide: Callable[[], T]) -> T:
    """What `decide` returns, run again from its first reading where somebody else was faster.

    Whatever it does besides its transactions must bear being done again. Raises Conflict where others always are, and
    Busy at once: that has waited already.
    """
    for left in reversed(range(TRIES)):
        try:
            return decide()
        except Busy:
            raise
        except Conflict as conflict:
            if not left:
                raise
            log.info("Somebody else was faster (%s): deciding anew", type(conflict.__cause__ or conflict).__name__)
    raise AssertionError("unreachable")
