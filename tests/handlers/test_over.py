"""A button under an old message or in an old list: what it was about is over, and whoever presses it hears what is the
case now, and changes nothing.
"""

from collections.abc import Callable
from dataclasses import replace

import pytest
from click.testing import CliRunner

from bot.cli import main
from mentoring.core.outcome import NotificationKind, Outcome
from mentoring.notifications.kinds import KIND_RULES
from messages import ids
from messages.notifications import PRESENTATIONS
from sandbox.blocks import visible_texts
from tests.handlers.requests import all_heard, answers, clicked, held
from tests.handlers.starting_points import (
    ADA,
    BEN,
    CHECK_IN_DAY,
    END_DAY,
    after_days,
    approved,
    ended,
    forbidden,
    later,
    logged,
    offered,
    one_applied,
    partners,
    proposed,
    running,
    two_applied,
    with_item,
)
from tests.handlers.support import rows
from tests.handlers.test_cohorts import open_next, today
from tests.journeys.story import Story, button_values
from tests.local_bot import OWNER, SECOND_OWNER, LocalBot
from tests.messages.contexts import told
from tests.messages.pressing import buttons

pytestmark = pytest.mark.timeout(180)  # some begin half a year before

Begin = Callable[[LocalBot], str]


@pytest.fixture
def town(two_owners: LocalBot) -> LocalBot:
    return two_owners


def then(begin: Begin, user: str, action: str) -> Begin:
    """What `begin` begins is over by a click of `user`."""

    def over(town: LocalBot) -> str:
        about = begin(town)
        answers(town, clicked(town, user, action, about))
        return about

    return over


def after(begin: Begin, days: int) -> Begin:
    def over(town: LocalBot) -> str:
        about = begin(town)
        later(town, days=days)
        return about

    return over


def round_closed(begin: Begin) -> Begin:
    def over(town: LocalBot) -> str:
        about = begin(town)
        answers(town, clicked(town, OWNER, ids.CLOSE_COHORT, str(rows(town)["cohorts"][0]["id"])))
        return about

    return over


def introduced_of(begin: Begin) -> Begin:
    return then(then(begin, ADA, ids.ACCEPT_MATCH), BEN, ids.ACCEPT_MATCH)


def forgotten(begin: Begin, who: str) -> Begin:
    """`who` was erased."""

    def over(town: LocalBot) -> str:
        about = begin(town)
        environment = {"DATABASE_URL": f"sqlite:///{town.storage.file}", "MENTOR_OWNERS": OWNER}
        erased = CliRunner().invoke(main, ["people", "forget", who, "--yes"], env=environment)
        assert erased.exit_code == 0, erased.output
        town.settle()
        return about

    return over


def chosen(deed: ids.MenuAction, begin: Begin) -> Begin:
    """The choice in the menu of what `begin` begins."""
    return lambda town: f"{deed}:{begin(town)}"


def pair_of(begin: Begin) -> Begin:
    """Ada and Ben as a button names them."""

    def over(town: LocalBot) -> str:
        begin(town)
        return f"{ADA}:{BEN}"

    return over


def answered(town: LocalBot) -> str:
    partnership = after_days(CHECK_IN_DAY)(town)
    Story(town).answers_the_check_in(ADA)
    return partnership


def next_round(town: LocalBot) -> str:
    cohort = running(town)
    answers(town, clicked(town, OWNER, ids.CLOSE_COHORT, cohort))
    open_next(Story(town), today(town))
    return cohort


def item_changed(town: LocalBot) -> str:
    value = with_item(town)
    with town.storage.begin(town.slack.team_id) as tx:
        partnership = tx.partnerships.get(value.split(":")[0])
        assert partnership
        (item,) = tx.items.read_by(ADA, partnership)
        tx.save(Outcome((replace(item, words="Something else", version=2),)))
    town.settle()  # the receipt shows it
    return value


def item_over(town: LocalBot) -> str:
    value = with_item(town)
    answers(town, clicked(town, ADA, ids.END_PARTNERSHIP, value.split(":")[0]))
    return value


def log_corrected(town: LocalBot) -> str:
    meeting = logged(town)
    Story(town).opens(ADA, lambda person: person.command("/mentor status"), ids.PARTNERSHIPS_VIEW)
    Story(town).opens(ADA, lambda person: person.click(ids.CORRECT_MEETING), ids.MEETING_FORM)
    Story(town).sends(ADA, {"minutes": "90"})
    Story(town).leaves(ADA)
    return f"{meeting}:1"


