"""The README's pictures, taken by the test that walks the demo's tour: `make pictures`, or PICTURES=1, keeps them."""

import os
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.png import pack

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
MOST_BYTES = 150_000


def keep(page: Page, name: str) -> None:
    """Keep what the page shows now as the picture of this name, where pictures are wanted."""
    if os.environ.get("PICTURES") != "1":
        return
    picture = pack(page.screenshot(animations="disabled", caret="hide"))
    assert len(picture) <= MOST_BYTES, f"{name} is larger than {MOST_BYTES:,} bytes."
    (FOLDER / name).write_bytes(picture)
