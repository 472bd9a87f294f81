"""Everything that is left to chance, from the seed: also the ids and the jitter that the product draws."""

import random
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import TypeVar
from unittest.mock import patch

T = TypeVar("T")


class Chance(random.Random):
    """A stream of its own for each subject, so that a change in one leaves the others as they were."""

    def __init__(self, seed: int, subject: str) -> None:
        super().__init__(f"{seed}:{subject}")

    def happens(self, probability: float) -> bool:
        return self.random() < probability

    def between(self, least: timedelta, most: timedelta) -> timedelta:
        return least + (most - least) * self.random()

    def one_of(self, choices: Sequence[T]) -> T:
        return choices[int(self.random() * len(choices))]


@contextmanager
def drawn_from(seed: int) -> Iterator[None]:
    """Meanwhile the product's and the sandbox's own draws come from the seed."""
    ids, before = Chance(seed, "ids"), random.getstate()
    random.seed(f"{seed}:jitter")

    def token_hex(many: int | None = None) -> str:
        return f"{ids.getrandbits(8 * (many or 32)):0{2 * (many or 32)}x}"

    with (
        patch.object(secrets, "token_hex", token_hex),
        patch.object(secrets, "randbelow", ids.randrange),
        patch.object(secrets, "choice", ids.one_of),
    ):
        try:
            yield
        finally:
            random.setstate(before)
