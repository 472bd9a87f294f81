"""The set-up in parts: each change shows in the next form or text, and only owners can make one."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from mentoring.core.outcome import NotificationKind
from mentoring.programmes.settings import Part
from messages.ids import APPLICATION_FORM, OPEN_SETUP, SETUP_FORM
from sandbox.blocks import visible_texts
from sandbox.lookup import message_text
from sandbox.person import Person
from tests.handlers.support import block_of, direct_messages, last_payload, post, rows
from tests.local_bot import OWNER, REQUEST, SECOND_OWNER, START, LocalBot, typed
from tests.local_bot import local_bot as open_town
from tests.one_programme import replace_owners


def opens(town: LocalBot, part: Part, user: str = OWNER) -> Person:
    owner = town.person(user)
    card = owner.command("/mentor setup").messages[-1]
    block = block_of(card, part)
    assert owner.click(f"{block}/{OPEN_SETUP}", message=card).ok
    owner.await_view(SETUP_FORM)
    return owner


def sets(town: LocalBot, part: Part, says: dict[str, Any], user: str = OWNER) -> None:
    owner = opens(town, part, user)
    owner.fill(says)
    sent = owner.submit()
    assert sent.closed, sent
    town.settle()


def card_of(town: LocalBot, user: str = OWNER) -> str:
    """All settings, as an owner reads them."""
    return message_text(town.person(user).command("/mentor setup").messages[-1])


def help_of(town: LocalBot, user: str = "U0ADA") -> str:
    return message_text(town.person(user).command("/mentor").messages[-1])


def form_of(town: LocalBot, command: str = "/mentor request", user: str = "U0ADA") -> str:
    person = town.person(user)
    person.command(command)
    view = person.await_view(APPLICATION_FORM)
    person.close()
    return "\n".join([view["title"]["text"], *visible_texts(view["blocks"])])


def test_the_basics_show_in_the_help_and_in_the_form(town: LocalBot) -> None:
    page = "https://club.example/expect?a=1&b=2"
    basics = {
        "name": "Fen & Fell",
        "purpose": "So that <nobody> is alone.",
        "contact": "U0BEN",
        "expectations_url": page,
    }
    sets(town, Part.BASICS, basics)
    shown = help_of(town)
    assert "Fen &amp; Fell" in shown
    assert "So that &lt;nobody&gt; is alone." in shown
    assert "<@U0BEN>" in shown
    assert "club.example/expect" in shown
    assert "club.example/expect" in form_of(town)
    assert typed(opens(town, Part.BASICS)).items() >= basics.items()


def test_the_choices_show_in_the_form_in_the_owners_order(town: LocalBot) -> None:
    sets(
        town,
        Part.CHOICES,
        {"topics": "Knots\nTides\n\nknots", "departments": "Hull\nRigging", "grades": "Deckhand\nMate\nCaptain"},
    )
    ada = town.person("U0ADA")
    ada.command("/mentor request")
    view = ada.await_view(APPLICATION_FORM)
    assert _options(view, "topics") == ["Knots", "Tides"]
    assert _options(view, "department") == ["Hull", "Rigging", "not-listed"]
    assert _options(view, "grade") == ["Deckhand", "Mate", "Captain", "not-listed"]


def test_a_choice_that_was_taken_away_meanwhile_is_refused_and_the_rest_is_kept(town: LocalBot) -> None:
    town.knows("U0ADA", "U0BOSS")
    ada = town.person("U0ADA")
    ada.command("/mentor request")
    ada.await_view(APPLICATION_FORM)
    ada.fill(REQUEST)
    sets(town, Part.CHOICES, {"topics": "Knots"})
    refused = ada.submit()
    assert list(refused.errors) == ["topics"]
    ada.close()
    ada.command("/mentor request")
    ada.await_view(APPLICATION_FORM)
    assert typed(ada) == {key: value for key, value in REQUEST.items() if key != "topics"}


def test_the_dates_show_in_the_help_and_in_the_form(town: LocalBot) -> None:
    dates = {"opens_on": "2026-11-20", "apply_by": "2027-01-15", "starts_on": "2027-02-01", "ends_on": "2027-12-17"}
    sets(
        town,
        Part.DATES,
        {**dates, "work_starts": "08:00", "work_ends": "16:30", "country": "GB", "time_zone": "Europe/London"},
    )
    assert "15 January 2027" in help_of(town)
    assert "1 February 2027" in form_of(town)
    card = card_of(town)
    assert "08:00 to 16:30" in card
    assert "United Kingdom" in card
    assert typed(opens(town, Part.DATES)) == {
        **dates,
        "work_starts": "08:00",
        "work_ends": "16:30",
        "country": "GB",
        "time_zone": "Europe/London",
        "working_days": ["0", "1", "2", "3", "4"],
    }


def test_working_and_closed_days_show_on_the_card_and_in_the_next_form(town: LocalBot) -> None:
    closed = "Friday 24 December 2027\n\n2026-12-24\n24 dec 2027\n2026-08-20"
    sets(town, Part.DATES, {"working_days": ["0", "1", "2", "3"], "country": "GB", "closed_days": closed})
    card = card_of(town)
    assert "Monday to Thursday, except the public holidays of the United Kingdom and 2 closed days" in card
    assert "Christmas Day, on Friday 25 December 2026" in card
    assert "Christmas Day" in message_text(town.person(OWNER).command("/mentor setup").messages[-1])
    shown = typed(opens(town, Part.DATES))
    assert (shown["working_days"], shown["closed_days"]) == (
        ["0", "1", "2", "3"],
        "24 December 2026\n24 December 2027",
    )


def test_a_day_that_cannot_be_read_is_pointed_to_and_nothing_typed_is_lost(town: LocalBot) -> None:
    owner = opens(town, Part.DATES)
    owner.fill({"closed_days": "2026-12-24\nChristmas week", "working_days": ["2"]})
    errors = owner.submit().errors
    assert list(errors) == ["closed_days"]
    assert "Line 2" in errors["closed_days"]
    assert "week" not in errors["closed_days"]
    owner.close()
    owner = opens(town, Part.DATES)
    assert typed(owner)["closed_days"] == "2026-12-24\nChristmas week"
    owner.fill({"closed_days": "2026-12-24"})
    assert owner.submit().closed
    assert rows(town)["programmes"][0]["working_days"] == "[2]"


def test_at_least_one_day_is_a_working_day(town: LocalBot) -> None:
    owner = opens(town, Part.DATES)
    owner.fill({"working_days": []})
    assert list(owner.submit().errors) == ["working_days"]


def test_dates_out_of_order_are_refused_at_their_field_and_kept(town: LocalBot) -> None:
    owner = opens(town, Part.DATES)
    owner.fill({"starts_on": "2026-12-01", "work_ends": "07:00"})
    assert set(owner.submit().errors) == {"starts_on", "work_ends"}
    owner.close()
    assert typed(opens(town, Part.DATES))["starts_on"] == "2026-12-01"


def test_the_programmes_own_words_show_in_every_text_and_form(town: LocalBot) -> None:
    sets(town, Part.WORDS, {"term_mentor": "elder", "term_mentee": "sapling", "term_partnership": "grove"})
    town.apply("U0ADA", "/mentor request", REQUEST)
    ada, owner = town.person("U0ADA"), town.person(OWNER)
    shown = [
        help_of(town),
        help_of(town, "U0BEN"),
        form_of(town),
        form_of(town, "/mentor volunteer"),
        message_text(ada.command("/mentor status").messages[-1]),
        message_text(ada.command("/mentor vlunteer").messages[-1]),
        message_text(direct_messages(town, "U0ADA")[-1]),
    ]
    owner.command("/mentor status")
    town.settle()
    shown.append(message_text(direct_messages(town, OWNER)[-1]))
    for text in shown:
        assert "elder" in text or "sapling" in text
        assert "mentor " not in text.replace("/mentor ", "").lower().replace("mentoring ", "")
        assert "mentee" not in text.lower()


def test_words_left_empty_are_the_usual_ones_again(town: LocalBot) -> None:
    sets(town, Part.WORDS, {"term_mentor": "elder", "term_mentor_many": "elderly"})
    sets(town, Part.WORDS, {"term_mentor": None, "term_mentor_many": None})
    assert "elder" not in help_of(town)


def test_every_owner_hears_of_a_change_once(two_owners: LocalBot) -> None:
    sets(two_owners, Part.BASICS, {"name": "Fen and Fell"})
    heard = direct_messages(two_owners, OWNER)
    assert len(heard) == 2
    assert "You changed the basics of the programme." in message_text(heard[-1])
    assert len(direct_messages(two_owners, SECOND_OWNER)) == 1, "it waits for the weekly status, or another message"
    for _ in range(2):
        two_owners.person(SECOND_OWNER).say("hello")
        two_owners.settle()
    told = [message_text(each) for each in direct_messages(two_owners, SECOND_OWNER)]
    assert sum(f"<@{OWNER}> changed the basics of the programme." in each for each in told) == 1


def test_saving_without_a_change_tells_nobody(two_owners: LocalBot) -> None:
    sets(two_owners, Part.WORDS, {})
    assert len(direct_messages(two_owners, SECOND_OWNER)) == 1


def test_saving_the_same_twice_has_one_effect(two_owners: LocalBot) -> None:
    sets(two_owners, Part.BASICS, {"name": "Fen and Fell"})
    before = rows(two_owners)["programmes"]
    status, body = post(two_owners, last_payload(two_owners, "view_submission"))
    two_owners.settle()
    assert status == 200
    assert rows(two_owners)["programmes"] == before
    changes = [row for row in rows(two_owners)["outbox"] if row["kind"] == NotificationKind.PROGRAMME_CHANGED]
    assert sorted(row["recipient"] for row in changes) == sorted((OWNER, SECOND_OWNER))
    assert body == "", "what holds already is saved"


def test_two_owners_at_once_the_second_is_told_and_keeps_what_they_typed(two_owners: LocalBot) -> None:
    town = two_owners
    second = opens(town, Part.BASICS, SECOND_OWNER)
    second.fill({"purpose": "Mine, typed at length."})
    sets(town, Part.BASICS, {"purpose": "Yours, saved first."})
    refused = second.submit()
    assert not refused.closed
    assert refused.errors
    assert rows(town)["programmes"][0]["purpose"] == "Yours, saved first."
    second.close()

    second = opens(town, Part.BASICS, SECOND_OWNER)
    assert typed(second)["purpose"] == "Mine, typed at length."
    assert second.submit().closed
    assert rows(town)["programmes"][0]["purpose"] == "Mine, typed at length."
    assert rows(town)["drafts"] == []


@pytest.mark.parametrize("user", ["U0ADA", "U0GUEST"])
def test_nobody_else_may(town: LocalBot, user: str) -> None:
    reply = town.person(user).command("/mentor setup")
    assert reply.ok
    assert OPEN_SETUP not in str(reply.messages)
    assert "owners" in reply.messages[-1]["text"]


def test_an_owner_of_yesterday_may_not_save_an_open_form(tmp_path: Path) -> None:
    with open_town(tmp_path, owners=(OWNER, SECOND_OWNER)) as town:
        second = opens(town, Part.BASICS, SECOND_OWNER)
        second.fill({"name": "A coup"})
        with town.storage.begin(town.slack.team_id) as tx:
            replace_owners(tx, [OWNER])
        refused = second.submit()
        assert not refused.closed
        assert "owners" in " ".join(refused.errors.values())
        assert rows(town)["programmes"][0]["name"] == "Mentoring programme"
        assert rows(town)["drafts"] == []


def test_moving_the_deadline_takes_people_off_the_waiting_list_and_reminds_the_owner_again(town: LocalBot) -> None:
    town.slack.calendar.move_to(START + timedelta(days=29))
    town.bot.tick()
    town.settle()
    assert direct_messages(town, OWNER)[-1]["text"] == "Applications have closed"
    sets(town, Part.DATES, {"apply_by": "2026-12-30"})
    town.slack.calendar.move_to(START + timedelta(days=39))
    town.bot.tick()
    town.bot.tick()
    town.settle()
    closed = [m for m in direct_messages(town, OWNER) if m["text"] == "Applications have closed"]
    assert len(closed) == 2


def _options(view: dict[str, Any], block_id: str) -> list[str]:
    block = next(block for block in view["blocks"] if block["block_id"] == block_id)
    return [option["value"] for option in block["element"]["options"]]


def test_the_region_of_the_country_is_asked_as_soon_as_that_is_chosen_and_its_holidays_count(town: LocalBot) -> None:
    owner = opens(town, Part.DATES)
    assert not any(block_id.startswith("region_") for block_id in typed(owner))
    owner.fill({"country": "GB", "closed_days": "24 December 2026"})
    town.settle()
    owner.fill({"region_GB": "ENG"})
    assert typed(owner)["closed_days"] == "24 December 2026"
    assert owner.submit().closed
    town.settle()
    card = card_of(town)
    assert "except the public holidays of England (United Kingdom) and 1 closed day" in card
    assert "Not counted" not in card
    (programme,) = rows(town)["programmes"]
    assert (programme["country"], programme["region"]) == ("GB", "ENG")
    assert typed(opens(town, Part.DATES))["region_GB"] == "ENG"


def test_another_country_takes_the_region_of_the_one_before_away(town: LocalBot) -> None:
    owner = opens(town, Part.DATES)
    owner.fill({"country": "GB"})
    town.settle()
    owner.fill({"region_GB": "SCT"})
    owner.fill({"country": "DE"})
    town.settle()
    assert "region_GB" not in typed(owner)
    owner.fill({"region_DE": "BY"})
    assert owner.submit().closed
    town.settle()
    (programme,) = rows(town)["programmes"]
    assert (programme["country"], programme["region"]) == ("DE", "BY")


def test_without_a_region_the_card_says_which_holidays_are_not_counted(town: LocalBot) -> None:
    sets(town, Part.DATES, {"country": "GB"})
    card = card_of(town)
    assert "*Next public holiday in all regions*: Christmas Day, on Friday 25 December 2026" in card
    assert "*Not counted*: holidays of single regions, such as Saint Andrew's Day" in card
    sets(town, Part.DATES, {"country": "FR"})
    assert "Not counted" in card_of(town)
    sets(town, Part.DATES, {"country": "IE"})
    assert "Not counted" not in card_of(town)
