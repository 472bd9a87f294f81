"""Every kind of notification has a renderer, and says what is the case when it is rendered."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from mentoring.core.outcome import NotificationKind
from mentoring.core.owners import OPERATOR
from mentoring.programmes.settings import Part
from mentoring.status import cohort_status
from messages.ids import LOG_MEETING, OPEN_EVALUATION, OPEN_REVIEW, OPEN_SETUP, OPEN_STATUS, OPEN_SUGGESTIONS, WITHDRAW
from messages.notifications import PRESENTATIONS, NotificationObsolete
from tests.messages.contexts import OVERSIGHT, TO_OWNERS, context_of, told
from tests.messages.examples import (
    ADA,
    ASKED,
    BEN,
    COHORT,
    FIRST,
    HOPES,
    IN_TIME,
    MATCH,
    NOTES,
    OTHERS_OFFER,
    OWEN,
    PARTNERSHIP,
    PLAIN,
    READ,
    REPORT,
    REQUEST,
    SUE,
    TERMS,
    gone,
    round_of,
    withdrawn,
)
from tests.messages.homes import home, in_programme
from tests.messages.pressing import buttons
from tests.messages.reports import REPORT_PAGE

ABOUT_AN_APPLICATION = (
    NotificationKind.APPLICATION_RECEIVED,
    NotificationKind.APPLICATION_CHANGED,
    NotificationKind.APPLICATION_WITHDRAWN,
    NotificationKind.APPLICATION_ENTERED,
    NotificationKind.APPLICATION_CORRECTED,
    NotificationKind.WITHDRAWN_BY_OWNER,
    NotificationKind.UNMATCHED,
    NotificationKind.STILL_WAITING,
)


def test_there_is_something_to_say_for_every_kind_of_notice() -> None:
    assert set(PRESENTATIONS) == set(NotificationKind)
    for kind in NotificationKind:
        assert told(kind).payload()["text"]


@pytest.mark.parametrize("kind", TO_OWNERS)
def test_who_is_no_longer_an_owner_hears_nothing_that_is_for_owners(kind: NotificationKind) -> None:
    with pytest.raises(NotificationObsolete, match="no-longer-an-"):
        told(kind, context_of(kind, ADA), part="dates")


def test_an_owners_reminder_is_dropped_if_the_two_were_reminded_while_it_waited() -> None:
    kind = NotificationKind.OWNER_NUDGE
    assert told(kind)
    since = replace(OVERSIGHT, reminded_at=OVERSIGHT.now + timedelta(days=8))
    with pytest.raises(NotificationObsolete, match="reminded-since"):
        told(kind, context_of(kind, oversight=since))


def test_no_help_is_offered_by_somebody_who_is_no_owner_any_more() -> None:
    kind = NotificationKind.HELP_OFFERED
    assert f"<@{OWEN}> offers you" in str(told(kind).blocks)
    for by, owners in ((OWEN, (SUE,)), ("", (OWEN, SUE))):
        requests = tuple(replace(each, by=by) for each in OVERSIGHT.requests)
        with pytest.raises(NotificationObsolete, match="nobody-helps"):
            told(kind, context_of(kind, oversight=replace(OVERSIGHT, requests=requests, owners=owners)))


def test_owners_are_not_told_to_give_more_time_than_there_is() -> None:
    kind = NotificationKind.OFFERS_RUNNING_OUT
    assert "give them a week more" in str(told(kind).blocks)
    longest = replace(ASKED, answer_until=datetime(2027, 3, 8, 9, tzinfo=UTC))
    context = context_of(kind, OWEN, date(2027, 3, 5), round=round_of(longest))
    words = str(told(kind, context, day="2027-03-05").blocks)
    assert "remind people who haven’t answered or take a match back" in words


def test_two_are_told_of_no_contact_whose_account_is_deactivated() -> None:
    kind = NotificationKind.OWNER_NAMED
    assert f"<@{OWEN}> is your contact" in str(told(kind).blocks)
    away = replace(OVERSIGHT, owners=(OWEN, SUE), people={OWEN: gone(OWEN)})
    with pytest.raises(NotificationObsolete, match="handed-on"):
        told(kind, context_of(kind, oversight=away))


@pytest.mark.parametrize("kind", ABOUT_AN_APPLICATION)
def test_nothing_is_said_of_an_application_that_is_gone(kind: NotificationKind) -> None:
    with pytest.raises(NotificationObsolete, match="application-gone"):
        told(kind, context_of(kind, application=None))


@pytest.mark.parametrize(
    "kind", [NotificationKind.APPLICATION_RECEIVED, NotificationKind.APPLICATION_CHANGED, NotificationKind.UNMATCHED]
)
def test_a_receipt_is_dropped_when_the_application_was_withdrawn_since(kind: NotificationKind) -> None:
    with pytest.raises(NotificationObsolete, match="withdrawn-since"):
        told(kind, context_of(kind, application=withdrawn(REQUEST)))


def test_a_farewell_is_dropped_when_the_application_was_sent_again_since() -> None:
    with pytest.raises(NotificationObsolete, match="sent-again"):
        told(
            NotificationKind.APPLICATION_WITHDRAWN,
            context_of(NotificationKind.APPLICATION_WITHDRAWN, application=REQUEST),
        )


def test_applications_have_not_closed_when_the_deadline_was_moved() -> None:
    with pytest.raises(NotificationObsolete, match="deadline-moved"):
        told(NotificationKind.APPLICATIONS_CLOSED, context_of(NotificationKind.APPLICATIONS_CLOSED, today=IN_TIME))


@pytest.mark.parametrize(
    "kind",
    [
        NotificationKind.APPLICATIONS_CLOSED,
        NotificationKind.COHORT_STATUS,
        NotificationKind.ROUND_CHARTS,
        NotificationKind.WEEKLY_STATUS,
    ],
)
def test_without_counts_nothing_is_counted(kind: NotificationKind) -> None:
    with pytest.raises(NotificationObsolete, match="nothing-counted"):
        told(kind, context_of(kind, status=None))


def test_a_receipt_says_what_happens_next_and_leads_on() -> None:
    said = told(NotificationKind.APPLICATION_RECEIVED, context_of(NotificationKind.APPLICATION_RECEIVED, today=IN_TIME))
    assert "the round starts on 15 February 2027" in str(said.blocks)
    assert buttons(said)[0] == (OPEN_STATUS, None)
    assert buttons(said)[-1] == (WITHDRAW, REQUEST.id)


def test_the_close_without_applications_leads_to_a_later_date() -> None:
    nobody = cohort_status(PLAIN, COHORT, [])
    said = told(NotificationKind.APPLICATIONS_CLOSED, context_of(NotificationKind.APPLICATIONS_CLOSED, status=nobody))
    assert "No one applied in time" in str(said.blocks)
    assert buttons(said)[0] == (OPEN_SETUP, Part.DATES)


def test_help_by_message_knows_ones_partnerships() -> None:
    assert (LOG_MEETING, "R1") in buttons(
        told(NotificationKind.HELP, context_of(NotificationKind.HELP, home=home(in_programme(own=(PARTNERSHIP,)))))
    )


def test_the_close_of_applications_leads_to_the_review() -> None:
    assert buttons(told(NotificationKind.APPLICATIONS_CLOSED)) == [(OPEN_REVIEW, None), (OPEN_STATUS, None)]


def test_a_change_says_who_made_it() -> None:
    assert f"<@{BEN}> changed the dates" in str(told(NotificationKind.PROGRAMME_CHANGED, part="dates").blocks)
    assert "You changed the dates" in str(told(NotificationKind.PROGRAMME_CHANGED, part="dates", by=OWEN).blocks)
    assert "Another owner changed the settings" in str(told(NotificationKind.PROGRAMME_CHANGED, by="").blocks)
    both = told(NotificationKind.PROGRAMME_CHANGED, part="basics,dates", by=OPERATOR)
    basics, dates = "the basics of the programme", "the dates and hours of the programme"
    assert f"The app admin changed {basics} and {dates} from the command line." in str(both.blocks)


def test_the_close_of_the_round_is_told_to_owners_and_to_those_who_were_in_it() -> None:
    kind = NotificationKind.COHORT_CLOSED
    assert f"<@{BEN}> closed it" in str(told(kind, context_of(kind, OWEN)).blocks)
    assert "You closed it" in str(told(kind, context_of(kind, OWEN), by=OWEN).blocks)
    assert buttons(told(kind, context_of(kind, OWEN))) == [
        (OPEN_SETUP, Part.DATES),
        (OPEN_STATUS, None),
        (OPEN_EVALUATION, None),
        (OPEN_SUGGESTIONS, None),
    ]
    assert buttons(told(kind, context_of(kind, ADA))) == [(OPEN_STATUS, None)]
    with pytest.raises(NotificationObsolete, match="not-closed"):
        told(kind, context_of(kind, OWEN, cohort=COHORT))


@pytest.mark.parametrize("kind", NotificationKind)
def test_a_locked_screen_shows_nothing_said_in_confidence(kind: NotificationKind) -> None:
    programme = replace(PLAIN, purpose="a private purpose", has_plans=True, has_agreements=True, has_reports=True)
    shown = told(kind, context_of(kind, programme=programme), part="dates").text
    reasons = [fact for reason in MATCH.reasons for fact in reason.facts if not fact.isdigit()]
    told_us = (HOPES.hopes, HOPES.manager, HOPES.wish, *REQUEST.topics, REQUEST.languages, *OTHERS_OFFER.topics)
    logged = (NOTES.notes, READ.words, str(FIRST.minutes), *REPORT.check_ins.helps, *REPORT.check_ins.hinders)
    agreed = (TERMS.purpose, TERMS.feedback, TERMS.off_limits, TERMS.mentee_brings, TERMS.mentor_brings)
    reported = (*REPORT_PAGE.learnt.values(), *REPORT_PAGE.next_steps, *(goal.words for goal in REPORT_PAGE.moving))
    for private in (*told_us, *logged, *reasons, *agreed, *reported, programme.purpose):
        assert private not in shown


@pytest.mark.parametrize(
    "kind",
    [
        NotificationKind.UNMATCHED,
        NotificationKind.STILL_WAITING,
        NotificationKind.MATCH_OFFERED,
        NotificationKind.OFFER_REMINDER,
        NotificationKind.OFFER_OVER,
        NotificationKind.WORD_WANTED,
        NotificationKind.CHECK_IN,
    ],
)
def test_a_locked_screen_names_nobody_in_what_is_private(kind: NotificationKind) -> None:
    assert "<@" not in told(kind).text


def test_no_name_tells_owners_what_two_people_keep_to_themselves() -> None:
    """Owners read these names in the report of what could not be delivered."""
    private = ("agreement", "plan-", "planned", "calendar", "items", "report-")
    kinds = [kind for kind in NotificationKind if kind.startswith(private)]
    assert len(kinds) == 11
    assert {PRESENTATIONS[kind].one for kind in kinds} == {"private message"}
    assert {PRESENTATIONS[kind].sentence for kind in kinds} == {"a private message"}
