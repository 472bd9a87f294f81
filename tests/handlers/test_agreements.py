"""Two partners write, change and sign an agreement in Slack."""

import re
from datetime import date
from typing import Any

import pytest

from mentoring.core.acting import ActingPerson
from mentoring.core.errors import NotForYou
from mentoring.core.jobs import JobKind
from mentoring.programmes.settings import Part
from messages import ids
from tests.handlers.agreement_story import (
    EXPECTATIONS,
    MEETINGS,
    drafted,
    fills,
    in_force,
    opens,
    signs,
    switch,
    typed_in,
    versions,
    with_agreements,
    writes,
)
from tests.handlers.requests import all_heard, answers, clicked, held, typed_command
from tests.handlers.starting_points import ADA, BEN, CHI, MET, applied, introduced, later, logged, partners
from tests.handlers.support import direct_messages, rows
from tests.handlers.test_settings import card_of, sets
from tests.journeys.story import Story, button_values
from tests.local_bot import OWNER, LocalBot

OPENING = (ids.OPEN_AGREEMENT, ids.CHANGE_AGREEMENT)
SIGNING = (ids.SIGN_DRAFT, ids.SIGN_AGREEMENT)
SECRET = ("To find my way.", "My old team.")


@pytest.fixture
def town(two_owners: LocalBot) -> LocalBot:
    return two_owners


def last(town: LocalBot, user: str) -> str:
    return str(direct_messages(town, user)[-1]["text"])


def shown(town: LocalBot, user: str) -> str:
    return str(town.person(user).view)


def test_agreements_are_off_until_the_owners_want_them(town: LocalBot) -> None:
    partnership = introduced(town, ADA, BEN)
    (refused,) = answers(town, clicked(town, ADA, ids.OPEN_AGREEMENT, partnership))
    assert refused.startswith("This programme doesn’t use agreements")
    sets(town, Part.EXTRAS, {"agreements": ["yes"]})
    assert "*Plan and goals*: Off." in card_of(town)
    assert "*Agreements*: On." in card_of(town)
    assert "What we meet for" in str(opens(town, ADA, partnership))


def test_one_writes_it_the_other_signs_it_and_both_messages_say_so_in_place(town: LocalBot) -> None:
    partnership = with_agreements(town)
    writes(town, ADA, partnership)
    assert last(town, ADA) == f"Your agreement with <@{BEN}>: you have signed"
    assert last(town, BEN) == f"<@{ADA}> has drafted your agreement"
    many = len(direct_messages(town, ADA)), len(direct_messages(town, BEN))
    signs(town, BEN, partnership)
    assert versions(town) == [(1, ADA, BEN)]
    assert (last(town, ADA), last(town, BEN)) == (
        f"Your agreement with <@{BEN}> is signed",
        f"Your agreement with <@{ADA}> is signed",
    )
    assert (len(direct_messages(town, ADA)), len(direct_messages(town, BEN))) == many


def test_the_end_that_they_agree_on_counts_and_the_jobs_move(town: LocalBot) -> None:
    partnership = in_force(town)
    with town.database() as tx:
        found = tx.partnerships.get(partnership)
        followed = tx.agreements.followed(partnership)
        jobs = {job.kind: job.due.date() for job in tx.scheduled_jobs.pending_of(found)} if found else {}
    assert found is not None
    assert (found.ends_on, found.months) == (date(2027, 8, 25), 9)
    assert followed is not None
    assert followed.review_on == jobs[JobKind.AGREEMENT_REVIEW] == date(2027, 3, 1)
    assert jobs[JobKind.SURVEY] == date(2027, 8, 25)


