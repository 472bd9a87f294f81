"""The Home of every kind of person on the page: wide and on a phone, in light and dark."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect
from slack_sdk import WebClient

from bot.manifest import manifest
from mentoring.agreements.agreement import Agreement
from mentoring.agreements.own_agreement import OwnAgreement
from mentoring.core.roles import ProgrammeRole
from mentoring.feedback.answers import Question
from mentoring.home.home import Home
from mentoring.home.needs import Need, NeedKind
from mentoring.home.own_partnership import OwnPartnership
from mentoring.meetings.planned import PlannedMeeting, PlannedState
from mentoring.oversight.digest import DigestRhythm
from messages.home import home_view
from sandbox import Calendar, Member, Sandbox
from tests.browser.accessible import assert_accessible
from tests.browser.conftest import opened
from tests.browser.pictures import keep
from tests.messages.contexts import LEAVE
from tests.messages.examples import (
    ADA,
    BEN,
    CLEO,
    FIRST,
    IN_TIME,
    ITEMS,
    LATER,
    MATCHING,
    NOTES,
    OTHERS_OFFER,
    OWEN,
    PARTNERSHIP,
    PLAIN,
    PLAN,
    REQUEST,
    RUNNING,
    SECOND,
    SUE,
    TO_SIGN,
)
from tests.messages.homes import home, in_programme
from tests.messages.reports import LEAD

pytestmark = pytest.mark.long

WIDE, PHONE = ViewportSize(width=1280, height=1100), ViewportSize(width=390, height=844)
NAMES = {ADA: "Ada Lovelace", BEN: "Ben Okafor", CLEO: "Cleo Marsh", OWEN: "Owen Reed", SUE: "Sue Park"}
ALL_FORMS = replace(PLAIN, has_plans=True, has_agreements=True, has_reports=True)
LOGGED = ((SECOND, PLAN), (FIRST, NOTES))
BOOKED = PlannedMeeting(
    "L1", "R1", PlannedState.BOOKED, 60, starts_at=datetime(2027, 5, 18, 14, tzinfo=UTC), sequence=1, version=2
)
WITH_ADA = OwnPartnership(PARTNERSHIP, LOGGED, items=ITEMS, planned=BOOKED)
BY_CLEO = replace(TO_SIGN.versions[0], written_by=CLEO, signed={CLEO: TO_SIGN.versions[0].written_at})
WITH_CLEO = OwnPartnership(
    replace(PARTNERSHIP, id="R2", mentee=CLEO, mentee_application="A8"),
    agreement=OwnAgreement(Agreement("R2", (BY_CLEO,))),
)
WITH_SUE = OwnPartnership(
    replace(PARTNERSHIP, id="R3", mentee=SUE, mentee_application="A9"), LOGGED, asked=Question.CHECK_IN
)
OF_ADA = OwnPartnership(PARTNERSHIP, LOGGED, items=ITEMS, open_goals=(LEAD,), reads_plan=True)
NEEDS = (
    Need(NeedKind.DECIDE, 5),
    Need(NeedKind.SEND, 2),
    Need(NeedKind.ANSWERS, 4),
    Need(NeedKind.QUIET, 36, "R1", people=(ADA, BEN)),
    Need(NeedKind.PLAN, about="matches", on=date(2027, 2, 1)),
)
HOMES: dict[str, Home] = {
    "newcomer": home(in_programme()),
    "applicant": home(in_programme(REQUEST, programme=ALL_FORMS)),
    "mentee": home(
        in_programme(REQUEST, programme=ALL_FORMS, own=(OF_ADA,)),
        today=RUNNING,
    ),
    "mentor": home(
        in_programme(replace(OTHERS_OFFER, places=3), programme=ALL_FORMS, own=(WITH_ADA, WITH_CLEO, WITH_SUE)),
        reader=BEN,
        today=LATER,
    ),
    "on-leave": home(in_programme(REQUEST, own=(WITH_ADA,)), today=LATER, leave=LEAVE),
    "owner": home(
        in_programme(roles=(ProgrammeRole.OWNER,), needs=NEEDS), reader=OWEN, today=MATCHING, digest=DigestRhythm.WEEKLY
    ),
    "committee": home(in_programme(roles=(ProgrammeRole.COMMITTEE,), needs=NEEDS[:1]), reader=CLEO, today=MATCHING),
    "sponsor": home(in_programme(roles=(ProgrammeRole.SPONSOR,)), reader=SUE, today=MATCHING),
}
"""By kind of person. The words are those of the golden files; here it counts how they look."""


@pytest.fixture(scope="module")
def workspace() -> Iterator[Sandbox]:
    members = [Member(person, name.split()[0].lower(), name) for person, name in NAMES.items()]
    calendar = Calendar(datetime.combine(IN_TIME, datetime.min.time(), UTC).replace(hour=10))
    with Sandbox(manifest(), members, calendar=calendar, rate_limits=False, own_messages=False) as sandbox:
        yield sandbox


@pytest.fixture
def page(browser: Browser, workspace: Sandbox) -> Iterator[Page]:
    with opened(browser, workspace.url, viewport=WIDE, reduced_motion="reduce") as page:
        yield page


@pytest.mark.parametrize("kind", HOMES)
def test_home_can_be_read_by_everybody_and_fits_a_phone(page: Page, workspace: Sandbox, kind: str) -> None:
    shown = HOMES[kind]
    client = WebClient(workspace.bot_token, base_url=workspace.api_url)
    client.views_publish(user_id=shown.reader.id, view=home_view(shown))
    page.get_by_role("navigation", name="People").get_by_role("link", name=NAMES[shown.reader.id]).click()
    page.get_by_role("navigation", name="Tabs").get_by_role("link", name="Home").click()
    tab = page.locator(".tab-home")
    expect(tab.locator(".block").first).to_be_visible()
    assert_accessible(page)
    keep(tab, f"home-of-{kind}.png")
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="dark")
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, "something sticks out"
    keep(tab, f"home-of-{kind}-phone-dark.png")
    first = tab.get_by_role("button").first
    assert (first.bounding_box() or {"y": 0})["y"] < PHONE["height"], "the next step is not on the first screen"
