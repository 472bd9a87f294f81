"""What a person does with the page, from choosing who to be to a button that asks first."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.club import ADA, GRACE, PICK, SILENT, Club, section

pytestmark = pytest.mark.long


def be(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="People").get_by_role("link", name=name).click()


def composer(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Message Book Club")


def messages(page: Page) -> Locator:
    return page.get_by_role("log").get_by_role("article")


def open_form(page: Page) -> Locator:
    composer(page).fill("/club join")
    composer(page).press("Enter")
    form = page.get_by_role("dialog", name="Join the club")
    expect(form).to_be_visible()
    return form


def choose(page: Page, box: Locator, *options: str) -> None:
    box.click()
    for name in options:
        page.get_by_role("option", name=name).click()


def fill_in(page: Page, form: Locator, name: str) -> None:
    form.get_by_label("What shall we call you?").fill(name)
    form.get_by_label("What do you hope for?").fill("Two lines\nof <b>hope</b>")
    choose(page, form.get_by_role("combobox", name="Favourite kind"), "Poems")
    teller = form.get_by_role("combobox", name="Who told you of us?")
    teller.fill("gra hop")
    teller.press("Enter")
    choose(page, form.get_by_role("combobox", name="Readers you know"), "Joan Clarke", "Grace Hopper")
    choose(page, form.get_by_role("combobox", name="Topics"), "Sky")
    form.get_by_label("First evening").fill("2027-03-05")
    form.get_by_label("Best hour").fill("18:30")
    form.get_by_label("Thursday").check()
    form.get_by_label("Slow").check()
    form.get_by_label("Books last year").fill("12")
    form.get_by_label("E-mail").fill("ada@example.org")
    form.get_by_label("Your page").fill("https://example.org/ada")


def test_a_person_fills_in_a_form_mends_what_is_wrong_and_reads_the_answer(page: Page, club: Club) -> None:
    be(page, "Ada Lovelace")
    form = open_form(page)
    name = form.get_by_label("What shall we call you?")
    expect(name).to_be_focused()

    form.get_by_role("button", name="Send").click()
    expect(name).to_have_accessible_description(re.compile("Please complete this required field"))

    fill_in(page, form, "A")
    form.get_by_role("button", name="Send").click()
    expect(form.get_by_text("Two letters at least, please.")).to_be_visible()
    expect(name).to_be_focused()

    name.fill("Ada")
    expect(form.get_by_text("Two letters at least, please.")).to_be_hidden()
    name.press("Enter")
    expect(form).to_be_hidden()
    expect(messages(page).last).to_contain_text("A seat is kept for Ada.")

    (values,) = club.received
    held = {block: entry["value"] for block, entry in values.items()}
    assert held["name"]["value"] == "Ada"
    assert held["hope"]["value"] == "Two lines\nof <b>hope</b>"
    assert held["kind"]["selected_option"]["value"] == "poems"
    assert held["host"]["selected_user"] == GRACE
    assert held["friends"]["selected_users"] == ["U0JOAN", GRACE]
    assert [one["value"] for one in held["topics"]["selected_options"]] == ["sky"]
    assert held["day"]["selected_date"] == "2027-03-05"
    assert held["hour"]["selected_time"] == "18:30"
    assert [one["value"] for one in held["days"]["selected_options"]] == ["thu"]
    assert held["pace"]["selected_option"]["value"] == "slow"
    assert held["books"]["value"] == "12"
    assert held["mail"]["value"] == "ada@example.org"
    assert held["site"]["value"] == "https://example.org/ada"


def test_a_grave_button_asks_first_and_does_nothing_when_declined(page: Page, club: Club) -> None:
    be(page, "Ada Lovelace")
    form = open_form(page)
    fill_in(page, form, "Ada")
    form.get_by_role("button", name="Send").click()
    expect(form).to_be_hidden()

    page.get_by_role("button", name="Leave the club").click()
    question = page.get_by_role("alertdialog", name="Leave the club?")
    expect(question).to_contain_text("Your seat goes to the next reader.")
    question.get_by_role("button", name="Stay").click()
    expect(question).to_be_hidden()
    expect(messages(page).last).to_contain_text("A seat is kept for Ada.")

    page.get_by_role("button", name="Leave the club").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Leave").click()
    expect(messages(page).last).to_contain_text("You have left the club.")
    clicks = [one.payload for one in club.sandbox.deliveries if one.kind == "block_actions"]
    assert [click["actions"][0]["action_id"] for click in clicks] == ["leave"]


def test_a_button_whose_app_fails_says_so_beside_it(page: Page, club: Club) -> None:
    be(page, "Ada Lovelace")
    club.tell(ADA, "Try", {"type": "actions", "block_id": "try", "elements": [SILENT]})
    page.get_by_role("button", name="Nobody listens").click()
    expect(page.get_by_role("alert").filter(has_text="responded with an error")).to_be_visible()


def test_a_choice_in_a_message_goes_to_the_app_and_a_declined_one_is_taken_back(page: Page, club: Club) -> None:
    be(page, "Ada Lovelace")
    club.tell(ADA, "Which?", section("Which is next?") | {"accessory": PICK})
    book = page.get_by_role("combobox", name="Which is next?")
    choose(page, book, "Middlemarch")
    page.get_by_role("alertdialog", name="Read this next?").get_by_role("button", name="No").click()
    expect(book).to_have_value("")

    choose(page, book, "The Waves")
    page.get_by_role("alertdialog", name="Read this next?").get_by_role("button", name="Yes").click()
    expect(book).to_have_value("The Waves")
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    (sent,) = [one.payload["actions"][0] for one in club.sandbox.deliveries if one.kind == "block_actions"]
    assert sent["selected_option"]["value"] == "waves"


def test_escape_goes_back_one_view_and_what_was_filled_in_is_still_there(page: Page) -> None:
    be(page, "Ada Lovelace")
    form = open_form(page)
    form.get_by_label("What shall we call you?").fill("Ada")
    choose(page, form.get_by_role("combobox", name="Favourite kind"), "Essays")
    form.get_by_role("button", name="How it works").click()
    expect(page.get_by_role("dialog", name="How it works")).to_contain_text("We read, then we talk.")

    page.keyboard.press("Escape")
    expect(form.get_by_label("What shall we call you?")).to_have_value("Ada")
    expect(form.get_by_role("combobox", name="Favourite kind")).to_have_value("Essays")

    kind = form.get_by_role("combobox", name="Favourite kind")
    kind.click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(form).to_be_visible()
    page.keyboard.press("Escape")
    expect(form).to_be_hidden()
    expect(composer(page)).to_be_focused()


def test_tab_stays_in_the_form_and_every_control_has_a_name(page: Page) -> None:
    be(page, "Ada Lovelace")
    form = open_form(page)
    form.get_by_role("button", name="Send").focus()
    page.keyboard.press("Tab")
    expect(form.get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(form.get_by_role("button", name="Send")).to_be_focused()

    seen = form.aria_snapshot()
    assert 'combobox "Who told you of us?"' in seen
    assert re.findall(r"- (?:button|textbox|combobox|checkbox|radio|link)(?: \[|:|$)", seen, re.MULTILINE) == []


def test_commands_and_people_are_offered_as_one_types(page: Page, club: Club) -> None:
    be(page, "Ada Lovelace")
    composer(page).press_sequentially("/cl")
    offers = page.get_by_role("listbox", name="Suggestions").get_by_role("option")
    expect(offers).to_have_count(2)
    expect(offers.first).to_contain_text("All the club can do for you")
    composer(page).press("Tab")
    expect(composer(page)).to_have_value("/club ")
    expect(page.get_by_text("/club join | leave")).to_be_visible()

    composer(page).press_sequentially("invite @gr")
    composer(page).press("Enter")
    expect(composer(page)).to_have_value("/club invite @grace ")
    composer(page).press("Enter")
    expect(messages(page).last).to_contain_text("Only visible to you")
    expect(messages(page).last).to_contain_text("I do not know “invite @Grace Hopper”.")


def test_an_unknown_command_is_refused_and_stays_to_be_mended(page: Page) -> None:
    be(page, "Ada Lovelace")
    composer(page).fill("/culb join")
    composer(page).press("Enter")
    expect(page.get_by_role("alert").filter(has_text="/culb is not a valid command.")).to_be_visible()
    expect(composer(page)).to_have_value("/culb join")


def test_what_people_write_stays_what_they_wrote(page: Page) -> None:
    be(page, "Ada Lovelace")
    composer(page).fill("<script>document.title = 'owned'</script> <!channel> a & b")
    composer(page).press("Enter")
    expect(messages(page).last).to_contain_text("<script>document.title = 'owned'</script> <!channel> a & b")
    expect(page).not_to_have_title("owned")


def test_a_message_for_somebody_else_shows_beside_their_name_as_it_arrives(page: Page, club: Club) -> None:
    be(page, "Ada Lovelace")
    people = page.get_by_role("navigation", name="People")
    club.tell(GRACE, "The club meets on Friday.")
    expect(people.get_by_role("link", name="Grace Hopper")).to_have_accessible_name(re.compile("1 unread"))

    be(page, "Grace Hopper")
    expect(messages(page).last).to_contain_text("The club meets on Friday.")
    expect(people.get_by_role("link", name="Grace Hopper")).not_to_have_accessible_name(re.compile("unread"))


def test_the_address_brings_back_the_person_and_the_conversation(page: Page, club: Club) -> None:
    be(page, "Grace Hopper")
    club.tell(GRACE, "Hello", section("Hello <@U0GRACE>"))
    expect(messages(page).last).to_contain_text("Hello @Grace Hopper")
    assert f"#{GRACE}/D" in page.url
    page.reload()
    expect(messages(page).last).to_contain_text("Hello @Grace Hopper")
    expect(page.get_by_role("navigation", name="People").get_by_role("link", name="Grace Hopper")).to_have_attribute(
        "aria-current", "page"
    )


def test_people_are_marked_for_what_they_are_and_who_is_gone_cannot_write(page: Page) -> None:
    people = page.get_by_role("navigation", name="People")
    expect(people.get_by_role("link", name="Joan Clarke")).to_contain_text("Guest")
    expect(people.get_by_role("link", name="Alan Turing")).to_contain_text("Deactivated")
    expect(people.get_by_role("link", name="Ada Lovelace")).to_contain_text("Head of engines")
    be(page, "Alan Turing")
    expect(composer(page)).to_be_disabled()


def test_earlier_messages_come_when_asked_for(page: Page, club: Club) -> None:
    for number in range(1, 111):
        club.tell(ADA, f"Page {number} of the book")
    be(page, "Ada Lovelace")
    expect(messages(page)).to_have_count(100)
    expect(messages(page).last).to_be_in_viewport()
    page.get_by_role("button", name="Show earlier messages").click()
    expect(messages(page)).to_have_count(110)
    expect(messages(page).first).to_contain_text("Page 1 of the book")
    expect(page.get_by_role("button", name="Show earlier messages")).to_be_hidden()


def test_a_conversation_of_several_bears_the_names_of_the_others(page: Page, club: Club) -> None:
    group = club.client.conversations_open(users=[ADA, GRACE, "U0JOAN"])["channel"]["id"]
    club.client.chat_postMessage(channel=group, text="You read the same book.")
    be(page, "Ada Lovelace")
    talks = page.get_by_role("navigation", name="Conversations")
    talks.get_by_role("link", name="Grace Hopper, Joan Clarke").click()
    expect(page.get_by_role("heading", name="Grace Hopper, Joan Clarke")).to_be_visible()
    expect(page.get_by_text("3 people")).to_be_visible()
    expect(messages(page).last).to_contain_text("You read the same book.")
    box = page.get_by_role("textbox", name="Message Grace Hopper, Joan Clarke")
    box.fill("So we do.")
    box.press("Enter")

    be(page, "Grace Hopper")
    talks.get_by_role("link", name="Ada Lovelace, Joan Clarke").click()
    expect(messages(page).last).to_contain_text("So we do.")


def test_a_choice_in_a_message_is_still_there_after_a_reload(page: Page, club: Club) -> None:
    be(page, "Ada Lovelace")
    open_pick = {key: value for key, value in PICK.items() if key != "confirm"}
    club.tell(ADA, "Which?", section("Which is next?") | {"accessory": open_pick})
    choose(page, page.get_by_role("combobox", name="Which is next?"), "The Waves")
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    page.reload()
    expect(page.get_by_role("combobox", name="Which is next?")).to_have_value("The Waves")


def test_a_choice_whose_app_fails_says_so_and_stays(page: Page, club: Club) -> None:
    be(page, "Ada Lovelace")
    unheard = {key: value for key, value in PICK.items() if key != "confirm"} | {"action_id": "unheard"}
    club.tell(ADA, "Which?", section("Which is next?") | {"accessory": unheard})
    choose(page, page.get_by_role("combobox", name="Which is next?"), "The Waves")
    expect(page.get_by_role("alert").filter(has_text="responded with an error")).to_be_visible()
    expect(page.get_by_role("combobox", name="Which is next?")).to_have_value("The Waves")


def test_what_a_command_can_do_is_offered_after_it_and_enter_alone_sends_it_bare(page: Page) -> None:
    be(page, "Ada Lovelace")
    offers = page.get_by_role("listbox", name="Suggestions").get_by_role("option")
    composer(page).press_sequentially("/club ")
    expect(offers).to_have_text(["/club join", "/club leave"])
    composer(page).press("Enter")
    expect(messages(page).last).to_contain_text("I do not know “”.")

    page.get_by_role("button", name="Commands").click()
    expect(offers).to_have_count(2)
    composer(page).press_sequentially("club j")
    composer(page).press("Enter")
    expect(composer(page)).to_have_value("/club join")
    expect(offers).to_have_count(0)
    composer(page).press("Enter")
    expect(page.get_by_role("dialog", name="Join the club")).to_be_visible()
