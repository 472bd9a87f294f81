"""Everything that people can do and that changes something, each with where it begins and what its second time says."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from messages import ids
from messages.planned_meetings import OfferedStarts
from tests.handlers.agreement_story import both_typed, drafted, typed_in, versions
from tests.handlers.report_story import asked_to_share, finished, half_finished, with_report
from tests.handlers.report_story import shares as report_shares
from tests.handlers.report_story import standing as report_standing
from tests.handlers.requests import all_heard, clicked, filled_in, typed_command
from tests.handlers.starting_points import (
    ADA,
    BEN,
    BOSS,
    CHECK_IN_DAY,
    END_DAY,
    MET,
    TIME,
    TODO,
    TWO_MONTHS_LONGER,
    after_days,
    approved,
    asked_how_it_stands,
    boss_applied,
    carried_on,
    case_opened,
    end_proposed,
    ended,
    entered,
    expired,
    forbidden,
    founded,
    goal_written,
    inviting,
    item_ticked,
    kept,
    listed,
    logged,
    logged_and_seen,
    meeting_over,
    met_and_at_the_end,
    met_and_closed,
    moved_by_pause,
    nobody_for_ada,
    offered,
    one_applied,
    one_yes,
    orientation_full,
    orientation_planned,
    page_stopped,
    partners,
    paused,
    place_said,
    plan_shared,
    planned,
    planner,
    proposed,
    rather_not,
    refused,
    regular_agreed,
    regular_offered,
    remark_made,
    running,
    sponsored,
    time_booked,
    time_moving,
    time_offered,
    two_applied,
    two_proposed,
    undelivered,
    undelivered_report,
    with_item,
    without_invitations,
)
from tests.handlers.support import Json, post, rows
from tests.journeys.story import Story
from tests.local_bot import OWNER, REQUEST, SECOND_OWNER, LocalBot
from tests.messages.sessions import ORIENTATION


@dataclass(frozen=True)
class Act:
    """`begin` returns what `request` is about; `request` is made for each of `people` before any of them is sent.

    `again` is in the answer when the same person does it again, `second` when the other of the two was faster; empty
    where nothing needs to be said. `kept` is what the database holds after it was done once, as `look` sees it, and
    `by_two` where two people doing it is more than one. `records` are the tables that only hold when it was done last.
    """

    name: str
    begin: Callable[[LocalBot], str]
    request: Callable[[LocalBot, str, str], Json]
    people: tuple[str, str]
    look: Callable[[LocalBot], Any]
    kept: Any
    again: str = ""
    second: str = ""
    by_two: Any = field(default=None)
    records: tuple[str, ...] = ()


SESSION_TYPED = {"session_start": int(ORIENTATION.starts_at.timestamp()), "session_places": "2"}


def button(action: str) -> Callable[[LocalBot, str, str], Json]:
    return lambda town, user, value: clicked(town, user, action, value)


def form(opens: Callable[[LocalBot, str, str], Json], callback_id: str, says: Callable[[str], Json]) -> Any:
    """A form that was opened by a request of its own, filled in with what `says` gives for each person."""

    def request(town: LocalBot, user: str, value: str) -> Json:
        Story(town).leaves(user)
        post(town, opens(town, user, value))
        town.settle()
        town.person(user).await_view(callback_id)
        return filled_in(town, user, says(user))

    return request


def column(table: str, *names: str) -> Callable[[LocalBot], list[tuple[Any, ...]]]:
    return lambda town: sorted(tuple(row[name] for name in names) for row in rows(town)[table])


def what_arrived(town: LocalBot) -> tuple[int, int]:
    """How many messages Ada has, and how many are known not to have arrived."""
    return len(all_heard(town)[ADA]), sum(row["state"] == "failed" for row in rows(town)["outbox"])


def who_would_rather_not(town: LocalBot) -> list[str]:
    """Be matched with the same person again."""
    return sorted(person for row in rows(town)["partnerships"] for person in json.loads(row["not_again"]))


def verdicts(town: LocalBot) -> list[str]:
    """What was decided, in no order."""
    return sorted(row["verdict"] for row in rows(town)["decisions"])


def deed(chosen: ids.MenuAction) -> Callable[[LocalBot, str, str], Json]:
    """What is chosen from the menu of a proposal."""
    return lambda town, user, match: clicked(town, user, ids.MORE, f"{chosen}:{match}")


def swaps(town: LocalBot, user: str, match: str) -> Json:
    """The form in which this proposal is swapped with the other one."""
    (other,) = (row["id"] for row in rows(town)["matches"] if row["id"] != match)
    request: Json = form(deed(ids.MenuAction.SWAP), ids.SWAP_FORM, lambda _: {"other": other})(town, user, match)
    return request


def extends(town: LocalBot, user: str, match: str) -> Json:
    """The button as the owner sees it, with the deadline."""
    with town.database() as tx:
        offer = tx.matches.get(match)
    assert offer is not None
    assert offer.answer_by is not None
    return clicked(town, user, ids.EXTEND_OFFER, f"{match} {offer.answer_by.isoformat()}")


def opens_setup(town: LocalBot, user: str, _: str) -> Json:
    return clicked(town, user, ids.OPEN_SETUP, "basics")


def enters(town: LocalBot, user: str, _: str) -> Json:
    """The form for Ada, who asked this owner in person."""
    Story(town).leaves(user)
    Story(town).opens(user, lambda person: person.command("/mentor people"), ids.PEOPLE_VIEW)
    town.person(user).click(ids.ADD_PERSON)
    town.settle()
    town.person(user).await_view(ids.ADD_PERSON_VIEW)
    town.person(user).fill({"person": ADA})
    town.person(user).click(ids.ENTER_MENTEE)
    town.settle()
    town.person(user).await_view(ids.ENTRY_FORM)
    return filled_in(town, user, {"topics": ["Career planning"], "months": "6"})


BACK_ON = "2027-03-15"
CHOOSES_A_DAY = form(
    lambda town, user, _: clicked(town, user, ids.OPEN_LEAVE), ids.LEAVE_FORM, lambda _: {"back_on": BACK_ON}
)


PAUSES = form(button(ids.OPEN_PAUSE), ids.PAUSE_FORM, lambda _: {"back_on": BACK_ON})


def on_leave(town: LocalBot) -> list[tuple[Any, ...]]:
    """Who is on leave, and until when."""
    return [(row["id"], row["leave_until"]) for row in rows(town)["people"] if row["leave_until"]]


def partner_on_long_leave(town: LocalBot) -> str:
    """Ada is on leave until March; the partnership's id."""
    away(town)
    return str(rows(town)["partnerships"][0]["id"])


