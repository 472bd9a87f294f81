"""Handlers of everything that Slack sends: commands, buttons, forms and events."""

import re
from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack, App, BoltContext, BoltResponse

from handlers import (
    agenda,
    agreements,
    announcements,
    applications,
    cases,
    closure,
    commands,
    doubts,
    end_plans,
    entering,
    feedback,
    goals,
    home,
    imports,
    invitations,
    items,
    leave,
    meeting_places,
    meetings,
    notifications,
    on_behalf,
    oversight,
    owner_record,
    partnership_list,
    partnerships,
    pauses,
    people,
    people_list,
    planned_meetings,
    profile_fields,
    programmes,
    regular_times,
    remarks,
    reports,
    roles,
    setup_guide,
    sponsor_page,
    startup_plan,
    status,
    workspaces,
)
from handlers.bolt_adapter import BoltAdapter, Listener
from handlers.context import AppContext
from handlers.matching import approvals, comparison, decisions, open_offers, review, what_would_help
from messages import ids
from messages.menus import pressed

__all__ = ["AppContext", "register"]


def register(bolt: App, app: AppContext) -> None:
    """Register the handlers of all commands, buttons, forms and events with Bolt."""
    on = BoltAdapter(app)
    forms, buttons = _forms(on), _buttons(on)

    bolt.command(ids.COMMAND)(on.command(commands.run))
    # One listener for all forms and one for all buttons: Bolt tries its listeners one by one, which is slow with forty.
    bolt.view(re.compile(""))(_form_listener(forms, otherwise=on.unknown_submission()))
    bolt.action(re.compile(""))(_button_listener(buttons, otherwise=on.action(home.show)))
    bolt.event("message")(on.event(commands.message))
    bolt.event("app_home_opened")(on.workspace_event(home.opened))
    bolt.event("user_change")(on.workspace_event(people.profile_changed))
    bolt.event("team_join")(on.workspace_event(people.joined))
    bolt.event("app_uninstalled")(on.workspace_event(workspaces.app_uninstalled))
    bolt.event("tokens_revoked")(on.workspace_event(workspaces.tokens_revoked))


def _forms(on: BoltAdapter) -> dict[str, Listener]:
    return {
        ids.APPLICATION_FORM: on.submission(applications.submit),
        ids.CORRECTION_FORM: on.submission(on_behalf.submit_correction),
        ids.ENTRY_FORM: on.submission(entering.submit_entry),
        ids.LEAVE_FORM: on.submission(leave.submit_leave),
        ids.PAUSE_FORM: on.submission(pauses.submit),
        ids.HAND_OVER_FORM: on.submission(oversight.submit_hand_over),
        ids.PEOPLE_SEARCH_FORM: on.submission(people_list.LIST.search),
        ids.PARTNERSHIPS_SEARCH_FORM: on.submission(partnership_list.LIST.search),
        ids.APPROVALS_FORM: on.submission(approvals.submit_approvals),
        ids.PAIR_FORM: on.submission(decisions.submit_pair),
        ids.SWAP_FORM: on.submission(decisions.submit_swap),
        ids.AGREEMENT_FORM: on.submission(agreements.submit_step),
        ids.AGENDA_STEP_FORM: on.submission(agenda.submit_step),
        ids.END_FORM: on.submission(end_plans.submit),
        ids.MEETING_FORM: on.submission(meetings.submit),
        ids.STANDING_FORM: on.submission(goals.submit_plan),
        ids.GOAL_FORM: on.submission(goals.submit_goal),
        ids.PROGRESS_FORM: on.submission(goals.submit_progress),
        ids.ITEM_FORM: on.submission(items.submit),
        ids.TIMES_FORM: on.submission(planned_meetings.submit_time),
        ids.PLACE_FORM: on.submission(meeting_places.submit),
        ids.REGULAR_FORM: on.submission(regular_times.submit),
        ids.REPORT_FORM: on.submission(reports.submit),
        ids.CHECK_IN_FORM: on.submission(feedback.submit_check_in),
        ids.SURVEY_FORM: on.submission(feedback.submit_survey),
        ids.NEVER_MET_FORM: on.submission(feedback.submit_survey),
        ids.CLOSURE_FORM: on.submission(closure.submit),
        ids.CASE_FORM: on.submission(cases.submit),
        ids.REMARK_FORM: on.submission(remarks.submit),
        ids.SPONSOR_PAGE_FORM: on.submission(sponsor_page.submit),
        ids.ANNOUNCEMENT_FORM: on.submission(announcements.submit),
        ids.SETUP_FORM: on.submission(programmes.submit_setup),
        ids.START_FORM: on.submission(roles.submit_start),
        ids.OWNERS_FORM: on.submission(roles.submit_owners),
        ids.PROFILE_FIELDS_FORM: on.submission(profile_fields.submit_profile_fields),
    }


