"""What owners read of remarks without names fits into a modal, page by page. The form chooses no name for anybody."""

import pytest

from mentoring.core.fields import FieldName
from mentoring.remarks.groups import RemarkGroup
from mentoring.remarks.remark import MOST_WORDS
from messages.forms import FormMetadata
from messages.ids import OPEN_REMARKS, REMARK_FORM
from messages.in_programme import message_in
from messages.payloads import check_view, message
from messages.remarks.form import remark_form
from messages.remarks.view import MOST_SHOWN, page_from, remarks_line, remarks_view
from sandbox.blocks import visible_texts
from tests.messages.pressing import buttons


@pytest.mark.parametrize("letter", ["&", "ж", "😀"])
def test_the_longest_remarks_fit_in_any_script(letter: str) -> None:
    words = tuple(letter * MOST_WORDS for _ in range(2 * MOST_SHOWN + 1))
    for number in (1, 2, 3):
        check_view(remarks_view([RemarkGroup("g1", "c1", 2 * MOST_SHOWN, words)], number))


def test_each_remark_is_on_one_page() -> None:
    words = [f"Remark {number:02}" for number in range(2 * MOST_SHOWN + 3)]
    groups = [RemarkGroup("g1", "c1", 9, tuple(words[:9])), RemarkGroup("g2", "c1", 9, tuple(words[9:]))]
    shown: list[str] = []
    number = 1
    while number > len(shown) // MOST_SHOWN:
        view = remarks_view(groups, number)
        shown += [text for text in visible_texts(view["blocks"]) if text.startswith("Remark ")]
        number = max(page_from(value or "") for _, value in buttons(view))
    assert shown == words
    assert remarks_view(groups, 99) == remarks_view(groups, 3), "a page that is gone"
    assert [page_from(value) for value in ("", "-1", "x", "²", "9" * 5000)] == [1] * 5


def test_words_without_a_name_are_given_none_by_the_form_once_the_round_is_over() -> None:
    def chosen(values: dict[str, str]) -> str | None:
        view = remark_form(values, collects=False, meta=FormMetadata(form=REMARK_FORM))
        (found,) = [each["element"] for each in view["blocks"] if each.get("block_id") == FieldName.REMARK_KIND]
        option = found.get("initial_option")
        return option["value"] if option else None

    assert chosen({"remark": "Late.", "remark_kind": "counted"}) is None
    assert chosen({}) == chosen({"remark": "Late.", "remark_kind": "named"}) == "named"


def test_the_button_names_its_programme_for_owners_of_several() -> None:
    (block,) = message_in(message("Status", remarks_line(3)), "p7").blocks
    assert (block["accessory"]["action_id"], block["accessory"]["value"]) == (OPEN_REMARKS, "@p7")
