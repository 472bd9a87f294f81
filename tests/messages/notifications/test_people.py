"""What people read when somebody leaves or is back, and what they no longer read when it has changed since."""

from dataclasses import replace

import pytest

from mentoring.core.outcome import NotificationKind
from messages.ids import END_PARTNERSHIP, OPEN_PARTNERSHIPS
from messages.notifications import NotificationObsolete
from tests.messages.contexts import OF_A_DEPARTURE, context_of, told
from tests.messages.examples import ADA, BEN, ENDED, OTHER_PARTNERSHIP, PARTNERSHIP, gone, member
from tests.messages.pressing import buttons, confirmed, said

TO_OWNERS = (NotificationKind.OWNERS_PERSON_LEFT, NotificationKind.OWNERS_PERSON_BACK)


def test_the_partner_may_end_it_in_two_clicks_and_owes_no_reason() -> None:
    shown = told(NotificationKind.PARTNER_LEFT)
    assert (END_PARTNERSHIP, PARTNERSHIP.id) in buttons(shown)
    assert confirmed(shown, END_PARTNERSHIP)
    for needed in ("is paused", "You don’t need to do anything", "it carries on", "You don’t need a reason"):
        assert needed in said(shown)


def test_an_owner_may_end_each_or_leave_it() -> None:
    context = context_of(NotificationKind.OWNERS_PERSON_LEFT, their_partnerships=(PARTNERSHIP, OTHER_PARTNERSHIP))
    shown = told(NotificationKind.OWNERS_PERSON_LEFT, context)
    ends = [value for action, value in buttons(shown) if action == END_PARTNERSHIP]
    assert ends == [PARTNERSHIP.id, OTHER_PARTNERSHIP.id]
    assert confirmed(shown, END_PARTNERSHIP)
    assert "You can wait, or end them" in said(shown)


@pytest.mark.parametrize("kind", OF_A_DEPARTURE)
def test_nothing_is_said_of_a_departure_once_they_are_back(kind: NotificationKind) -> None:
    with pytest.raises(NotificationObsolete, match="back-since"):
        told(kind, context_of(kind, people={BEN: member(BEN)}))


def test_nothing_is_said_of_a_return_once_they_have_left_again() -> None:
    with pytest.raises(NotificationObsolete, match="paused"):
        told(NotificationKind.PARTNER_BACK, context_of(NotificationKind.PARTNER_BACK, people={BEN: gone(BEN)}))
    with pytest.raises(NotificationObsolete, match="away-again"):
        told(
            NotificationKind.OWNERS_PERSON_BACK,
            context_of(NotificationKind.OWNERS_PERSON_BACK, people={BEN: gone(BEN)}),
        )


@pytest.mark.parametrize("kind", [NotificationKind.PARTNER_LEFT, NotificationKind.PARTNER_BACK])
def test_nothing_is_said_of_a_partnership_that_is_over(kind: NotificationKind) -> None:
    with pytest.raises(NotificationObsolete, match="partnership-over"):
        told(kind, context_of(kind, partnership=ENDED))


@pytest.mark.parametrize("kind", TO_OWNERS)
@pytest.mark.parametrize("theirs", [(), (ENDED,)])
def test_an_owner_hears_nothing_where_nothing_is_left(kind: NotificationKind, theirs: object) -> None:
    with pytest.raises(NotificationObsolete, match="nothing-left"):
        told(kind, context_of(kind, their_partnerships=theirs))


@pytest.mark.parametrize("kind", TO_OWNERS)
def test_an_owner_hears_here_only_of_those_that_they_are_no_part_of(kind: NotificationKind) -> None:
    own = replace(PARTNERSHIP, mentee="UOWEN")
    with pytest.raises(NotificationObsolete, match="nothing-left"):
        told(kind, context_of(kind, their_partnerships=(own,)))


def test_an_owner_hears_of_no_return_while_the_other_one_is_away() -> None:
    context = context_of(NotificationKind.OWNERS_PERSON_BACK, people={ADA: gone(ADA), BEN: member(BEN)})
    with pytest.raises(NotificationObsolete, match="still-paused"):
        told(NotificationKind.OWNERS_PERSON_BACK, context)


def test_who_is_back_reads_of_each_where_it_stands() -> None:
    shown = told(
        NotificationKind.WELCOME_BACK,
        context_of(NotificationKind.WELCOME_BACK, their_partnerships=(PARTNERSHIP, replace(ENDED, mentor="UCLEO"))),
    )
    assert (OPEN_PARTNERSHIPS, None) in buttons(shown)
    assert f"<@{BEN}> continues until 15 August 2027" in said(shown)
    assert "<@UCLEO> has ended" in said(shown)


@pytest.mark.parametrize("kind", [NotificationKind.PARTNER_BACK, NotificationKind.WELCOME_BACK])
def test_after_the_agreed_end_nothing_is_said_to_continue(kind: NotificationKind) -> None:
    words = said(told(kind, context_of(kind, today=PARTNERSHIP.ends_on)))
    assert "came to its agreed end on 15 August 2027" in words
    assert "continues" not in words


def test_an_owner_reads_only_of_people_who_are_told() -> None:
    kind = NotificationKind.OWNERS_PERSON_LEFT
    assert f"I’ll tell <@{ADA}>." in said(told(kind))
    both = context_of(kind, people={ADA: gone(ADA), BEN: gone(BEN)})
    assert "I’ll tell" not in said(told(kind, both))


def test_who_is_back_to_nothing_reads_nothing() -> None:
    with pytest.raises(NotificationObsolete, match="nothing-left"):
        told(NotificationKind.WELCOME_BACK, context_of(NotificationKind.WELCOME_BACK, their_partnerships=()))
