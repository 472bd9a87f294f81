"""Settings of several lines, as a form sends them."""

from typing import Annotated, Any

from pydantic import BeforeValidator


def _lines(text: Any) -> Any:
    """The lines without blank ones and repetitions, ignoring case."""
    if not isinstance(text, str):
        return text
    kept: dict[str, str] = {}
    for line in filter(None, (" ".join(line.split()) for line in text.splitlines())):
        kept.setdefault(line.casefold(), line)
    return tuple(kept.values())


Lines = Annotated[tuple[str, ...], BeforeValidator(_lines)]
