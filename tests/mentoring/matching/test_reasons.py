"""Why two people go together and how well, each reason true and weighed."""

from dataclasses import fields, replace
from datetime import UTC, datetime, time, timedelta

import pytest

from mentoring.applications.application import Application, MeetingMode, PrivateAnswers
from mentoring.core.people import AccountStatus, Person
from mentoring.core.programmes import ProgrammeType, Weights
from mentoring.matching.match import ReasonKind
from mentoring.matching.optimiser import BEST, score_pair
from mentoring.matching.optimiser.score import months_waited
from mentoring.partnerships.partnership import PartnershipState
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
    partnership,
    round_of,
    weighed,
    withdrawn,
)
from tests.mentoring.values import COHORT, PROGRAMME, person

GRADED = replace(PROGRAMME, grades=("A", "B", "C", "D"), departments=("Archives", "Loans"))
OF_GRADES = (ReasonKind.GRADES_ABOVE, ReasonKind.SAME_GRADE, ReasonKind.CLOSE_GRADES)


def reasons(request: Application, offer: Application, *confided: PrivateAnswers) -> dict[ReasonKind, tuple[str, ...]]:
    found, _ = score_pair(round_of(request, offer, private_answers=confided, programme=GRADED), request, offer)
    return {reason.kind: reason.facts for reason in found}


def score(request: Application, offer: Application, *confided: PrivateAnswers) -> int:
    return score_pair(round_of(request, offer, private_answers=confided, programme=GRADED), request, offer)[1]


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


@pytest.mark.parametrize(
    ("theirs", "kind", "points"),
    [
        ("B", ReasonKind.SAME_GRADE, 10),
        ("A", ReasonKind.CLOSE_GRADES, 5),
        ("C", ReasonKind.CLOSE_GRADES, 5),
        ("D", None, 0),
        ("", None, 0),
        ("Z", None, 0),
    ],
)
def test_among_peers_the_same_grade_counts_in_full_and_the_next_one_half(
    theirs: str, kind: ReasonKind | None, points: int
) -> None:
    ask, offer = mentee(ADA, grade="B"), mentor(BEN, grade=theirs)
    round_ = round_of(ask, offer, programme=replace(GRADED, type=ProgrammeType.PEER))
    found, scored = score_pair(round_, ask, offer)
    about_grades = [each.kind for each in found if each.kind in OF_GRADES]
    assert about_grades == ([kind] if kind else [])
    assert scored == score(mentee(ADA, grade="B"), mentor(BEN, grade="")) + points


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
        ("English and German", "German", True),
        ("Deutsch", "fluent German (C1)", True),
        ("-", "-", False),
        ("none", "None", False),
        ("some Klingon", "klingon", True),
        ("I speak English", "I speak Welsh", False),
        ("Farsi", "Persian", True),
    ],
)
def test_a_language_in_common_counts_however_it_was_typed(one: str, other: str, same: bool) -> None:
    found = reasons(mentee(ADA, languages=one), mentor(BEN, languages=other))
    assert (ReasonKind.SAME_LANGUAGE in found) is same
    assert not found.get(ReasonKind.SAME_LANGUAGE)


def test_ways_and_months_in_common_count() -> None:
    request = mentee(ADA, ways=(MeetingMode.VIDEO, MeetingMode.WALKING), months=9)
    assert reasons(request, mentor(BEN, ways=(MeetingMode.PHONE,), months=12)).keys() == {
        ReasonKind.SHARED_TOPICS,
        ReasonKind.SAME_LANGUAGE,
    }
    found = reasons(request, mentor(BEN, ways=(MeetingMode.PHONE, MeetingMode.WALKING), months=9))
    assert (found[ReasonKind.SAME_WAYS], found[ReasonKind.SAME_MONTHS]) == ((MeetingMode.WALKING,), ("9",))


def test_who_asked_for_one_topic_and_finds_it_is_served_as_well_as_who_shares_two_of_three() -> None:
    one, two = mentee(ADA, CAREER), mentee(ADA, CAREER, JOBS, CULTURE)
    assert score(one, mentor(BEN, CAREER)) == score(two, mentor(BEN, CAREER, JOBS))
    assert score(two, mentor(BEN, CAREER)) < score(two, mentor(BEN, CAREER, JOBS))


def test_the_best_possible_match_scores_a_hundred() -> None:
    request = mentee(ADA, CAREER, JOBS, grade="A", department="Archives")
    offer = mentor(BEN, CAREER, JOBS, grade="C", department="Loans")
    assert score(request, offer, names(request, wish=BEN)) == BEST


