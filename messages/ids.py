"""The names under which Slack sends back what people press, choose and type: once, here."""

from enum import StrEnum
from typing import Final

from mentoring.programme import Programme
from messages.voice import Voice

COMMAND: Final = "/mentor"


class Subcommand(StrEnum):
    """What may follow `/mentor`."""

    REQUEST = "request"
    VOLUNTEER = "volunteer"
    STATUS = "status"
    SETUP = "setup"
    HELP = "help"

    def describe(self, programme: Programme | None) -> str:
        """What it does, in one line of plain text, in the programme's words."""
        voice = Voice(programme, marked=False)
        return {
            Subcommand.REQUEST: f"Ask for {voice.a_mentor}, or change what you sent",
            Subcommand.VOLUNTEER: f"Offer to be {voice.a_mentor}, or change what you sent",
            Subcommand.STATUS: "See what you sent and where it stands",
            Subcommand.SETUP: "Set up the programme (for its owners)",
            Subcommand.HELP: "See what you can do here",
        }[self]


OPEN_REQUEST: Final = "open-request"
OPEN_VOLUNTEER: Final = "open-volunteer"
OPEN_STATUS: Final = "open-status"
OPEN_SETUP: Final = "open-setup"
"""Its value is a `mentoring.setup.Part`, or empty for the card with all four."""
OPEN_HELP: Final = "open-help"
WITHDRAW: Final = "withdraw-application"
"""Its value is the application's id."""
OPEN_APPLICATION: Final = "open-application"
"""Its value is the application's id."""
LOOK_UP_PERSON: Final = "look-up-person"
"""A person was picked in the form: time to learn from Slack who they are, before the form is sent."""

OPENS: Final = {
    Subcommand.REQUEST: OPEN_REQUEST,
    Subcommand.VOLUNTEER: OPEN_VOLUNTEER,
    Subcommand.STATUS: OPEN_STATUS,
    Subcommand.SETUP: OPEN_SETUP,
    Subcommand.HELP: OPEN_HELP,
}
"""The button that does what the subcommand does."""

APPLICATION_FORM: Final = "application-form"
SETUP_FORM: Final = "setup-form"
APPLICATION_VIEW: Final = "application-view"
SENTENCE_VIEW: Final = "sentence-view"
