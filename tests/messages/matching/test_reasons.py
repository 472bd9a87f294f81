"""The reasons for a match, in words."""

from dataclasses import replace

import pytest

from mentoring.matching.match import Reason, ReasonKind
from messages.matching.reasons import because, reason
from tests.messages.examples import CUSTOM, PLAIN, REASONS


def test_the_two_read_only_what_the_form_promised_them() -> None:
    assert because(REASONS, PLAIN) == (
        "• You both chose Career planning and Work/life issues\n• You work in different departments\n"
        "• You both like to meet in person or by video call\n• You share a language\n• You both would like 6 months"
    )


def test_the_owners_read_all_of_them() -> None:
    assert because(REASONS, PLAIN, to_owners=True) == (
        "• Both chose Career planning and Work/life issues\n• One asked for the other\n"
        "• The mentor is 2 grades higher\n• They work in different departments\n"
        "• Both like to meet in person or by video call\n• They share a language\n• Both would like 6 months"
    )


def test_in_plain_text_each_reason_is_a_sentence() -> None:
    assert because(REASONS[:2], PLAIN, to_owners=True, marked=False) == (
        "Both chose Career planning and Work/life issues. One asked for the other."
    )


@pytest.mark.parametrize("kind", ReasonKind)
def test_every_reason_has_words(kind: ReasonKind) -> None:
    facts = {ReasonKind.SHARED_TOPICS: ("Job search",), ReasonKind.SAME_WAYS: ("phone",)}
    counted = (ReasonKind.GRADES_ABOVE, ReasonKind.SAME_MONTHS, ReasonKind.SAME_HOURS)
    one = Reason(kind, facts.get(kind, ("1",) if kind in counted else ()))
    assert reason(one, PLAIN, to_owners=True)
    assert because([one], PLAIN, to_owners=True).startswith("• ")


@pytest.mark.parametrize(
    "kind",
    [
        ReasonKind.SAME_GRADE,
        ReasonKind.CLOSE_GRADES,
        ReasonKind.HOPES,
        ReasonKind.WAITED,
        ReasonKind.MUTUAL,
        ReasonKind.NO_SHARED_HOURS,
    ],
)
def test_the_two_do_not_read_what_is_known_from_confidences_or_other_applications_and_who_found_nobody(
    kind: ReasonKind,
) -> None:
    assert because([Reason(kind)], PLAIN) == ""
    assert because([Reason(kind)], PLAIN, to_owners=True)


def test_one_is_one() -> None:
    assert "1 grade higher" in reason(Reason(ReasonKind.GRADES_ABOVE, ("1",)), PLAIN, to_owners=True)
    assert reason(Reason(ReasonKind.SAME_HOURS, ("1",)), PLAIN) == "you share 1 working hour a day"
    assert reason(Reason(ReasonKind.SAME_WAYS, ("phone",)), PLAIN) == "you both like to meet by phone"


def test_reasons_speak_the_programmes_words() -> None:
    said = because(REASONS, CUSTOM, to_owners=True)
    assert "The guide is 2 grades higher" in said


def test_topics_are_escaped_in_slack_and_plain_elsewhere() -> None:
    shared = (replace(REASONS[0], facts=("R & D", "<!here>")),)
    assert because(shared, PLAIN) == "• You both chose R &amp; D and &lt;!here&gt;"
    assert because(shared, PLAIN, marked=False) == "You both chose R & D and <!here>."


def test_no_reason_says_nothing() -> None:
    assert because((), PLAIN) == ""
    assert because([Reason(ReasonKind.WISHED)], PLAIN) == ""


def test_that_two_share_no_working_hour_is_a_warning_to_the_owners() -> None:
    warning = [Reason(ReasonKind.NO_SHARED_HOURS)]
    assert because(warning, PLAIN, to_owners=True) == "• *Warning:* their working hours don’t overlap"
    assert because(warning, PLAIN, to_owners=True, marked=False) == "Warning: their working hours don’t overlap."
