"""What is wrong with a payload, in the words and with the pointers of Slack's `response_metadata.messages`."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

INVALID_BLOCKS: Final = "invalid_blocks"


@dataclass(frozen=True)
class Problem:
    """One reason for refusing a payload.

    `pointer` is a JSON pointer (RFC 6901) from the method's arguments, such as `/view/blocks/0/label/text`; `error` is
    the Web API error code with which Slack answers. `str()` is the line that Slack puts into `response_metadata`.
    """

    pointer: str
    message: str
    error: str = INVALID_BLOCKS

    def __str__(self) -> str:
        return f"[ERROR] {self.message} [json-pointer:{self.pointer}]"


def child_pointer(at: str, *steps: str | int) -> str:
    """The pointer that leads from `at` down the given keys and indices."""
    escaped = (str(step).replace("~", "~0").replace("/", "~1") for step in steps)
    return "/".join((at, *escaped))


def json_bytes(value: object) -> int:
    """The size of a JSON value on the wire. JSON may hold half a surrogate pair, which UTF-8 may not."""
    return len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(errors="surrogatepass"))


def with_error(error: str, findings: Iterable[Problem]) -> list[Problem]:
    """The findings about blocks, answered with another error code than `invalid_blocks`."""
    return [replace(finding, error=error) if finding.error == INVALID_BLOCKS else finding for finding in findings]
