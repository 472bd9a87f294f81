"""A pause, a moved end, an early end, a leave and a regular time of the same two people, one after the other."""

from datetime import date

import pytest

from mentoring.partnerships.end_date import change_end
from messages import ids
from services.end_dates import load_end_context
from services.planned_meetings import with_meetings_called_off
from tests.handlers.requests import answers, clicked
from tests.handlers.starting_points import ADA, BEN, TWO_MONTHS_LONGER, introduced, later, moved_by_pause
from tests.handlers.support import direct_messages, rows
from tests.handlers.test_end_plans import ends_on, proposes, says, shown_to
from tests.handlers.test_pauses import pauses, said
from tests.handlers.test_regular_times import meetings, offers, regular
from tests.journeys.story import Story, button_values
from tests.local_bot import LocalBot


@pytest.fixture
def pair(town: LocalBot) -> str:
    """Ada and Ben were introduced yesterday, a Monday, for half a year; the partnership's id."""
    found = introduced(town, ADA, BEN)
    later(town, days=1)
    return found


def moves(town: LocalBot, pair: str, day: str) -> None:
    """Both have agreed on this end."""
    now = town.slack.calendar.now()
    with town.storage.begin(town.slack.team_id) as tx:
        partnership = tx.partnerships.get(pair)
        assert partnership is not None
        moved = change_end(load_end_context(tx, partnership), date.fromisoformat(day), now)
        tx.save(with_meetings_called_off(tx, moved, now))
    town.settle()


def test_a_regular_time_offered_before_the_end_moved_earlier_books_nothing_after_it(town: LocalBot, pair: str) -> None:
    offers(town, ADA, pair)
    moves(town, pair, "2027-02-28")
    (offered,) = said(town, BEN, "offers to meet you regularly")
    assert "May 2027" not in offered
    assert says(town, BEN, ids.TAKE_REGULAR, str(regular(town)["id"])) == [""]
    booked = [str(row["starts_at"])[:10] for row in meetings(town)]
    assert booked
    assert max(booked) <= "2027-02-28"


def test_a_regular_time_cannot_be_taken_once_completed_early(town: LocalBot, pair: str) -> None:
    offers(town, ADA, pair)
    proposes(town, ADA, pair, "now")
    says(town, BEN, ids.AGREE_TO_END, f"{pair}:1")
    assert "Take this time" not in shown_to(town, BEN)
    (refused,) = says(town, BEN, ids.TAKE_REGULAR, str(regular(town)["id"]))
    assert "went wrong" not in refused
    assert refused
    assert meetings(town) == []


def test_a_regular_time_is_over_with_its_partnership(town: LocalBot, pair: str) -> None:
    offers(town, ADA, pair)
    Story(town).leaves(ADA)
    says(town, ADA, ids.END_PARTNERSHIP, pair)
    assert rows(town)["partnerships"][0]["state"] == "ended"
    assert "Take this time" not in shown_to(town, BEN)
    assert f"There is no regular time with <@{ADA}>" in shown_to(town, BEN)


def test_completed_early_is_the_last_word_also_soon_after_a_pause(town: LocalBot, pair: str) -> None:
    pauses(town, pair, back_on="2027-01-18")
    later(town, days=56)
    assert said(town, ADA, "Move the end")
    proposes(town, ADA, pair, "now")
    says(town, BEN, ids.AGREE_TO_END, f"{pair}:1")
    assert said(town, ADA, "Move the end") == []
    for user in (ADA, BEN):
        (refused,) = says(town, user, ids.MOVE_END, moved_by_pause(town, pair))
        assert "no pause by which to move the end" in refused
    assert ends_on(town) == str(town.slack.calendar.now().date())
    later(town, days=1)
    assert [row["kind"] for row in rows(town)["outbox"] if row["recipient"] == ADA].count("survey") == 1


