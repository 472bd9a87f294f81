"""Where Debian's Chromium is, and how it is started without a window."""

import os
import shutil

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
NONE_HERE = "There is no Chromium here. Install it (Debian: chromium), or say where it is in CHROMIUM."


def chromium() -> str | None:
    """Its path; None where there is none."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
