"""Working until somebody says stop: SIGTERM, or Ctrl-C."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

_STOP = (signal.SIGTERM, signal.SIGINT)


class Wait(Protocol):
    """Waits until we are told to stop, for so many seconds at most, or for ever; says whether we are."""

    def __call__(self, seconds: float | None = None) -> bool: ...


@contextmanager
def until_told_to_stop() -> Iterator[Wait]:
    """A function that waits until we are told to stop, or have been since this was entered; a second time changes
    nothing. To be entered in the main thread before any other is started.

    Signals are waited for rather than handled: a handler of Python's runs when the main thread goes on, and a signal
    that comes just as that begins to wait for something else does not wake it.
    """

    def wait(seconds: float | None = None) -> bool:
        if seconds is None:
            return bool(signal.sigwait(_STOP))
        return signal.sigtimedwait(_STOP, seconds) is not None

    before = signal.pthread_sigmask(signal.SIG_BLOCK, _STOP)
    for number in _STOP:
        signal.signal(number, lambda *_: None)
    try:
        yield wait
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
