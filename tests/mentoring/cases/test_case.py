"""Help in confidence: whom one can ask, who is asked second, and when it is over."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from mentoring.cases.case import (
    MOST_WORDS,
    Case,
    CaseForm,
    CaseState,
    CaseWords,
    Contacts,
    ask_second,
    check_asked,
    find_contacts,
    open_case,
    settle,
)
from mentoring.cases.errors import CaseClosed, NoSuchCase
from mentoring.cases.yearly import CaseCounted
from mentoring.core.errors import InvalidForm, Missing, NoLongerOffered, TooLong
from mentoring.core.fields import FieldName
from mentoring.core.jobs import JobDone, JobKind, ScheduledJob
from mentoring.core.outcome import NotificationKind, Outcome
from tests.mentoring.factories import ADA, BEN
from tests.mentoring.values import PROGRAMME, at, person

OWEN, SUE, PAT, AMI = "U0OWEN", "U0SUE", "U0PAT", "U0AMI"
FRIDAY = at("2027-02-05T15:00")
ASKED = Case("c1", PROGRAMME.id, ADA, OWEN, (SUE,), FRIDAY)


@pytest.mark.parametrize(
    ("contact", "owners", "excluded", "offered", "others"),
    [
        (PAT, [OWEN, SUE], {ADA}, (PAT, OWEN, SUE), (AMI,)),
        (OWEN, [OWEN, SUE], {ADA}, (OWEN, SUE), (AMI,)),
        ("", [OWEN, SUE], {ADA, OWEN}, (SUE,), (AMI,)),
        (OWEN, [OWEN], {ADA, OWEN}, (AMI,), ()),
        (ADA, [ADA], {ADA, AMI}, (), ()),
        ("", [OWEN, AMI], {ADA}, (OWEN, AMI), ()),
    ],
)
def test_whom_one_can_ask(
    contact: str, owners: list[str], excluded: set[str], offered: tuple[str, ...], others: tuple[str, ...]
) -> None:
    found = find_contacts(replace(PROGRAMME, contact=contact), owners, [AMI], excluded=excluded)
    assert (found.offered, found.others) == (offered, others)


def opened(form: CaseForm, *, before: Case | None = None, now: datetime = FRIDAY) -> Outcome:
    return open_case(
        form,
        Contacts((OWEN, SUE), (AMI,)),
        by=person(ADA),
        programme=PROGRAMME,
        contact=person(form.contact),
        case_id="c1",
        before=before,
        now=now,
    )


def told(outcome: Outcome) -> list[tuple[str, str]]:
    return [(str(each.kind), each.recipient) for each in outcome.notifications]


def test_only_the_chosen_person_is_asked_and_the_words_are_in_no_message() -> None:
    outcome = opened(CaseForm(OWEN, "It is hard."))
    case, counted, words, job = outcome.changes
    assert counted == CaseCounted(PROGRAMME.id, FRIDAY.year)
    assert case == Case("c1", PROGRAMME.id, ADA, OWEN, (SUE, AMI), FRIDAY)
    assert words == CaseWords("c1", "It is hard.")
    assert told(outcome) == [("case-opened", OWEN), ("case-sent", ADA)]
    assert all(each.refs == {"case": "c1", "programme": PROGRAMME.id} for each in outcome.notifications)
    assert isinstance(job, ScheduledJob)
    assert job.due == at("2027-02-10T09:00"), "Monday and Tuesday have passed"
    assert opened(CaseForm(OWEN, "It is hard."), before=ASKED) == Outcome()


@pytest.mark.parametrize(
    ("form", "reason"),
    [
        (CaseForm(""), Missing(FieldName.CASE_CONTACT)),
        (CaseForm(AMI), NoLongerOffered(FieldName.CASE_CONTACT)),
        (CaseForm(BEN), NoLongerOffered(FieldName.CASE_CONTACT)),
        (CaseForm(OWEN, "a" * (MOST_WORDS + 1)), TooLong(FieldName.CASE_WORDS, MOST_WORDS)),
    ],
)
def test_what_is_refused(form: CaseForm, reason: Any) -> None:
    with pytest.raises(InvalidForm) as refused:
        opened(form)
    assert refused.value.reasons == (reason,)


@pytest.mark.parametrize("by", [ADA, SUE, BEN, ""])
def test_only_those_who_were_asked_can_read_or_settle_it(by: str) -> None:
    for case in (ASKED, replace(ASKED, contact=""), None):
        with pytest.raises(NoSuchCase):
            check_asked(case, by)
    with pytest.raises(NoSuchCase):
        settle(ASKED, CaseState.CLOSED, by=by)


def test_it_is_talked_about_and_closed_which_deletes_the_words() -> None:
    talked = replace(ASKED, state=CaseState.TALKED, version=2)
    outcome = settle(ASKED, CaseState.TALKED, by=OWEN)
    assert outcome.changes[0] == talked
    assert isinstance(outcome.changes[-1], JobDone)
    assert settle(talked, CaseState.TALKED, by=OWEN) == Outcome()
    closed = settle(talked, CaseState.CLOSED, by=OWEN)
    assert closed.changes[:2] == (replace(talked, state=CaseState.CLOSED, version=3), CaseWords("c1", ""))
    over = replace(talked, state=CaseState.CLOSED)
    assert settle(over, CaseState.CLOSED, by=OWEN) == Outcome()
    with pytest.raises(CaseClosed):
        settle(over, CaseState.TALKED, by=OWEN)


def later(case: Case | None, *offered: str, others: tuple[str, ...] = ()) -> Outcome:
    """What happens if these can be asked by then."""
    job = ScheduledJob("case-unanswered:c1", JobKind.CASE_UNANSWERED, FRIDAY, refs={"case": "c1"})
    return ask_second(job, case, Contacts(offered, others))


def test_a_second_person_is_asked_once_and_the_first_can_still_answer() -> None:
    outcome = later(ASKED, PAT, OWEN, SUE)
    asked = replace(ASKED, second=SUE, version=2)
    assert outcome.changes[1:] == (asked,)
    assert told(outcome) == [("case-opened", SUE), ("case-passed-on", ADA)]
    assert asked.asked == (OWEN, SUE)
    assert told(later(asked, OWEN, SUE)) == []


def test_who_is_no_owner_any_more_is_not_asked_and_a_new_owner_is() -> None:
    assert told(later(ASKED, OWEN, PAT)) == [("case-opened", PAT), ("case-passed-on", ADA)]
    assert told(later(ASKED, OWEN, others=(AMI,))) == [("case-opened", AMI), ("case-passed-on", ADA)]


def test_with_nobody_else_the_first_is_asked_again_and_the_person_hears_it() -> None:
    outcome = later(ASKED, OWEN)
    again, tells = outcome.notifications
    assert told(outcome) == [(NotificationKind.CASE_OPENED, OWEN), (NotificationKind.CASE_PASSED_ON, ADA)]
    assert again.key.endswith(":again")
    assert tells.refs["asked"] == "again"
    for gone in (ASKED, replace(ASKED, contact="")):
        (tells,) = later(gone).notifications
        assert (tells.recipient, tells.refs["asked"]) == (ADA, "nobody")


@pytest.mark.parametrize("case", [None, replace(ASKED, state=CaseState.TALKED), replace(ASKED, state=CaseState.CLOSED)])
def test_nobody_is_asked_once_it_is_answered(case: Case | None) -> None:
    assert told(later(case, OWEN, SUE)) == []
