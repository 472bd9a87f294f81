"""Whether a screen can be used by everybody, as far as a program can tell: axe-core reads the page."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_AXE = Axe()
_SETTLED = """() => Promise.allSettled(
    document.getAnimations()
        .filter((one) => Number.isFinite(one.effect.getComputedTiming().endTime))
        .map((one) => one.finished)
)"""
_LAID_OUT = """(all) => {
    for (const message of document.querySelectorAll(".message")) message.style.contentVisibility = all ? "visible" : "";
}"""
"""Messages far from view have a guessed height, and axe would take one to stand on top of the next."""


def assert_accessible(page: Page) -> None:
    """Fails with what axe-core finds wrong on the page as it stands; what moves comes to rest first."""
    page.evaluate(_SETTLED)
    page.evaluate(_LAID_OUT, True)
    found = _AXE.run(page)
    page.evaluate(_LAID_OUT, False)
    assert not found.violations_count, found.generate_report()