def withdrawn(town: LocalBot) -> str:
    about = f"mentee-{ADA}"
    one_applied(town)
    answers(town, clicked(town, ADA, ids.WITHDRAW, about))
    return about


A_FILE = {
    NotificationKind.CALENDAR_FILE,
    NotificationKind.REGULAR_FILE,
    NotificationKind.ROUND_FIGURES,
    NotificationKind.DATA_EXPORT,
    NotificationKind.SESSION_NEWS,
    NotificationKind.EVALUATION,
    NotificationKind.OWN_DATA,
}


def have_met(town: LocalBot) -> str:
    logged(town)
    return str(rows(town)["partnerships"][0]["id"])


OLD_BUTTONS = (
    (
        "an offer that was declined",
        then(offered, BEN, ids.DECLINE_MATCH),
        ADA,
        ids.ACCEPT_MATCH,
        "no longer open",
    ),
    (
        "an offer that one declined",
        then(offered, ADA, ids.DECLINE_MATCH),
        ADA,
        ids.ACCEPT_MATCH,
        "no longer open",
    ),
    ("an offer that lapsed", after(offered, 9), ADA, ids.DECLINE_MATCH, "no longer open"),
    ("an offer of a closed round", round_closed(offered), ADA, ids.ACCEPT_MATCH, "no longer open"),
    (
        "an offer that was taken back",
        then(offered, OWNER, ids.RECALL_OFFER),
        ADA,
        ids.ACCEPT_MATCH,
        "owners took it back",
    ),
    ("an offer to remind that was taken back", then(offered, OWNER, ids.RECALL_OFFER), OWNER, ids.REMIND_OFFER, "back"),
    (
        "an offer to take back that was declined",
        then(offered, ADA, ids.DECLINE_MATCH),
        OWNER,
        ids.RECALL_OFFER,
        "did not work",
    ),
    (
        "an offer to take back that both accepted",
        introduced_of(offered),
        OWNER,
        ids.RECALL_OFFER,
        "have been introduced",
    ),
    ("an offer of a closed round to take back", round_closed(offered), OWNER, ids.RECALL_OFFER, "did not work out"),
    ("an offer to ask again about that is out", offered, OWNER, ids.ASK_AGAIN, "have been asked"),
    ("an offer both accepted", introduced_of(offered), ADA, ids.DECLINE_MATCH, "You’ve both accepted"),
    ("an offer to one who was erased", forgotten(offered, BEN), ADA, ids.ACCEPT_MATCH, "no longer open"),
    (
        "an offer to oneself before one was erased",
        forgotten(offered, ADA),
        ADA,
        ids.ACCEPT_MATCH,
        "can’t answer this match any more",
    ),
    (
        "a refused proposal",
        then(proposed, OWNER, ids.REFUSE),
        SECOND_OWNER,
        ids.APPROVE,
        "has been rejected",
    ),
    ("a released match", then(approved, OWNER, ids.RELEASE), SECOND_OWNER, ids.REFUSE, "have been asked"),
    (
        "a kept proposal that was refused",
        chosen(ids.MenuAction.PIN, then(proposed, OWNER, ids.REFUSE)),
        SECOND_OWNER,
        ids.MORE,
        "has been rejected",
    ),
    (
        "a proposal to be let go that was released",
        chosen(ids.MenuAction.UNPIN, then(approved, OWNER, ids.RELEASE)),
        SECOND_OWNER,
        ids.MORE,
        "have been asked",
    ),
    (
        "a swap of what is gone",
        lambda town: f"{ids.MenuAction.SWAP}:{proposed(town)[::-1]}",
        OWNER,
        ids.MORE,
        "no longer available",
    ),
    ("two who are asked", pair_of(offered), OWNER, ids.FORBID, "have been asked"),
    ("two in a closed round", pair_of(round_closed(one_applied)), SECOND_OWNER, ids.FORBID, "already closed"),
    ("a ban in a closed round", round_closed(forbidden), SECOND_OWNER, ids.ALLOW, "already closed"),
    (
        "two of whom one was erased",
        pair_of(forgotten(one_applied, ADA)),
        OWNER,
        ids.PAIR_BY_HAND,
        "hasn’t applied as a mentee",
    ),
    (
        "a proposal of a closed round",
        round_closed(proposed),
        SECOND_OWNER,
        ids.APPROVE,
        "no longer available",
    ),
    ("the desk of a closed round", round_closed(approved), SECOND_OWNER, ids.RELEASE, "already closed"),
    ("proposing in a closed round", round_closed(two_applied), OWNER, ids.PROPOSE, "already closed"),
    ("a partnership that ended", ended, BEN, ids.LOG_MEETING, "has already ended"),
    ("one's own that was withdrawn", withdrawn, ADA, ids.WITHDRAW, "You’ve already withdrawn this application"),
    (
        "going back a second time",
        then(ended, ADA, ids.GO_BACK),
        ADA,
        ids.GO_BACK,
        "You’ve already asked for another match",
    ),
    ("ending a leave that is over", lambda town: one_applied(town)[:0], ADA, ids.END_LEAVE, "leave"),
    ("a partnership that ended, to its owner", ended, OWNER, ids.END_PARTNERSHIP, "has already ended"),
    ("the survey before, of one that ended", ended, ADA, ids.OPEN_BASELINE, "has already ended"),
    ("the survey before, once they have met", have_met, ADA, ids.OPEN_BASELINE, "a meeting is logged"),
    ("the survey before, after three weeks", after(partners, 22), ADA, ids.OPEN_BASELINE, "These questions closed on"),
    ("a check-in of one that ended", ended, ADA, ids.OPEN_CHECK_IN, "has already ended"),
    ("what to do about doubts, once it ended", ended, ADA, ids.OPEN_DOUBTS, "has already ended"),
    ("a survey of one that closed", after(partners, 210), ADA, ids.OPEN_SURVEY, "has already ended"),
    ("a check-in that was answered", answered, ADA, ids.OPEN_CHECK_IN, "already answered this"),
    (
        "a check-in whose time has passed",
        after_days(END_DAY),
        ADA,
        ids.OPEN_CHECK_IN,
        "nothing to answer right now",
    ),
    ("choosing another match, though nobody is on leave", partners, BEN, ids.CHOOSE_ANOTHER, "is not paused"),
    ("going back while it runs", partners, ADA, ids.GO_BACK, "still active"),
    (
        "a partnership before one was erased",
        forgotten(partners, ADA),
        ADA,
        ids.LOG_MEETING,
        "can’t find this partnership",
    ),
    (
        "an application that was erased",
        forgotten(one_applied, ADA),
        OWNER,
        ids.OPEN_APPLICATION,
        "may have been erased",
    ),
    ("one's own that was erased", forgotten(one_applied, ADA), ADA, ids.WITHDRAW, "may have been erased"),
    ("an action item that says something else since", item_changed, BEN, ids.TICK_ITEM, "out of date"),
    ("an action item that was dropped", then(with_item, ADA, ids.DROP_ITEM), BEN, ids.TICK_ITEM, "out of date"),
    ("an action item of one that ended", item_over, BEN, ids.TICK_ITEM, "has already ended"),
    ("one more action item of one that ended", ended, BEN, ids.ADD_ITEM, "has already ended"),
    ("an action item of an earlier version", partners, BEN, ids.TICK_ITEM, "no longer there"),
    ("a log that was corrected since", log_corrected, BEN, ids.DELETE_MEETING, "out of date"),
    ("a log of which no version was seen", logged, BEN, ids.DELETE_MEETING, "out of date"),
    ("the round before this one", next_round, SECOND_OWNER, ids.CLOSE_COHORT, "already closed"),
    (
        "a round that the button does not name",
        lambda town: running(town)[:0],
        OWNER,
        ids.CLOSE_COHORT,
        "out of date",
    ),
)


