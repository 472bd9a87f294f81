"""How much work a programme is for its owners: presses and messages in a month (D0.4). Only owners read it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mentoring.oversight.digest import DigestRhythm


@dataclass(frozen=True)
class Effort:
    """Buttons, menus, forms and commands that were used, and messages that came by themselves."""

    presses: int = 0
    messages: int = 0

    def __bool__(self) -> bool:
        return bool(self.presses or self.messages)


@dataclass(frozen=True)
class MonthOfEffort:
    """What a programme took in a `month` (its first day): the reader, and all `owners` (a number) together."""

    month: date
    own: Effort
    together: Effort
    owners: int = 1


def first_of_month(day: date) -> date:
    return day.replace(day=1)


def month_before(day: date) -> date:
    """The first day of the calendar month before that of `day`."""
    return first_of_month(first_of_month(day) - timedelta(days=1))


def effort_of_month(
    month: date, presses: Iterable[tuple[str, int]], messages: Sequence[str], *, owner: str, owners: Sequence[str]
) -> MonthOfEffort | None:
    """The effort of `owner` (a Slack user id) and of all `owners` together; None if there was none.

    `presses` are owners, also former ones, with how often they pressed; `messages` has a reader for each message.
    """
    by_owner = dict(presses)
    together = Effort(sum(by_owner.values()), len(messages))
    own = Effort(by_owner.get(owner, 0), messages.count(owner))
    return MonthOfEffort(month, own, together, len({*owners, *by_owner})) if together else None


def tells_effort(day: date, rhythm: DigestRhythm) -> bool:
    """Whether the message of the week that goes out on `day` is the first one in its month, and so tells the effort."""
    monday = day - timedelta(days=day.weekday())
    return monday.day <= (14 if rhythm is DigestRhythm.FORTNIGHT else 7)
