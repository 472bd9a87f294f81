"""What is being done at the moment, while somebody waits in front of a terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from mentoring.applications.application import Role
from mentoring.matching.round import MatchingRound
from messages.text import plural
from messages.voice import Voice

OnStep = Callable[[str], None]
"""Say what begins now."""


@contextmanager
def working(console: Console) -> Iterator[OnStep]:
    """A line with what is done and for how long; it goes again. Where nobody looks at it, there is none."""
    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("Reading", total=None)
        yield lambda words: progress.update(task, description=words, refresh=True)


def describe_size(round_: MatchingRound) -> str:
    """How much there is to do."""
    voice = Voice(round_.programme, marked=False)
    free = round_.without_undecided()
    mentees = plural(len(free.pool(Role.MENTEE)), voice.mentee, voice.mentees)
    return f"Weighing {mentees} and {plural(len(free.pool(Role.MENTOR)), voice.mentor, voice.mentors)}"


@contextmanager
def progress_bar(console: Console) -> Iterator[Progress]:
    """A bar that shows while somebody watches, and leaves nothing behind."""
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[count]}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        yield bar
