"""Workspaces with one programme, as most tests have them."""

from collections.abc import Sequence

from mentoring.core.programmes import Cohort, Programme
from mentoring.core.roles import ProgrammeRole
from storage import Transaction


def the_programme(tx: Transaction) -> Programme | None:
    """The programme, or None before there is one."""
    found = tx.programmes.first()
    return found[0] if found else None


def programme_and_cohort(tx: Transaction) -> tuple[Programme, Cohort]:
    """The programme with its current cohort."""
    found = tx.programmes.first()
    assert found is not None
    return found


def owners_in(tx: Transaction) -> tuple[str, ...]:
    """The owners (Slack user ids), or none before there is a programme."""
    return tx.roles.everybody_with(ProgrammeRole.OWNER)


def replace_owners(tx: Transaction, owners: Sequence[str]) -> None:
    """Make exactly these people (Slack user ids) the owners of the programme."""
    tx.roles.replace_owners(programme_and_cohort(tx)[0].id, owners)
