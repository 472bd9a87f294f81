"""An owner drops a spreadsheet into the bot's direct message, on the page with the real bot, in light and dark."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from bot.demo.run import Demo
from tests.browser.accessible import assert_accessible
from tests.browser.conftest import opened
from tests.browser.demos import running_demo
from tests.browser.pictures import keep

pytestmark = pytest.mark.long

PAIRS = """\
mentee,mentor,start,end,topics,meetings,last meeting
U0BEN,U0HANA,2026-10-05,2027-06-30,Career planning,5,2027-02-18
U0CHI,U0DORA,2026-11-02,2027-05-02,,3,2027-01-20
U0JUNE,U0EMIL,2027-02-15,2027-08-15,,,
"""


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    with running_demo(tmp_path) as demo:
        yield demo


def test_a_list_is_dropped_looked_at_and_imported(browser: Browser, demo: Demo) -> None:
    wide = {"width": 1280, "height": 880}
    with opened(browser, demo.sandbox.url, timeout=30_000, viewport=wide, reduced_motion="reduce") as page:
        _be_nora(page)
        spreadsheet = FilePayload(name="pairs.csv", mimeType="text/csv", buffer=PAIRS.encode())
        with page.expect_file_chooser() as choosing:
            page.get_by_role("button", name="Attach a file").click()
        choosing.value.set_files([spreadsheet])
        log = page.get_by_role("log")
        expect(log.get_by_text("pairs.csv")).to_be_visible()
        table = log.get_by_role("table").last
        expect(table.get_by_role("row")).to_have_count(4, timeout=30_000)
        expect(table).to_contain_text("Ben Castellan and Hana Sato")
        for scheme, name in (("dark", "import-dark.png"), ("light", "import.png")):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            assert_accessible(page)
            keep(page, name)
        page.get_by_role("button", name="Import 3 lines").click()
        expect(log.get_by_text("Your list is imported.")).to_be_visible(timeout=30_000)


def _be_nora(page: Page) -> None:
    page.get_by_role("navigation", name="People").get_by_role("link", name="Nora Whitfield").click()
    expect(page.get_by_role("textbox", name="Message mentor-bot")).to_be_visible()
    tour = page.get_by_role("region", name="Tour")
    hide = tour.get_by_role("button", name="Hide")
    if hide.count():
        hide.first.click()