@pytest.mark.long
def test_a_changed_one_leaves_what_both_signed_until_both_sign_again(town: LocalBot) -> None:
    partnership = in_force(town)
    writes(town, BEN, partnership, {"rhythm": "week"}, {"until": "2027-05-23"})
    with town.database() as tx:
        found, followed = tx.partnerships.get(partnership), tx.agreements.followed(partnership)
    assert found is not None
    assert followed is not None
    assert (found.ends_on, followed.rhythm) == (date(2027, 8, 25), "second-week")
    first, *_, newest = [message["text"] for message in direct_messages(town, ADA) if "greement" in message["text"]]
    assert first == f"Your agreement with <@{BEN}> is signed", "it is about what they signed then"
    assert newest == f"<@{BEN}> has changed your agreement"
    assert "holds" in str(opens(town, ADA, partnership)["blocks"])
    signs(town, ADA, partnership)
    with town.database() as tx:
        found, followed = tx.partnerships.get(partnership), tx.agreements.followed(partnership)
    assert found is not None
    assert followed is not None
    assert (found.ends_on, followed.rhythm) == (date(2027, 5, 23), "week")
    assert versions(town) == [(1, ADA, BEN), (2, BEN, ADA)]


@pytest.mark.long
def test_newer_versions_before_the_other_answers_are_one_message(town: LocalBot) -> None:
    partnership = with_agreements(town)
    writes(town, ADA, partnership)
    many = len(direct_messages(town, BEN))
    writes(town, ADA, partnership, {"rhythm": "week"}, {})
    assert len(direct_messages(town, BEN)) == many
    assert last(town, BEN) == f"<@{ADA}> has changed your agreement"
    signs(town, BEN, partnership)
    writes(town, ADA, partnership, {"rhythm": "month"}, {})
    assert len(direct_messages(town, BEN)) == many + 1


@pytest.mark.long
def test_back_and_closing_in_the_middle_keep_what_was_typed(town: LocalBot) -> None:
    partnership = with_agreements(town)
    opens(town, ADA, partnership)
    town.person(ADA).fill(dict(MEETINGS))
    town.person(ADA).submit()
    town.settle()
    assert len(town.person(ADA).views) == 1, "the steps take each other's place"
    town.person(ADA).fill({"off_limits": "Half a thought"})
    town.person(ADA).click(ids.AGREEMENT_STEP)
    town.settle()
    assert "To find my way." in shown(town, ADA)
    Story(town).leaves(ADA)
    assert "To find my way." in str(opens(town, ADA, partnership))
    town.person(ADA).submit()
    town.settle()
    assert "Half a thought" in shown(town, ADA)
    fills_second(town)
    assert "I agree to this" in shown(town, ADA)


def fills_second(town: LocalBot) -> None:
    town.person(ADA).submit()
    town.settle()


def test_wrong_input_is_refused_at_its_field_and_kept(town: LocalBot) -> None:
    partnership = with_agreements(town)
    opens(town, ADA, partnership)
    fills(town, ADA, MEETINGS, {})
    town.person(ADA).click(ids.AGREEMENT_STEP)
    town.settle()
    town.person(ADA).fill({"until": "2027-01-10", "review_on": "2028-01-10"})
    errors = town.person(ADA).submit().errors
    assert errors is not None
    assert errors["until"].startswith("Choose a day from 23 May 2027 to 23 November 2027.")
    assert errors["review_on"].startswith("This is after the end")
    Story(town).leaves(ADA)
    opens(town, ADA, partnership)
    town.person(ADA).submit()
    town.settle()
    assert "2028-01-10" in shown(town, ADA)
    assert rows(town)["agreements"] == []


def test_who_writes_while_the_other_has_changed_it_sees_the_difference_and_keeps_their_words(town: LocalBot) -> None:
    partnership = in_force(town)
    opens(town, ADA, partnership, ids.CHANGE_AGREEMENT)
    fills(town, ADA, {"purpose": "Mine."}, {})
    writes(town, BEN, partnership, {"minutes": "90"}, {})
    town.person(ADA).click(ids.SIGN_DRAFT)
    town.settle()
    said = shown(town, ADA)
    assert "The agreement has changed since you began" in said
    assert "90 minutes → 60 minutes" in said
    assert "To find my way. → Mine." in said
    assert versions(town) == [(1, ADA, BEN), (2, BEN, "")]
    fills(town, ADA, {"minutes": "90"}, {})
    town.person(ADA).click(ids.SIGN_DRAFT)
    town.settle()
    assert versions(town)[-1] == (3, ADA, "")
    assert rows(town)["drafts"] == []