# What they wrote.

OTHERS = ["Tea.", "The catalogue, and its rules.", "Moving abroad with a family.", "A quiet corner."]


def hopes_go_together(hope: str, offer: str, *others: str) -> bool:
    """Whether these two texts do, in a round in which others wrote too."""
    sent = [mentee(ADA), mentor(BEN), *(mentee(f"U{number}") for number in range(len(OTHERS)))]
    texts = [hope, offer, *(others or OTHERS)]
    confided = [PrivateAnswers(one.id, text) for one, text in zip(sent, texts, strict=True)]
    found, _ = score_pair(round_of(*sent, private_answers=confided), sent[0], sent[1])
    return ReasonKind.HOPES in {reason.kind for reason in found}


def test_what_they_wrote_counts_where_they_used_the_same_words_in_whatever_form() -> None:
    assert hopes_go_together("I want to teach large classes.", "Twenty years of teaching a CLASS.")
    assert hopes_go_together("Mon résumé", "I read resumes for a living")
    for hope, offer in (("I want to teach.", "A good ear."), ("", ""), ("...", "..."), ("", "Teaching.")):
        assert not hopes_go_together(hope, offer)


def test_words_that_everybody_uses_say_nothing() -> None:
    common = "I hope to learn something from somebody."
    assert not hopes_go_together(common, common, *[common] * len(OTHERS))
    assert hopes_go_together(common, common)


def test_the_words_of_a_reason_are_not_theirs() -> None:
    hope = "I want to teach large classes."
    sent = [mentee(ADA), mentor(BEN), *(mentee(f"U{number}") for number in range(2))]
    texts = [hope, hope, *OTHERS]
    confided = [PrivateAnswers(one.id, text) for one, text in zip(sent, texts, strict=False)]
    found, _ = score_pair(round_of(*sent, private_answers=confided), sent[0], sent[1])
    assert [reason.facts for reason in found if reason.kind is ReasonKind.HOPES] == [()]


# When they work.


@pytest.mark.parametrize(
    ("theirs", "shared", "points"),
    [
        ("Europe/London", "8", 6),
        ("Europe/Berlin", "7", 6),
        ("America/New_York", "3", 4),
        ("Asia/Kolkata", "2", 3),
        ("America/Los_Angeles", None, 0),
        ("nowhere", None, 0),
        ("UTC-03:00", "5", 6),
    ],
)
def test_hours_in_common_are_counted_on_the_day_on_which_the_round_begins(
    theirs: str, shared: str | None, points: int
) -> None:
    request, offer, other = mentee(ADA), mentor(BEN), mentee(CHI)
    people = [person(ADA), person(BEN, time_zone=theirs), person(CHI, time_zone="Asia/Tokyo")]
    found, score_ = score_pair(round_of(request, offer, other, people=people), request, offer)
    facts = {reason.kind: reason.facts for reason in found}
    assert facts.get(ReasonKind.SAME_HOURS) == ((shared,) if shared else None)
    assert score_ == 60 + points


@pytest.mark.parametrize("weights", [Weights(), Weights(hours=0)])
def test_two_who_share_no_working_hour_have_a_warning_among_their_reasons(weights: Weights) -> None:
    ways = (MeetingMode.IN_PERSON,)
    people = [person(ADA), person(BEN, time_zone="Pacific/Auckland")]
    request, offer = mentee(ADA, ways=ways), mentor(BEN, ways=ways)
    round_ = round_of(request, offer, people=people, programme=replace(PROGRAMME, weights=weights))
    found, with_warning = score_pair(round_, request, offer)
    assert [reason for reason in found if reason.kind is ReasonKind.NO_SHARED_HOURS]
    _, without = score_pair(round_of(request, offer, programme=round_.programme), request, offer)
    assert with_warning == without, "it is a warning, and takes no points"


def test_hours_say_nothing_where_everybody_works_at_the_same() -> None:
    assert ReasonKind.SAME_HOURS not in reasons(mentee(ADA), mentor(BEN))


def test_hours_of_somebody_whose_own_zone_is_not_known_are_not_guessed() -> None:
    request, offer, other = mentee(ADA), mentor(BEN), mentee(CHI, JOBS)
    unknown = Person(BEN, AccountStatus.MEMBER, programme_zone="Europe/London")
    people = [person(ADA), unknown, person(CHI, time_zone="Asia/Tokyo")]
    found, _ = score_pair(round_of(request, offer, other, people=people), request, offer)
    assert ReasonKind.SAME_HOURS not in {reason.kind for reason in found}


