"""What rides along with a message unseen: https://docs.slack.dev/messaging/message-metadata

Every app in the workspace may read it, so it is for ids and counts: flat, and short.
"""

from collections.abc import Iterator, Mapping

from messages.outgoing import limits
from messages.outgoing.objects import ID
from messages.outgoing.spec import Flag, Number, Shape, Spec, Text

_TEXT = Text(limits.METADATA_VALUE, least=0)


class _Flat:
    """Fields of any name, with a short text, a number or a flag in each. A problem names a field by its place."""

    def check(self, value: object, at: str) -> Iterator[str]:
        if not isinstance(value, Mapping):
            yield f"{at}: not an object"
            return
        for index, (name, item) in enumerate(value.items()):
            spec: Spec = _TEXT if isinstance(item, str) else Flag() if isinstance(item, bool) else Number()
            yield from ID.check(name, f"{at}, name {index}")
            yield from spec.check(item, f"{at}, value {index}")


METADATA = Shape({"event_type": ID, "event_payload": _Flat()})