def away(town: LocalBot) -> str:
    """Ada has a partner and is on leave."""
    partners(town)
    ask = form(
        lambda town, user, _: clicked(town, user, ids.OPEN_LEAVE), ids.LEAVE_FORM, lambda _: {"back_on": BACK_ON}
    )
    post(town, ask(town, ADA, ""))
    town.settle()
    return ""


def command(text: str) -> Callable[[LocalBot, str, str], Json]:
    return lambda town, user, _: typed_command(town, user, text)


PAIR = {"mentee": f"mentee-{ADA}", "mentor": f"mentor-{BEN}"}
EXCEPTION = {"mentee": f"mentee-{ADA}", "mentor": f"mentor-{BOSS}"}
WENT_ON = {"rating": "4", "decision": "go-on"}


def before_we_begin(user: str) -> Json:
    """What Ada, a mentee, and Ben, a mentor, say before they first meet."""
    matters = ["a_skill", "a_honest"] if user == ADA else ["a_giving", "a_fresh"]
    stands = {"direction": "3", "next_step": "2", "able": "4", "people": "0"}
    return {**stands, "matters": matters, "most": matters[0]}


def offers_time(town: LocalBot, user: str, pair: str) -> Json:
    """The button of a message that offers a time to the other."""
    return clicked(town, user, ids.OFFER_TIMES, OfferedStarts(pair, 60, (TIME,)).dump())


def plans(town: LocalBot) -> tuple[list[tuple[Any, ...]], int]:
    """The states of the planned meetings, and how many are logged."""
    return column("planned_meetings", "state")(town), len(rows(town)["meetings"])