def test_hours_of_somebody_whom_slack_has_not_told_of_are_not_guessed() -> None:
    request, offer, other = mentee(ADA), mentor(BEN), mentee(CHI, JOBS)
    people = [person(ADA), Person(BEN), person(CHI, time_zone="Asia/Tokyo")]
    found, _ = score_pair(round_of(request, offer, other, people=people), request, offer)
    assert ReasonKind.SAME_HOURS not in {reason.kind for reason in found}


# Who has waited.


def test_waiting_since_before_the_round_is_a_reason_and_no_point() -> None:
    early = COHORT.opens_on - timedelta(days=40)
    for request, offer in ((mentee(ADA, sent_on=early), mentor(BEN)), (mentee(ADA), mentor(BEN, sent_on=early))):
        assert ReasonKind.WAITED in reasons(request, offer)
        assert score(request, offer) == score(mentee(ADA), mentor(BEN))
    assert ReasonKind.WAITED not in reasons(mentee(ADA), mentor(BEN))


@pytest.mark.parametrize(
    ("state", "months"),
    [(PartnershipState.ACTIVE, 0), (PartnershipState.CLOSED, 0), (PartnershipState.ENDED, 10)],
)
def test_after_a_partnership_that_ended_early_the_time_waited_before_still_counts(
    state: PartnershipState, months: int
) -> None:
    """Its own time does not: of 400 days, 100 were spent together."""
    request, offer = mentee(ADA, sent_on=COHORT.opens_on - timedelta(days=400)), mentor(BEN)
    began = datetime.combine(COHORT.opens_on - timedelta(days=300), time(10), UTC)
    over_at = None if state is PartnershipState.ACTIVE else began + timedelta(days=100)
    before = partnership(ADA, CHI, introduced_at=began, state=state, over_at=over_at, back=(ADA,), cohort_id="c0")
    round_ = round_of(request, offer, partnerships=[before])
    found, _ = score_pair(round_, request, offer)
    assert months_waited(round_, request) == months
    assert (ReasonKind.WAITED in {reason.kind for reason in found}) is (months > 0)


def test_a_partnership_that_outlasts_the_opening_takes_only_the_time_before_it() -> None:
    request = mentee(ADA, sent_on=COHORT.opens_on - timedelta(days=100))
    began = datetime.combine(COHORT.opens_on - timedelta(days=30), time(10), UTC)
    before = partnership(
        ADA, CHI, introduced_at=began, state=PartnershipState.ENDED, over_at=began + timedelta(days=90)
    )
    assert months_waited(round_of(request, partnerships=[before]), request) == 2


# Each could help the other (D0.8).


def is_mutual(*sent: Application) -> bool:
    """Whether that is a reason for Ada, who asks Ben for career planning."""
    request, offer = mentee(ADA, CAREER), mentor(BEN, CAREER)
    found, score_ = score_pair(round_of(request, offer, *sent), request, offer)
    assert score_ == score(request, offer)
    return ReasonKind.MUTUAL in {reason.kind for reason in found}


def test_each_could_help_the_other_where_both_ask_and_offer_and_share_a_topic_that_way_round_too() -> None:
    assert is_mutual(mentor(ADA, JOBS, CULTURE), mentee(BEN, JOBS))
    assert not is_mutual(mentor(ADA, CULTURE), mentee(BEN, JOBS))
    assert not is_mutual(mentor(ADA, JOBS))
    assert not is_mutual(mentee(BEN, JOBS))
    assert not is_mutual(mentor(ADA, JOBS), mentee(CHI, JOBS))
    assert not is_mutual(withdrawn(mentor(ADA, JOBS)), mentee(BEN, JOBS))
    assert not is_mutual(mentor(ADA, JOBS), withdrawn(mentee(BEN, JOBS)))


# Weights.


def test_what_does_not_count_is_no_reason() -> None:
    request = mentee(ADA, CAREER, JOBS, grade="A", department="Archives")
    offer = mentor(BEN, CAREER, JOBS, grade="C", department="Loans")
    round_ = round_of(request, offer, private_answers=[names(request, wish=BEN)], programme=GRADED)
    nothing = Weights(**{name.name: 0 for name in fields(Weights)})
    assert score_pair(weighed(round_, nothing), request, offer) == ((), 0)
    found, score_ = score_pair(weighed(round_, replace(nothing, department=7)), request, offer)
    assert ([reason.kind for reason in found], score_) == ([ReasonKind.OTHER_DEPARTMENT], 7)
