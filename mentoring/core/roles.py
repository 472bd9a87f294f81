"""Roles: who may start programmes, and what people do for a programme (D0.7)."""

from dataclasses import dataclass, replace
from enum import StrEnum


class ProgrammeRole(StrEnum):
    """What a person does for one programme. Stored: renaming a value needs a migration.

    OWNER: runs it, and names the others. COMMITTEE: reads applications and decides on proposals, together with the
    owners. SPONSOR: reads the programme's figures, and nothing about a person. FACILITATOR: looks after the people in a
    peer programme, and reads the list of its partnerships.
    """

    OWNER = "owner"
    COMMITTEE = "committee"
    SPONSOR = "sponsor"
    FACILITATOR = "facilitator"


APPROVERS = (ProgrammeRole.OWNER, ProgrammeRole.COMMITTEE)
"""The roles whose people read applications and decide on proposals."""

PARTNERSHIP_READERS = (ProgrammeRole.OWNER, ProgrammeRole.FACILITATOR)
"""The roles whose people read the list of partnerships. Only owners change anything in it."""


@dataclass(frozen=True)
class RoleGiven:
    """`person` has this role from now on. `named_by` is who named them, or "" if MENTOR_OWNERS does. Slack user ids."""

    programme_id: str
    role: ProgrammeRole
    person: str
    named_by: str = ""


@dataclass(frozen=True)
class RoleTaken:
    """`person` (a Slack user id) does not have this role any more."""

    programme_id: str
    role: ProgrammeRole
    person: str


@dataclass(frozen=True)
class RoleHolders:
    """The people (Slack user ids) who do something for a programme, by what they do."""

    owners: tuple[str, ...]
    committee: tuple[str, ...] = ()
    sponsors: tuple[str, ...] = ()
    facilitators: tuple[str, ...] = ()

    def of(self, role: ProgrammeRole) -> tuple[str, ...]:
        held = {
            ProgrammeRole.OWNER: self.owners,
            ProgrammeRole.COMMITTEE: self.committee,
            ProgrammeRole.SPONSOR: self.sponsors,
            ProgrammeRole.FACILITATOR: self.facilitators,
        }
        return held[role]

    def without_doubles(self) -> "RoleHolders":
        """The same, with owners left out of the committee, since they can do all that it does."""
        return replace(self, committee=tuple(each for each in self.committee if each not in self.owners))


@dataclass(frozen=True)
class AdministratorNamed:
    """`person` may start programmes. `named_by` is who named them, or "" if MENTOR_OWNERS does. Slack user ids."""

    person: str
    named_by: str = ""


@dataclass(frozen=True)
class AdministratorRemoved:
    """`person` (a Slack user id) may not start programmes any more."""

    person: str
