"""Why two people go together and how well, each reason true and weighed."""

from dataclasses import replace

import pytest

from mentoring.application import Application, Confidence, Way
from mentoring.match import ReasonKind
from mentoring.matching import BEST, weigh
from tests.mentoring.factories import (
    ADA,
    BEN,
    CAREER,
    CHI,
    CULTURE,
    JOBS,
    mentee,
    mentor,
    names,
    round_of,
)
from tests.mentoring.values import PROGRAMME

GRADED = replace(PROGRAMME, grades=("A", "B", "C", "D"), departments=("Archives", "Loans"))


def reasons(request: Application, offer: Application, *confided: Confidence) -> dict[ReasonKind, tuple[str, ...]]:
    found, _ = weigh(round_of(request, offer, confided=confided, programme=GRADED), request, offer)
    return {reason.kind: reason.facts for reason in found}


def score(request: Application, offer: Application, *confided: Confidence) -> int:
    return weigh(round_of(request, offer, confided=confided, programme=GRADED), request, offer)[1]


def test_shared_topics_are_named_in_the_order_the_mentee_gave_them() -> None:
    found = reasons(mentee(ADA, JOBS, CULTURE, CAREER), mentor(BEN, CAREER, JOBS))
    assert found[ReasonKind.SHARED_TOPICS] == (JOBS, CAREER)


def test_a_wish_counts_whichever_of_the_two_had_it() -> None:
    request, offer = mentee(ADA), mentor(BEN)
    assert ReasonKind.WISHED not in reasons(request, offer, names(request, wish=CHI))
    for wish in (names(request, wish=BEN), names(offer, wish=ADA)):
        assert ReasonKind.WISHED in reasons(request, offer, wish)
        assert score(request, offer, wish) == score(request, offer) + 20


@pytest.mark.parametrize(
    ("theirs", "above"), [("A", None), ("B", None), ("C", "1"), ("D", "2"), ("", None), ("Z", None)]
)
def test_a_mentor_of_a_higher_grade_counts_and_two_grades_count_most(theirs: str, above: str | None) -> None:
    found = reasons(mentee(ADA, grade="B"), mentor(BEN, grade=theirs))
    assert found.get(ReasonKind.GRADES_ABOVE) == ((above,) if above else None)
    two_above = score(mentee(ADA, grade="B"), mentor(BEN, grade="D"))
    assert theirs == "D" or score(mentee(ADA, grade="B"), mentor(BEN, grade=theirs)) < two_above


def test_another_department_counts_where_both_said_theirs() -> None:
    archivist = mentee(ADA, department="Archives")
    assert ReasonKind.OTHER_DEPARTMENT in reasons(archivist, mentor(BEN, department="Loans"))
    for theirs in ("Archives", ""):
        assert ReasonKind.OTHER_DEPARTMENT not in reasons(archivist, mentor(BEN, department=theirs))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("English", "english", True),
        ("English, Dutch", "Dutch", True),
        ("Dutch ; English", "Frisian, English", True),
        ("English", "Dutch", False),
        ("", "", False),
        (" , ", ",", False),
    ],
)
def test_a_language_in_common_counts_however_it_was_typed(one: str, other: str, same: bool) -> None:
    found = reasons(mentee(ADA, languages=one), mentor(BEN, languages=other))
    assert (ReasonKind.SAME_LANGUAGE in found) is same
    assert not found.get(ReasonKind.SAME_LANGUAGE)


def test_ways_and_months_in_common_count() -> None:
    request = mentee(ADA, ways=(Way.VIDEO, Way.WALKING), months=9)
    assert reasons(request, mentor(BEN, ways=(Way.PHONE,), months=12)).keys() == {
        ReasonKind.SHARED_TOPICS,
        ReasonKind.SAME_LANGUAGE,
    }
    found = reasons(request, mentor(BEN, ways=(Way.PHONE, Way.WALKING), months=9))
    assert (found[ReasonKind.SAME_WAYS], found[ReasonKind.SAME_MONTHS]) == ((Way.WALKING,), ("9",))


def test_who_asked_for_one_topic_and_finds_it_is_served_as_well_as_who_shares_two_of_three() -> None:
    one, two = mentee(ADA, CAREER), mentee(ADA, CAREER, JOBS, CULTURE)
    assert score(one, mentor(BEN, CAREER)) == score(two, mentor(BEN, CAREER, JOBS))
    assert score(two, mentor(BEN, CAREER)) < score(two, mentor(BEN, CAREER, JOBS))


def test_the_best_possible_match_scores_a_hundred() -> None:
    request = mentee(ADA, CAREER, JOBS, grade="A", department="Archives")
    offer = mentor(BEN, CAREER, JOBS, grade="C", department="Loans")
    assert score(request, offer, names(request, wish=BEN)) == BEST