@pytest.mark.long
def test_a_step_that_is_sent_after_the_other_changed_it_shows_the_difference_at_once(town: LocalBot) -> None:
    partnership = in_force(town)
    opens(town, ADA, partnership, ids.CHANGE_AGREEMENT)
    town.person(ADA).fill({"purpose": "Mine."})
    writes(town, BEN, partnership, {"minutes": "90"}, {})
    town.person(ADA).submit()
    town.settle()
    assert "The agreement has changed since you began" in shown(town, ADA)
    assert "Mine." in shown(town, ADA)


@pytest.mark.long
def test_a_signature_under_an_older_version_is_refused(town: LocalBot) -> None:
    about = drafted(town)
    partnership, _, _ = about.partition(":")
    writes(town, ADA, partnership, {"minutes": "30"}, {})
    (said,) = answers(town, clicked(town, BEN, ids.SIGN_AGREEMENT, about))
    assert "has changed the agreement meanwhile" in said
    assert versions(town) == [(1, ADA, ""), (2, ADA, "")]


@pytest.mark.parametrize("over", ["ended", pytest.param("paused", marks=pytest.mark.long), "off"])
def test_once_it_is_over_paused_or_switched_off_nothing_is_agreed_and_the_draft_stays(
    town: LocalBot, over: str
) -> None:
    about = typed_in(town)
    partnership, _, _ = about.partition(":")
    if over == "ended":
        answers(town, clicked(town, BEN, ids.END_PARTNERSHIP, partnership))
    elif over == "off":
        switch(town, on=False)
    else:
        town.changes(BEN, deactivated=True)
    (said,) = answers(town, clicked(town, ADA, ids.SIGN_DRAFT, about))
    assert {"ended": "already ended", "paused": "is paused", "off": "doesn’t use agreements"}[over] in said
    assert rows(town)["agreements"] == []
    assert len(rows(town)["drafts"]) == 1


def test_nobody_else_reads_it_or_learns_that_it_exists(town: LocalBot) -> None:
    partnership = in_force(town)
    for stranger in (CHI, OWNER):
        if stranger == CHI:
            introduced(town, CHI, "U0DEE")
        before, heard = held(town, "outbox"), all_heard(town)[stranger]
        said = [
            *answers(town, *(clicked(town, stranger, action, partnership) for action in OPENING)),
            *answers(town, *(clicked(town, stranger, action, f"{partnership}:2") for action in SIGNING)),
        ]
        assert "can’t find" in said[0]
        assert set(said[1:]) == {""}, "the same sentence again"
        assert town.person(stranger).view is None
        assert (held(town, "outbox"), all_heard(town)[stranger]) == (before, heard)
        with town.database() as tx:
            found = tx.partnerships.get(partnership)
            assert found is not None
            with pytest.raises(NotForYou):
                tx.private(ActingPerson(stranger)).agreement_terms(found)


def test_owners_see_the_end_and_nothing_else_of_it(town: LocalBot) -> None:
    partnership = with_agreements(town)

    def owner_sees() -> str:
        Story(town).leaves(OWNER)
        Story(town).opens(OWNER, lambda person: person.command("/mentor partnerships"), ids.ALL_PARTNERSHIPS_VIEW)
        answers(town, typed_command(town, OWNER, "status"))
        return f"{town.person(OWNER).view} {direct_messages(town, OWNER)[-1]['blocks']}"

    before = words_of(owner_sees())
    writes(town, ADA, partnership, {**MEETINGS, "rhythm": "week"}, {**EXPECTATIONS, "until": "2027-05-23"})
    assert words_of(owner_sees()) == before, "that something is written shows nowhere"
    signs(town, BEN, partnership)
    assert words_of(owner_sees()) == before, "nor how often they meet, while the end is as it was"
    writes(town, BEN, partnership, {}, {"until": "2027-08-25"})
    signs(town, ADA, partnership)
    after = owner_sees()
    assert "25 August 2027" in after
    assert not any(words in after for words in SECRET)


def words_of(seen: str) -> str:
    """Without what is new each time: ids of views and blocks, and times of messages."""
    return " ".join(re.findall(r"'text': '([^']*)'", seen))


