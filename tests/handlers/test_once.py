"""Whatever people do has one effect: done twice, sent twice by Slack, or done by two at the same instant."""

import pytest

from messages import ids
from tests.handlers.acts import ACTS, Act
from tests.handlers.requests import all_heard, answers, at_once, clicked, held, typed_command
from tests.handlers.support import Json, post
from tests.local_bot import OWNER, LocalBot

ADA = "U0ADA"
pytestmark = pytest.mark.timeout(180)  # some begin half a year before
each_act = pytest.mark.parametrize("act", ACTS, ids=lambda act: act.name)


@pytest.fixture
def town(two_owners: LocalBot) -> LocalBot:
    return two_owners


@each_act
def test_done_again_by_the_same_person_it_changes_nothing_and_says_what_is_the_case(town: LocalBot, act: Act) -> None:
    about = act.begin(town)
    first = act.request(town, act.people[0], about)
    answers(town, first)
    assert act.look(town) == act.kept
    before, heard = held(town, *act.records), all_heard(town)
    (said,) = answers(town, {**first, **_fresh_click(town, first)})
    assert act.again in said, said
    assert "went wrong" not in said
    assert (held(town, *act.records), all_heard(town)) == (before, heard)


@pytest.mark.long
@each_act
def test_sent_once_more_by_slack_or_a_proxy_it_changes_nothing(town: LocalBot, act: Act) -> None:
    about = act.begin(town)
    first = act.request(town, act.people[0], about)
    answers(town, first)
    before, heard = held(town, *act.records), all_heard(town)
    (said,) = answers(town, first)
    assert "went wrong" not in said
    assert "took too long" not in said
    assert (held(town, *act.records), all_heard(town)) == (before, heard)


