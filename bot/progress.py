"""Progress display on a terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from mentoring.applications.application import Role
from mentoring.matching.round import MatchingRound
from messages.text import plural
from messages.voice import Voice

OnStep = Callable[[str], None]
"""Called with the name of each step as it starts."""


@contextmanager
def progress_line(console: Console) -> Iterator[OnStep]:
    """A line with the current step and its time, removed at the end. Not shown unless `console` is a terminal."""
    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("Loading", total=None)
        yield lambda words: progress.update(task, description=words, refresh=True)


def describe_size(round_: MatchingRound) -> str:
    """The step of matching, with the number of people."""
    voice = Voice(round_.programme, marked=False)
    free = round_.without_undecided_proposals()
    mentees = plural(len(free.pool(Role.MENTEE)), voice.mentee, voice.mentees)
    return f"Matching {mentees} with {plural(len(free.pool(Role.MENTOR)), voice.mentor, voice.mentors)}"


@contextmanager
def progress_bar(console: Console) -> Iterator[Progress]:
    """A progress bar, removed at the end. Not shown unless `console` is a terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[count]}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        yield bar