def test_each_partnership_has_a_line_and_a_button_for_it(town: LocalBot) -> None:
    partnership = with_agreements(town)
    view = Story(town).opens(ADA, lambda person: person.command("/mentor status"), ids.PARTNERSHIPS_VIEW)
    assert "Not begun." in str(view)
    town.person(ADA).click(ids.OPEN_AGREEMENT)
    town.settle()
    assert len(town.person(ADA).views) == 2
    fills(town, ADA)
    town.person(ADA).click(ids.SIGN_DRAFT)
    town.settle()
    assert [each["callback_id"] for each in town.person(ADA).views] == [ids.PARTNERSHIPS_VIEW, ids.AGREEMENT_VIEW]
    town.person(ADA).close()
    assert "|23 November 2026 (UTC)>. <@U0BEN> reads it now" in shown(town, ADA), "the list below is as new"
    Story(town).leaves(BEN)
    view = Story(town).opens(BEN, lambda person: person.command("/mentor status"), ids.PARTNERSHIPS_VIEW)
    assert "It waits for your signature" in str(view)
    assert button_values(view, ids.OPEN_AGREEMENT) == [partnership]


@pytest.mark.long
def test_the_command_opens_it_and_asks_which_where_there_are_several(town: LocalBot) -> None:
    with_agreements(town)
    answers(town, typed_command(town, ADA, "agreement"))
    assert "What we meet for" in shown(town, ADA)
    Story(town).leaves(ADA)
    applied(town, [CHI])
    introduced(town, CHI, BEN)
    answers(town, typed_command(town, BEN, "agreement"))
    assert len(button_values(town.person(BEN).view, ids.OPEN_AGREEMENT)) == 2
    (said,) = answers(town, typed_command(town, "U0DEE", "agreement"))
    assert "no partnership" in said.lower() or "don’t have" in said


@pytest.mark.long
def test_without_agreements_in_the_programme_nothing_is_offered(town: LocalBot) -> None:
    partners(town)
    assert ids.OPEN_AGREEMENT not in str([direct_messages(town, ADA), town.person(ADA).conversations()])
    (said,) = answers(town, typed_command(town, ADA, "agreement"))
    assert "doesn’t use agreements" in said
    view = Story(town).opens(ADA, lambda person: person.command("/mentor status"), ids.PARTNERSHIPS_VIEW)
    assert button_values(view, ids.OPEN_AGREEMENT) == []


@pytest.mark.long
def test_it_is_offered_with_the_introduction_and_after_the_first_meeting_only(town: LocalBot) -> None:
    switch(town)
    logged(town)
    assert ids.OPEN_AGREEMENT in str(direct_messages(town, ADA)[-1])
    Story(town).opens(ADA, lambda person: person.command("/mentor log"), ids.MEETING_FORM)
    Story(town).sends(ADA, {**MET, "met_on": "2026-11-23", "notes": ""})
    assert ids.OPEN_AGREEMENT not in str(direct_messages(town, ADA)[-1])
    places = [place for place in town.person(ADA).conversations() if place["kind"] == "mpim"]
    assert any(ids.OPEN_AGREEMENT in str(town.person(ADA).inbox(place["id"])) for place in places)


@pytest.mark.long
def test_on_the_day_that_they_chose_both_are_asked_to_look_at_it_again(town: LocalBot) -> None:
    in_force(town)
    town.slack.timeline = town.bot
    later(town, days=99)
    heard = all_heard(town)
    for person, partner in ((ADA, BEN), (BEN, ADA)):
        assert heard[person].count(f"Look at your agreement with <@{partner}> again") == 1


def test_an_erased_persons_agreement_is_gone_and_the_end_stays(town: LocalBot) -> None:
    partnership = in_force(town)
    answers(town, clicked(town, BEN, ids.END_PARTNERSHIP, partnership))
    with town.storage.begin(town.slack.team_id) as tx:
        tx.erasure.erase(BEN, town.slack.calendar.now())
    found: dict[str, list[Any]] = rows(town)
    assert found["agreements"] == found["agreement_versions"] == found["agreement_terms"] == []
    assert [row["ends_on"] for row in found["partnerships"]] == ["2027-08-25"]
    town.settle()
    (said,) = answers(town, clicked(town, ADA, ids.OPEN_AGREEMENT, partnership))
    assert "already ended" in said
