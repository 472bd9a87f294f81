"""No number below five is told, and none can be computed from those that are."""

from hypothesis import given
from hypothesis import strategies as st

from mentoring.evaluation.counts import FEW, UNKNOWN, ShownCount, shown, shown_parts

_COUNTS = st.integers(0, 40)


def test_a_small_number_reads_the_same_whatever_it_is() -> None:
    assert {shown(number) for number in range(5)} == {FEW}
    assert shown(5) == ShownCount(5, 5)


@given(_COUNTS, st.integers(0, 4), st.integers(0, 4))
def test_a_small_part_cannot_be_computed_from_the_total_and_the_other_part(total: int, one: int, other: int) -> None:
    if total >= 10:
        assert shown_parts(total - one, one) == shown_parts(total - other, other)
        assert shown_parts(one, total - one) == shown_parts(other, total - other)
    elif total >= 4:
        assert shown_parts(total - one, one) == (shown(total), UNKNOWN, UNKNOWN)


@given(_COUNTS, _COUNTS)
def test_what_is_told_is_true(first: int, second: int) -> None:
    told = shown_parts(first, second)
    for number, count in zip((first + second, first, second), told, strict=True):
        assert count.least <= number <= (number if count.most is None else count.most)
        assert count.exact is None or count.exact == number >= 5