@pytest.mark.parametrize(
    ("begin", "user", "action", "says"), [row[1:] for row in OLD_BUTTONS], ids=[row[0] for row in OLD_BUTTONS]
)
def test_an_old_button_says_what_is_the_case_and_changes_nothing(
    town: LocalBot, begin: Begin, user: str, action: str, says: str
) -> None:
    about = begin(town)
    before, heard = held(town, "drafts"), all_heard(town)
    (said,) = answers(town, clicked(town, user, action, about))
    assert says in said, said
    assert "Only programme owners" not in said
    assert (held(town, "drafts"), all_heard(town)) == (before, heard)


def test_an_open_desk_shows_what_is_the_case_under_the_sentence(town: LocalBot) -> None:
    proposed(town)
    story = Story(town)
    story.opens(SECOND_OWNER, lambda person: person.command("/mentor match"), ids.REVIEW_VIEW)
    story.opens(OWNER, lambda person: person.command("/mentor match"), ids.REVIEW_VIEW)
    story.clicks(OWNER, ids.REFUSE)
    story.clicks(SECOND_OWNER, ids.APPROVE)
    desk, sentence = story.person(SECOND_OWNER).views
    assert sentence["title"]["text"] == "No longer available"
    assert "has been rejected" in " ".join(visible_texts(sentence["blocks"]))
    assert button_values(desk, ids.APPROVE) == []


