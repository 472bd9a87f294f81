"""Loads what is on a person's Home."""

from datetime import date, datetime

from mentoring.announcements.announcement import waits_for_approval
from mentoring.core.acting import ActingPerson
from mentoring.core.programmes import Cohort, Programme
from mentoring.core.roles import ProgrammeRole
from mentoring.home.home import Home, HomeProgramme
from mentoring.home.needs import Need, needs_of_approver, needs_of_owner
from mentoring.matching.running_out import told_by_themselves
from mentoring.programmes.membership import Membership
from mentoring.programmes.startup_plan import startup_plan
from services.announcements import load_plan
from services.feedback_reading import load_themes
from services.invitations import load_choice
from services.oversight import load_alarms
from services.own_partnerships import load_own_partnerships
from services.programmes import as_read, programme_about, visible_memberships
from services.sessions import sessions_for
from services.status import load_partnership_counts
from storage import Transaction


def load_home(
    tx: Transaction, person: str, now: datetime, *, acting: ActingPerson | None, programme_id: str = ""
) -> Home:
    """The Home of `person` (a Slack user id) at `now` (calendar, aware): of all programmes, or only of `programme_id`.

    `acting` as in `load_own_partnerships`.
    """
    reader = tx.people.get(person)
    today = reader.today(now)
    memberships = visible_memberships(tx, person)
    chosen = [each for each in memberships if each.programme.id == programme_id] or memberships
    programmes = tuple(_programme(tx, each, person, today, now, acting) for each in chosen)
    pairs = [own.partnership for each in programmes for own in each.partnerships]
    return Home(
        reader,
        today,
        programmes,
        tx.people.get_many({each for partnership in pairs for each in partnership.people}),
        digest=tx.oversight.digest_of(person)
        if any(ProgrammeRole.OWNER in each.roles for each in memberships)
        else None,
        invitations=load_choice(tx, reader),
        is_administrator=any(each.person == person for each in tx.roles.administrators()),
    )


def _programme(
    tx: Transaction, membership: Membership, person: str, today: date, now: datetime, acting: ActingPerson | None
) -> HomeProgramme:
    cohort = membership.cohort
    runs_it = membership.roles & {ProgrammeRole.OWNER, ProgrammeRole.COMMITTEE}
    needs = load_needs(tx, membership.programme, cohort, person, now) if runs_it else ()
    read = Membership(
        as_read(tx, membership.programme),
        cohort,
        membership.roles,
        membership.applications,
        membership.partnerships,
        membership.record,
    )
    return HomeProgramme(
        read,
        tuple(tx.matches.of(person, cohort.id)) if membership.applications else (),
        tuple(load_own_partnerships(tx, membership.partnerships, person, today, now, acting=acting)),
        needs,
        tx.roles.present_facilitators(cohort.programme_id),
        sessions_for(tx, membership, person, now),
        load_themes(tx, cohort.programme_id) if _is_mentor(membership, person) else (),
    )


def _is_mentor(membership: Membership, person: str) -> bool:
    return any(each.is_active and each.mentor == person for each in membership.partnerships)


def load_needs(
    tx: Transaction, programme: Programme, cohort: Cohort, person: str, now: datetime, *, weekly: bool = False
) -> tuple[Need, ...]:
    """What needs an owner or a member of the committee, `person` (a Slack user id), at `now` (calendar, aware), most
    urgent first.

    For the `weekly` message, without the matches of which they hear by a message of its own on the same day.
    """
    reader = tx.people.get(person)
    today = reader.today(now)
    round_ = tx.rounds.get(programme, cohort).with_acting(person)
    status = load_partnership_counts(tx, programme, cohort, person, now)
    if status is None:
        return tuple(needs_of_approver(round_, person))
    failed = [
        each
        for each in tx.undelivered.unresolved()
        if (about := programme_about(tx, each.refs)) and about[0].id == programme.id
    ]
    plan = startup_plan(programme, cohort, tx.setup_steps.of(programme.id))
    alarms = load_alarms(tx, programme, person, status, now)
    apart_from = told_by_themselves(round_.matches.values(), reader, programme, now) if weekly else ()
    entry = waits_for_approval(load_plan(tx, programme, cohort), now)
    waits = (entry.announcement.id, reader.today(entry.due)) if entry else None
    owners = tx.roles.present_owners(programme.id)
    return needs_of_owner(
        round_, person, status, failed, plan, today, alarms, waits, owners=owners, apart_from=apart_from
    )
