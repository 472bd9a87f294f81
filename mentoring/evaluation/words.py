"""What the owners want to do differently in the next round, in their own words. They stay with the round."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from mentoring.core.errors import ChangedMeanwhile, InvalidForm, TooLong
from mentoring.core.fields import FieldName
from mentoring.core.outcome import NOTHING, Outcome
from mentoring.core.owners import check_owner

MOST_NEXT_TIME: Final = 2000


@dataclass(frozen=True)
class NextTime:
    """What the evaluation report of a round says under "What we’ll do next time". `by` is the Slack user id of the
    owner who saved it last, "" once they are erased.
    """

    cohort_id: str
    words: str
    by: str
    version: int = 1


def write_next_time(
    before: NextTime | None, cohort_id: str, words: str, *, by: str, owners: Sequence[str], seen_version: int
) -> Outcome:
    """Save the words; "" removes them. `seen_version` is that of the words in the form, 0 for none.

    Raises NotForYou, InvalidForm, ChangedMeanwhile.
    """
    check_owner(by, owners)
    if len(words) > MOST_NEXT_TIME:
        raise InvalidForm((TooLong(FieldName.NEXT_TIME, MOST_NEXT_TIME),))
    if words == (before.words if before else ""):
        return NOTHING
    if seen_version != (before.version if before else 0):
        raise ChangedMeanwhile(before.by or None if before else None)
    if before is None:
        return Outcome((NextTime(cohort_id, words, by),))
    return Outcome((replace(before, words=words, by=by, version=before.version + 1),))
