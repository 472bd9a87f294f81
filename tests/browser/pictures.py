"""The pictures of README and docs, taken by tests in a browser: `make pictures`, or PICTURES=1, keeps them."""

import os
from pathlib import Path

from playwright.sync_api import Locator, Page

from tests.browser.png import pack

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
MOST_BYTES = 150_000


def keep(page: Page | Locator, name: str) -> None:
    """Keep what the page, or a part of it, shows now as the picture of this name, where pictures are wanted."""
    if os.environ.get("PICTURES") != "1":
        return
    picture = pack(page.screenshot(animations="disabled", caret="hide"))
    assert len(picture) <= MOST_BYTES, f"{name} is larger than {MOST_BYTES:,} bytes."
    (FOLDER / name).write_bytes(picture)
