"""What an owner reads when they have decided about a message that did not arrive."""

from messages.text import plural


def settled(count: int, *, again: bool) -> str:
    """A sentence; `count` is how many messages it was about."""
    if not again:
        return "Noted. It stays as it is."
    if count == 1:
        return "It is on its way again. If it fails once more, you hear of it."
    return f"{plural(count, 'message is', 'messages are')} on their way again. If one fails once more, you hear of it."
