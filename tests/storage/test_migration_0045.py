"""The upgrade adds the tables of the communication plan to a running programme, and an erasure reaches them."""

from mentoring.announcements.announcement import (
    Announcement,
    AnnouncementAudience,
    AnnouncementKind,
    AnnouncementState,
    Progress,
)
from mentoring.announcements.sending import RecipientsChosen, RecipientsTold
from mentoring.core.outcome import Outcome
from storage import Storage
from storage.engine import upgrade
from tests.one_programme import programme_and_cohort
from tests.storage.earlier_rows import insert_partnership
from tests.storage.rows import ADA, BEN, NOON, WORKSPACE, bare


def test_a_running_programme_gets_an_empty_plan_and_keeps_who_was_told(empty_address: str) -> None:
    with bare(empty_address) as engine:
        upgrade(engine, "0021")
        insert_partnership(engine)
        upgrade(engine)
    storage = Storage(empty_address)
    with storage.begin(WORKSPACE) as tx:
        programme, cohort = programme_and_cohort(tx)
        assert tx.announcements.of_programme(programme.id) == []
        planned = Announcement(
            "n1",
            programme.id,
            cohort.id,
            AnnouncementKind.HALF_WAY,
            AnnouncementAudience.EVERYONE,
            state=AnnouncementState.SENDING,
            approved_by=ADA,
            changed_by=ADA,
            version=1,
        )
        tx.save(Outcome((planned, RecipientsChosen("n1", (ADA, BEN)), RecipientsTold("n1", {ADA: f"x:{ADA}"}))))
        assert tx.announcements.untold("n1", 10) == [BEN]
        assert tx.announcements.direct_messages(["n1"]) == {ADA: 1, BEN: 1}
        tx.erasure.erase(ADA, NOON)
    with storage.read(WORKSPACE) as tx:
        found = tx.announcements.get("n1")
        assert found is not None
        assert (found.approved_by, found.changed_by) == ("", "")
        assert tx.announcements.progress(["n1"]) == {"n1": Progress(waiting=1)}
    storage.close()