ACTS = (
    Act(
        "write an agreement",
        typed_in,
        button(ids.SIGN_DRAFT),
        (ADA, ADA),
        lambda town: (versions(town), rows(town)["drafts"]),
        ([(1, ADA, "")], []),
    ),
    Act("sign an agreement", drafted, button(ids.SIGN_AGREEMENT), (BEN, BEN), versions, [(1, ADA, BEN)]),
    Act(
        "change an agreement",
        both_typed,
        button(ids.SIGN_DRAFT),
        (ADA, BEN),
        lambda town: [number for number, *_ in versions(town)],
        [1, 2],
    ),
    Act(
        "offer a time",
        partners,
        offers_time,
        (ADA, BEN),
        plans,
        ([("offered",)], 0),
        by_two=([("booked",)], 0),
    ),
    Act(
        "offer a time of one's own",
        partners,
        form(
            lambda town, user, pair: clicked(town, user, ids.FIND_TIME, pair),
            ids.TIMES_FORM,
            lambda _: {"starts_at": int(TIME.timestamp())},
        ),
        (ADA, ADA),
        plans,
        ([("offered",)], 0),
    ),
    Act("take a time", time_offered, button(ids.TAKE_TIME), (BEN, BEN), plans, ([("booked",)], 0)),
    Act(
        "keep the time",
        time_moving,
        button(ids.KEEP_TIME),
        (BEN, ADA),
        column("planned_meetings", "state", "options"),
        [("booked", "[]")],
    ),
    Act("cancel a meeting", time_booked, button(ids.CANCEL_PLANNED), (ADA, BEN), plans, ([("cancelled",)], 0)),
    Act(
        "propose another end",
        partners,
        form(button(ids.CHANGE_END), ids.END_FORM, lambda _: {"end_choice": str(TWO_MONTHS_LONGER)}),
        (ADA, ADA),
        column("end_proposals", "number", "state"),
        [(1, "open")],
    ),
    Act(
        "agree to another end",
        end_proposed,
        button(ids.AGREE_TO_END),
        (BEN, BEN),
        column("partnerships", "ends_on"),
        [(str(TWO_MONTHS_LONGER),)],
    ),
    Act(
        "decline another end",
        end_proposed,
        button(ids.DECLINE_END),
        (BEN, BEN),
        column("end_proposals", "state"),
        [("declined",)],
    ),
    Act(
        "take back another end",
        end_proposed,
        button(ids.TAKE_BACK_END),
        (ADA, ADA),
        column("end_proposals", "state"),
        [("withdrawn",)],
    ),
    Act(
        "keep the end",
        lambda town: f"{partners(town)}:2027-05-23",
        button(ids.KEEP_END),
        (ADA, ADA),
        column("ends_kept", "person"),
        [(ADA,)],
    ),
    Act(
        "say where they meet",
        time_booked,
        form(button(ids.CHANGE_PLACE), ids.PLACE_FORM, lambda user: {"meeting_place": f"Room of {user}"}),
        (ADA, BEN),
        column("meeting_places", "version"),
        [(1,)],
        second="This changed while you had it open",
    ),
    Act(
        "ask for the calendar file",
        place_said,
        button(ids.SEND_FILE),
        (BEN, BEN),
        lambda town: sum(row["kind"] == "calendar-file" and row["recipient"] == BEN for row in rows(town)["outbox"]),
        2,
        again="I’ve already sent you the calendar file",
    ),
    Act(
        "offer a regular time",
        partners,
        form(
            lambda town, user, pair: clicked(town, user, ids.MEET_REGULARLY, pair),
            ids.REGULAR_FORM,
            lambda _: {"first_meeting": int(TIME.timestamp())},
        ),
        (ADA, ADA),
        column("regular_times", "state", "version"),
        [("offered", 1)],
    ),
    Act(
        "take a regular time",
        regular_offered,
        button(ids.TAKE_REGULAR),
        (BEN, BEN),
        column("regular_times", "state", "version"),
        [("agreed", 2)],
    ),
    Act(
        "end a regular time",
        regular_agreed,
        button(ids.END_REGULAR),
        (ADA, BEN),
        column("regular_times", "state", "version"),
        [("ended", 3)],
    ),
    Act("say that they met", meeting_over, button(ids.SAY_MET), (ADA, BEN), plans, ([("held",)], 1)),
    Act("say that they did not meet", meeting_over, button(ids.SAY_NOT_MET), (ADA, BEN), plans, ([("missed",)], 0)),
    Act(
        "withdraw an application",
        one_applied,
        button(ids.WITHDRAW),
        (ADA, ADA),
        column("applications", "person", "state"),
        [(ADA, "withdrawn"), (BEN, "open")],
        again="already withdrawn this application",
    ),
    Act(
        "confirm an application",
        entered,
        button(ids.CONFIRM_APPLICATION),
        (ADA, ADA),
        column("applications", "person", "state"),
        [(ADA, "open")],
        again="already confirmed this application",
    ),
    Act(
        "import a list",
        listed,
        button(ids.IMPORT_LIST),
        (OWNER, OWNER),
        column("applications", "person", "state"),
        [(ADA, "unconfirmed")],
        again="This button is out of date",
    ),
    Act(
        "dismiss a list",
        listed,
        button(ids.DISMISS_LIST),
        (OWNER, OWNER),
        column("file_imports", "state", "contents"),
        [("dismissed", "{}")],
        again="This button is out of date",
    ),
    Act(
        "withdraw an application for somebody",
        one_applied,
        button(ids.WITHDRAW_FOR),
        (OWNER, SECOND_OWNER),
        lambda town: (column("applications", "person", "state")(town), len(rows(town)["owner_record"])),
        ([(ADA, "withdrawn"), (BEN, "open")], 1),
        again="already been withdrawn",
        second="already been withdrawn",
    ),
    Act(
        "correct an application for somebody",
        one_applied,
        form(button(ids.CORRECT_APPLICATION), ids.CORRECTION_FORM, lambda _: {"months": "9"}),
        (OWNER, SECOND_OWNER),
        lambda town: (column("applications", "person", "months")(town), len(rows(town)["owner_record"])),
        ([(ADA, 9), (BEN, 6)], 1),
    ),
    Act(
        "enter an application for somebody",
        founded,
        enters,
        (OWNER, SECOND_OWNER),
        lambda town: (column("applications", "person", "state")(town), len(rows(town)["owner_record"])),
        ([(ADA, "unconfirmed")], 1),
    ),
    Act(
        "go on leave",
        partners,
        CHOOSES_A_DAY,
        (ADA, ADA),
        on_leave,
        [(ADA, BACK_ON)],
    ),
    Act(
        "pause a partnership",
        partners,
        PAUSES,
        (ADA, BEN),
        column("partnerships", "paused_until"),
        [("2027-03-15",)],
    ),
    Act(
        "remind two people to meet",
        partners,
        lambda town, user, pair: clicked(town, user, ids.OVERSEE, f"nudge:{pair}"),
        (OWNER, SECOND_OWNER),
        column("oversight_requests", "kind", "number"),
        [("nudge", 1)],
        again="reminded these two on 24 November 2026",
        second="reminded these two on 24 November 2026",
    ),
    Act(
        "offer another match",
        ended,
        lambda town, user, pair: clicked(town, user, ids.OVERSEE, f"another:{pair}"),
        (OWNER, SECOND_OWNER),
        column("oversight_requests", "kind", "number"),
        [("another", 1)],
        again="offered both another match on",
        second="offered both another match on",
    ),
    Act(
        "snooze an alarm",
        partners,
        button(ids.SNOOZE_ALARM),
        (OWNER, SECOND_OWNER),
        column("alarm_snoozes", "owner", "until"),
        [(OWNER, "2026-12-08")],
        by_two=[(OWNER, "2026-12-08"), (SECOND_OWNER, "2026-12-08")],
    ),
    Act(
        "choose how often to hear of what needs one",
        partners,
        lambda town, user, _: clicked(town, user, ids.CHOOSE_DIGEST, "when-needed"),
        (OWNER, SECOND_OWNER),
        column("digest_choices", "person", "rhythm"),
        [(OWNER, "when-needed")],
        by_two=[(OWNER, "when-needed"), (SECOND_OWNER, "when-needed")],
    ),
    Act(
        "say what to do next time",
        partners,
        form(
            button(ids.OPEN_EVALUATION),
            ids.EVALUATION_FORM,
            lambda user: {"next_time": user, "report_files": ["report-html"]},
        ),
        (OWNER, SECOND_OWNER),
        column("evaluation_words", "version"),  # either may be the faster one
        [(1,)],
        second="saved a change first",
    ),
    Act(
        "write the page for sponsors",
        sponsored,
        form(
            button(ids.OPEN_SPONSOR_PAGE),
            ids.SPONSOR_PAGE_FORM,
            lambda user: {"sentence": user, "sponsor_page": "off"},
        ),
        (OWNER, SECOND_OWNER),
        lambda town: (
            column("sponsor_sentences", "version")(town),  # either may be the faster one
            column("sponsor_page_stops", "person")(town),
        ),
        ([(1,)], [("",)]),
        second="saved a change first",
    ),
    Act(
        "plan a session",
        one_applied,
        form(
            lambda town, user, _: clicked(town, user, ids.PLAN_SESSION, "orientation"),
            ids.SESSION_FORM,
            lambda user: SESSION_TYPED | {"session_place": user},
        ),
        (OWNER, SECOND_OWNER),
        column("sessions", "place", "version"),
        [(OWNER, 1)],
        by_two=[(OWNER, 1), (SECOND_OWNER, 1)],
    ),
    Act(
        "change a session",
        orientation_planned,
        form(button(ids.CHANGE_SESSION), ids.SESSION_FORM, lambda user: SESSION_TYPED | {"session_place": user}),
        (OWNER, SECOND_OWNER),
        column("sessions", "version"),  # by either of the two
        [(2,)],
        second="saved a change first",
    ),
    Act(
        "invite people to a session",
        orientation_planned,
        button(ids.INVITE_TO_SESSION),
        (OWNER, SECOND_OWNER),
        lambda town: sorted(row["recipient"] for row in rows(town)["live_views"] if "session-inv" in row["kind"]),
        [ADA, BEN],
        again="has an invitation already",
        second="has an invitation already",
    ),
    Act(
        "cancel a session",
        orientation_planned,
        button(ids.CANCEL_SESSION),
        (OWNER, SECOND_OWNER),
        column("sessions", "state", "version"),
        [("cancelled", 2)],
    ),
    Act(
        "come to a session",
        orientation_planned,
        button(ids.COME_TO_SESSION),
        (ADA, BEN),
        column("session_answers", "person", "is_coming", "has_place"),
        [(ADA, 1, 1)],
        by_two=[(ADA, 1, 1), (BEN, 1, 1)],
    ),
    Act(
        "say that one cannot come to a session",
        orientation_full,
        button(ids.MISS_SESSION),
        (ADA, BEN),
        column("session_answers", "person", "is_coming", "has_place"),
        [(ADA, 0, 0), (BEN, 1, 1)],
        by_two=[(ADA, 0, 0), (BEN, 0, 0)],
    ),
    Act(
        "stop the page for sponsors",
        sponsored,
        button(ids.STOP_SPONSOR_PAGE),
        (ADA, BEN),
        column("sponsor_page_stops", "person"),
        [(ADA,)],
        by_two=[(ADA,), (BEN,)],
    ),
    Act(
        "get the page for sponsors again",
        page_stopped,
        button(ids.RESUME_SPONSOR_PAGE),
        (ADA, BEN),
        column("sponsor_page_stops", "person"),
        [(BEN,)],
        by_two=[],
    ),
    Act(
        "want no invitations",
        inviting,
        button(ids.STOP_INVITATIONS),
        (ADA, BEN),
        column("invitation_choices", "person", "is_on"),
        [(ADA, 0)],
        by_two=[(ADA, 0), (BEN, 0)],
    ),
    Act(
        "want invitations again",
        without_invitations,
        button(ids.ALLOW_INVITATIONS),
        (ADA, BEN),
        column("invitation_choices", "person", "is_on"),
        [(ADA, 1), (BEN, 0)],
        by_two=[(ADA, 1), (BEN, 1)],
    ),
    Act(
        "answer how it stands",
        asked_how_it_stands,
        button(ids.ANSWER_WELL),
        (ADA, ADA),
        column("standing_answers", "person", "answer"),
        [(ADA, "well")],
    ),
    Act(
        "answer that one would like to be contacted",
        asked_how_it_stands,
        button(ids.ANSWER_CONTACT),
        (ADA, BEN),
        column("standing_answers", "person", "answer"),
        [(ADA, "contact")],
        by_two=[(ADA, "contact"), (BEN, "contact")],
    ),
    Act(
        "answer that it takes more time",
        asked_how_it_stands,
        button(ids.ANSWER_MORE_TIME),
        (ADA, ADA),
        column("standing_answers", "person", "answer"),
        [(ADA, "more-time")],
    ),
    Act(
        "let a partnership carry on",
        paused,
        button(ids.RESUME),
        (ADA, BEN),
        column("partnerships", "paused_by", "resumed_on"),
        [(ADA, "2026-11-24")],
        again="carries on already",
        second="carries on already",
    ),
    Act(
        "say that it carries on on its day",
        paused,
        lambda town, user, pair: clicked(town, user, ids.CONFIRM_PAUSE, f"{pair}:2027-03-15"),
        (BEN, BEN),
        column("partnerships", "pause_confirmed"),
        [(json.dumps([BEN]),)],
    ),
    Act(
        "move the end by the pause",
        carried_on,
        lambda town, user, pair: clicked(town, user, ids.MOVE_END, moved_by_pause(town, pair)),
        (ADA, BEN),
        lambda town: [sorted(json.loads(row["pause_moves_end"])) for row in rows(town)["partnerships"]],
        [[ADA]],
        by_two=[[ADA, BEN]],
    ),
    Act(
        "choose another match during a long leave",
        partner_on_long_leave,
        button(ids.CHOOSE_ANOTHER),
        (BEN, BEN),
        column("partnerships", "state", "back"),
        [("ended", json.dumps([BEN]))],
        again="already ended",
        second="already ended",
    ),
    Act(
        "put somebody on leave",
        one_applied,
        form(
            lambda town, user, _: clicked(town, user, ids.OPEN_LEAVE, f"{ADA}:mentee"),
            ids.LEAVE_FORM,
            lambda _: {"back_on": BACK_ON},
        ),
        (OWNER, SECOND_OWNER),
        on_leave,
        [(ADA, BACK_ON)],
    ),
    Act(
        "end a leave early",
        away,
        lambda town, user, _: clicked(town, user, ids.END_LEAVE),
        (ADA, ADA),
        on_leave,
        [],
        again="Your leave is over",
    ),
    Act(
        "let the mentor read the hopes",
        one_applied,
        button(ids.SHARE_HOPES),
        (ADA, ADA),
        column("application_private_answers", "application_id", "hopes_shared"),
        [(f"mentee-{ADA}", 1), (f"mentor-{BEN}", 0)],
    ),
    Act(
        "propose matches",
        two_applied,
        button(ids.PROPOSE),
        (OWNER, SECOND_OWNER),
        column("matches", "state"),
        [("proposed",), ("proposed",)],
        records=("proposal_runs", "outbox", "live_views"),
    ),
    Act(
        "approve a match",
        proposed,
        button(ids.APPROVE),
        (OWNER, SECOND_OWNER),
        lambda town: [len(row["approvals"].split(",")) for row in rows(town)["matches"]],
        [1],
        by_two=[2],
    ),
    Act(
        "approve several",
        two_proposed,
        form(button(ids.APPROVE_SEVERAL), ids.APPROVALS_FORM, lambda _: {}),
        (OWNER, SECOND_OWNER),
        lambda town: [len(json.loads(row["approvals"])) for row in rows(town)["matches"]],
        [1, 1],
        by_two=[2, 2],
    ),
    Act(
        "refuse a match",
        proposed,
        button(ids.REFUSE),
        (OWNER, SECOND_OWNER),
        column("matches", "state"),
        [("refused",)],
        again="has been rejected",
        second="has been rejected",
    ),
    Act(
        "undo a refusal",
        refused,
        button(ids.UNDO_REFUSAL),
        (OWNER, SECOND_OWNER),
        lambda town: (column("matches", "state")(town), verdicts(town)),
        ([("proposed",)], ["refused", "unrefused"]),
    ),
    Act(
        "release matches",
        approved,
        button(ids.RELEASE),
        (OWNER, SECOND_OWNER),
        column("matches", "state"),
        [("offered",)],
        again="1 match is waiting for answers",
        second="1 match is waiting for answers",
    ),
    Act(
        "pair two by hand",
        one_applied,
        form(button(ids.PAIR_BY_HAND), ids.PAIR_FORM, lambda _: dict(PAIR)),
        (OWNER, SECOND_OWNER),
        column("matches", "state"),
        [("proposed",)],
        second="already have a proposal",
    ),
    Act(
        "pair two by hand as an exception",
        boss_applied,
        form(button(ids.PAIR_BY_HAND), ids.PAIR_FORM, lambda _: {**EXCEPTION, "reason": "They asked for it."}),
        (OWNER, SECOND_OWNER),
        lambda town: (column("matches", "excepted")(town), column("exemptions", "reason")(town)),
        ([('["chain-of-command"]',)], [("They asked for it.",)]),
        second="already have a proposal",
    ),
    Act(
        "keep a proposal",
        proposed,
        deed(ids.MenuAction.PIN),
        (OWNER, SECOND_OWNER),
        lambda town: ([bool(row["pinned_by"]) for row in rows(town)["matches"]], verdicts(town)),
        ([True], ["pinned"]),
    ),
    Act(
        "let a proposal go again",
        kept,
        deed(ids.MenuAction.UNPIN),
        (OWNER, SECOND_OWNER),
        lambda town: ([bool(row["pinned_by"]) for row in rows(town)["matches"]], verdicts(town)),
        ([False], ["pinned", "unpinned"]),
    ),
    Act(
        "never match two",
        proposed,
        lambda town, user, _: clicked(town, user, ids.FORBID, f"{ADA}:{BEN}"),
        (OWNER, SECOND_OWNER),
        lambda town: (column("exclusions", "one", "other")(town), column("matches", "state")(town), verdicts(town)),
        ([(ADA, BEN)], [("overtaken",)], ["forbidden"]),
        again="set never to be matched",
        second="set never to be matched",
    ),
    Act(
        "allow two again",
        forbidden,
        lambda town, user, _: clicked(town, user, ids.ALLOW, f"{ADA}:{BEN}"),
        (OWNER, SECOND_OWNER),
        lambda town: (rows(town)["exclusions"], verdicts(town)),
        ([], ["allowed", "forbidden"]),
    ),
    Act(
        "tell those who wait",
        nobody_for_ada,
        button(ids.TELL_WAITING),
        (OWNER, SECOND_OWNER),
        lambda town: sorted(row["recipient"] for row in rows(town)["outbox"] if row["kind"] == "still-waiting"),
        [ADA],
        again="Everyone without a match has been told",
        second="Everyone without a match has been told",
    ),
    Act(
        "swap two proposals",
        two_proposed,
        swaps,
        (OWNER, SECOND_OWNER),
        lambda town: (column("matches", "state")(town), verdicts(town)),
        ([("overtaken",)] * 2 + [("proposed",)] * 2, ["swapped", "swapped"]),
        second="no longer available",
    ),
    Act(
        "remind those who are asked",
        offered,
        button(ids.REMIND_OFFER),
        (OWNER, SECOND_OWNER),
        lambda town: sorted(row["recipient"] for row in rows(town)["outbox"] if row["kind"] == "offer-reminder"),
        [ADA, BEN],
        again="already sent a reminder",
        second="already sent a reminder",
    ),
    Act(
        "extend an offer",
        offered,
        extends,
        (OWNER, SECOND_OWNER),
        lambda town: [str(row["answer_until"])[:10] for row in rows(town)["matches"]],
        ["2026-12-07"],
        again="extended this match already",
        second="extended this match already",
    ),
    Act(
        "take a match back",
        offered,
        button(ids.RECALL_OFFER),
        (OWNER, SECOND_OWNER),
        lambda town: (column("matches", "state")(town), verdicts(town)),
        ([("recalled",)], ["recalled"]),
        again="An owner has taken this match back",
        second="An owner has taken this match back",
    ),
    Act(
        "ask two again",
        expired,
        button(ids.ASK_AGAIN),
        (OWNER, SECOND_OWNER),
        column("matches", "state"),
        [("expired",), ("offered",)],
        again="have been asked",
        second="have been asked",
    ),
    Act(
        "accept an offer",
        offered,
        button(ids.ACCEPT_MATCH),
        (ADA, BEN),
        lambda town: (column("matches", "state")(town), len(rows(town)["partnerships"])),
        ([("offered",)], 0),
        again="You’ve already accepted this match",
        by_two=([("accepted",)], 1),
    ),
    Act(
        "accept an offer as the second",
        one_yes,
        button(ids.ACCEPT_MATCH),
        (BEN, BEN),
        lambda town: (column("matches", "state")(town), len(rows(town)["partnerships"])),
        ([("accepted",)], 1),
        again="You’ve both accepted this match already",
    ),
    Act(
        "decline an offer",
        offered,
        button(ids.DECLINE_MATCH),
        (ADA, BEN),
        column("matches", "state"),
        [("declined",)],
        again="no longer open",
        second="no longer open",
    ),
    Act(
        "end a partnership",
        partners,
        button(ids.END_PARTNERSHIP),
        (ADA, OWNER),
        column("partnerships", "state"),
        [("ended",)],
        again="has already ended",
        second="has already ended",
    ),
    Act(
        "go back to the pool",
        ended,
        button(ids.GO_BACK),
        (ADA, ADA),
        column("partnerships", "back"),
        [(f'["{ADA}"]',)],
        again="already asked for another match",
    ),
    Act(
        "rather not be matched again",
        ended,
        button(ids.NOT_AGAIN),
        (ADA, BEN),
        who_would_rather_not,
        [ADA],
        by_two=[ADA, BEN],
    ),
    Act(
        "be matched again after all",
        rather_not,
        button(ids.AGAIN_AFTER_ALL),
        (ADA, ADA),
        who_would_rather_not,
        [],
    ),
    Act(
        "log a meeting",
        partners,
        form(button(ids.LOG_MEETING), ids.MEETING_FORM, lambda _: {**MET, **TODO}),
        (ADA, BEN),
        column("meetings", "minutes"),
        [(45,)],
    ),
    Act(
        "delete the log of a meeting",
        logged_and_seen,
        button(ids.DELETE_MEETING),
        (BEN, ADA),
        column("meetings", "id"),
        [],
        "can’t find this meeting",
        "can’t find this meeting",
    ),
    Act(
        "correct a meeting",
        logged,
        form(button(ids.CORRECT_MEETING), ids.MEETING_FORM, lambda _: {"minutes": "60"}),
        (ADA, ADA),
        column("meetings", "minutes", "version"),
        [(60, 2)],
    ),
    Act(
        "add an action item",
        partners,
        form(button(ids.ADD_ITEM), ids.ITEM_FORM, lambda _: {"action": "Call", "action_by": "2026-12-24"}),
        (ADA, BEN),
        column("action_items", "words", "due"),
        [("Call", "2026-12-24")],
        by_two=[("Call", "2026-12-24")] * 2,
    ),
    Act(
        "change an action item",
        with_item,
        form(button(ids.CHANGE_ITEM), ids.ITEM_FORM, lambda _: {"action": "Call again", "action_who": "both"}),
        (ADA, ADA),
        column("action_items", "words", "owner", "version"),
        [("Call again", "both", 2)],
    ),
    Act(
        "tick an action item",
        with_item,
        button(ids.TICK_ITEM),
        (ADA, BEN),
        column("action_items", "state", "version"),
        [("done", 2)],
    ),
    Act(
        "drop an action item",
        with_item,
        button(ids.DROP_ITEM),
        (ADA, BEN),
        column("action_items", "state", "version"),
        [("dropped", 2)],
    ),
    Act(
        "move an action item",
        with_item,
        button(ids.MOVE_ITEM),
        (ADA, ADA),
        column("action_items", "due", "version"),
        [("2026-12-08", 2)],
    ),
    Act(
        "reopen an action item",
        item_ticked,
        button(ids.REOPEN_ITEM),
        (ADA, BEN),
        column("action_items", "state", "version"),
        [("open", 3)],
    ),
    Act(
        "write where one stands",
        planner,
        form(button(ids.WRITE_PLAN), ids.STANDING_FORM, lambda _: {"direction": "A team", "other_skills": "Courage"}),
        (ADA, ADA),
        column("plans", "person", "direction", "version"),
        [(ADA, "A team", 1)],
    ),
    Act(
        "add a goal",
        planner,
        form(button(ids.ADD_GOAL), ids.GOAL_FORM, lambda _: {"goal": "Run a library", "term": "later"}),
        (ADA, ADA),
        column("goals", "person", "words"),
        [(ADA, "Run a library")],
    ),
    Act(
        "say how a goal stands",
        goal_written,
        form(button(ids.OPEN_PROGRESS), ids.PROGRESS_FORM, lambda _: {"state": "begun", "since": "I asked"}),
        (ADA, ADA),
        lambda town: (column("goals", "state", "version")(town), column("goal_changes", "happened")(town)),
        ([("begun", 2)], [("I asked",)]),
    ),
    Act(
        "delete a goal",
        goal_written,
        button(ids.DELETE_GOAL),
        (ADA, ADA),
        column("goals", "words"),
        [],
        again="no longer in your plan",
    ),
    Act(
        "share a plan",
        planned,
        button(ids.SHARE_PLAN),
        (ADA, ADA),
        column("plan_shares", "person"),
        [(ADA,)],
    ),
    Act(
        "no longer share a plan",
        plan_shared,
        button(ids.UNSHARE_PLAN),
        (ADA, ADA),
        column("plan_shares", "person"),
        [],
    ),
    Act(
        "delete a plan",
        planned,
        button(ids.DELETE_PLAN),
        (ADA, ADA),
        lambda town: (column("plans", "person")(town), column("goals", "words")(town)),
        ([], []),
    ),
    Act(
        "say what one has learnt",
        with_report,
        form(button(ids.WRITE_LEARNT), ids.REPORT_FORM, lambda _: {"learnt": "To ask."}),
        (ADA, ADA),
        lambda town: (column("report_words", "mentee_learnt")(town), column("reports", "edition")(town)),
        ([("To ask.",)], [(1,)]),
    ),
    Act(
        "edit a report",
        with_report,
        form(button(ids.WRITE_REPORT), ids.REPORT_FORM, lambda user: {"next_steps-1": f"As {user} says"}),
        (ADA, BEN),
        lambda town: column("report_words", "version")(town),
        [(1,)],
    ),
    Act(
        "finish a report",
        with_report,
        lambda town, user, about: clicked(town, user, ids.FINISH_REPORT, f"{about}:1:0"),
        (ADA, BEN),
        report_standing,
        [(1, True, False, False)],
        by_two=[(1, True, True, True)],
    ),
    Act(
        "take back that a report is finished",
        half_finished,
        button(ids.REOPEN_REPORT),
        (ADA, ADA),
        report_standing,
        [(1, False, False, False)],
    ),
    Act(
        "ask to share a report",
        finished,
        form(button(ids.SHARE_REPORT), ids.REPORT_FORM, lambda _: {"person": OWNER}),
        (ADA, BEN),
        report_shares,
        [(OWNER, True, False)],
        by_two=[(OWNER, True, True)],
    ),
    Act(
        "agree to share a report",
        asked_to_share,
        button(ids.AGREE_TO_SHARE),
        (BEN, BEN),
        report_shares,
        [(OWNER, True, True)],
    ),
    Act(
        "do not share a report",
        asked_to_share,
        button(ids.DONT_SHARE),
        (ADA, BEN),
        report_shares,
        [(OWNER, False, False)],
    ),
    Act(
        "answer the survey before the first meeting",
        partners,
        form(button(ids.OPEN_BASELINE), ids.BASELINE_FORM, before_we_begin),
        (ADA, BEN),
        column("feedback", "person", "question"),
        [(ADA, "baseline")],
        by_two=[(ADA, "baseline"), (BEN, "baseline")],
    ),
    Act(
        "answer the check-in",
        after_days(CHECK_IN_DAY),
        form(button(ids.OPEN_CHECK_IN), ids.CHECK_IN_FORM, lambda _: WENT_ON),
        (ADA, BEN),
        column("feedback", "person", "rating"),
        [(ADA, 4)],
        by_two=[(ADA, 4), (BEN, 4)],
    ),
    Act(
        "answer the closing questions",
        met_and_at_the_end,
        form(button(ids.OPEN_SURVEY), ids.SURVEY_FORM, lambda _: {"rating": "5"}),
        (ADA, BEN),
        lambda town: (len(rows(town)["feedback"]), column("partnerships", "state")(town)),
        (1, [("active",)]),
        by_two=(2, [("closed",)]),
    ),
    Act(
        "send the last page of the survey",
        met_and_closed,
        form(button(ids.OPEN_CLOSURE), ids.CLOSURE_FORM, lambda user: {"thanks": f"From {user}."}),
        (ADA, BEN),
        lambda town: (column("closures", "person")(town), len(rows(town)["thank_yous"])),
        ([(ADA,)], 1),
        by_two=([(ADA,), (BEN,)], 2),
    ),
    Act(
        "say why they never met",
        after_days(END_DAY),
        form(button(ids.OPEN_SURVEY), ids.NEVER_MET_FORM, lambda _: {"why_not": ["no-time"]}),
        (ADA, BEN),
        lambda town: (len(rows(town)["feedback"]), column("partnerships", "state")(town)),
        (1, [("active",)]),
        by_two=(2, [("closed",)]),
    ),
    Act(
        "say that they have talked",
        case_opened,
        button(ids.SAY_TALKED),
        (OWNER, OWNER),
        column("cases", "state", "version"),
        [("talked", 2)],
    ),
    Act(
        "close a case",
        case_opened,
        button(ids.CLOSE_CASE),
        (OWNER, OWNER),
        column("cases", "state", "version"),
        [("closed", 2)],
    ),
    Act(
        "say that a remark was read",
        remark_made,
        button(ids.MARK_REMARK_READ),
        (OWNER, SECOND_OWNER),
        column("remarks", "version"),  # by either of the two
        [(2,)],
    ),
    Act(
        "tell the programme something",
        one_applied,
        form(button(ids.TELL_PROGRAMME), ids.REMARK_FORM, lambda user: {"remark": user, "remark_kind": "named"}),
        (ADA, BEN),
        column("remarks", "person", "version"),
        [(ADA, 1)],
        by_two=[(ADA, 1), (BEN, 1)],
    ),
    Act(
        "tell the programme something without a name",
        one_applied,
        form(button(ids.TELL_PROGRAMME), ids.REMARK_FORM, lambda user: {"remark": user, "remark_kind": "counted"}),
        (ADA, BEN),
        column("counted_remarks", "person", "group_id"),
        [(ADA, None)],
        by_two=[(ADA, None), (BEN, None)],
    ),
    Act(
        "close the round",
        running,
        button(ids.CLOSE_COHORT),
        (OWNER, SECOND_OWNER),
        lambda town: [bool(row["closed_on"]) for row in rows(town)["cohorts"]],
        [True],
        again="already closed",
        second="already closed",
    ),
    Act(
        "change the set-up",
        founded,
        form(opens_setup, ids.SETUP_FORM, lambda user: {"name": f"The programme of {user}"}),
        (OWNER, SECOND_OWNER),
        column("programmes", "version"),
        [(2,)],
        second="saved a change first",
    ),
    Act(
        "send an application",
        founded,
        form(command("request"), ids.APPLICATION_FORM, lambda _: dict(REQUEST)),
        (ADA, ADA),
        column("applications", "person", "version"),
        [(ADA, 1)],
    ),
    Act(
        "send again what did not arrive",
        undelivered,
        button(ids.SEND_AGAIN),
        (OWNER, SECOND_OWNER),
        what_arrived,
        (1, 0),
        again="already been dealt with",
        second="already been dealt with",
    ),
    Act(
        "leave at that what did not arrive",
        undelivered,
        button(ids.LET_REST),
        (OWNER, SECOND_OWNER),
        what_arrived,
        (0, 0),
        again="already been dealt with",
        second="already been dealt with",
    ),
    Act(
        "send again all that did not arrive",
        undelivered_report,
        button(ids.SEND_ALL_AGAIN),
        (OWNER, SECOND_OWNER),
        what_arrived,
        (1, 0),
        again="already been dealt with",
        second="already been dealt with",
    ),
)
