"""Two partners write, finish and share a progress report in Slack."""

from dataclasses import replace

import pytest

from mentoring.core.acting import ActingPerson
from mentoring.core.errors import NotForYou
from mentoring.core.outcome import Outcome
from mentoring.items.item import ActionItem, ItemOwner, ItemState
from mentoring.programmes.settings import Part
from messages import ids
from tests.handlers.report_story import (
    asks_to_share,
    finished,
    finishes,
    opens,
    presses,
    shares,
    standing,
    switch,
    with_report,
    writes,
)
from tests.handlers.requests import answers, clicked
from tests.handlers.starting_points import ADA, BEN, CHI, introduced, later, logged
from tests.handlers.support import direct_messages, rows
from tests.handlers.test_home import opens_home
from tests.handlers.test_nothing_private_is_counted import seen
from tests.handlers.test_settings import card_of, sets
from tests.journeys.story import Story, button_values
from tests.local_bot import OWNER, LocalBot

LEARNT, STEP = "That I can ask.", "Give a talk"


@pytest.fixture
def town(two_owners: LocalBot) -> LocalBot:
    return two_owners


def texts(town: LocalBot, user: str) -> list[str]:
    return [str(message["text"]) for message in direct_messages(town, user)]


def about_reports(town: LocalBot, user: str) -> list[str]:
    return [text for text in texts(town, user) if "progress report" in text]


def test_reports_are_off_until_the_owners_want_them_and_wait_for_a_meeting(town: LocalBot) -> None:
    partnership = introduced(town, ADA, BEN)
    (refused,) = answers(town, clicked(town, ADA, ids.OPEN_REPORT, partnership))
    assert refused.startswith("This programme doesn’t use progress reports")
    sets(town, Part.EXTRAS, {"reports": ["yes"]})
    assert "*Progress reports*: On." in card_of(town)
    (refused,) = answers(town, clicked(town, ADA, ids.OPEN_REPORT, partnership))
    assert refused.startswith("No meeting is logged for a report yet")


def test_both_write_and_finish_it_and_then_it_stays(town: LocalBot) -> None:
    about = finished(town)
    assert standing(town) == [(1, True, True, True)]
    assert about_reports(town, BEN) == [f"<@{ADA}> has finished your progress report"]
    page = str(opens(town, ADA, about))
    assert LEARNT in page
    assert STEP in page
    assert "We met 1 time, 45 minutes in all" in page
    assert "What we said." not in page, "notes are never on it"
    partnership, _, _ = about.partition(":")
    (refused,) = answers(town, clicked(town, ADA, ids.WRITE_REPORT, partnership))
    assert refused.startswith("No meeting is logged for a report yet"), "the next one begins with a meeting"


def test_a_change_opens_what_one_has_finished(town: LocalBot) -> None:
    partnership = with_report(town)
    finishes(town, ADA, partnership)
    assert standing(town) == [(1, True, False, False)]
    writes(town, BEN, partnership, ids.WRITE_LEARNT, {"learnt": "To listen."})
    assert standing(town) == [(1, False, False, False)]
    finishes(town, BEN, partnership)
    opens(town, BEN, partnership)
    presses(town, BEN, ids.REOPEN_REPORT)
    assert standing(town) == [(1, False, False, False)]


def test_what_the_partner_wrote_meanwhile_is_shown_and_nothing_typed_is_lost(town: LocalBot) -> None:
    partnership = with_report(town)
    opens(town, ADA, partnership)
    presses(town, ADA, ids.WRITE_REPORT)
    writes(town, BEN, partnership, ids.WRITE_REPORT, {"next_steps-1": "A step of Ben"})
    town.person(ADA).fill({"next_steps-1": "A step of Ada"})
    assert not town.person(ADA).submit().closed
    town.settle()
    shown = str(town.person(ADA).view)
    assert f"<@{BEN}> changed it meanwhile" in shown
    assert "A step of Ben → A step of Ada" in shown
    assert "A step of Ben" in str(rows(town)["report_words"])
    Story(town).leaves(ADA)
    opens(town, ADA, partnership)
    presses(town, ADA, ids.WRITE_REPORT)
    assert "A step of Ada" in str(town.person(ADA).view)
    assert not town.person(ADA).submit().errors
    town.settle()
    assert "A step of Ben" not in str(rows(town)["report_words"])
    assert not rows(town)["drafts"]


