"""An owner acts on a partnership from the list: reminds both, offers help, asks, pauses, hands over and ends it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from mentoring.core.jobs import JobKind
from mentoring.core.roles import ProgrammeRole, RoleGiven, RoleTaken
from messages import ids
from sandbox.blocks import visible_texts
from services.partnerships import load_job_context
from services.people import erase_person
from tests.handlers.requests import answers, clicked
from tests.handlers.starting_points import ADA, BEN, later, partners
from tests.handlers.support import direct_messages, rows
from tests.journeys.story import Story, answer_to
from tests.local_bot import OWNER, SECOND_OWNER, LocalBot
from tests.one_programme import programme_and_cohort

OWNERS = (OWNER, SECOND_OWNER)


@pytest.fixture
def town(two_owners: LocalBot) -> LocalBot:
    return two_owners


@pytest.fixture
def pair(town: LocalBot) -> str:
    """Ada and Ben are partners since 24 November 2026; the partnership's id. It is a time at which both work."""
    found = partners(town)
    later(town, hours=6)
    return found


def newest(town: LocalBot, user: str) -> str:
    return "\n".join(visible_texts(direct_messages(town, user)[-1]["blocks"]))


def oversees(town: LocalBot, action: str, pair: str, user: str = OWNER) -> str:
    """What the owner reads at once."""
    (said,) = answers(town, clicked(town, user, ids.OVERSEE, f"{action}:{pair}"))
    return said or answer_to(town.slack, user)


def recorded(town: LocalBot) -> list[tuple[str, str, str, str]]:
    found = rows(town)["owner_record"]
    return [(row["action"], row["by"], row["person"], row["other"]) for row in found if row["other"]]


def test_both_read_that_an_owner_asked_and_it_is_recorded(town: LocalBot, pair: str) -> None:
    assert "I’ll remind" in oversees(town, "nudge", pair)
    refused = oversees(town, "help", pair, SECOND_OWNER)
    assert "You can write to them from 1 December 2026." in refused
    later(town, days=7)
    assert "offer help" in oversees(town, "help", pair)
    for user, other in ((ADA, BEN), (BEN, ADA)):
        nudge, helps = ("\n".join(visible_texts(each["blocks"])) for each in direct_messages(town, user)[-2:])
        assert f"Have you and <@{other}> found a time to meet?* <@{OWNER}> asked me to remind you both" in nudge
        assert f"<@{OWNER}> offers you and <@{other}> help" in helps
    assert recorded(town) == [("nudged", OWNER, ADA, BEN), ("offered-help", OWNER, ADA, BEN)]
    assert "reminded these two on 24 November 2026" in oversees(town, "nudge", pair, SECOND_OWNER)


def test_the_owner_reads_the_answer_and_the_other_of_the_two_does_not(town: LocalBot, pair: str) -> None:
    oversees(town, "ask", pair)
    assert "owners see your answer with your name" in newest(town, ADA)
    before = len(direct_messages(town, BEN))
    answers(town, clicked(town, ADA, ids.ANSWER_CONTACT, f"{pair}:1"))
    town.settle()
    assert "You answered" in newest(town, ADA)
    assert f"<@{ADA}>* about the partnership with <@{BEN}>: *would like to be contacted*" in newest(town, OWNER)
    assert len(direct_messages(town, BEN)) == before
    assert "One press is enough" in newest(town, BEN), "the message of the other stays as it was"
    person = town.person(OWNER)
    person.command("/mentor partnerships")
    shown = "\n".join(visible_texts(person.await_view(ids.ALL_PARTNERSHIPS_VIEW)["blocks"]))
    assert f"<@{ADA}>: would like to be contacted." in shown
    assert f"<@{BEN}>:" not in shown


def test_an_erasure_reaches_the_answer_in_slack(town: LocalBot, pair: str) -> None:
    oversees(town, "ask", pair)
    answers(town, clicked(town, ADA, ids.ANSWER_CONTACT, f"{pair}:1"))
    answers(town, clicked(town, BEN, ids.ANSWER_WELL, f"{pair}:1"))
    town.settle()
    erase_person(town.storage, town.slack.team_id, ADA, now=town.slack.calendar.now())
    town.settle()
    for user in (OWNER, SECOND_OWNER, BEN):
        assert ADA not in str(direct_messages(town, user))
        assert "contacted" not in str(direct_messages(town, user))
    assert direct_messages(town, ADA) == []


def test_no_reminder_is_sent_to_two_who_have_met_lately(town: LocalBot, pair: str) -> None:
    story = Story(town)
    story.logs(ADA, BEN, "2026-11-24")
    assert "have met lately" in oversees(town, "nudge", pair)


