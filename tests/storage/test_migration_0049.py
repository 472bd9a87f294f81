"""After the upgrade no programme invites anybody, and the rows of before stay."""

from dataclasses import replace
from datetime import date, timedelta

from mentoring.core.outcome import Outcome
from mentoring.core.people import StaffRecord
from mentoring.core.programmes import InvitationMoment
from mentoring.invitations.invitation import Invitation, InvitationChoice, InvitationFigures
from mentoring.invitations.moments import MomentNoted, MomentsForgotten, TitleNoted
from storage import Storage
from storage.engine import upgrade
from tests.mentoring.values import application
from tests.one_programme import programme_and_cohort
from tests.storage.earlier_rows import insert_partnership
from tests.storage.rows import ADA, BEN, NOON, OWNER, WORKSPACE, bare

TODAY = date(2026, 11, 25)
JOINED, MANAGER, CHANGE = InvitationMoment


def test_rows_stay_and_people_can_be_invited(empty_address: str) -> None:
    with bare(empty_address) as engine:
        upgrade(engine, "0021")
        insert_partnership(engine)
        upgrade(engine)
    storage = Storage(empty_address)
    with storage.begin(WORKSPACE) as tx:
        programme, cohort = programme_and_cohort(tx)
        assert (programme.invites_at, programme.invite_weeks) == (frozenset(), 4)
        assert (programme.invites_mentees, programme.invites_mentors) == (True, False)
        rule = frozenset({JOINED, CHANGE})
        changed = replace(programme, invites_at=rule, invites_mentors=True, version=programme.version + 1)
        sent = [
            Invitation(f"i{n}", programme.id, f"U{n}", TODAY, applied_on=cohort.apply_by if n < 5 else None)
            for n in range(11)
        ]
        noted = [
            MomentNoted(ADA, JOINED, TODAY),
            MomentNoted(ADA, MANAGER, TODAY - timedelta(days=9)),
            MomentNoted(BEN, JOINED, TODAY),
            MomentNoted(BEN, CHANGE, TODAY),
        ]
        titles = [TitleNoted(ADA, tx.invitations.mark_of(ADA, "Curator"))]
        started = StaffRecord(BEN, manager=OWNER, started_on=date(2010, 1, 7))
        applied = [
            replace(application(person, id=id), cohort_id=cohort.id, version=1, sent_on=cohort.apply_by)
            for person, id in ((ADA, "a9"), *((f"U{n}", f"a1{n}") for n in range(6)))
        ]
        tx.save(Outcome((changed, *sent, *noted, *titles, started, *applied, InvitationChoice(ADA, is_on=False))))
    with storage.begin(WORKSPACE) as tx:
        programme, _ = programme_and_cohort(tx)
        assert programme == changed
        deadline = cohort.apply_by
        assert tx.invitations.figures(programme.id, deadline) == InvitationFigures(10, None)
        assert tx.invitations.figures(programme.id, deadline + timedelta(days=1)) == InvitationFigures(10, 5)
        assert tx.invitations.figures("another", deadline + timedelta(days=1)) == InvitationFigures()
        assert tx.invitations.last_of("U3") == sent[3]
        assert (tx.invitations.wants_some(ADA), tx.invitations.wants_some(BEN)) == (False, True)
        assert tx.invitations.title_mark(ADA) != tx.invitations.mark_of(BEN, "Curator")
        assert tx.invitations.managers_among([OWNER, ADA]) == {OWNER}
        moments = tx.invitations.moments(TODAY, TODAY)
        assert moments == {ADA: {JOINED: TODAY}, BEN: {CHANGE: TODAY}}, "Ben has worked here for long"
        assert tx.invitations.moments(date(2010, 1, 1), date(2010, 2, 1)) == {BEN: {JOINED: date(2010, 1, 7)}}
        assert tx.invitations.applied_to(ADA) == {programme.id}
        tx.save(Outcome((MomentsForgotten(TODAY, keeps_titles=True),)))
        assert tx.invitations.title_mark(ADA) == titles[0].mark
        tx.erasure.erase(BEN, NOON)
        tx.save(Outcome((MomentsForgotten(TODAY, keeps_titles=False),)))
    with storage.read(WORKSPACE) as tx:
        assert tx.invitations.moments(TODAY - timedelta(days=30), TODAY) == {ADA: {JOINED: TODAY}}
        assert tx.invitations.title_mark(ADA) == ""
    storage.close()
