"""The file of a person's own data: whole characters, nothing that comes alive, and times with their zone."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from mentoring.own_data.records import Category, OwnData, OwnRecord
from messages.own_data.file import OwnDataFormat, as_html, as_json, file_message
from messages.own_data.redaction import people_in, removed, without_people
from messages.own_data.words import TITLES
from storage.own_data_columns import OWN_TABLES
from tests.golden.own_data import DATA, KEPT, MADE_AT, NOTHING, ODD
from tests.messages.examples import ADA, BEN


class Page(HTMLParser):
    """What a browser makes of the page: its tags, and the text of each `dd`."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.values: list[str] = []
        self._is_value = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self._is_value = tag == "dd"
        if self._is_value:
            self.values.append("")

    def handle_endtag(self, tag: str) -> None:
        self._is_value = self._is_value and tag != "dd"

    def handle_data(self, data: str) -> None:
        if self._is_value:
            self.values[-1] += data


def written(words: str) -> OwnData:
    return replace(DATA, records=(OwnRecord(Category.REMARKS, "remark_words", {"words": words}),))


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"), min_size=1))
def test_whatever_was_typed_survives_and_nothing_comes_alive(words: str) -> None:
    data = written(words)
    (record,) = json.loads(as_json(data, MADE_AT))["categories"]["remarks"]["records"]
    assert record["words"] == words
    page = Page(as_html(data, MADE_AT))
    assert page.values == [words]
    assert set(page.tags) <= set(Page(as_html(written("x"), MADE_AT)).tags)


def test_the_page_has_no_scripts_and_loads_nothing() -> None:
    page = as_html(DATA, MADE_AT)
    found = Page(page)
    assert not {"script", "img", "link", "iframe", "form"} & set(found.tags)
    assert not {name for name in found.attributes if name.startswith("on") or name == "src"}
    assert "default-src 'none'" in page


def test_the_page_can_be_read_aloud() -> None:
    page = as_html(DATA, MADE_AT)
    tags = Page(page).tags
    assert '<html lang="en">' in page
    assert (tags.count("h1"), tags.count("main"), tags.count("title")) == (1, 1, 1)
    assert tags.count("h2") == len(DATA.categories)
    assert tags.count("h3") == len(DATA.records)
    assert ODD in Page(page).values
    assert 'dir="auto"' in page


def test_times_have_their_zone() -> None:
    assert "Tuesday 2 March 2027 at 15:30 (UTC+0000)" in Page(as_html(DATA, MADE_AT)).values
    auckland = replace(DATA, person=replace(DATA.person, time_zone="Pacific/Auckland"))
    assert "Wednesday 3 March 2027 at 04:30 (UTC+1300)" in Page(as_html(auckland, MADE_AT)).values
    found = json.loads(as_json(auckland, MADE_AT))
    assert found["made_at"] == "2027-03-03T04:30:00+13:00"
    assert found["categories"]["help"]["records"][0]["opened_at"] == "2027-03-03T04:30:00+13:00"


def test_people_are_named_and_their_ids_are_there() -> None:
    assert f"Owen Owner ({DATA.records[4].values['contact']})" in Page(as_html(DATA, MADE_AT)).values
    assert "Library mentoring" in Page(as_html(DATA, MADE_AT)).values


def test_a_file_with_nothing_in_it_says_so() -> None:
    assert "Nothing is kept about you." in as_html(NOTHING, MADE_AT)
    assert json.loads(as_json(NOTHING, MADE_AT))["categories"] == {}


def test_the_file_has_a_name_of_its_day_and_says_nothing_on_a_locked_screen() -> None:
    late = datetime(2027, 3, 2, 23, 30, tzinfo=UTC) + timedelta(hours=1)
    told = file_message(DATA, OwnDataFormat.HTML, late)
    assert told.file is not None
    assert told.file.name == "my-data-2027-03-03.html"
    assert ODD not in told.text


def test_every_table_in_the_file_has_a_name_and_every_category_a_title() -> None:
    assert set(TITLES) == set(Category) == {own.category for own in OWN_TABLES}
    assert KEPT.readers


def test_a_name_is_taken_out_of_text_blocks_and_rich_text() -> None:
    posted = {
        "user": ADA,
        "text": f"<@{ADA}> and <@{BEN}|ben>",
        "blocks": [
            {"type": "section", "text": {"type": "mrkdwn", "text": f"Meet <@{ADA}|ada>"}},
            {"type": "rich_text", "elements": [{"type": "user", "user_id": ADA}]},
        ],
    }
    assert people_in(posted) == {ADA, BEN}
    edited = without_people(posted, [ADA])
    assert edited is not None
    assert edited["text"] == f"someone who has left and <@{BEN}|ben>"
    assert edited["blocks"][0]["text"]["text"] == "Meet someone who has left"
    assert edited["blocks"][1]["elements"] == [{"type": "text", "text": "someone who has left"}]
    assert without_people({"text": "One", "blocks": [{"value": f"{ADA}:1"}]}, [ADA]) is None
    assert ADA not in str(removed())
