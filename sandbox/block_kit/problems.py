"""Problems of a payload, with the sentences and pointers of Slack's `response_metadata.messages`."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

INVALID_BLOCKS: Final = "invalid_blocks"


@dataclass(frozen=True)
class Problem:
    """A reason to refuse a payload.

    `pointer` is a JSON pointer (RFC 6901) from the method's arguments, such as `/view/blocks/0/label/text`; `error` is
    the Web API error code. `str()` is the line in `response_metadata`.
    """

    pointer: str
    message: str
    error: str = INVALID_BLOCKS

    def __str__(self) -> str:
        return f"[ERROR] {self.message} [json-pointer:{self.pointer}]"


def child_pointer(at: str, *steps: str | int) -> str:
    """The pointer from `at` down the given keys and indices."""
    escaped = (str(step).replace("~", "~0").replace("/", "~1") for step in steps)
    return "/".join((at, *escaped))


def json_bytes(value: object) -> int:
    """The size of a JSON value in bytes. JSON strings may hold unpaired surrogates, which UTF-8 does not allow."""
    return len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(errors="surrogatepass"))


def with_error(error: str, problems: Iterable[Problem]) -> list[Problem]:
    """The problems with `invalid_blocks` replaced by another error code."""
    return [replace(problem, error=error) if problem.error == INVALID_BLOCKS else problem for problem in problems]
