"""The page in a browser: how soon it is there, and what a long conversation costs. Times are of the browser's clock."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.measuring import CannotMeasure, Row, in_turn, typically
from sandbox import Member, Sandbox
from tests.browser.chromium import FLAGS, NONE_HERE, chromium
from tests.browser.club import MANIFEST

_SCRIPT = Path(__file__).parent / "watching.js"
_MILLISECOND = 0.001
_NOBODY, _QUIET, _BUSY = "U0NOBODY", "U0QUIET", "U0BUSY"
_FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


@dataclass(frozen=True)
class Conversation:
    """Somebody's conversation with the app: its address in the page, and the timestamp of its newest message."""

    person: str
    channel: str
    ts: str

    @property
    def address(self) -> str:
        return f"#{self.person}/{self.channel}"


def measure(folder: Path, *, toy: bool = False) -> Iterator[Row]:
    """Raises CannotMeasure where there is no Chromium."""
    few, many, rounds = (2, 20, 1) if toy else (10, 1000, 15)
    with _slack() as slack, _browser() as browser:
        quiet, busy = _talk(slack, _QUIET, few), _talk(slack, _BUSY, many)
        yield from _arriving_at(browser, slack, quiet, rounds)
        yield from _talking(browser, slack, quiet, busy, f"{many:,} messages", f"{few} messages", rounds)


def _arriving_at(browser: Browser, slack: Sandbox, talk: Conversation, rounds: int) -> Iterator[Row]:
    measured = {
        "floor": lambda: _first_paint(browser, f"{slack.url}/static/input_values.js"),
        "paint": lambda: _first_paint(browser, f"{slack.url}/{talk.address}"),
        "shown": lambda: _shown(browser, f"{slack.url}/{talk.address}", talk.ts),
    }
    took = typically(in_turn(measured, rounds))
    floor = "the first paint of a short text from the same server"
    yield Row("page", "the page's first paint", floor, took["paint"] / took["floor"], 4.0, rounds)
    yield Row("page", "the page's last message painted", floor, took["shown"] / took["floor"], 12.0, rounds)


def _talking(
    browser: Browser, slack: Sandbox, quiet: Conversation, busy: Conversation, many: str, few: str, rounds: int
) -> Iterator[Row]:
    with _page(browser) as page:
        page.goto(f"{slack.url}/#{_NOBODY}")
        page.get_by_role("textbox", name="Message").wait_for()
        for what, act, most in (
            ("opening a conversation", _open, 3.0),
            ("a new message until it is painted", _arrive, 2.0),
            ("a letter typed until it is painted", _type, 1.5),
        ):
            measured = {name: _bound(act, page, slack, talk) for name, talk in (("quiet", quiet), ("busy", busy))}
            in_turn(measured, 1)
            took = typically(in_turn(measured, rounds))
            yield Row("page", f"{what}, with {many}", f"with {few}", took["busy"] / took["quiet"], most, rounds)


def _bound(
    act: Callable[[Page, Sandbox, Conversation], float], page: Page, slack: Sandbox, talk: Conversation
) -> Callable[[], float]:
    return lambda: act(page, slack, talk)


def _open(page: Page, slack: Sandbox, talk: Conversation) -> float:
    """From somebody who has no messages."""
    _leave(page)
    took: float = page.evaluate("([at, ts]) => benchmark.open(at, ts)", [talk.address, talk.ts])
    return took * _MILLISECOND


def _arrive(page: Page, slack: Sandbox, talk: Conversation) -> float:
    _open(page, slack, talk)
    took: float = page.evaluate(
        "([token, channel, blocks]) => benchmark.arrive(token, channel, blocks)",
        [slack.bot_token, talk.channel, _blocks(0)],
    )
    return took * _MILLISECOND


def _type(page: Page, slack: Sandbox, talk: Conversation) -> float:
    _open(page, slack, talk)
    page.locator("textarea").focus()
    waiting = page.evaluate_handle("({ typed: benchmark.typed() })")
    page.keyboard.press("a")
    took: float = waiting.evaluate("({ typed }) => typed")
    return took * _MILLISECOND


def _leave(page: Page) -> None:
    page.evaluate("at => { location.hash = at; }", f"#{_NOBODY}")
    page.locator(".message").first.wait_for(state="detached")


def _first_paint(browser: Browser, url: str) -> float:
    with _page(browser) as page:
        page.goto(url)
        page.wait_for_function(_FIRST_PAINT)
        took: float = page.evaluate(_FIRST_PAINT)
        return took * _MILLISECOND


def _shown(browser: Browser, url: str, ts: str) -> float:
    with _page(browser) as page:
        page.goto(url)
        took: float = page.evaluate("ts => benchmark.shown(ts)", ts)
        return took * _MILLISECOND


def _talk(slack: Sandbox, person: str, messages: int) -> Conversation:
    """The app has written so many messages to them."""
    channel, ts = "", ""
    for number in range(messages):
        answer = slack.call(
            "chat.postMessage",
            {"channel": person, "text": f"Message {number}", "blocks": _blocks(number)},
            slack.bot_token,
        ).body
        channel, ts = answer["channel"], answer["ts"]
    return Conversation(person, channel, ts)


def _blocks(number: int) -> list[dict[str, Any]]:
    """A message such as apps write: a heading, facts in two columns, words, buttons."""
    button = {"type": "button", "text": {"type": "plain_text", "text": "Read it"}, "action_id": "read", "value": "1"}
    return [
        {"type": "header", "text": {"type": "plain_text", "text": f"Message {number}"}},
        {
            "type": "section",
            "fields": [{"type": "mrkdwn", "text": f"*Fact {fact}*\n{number + fact}"} for fact in range(4)],
        },
        {
            "type": "section",
            "text": {"type": "mrkdwn", "text": "Some words *of weight*, a `name`, <https://example.org|a page>. " * 3},
            "accessory": button,
        },
        {"type": "actions", "elements": [button | {"action_id": f"act{one}"} for one in range(3)]},
    ]


@contextmanager
def _slack() -> Iterator[Sandbox]:
    members = [Member(person, person.lower(), person) for person in (_NOBODY, _QUIET, _BUSY)]
    with Sandbox(MANIFEST, members, rate_limits=False, own_messages=False) as slack:
        yield slack


@contextmanager
def _browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        raise CannotMeasure(NONE_HERE)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=FLAGS)
        try:
            yield opened
        finally:
            opened.close()


@contextmanager
def _page(browser: Browser) -> Iterator[Page]:
    """A page in a fresh profile, with nothing in its cache."""
    context = browser.new_context(viewport={"width": 1280, "height": 860})
    try:
        context.add_init_script(path=_SCRIPT)
        yield context.new_page()
    finally:
        context.close()
