"""Slack comes in: what each command, button, form and event does."""

from slack_bolt import App

from handlers import applications, commands, events, help, people, programmes, statuses
from handlers.desk import Desk
from handlers.surface import Surface
from messages import ids

__all__ = ["Desk", "register"]


def register(app: App, desk: Desk) -> None:
    """Everything that people can do, in one place."""
    on = Surface(desk)

    app.command(ids.COMMAND)(on.command(commands.run))
    app.event("message")(on.event(events.message))

    app.action(ids.OPEN_HELP)(on.button(help.show))
    app.action(ids.OPEN_REQUEST)(on.button(applications.open_request))
    app.action(ids.OPEN_VOLUNTEER)(on.button(applications.open_volunteer))
    app.action(ids.OPEN_APPLICATION)(on.button(applications.open_one))
    app.action(ids.WITHDRAW)(on.button(applications.withdraw))
    app.action(ids.OPEN_STATUS)(on.button(statuses.show))
    app.action(ids.OPEN_SETUP)(on.button(programmes.open_setup))
    app.action(ids.LOOK_UP_PERSON)(on.button(people.look_up))

    app.view(ids.APPLICATION_FORM)(on.form(applications.submit))
    app.view(ids.SETUP_FORM)(on.form(programmes.submit_setup))
