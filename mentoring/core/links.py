"""Web addresses in what people type."""

from urllib.parse import urlsplit


def is_link(text: str) -> bool:
    """Whether `text` is an http or https URL with a host and without blanks."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and not any(map(str.isspace, text))