def _buttons(on: BoltAdapter) -> dict[str, Listener]:
    return {
        ids.OPEN_HELP: on.action(home.show),
        ids.OPEN_REQUEST: on.action(applications.open_request),
        ids.OPEN_VOLUNTEER: on.action(applications.open_volunteer),
        ids.OPEN_APPLICATION: on.action(people_list.open_application),
        ids.OPEN_PEOPLE: on.action(people_list.LIST.open),
        ids.PEOPLE_PAGE: on.action(people_list.LIST.turn_page),
        ids.PEOPLE_FILTER: on.action(people_list.LIST.choose_filter),
        ids.SEARCH_PEOPLE: on.action(people_list.open_search),
        ids.ADD_PERSON: on.action(entering.open_add_person),
        ids.ENTER_MENTEE: on.action(entering.enter_mentee),
        ids.ENTER_MENTOR: on.action(entering.enter_mentor),
        ids.OPEN_LEAVE: on.action(leave.open_leave),
        ids.END_LEAVE: on.action(leave.end),
        ids.OPEN_PAUSE: on.action(pauses.open_form, refresh=partnerships.show_list),
        ids.RESUME: on.action(pauses.resume, refresh=partnerships.show_list),
        ids.CONFIRM_PAUSE: on.action(pauses.confirm, refresh=partnerships.show_list),
        ids.MOVE_END: on.action(pauses.move_end, refresh=partnerships.show_list),
        ids.CORRECT_APPLICATION: on.action(on_behalf.open_correction),
        ids.WITHDRAW_FOR: on.action(on_behalf.withdraw_for),
        ids.OPEN_OWNER_RECORD: on.action(owner_record.open_record),
        ids.OWNER_RECORD_PAGE: on.action(owner_record.open_record),
        ids.CONFIRM_APPLICATION: on.action(applications.confirm),
        ids.SHARE_HOPES: on.action(applications.let_mentor_read),
        ids.WITHDRAW: on.action(applications.withdraw),
        ids.OPEN_REVIEW: on.action(review.open_review),
        ids.REVIEW_PAGE: on.action(review.open_review),
        ids.PROPOSE: on.action(review.propose_matches, refresh=review.refresh_review),
        ids.APPROVE: on.action(decisions.approve_match, refresh=review.refresh_review),
        ids.APPROVE_SEVERAL: on.action(approvals.open_approvals, refresh=review.refresh_review),
        ids.REFUSE: on.action(decisions.refuse_match, refresh=review.refresh_review),
        ids.UNDO_REFUSAL: on.action(decisions.undo_refused_match, refresh=review.refresh_review),
        ids.MORE: on.action(decisions.run_menu_action, refresh=review.refresh_review),
        ids.FORBID: on.action(decisions.exclude),
        ids.ALLOW: on.action(decisions.lift_exclusion),
        ids.WHY_NOT: on.action(comparison.open_why_not),
        ids.CHOOSE_TWO: on.action(comparison.pick_two),
        ids.WHAT_WOULD_HELP: on.action(what_would_help.open_what_would_help),
        ids.RELEASE: on.action(review.release, refresh=review.refresh_review),
        ids.PAIR_BY_HAND: on.action(decisions.open_pair_form),
        ids.TELL_WAITING: on.action(review.tell_waiting),
        ids.OPEN_OFFERS: on.action(open_offers.open_offers),
        ids.REMIND_OFFER: on.action(open_offers.remind_offer, refresh=open_offers.refresh_offers),
        ids.EXTEND_OFFER: on.action(open_offers.extend_offer, refresh=open_offers.refresh_offers),
        ids.RECALL_OFFER: on.action(open_offers.recall_offer, refresh=open_offers.refresh_offers),
        ids.ASK_AGAIN: on.action(open_offers.ask_offer_again, refresh=open_offers.refresh_offers),
        ids.ACCEPT_MATCH: on.action(decisions.accept_match),
        ids.DECLINE_MATCH: on.action(decisions.decline_match),
        ids.OPEN_PARTNERSHIPS: on.action(partnerships.open_mine),
        ids.OPEN_ALL_PARTNERSHIPS: on.action(partnership_list.LIST.open),
        ids.PARTNERSHIPS_PAGE: on.action(partnership_list.LIST.turn_page),
        ids.PARTNERSHIPS_FILTER: on.action(partnership_list.LIST.choose_filter),
        ids.SEARCH_PARTNERSHIPS: on.action(partnership_list.open_search),
        ids.OVERSEE: on.action(oversight.act, refresh=oversight.refresh),
        ids.SNOOZE_ALARM: on.action(oversight.snooze),
        ids.CHOOSE_DIGEST: on.action(oversight.choose),
        ids.APPLY_AS_MENTEE: on.action(invitations.apply_as_mentee),
        ids.APPLY_AS_MENTOR: on.action(invitations.apply_as_mentor),
        ids.STOP_INVITATIONS: on.action(invitations.stop),
        ids.ALLOW_INVITATIONS: on.action(invitations.allow),
        ids.OPEN_NEEDS: on.action(oversight.open_needs),
        ids.ANSWER_WELL: on.action(oversight.say_well),
        ids.ANSWER_MORE_TIME: on.action(oversight.say_more_time),
        ids.ANSWER_CONTACT: on.action(oversight.say_contact),
        ids.END_PARTNERSHIP: on.action(partnerships.end_partnership, refresh=partnerships.show_list),
        ids.GO_BACK: on.action(partnerships.return_to_pool, refresh=partnerships.show_list),
        ids.CHOOSE_ANOTHER: on.action(partnerships.choose_another, refresh=partnerships.show_list),
        ids.NOT_AGAIN: on.action(partnerships.decline_rematch, refresh=partnerships.show_list),
        ids.AGAIN_AFTER_ALL: on.action(partnerships.allow_rematch, refresh=partnerships.show_list),
        ids.LOG_MEETING: on.action(meetings.open_log, refresh=partnerships.show_list),
        ids.CORRECT_MEETING: on.action(meetings.open_correction, refresh=partnerships.show_list),
        ids.OPEN_ITEMS: on.action(items.open_items, refresh=partnerships.show_list),
        ids.ADD_ITEM: on.action(items.open_add, refresh=items.refresh_items),
        ids.TICK_ITEM: on.action(items.tick, refresh=items.refresh_items),
        ids.MOVE_ITEM: on.action(items.move, refresh=items.refresh_items),
        ids.CHANGE_ITEM: on.action(items.open_change, refresh=items.refresh_items),
        ids.DROP_ITEM: on.action(items.drop, refresh=items.refresh_items),
        ids.REOPEN_ITEM: on.action(items.reopen, refresh=items.refresh_items),
        ids.DELETE_MEETING: on.action(meetings.delete, refresh=partnerships.show_list),
        ids.OPEN_GOALS: on.action(goals.open_plan, refresh=partnerships.show_list),
        ids.WRITE_PLAN: on.action(goals.open_plan_form, refresh=goals.refresh_plan),
        ids.ADD_GOAL: on.action(goals.open_goal_form, refresh=goals.refresh_plan),
        ids.OPEN_PROGRESS: on.action(goals.open_progress, refresh=goals.refresh_plan),
        ids.DELETE_GOAL: on.action(goals.delete_goal, refresh=goals.refresh_plan),
        ids.DELETE_PLAN: on.action(goals.delete_plan, refresh=goals.refresh_plan),
        ids.SHARE_PLAN: on.action(goals.share, refresh=goals.refresh_plan),
        ids.UNSHARE_PLAN: on.action(goals.unshare, refresh=goals.refresh_plan),
        ids.OPEN_AGREEMENT: on.action(agreements.open_agreement, refresh=partnerships.show_list),
        ids.CHANGE_AGREEMENT: on.action(agreements.change, refresh=agreements.refresh),
        ids.AGREEMENT_STEP: on.action(agreements.go_to_step),
        ids.SIGN_DRAFT: on.action(agreements.sign_draft),
        ids.SIGN_AGREEMENT: on.action(agreements.sign, refresh=agreements.refresh),
        ids.CHANGE_END: on.action(end_plans.open_end, refresh=end_plans.refresh),
        ids.PROPOSE_END: on.action(end_plans.open_form, refresh=end_plans.refresh),
        ids.AGREE_TO_END: on.action(end_plans.agree, refresh=end_plans.refresh),
        ids.DECLINE_END: on.action(end_plans.decline, refresh=end_plans.refresh),
        ids.TAKE_BACK_END: on.action(end_plans.take_back, refresh=end_plans.refresh),
        ids.KEEP_END: on.action(end_plans.keep, refresh=end_plans.refresh),
        ids.OPEN_AGENDA: on.action(agenda.open_agenda, refresh=partnerships.show_list),
        ids.ADD_AGENDA_STEP: on.action(agenda.open_step_form, refresh=agenda.refresh),
        ids.TICK_AGENDA_STEP: on.action(agenda.tick, refresh=agenda.refresh),
        ids.UNTICK_AGENDA_STEP: on.action(agenda.open_again, refresh=agenda.refresh),
        ids.LEAVE_OUT_STEP: on.action(agenda.leave_out, refresh=agenda.refresh),
        ids.PUT_BACK_STEP: on.action(agenda.open_again, refresh=agenda.refresh),
        ids.FIND_TIME: on.action(planned_meetings.find_time, refresh=partnerships.show_list),
        ids.MOVE_PLANNED: on.action(planned_meetings.move_planned, refresh=partnerships.show_list),
        ids.CHOOSE_LENGTH: on.action(planned_meetings.choose_length),
        ids.OFFER_TIMES: on.action(planned_meetings.offer_times, refresh=partnerships.show_list),
        ids.TAKE_TIME: on.action(planned_meetings.take_time, refresh=partnerships.show_list),
        ids.KEEP_TIME: on.action(planned_meetings.keep_time, refresh=partnerships.show_list),
        ids.CANCEL_PLANNED: on.action(planned_meetings.cancel, refresh=partnerships.show_list),
        ids.MEET_REGULARLY: on.action(regular_times.open_form, refresh=partnerships.show_list),
        ids.TAKE_REGULAR: on.action(regular_times.take, refresh=partnerships.show_list),
        ids.END_REGULAR: on.action(regular_times.end, refresh=partnerships.show_list),
        ids.EXTEND_REGULAR: on.action(regular_times.extend, refresh=partnerships.show_list),
        ids.CHANGE_PLACE: on.action(meeting_places.open_place, refresh=partnerships.show_list),
        ids.SEND_FILE: on.action(meeting_places.send_file, refresh=partnerships.show_list),
        ids.SAY_MET: on.action(planned_meetings.say_met, refresh=partnerships.show_list),
        ids.SAY_NOT_MET: on.action(planned_meetings.say_not_met, refresh=partnerships.show_list),
        ids.OPEN_REPORT: on.action(reports.open_report, refresh=partnerships.show_list),
        ids.WRITE_LEARNT: on.action(reports.open_learnt, refresh=reports.refresh),
        ids.WRITE_REPORT: on.action(reports.open_page, refresh=reports.refresh),
        ids.REOPEN_REPORT: on.action(reports.reopen, refresh=reports.refresh),
        ids.FINISH_REPORT: on.action(reports.finish, refresh=reports.refresh),
        ids.SHARE_REPORT: on.action(reports.open_share, refresh=reports.refresh),
        ids.AGREE_TO_SHARE: on.action(reports.agree_to_share, refresh=reports.refresh),
        ids.DONT_SHARE: on.action(reports.take_back, refresh=reports.refresh),
        ids.OPEN_CHECK_IN: on.action(feedback.open_check_in, refresh=partnerships.show_list),
        ids.OPEN_SURVEY: on.action(feedback.open_survey, refresh=partnerships.show_list),
        ids.OPEN_CLOSURE: on.action(closure.open_closure, refresh=partnerships.show_list),
        ids.SAY_GOOD_MATCH: on.action(doubts.say_good_match),
        ids.OPEN_DOUBTS: on.action(doubts.open_doubts),
        ids.ASK_FOR_HELP: on.action(cases.open_form),
        ids.OPEN_REFERRALS: on.action(cases.open_referrals),
        ids.TELL_PROGRAMME: on.action(remarks.open_form),
        ids.MARK_REMARK_READ: on.action(remarks.mark_as_read),
        ids.OPEN_REMARKS: on.action(remarks.open_groups),
        ids.REMARKS_PAGE: on.action(remarks.open_groups),
        ids.OPEN_ANNOUNCEMENTS: on.action(announcements.open_plan),
        ids.ADD_ANNOUNCEMENT: on.action(announcements.open_add, refresh=announcements.refresh),
        ids.APPROVE_ANNOUNCEMENT: on.action(announcements.approve, refresh=announcements.refresh),
        ids.PREVIEW_ANNOUNCEMENT: on.action(announcements.preview, refresh=announcements.refresh),
        ids.CHANGE_ANNOUNCEMENT: on.action(announcements.open_change, refresh=announcements.refresh),
        ids.LEAVE_OUT_ANNOUNCEMENT: on.action(announcements.leave_out, refresh=announcements.refresh),
        ids.PUT_BACK_ANNOUNCEMENT: on.action(announcements.put_back, refresh=announcements.refresh),
        ids.STOP_ANNOUNCEMENT: on.action(announcements.stop, refresh=announcements.refresh),
        ids.OPEN_CASE: on.action(cases.open_view),
        ids.SAY_TALKED: on.action(cases.say_talked, refresh=cases.refresh),
        ids.CLOSE_CASE: on.action(cases.close, refresh=cases.refresh),
        ids.CLOSE_COHORT: on.action(programmes.close),
        ids.OPEN_STATUS: on.action(status.show),
        ids.SEND_CHARTS: on.action(status.send_charts),
        ids.SEND_WORKBOOK: on.action(status.send_workbook),
        ids.SEND_CSV: on.action(status.send_csv),
        ids.OPEN_SPONSOR_PAGE: on.action(sponsor_page.open_form),
        ids.SEND_SPONSOR_PAGE: on.action(sponsor_page.send),
        ids.STOP_SPONSOR_PAGE: on.action(sponsor_page.stop),
        ids.RESUME_SPONSOR_PAGE: on.action(sponsor_page.resume),
        ids.IMPORT_LIST: on.action(imports.import_list),
        ids.CHOOSE_LIST_PROGRAMME: on.action(imports.choose_programme),
        ids.DISMISS_LIST: on.action(imports.dismiss),
        ids.SEND_AGAIN: on.action(notifications.resend, refresh=announcements.refresh),
        ids.SEND_ALL_AGAIN: on.action(notifications.resend_all),
        ids.LET_REST: on.action(notifications.dismiss, refresh=announcements.refresh),
        ids.OPEN_SETUP: on.action(programmes.open_setup),
        ids.OPEN_PROGRAMMES: on.action(roles.open_programmes),
        ids.START_PROGRAMME: on.action(roles.open_start),
        ids.OPEN_OWNERS: on.action(roles.open_owners),
        ids.OPEN_PROFILE_FIELDS: on.action(profile_fields.open_profile_fields),
        ids.OPEN_GUIDE: on.action(setup_guide.open_guide),
        ids.GO_TO_STEP: on.action(setup_guide.go_to_step),
        ids.SKIP_STEP: on.action(setup_guide.go_to_step),
        ids.PREVIEW: on.action(setup_guide.preview),
        ids.OPEN_PLAN: on.action(startup_plan.open_plan),
        ids.TICK_STEP: on.action(startup_plan.tick_step, refresh=startup_plan.refresh_plan),
        ids.UNTICK_STEP: on.action(startup_plan.untick_step, refresh=startup_plan.refresh_plan),
        ids.CHOOSE_COUNTRY: on.action(programmes.choose_country),
        ids.LOOK_UP_PERSON: on.action(people.request_profile),
    }


def _form_listener(forms: Mapping[str, Listener], otherwise: Listener) -> Listener:
    """`otherwise` handles forms of other versions, which a person had open during an upgrade."""

    def listener(ack: Ack, body: Mapping[str, Any], context: BoltContext) -> BoltResponse:
        return forms.get(body["view"]["callback_id"], otherwise)(ack, body, context)

    return listener


def _button_listener(buttons: Mapping[str, Listener], otherwise: Listener) -> Listener:
    """`otherwise` handles buttons of older versions, under old messages."""

    def listener(ack: Ack, body: Mapping[str, Any], context: BoltContext) -> BoltResponse:
        action = pressed(body["actions"][0])
        return buttons.get(action["action_id"], otherwise)(ack, {**body, "actions": [action]}, context)

    return listener
