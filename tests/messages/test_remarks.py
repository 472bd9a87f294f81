"""What owners read of remarks without names fits into a modal, and says if there is more."""

from mentoring.remarks.groups import RemarkGroup
from mentoring.remarks.remark import MOST_WORDS
from messages.payloads import check_view
from messages.remarks.view import MOST_SHOWN, remarks_view
from sandbox.blocks import visible_texts


def test_the_longest_remarks_fit_and_what_does_not_is_counted() -> None:
    words = tuple("&" * MOST_WORDS for _ in range(MOST_SHOWN + 3))
    view = remarks_view([RemarkGroup("g1", "c1", MOST_SHOWN, words)])
    check_view(view)
    assert "And 3 more." in visible_texts(view["blocks"])
