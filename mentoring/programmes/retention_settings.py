"""The part of the settings about how long data is kept."""

from collections.abc import Iterator
from typing import Final

from mentoring.core.errors import MentoringError, OutOfRange
from mentoring.core.fields import FieldName
from mentoring.core.programmes import Keeping

LEAST_MONTHS: Final = 1
LEAST_LOG_MONTHS: Final = 6
"""The bot looks at what it has sent, so that it does not say a thing twice."""
MOST_MONTHS: Final = 120


def retention_errors(form: Keeping) -> Iterator[MentoringError]:
    """Yield the problems of the form."""
    numbers = (
        (FieldName.KEEP_NOTES, form.notes, LEAST_MONTHS),
        (FieldName.KEEP_ANSWERS, form.answers, LEAST_MONTHS),
        (FieldName.KEEP_APPLICATIONS, form.applications, LEAST_MONTHS),
        (FieldName.KEEP_LOG, form.log, LEAST_LOG_MONTHS),
    )
    for name, months, least in numbers:
        if not least <= months <= MOST_MONTHS:
            yield OutOfRange(name, least, MOST_MONTHS)
