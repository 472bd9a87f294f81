"""What two people read because an owner asked, and what the owner hears of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from tests.simulation.absences import Absences
from tests.simulation.expectations import ExpectationBook, ExpectedMessage
from tests.simulation.pairs import Owe, Pairs

OF_OWNERS = {"nudge": "owner-nudge", "help": "help-offered", "standing": "standing-asked"}
_ANSWERED = "standing-answered"
_REMINDERS = ("first-meeting-nudge", "second-meeting-nudge", "monthly-nudge")


@dataclass(frozen=True)
class RequestRow:
    """What an owner asked, as it is kept."""

    pair: str
    kind: str
    number: int
    by: str


@dataclass(frozen=True)
class AnswerRow:
    pair: str
    number: int
    person: str
    answer: str


class Oversight:
    """`stand` is told of every state in which they are kept."""

    def __init__(
        self,
        book: ExpectationBook,
        pairs: Pairs,
        absences: Absences,
        calendar: Callable[[], datetime],
        owe: Owe,
    ) -> None:
        self._book = book
        self._pairs = pairs
        self._absences = absences
        self._calendar = calendar
        self._owe = owe
        self._requests: dict[tuple[str, str, int], RequestRow] = {}
        self._answers: dict[tuple[str, int, str], str] = {}
        self._heard: dict[tuple[str, int, str], ExpectedMessage] = {}

    def stand(self, requests: Iterable[RequestRow], answers: Iterable[AnswerRow]) -> None:
        """Both read a request once, if they are not away. The owner who asked hears each answer; one that waits is
        left out once there is a newer one.
        """
        now = self._calendar()
        for row in requests:
            key, pair = (row.pair, row.kind, row.number), self._pairs.all.get(row.pair)
            if key in self._requests or pair is None:
                continue
            self._requests[key] = row
            closes = self._pairs.closes(pair)
            for person in pair.people:
                # Not if they have met by then, or it is paused.
                self._owe(OF_OWNERS[row.kind], person, pair.id, now, closes).needed = False
                if row.kind == "nudge":
                    for kind in _REMINDERS:
                        self._book.may(kind, person, pair.id)
        for answer in answers:
            said = (answer.pair, answer.number, answer.person)
            if self._answers.get(said) == answer.answer:
                continue
            self._answers[said] = answer.answer
            asked = self._requests[answer.pair, "standing", answer.number]
            if before := self._heard.get(said):
                before.needed = False
            heard = self._heard[said] = self._owe(_ANSWERED, asked.by, answer.pair, now)
            heard.needed = asked.by not in self._absences.away