def test_it_is_sent_to_somebody_only_when_both_agree_and_once(town: LocalBot) -> None:
    about = finished(town)
    asks_to_share(town, ADA, about, OWNER)
    assert shares(town) == [(OWNER, True, False)]
    assert not about_reports(town, OWNER)
    opens(town, BEN, about)
    presses(town, BEN, ids.AGREE_TO_SHARE)
    later(town, days=1)
    assert about_reports(town, OWNER) == [f"<@{ADA}> and <@{BEN}> share a progress report with you"]
    sent = str(direct_messages(town, OWNER))
    assert LEARNT in sent
    assert STEP in sent
    asks_to_share(town, BEN, about, OWNER)
    later(town, days=1)
    assert len(about_reports(town, OWNER)) == 1
    (refused,) = answers(town, clicked(town, ADA, ids.DONT_SHARE, f"{about}:{OWNER}"))
    assert "has the report already" in refused


def test_it_names_the_action_items_only_once_both_have_ticked_that(town: LocalBot) -> None:
    partnership = with_report(town)
    open_one = ActionItem("I1", partnership, "Ask for a raise", ItemOwner.MENTEE, None, town.slack.calendar.now(), ADA)
    done = replace(open_one, id="I2", words="Read the minutes", state=ItemState.DONE)
    with town.storage.begin(town.slack.team_id) as tx:
        tx.save(Outcome((open_one, done)))
    writes(town, ADA, partnership, ids.WRITE_LEARNT, {"learnt": LEARNT, "shows_titles": ["yes"]})
    shown = str(opens(town, BEN, partnership))
    assert "We’ve done 1 of 3 action items." in shown, "one is from the meeting"
    assert "would like to show the titles" in shown
    assert "Ask for a raise" not in shown
    finishes(town, ADA, partnership)
    writes(town, BEN, partnership, ids.WRITE_LEARNT, {"shows_titles": ["yes"]})
    assert standing(town) == [(1, False, False, False)], "the page is another one"
    shown = str(opens(town, ADA, partnership))
    assert "• Ask for a raise (open)" in shown
    assert "• Read the minutes (done)" in shown
    writes(town, ADA, partnership, ids.WRITE_LEARNT, {"learnt": "Another thing.", "shows_titles": []})
    assert "Ask for a raise" not in str(opens(town, ADA, partnership))
    writes(town, ADA, partnership, ids.WRITE_LEARNT, {"shows_titles": ["yes"]})
    finishes(town, ADA, partnership)
    finishes(town, BEN, partnership)
    asks_to_share(town, ADA, f"{partnership}:1", OWNER)
    opens(town, BEN, f"{partnership}:1")
    presses(town, BEN, ids.AGREE_TO_SHARE)
    later(town, days=1)
    assert "Ask for a raise (open)" in str(direct_messages(town, OWNER))


def test_either_takes_it_back_before_it_is_sent(town: LocalBot) -> None:
    about = finished(town)
    asks_to_share(town, ADA, about, OWNER)
    opens(town, BEN, about)
    presses(town, BEN, ids.DONT_SHARE)
    assert shares(town) == [(OWNER, False, False)]
    (refused,) = answers(town, clicked(town, BEN, ids.AGREE_TO_SHARE, f"{about}:{OWNER}"))
    assert "has taken this back" in refused
    later(town, days=1)
    assert not about_reports(town, OWNER)


def test_one_of_the_two_or_nobody_cannot_be_chosen(town: LocalBot) -> None:
    about = finished(town)
    opens(town, ADA, about)
    presses(town, ADA, ids.SHARE_REPORT)
    town.person(ADA).fill({"person": BEN})
    assert town.person(ADA).submit().errors == {
        "person": "The two of you read the report already. Choose someone else."
    }
    assert not shares(town)


