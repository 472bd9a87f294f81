"""The result of a check of `mentor-bot doctor`."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from services.errors import report_error


class CheckStatus(StrEnum):
    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True)
class CheckResult:
    """The result of a check: its `subject`, what was `found`, and what to `do` about it, or ""."""

    subject: str
    status: CheckStatus
    found: str
    do: str = ""


def isolated(subject: str, results: Iterator[CheckResult]) -> Iterator[CheckResult]:
    """The results of a check. An unexpected error is one of them."""
    try:
        yield from results
    except Exception as error:  # noqa: BLE001 - the other checks are made all the same
        found = f"The check itself failed ({type(error).__name__}, reference {report_error(error)})."
        yield CheckResult(subject, CheckStatus.ERROR, found, "Please report this, with what the log says.")
