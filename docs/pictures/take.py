"""Take the pictures of the README anew: `.venv/bin/python docs/pictures/take.py`.

Plays a real flow in the demo's local Slack, at dates of its own, so that the pictures show the same days whenever they
are taken. Needs Chromium; where it goes by another name, say so in CHROMIUM.
"""

import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Locator, Page, expect, sync_playwright
from png import pack
from story import DAY, more_people_apply, weeks_pass

from bot.demo.cast import PEOPLE, play
from bot.demo.desk import everybody_accepts
from bot.demo.run import settings_for
from bot.house import House
from bot.manifest import manifest
from bot.run import running
from sandbox import Calendar, Sandbox

HERE = Path(__file__).parent
MOST_BYTES = 150_000
SETTLED = 500
"""Milliseconds in which the page has gone to its foot by itself, when something arrived."""
FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        calendar = Calendar(DAY)
        sandbox = Sandbox(manifest(), PEOPLE, calendar=calendar, team_name="Fairfield Library", rate_limits=False)
        database = Path(folder) / "mentor-bot.db"
        with sandbox, running(settings_for(sandbox, database), calendar=calendar.now) as house:
            sandbox.wait_connected()
            play(sandbox)
            more_people_apply(sandbox)
            _take(sandbox, house)


def _take(sandbox: Sandbox, house: House) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 880}, locale="en-GB", color_scheme="light")
        page.goto(sandbox.url)
        _the_owners_match(page)
        everybody_accepts(sandbox, house)
        _two_are_introduced(page)
        weeks_pass(sandbox, house)
        _an_owner_looks_at_the_round(page)
        browser.close()


def _the_owners_match(page: Page) -> None:
    """Both owners approve every proposal, and the second releases them."""
    _be(page, "Nora Whitfield")
    desk = _open_desk(page)
    desk.get_by_role("button", name="Propose matches").click()
    desk.get_by_role("button", name="Approve", exact=True).first.click()
    desk.get_by_text("Approved by you").wait_for()
    desk.get_by_text("Proposals, best first").evaluate("it => it.scrollIntoView()")
    _keep(page, "desk.png")
    _approve_all(desk)
    desk.get_by_role("button", name="Close").last.click()

    _be(page, "Idris Farouk")
    desk = _open_desk(page)
    _approve_all(desk)
    desk.get_by_role("button", name=re.compile("Release . approved")).click()
    page.get_by_role("alertdialog").get_by_role("button", name="Release").click()
    desk.get_by_text("Asked, and waiting for an answer").wait_for()
    desk.get_by_role("button", name="Close").last.click()


def _open_desk(page: Page) -> Locator:
    _type(page, "/mentor match")
    desk = page.get_by_role("dialog", name="Match people")
    desk.wait_for()
    return desk


def _approve_all(desk: Locator) -> None:
    approve = desk.get_by_role("button", name="Approve", exact=True)
    approve.first.wait_for()
    for left in reversed(range(approve.count())):
        approve.first.click()
        expect(approve).to_have_count(left)


def _two_are_introduced(page: Page) -> None:
    _be(page, "Ivo Petrov")
    page.get_by_role("navigation", name="Conversations").get_by_role("link", name="Fay Okafor").click()
    page.get_by_role("article").filter(has_text="meet each other").last.wait_for()
    page.wait_for_timeout(SETTLED)
    _keep(page, "introduction.png")


def _an_owner_looks_at_the_round(page: Page) -> None:
    _be(page, "Nora Whitfield")
    _type(page, "/mentor status")
    stands = page.get_by_role("article").filter(has_text="programme: where the round stands").last
    stands.wait_for()
    page.wait_for_timeout(SETTLED)
    stands.evaluate("it => it.scrollIntoView()")
    _keep(page, "status.png")


def _be(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="People").get_by_role("link", name=name).click()
    member = next(person.id for person in PEOPLE if person.name == name)
    page.wait_for_url(re.compile(f"#{member}/D"))


def _type(page: Page, text: str) -> None:
    composer = page.get_by_role("textbox", name="Message mentor-bot")
    composer.fill(text)
    composer.press("Enter")


def _keep(page: Page, name: str) -> None:
    picture = pack(page.screenshot(animations="disabled", caret="hide"))
    (HERE / name).write_bytes(picture)
    sys.stdout.write(f"{name}: {len(picture):,} bytes\n")
    if len(picture) > MOST_BYTES:
        sys.exit(f"{name} is larger than {MOST_BYTES:,} bytes.")


def _chromium() -> str:
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    return found or sys.exit("There is no Chromium here. Install it, or say where it is in CHROMIUM.")


if __name__ == "__main__":
    main()
