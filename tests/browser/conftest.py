"""Debian's Chromium, driven by Playwright. Without one these tests are skipped; with REQUIRE_BROWSER=1 they fail."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.chromium import FLAGS, NONE_HERE, chromium
from tests.browser.club import Club, open_club

expect.set_options(timeout=30_000)


def without_browser(reason: str) -> NoReturn:
    if os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium with a profile of its own. One a module: Playwright's event loop stays out of other tests."""
    path = chromium()
    if path is None:
        without_browser(NONE_HERE)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def club() -> Iterator[Club]:
    club = open_club()
    yield club
    club.sandbox.stop()


@contextmanager
def opened(browser: Browser, url: str, *, timeout: float = 30_000, **context: Any) -> Iterator[Page]:
    """The page, open and with nobody chosen; it waits for `timeout` milliseconds, `context` are Playwright's options.
    Fails afterwards if one of its scripts did.
    """
    within = browser.new_context(locale="en-GB", **context)
    within.set_default_timeout(timeout)
    page = within.new_page()
    mishaps: list[str] = []
    page.on("pageerror", lambda error: mishaps.append(str(error)))
    page.goto(url)
    yield page
    within.close()
    assert mishaps == []


@pytest.fixture
def page(browser: Browser, club: Club) -> Iterator[Page]:
    with opened(browser, club.sandbox.url, viewport={"width": 1280, "height": 860}) as page:
        yield page