def test_an_owner_pauses_it_until_a_day_and_both_read_who_did(town: LocalBot, pair: str) -> None:
    Story(town).leaves(OWNER)
    answers(town, clicked(town, OWNER, ids.OVERSEE, f"pause:{pair}"))
    view = town.person(OWNER).await_view(ids.PAUSE_FORM)
    assert [each["block_id"] for each in view["blocks"] if each["type"] == "input"] == ["back_on"]
    Story(town).sends(OWNER, {"back_on": "2027-01-18"})
    for user in (ADA, BEN):
        assert f"is paused until 18 January 2027.* <@{OWNER}>, who runs the programme, paused it" in newest(town, user)
    assert recorded(town) == [("paused", OWNER, ADA, BEN)]
    assert "is paused, so you can’t do this now" in oversees(town, "nudge", pair)
    assert "is paused, so you can’t do this now" in oversees(town, "pause", pair)
    later(town, days=56)
    assert "carries on" in newest(town, ADA)


def hands_over(town: LocalBot, pair: str, to: str) -> Any:
    Story(town).leaves(OWNER)
    answers(town, clicked(town, OWNER, ids.OVERSEE, f"hand-over:{pair}"))
    town.person(OWNER).await_view(ids.HAND_OVER_FORM)
    return Story(town).sends(OWNER, {"responsible": to})


def test_another_owner_looks_after_it_and_both_learn_whom_to_ask(town: LocalBot, pair: str) -> None:
    hands_over(town, pair, SECOND_OWNER)
    assert f"<@{OWNER}> has handed the partnership of <@{ADA}> and <@{BEN}> over to you" in newest(town, SECOND_OWNER)
    for user in (ADA, BEN):
        said = "\n".join(text for each in direct_messages(town, user) for text in visible_texts(each["blocks"]))
        assert f"<@{SECOND_OWNER}> is your contact from now on" in said
    assert recorded(town) == [("handed-over", OWNER, ADA, BEN)]
    oversees(town, "ask", pair)
    heard = len(direct_messages(town, SECOND_OWNER))
    answers(town, clicked(town, BEN, ids.ANSWER_WELL, f"{pair}:1"))
    town.settle()
    assert len(direct_messages(town, SECOND_OWNER)) == heard + 1


def contacts(town: LocalBot, user: str) -> list[str]:
    """What this person was told of their contact, oldest first."""
    said = ("\n".join(visible_texts(each["blocks"])) for each in direct_messages(town, user))
    return [each for each in said if "contact from now on" in each or "from now on. Your contact so far" in each]


def test_both_learn_who_looks_after_it_when_the_account_of_their_contact_is_closed(town: LocalBot, pair: str) -> None:
    hands_over(town, pair, SECOND_OWNER)
    town.changes(SECOND_OWNER, deactivated=True)
    later(town, days=10)
    for user in (ADA, BEN):
        *_, last = contacts(town, user)
        assert f"<@{OWNER}> looks after your partnership" in last
        assert SECOND_OWNER not in last
    town.changes(SECOND_OWNER, deactivated=False)
    town.changes(SECOND_OWNER, deactivated=True)
    later(town, days=10)
    for user in (ADA, BEN):
        assert sum("looks after your partnership" in each for each in contacts(town, user)) == 1


def test_both_learn_it_when_their_contact_is_no_longer_an_owner_but_not_if_they_are_one_again(
    town: LocalBot, pair: str
) -> None:
    hands_over(town, pair, SECOND_OWNER)
    later(town, days=10)

    def owners(*people: str) -> None:
        Story(town).leaves(OWNER)
        answers(town, clicked(town, OWNER, ids.OPEN_OWNERS, ""))
        town.person(OWNER).await_view(ids.OWNERS_FORM)
        Story(town).sends(OWNER, {"owners": list(people)})

    later(town, days=4, hours=12)  # a Saturday night: what is said waits
    owners(OWNER)
    owners(OWNER, SECOND_OWNER)
    later(town, days=5)
    assert not any("looks after your partnership" in each for each in contacts(town, ADA))
    owners(OWNER)
    with town.database() as tx:
        (found,) = tx.partnerships.of(ADA)
    assert found.responsible == SECOND_OWNER, "it stays with the owner who looked after it, should they come back"


def test_the_other_owners_are_not_asked_what_to_do_in_a_pause_of_what_was_handed_over(
    town: LocalBot, pair: str
) -> None:
    hands_over(town, pair, SECOND_OWNER)
    town.changes(BEN, deactivated=True)
    town.settle()
    needed = "1 partnership is paused because an account is deactivated"
    assert needed in home_of(town, SECOND_OWNER)
    assert needed not in home_of(town, OWNER)
    town.changes(SECOND_OWNER, deactivated=True)
    town.settle()
    assert needed in home_of(town, OWNER), "nobody else is left"


def test_what_an_owner_asks_on_a_saturday_is_read_on_monday_from_when_the_week_without_a_reminder_counts(
    town: LocalBot, pair: str
) -> None:
    later(town, days=4, hours=12)
    before = [len(direct_messages(town, each)) for each in (ADA, BEN)]
    for action in ("nudge", "help", "ask"):
        oversees(town, action, pair)
    hands_over(town, pair, SECOND_OWNER)
    assert [len(direct_messages(town, each)) for each in (ADA, BEN)] == before
    later(town, days=2)
    with town.storage.begin(town.slack.team_id) as tx:
        partnership = tx.partnerships.get(pair)
        assert partnership
        programme, _ = programme_and_cohort(tx)
        now = town.slack.calendar.now()
        context = load_job_context(tx, programme, partnership, ADA, JobKind.FIRST_MEETING, now)
    (got,) = (float(each["ts"]) for each in direct_messages(town, ADA) if "found a time" in each["text"])
    assert context.owner_nudged_at == datetime.fromtimestamp(got, UTC)
    assert context.owner_nudged_at.isoformat()[:16] == "2026-11-30T09:00"


