"""Why somebody has nobody."""

from mentoring.leftout import LeftOut, why_left_out
from tests.mentoring.factories import ADA, BEN, CHI, JOBS, match, mentee, mentor, round_of, withdrawn


def test_nobody_of_the_other_role_takes_part() -> None:
    ada = mentee(ADA)
    assert why_left_out(round_of(ada, mentee(CHI)), ada) is LeftOut.NOBODY
    assert why_left_out(round_of(ada, withdrawn(mentor(BEN))), ada) is LeftOut.NOBODY
    assert why_left_out(round_of(ada, mentor(ADA)), ada) is LeftOut.NOBODY


def test_a_rule_keeps_them_from_everybody() -> None:
    ada = mentee(ADA, topics=(JOBS,))
    assert why_left_out(round_of(ada, mentor(BEN)), ada) is LeftOut.APART


def test_whoever_they_could_go_with_has_no_place_left() -> None:
    ada = mentee(ADA)
    assert why_left_out(round_of(ada, mentee(CHI), mentor(BEN), matches=(match(CHI, BEN),)), ada) is LeftOut.TAKEN


def test_somebody_has_a_place_for_them() -> None:
    ada, ben = mentee(ADA), mentor(BEN)
    assert why_left_out(round_of(ada, ben), ada) is LeftOut.POSSIBLE
    assert why_left_out(round_of(ada, ben), ben) is LeftOut.POSSIBLE
