"""Slack comes in: what each command, button, form and event does."""

import re

from slack_bolt import App

from handlers import (
    access,
    applications,
    cohorts,
    commands,
    deliveries,
    events,
    feedback,
    help,
    matches,
    meetings,
    partnerships,
    people,
    programmes,
    statuses,
)
from handlers.desk import Desk
from handlers.surface import Surface
from messages import ids

__all__ = ["Desk", "register"]


def register(app: App, desk: Desk) -> None:
    """Everything that people can do, in one place."""
    on = Surface(desk)

    app.command(ids.COMMAND)(on.command(commands.run))
    app.event("message")(on.event(events.message))
    app.event("user_change")(on.news(people.changed))
    app.event("app_uninstalled")(on.news(access.uninstalled))
    app.event("tokens_revoked")(on.news(access.revoked))

    app.action(ids.OPEN_HELP)(on.button(help.show))
    app.action(ids.OPEN_REQUEST)(on.button(applications.open_request))
    app.action(ids.OPEN_VOLUNTEER)(on.button(applications.open_volunteer))
    app.action(ids.OPEN_APPLICATION)(on.button(applications.open_one))
    app.action(ids.WITHDRAW)(on.button(applications.withdraw))

    app.action(ids.OPEN_DESK)(on.button(matches.open_desk))
    app.action(ids.DESK_PAGE)(on.button(matches.open_desk))
    app.action(ids.PROPOSE)(on.button(matches.propose_matches, below=matches.show_desk))
    app.action(ids.APPROVE)(on.button(matches.approve_match, below=matches.show_desk))
    app.action(ids.REFUSE)(on.button(matches.refuse_match, below=matches.show_desk))
    app.action(ids.RELEASE)(on.button(matches.release, below=matches.show_desk))
    app.action(ids.PAIR_BY_HAND)(on.button(matches.open_pair_form))
    app.action(ids.ACCEPT_MATCH)(on.button(matches.accept_match))
    app.action(ids.DECLINE_MATCH)(on.button(matches.decline_match))

    app.action(ids.OPEN_PARTNERSHIPS)(on.button(partnerships.open_mine))
    app.action(ids.OPEN_ALL_PARTNERSHIPS)(on.button(partnerships.open_all))
    app.action(ids.END_PARTNERSHIP)(on.button(partnerships.end_partnership, below=partnerships.show_list))
    app.action(ids.GO_BACK)(on.button(partnerships.back_to_the_pool, below=partnerships.show_list))
    app.action(ids.LOG_MEETING)(on.button(meetings.open_log, below=partnerships.show_list))
    app.action(ids.CORRECT_MEETING)(on.button(meetings.open_correction, below=partnerships.show_list))
    app.action(ids.SETTLE_ACTION)(on.button(meetings.settle, below=partnerships.show_list))
    app.action(ids.OPEN_CHECK_IN)(on.button(feedback.open_check_in, below=partnerships.show_list))
    app.action(ids.OPEN_SURVEY)(on.button(feedback.open_survey, below=partnerships.show_list))

    app.action(ids.CLOSE_COHORT)(on.button(cohorts.close))
    app.action(ids.OPEN_STATUS)(on.button(statuses.show))
    app.action(ids.SEND_AGAIN)(on.button(deliveries.send_again))
    app.action(ids.SEND_ALL_AGAIN)(on.button(deliveries.send_all_again))
    app.action(ids.LET_REST)(on.button(deliveries.leave_it))
    app.action(ids.OPEN_SETUP)(on.button(programmes.open_setup))
    app.action(ids.LOOK_UP_PERSON)(on.button(people.look_up))
    # A button of an older version, under an old message: the way to what there is now.
    app.action(re.compile(""))(on.button(help.show))

    app.view(ids.APPLICATION_FORM)(on.form(applications.submit))
    app.view(ids.PAIR_FORM)(on.form(matches.submit_pair))
    app.view(ids.MEETING_FORM)(on.form(meetings.submit))
    app.view(ids.CHECK_IN_FORM)(on.form(feedback.submit_check_in))
    app.view(ids.SURVEY_FORM)(on.form(feedback.submit_survey))
    app.view(ids.SETUP_FORM)(on.form(programmes.submit_setup))
