"""Homes of people in the library's programme, to be changed in one place at a time."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from mentoring.applications.application import Application
from mentoring.core.people import AccountStatus, Leave, Person
from mentoring.core.programmes import Cohort, Programme
from mentoring.core.roles import ProgrammeRole
from mentoring.home.home import Home, HomeProgramme
from mentoring.home.needs import Need
from mentoring.home.own_partnership import OwnPartnership
from mentoring.matching.match import Match
from mentoring.oversight.digest import DigestRhythm
from mentoring.partnerships.partnership import Partnership
from mentoring.programmes.membership import Membership
from messages.home import home_message
from messages.payloads import Message
from tests.messages.examples import ADA, COHORT, IN_TIME, NAMES, PLAIN, member

HERE = {each: member(each) for each in NAMES}


def in_programme(
    *sent: Application,
    programme: Programme = PLAIN,
    cohort: Cohort = COHORT,
    roles: Iterable[ProgrammeRole] = (),
    own: Iterable[OwnPartnership | Partnership] = (),
    matches: Iterable[Match] = (),
    needs: Iterable[Need] = (),
    facilitators: Iterable[str] = (),
    **facts: Any,
) -> HomeProgramme:
    """Where somebody stands who has `sent` these applications."""
    pairs = tuple(each if isinstance(each, OwnPartnership) else OwnPartnership(each) for each in own)
    membership = Membership(
        programme,
        cohort,
        frozenset(roles),
        {application.role: application for application in sent},
        tuple(each.partnership for each in pairs),
        **facts,
    )
    return HomeProgramme(membership, tuple(matches), pairs, tuple(needs), tuple(facilitators))


def home(
    *programmes: HomeProgramme,
    today: date = IN_TIME,
    reader: str = ADA,
    people: Mapping[str, Person] | None = None,
    leave: Leave | None = None,
    status: AccountStatus = AccountStatus.MEMBER,
    is_administrator: bool = False,
    digest: DigestRhythm | None = None,
    invitations: bool | None = None,
) -> Home:
    """The Home of Ada, if not told otherwise; everybody is there, but for the `people`."""
    person = replace(member(reader), leave=leave, account_status=status)
    return Home(
        person, today, programmes, {**HERE, reader: person, **(people or {})}, is_administrator, digest, invitations
    )


def helped(*sent: Application, today: date = IN_TIME, **facts: Any) -> Message:
    """The reply to `/mentor`, in one programme."""
    more = {name: facts.pop(name) for name in ("reader", "people", "leave", "status") if name in facts}
    return home_message(home(in_programme(*sent, **facts), today=today, **more))
