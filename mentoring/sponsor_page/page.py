"""What the page for sponsors shows: three figures and one chart, and no person."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from mentoring.applications.application import Application, ApplicationState
from mentoring.core.lengths import add_months
from mentoring.core.people import Person
from mentoring.core.programmes import Cohort, Programme, Rhythm
from mentoring.meetings.log import Meeting
from mentoring.partnerships.partnership import Partnership
from mentoring.round_charts import MonthOfMeetings, months_of_meetings
from mentoring.sponsor_page.sending import SponsorSentence
from mentoring.status import LEAST_SHOWN

LEAST_MONTHS: Final = 2
"""A chart has at least so many months."""
_A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class SponsorPage:
    """The page about `month` (its first day). A figure is None if it would tell about fewer than LEAST_SHOWN people.

    `months` are those that can be shown of the last twelve, in order; `left_out` is how many of them cannot.
    """

    month: date
    people: int | None
    meetings: int | None
    over: int | None
    """Partnerships that are completed or ended, in all rounds."""
    months: tuple[MonthOfMeetings, ...] = ()
    left_out: int = 0
    sentence: str = ""

    @property
    def has_chart(self) -> bool:
        return len(self.months) >= LEAST_MONTHS

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to read on it."""
        return not self.sentence and self.people is None and self.meetings is None and self.over is None


def sponsor_page(
    programme: Programme,
    cohort: Cohort,
    month: date,
    applications: Iterable[Application],
    partnerships: Sequence[Partnership],
    meetings: Iterable[Meeting],
    people: Mapping[str, Person],
    sentence: SponsorSentence | None,
) -> SponsorPage:
    """The page about `month` (its first day): the programme as it stands, and the meetings until the month's end.

    `cohort` is the current one, with its `applications`; `partnerships` and `meetings` are those of all rounds.
    `people`, by Slack user id, must include everybody who is absent or on leave.
    """
    last = add_months(month, 1) - _A_DAY
    shown, left_out = shown_months(partnerships, meetings, last, people, programme.rhythm)
    over = [each for each in partnerships if not each.is_active]
    return SponsorPage(
        month,
        people=_enough(len(_taking_part(cohort, applications, partnerships, people))),
        meetings=next((each.logged for each in shown if each.month == month), None),
        over=_enough(len(over)) if _enough(len(_both(over))) else None,
        months=shown,
        left_out=left_out,
        sentence=sentence.words if sentence and sentence.month == month else "",
    )


def shown_months(
    partnerships: Sequence[Partnership],
    meetings: Iterable[Meeting],
    last: date,
    people: Mapping[str, Person],
    rhythm: Rhythm,
) -> tuple[tuple[MonthOfMeetings, ...], int]:
    """The months until the day `last` in which enough people met often enough, and how many others there are.

    `people`, by Slack user id, must include everybody who is absent or on leave.
    """
    of = {each.id: each for each in partnerships}
    logged = [each for each in meetings if each.met_on <= last and each.partnership_id in of]
    met: dict[date, set[str]] = {}
    for each in logged:
        met.setdefault(each.met_on.replace(day=1), set()).update(_both([of[each.partnership_id]]))
    months = months_of_meetings(partnerships, (each.met_on for each in logged), last, people, rhythm)
    shown = tuple(each for each in months if _is_shown(each, met))
    return shown, len(months) - len(shown)


def _is_shown(month: MonthOfMeetings, met: Mapping[date, Collection[str]]) -> bool:
    return month.logged >= LEAST_SHOWN and len(met.get(month.month, ())) >= LEAST_SHOWN


def _taking_part(
    cohort: Cohort,
    applications: Iterable[Application],
    partnerships: Iterable[Partnership],
    people: Mapping[str, Person],
) -> set[str]:
    """The people with an application in time or an active partnership whose account is open."""
    found = {
        each.person for each in applications if each.state is ApplicationState.OPEN and not each.waits_for_next(cohort)
    }
    found |= _both(each for each in partnerships if each.is_active)
    return {each for each in found if not (each in people and people[each].is_absent)}


def _both(partnerships: Iterable[Partnership]) -> set[str]:
    """Their people, without those who were erased."""
    return {person for each in partnerships for person in each.people if person}


def _enough(count: int) -> int | None:
    return count if count >= LEAST_SHOWN else None
