"""Debian's Chromium, driven by Playwright. Without one these tests are skipped; with REQUIRE_BROWSER=1 they fail."""

import os
import shutil
from collections.abc import Iterator
from typing import NoReturn

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.club import Club, open_club

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NAMES = ("chromium", "chromium-browser", "google-chrome")

expect.set_options(timeout=10_000)


def without_browser(reason: str) -> NoReturn:
    if os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium with a profile of its own. One a module: Playwright's event loop stays out of other tests."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        without_browser("There is no Chromium here. Install it (Debian: chromium), or say where it is in CHROMIUM.")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def club() -> Iterator[Club]:
    opened = open_club()
    yield opened
    opened.sandbox.stop()


@pytest.fixture
def page(browser: Browser, club: Club) -> Iterator[Page]:
    """The page, open and with nobody chosen. Fails afterwards if one of its scripts did."""
    context = browser.new_context(viewport={"width": 1280, "height": 860}, locale="en-GB")
    context.set_default_timeout(10_000)
    opened = context.new_page()
    mishaps: list[str] = []
    opened.on("pageerror", lambda error: mishaps.append(str(error)))
    opened.goto(club.sandbox.url)
    yield opened
    context.close()
    assert mishaps == []