def test_ending_it_from_the_menu_is_recorded_and_the_list_shows_it(town: LocalBot, pair: str) -> None:
    person = town.person(OWNER)
    person.command("/mentor partnerships")
    person.await_view(ids.ALL_PARTNERSHIPS_VIEW)
    person.choose(ids.MENU, f"{ids.OVERSEE} hand-over:{pair}")
    person.await_view(ids.HAND_OVER_FORM)
    person.click("End it")
    town.settle()
    assert rows(town)["partnerships"][0]["state"] == "ended"
    assert recorded(town) == [("ended", OWNER, ADA, BEN)]


def test_the_committee_and_sponsors_cannot_and_neither_can_an_owner_who_is_one_of_the_two(
    town: LocalBot, pair: str
) -> None:
    with town.storage.begin(town.slack.team_id) as tx:
        programme, _ = programme_and_cohort(tx)
        tx.roles.take(RoleTaken(programme.id, ProgrammeRole.OWNER, SECOND_OWNER))
        tx.roles.give(RoleGiven(programme.id, ProgrammeRole.COMMITTEE, SECOND_OWNER, OWNER))
        tx.roles.give(RoleGiven(programme.id, ProgrammeRole.OWNER, BEN, OWNER))
    for action in ids.OversightAction:
        assert "I can’t find this partnership" in oversees(town, action, pair, SECOND_OWNER)
    for action in set(ids.OversightAction) - {ids.OversightAction.PAUSE}:
        assert "You’re one of these two people" in oversees(town, action, pair, BEN)
    assert rows(town)["oversight_requests"] == []


def home_of(town: LocalBot, user: str) -> str:
    town.person(user).open_home()
    town.settle()
    return str(town.person(user).home)


def test_the_two_are_reminded_before_the_owner_is_told_and_one_press_snoozes_it(town: LocalBot, pair: str) -> None:
    """They are introduced on 23 November; the reminder is on day 10, and the owner learns of it a week later."""
    told = f"<@{ADA}> and <@{BEN}> have logged no first meeting"
    later(town, days=11)
    assert f"Have you met <@{BEN}> yet?" in newest(town, ADA)
    assert told not in home_of(town, OWNER)
    later(town, days=8)
    assert told in home_of(town, OWNER)
    answers(town, clicked(town, OWNER, ids.SNOOZE_ALARM, pair))
    town.settle()
    assert told not in home_of(town, OWNER)
    assert told in home_of(town, SECOND_OWNER), "the other owner has not snoozed it"
    said = oversees(town, "ask", pair, SECOND_OWNER)
    assert "pass their answers on to you" in said
    assert told not in home_of(town, SECOND_OWNER)


def test_everything_that_needs_an_owner_is_one_press_away(town: LocalBot, pair: str) -> None:
    (said,) = answers(town, clicked(town, OWNER, ids.OPEN_NEEDS))
    assert "needs you" in said


def test_an_owner_chooses_to_hear_every_two_weeks(town: LocalBot) -> None:
    person = town.person(OWNER)
    person.open_home()
    town.settle()
    person.choose(ids.CHOOSE_DIGEST, "fortnight")
    town.settle()
    assert [(row["person"], row["rhythm"]) for row in rows(town)["digest_choices"]] == [(OWNER, "fortnight")]
    later(town, days=30)
    weekly = {user: [each for each in direct_messages(town, user) if "this week" in each["text"]] for user in OWNERS}
    assert len(weekly[SECOND_OWNER]) == 4
    assert len(weekly[OWNER]) == 2


def test_an_owner_offers_another_match_and_one_press_of_each_puts_them_back(town: LocalBot, pair: str) -> None:
    answers(town, clicked(town, ADA, ids.END_PARTNERSHIP, pair))
    later(town, days=1)
    assert f"I’ll ask <@{ADA}> and <@{BEN}>" in oversees(town, "another", pair)
    for user in (ADA, BEN):
        assert f"<@{OWNER}> asked me to offer it" in newest(town, user)
    assert [row["back"] for row in rows(town)["partnerships"]] == ["[]"], "nobody is put back by an owner"
    answers(town, clicked(town, BEN, ids.GO_BACK, pair))
    town.settle()
    assert "You can be matched again" in newest(town, BEN)
    later(town, days=11)
    assert f"I’ll ask <@{ADA}>," in oversees(town, "another", pair, SECOND_OWNER)
    assert recorded(town)[-2:] == [("offered-another", each, ADA, BEN) for each in OWNERS]