def test_an_erasure_deletes_the_report_and_the_message_that_was_sent(town: LocalBot) -> None:
    about = finished(town)
    asks_to_share(town, ADA, about, OWNER)
    opens(town, BEN, about)
    presses(town, BEN, ids.AGREE_TO_SHARE)
    later(town, days=1)
    assert LEARNT in str(direct_messages(town, OWNER))
    with town.storage.begin(town.slack.team_id) as tx:
        tx.erasure.erase(ADA, town.slack.calendar.now())
    town.settle()
    assert LEARNT not in str(direct_messages(town, OWNER))
    assert [rows(town)[table] for table in ("reports", "report_words", "report_shares")] == [[], [], []]


def test_nobody_else_reads_it(town: LocalBot) -> None:
    about = finished(town)
    partnership, _, _ = about.partition(":")
    for person in (OWNER, CHI):
        for action in (ids.OPEN_REPORT, ids.WRITE_REPORT, ids.WRITE_LEARNT, ids.SHARE_REPORT):
            assert LEARNT not in str(answers(town, clicked(town, person, action, about)))
        with town.database() as tx:
            found = tx.partnerships.get(partnership)
            assert found is not None
            for reads in (tx.private(ActingPerson(person)).report_words, tx.private(ActingPerson(person)).shared_goals):
                with pytest.raises(NotForYou):
                    reads(found)
            assert tx.shared_reports.read_by(person, found, 1) is None


def test_it_is_offered_with_the_check_in(town: LocalBot) -> None:
    switch(town)
    logged(town)
    later(town, days=95)
    (check_in,) = [message for message in direct_messages(town, ADA) if "check-in" in str(message["text"])]
    assert ids.OPEN_REPORT in str(check_in["blocks"])


def test_owners_see_the_same_before_and_after(town: LocalBot) -> None:
    partnership = with_report(town)
    town.knows(OWNER)
    before, heard = seen(town, OWNER), len(direct_messages(town, OWNER))
    for user in (ADA, BEN):
        writes(town, user, partnership, ids.WRITE_LEARNT, {"learnt": LEARNT})
        finishes(town, user, partnership)
    finishes(town, ADA, partnership)
    assert standing(town) == [(1, True, True, True)]
    assert len(direct_messages(town, OWNER)) == heard
    assert seen(town, OWNER) == before


def test_from_the_list_it_takes_its_place_and_a_form_is_the_only_view_above(town: LocalBot) -> None:
    partnership = with_report(town)
    opens(town, ADA, partnership, ids.OPEN_PARTNERSHIPS)
    presses(town, ADA, ids.OPEN_REPORT)
    assert [view["callback_id"] for view in town.person(ADA).views] == [ids.REPORT_VIEW]
    presses(town, ADA, ids.WRITE_LEARNT)
    assert [view["callback_id"] for view in town.person(ADA).views] == [ids.REPORT_VIEW, ids.REPORT_FORM]
    town.person(ADA).fill({"learnt": LEARNT})
    assert not town.person(ADA).submit().errors
    town.settle()
    assert LEARNT in str(town.person(ADA).view), "the report below is up to date"
    presses(town, ADA, ids.OPEN_PARTNERSHIPS)
    assert [view["callback_id"] for view in town.person(ADA).views] == [ids.PARTNERSHIPS_VIEW]


def test_home_has_it_and_says_what_waits(town: LocalBot) -> None:
    partnership = with_report(town)
    assert "Progress report" in str(opens_home(town, BEN))
    assert partnership in button_values(opens_home(town, BEN), ids.OPEN_REPORT)
    finishes(town, ADA, partnership)
    shown = str(opens_home(town, BEN))
    assert f"<@{ADA}> has finished it. It waits for you." in shown
    assert ids.OPEN_REPORT in shown


def test_after_the_end_what_both_finished_can_be_read_and_no_longer_shared(town: LocalBot) -> None:
    about = finished(town)
    answers(town, clicked(town, BEN, ids.END_PARTNERSHIP, about.partition(":")[0]))
    page = str(opens(town, ADA, about.partition(":")[0]))
    assert LEARNT in page
    assert ids.SHARE_REPORT not in page
    (refused,) = answers(town, clicked(town, ADA, ids.SHARE_REPORT, about))
    assert "has already ended" in refused
