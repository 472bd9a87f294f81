"""How often people without a match are told where they stand: three times a round at most."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from mentoring.applications.application import Application
from mentoring.core.outcome import Notification, NotificationKind, Outcome
from mentoring.core.programmes import Cohort

MOST_TOLD = 3
"""The most of these messages that a person gets in a round, about both roles together."""


@dataclass(frozen=True)
class ToldBefore:
    """The messages so far that tell people where they stand: UNMATCHED and STILL_WAITING.

    `last` is the day of the last one by application id, in any round. `times` counts, by Slack user id and cohort id,
    those that have reached the person or still may.
    """

    last: Mapping[str, date] = field(default_factory=dict)
    times: Mapping[tuple[str, str], int] = field(default_factory=dict)


NOBODY_TOLD = ToldBefore()


def tell(
    kind: NotificationKind,
    cohort: Cohort,
    applications: Iterable[Application],
    before: ToldBefore,
    today: date,
    *,
    why: str = "",
    dates: Sequence[date] = (),
) -> Outcome:
    """Tell the author of each application, except those who were told MOST_TOLD times in the round.

    A person is told of an application once a day, and once more if something has changed: `why` says what. `dates` are
    those that are new, so that each change of a day is told.
    """
    times = Counter(before.times)
    found = []
    for application in applications:
        if times[application.person, cohort.id] >= MOST_TOLD:
            continue
        times[application.person, cohort.id] += 1
        refs = {"application": application.id, "cohort": cohort.id, "day": today.isoformat()}
        key = ":".join((kind, application.id, str(today), *([why] if why else []), *map(str, dates)))
        found.append(Notification(key, kind, application.person, refs | ({"why": why} if why else {})))
    return Outcome(notifications=tuple(found))