def test_one_wish_to_move_the_end_by_the_pause_is_over_once_it_has_moved_otherwise(town: LocalBot, pair: str) -> None:
    pauses(town, pair, back_on="2027-01-18")
    later(town, days=56)
    says(town, ADA, ids.MOVE_END, moved_by_pause(town, pair))
    old = moved_by_pause(town, pair)
    proposes(town, ADA, pair, str(TWO_MONTHS_LONGER))
    says(town, BEN, ids.AGREE_TO_END, f"{pair}:1")
    (refused,) = says(town, BEN, ids.MOVE_END, old)
    assert "This is no longer open." in refused
    says(town, BEN, ids.MOVE_END, moved_by_pause(town, pair))
    assert ends_on(town) == str(TWO_MONTHS_LONGER)
    says(town, ADA, ids.MOVE_END, moved_by_pause(town, pair))
    assert ends_on(town) == "2027-09-16"


def test_while_one_is_on_a_longer_leave_nobody_reads_that_it_starts_again(town: LocalBot, pair: str) -> None:
    pauses(town, pair, back_on="2027-01-18")
    Story(town).leaves(ADA)
    answers(town, clicked(town, ADA, ids.OPEN_LEAVE))
    town.person(ADA).await_view(ids.LEAVE_FORM)
    Story(town).sends(ADA, {"back_on": "2027-02-15"})
    later(town, days=57)
    for user in (ADA, BEN):
        for untrue in ("starts again", "started again", "carries on.*"):
            assert said(town, user, untrue) == []
    later(town, days=28)
    for user in (ADA, BEN):
        assert len(said(town, user, "carries on.*")) == 1


def test_who_chose_the_day_of_a_pause_is_named(town: LocalBot, pair: str) -> None:
    pauses(town, pair, back_on="2027-01-18")
    pauses(town, pair, BEN, back_on="2027-02-15")
    assert said(town, ADA, f"until 15 February 2027.* <@{BEN}> asked for it")


def test_only_the_newest_pause_offers_to_move_the_end(town: LocalBot, pair: str) -> None:
    pauses(town, pair, back_on="2027-01-18")
    later(town, days=60)
    pauses(town, pair, BEN, back_on="2027-02-15")
    later(town, days=30)
    assert len(said(town, ADA, "You can move it by the")) == 1


@pytest.mark.parametrize(("agreed_end", "proposed"), [("2027-10-23", "2027-05-31"), ("2027-05-24", "2027-10-23")])
def test_a_proposal_is_settled_once_its_day_or_the_end_has_come(
    town: LocalBot, pair: str, agreed_end: str, proposed: str
) -> None:
    moves(town, pair, agreed_end)
    proposes(town, ADA, pair, "day", proposed)
    later(town, days=187)  # 30 May
    is_over = agreed_end < "2027-05-30"
    assert ("Keep the end as it is" in shown_to(town, BEN)) is not is_over
    heard = len(direct_messages(town, BEN))
    later(town, days=2)
    assert "Keep the end as it is" not in shown_to(town, BEN)
    assert "There’s nothing to answer here any more" in shown_to(town, BEN)
    assert len(direct_messages(town, BEN)) == heard + is_over  # the survey’s reminder


def test_ones_own_proposal_of_an_end_can_be_taken_back_in_a_pause(town: LocalBot, pair: str) -> None:
    proposes(town, ADA, pair, str(TWO_MONTHS_LONGER))
    pauses(town, pair, back_on="2027-01-18")
    Story(town).leaves(BEN)
    (refused,) = says(town, BEN, ids.CHANGE_END, pair)
    assert "paused" in refused
    story = Story(town)
    story.leaves(ADA)
    view = story.opens(ADA, lambda person: person.command("/mentor status"), ids.PARTNERSHIPS_VIEW)
    assert "You proposed to end on 23 July 2027" in str(view)
    view = story.opens(ADA, lambda person: story._click(person, ids.CHANGE_END, pair), ids.END_VIEW)
    assert button_values(view, ids.PROPOSE_END) == []
    assert button_values(view, ids.TAKE_BACK_END) == [f"{pair}:1"]
    story.clicks(ADA, ids.TAKE_BACK_END)
    assert rows(town)["end_proposals"][0]["state"] == "withdrawn"
    assert "has taken back what they proposed" in shown_to(town, BEN) or "paused" in shown_to(town, BEN)
