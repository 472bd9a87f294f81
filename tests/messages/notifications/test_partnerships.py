"""What the two hear from their introduction to the end."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from mentoring.applications.application import Role
from mentoring.core.outcome import NotificationKind
from mentoring.core.people import Person
from mentoring.core.programmes import Weights
from mentoring.partnerships.judgement import PartnershipJobContext, closes_at
from messages.ids import (
    FIND_TIME,
    GO_BACK,
    LOG_MEETING,
    NOT_AGAIN,
    OPEN_AGENDA,
    OPEN_BASELINE,
    OPEN_CHECK_IN,
    OPEN_DOUBTS,
    OPEN_PARTNERSHIPS,
    OPEN_REQUEST,
    OPEN_SURVEY,
    SAY_GOOD_MATCH,
    WITHDRAW,
)
from messages.notifications import NotificationObsolete
from tests.messages.contexts import NUDGES, OF_A_PARTNERSHIP, OF_A_RUNNING_PARTNERSHIP, context_of, told
from tests.messages.examples import (
    ADA,
    BEN,
    CLEO,
    CLOSED,
    COHORT,
    ENDED,
    LATER,
    NOTES,
    OTHERS_OFFER,
    OWEN,
    PARTNERSHIP,
    PLAIN,
    REQUEST,
    withdrawn,
)
from tests.messages.pressing import buttons, confirmed, said

TO_BOTH = (NotificationKind.INTRODUCED, NotificationKind.PARTNERSHIP_ENTERED)


@pytest.mark.parametrize("kind", OF_A_PARTNERSHIP)
def test_nothing_is_said_of_a_partnership_that_is_gone_or_somebody_elses(kind: NotificationKind) -> None:
    with pytest.raises(NotificationObsolete, match="partnership-gone"):
        told(kind, context_of(kind, partnership=None))
    if kind not in TO_BOTH:  # which go to the two in one conversation
        with pytest.raises(NotificationObsolete, match="not-theirs"):
            told(kind, context_of(kind, CLEO))


@pytest.mark.parametrize("kind", [*OF_A_RUNNING_PARTNERSHIP, *TO_BOTH])
@pytest.mark.parametrize("over", [ENDED, CLOSED])
def test_nobody_is_reminded_or_asked_once_it_is_over(kind: NotificationKind, over: object) -> None:
    with pytest.raises(NotificationObsolete, match="partnership-over"):
        told(kind, context_of(kind, partnership=over))


@pytest.mark.parametrize(
    ("kind", "other"), [(NotificationKind.PARTNERSHIP_ENDED, CLOSED), (NotificationKind.PARTNERSHIP_CLOSED, ENDED)]
)
def test_an_ending_is_told_as_what_it_was(kind: NotificationKind, other: object) -> None:
    with pytest.raises(NotificationObsolete, match="not-"):
        told(kind, context_of(kind, partnership=other))


def test_the_introduction_says_who_is_who_what_to_talk_about_and_what_holds() -> None:
    introduction = told(NotificationKind.INTRODUCED)
    words = said(introduction)
    for needed in (
        f"<@{ADA}> is the mentee",
        f"<@{BEN}> (IT) is the mentor",
        "Career planning",
        "You both chose: Career planning.",
        f"<@{ADA}>, please suggest a time today. Aim to meet by 25 February 2027",
        f"<@{ADA}> suggests the times",
        "in person if you can",
        "somewhere private",
        f"What <@{ADA}> hopes for",
        f"What <@{BEN}> can give, and cannot",
        "What stays between you",
        "until 15 August 2027 (6 months)",
        "twice in the first month, then at least once a month",
        "in work hours",
        "never your notes",
        "without giving a reason",
        "I don’t read what you write here",
        "message each other directly",
        f"ask <@{OWEN}>",
    ):
        assert needed in words
    assert buttons(introduction) == [
        (FIND_TIME, "R1"),
        (LOG_MEETING, "R1"),
        (OPEN_AGENDA, "R1"),
        (OPEN_PARTNERSHIPS, "R1"),
        (OPEN_BASELINE, "R1"),
    ]


def test_a_short_partnership_begins_without_the_survey_before() -> None:
    short = context_of(NotificationKind.INTRODUCED, partnership=replace(PARTNERSHIP, months=0, weeks=6))
    assert OPEN_BASELINE not in dict(buttons(told(NotificationKind.INTRODUCED, short)))


def test_the_introduction_holds_without_profiles_and_topics() -> None:
    bare = context_of(NotificationKind.INTRODUCED, profiles={}, partnership=replace(PARTNERSHIP, topics=()))
    assert f"<@{BEN}> is the mentor" in said(told(NotificationKind.INTRODUCED, bare))
    assert "You both chose" not in said(told(NotificationKind.INTRODUCED, bare))


def test_only_who_was_asked_is_said_to_have_said_yes() -> None:
    assert "both said yes" in said(told(NotificationKind.INTRODUCED))
    atmet_once = context_of(NotificationKind.INTRODUCED, programme=replace(PLAIN, ask_first=False))
    assert "said yes" not in said(told(NotificationKind.INTRODUCED, atmet_once))


def test_the_partner_reads_that_a_meeting_was_logged_and_not_its_notes() -> None:
    context = context_of(NotificationKind.MEETING_LOGGED, BEN)
    line = told(NotificationKind.MEETING_LOGGED, context, by=ADA)
    assert f"<@{ADA}> logged a meeting with you: 22 February 2027, 60 minutes, in person." in said(line)
    assert NOTES.notes not in said(line)
    assert buttons(line) == [(OPEN_PARTNERSHIPS, "R1")]
    with pytest.raises(NotificationObsolete, match="meeting-gone"):
        told(NotificationKind.MEETING_LOGGED, replace(context, meeting=None))


@pytest.mark.parametrize("kind", NUDGES)
@pytest.mark.parametrize(("reader", "other"), [(ADA, BEN), (BEN, ADA)])
def test_a_nudge_asks_first_names_the_other_and_is_one_click_from_the_log(
    kind: NotificationKind, reader: str, other: str
) -> None:
    nudge = told(kind, context_of(kind, reader))
    assert nudge.text.startswith(f"Have you met <@{other}> ")
    early = [(SAY_GOOD_MATCH, "R1"), (OPEN_DOUBTS, "R1")] if kind is NotificationKind.SECOND_MEETING_NUDGE else []
    assert buttons(nudge) == [(FIND_TIME, "R1"), (LOG_MEETING, "R1"), (OPEN_PARTNERSHIPS, "R1"), *early]


@pytest.mark.parametrize("kind", NUDGES)
def test_only_the_mentee_is_asked_to_suggest_a_time(kind: NotificationKind) -> None:
    assert f"suggest a time to <@{BEN}>" in said(told(kind, context_of(kind, ADA)))
    assert f"<@{ADA}> arranges the meetings" in said(told(kind, context_of(kind, BEN)))


def test_a_second_meeting_is_asked_for_only_where_one_is_logged() -> None:
    kind = NotificationKind.SECOND_MEETING_NUDGE
    met_once = PartnershipJobContext(PARTNERSHIP, Person(ADA), PLAIN, met_on=(LATER,))
    assert f"Have you met <@{BEN}> yet?* No meeting is logged so far." in said(told(kind))
    once = told(kind, context_of(kind, job=met_once))
    assert f"Have you met <@{BEN}> twice?* One meeting is logged so far." in said(once)
    assert "first month" in said(once)
    late = context_of(kind, job=met_once, today=PARTNERSHIP.started_on + timedelta(weeks=4))
    assert "first month" not in said(told(kind, late)), "it is over by then"


@pytest.mark.parametrize(
    ("kind", "opens"),
    [
        (NotificationKind.CHECK_IN, OPEN_CHECK_IN),
        (NotificationKind.SURVEY, OPEN_SURVEY),
        (NotificationKind.SURVEY_REMINDER, OPEN_SURVEY),
    ],
)
def test_a_question_opens_its_form_and_says_who_reads_the_answer(kind: NotificationKind, opens: str) -> None:
    assert buttons(told(kind)) == [(opens, "R1")]
    assert "I don’t show your name with your answers, unless you tick that" in said(told(kind))
    assert "at least five people" in said(told(kind))


@pytest.mark.parametrize("kind", [NotificationKind.SURVEY, NotificationKind.SURVEY_REMINDER])
@pytest.mark.parametrize(
    ("time_zone", "until"), [("Europe/London", "Saturday 4 September"), ("Pacific/Auckland", "Sunday 5 September")]
)
def test_a_survey_says_until_which_whole_day_it_can_be_answered(
    kind: NotificationKind, time_zone: str, until: str
) -> None:
    context = context_of(kind, today=PARTNERSHIP.ends_on)
    closes_on = closes_at(PARTNERSHIP, PLAIN).date()
    assert closes_on == date(2027, 9, 5)
    there = replace(context, reader=replace(context.reader, time_zone=time_zone))
    assert f"{until} 2027" in said(told(kind, there))
    last_day = replace(context, today=closes_on)
    assert "Sunday 5 September 2027" in said(told(kind, last_day))


def test_the_owners_hear_who_would_like_a_word_and_nothing_else() -> None:
    wanted = told(NotificationKind.WORD_WANTED, by=ADA)
    assert f"<@{ADA}> would like to talk to a programme owner" in said(wanted)
    assert f"<@{BEN}>" not in said(wanted)
    with pytest.raises(NotificationObsolete, match="nobody-named"):
        told(NotificationKind.WORD_WANTED, by="")
    alone = context_of(NotificationKind.WORD_WANTED, owners=(OWEN,))
    assert "other owners" not in said(told(NotificationKind.WORD_WANTED, alone, by=ADA))


@pytest.mark.parametrize("kind", [NotificationKind.PARTNERSHIP_ENDED, NotificationKind.PARTNERSHIP_CLOSED])
def test_the_end_thanks_and_leads_back_to_the_pool_or_to_somebody_else(kind: NotificationKind) -> None:
    """Only after an early end it asks whether they would rather not be matched again."""
    is_early = kind is NotificationKind.PARTNERSHIP_ENDED
    assert buttons(told(kind)) == [(GO_BACK, "R1"), *_beside(kind)]
    assert confirmed(told(kind), NOT_AGAIN) is is_early
    assert "Thank you" in said(told(kind))
    assert ("The time you waited before still counts." in said(told(kind))) is is_early
    unweighed = context_of(kind, programme=replace(PLAIN, weights=Weights(waiting=0)))
    assert "you waited" not in said(told(kind, unweighed))


def _beside(kind: NotificationKind) -> list[tuple[str, str]]:
    declines = [(NOT_AGAIN, "R1")] if kind is NotificationKind.PARTNERSHIP_ENDED else []
    return [(OPEN_PARTNERSHIPS, "R1"), *declines]


@pytest.mark.parametrize("kind", [NotificationKind.PARTNERSHIP_ENDED, NotificationKind.PARTNERSHIP_CLOSED])
def test_once_the_round_is_over_another_match_is_offered_in_the_next_one(kind: NotificationKind) -> None:
    for context in (
        context_of(kind, cohort=replace(COHORT, closed_on=LATER)),
        context_of(kind, today=COHORT.ends_on.replace(year=2029)),
    ):
        offered = told(kind, context)
        assert buttons(offered) == [(GO_BACK, "R1"), *_beside(kind)]
        assert "another match in the next round?" in said(offered)


@pytest.mark.parametrize("kind", [NotificationKind.PARTNERSHIP_ENDED, NotificationKind.PARTNERSHIP_CLOSED])
def test_nothing_is_offered_that_would_be_refused(kind: NotificationKind) -> None:
    partnership = context_of(kind).partnership
    assert partnership is not None
    for context in (
        context_of(kind, partnership=replace(partnership, back=(ADA,))),
        context_of(kind, applications={Role.MENTEE: withdrawn(REQUEST)}),
    ):
        assert buttons(told(kind, context)) == _beside(kind)
    erased = context_of(kind, partnership=replace(partnership, mentor="", back=(ADA,)))
    assert buttons(told(kind, erased)) == [(OPEN_PARTNERSHIPS, "R1")]


def test_what_one_of_the_two_would_rather_not_shows_to_nobody_else() -> None:
    for kind, over in ((NotificationKind.PARTNERSHIP_ENDED, ENDED), (NotificationKind.PARTNERSHIP_CLOSED, CLOSED)):
        wishes = (context_of(kind, BEN, partnership=replace(over, declined_rematch=each)) for each in ((), (ADA,)))
        unaware, aware = (told(kind, context).payload() for context in wishes)
        assert unaware == aware


def test_a_partnership_without_a_meeting_is_not_called_complete() -> None:
    kind = NotificationKind.PARTNERSHIP_CLOSED
    never = told(kind, context_of(kind, met=0))
    assert never.text == "Your partnership is over"
    assert "No meeting is logged." in said(never)
    assert "complete" not in said(never)
    assert "complete" in told(kind, context_of(kind, met=1)).text
    assert buttons(never) == [*buttons(told(kind)), (NOT_AGAIN, "R1")]


def test_both_read_the_same_words_about_the_end() -> None:
    ada = told(NotificationKind.PARTNERSHIP_ENDED, context_of(NotificationKind.PARTNERSHIP_ENDED, ADA))
    ben = told(
        NotificationKind.PARTNERSHIP_ENDED,
        context_of(NotificationKind.PARTNERSHIP_ENDED, BEN, applications={Role.MENTOR: OTHERS_OFFER}),
    )
    assert said(ada).replace(BEN, "the other") == said(ben).replace(ADA, "the other")


def test_who_is_back_in_the_pool_can_ask_for_somebody_else_and_can_leave_it() -> None:
    assert buttons(told(NotificationKind.BACK_IN_POOL)) == [(NOT_AGAIN, "R1"), (WITHDRAW, REQUEST.id)]
    said_before = context_of(
        NotificationKind.BACK_IN_POOL, partnership=replace(ENDED, back=(ADA,), declined_rematch=(ADA,))
    )
    assert buttons(told(NotificationKind.BACK_IN_POOL, said_before)) == [(WITHDRAW, REQUEST.id)]


def test_nobody_is_told_that_they_can_be_matched_in_a_round_that_is_over() -> None:
    kind = NotificationKind.BACK_IN_POOL
    assert told(kind).text == "You can be matched again"
    assert told(kind, context_of(kind, cohort=replace(COHORT, closed_on=LATER))).text == (
        "You can be matched in the next round"
    )
    atmet_once = context_of(kind, programme=replace(PLAIN, ask_first=False))
    assert "We’ll ask you" in said(told(kind))
    assert "We’ll ask you" not in said(told(kind, atmet_once))


def test_who_withdrew_meanwhile_is_told_how_to_be_matched_again() -> None:
    gone = context_of(NotificationKind.BACK_IN_POOL, applications={}, profiles={})
    assert buttons(told(NotificationKind.BACK_IN_POOL, gone)) == [(OPEN_REQUEST, None)]


def test_one_comes_back_with_what_one_sent_in_an_earlier_round() -> None:
    earlier = context_of(NotificationKind.PARTNERSHIP_CLOSED, applications={})
    assert (GO_BACK, "R1") in buttons(told(NotificationKind.PARTNERSHIP_CLOSED, earlier))
