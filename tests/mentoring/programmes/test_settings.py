"""Changing the programme: owners only, part by part, and never over somebody else's change."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from mentoring.core.errors import (
    ChangedMeanwhile,
    InvalidForm,
    MentoringError,
    Missing,
    NoLongerOffered,
    NotALink,
    NotDays,
    NotForYou,
    OutOfOrder,
    TooFarAhead,
    TooLong,
    TooLongAgo,
)
from mentoring.core.fields import FieldName
from mentoring.core.jobs import JobKind, ScheduledJob
from mentoring.core.outcome import NOTHING, NotificationKind, Outcome
from mentoring.core.people import AccountStatus
from mentoring.core.programmes import Cohort, Programme, Term, Terms
from mentoring.programmes.settings import BasicsForm, ChoicesForm, DatesForm, Part, SettingsForm, change_settings
from tests.mentoring.values import COHORT, PROGRAMME

OWNERS = ("U0OWNER", "U0SECOND")
TODAY = date(2026, 12, 1)

BASICS = BasicsForm(
    "Library mentoring", "To grow.", "U0OWNER", "https://example.org/expect", frozenset({AccountStatus.GUEST})
)
CHOICES = ChoicesForm(("Job search", "Leadership"), ("Archives",), ("A", "B"))
DATES = DatesForm(
    date(2026, 12, 1),
    date(2027, 1, 10),
    date(2027, 2, 1),
    date(2027, 12, 1),
    "NL",
    workday=(time(8), time(16, 30)),
    working_days=(0, 1, 2, 3),
    closed_days=(date(2027, 12, 24), date(2027, 12, 27)),
    time_zone="Europe/Amsterdam",
)
WORDS = Terms(Term("guide", "guides"), Term("fellow", "fellows"), Term("pairing", "pairings"))


def keep(
    form: SettingsForm,
    by: str = "U0OWNER",
    programme: Programme = PROGRAMME,
    cohort: Cohort = COHORT,
    seen_version: int | None = None,
) -> Outcome:
    seen = programme.version if seen_version is None else seen_version
    return change_settings(programme, cohort, form, by=by, owners=OWNERS, seen_version=seen, today=TODAY)


def kept(form: SettingsForm) -> tuple[Programme, Cohort]:
    """The programme and the cohort that a change leaves."""
    programme, cohort, *_ = keep(form).changes
    assert isinstance(programme, Programme)
    assert isinstance(cohort, Cohort)
    return programme, cohort


def refused(form: SettingsForm, programme: Programme = PROGRAMME) -> tuple[MentoringError, ...]:
    with pytest.raises(InvalidForm) as caught:
        keep(form, programme=programme)
    return caught.value.reasons


def unchanged(form: SettingsForm, programme: Programme, cohort: Cohort) -> bool:
    return keep(form, by="U0SECOND", programme=programme, cohort=cohort) == NOTHING


@pytest.mark.parametrize(
    ("form", "programme", "cohort"),
    [
        (
            BASICS,
            {
                "name": "Library mentoring",
                "purpose": "To grow.",
                "contact": "U0OWNER",
                "expectations_url": "https://example.org/expect",
                "admits": frozenset({AccountStatus.GUEST}),
            },
            {},
        ),
        (CHOICES, {"topics": ("Job search", "Leadership"), "departments": ("Archives",), "grades": ("A", "B")}, {}),
        (
            DATES,
            {
                "country": "NL",
                "time_zone": "Europe/Amsterdam",
                "workday": (time(8), time(16, 30)),
                "working_days": (0, 1, 2, 3),
                "closed_days": (date(2027, 12, 24), date(2027, 12, 27)),
            },
            {
                "opens_on": date(2026, 12, 1),
                "apply_by": date(2027, 1, 10),
                "starts_on": date(2027, 2, 1),
                "ends_on": date(2027, 12, 1),
            },
        ),
        (WORDS, {"terms": WORDS}, {}),
    ],
)
def test_each_part_changes_its_own_settings_alone(form: SettingsForm, programme: Any, cohort: Any) -> None:
    assert kept(form) == (
        replace(PROGRAMME, version=2, changed_by="U0OWNER", **programme),
        replace(COHORT, **cohort),
    )


@pytest.mark.parametrize(
    ("form", "part"),
    [(BASICS, Part.BASICS), (CHOICES, Part.CHOICES), (DATES, Part.DATES), (WORDS, Part.WORDS)],
)
def test_all_owners_hear_what_changed_and_by_whom(form: SettingsForm, part: Part) -> None:
    notices = keep(form, by="U0SECOND").notifications
    assert [(notice.kind, notice.recipient, notice.is_reply) for notice in notices] == [
        (NotificationKind.PROGRAMME_CHANGED, "U0OWNER", False),
        (NotificationKind.PROGRAMME_CHANGED, "U0SECOND", True),
    ]
    assert all(dict(notice.refs) == {"part": part, "by": "U0SECOND", "programme": PROGRAMME.id} for notice in notices)


def test_every_change_owes_its_own_notices() -> None:
    first = keep(BASICS)
    programme, cohort = kept(BASICS)
    second = keep(CHOICES, programme=programme, cohort=cohort)
    assert not {notice.key for notice in first.notifications} & {notice.key for notice in second.notifications}


def test_a_deadline_that_moves_is_promised_to_every_owner_again() -> None:
    """When the day after it begins in the first of all time zones."""
    promises = [change for change in keep(DATES).changes if isinstance(change, ScheduledJob)]
    assert [(promise.kind, promise.person, promise.due) for promise in promises] == [
        (JobKind.APPLICATIONS_CLOSED, owner, datetime(2027, 1, 10, 10, tzinfo=UTC)) for owner in OWNERS
    ]
    assert len(keep(BASICS).changes) == 2


@pytest.mark.parametrize("form", [BASICS, CHOICES, DATES, WORDS])
def test_saving_what_is_there_already_changes_and_owes_nothing(form: SettingsForm) -> None:
    programme, cohort = kept(form)
    assert unchanged(form, programme, cohort)


@pytest.mark.parametrize("form", [BASICS, CHOICES, DATES, WORDS, replace(BASICS, name="")])
def test_only_an_owner_may(form: SettingsForm) -> None:
    with pytest.raises(NotForYou):
        keep(form, by="U0ADA")


def test_who_saves_over_somebody_elses_change_hears_whose_it_was() -> None:
    changed = replace(PROGRAMME, version=4, changed_by="U0SECOND")
    with pytest.raises(ChangedMeanwhile) as caught:
        keep(replace(BASICS, name=""), programme=changed, seen_version=3)
    assert caught.value.by == "U0SECOND"


def test_a_change_by_nobody_in_particular_names_nobody() -> None:
    with pytest.raises(ChangedMeanwhile) as caught:
        keep(BASICS, seen_version=0)
    assert caught.value.by is None


@pytest.mark.parametrize(
    ("form", "reasons"),
    [
        (replace(BASICS, name=""), (Missing(FieldName.NAME),)),
        (replace(BASICS, expectations_url="example.org"), (NotALink(FieldName.EXPECTATIONS_URL),)),
        (replace(BASICS, expectations_url="javascript:alert(1)"), (NotALink(FieldName.EXPECTATIONS_URL),)),
        (
            replace(BASICS, name="", expectations_url="ftp://example.org"),
            (Missing(FieldName.NAME), NotALink(FieldName.EXPECTATIONS_URL)),
        ),
        (replace(CHOICES, topics=()), (Missing(FieldName.TOPICS),)),
        (replace(CHOICES, topics=tuple(f"t{n}" for n in range(101))), (TooLong(FieldName.TOPICS, 100),)),
        (replace(CHOICES, departments=("x" * 76,)), (TooLong(FieldName.DEPARTMENTS, 75),)),
        (
            ChoicesForm((), ("x" * 76,), tuple(f"g{n}" for n in range(101))),
            (Missing(FieldName.TOPICS), TooLong(FieldName.DEPARTMENTS, 75), TooLong(FieldName.GRADES, 100)),
        ),
        (replace(DATES, apply_by=date(2026, 11, 30)), (OutOfOrder(FieldName.APPLY_BY, FieldName.OPENS_ON),)),
        (replace(DATES, starts_on=date(2027, 1, 9)), (OutOfOrder(FieldName.STARTS_ON, FieldName.APPLY_BY),)),
        (replace(DATES, ends_on=date(2027, 2, 1)), (OutOfOrder(FieldName.ENDS_ON, FieldName.STARTS_ON),)),
        (replace(DATES, opens_on=date(1926, 12, 1)), (TooLongAgo(FieldName.OPENS_ON, date(2021, 12, 1)),)),
        (replace(DATES, ends_on=date(2207, 2, 1)), (TooFarAhead(FieldName.ENDS_ON, date(2031, 12, 1)),)),
        (
            replace(DATES, closed_days=(date(2026, 12, 24), date(2999, 12, 24))),
            (TooFarAhead(FieldName.CLOSED_DAYS, date(2031, 12, 1)),),
        ),
        (replace(DATES, working_days=()), (Missing(FieldName.WORKING_DAYS),)),
        (replace(DATES, country="GB", region="BY"), (NoLongerOffered(FieldName.REGION),)),
        (replace(DATES, time_zone="Atlantis/Capital"), (NoLongerOffered(FieldName.TIME_ZONE),)),
        (replace(DATES, unread=(2, 3)), (NotDays(FieldName.CLOSED_DAYS, (2, 3)),)),
        (replace(DATES, workday=(time(9), time(9))), (OutOfOrder(FieldName.WORK_ENDS, FieldName.WORK_STARTS),)),
        (
            DatesForm(date(2027, 4, 1), date(2027, 3, 1), date(2027, 2, 1), date(2027, 1, 1), "", (time(17), time(9))),
            (
                OutOfOrder(FieldName.APPLY_BY, FieldName.OPENS_ON),
                OutOfOrder(FieldName.STARTS_ON, FieldName.APPLY_BY),
                OutOfOrder(FieldName.ENDS_ON, FieldName.STARTS_ON),
                OutOfOrder(FieldName.WORK_ENDS, FieldName.WORK_STARTS),
            ),
        ),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_all_at_once(
    form: SettingsForm, reasons: tuple[MentoringError, ...]
) -> None:
    assert refused(form) == reasons


def test_closed_days_are_kept_in_order_once_and_without_those_that_are_long_over() -> None:
    lately, first, second, over = date(2026, 9, 2), date(2026, 12, 1), date(2027, 5, 14), date(2026, 9, 1)
    programme, _ = kept(replace(DATES, closed_days=(second, over, first, second, lately), working_days=(4, 0, 4)))
    assert (programme.closed_days, programme.working_days) == ((lately, first, second), (0, 4))


def test_a_closed_day_that_is_over_is_no_change_by_itself() -> None:
    programme, cohort = kept(DATES)
    long_closed = replace(programme, closed_days=(date(2026, 8, 3), *programme.closed_days))
    assert unchanged(DATES, long_closed, cohort)
    changed = keep(replace(DATES, country="GB"), programme=long_closed, cohort=cohort).changes[0]
    assert isinstance(changed, Programme)
    assert changed.closed_days == programme.closed_days


def test_sixty_closed_days_are_enough_and_those_that_are_over_do_not_count() -> None:
    sixty = tuple(TODAY + timedelta(days=n) for n in range(60))
    lately = TODAY - timedelta(days=1)
    assert kept(replace(DATES, closed_days=(*sixty, lately)))[0].closed_days == (lately, *sixty)
    assert refused(replace(DATES, closed_days=(*sixty, TODAY + timedelta(days=60)))) == (
        TooLong(FieldName.CLOSED_DAYS, 60),
    )


@pytest.mark.parametrize(
    "form",
    [
        replace(BASICS, purpose="", contact="", expectations_url="", admits=frozenset()),
        replace(BASICS, expectations_url="HTTP://example.org"),
        replace(CHOICES, departments=(), grades=()),
        replace(CHOICES, topics=tuple("t" * 73 + f"{n:02}" for n in range(100))),
        replace(DATES, opens_on=date(2027, 1, 10), starts_on=date(2027, 1, 10)),
    ],
)
def test_what_is_just_within_the_rules_is_taken(form: SettingsForm) -> None:
    assert keep(form) != NOTHING
