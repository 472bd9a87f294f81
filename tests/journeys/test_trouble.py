"""Two stories of a year that does not go well: help against the only owner, and a partnership that never meets."""

from dataclasses import replace

import pytest

from mentoring.core.outcome import Outcome
from messages import ids
from sandbox.blocks import visible_texts
from sandbox.lookup import message_text
from tests.handlers.requests import answers, clicked
from tests.handlers.starting_points import introduced
from tests.handlers.support import direct_messages, rows
from tests.handlers.test_cases import heard, opens
from tests.journeys.story import Story, button_values
from tests.local_bot import OWNER, LocalBot
from tests.one_programme import programme_and_cohort, replace_owners

pytestmark = pytest.mark.long

ADA, BEN = "U0ADA", "U0BEN"
WORDS = "He asks for things that have nothing to do with mentoring."


def test_help_against_the_only_owner_goes_to_the_administrator_and_he_never_learns_of_it(town: LocalBot) -> None:
    introduced(town, ADA, BEN)
    town.slack.timeline = town.bot
    story = Story(town)
    with town.storage.begin(town.slack.team_id) as tx:
        replace_owners(tx, (BEN,))
        programme, _ = programme_and_cohort(tx)
        tx.save(Outcome((replace(programme, contact=BEN, version=programme.version + 1),)))

    story.it_is("2027-02-10 10:00")
    read_by_him = heard(town, BEN)
    assert opens(town) == [OWNER], "the administrator, who runs the app"
    town.person(ADA).fill({"case_contact": OWNER, "case_words": WORDS})
    assert town.person(ADA).submit().closed
    town.settle()
    (case,) = button_values(direct_messages(town, OWNER)[-1], ids.OPEN_CASE)

    story.it_is("2027-02-15 10:00")  # two working days and more: there is no second person to ask
    assert rows(town)["cases"][0]["second_contact"] == ""
    answers(town, clicked(town, OWNER, ids.OPEN_CASE, case))
    assert WORDS in visible_texts(town.person(OWNER).await_view(ids.CASE_VIEW)["blocks"])
    town.person(OWNER).click(ids.SAY_TALKED)
    town.settle()
    story.leaves(OWNER)

    story.it_is("2027-02-24 10:00")
    answers(town, clicked(town, OWNER, ids.CLOSE_CASE, case))
    assert [row["words"] for row in rows(town)["case_words"]] == [""]

    story.it_is("2027-03-03 10:00")
    since = heard(town, BEN).removeprefix(read_by_him)
    for never in (WORDS, "in confidence", "asked for help", "asks you for help"):
        assert never not in since
    for action in (ids.OPEN_CASE, ids.SAY_TALKED, ids.CLOSE_CASE):
        answers(town, clicked(town, BEN, action, case))
    assert town.person(BEN).view is None


def test_two_who_never_meet_are_reminded_asked_and_told_the_truth(town: LocalBot) -> None:
    introduced(town, ADA, BEN)
    town.slack.timeline = town.bot
    story = Story(town)
    story.it_is("2027-02-01 10:00")
    assert "No meeting is logged so far." in heard(town, ADA), "they are reminded before anybody else is told"
    story.it_is("2027-05-25 10:00")
    for user in (ADA, BEN):
        assert heard(town, user).count("No meeting is logged.") == 1
    story.says_why_they_never_met(ADA, why_not=["no-reply"], words="")
    story.says_why_they_never_met(BEN)
    story.it_is("2027-06-20 10:00")
    for user in (ADA, BEN):
        assert "Well done" not in heard(town, user)
        assert "is complete" not in heard(town, user)
    town.person(OWNER).command("/mentor status")
    town.settle()
    status = " ".join(message_text(direct_messages(town, OWNER)[-1]).split())
    assert "*At the end, no meeting logged* 1" in status
    assert "*Completed* 0" in status
