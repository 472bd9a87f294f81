"""The evaluation report as a web page: in light and dark, wide and on a phone, for people with and without sight."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from messages.evaluation.files import EvaluationFile, file_content, file_name
from tests.browser.accessible import assert_accessible
from tests.browser.conftest import opened
from tests.evaluation_example import example

pytestmark = pytest.mark.long

SIZES = (ViewportSize(width=1280, height=1500), ViewportSize(width=360, height=740))


@pytest.fixture(params=[EvaluationFile.REPORT_HTML, EvaluationFile.AWARD_HTML])
def page(browser: Browser, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Page]:
    file = tmp_path / file_name(request.param)
    file.write_bytes(file_content(example(), request.param))
    with opened(browser, file.as_uri(), viewport=SIZES[0]) as page:
        yield page


def test_it_is_accessible_in_light_and_dark_and_fits_a_phone(page: Page) -> None:
    for size in SIZES:
        page.set_viewport_size(size)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert_accessible(page)
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, "something sticks out"
