"""Invitations to apply, what people want of them, and the moments after which they are sent."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import bindparam, case, delete, func, select

from mentoring.core.programmes import InvitationMoment
from mentoring.invitations.invitation import Invitation, InvitationChoice, InvitationFigures, figures
from mentoring.invitations.moments import MomentNoted, MomentsForgotten, TitleNoted
from storage.repository import WORKSPACE_PARAM, Repository
from storage.tables import (
    ApplicationRow,
    CohortRow,
    InvitationChoiceRow,
    InvitationMomentRow,
    InvitationRow,
    StaffRow,
    TitleMarkRow,
)
from storage.workspaces import Digests


class Invitations(Repository):
    def get(self, invitation_id: str) -> Invitation | None:
        row = self._get(InvitationRow, invitation_id)
        return _invitation(row) if row else None

    def last_of(self, person: str) -> Invitation | None:
        """The newest invitation of this person (a Slack user id), to any programme."""
        rows = self._select(InvitationRow, _LAST_OF, person=person)
        return _invitation(rows[0]) if rows else None

    def figures(self, programme_id: str, today: date) -> InvitationFigures:
        """How many people the programme has invited, as its owners see it. Applications count up to the last deadline
        before `today`.
        """
        deadline = self._execute(_LAST_DEADLINE, programme=programme_id, today=today).scalar()
        invited, applied = self._execute(_FIGURES, programme=programme_id, deadline=deadline or date.min).one()
        return figures(int(invited), int(applied or 0) if deadline else None)

    def wants_some(self, person: str) -> bool:
        """Whether the person (a Slack user id) may get invitations."""
        row = self._get(InvitationChoiceRow, person)
        return row.is_on if row else True

    def moments(self, first: date, last: date) -> dict[str, dict[InvitationMoment, date]]:
        """The moments of these days, by Slack user id and kind. A start date in the staff records counts more than the
        day on which Slack told of a new member.
        """
        found: dict[str, dict[InvitationMoment, date]] = {}
        rows = self._execute(_MOMENTS, first=first, last=last).all()
        named = [row.person for row in rows]
        started = set(self._execute(_STARTED, people=named).scalars()) if rows else set()
        for row in rows:
            moment = InvitationMoment(row.moment)
            if moment is not InvitationMoment.JOINED or row.person not in started:
                found.setdefault(row.person, {})[moment] = row.day
        for row in self._execute(_STARTED_BETWEEN, first=first, last=last):
            found.setdefault(row.person, {})[InvitationMoment.JOINED] = row.started_on
        return found

    def applied_to(self, person: str) -> frozenset[str]:
        """The programmes to which the person (a Slack user id) has ever applied."""
        return frozenset(self._execute(_APPLIED_TO, person=person).scalars())

    def managers_among(self, people: Iterable[str]) -> frozenset[str]:
        """Those of these people (Slack user ids) whom a staff record names as manager."""
        return frozenset(self._execute(_MANAGERS, people=list(people)).scalars())

    def has_noted(self, person: str) -> bool:
        """Whether a moment of the person (a Slack user id) is noted, or the mark of a title."""
        return bool(self.title_mark(person) or self._execute(_NOTED, person=person).first())

    def mark_of(self, person: str, title: str) -> str:
        """The mark of this title of a person; "" for none."""
        return Digests(self._context).derive("title", person, title) if title else ""

    def title_mark(self, person: str) -> str:
        """The mark of the last title of the person (a Slack user id) that is known, or ""."""
        row = self._get(TitleMarkRow, person)
        return row.mark if row else ""

    def save(self, invitation: Invitation) -> bool:
        """Add the invitation, or note that the person has applied."""
        self._upsert(InvitationRow, **vars(invitation))
        return True

    def save_choice(self, choice: InvitationChoice) -> bool:
        self._upsert(InvitationChoiceRow, person=choice.person, is_on=choice.is_on)
        return True

    def save_moment(self, noted: MomentNoted) -> bool:
        """Save the day of this kind of moment, in place of an earlier one."""
        self._upsert(InvitationMomentRow, person=noted.person, moment=noted.moment, day=noted.on)
        return True

    def save_title(self, noted: TitleNoted) -> bool:
        self._upsert(TitleMarkRow, person=noted.person, mark=noted.mark)
        return True

    def forget(self, forgotten: MomentsForgotten) -> bool:
        """Delete moments of long ago and, if they are not wanted, all marks of titles."""
        self._context.rows.clear()
        self._execute(_FORGET_MOMENTS, before=forgotten.before)
        if not forgotten.keeps_titles:
            self._execute(_FORGET_TITLES)
        return True


_LAST_OF = (
    select(InvitationRow.__table__)
    .where(InvitationRow.workspace == WORKSPACE_PARAM, InvitationRow.person == bindparam("person"))
    .order_by(InvitationRow.sent_on.desc(), InvitationRow.id.desc())
    .limit(1)
)
_LAST_DEADLINE = select(func.max(CohortRow.apply_by)).where(
    CohortRow.workspace == WORKSPACE_PARAM,
    CohortRow.programme_id == bindparam("programme"),
    CohortRow.apply_by < bindparam("today"),
)
_FIGURES = select(func.count(), func.sum(case((InvitationRow.applied_on <= bindparam("deadline"), 1), else_=0))).where(
    InvitationRow.workspace == WORKSPACE_PARAM, InvitationRow.programme_id == bindparam("programme")
)
_MOMENTS = (
    select(InvitationMomentRow.person, InvitationMomentRow.moment, InvitationMomentRow.day)
    .where(
        InvitationMomentRow.workspace == WORKSPACE_PARAM,
        InvitationMomentRow.day.between(bindparam("first"), bindparam("last")),
    )
    .order_by(InvitationMomentRow.person, InvitationMomentRow.moment)
)
_NOTED = (
    select(InvitationMomentRow.moment)
    .where(InvitationMomentRow.workspace == WORKSPACE_PARAM, InvitationMomentRow.person == bindparam("person"))
    .limit(1)
)
_STARTED = select(StaffRow.person).where(
    StaffRow.workspace == WORKSPACE_PARAM,
    StaffRow.started_on.is_not(None),
    StaffRow.person.in_(bindparam("people", expanding=True)),
)
_STARTED_BETWEEN = (
    select(StaffRow.person, StaffRow.started_on)
    .where(StaffRow.workspace == WORKSPACE_PARAM, StaffRow.started_on.between(bindparam("first"), bindparam("last")))
    .order_by(StaffRow.person)
)
_APPLIED_TO = (
    select(CohortRow.programme_id)
    .distinct()
    .join(
        ApplicationRow,
        (ApplicationRow.workspace == CohortRow.workspace) & (ApplicationRow.cohort_id == CohortRow.id),
    )
    .where(CohortRow.workspace == WORKSPACE_PARAM, ApplicationRow.person == bindparam("person"))
)
_MANAGERS = (
    select(StaffRow.manager)
    .distinct()
    .where(StaffRow.workspace == WORKSPACE_PARAM, StaffRow.manager.in_(bindparam("people", expanding=True)))
)
_FORGET_MOMENTS = delete(InvitationMomentRow).where(
    InvitationMomentRow.workspace == WORKSPACE_PARAM, InvitationMomentRow.day < bindparam("before")
)
_FORGET_TITLES = delete(TitleMarkRow).where(TitleMarkRow.workspace == WORKSPACE_PARAM)


def _invitation(row: InvitationRow) -> Invitation:
    return Invitation(row.id, row.programme_id, row.person, row.sent_on, row.applied_on)
