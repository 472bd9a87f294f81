"""Slack comes in: what each command, button, form and event does."""

import re
from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack, App, BoltContext, BoltResponse

from handlers import (
    applications,
    commands,
    feedback,
    meetings,
    notifications,
    partnerships,
    people,
    programmes,
    status,
    workspaces,
)
from handlers.bolt_adapter import BoltAdapter, Listener
from handlers.context import AppContext
from handlers.matching import comparison, decisions, review
from messages import ids

__all__ = ["AppContext", "register"]


def register(app: App, desk: AppContext) -> None:
    """Everything that people can do, in one place."""
    on = BoltAdapter(desk)
    forms, buttons = _forms(on), _buttons(on)

    app.command(ids.COMMAND)(on.command(commands.run))
    # Bolt asks one listener after the other whether a request is theirs, which takes its time with forty of them.
    app.view(re.compile(f"^({'|'.join(map(re.escape, forms))})$"))(_form_of(forms))
    app.action(re.compile(""))(_button_of(buttons, otherwise=on.button(commands.show)))
    app.event("message")(on.event(commands.message))
    app.event("user_change")(on.news(people.profile_changed))
    app.event("app_uninstalled")(on.news(workspaces.app_uninstalled))
    app.event("tokens_revoked")(on.news(workspaces.tokens_revoked))


def _forms(on: BoltAdapter) -> dict[str, Listener]:
    return {
        ids.APPLICATION_FORM: on.form(applications.submit),
        ids.PAIR_FORM: on.form(decisions.submit_pair),
        ids.SWAP_FORM: on.form(decisions.submit_swap),
        ids.MEETING_FORM: on.form(meetings.submit),
        ids.CHECK_IN_FORM: on.form(feedback.submit_check_in),
        ids.SURVEY_FORM: on.form(feedback.submit_survey),
        ids.SETUP_FORM: on.form(programmes.submit_setup),
    }


def _buttons(on: BoltAdapter) -> dict[str, Listener]:
    return {
        ids.OPEN_HELP: on.button(commands.show),
        ids.OPEN_REQUEST: on.button(applications.open_request),
        ids.OPEN_VOLUNTEER: on.button(applications.open_volunteer),
        ids.OPEN_APPLICATION: on.button(applications.open_one),
        ids.WITHDRAW: on.button(applications.withdraw),
        ids.OPEN_DESK: on.button(review.open_review),
        ids.DESK_PAGE: on.button(review.open_review),
        ids.PROPOSE: on.button(review.propose_matches, below=review.refresh_review),
        ids.APPROVE: on.button(decisions.approve_match, below=review.refresh_review),
        ids.REFUSE: on.button(decisions.refuse_match, below=review.refresh_review),
        ids.MORE: on.button(decisions.run_menu_action, below=review.refresh_review),
        ids.FORBID: on.button(decisions.forbid_two),
        ids.ALLOW: on.button(decisions.allow_two),
        ids.WHY_NOT: on.button(comparison.open_why_not),
        ids.CHOOSE_TWO: on.button(comparison.pick_two),
        ids.RELEASE: on.button(review.release, below=review.refresh_review),
        ids.PAIR_BY_HAND: on.button(decisions.open_pair_form),
        ids.ACCEPT_MATCH: on.button(decisions.accept_match),
        ids.DECLINE_MATCH: on.button(decisions.decline_match),
        ids.OPEN_PARTNERSHIPS: on.button(partnerships.open_mine),
        ids.OPEN_ALL_PARTNERSHIPS: on.button(partnerships.open_all),
        ids.END_PARTNERSHIP: on.button(partnerships.end_partnership, below=partnerships.show_list),
        ids.GO_BACK: on.button(partnerships.back_to_the_pool, below=partnerships.show_list),
        ids.NOT_AGAIN: on.button(partnerships.not_again, below=partnerships.show_list),
        ids.AGAIN_AFTER_ALL: on.button(partnerships.take_back_not_again, below=partnerships.show_list),
        ids.LOG_MEETING: on.button(meetings.open_log, below=partnerships.show_list),
        ids.CORRECT_MEETING: on.button(meetings.open_correction, below=partnerships.show_list),
        ids.SETTLE_ACTION: on.button(meetings.settle, below=partnerships.show_list),
        ids.OPEN_CHECK_IN: on.button(feedback.open_check_in, below=partnerships.show_list),
        ids.OPEN_SURVEY: on.button(feedback.open_survey, below=partnerships.show_list),
        ids.CLOSE_COHORT: on.button(programmes.close),
        ids.OPEN_STATUS: on.button(status.show),
        ids.SEND_AGAIN: on.button(notifications.resend),
        ids.SEND_ALL_AGAIN: on.button(notifications.resend_all),
        ids.LET_REST: on.button(notifications.dismiss),
        ids.OPEN_SETUP: on.button(programmes.open_setup),
        ids.LOOK_UP_PERSON: on.button(people.request_profile),
    }


def _form_of(forms: Mapping[str, Listener]) -> Listener:
    def listener(ack: Ack, body: Mapping[str, Any], context: BoltContext) -> BoltResponse:
        return forms[body["view"]["callback_id"]](ack, body, context)

    return listener


def _button_of(buttons: Mapping[str, Listener], otherwise: Listener) -> Listener:
    """`otherwise` is for a button of an older version, under an old message: the way to what there is now."""

    def listener(ack: Ack, body: Mapping[str, Any], context: BoltContext) -> BoltResponse:
        return buttons.get(body["actions"][0]["action_id"], otherwise)(ack, body, context)

    return listener
