"""What is measured, and how: one after the other in turn, so that whatever else the machine does falls on all alike."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True)
class Row:
    """A finding: `figure` is how many times `against` it took, or, where `unit` is not "×", a count.

    `most` is what it should be at most, None where nothing was promised; `samples` how many times each was measured.
    """

    benchmark: str
    what: str
    against: str
    figure: float
    most: float | None
    samples: int
    unit: str = "×"

    @property
    def is_as_promised(self) -> bool:
        return self.most is None or self.figure <= self.most


class CannotMeasure(Exception):
    """Something is missing on this machine: a sentence says what."""


def in_turn(measured: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, list[float]]:
    """Call each once a round; what each says it took (seconds), by name, in the order of the rounds."""
    took: dict[str, list[float]] = {name: [] for name in measured}
    for _ in range(rounds):
        for name, measure in measured.items():
            took[name].append(measure())
    return took


def typically(took: Mapping[str, list[float]]) -> dict[str, float]:
    """The median of each."""
    return {name: median(seconds) for name, seconds in took.items()}


def seconds(work: Callable[[], object]) -> float:
    """How long `work` takes."""
    began = perf_counter()
    work()
    return perf_counter() - began