def test_an_open_list_of_partnerships_shows_what_is_the_case_under_the_sentence(town: LocalBot) -> None:
    partners(town)
    story = Story(town)
    story.opens(ADA, lambda person: person.command("/mentor status"), ids.PARTNERSHIPS_VIEW)
    story.ends(BEN, ADA)
    story.clicks(ADA, ids.END_PARTNERSHIP)
    mine, sentence = story.person(ADA).views
    assert sentence["title"]["text"] == "Already ended"
    assert "has already ended" in " ".join(visible_texts(sentence["blocks"]))
    assert button_values(mine, ids.END_PARTNERSHIP) == []
    assert button_values(mine, ids.GO_BACK)


OPENS = {
    ids.ADD_ITEM,
    ids.APPLY_AS_MENTEE,
    ids.APPLY_AS_MENTOR,
    ids.ASK_FOR_HELP,
    ids.CHOOSE_DIGEST,
    ids.FIND_TIME,
    ids.OPEN_AGENDA,
    ids.OPEN_AGREEMENT,
    ids.OPEN_ALL_PARTNERSHIPS,
    ids.OPEN_APPLICATION,
    ids.OPEN_EVALUATION,
    ids.OPEN_SUGGESTIONS,
    ids.OPEN_GOALS,
    ids.OPEN_GUIDE,
    ids.OPEN_LEAVE,
    ids.OPEN_OFFERS,
    ids.OPEN_OWNERS,
    ids.OPEN_OWN_DATA,
    ids.OPEN_PARTNERSHIPS,
    ids.OPEN_PEOPLE,
    ids.OPEN_REPORT,
    ids.OPEN_REQUEST,
    ids.OPEN_REVIEW,
    ids.OPEN_SETUP,
    ids.OPEN_SPONSOR_PAGE,
    ids.OPEN_STATUS,
    ids.OPEN_ANSWERS,
    ids.OPEN_REMARKS,
    ids.OPEN_VOLUNTEER,
    ids.SEND_CHARTS,
    ids.SEND_CSV,
    ids.SEND_WORKBOOK,
    ids.OPEN_EXPORT,
    ids.EXPORT_WORKBOOK,
    ids.EXPORT_CSV,
    ids.TELL_PROGRAMME,
}
"""These show what is the case now, or refuse with a sentence, and never become pointless."""
ALWAYS_ANSWERED = {
    ids.NOT_AGAIN,
    ids.SAY_GOOD_MATCH,
    ids.STOP_INVITATIONS,
    ids.STOP_SPONSOR_PAGE,
    ids.RESUME_SPONSOR_PAGE,
}
"""These answer each press with the same words, where it was pressed."""
SHOW_THEIR_END = {
    NotificationKind.REVIEW,
    NotificationKind.MEETING_SAVED,
    NotificationKind.IMPORT_PREVIEW,
    NotificationKind.ANNOUNCEMENT_PROGRESS,
}
"""These show how it ended by the same words as before, or have nothing that ends."""


@pytest.mark.parametrize("kind", [kind for kind in NotificationKind if kind not in A_FILE])
def test_no_kind_of_message_keeps_a_button_that_does_nothing(kind: NotificationKind) -> None:
    """A message that asks shows what became of it. A button of any other is answered when it is pressed too late."""
    acts = {action for action, _ in buttons(told(kind))} - OPENS
    if KIND_RULES[kind].is_live:
        assert PRESENTATIONS[kind].afterwards or kind in SHOW_THEIR_END
    else:
        assert acts <= {action for *_, action, _ in OLD_BUTTONS} | ALWAYS_ANSWERED
