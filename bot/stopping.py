"""Working until somebody says stop: SIGTERM, or Ctrl-C."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_STOP = (signal.SIGTERM, signal.SIGINT)


@contextmanager
def until_told_to_stop() -> Iterator[Callable[[], object]]:
    """A function that waits until we are told to stop, or have been since this was entered; a second time changes
    nothing. To be entered in the main thread before any other is started.

    Signals are waited for rather than handled: a handler of Python's runs when the main thread goes on, and a signal
    that comes just as that begins to wait for something else does not wake it.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _STOP)
    for number in _STOP:
        signal.signal(number, lambda *_: None)
    try:
        yield lambda: signal.sigwait(_STOP)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