@pytest.mark.long
@each_act
def test_done_by_two_at_once_it_is_done_once_and_the_slower_one_hears_what_is_the_case(
    town: LocalBot, act: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    about = act.begin(town)
    heard = all_heard(town)
    both = [act.request(town, user, about) for user in act.people]
    said = " ".join(at_once(town, monkeypatch, *both))
    same = act.people[0] == act.people[1]
    assert act.look(town) == (act.kept if same or act.by_two is None else act.by_two)
    assert (act.again if same else act.second) in said, said
    assert "went wrong" not in said
    for user, messages in all_heard(town).items():
        news = messages[len(heard[user]) :]
        assert len(set(news)) == len(news), "somebody heard the same twice"


def _fresh_click(town: LocalBot, request: Json) -> Json:
    """What Slack makes again for each click: its trigger, and where it is answered."""
    if "actions" not in request:
        return {}
    fresh = clicked(town, request["user"]["id"], ids.OPEN_HELP)
    return {name: fresh[name] for name in ("trigger_id", "response_url")}


def test_the_table_has_every_form_and_every_button_that_changes_something(town: LocalBot) -> None:
    """What it leaves out only shows something, or opens a form."""
    shows = {
        *(ids.OPEN_HELP, ids.OPEN_REQUEST, ids.OPEN_VOLUNTEER, ids.OPEN_APPLICATION, ids.OPEN_REVIEW, ids.REVIEW_PAGE),
        *(ids.PAIR_BY_HAND, ids.OPEN_PARTNERSHIPS, ids.OPEN_ALL_PARTNERSHIPS, ids.LOG_MEETING, ids.CORRECT_MEETING),
        *(ids.OPEN_BASELINE, ids.OPEN_CHECK_IN, ids.OPEN_SURVEY, ids.OPEN_STATUS, ids.OPEN_SETUP, ids.LOOK_UP_PERSON),
        *(
            ids.OPEN_SESSIONS,
            ids.PLAN_SESSION,
            ids.CHANGE_SESSION,
            ids.OPEN_ATTENDING,
            ids.OPEN_EVALUATION,
            ids.OPEN_SUGGESTIONS,
            ids.OPEN_SPONSOR_PAGE,
            ids.SEND_SPONSOR_PAGE,
            ids.SEND_CHARTS,
            ids.SEND_CSV,
            ids.SEND_WORKBOOK,
            ids.OPEN_EXPORT,
            *(ids.EXPORT_WORKBOOK, ids.EXPORT_CSV),  # each press is an export of its own: see test_exports
        ),
        *(ids.WHY_NOT, ids.WHAT_WOULD_HELP, ids.CHOOSE_TWO, ids.CHOOSE_COUNTRY, ids.OPEN_PEOPLE),
        *(ids.PEOPLE_PAGE, ids.PEOPLE_FILTER, ids.SEARCH_PEOPLE),
        *(ids.PARTNERSHIPS_PAGE, ids.PARTNERSHIPS_FILTER, ids.SEARCH_PARTNERSHIPS),
        *(ids.OPEN_OWNER_RECORD, ids.OWNER_RECORD_PAGE, ids.CORRECT_APPLICATION),
        *(ids.OPEN_PROGRAMMES, ids.START_PROGRAMME, ids.OPEN_OWNERS, ids.APPROVE_SEVERAL, ids.OPEN_OFFERS),
        ids.OPEN_PROFILE_FIELDS,
    }
    changes = {ids.WITHDRAW, ids.PROPOSE, ids.APPROVE, ids.REFUSE, ids.RELEASE, ids.ACCEPT_MATCH, ids.DECLINE_MATCH}
    changes |= {ids.END_PARTNERSHIP, ids.GO_BACK, ids.DELETE_MEETING, ids.CLOSE_COHORT}
    changes |= {ids.SHARE_HOPES, ids.REMIND_OFFER, ids.EXTEND_OFFER, ids.RECALL_OFFER, ids.ASK_AGAIN}
    changes |= {ids.NOT_AGAIN, ids.AGAIN_AFTER_ALL}
    changes |= {ids.MORE, ids.FORBID, ids.ALLOW, ids.TELL_WAITING, ids.UNDO_REFUSAL}
    changes |= {ids.SEND_AGAIN, ids.LET_REST, ids.SEND_ALL_AGAIN}
    changes |= {ids.CONFIRM_APPLICATION, ids.IMPORT_LIST, ids.DISMISS_LIST}
    forms = {
        ids.PAIR_FORM,
        ids.MEETING_FORM,
        ids.BASELINE_FORM,
        ids.CHECK_IN_FORM,
        ids.NEVER_MET_FORM,
        ids.SURVEY_FORM,
        ids.SETUP_FORM,
        ids.APPLICATION_FORM,
    }
    views = {ids.APPLICATION_VIEW, ids.SENTENCE_VIEW, ids.REVIEW_VIEW, ids.PARTNERSHIPS_VIEW, ids.ALL_PARTNERSHIPS_VIEW}
    forms |= {ids.SWAP_FORM, ids.APPROVALS_FORM, ids.CORRECTION_FORM, ids.START_FORM, ids.OWNERS_FORM}
    changes |= {ids.WITHDRAW_FOR, ids.TICK_STEP, ids.UNTICK_STEP}
    shows |= {ids.OPEN_GUIDE, ids.GO_TO_STEP, ids.SKIP_STEP, ids.PREVIEW, ids.OPEN_PLAN}
    changes |= {ids.WITHDRAW_FOR}
    changes |= {ids.END_LEAVE}
    changes |= {ids.CHOOSE_LIST_PROGRAMME}  # see test_lists_of_several
    forms |= {ids.LEAVE_FORM, ids.PAUSE_FORM}
    shows |= {ids.OPEN_PAUSE, ids.MENU}  # an option does what the button does that it stands for
    shows |= {ids.OPEN_NEEDS}
    shows |= {ids.APPLY_AS_MENTEE, ids.APPLY_AS_MENTOR}
    changes |= {
        ids.STOP_INVITATIONS,
        ids.ALLOW_INVITATIONS,
        ids.CHOOSE_DIGEST,
        ids.SNOOZE_ALARM,
        ids.OVERSEE,
        ids.ANSWER_WELL,
        ids.ANSWER_MORE_TIME,
        ids.ANSWER_CONTACT,
    }
    forms |= {ids.HAND_OVER_FORM}  # see test_oversight
    changes |= {ids.CANCEL_SESSION, ids.INVITE_TO_SESSION, ids.COME_TO_SESSION, ids.MISS_SESSION}
    forms |= {ids.SESSION_FORM}
    views |= {ids.SESSIONS_VIEW, ids.ATTENDING_VIEW}
    changes |= {ids.STOP_SPONSOR_PAGE, ids.RESUME_SPONSOR_PAGE}
    forms |= {ids.SPONSOR_PAGE_FORM, ids.EVALUATION_FORM}
    forms |= {ids.SUGGESTIONS_FORM}  # saving the same again changes nothing: see test_evaluation
    shows |= {ids.OPEN_ANNOUNCEMENTS, ids.ADD_ANNOUNCEMENT, ids.PREVIEW_ANNOUNCEMENT, ids.CHANGE_ANNOUNCEMENT}
    changes |= {ids.APPROVE_ANNOUNCEMENT, ids.LEAVE_OUT_ANNOUNCEMENT, ids.PUT_BACK_ANNOUNCEMENT, ids.STOP_ANNOUNCEMENT}
    forms |= {ids.ANNOUNCEMENT_FORM}  # see test_announcements, for all of these
    views |= {ids.ANNOUNCEMENTS_VIEW, ids.ANNOUNCEMENT_PREVIEW}
    changes |= {ids.CHOOSE_ANOTHER, ids.RESUME, ids.CONFIRM_PAUSE, ids.MOVE_END}
    forms |= {ids.PROFILE_FIELDS_FORM}  # saving the same again changes nothing: see test_profile_fields
    shows |= {ids.OPEN_LEAVE, ids.FIND_TIME, ids.CHOOSE_LENGTH}
    changes |= {ids.OFFER_TIMES, ids.TAKE_TIME, ids.KEEP_TIME, ids.CANCEL_PLANNED, ids.SAY_MET, ids.SAY_NOT_MET}
    forms |= {ids.TIMES_FORM, ids.ITEM_FORM, ids.PLACE_FORM}
    shows |= {ids.CHANGE_PLACE, ids.MEET_REGULARLY}
    shows |= {ids.MOVE_PLANNED}
    changes |= {ids.TAKE_REGULAR, ids.END_REGULAR, ids.EXTEND_REGULAR}  # extended twice: see test_regular_times
    forms |= {ids.REGULAR_FORM}
    shows |= {ids.CHANGE_PLACE, ids.CHANGE_END, ids.PROPOSE_END}
    changes |= {ids.AGREE_TO_END, ids.DECLINE_END, ids.TAKE_BACK_END, ids.KEEP_END}
    forms |= {ids.END_FORM}
    views |= {ids.END_VIEW}
    changes |= {ids.SEND_FILE}
    shows |= {ids.OPEN_ITEMS, ids.ADD_ITEM, ids.CHANGE_ITEM}
    changes |= {ids.TICK_ITEM, ids.MOVE_ITEM, ids.DROP_ITEM, ids.REOPEN_ITEM}
    views |= {ids.ITEMS_VIEW}
    shows |= {ids.ADD_PERSON, ids.ENTER_MENTEE, ids.ENTER_MENTOR}
    forms |= {ids.ENTRY_FORM}
    views |= {ids.FORBID_VIEW, ids.WHY_NOT_VIEW, ids.WHAT_WOULD_HELP_VIEW, ids.UNKNOWN_FORM_VIEW}
    views |= {ids.ADD_PERSON_VIEW, ids.PEOPLE_VIEW, ids.OWNER_RECORD_VIEW}
    views |= {ids.PEOPLE_SEARCH_FORM, ids.PARTNERSHIPS_SEARCH_FORM}  # they change nothing
    views |= {ids.HOME_VIEW, ids.REPLY_VIEW}
    views |= {ids.WAITING_VIEW, ids.SAVING_VIEW, ids.OFFERS_VIEW, ids.GUIDE_VIEW, ids.PREVIEW_VIEW, ids.PLAN_VIEW}
    shows |= {ids.OPEN_GOALS, ids.WRITE_PLAN, ids.ADD_GOAL, ids.OPEN_PROGRESS}
    changes |= {ids.DELETE_GOAL, ids.SHARE_PLAN, ids.UNSHARE_PLAN, ids.DELETE_PLAN}
    forms |= {ids.STANDING_FORM, ids.GOAL_FORM, ids.PROGRESS_FORM}
    views |= {ids.GOALS_VIEW}
    shows |= {ids.OPEN_REPORT, ids.WRITE_LEARNT, ids.WRITE_REPORT, ids.SHARE_REPORT}
    changes |= {ids.FINISH_REPORT, ids.REOPEN_REPORT, ids.AGREE_TO_SHARE, ids.DONT_SHARE}
    forms |= {ids.REPORT_FORM, ids.CASE_FORM}
    shows |= {ids.ASK_FOR_HELP, ids.OPEN_CASE, ids.OPEN_REFERRALS}
    changes |= {ids.SAY_TALKED, ids.CLOSE_CASE}
    shows |= {ids.TELL_PROGRAMME, ids.OPEN_REMARKS, ids.REMARKS_PAGE}
    changes |= {ids.MARK_REMARK_READ}
    forms |= {ids.REMARK_FORM}
    views |= {ids.REMARKS_VIEW, ids.ANSWERS_VIEW}
    shows |= {ids.OPEN_ANSWERS, ids.ANSWERS_PAGE, ids.ANSWERS_ROUND, ids.ANSWERS_STAGE, ids.ANSWERS_ROLE}
    shows |= {ids.OPEN_OWN_DATA, ids.SEND_OWN_DATA, ids.SEND_OWN_JSON, ids.OPEN_ERASURE}
    forms |= {ids.ERASE_FORM, ids.ERASE_AGAIN_FORM}  # erasing twice is harmless: see test_own_data
    shows |= {ids.SAY_GOOD_MATCH, ids.OPEN_DOUBTS}
    views |= {ids.CASE_VIEW, ids.DOUBTS_VIEW, ids.REFERRALS_VIEW}
    views |= {ids.CASE_VIEW, ids.DOUBTS_VIEW}
    shows |= {ids.OPEN_CLOSURE}
    forms |= {ids.CLOSURE_FORM}
    views |= {ids.REPORT_VIEW}
    shows |= {ids.OPEN_AGREEMENT, ids.CHANGE_AGREEMENT, ids.AGREEMENT_STEP}  # the step keeps a draft
    changes |= {ids.SIGN_DRAFT, ids.SIGN_AGREEMENT}
    forms |= {ids.AGREEMENT_FORM}  # its steps keep a draft: see test_agreements
    views |= {ids.AGREEMENT_VIEW, ids.AGENDA_VIEW}
    shows |= {ids.OPEN_AGENDA, ids.ADD_AGENDA_STEP}
    changes |= {ids.TICK_AGENDA_STEP, ids.UNTICK_AGENDA_STEP, ids.LEAVE_OUT_STEP, ids.PUT_BACK_STEP}
    forms |= {ids.AGENDA_STEP_FORM}  # see test_agenda
    named = {value for name, value in vars(ids).items() if name.isupper() and isinstance(value, str)}
    assert named - {ids.COMMAND} == shows | changes | forms | views, (
        "a new one belongs into the table or into this list"
    )


@pytest.mark.parametrize("action", [ids.OPEN_HELP, ids.OPEN_STATUS, ids.OPEN_SETUP, ids.OPEN_REVIEW, ids.OPEN_REQUEST])
def test_what_only_shows_something_changes_nothing_however_often_it_is_pressed(town: LocalBot, action: str) -> None:
    town.knows(ADA)
    before = held(town)["applications"], held(town)["matches"], held(town)["programmes"]
    for _ in range(2):
        answers(town, clicked(town, ADA, action))
    assert (held(town)["applications"], held(town)["matches"], held(town)["programmes"]) == before
    assert all_heard(town)[ADA] == []


def test_a_command_that_comes_twice_is_one_status(town: LocalBot) -> None:
    command = typed_command(town, OWNER, "status")
    heard = all_heard(town)[OWNER]
    for _ in range(2):
        post(town, command)
    town.settle()
    assert len(all_heard(town)[OWNER]) == len(heard) + 1


def test_a_command_that_comes_twice_opens_one_form_and_speaks_of_no_trouble(town: LocalBot) -> None:
    command = typed_command(town, ADA, "request")
    said = answers(town, command, command)
    assert said == ["", ""]
    assert len(town.person(ADA).views) == 1


def test_an_event_that_comes_twice_or_to_two_at_once_is_one_answer(
    town: LocalBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.person(ADA).say("hello")
    town.settle()
    sent = next(one for one in town.slack.deliveries if one.kind == "event" and one.payload["event"]["user"] == ADA)
    at_once(town, monkeypatch, sent.payload, sent.payload)
    town.slack.redeliver(sent)
    town.settle()
    assert len(all_heard(town)[ADA]) == 1
