"""What owners asked the two people of a partnership, and what these answered."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import BindParameter, bindparam, select

from mentoring.oversight.alarms import AlarmSnoozed
from mentoring.oversight.asking import HowItStands, OversightKind, OversightRequest, StandingAnswer
from mentoring.oversight.digest import DigestChoice, DigestRhythm
from storage.repository import WORKSPACE_PARAM, Repository
from storage.tables import AlarmSnoozeRow, DigestChoiceRow, OversightRequestRow, StandingAnswerRow


class Oversight(Repository):
    def requests(self, partnerships: Iterable[str]) -> list[OversightRequest]:
        """What owners asked in the partnerships with these ids, oldest first in each kind."""
        return [
            OversightRequest(row.partnership_id, OversightKind(row.kind), row.number, row.by, row.at)
            for row in self._select(OversightRequestRow, _REQUESTS, partnerships=list(partnerships))
        ]

    def answers(self, partnerships: Iterable[str]) -> list[StandingAnswer]:
        """What the people of these partnerships (ids) answered to owners."""
        return [
            StandingAnswer(row.partnership_id, row.number, row.person, HowItStands(row.answer), row.at)
            for row in self._select(StandingAnswerRow, _ANSWERS, partnerships=list(partnerships))
        ]

    def snoozed_until(self, owner: str) -> dict[str, date]:
        """Until when this owner (Slack user id) has snoozed partnerships, by their id."""
        return {row.partnership_id: row.until for row in self._select(AlarmSnoozeRow, _SNOOZED, owner=owner)}

    def save_snooze(self, snoozed: AlarmSnoozed) -> bool:
        """Add it, or set another day."""
        self._upsert(AlarmSnoozeRow, partnership_id=snoozed.partnership_id, owner=snoozed.owner, until=snoozed.until)
        return True

    def digest_of(self, owner: str) -> DigestRhythm:
        """How often this owner (Slack user id) gets the message about what needs them."""
        row = self._get(DigestChoiceRow, owner)
        return DigestRhythm(row.rhythm) if row else DigestRhythm.WEEKLY

    def save_digest(self, choice: DigestChoice) -> bool:
        self._upsert(DigestChoiceRow, person=choice.person, rhythm=choice.rhythm)
        return True

    def save_request(self, request: OversightRequest) -> bool:
        """Add it. Returns False if there is one with this number."""
        return self._insert(
            OversightRequestRow,
            partnership_id=request.partnership_id,
            kind=request.kind,
            number=request.number,
            by=request.by,
            at=request.at,
        )

    def save_answer(self, answer: StandingAnswer) -> bool:
        """Add it, or replace what the person answered before."""
        self._upsert(
            StandingAnswerRow,
            partnership_id=answer.partnership_id,
            number=answer.number,
            person=answer.person,
            answer=answer.answer,
            at=answer.at,
        )
        return True


_OF: BindParameter[list[str]] = bindparam("partnerships", expanding=True)
_REQUESTS = (
    select(OversightRequestRow)
    .where(OversightRequestRow.workspace == WORKSPACE_PARAM, OversightRequestRow.partnership_id.in_(_OF))
    .order_by(OversightRequestRow.number)
)
_ANSWERS = (
    select(StandingAnswerRow)
    .where(StandingAnswerRow.workspace == WORKSPACE_PARAM, StandingAnswerRow.partnership_id.in_(_OF))
    .order_by(StandingAnswerRow.number, StandingAnswerRow.person)
)
_SNOOZED = select(AlarmSnoozeRow).where(
    AlarmSnoozeRow.workspace == WORKSPACE_PARAM, AlarmSnoozeRow.owner == bindparam("owner")
)
