"""The reply to a word after `/mentor` that is none of ours."""

from mentoring.applications.application import Role
from mentoring.core.programmes import Programme
from messages.blocks import actions, button, section
from messages.ids import COMMAND, OPEN_HELP, OPENS, Subcommand
from messages.next_steps import apply_label
from messages.payloads import Message, message
from messages.voice import Voice


def did_you_mean(nearest: Subcommand | None, programme: Programme | None) -> Message:
    """The reply to an unknown subcommand, which is not repeated."""
    if nearest is None or nearest is Subcommand.HELP:
        text = "I don’t know that command."
        return message(text, [section(text, button("See what I can do", OPEN_HELP))])
    text = f"I don’t know that command. Did you mean `{COMMAND} {nearest}`?"
    meant = button(fit_description(nearest, programme), OPENS[nearest], style="primary")
    return message(text, [section(text), actions(meant, button("See what I can do", OPEN_HELP))])


def fit_description(subcommand: Subcommand, programme: Programme | None) -> str:
    """The description of a subcommand, short enough for a button."""
    return {
        Subcommand.REQUEST: apply_label(Role.MENTEE, programme),
        Subcommand.VOLUNTEER: apply_label(Role.MENTOR, programme),
        Subcommand.LOG: "Log a meeting",
        Subcommand.AGREEMENT: "Open our agreement",
        Subcommand.STATUS: "See the status",
        Subcommand.PEOPLE: "See all people",
        Subcommand.PARTNERSHIPS: f"See {Voice(programme, marked=False).partnerships}",
        Subcommand.MATCH: "Open matches",
        Subcommand.SETUP: "Open settings",
        Subcommand.ANNOUNCEMENTS: "Open communication plan",
        Subcommand.PROGRAMMES: "See all programmes",
        Subcommand.SESSIONS: "See the sessions",
        Subcommand.HELP: "See what you can do",
    }[subcommand]
