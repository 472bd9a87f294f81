"""Administrators, and the owners, committees, sponsors and facilitators of programmes."""

from collections.abc import Sequence

from sqlalchemy import func, select

from mentoring.core.owners import present_among
from mentoring.core.roles import (
    APPROVERS,
    PARTNERSHIP_READERS,
    AdministratorNamed,
    AdministratorRemoved,
    ProgrammeRole,
    RoleGiven,
    RoleHolders,
    RoleTaken,
)
from storage.people import People
from storage.repository import WORKSPACE_PARAM, Repository, TransactionContext
from storage.tables import AdministratorRow, RoleRow


class Roles(Repository):
    """All roles of the workspace, read once in a transaction: they are few."""

    def __init__(self, context: TransactionContext) -> None:
        super().__init__(context)
        self._known: list[RoleGiven] | None = None

    def all(self) -> list[RoleGiven]:
        """Every role of every programme, in the order in which people were named."""
        if self._known is None:
            self._known = [
                RoleGiven(row.programme_id, ProgrammeRole(row.role), row.person, row.named_by)
                for row in self._select(RoleRow, _ROLES)
            ]
        return self._known

    def holders(self, programme_id: str, role: ProgrammeRole) -> tuple[str, ...]:
        """The people (Slack user ids) who have this role in the programme."""
        return tuple(each.person for each in self.all() if each.programme_id == programme_id and each.role is role)

    def owners(self, programme_id: str) -> tuple[str, ...]:
        """The programme's owners (Slack user ids)."""
        return self.holders(programme_id, ProgrammeRole.OWNER)

    def present_owners(self, programme_id: str) -> tuple[str, ...]:
        """The owners whose account is open, or all owners if none is. Counting, asking and notifying go by these;
        whether a person may act as an owner goes by `owners`.
        """
        owners = self.owners(programme_id)
        return present_among(owners, People(self._context).get_many(owners))

    def holders_in(self, programme_id: str) -> RoleHolders:
        """The people of the programme, by role."""
        return RoleHolders(
            self.owners(programme_id),
            self.committee(programme_id),
            self.holders(programme_id, ProgrammeRole.SPONSOR),
            self.holders(programme_id, ProgrammeRole.FACILITATOR),
        )

    def committee(self, programme_id: str) -> tuple[str, ...]:
        """The members of the programme's committee (Slack user ids), without the owners."""
        owners = self.owners(programme_id)
        return tuple(each for each in self.holders(programme_id, ProgrammeRole.COMMITTEE) if each not in owners)

    def present_facilitators(self, programme_id: str) -> tuple[str, ...]:
        """The facilitators whose account is open (Slack user ids)."""
        facilitators = self.holders(programme_id, ProgrammeRole.FACILITATOR)
        people = People(self._context).get_many(facilitators) if facilitators else {}
        return tuple(each for each in facilitators if each not in people or not people[each].is_absent)

    def approvers(self, programme_id: str) -> tuple[str, ...]:
        """Who decides on the programme's proposals (Slack user ids): its owners, then the rest of its committee."""
        return *self.owners(programme_id), *self.committee(programme_id)

    def present_approvers(self, programme_id: str) -> tuple[str, ...]:
        """The approvers whose account is open, or all of them if none is."""
        approvers = self.approvers(programme_id)
        return present_among(approvers, People(self._context).get_many(approvers))

    def of(self, person: str) -> dict[str, frozenset[ProgrammeRole]]:
        """The roles of this person (Slack user id), by the id of the programme."""
        found: dict[str, set[ProgrammeRole]] = {}
        for each in self.all():
            if each.person == person:
                found.setdefault(each.programme_id, set()).add(each.role)
        return {programme_id: frozenset(roles) for programme_id, roles in found.items()}

    def approved_by(self, person: str) -> tuple[str, ...]:
        """The ids of the programmes whose proposals this person (Slack user id) decides on."""
        return self._programmes_with(person, APPROVERS)

    def partnerships_read_by(self, person: str) -> tuple[str, ...]:
        """The ids of the programmes whose list of partnerships this person (Slack user id) reads."""
        return self._programmes_with(person, PARTNERSHIP_READERS)

    def _programmes_with(self, person: str, readers: Sequence[ProgrammeRole]) -> tuple[str, ...]:
        found = self.of(person)
        return tuple(programme_id for programme_id, roles in found.items() if not roles.isdisjoint(readers))

    def everybody_with(self, role: ProgrammeRole) -> tuple[str, ...]:
        """The people (Slack user ids) who have this role in any programme, each once."""
        return tuple(dict.fromkeys(each.person for each in self.all() if each.role is role))

    def programmes_of(self, person: str, role: ProgrammeRole) -> tuple[str, ...]:
        """The ids of the programmes in which this person (Slack user id) has the role."""
        return tuple(each.programme_id for each in self.all() if each.person == person and each.role is role)

    def administrators(self) -> tuple[AdministratorNamed, ...]:
        """The people who may start programmes, in the order in which they were named."""
        rows = self._select(AdministratorRow, _ADMINISTRATORS)
        return tuple(AdministratorNamed(row.person, row.named_by) for row in rows)

    def give(self, given: RoleGiven) -> bool:
        """Add the role. A person who has it already keeps their place."""
        self._insert(
            RoleRow,
            programme_id=given.programme_id,
            role=given.role,
            person=given.person,
            place=self._next_place(RoleRow),
            named_by=given.named_by,
        )
        self._known = None
        return True

    def take(self, taken: RoleTaken) -> bool:
        self._delete(RoleRow, taken.programme_id, taken.role, taken.person)
        self._known = None
        return True

    def name_administrator(self, named: AdministratorNamed) -> bool:
        """Add an administrator. One who is there already keeps their place."""
        self._insert(
            AdministratorRow, person=named.person, place=self._next_place(AdministratorRow), named_by=named.named_by
        )
        return True

    def remove_administrator(self, removed: AdministratorRemoved) -> bool:
        self._delete(AdministratorRow, removed.person)
        return True

    def replace_owners(self, programme_id: str, owners: Sequence[str]) -> None:
        """Make exactly these people (Slack user ids) the owners of the programme, in this order."""
        for person in self.owners(programme_id):
            self.take(RoleTaken(programme_id, ProgrammeRole.OWNER, person))
        for person in owners:
            self.give(RoleGiven(programme_id, ProgrammeRole.OWNER, person))

    def _next_place(self, row_type: type[RoleRow] | type[AdministratorRow]) -> int:
        return int(self._scalar(_LAST_PLACE[row_type]) or 0) + 1


_ROLES = select(RoleRow).where(RoleRow.workspace == WORKSPACE_PARAM).order_by(RoleRow.place, RoleRow.person)
_ADMINISTRATORS = (
    select(AdministratorRow)
    .where(AdministratorRow.workspace == WORKSPACE_PARAM)
    .order_by(AdministratorRow.place, AdministratorRow.person)
)
_LAST_PLACE = {
    row_type: select(func.max(row_type.place)).where(row_type.workspace == WORKSPACE_PARAM)
    for row_type in (RoleRow, AdministratorRow)
}
