"""A small year in which one thing goes wrong, at each place where it can in turn; every promise is kept all the same.

`make test` tries a few of the places. `make faults` tries all; `EVERY=n` only every n-th, and `POINT=n` one.
"""

import os
from datetime import timedelta
from functools import cache

import pytest

from tests.simulation.faults import AT_COMMITS, Fault, OneFault
from tests.simulation.script import setting_with
from tests.simulation.year import Year, live_in

AT_CALLS = (
    Fault.LOST_ON_THE_WAY,
    Fault.DIES_BEFORE_SENDING,
    Fault.ANSWER_LOST,
    Fault.DIES_BEFORE_THE_ANSWER,
    Fault.LATE,
    Fault.DIES_WHILE_ON_ITS_WAY,
)
"""The request never reaches Slack, or the answer never us, or the request comes when nobody waits for it any more."""
POINT = os.environ.get("POINT", "")
EVERY = 0 if POINT else int(os.environ.get("EVERY", "0"))
PARTS = 40 if EVERY else 1
"""In how many tests they are tried, spread over the workers."""
KINDS = {
    *("welcome-owner", "help", "cohort-status", "weekly-status", "applications-closed", "application-received"),
    *("match-offered", "offer-reminder", "offer-accepted", "offer-over", "owners-offer-over", "introduced"),
    *(
        "first-meeting-nudge",
        "meeting-saved",
        "meeting-logged",
        "second-meeting-nudge",
        "monthly-nudge",
        "check-in",
        "check-in-thanks",
    ),
    *("still-waiting", "desk", "survey", "survey-reminder", "survey-thanks", "partnership-closed", "back-in-pool"),
    *("end-question", "offers-running-out"),
}
"""What is said in the small year."""


def lived(faults: OneFault) -> Year:
    return live_in(setting_with(faults), stale=timedelta(weeks=5))


@cache
def counted() -> tuple[int, int]:
    """The commits and the calls of the year in which nothing goes wrong."""
    faults = OneFault()
    assert lived(faults).complaint is None
    return faults.commits, faults.calls


def points() -> list[tuple[Fault, int]]:
    """Every fault at every commit and every call."""
    commits, calls = counted()
    at_commits = [(fault, 1 + number) for fault in sorted(AT_COMMITS) for number in range(commits)]
    return at_commits + [(fault, 1 + number) for fault in AT_CALLS for number in range(calls)]


def is_kept_with(fault: Fault, number: int, replay: str = "") -> None:
    year = lived(OneFault(fault, number))
    story = "\n".join(year.log[-40:])
    assert year.complaint is None, f"{fault}, number {number}: {year.says}\n{replay}\n{story}"
    assert year.faults == {str(fault): 1}


def test_the_small_year_has_nearly_everything_in_it() -> None:
    year = lived(OneFault())
    assert year.complaint is None, year.says
    assert set(year.kinds) == KINDS


@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    ("fault", "number"),
    [
        (Fault.DIES_BEFORE_COMMIT, 150),
        (Fault.DIES_AFTER_COMMIT, 200),
        (Fault.FAILS_AT_COMMIT, 100),
        (Fault.LOST_ON_THE_WAY, 50),
        (Fault.DIES_BEFORE_THE_ANSWER, 70),
        (Fault.DIES_WHILE_ON_ITS_WAY, 90),
    ],
)
def test_what_fails_once_breaks_no_promise(fault: Fault, number: int) -> None:
    is_kept_with(fault, number)


@pytest.mark.skipif(not (EVERY or POINT), reason="make faults")
@pytest.mark.timeout(4 * 3600)
@pytest.mark.parametrize("part", range(PARTS))
def test_whatever_fails_once_breaks_no_promise(part: int) -> None:
    for point in [int(POINT)] if POINT else range(EVERY * part, len(points()), EVERY * PARTS):
        is_kept_with(*points()[point], replay=f"make faults POINT={point}")
