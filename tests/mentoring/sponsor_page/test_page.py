"""What the page for sponsors shows, and what it leaves out because it would tell about fewer than five people."""

from datetime import date
from typing import Any

from mentoring.applications.application import ApplicationState
from mentoring.core.people import AccountStatus
from mentoring.partnerships.partnership import PartnershipState
from mentoring.sponsor_page.page import SponsorPage, sponsor_page
from mentoring.sponsor_page.sending import SponsorSentence
from tests.mentoring.factories import meeting, mentee, mentor, partnership
from tests.mentoring.values import COHORT, PROGRAMME, at, person

MARCH = date(2027, 3, 1)
PAIRS = [partnership(f"U0A{number}", f"U0B{number}", id=f"s{number}") for number in range(3)]


def page(applications: Any = (), partnerships: Any = (), meetings: Any = (), **more: Any) -> SponsorPage:
    facts = {"people": {}, "sentence": None, **more}
    return sponsor_page(
        PROGRAMME, COHORT, MARCH, applications, partnerships, meetings, facts["people"], facts["sentence"]
    )


def met(month: str, *pairs: int) -> list[Any]:
    return [meeting(f"2027-{month}-{day:02}", partnership_id=f"s{pair}") for day, pair in enumerate(pairs, 1)]


def test_people_taking_part_count_once_and_only_those_who_are_here() -> None:
    found = page([mentee("U0A0"), mentor("U0X"), mentee("U0W", state=ApplicationState.WITHDRAWN)], PAIRS)
    assert found.people == 7
    gone = {"U0X": person("U0X", AccountStatus.DEACTIVATED)}
    assert page([mentee("U0A0"), mentor("U0X")], PAIRS, people=gone).people == 6
    assert page([mentee("U0A0")], PAIRS[:2]).people is None, "four people"


def test_meetings_are_those_of_the_month_that_is_over() -> None:
    found = page((), PAIRS, [*met("02", 0, 1, 2, 0, 1), *met("03", 0, 1, 2, 0, 1, 2), *met("04", 0, 1, 2, 0, 1)])
    assert found.meetings == 6
    assert [(each.month.month, each.logged) for each in found.months] == [(2, 5), (3, 6)]
    assert found.left_out == 1, "January"
    assert found.has_chart


def test_meetings_of_fewer_than_five_people_are_not_shown() -> None:
    assert page((), PAIRS, met("03", 0, 1, 0, 1, 0, 1)).meetings is None, "four people"
    assert page((), PAIRS, met("03", 0, 1, 2, 0)).meetings is None, "four meetings"
    assert not page((), PAIRS, met("03", 0, 1, 2, 0, 1)).has_chart, "one month is no chart"


def test_an_erased_person_does_not_count_as_one() -> None:
    pairs = [*PAIRS[:2], partnership("", "", id="s2", state=PartnershipState.ENDED, over_at=at("2027-03-20T10:00"))]
    assert page((), pairs, met("03", 0, 1, 2, 0, 1)).meetings is None


def test_partnerships_that_are_over_are_shown_from_five_on() -> None:
    over = [
        partnership(f"U0A{n}", f"U0B{n}", id=f"s{n}", state=PartnershipState.CLOSED, over_at=at("2027-03-20T10:00"))
        for n in range(5)
    ]
    assert page((), over).over == 5
    assert page((), over[:4]).over is None


def test_a_page_without_anything_is_empty_unless_owners_say_something() -> None:
    assert page().is_empty
    said = SponsorSentence("p1", MARCH, "We start in May.", "U0OWNER")
    assert not page(sentence=said).is_empty
