"""The last pages of closing surveys, and what two partners wrote to thank each other."""

from dataclasses import replace

from sqlalchemy import func, select, true

from mentoring.closure import Closure, ThankYou
from mentoring.partnerships.partnership import Partnership, check_partner
from storage.repository import WORKSPACE_PARAM, Repository
from storage.tables import ClosureRow, ThankYouRow


class Closures(Repository):
    def get(self, partnership_id: str, person: str) -> Closure | None:
        """What this person (Slack user id) said about the partnership with this id."""
        row = self._get(ClosureRow, partnership_id, person)
        return Closure(row.partnership_id, row.person, row.is_named, row.places, row.answered_at) if row else None

    def named_by_both(self) -> frozenset[str]:
        """The ids of the partnerships whose two people both agree to be named."""
        return frozenset(self._execute(_NAMED_BY_BOTH).scalars())

    def save(self, closure: Closure) -> bool:
        """Add it, or change whether they may be named. Returns False if they have said anything else already."""
        if before := self.get(closure.partnership_id, closure.person):
            self._update(ClosureRow, closure.partnership_id, closure.person, is_named=closure.is_named)
            return replace(before, is_named=closure.is_named) == closure
        return self._insert(
            ClosureRow,
            partnership_id=closure.partnership_id,
            person=closure.person,
            is_named=closure.is_named,
            places=closure.places,
            answered_at=closure.answered_at,
        )

    def save_thanks(self, thanks: ThankYou) -> bool:
        """Save what a partner wrote; `ThankYous` reads it."""
        return self._insert(ThankYouRow, partnership_id=thanks.partnership_id, author=thanks.author, words=thanks.words)


class ThankYous(Repository):
    """What two partners wrote to thank each other, for the two of them."""

    def read_by(self, reader: str, partnership: Partnership, *, author: str) -> str:
        """What `author` wrote, for `reader`, one of the two (Slack user ids); "" if they wrote nothing.

        Raises NotForYou.
        """
        check_partner(partnership, reader)
        row = self._get(ThankYouRow, partnership.id, author)
        return row.words if row else ""


_NAMED_BY_BOTH = (
    select(ClosureRow.partnership_id)
    .where(ClosureRow.workspace == WORKSPACE_PARAM, ClosureRow.is_named == true())
    .group_by(ClosureRow.partnership_id)
    .having(func.count() == 2)
)
