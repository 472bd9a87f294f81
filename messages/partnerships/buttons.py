"""The buttons of a partnership, declining a rematch included."""

from slack_sdk.models.blocks import ButtonElement

from mentoring.core.programmes import Programme
from mentoring.partnerships.partnership import Partnership, Pause
from messages.blocks import actions, button, confirm, section
from messages.ids import (
    AGAIN_AFTER_ALL,
    CHOOSE_ANOTHER,
    END_PARTNERSHIP,
    GO_BACK,
    LOG_MEETING,
    NOT_AGAIN,
    OPEN_PARTNERSHIPS,
    OPEN_SURVEY,
)
from messages.payloads import Message, message
from messages.text import mention
from messages.voice import Voice


def log_button(partnership_id: str, *, first: bool = True) -> ButtonElement:
    """Opens the form to log a meeting; `first` makes it the primary button."""
    return button("Log a meeting", LOG_MEETING, partnership_id, style="primary" if first else None)


def survey_button(partnership: Partnership, *, has_met: bool, style: str | None = "primary") -> ButtonElement:
    """Opens the closing survey, or what two people who never met are asked instead."""
    label = "Answer the closing survey" if has_met else "Answer two questions"
    return button(label, OPEN_SURVEY, partnership.id, style=style)


def see_button(partnership_id: str, programme: Programme) -> ButtonElement:
    """Opens the person's partnerships, this one first."""
    return button(f"See your {Voice(programme, marked=False).partnership}", OPEN_PARTNERSHIPS, partnership_id)


def end_button(
    partnership: Partnership, programme: Programme, *, by_owner: bool = False, pause: Pause | None = None
) -> ButtonElement:
    """Ends the partnership after a confirmation (D2.9). If its `pause` has somebody who is absent, only the other is
    notified.
    """
    voice = Voice(programme, marked=False)
    is_deactivated = pause is not None and pause.has_absent
    if by_owner and is_deactivated:
        words = (
            "Both will get the same message. It does not say who ended it. A deactivated account gets the message only "
            "if it is reactivated. Both can ask for another match. This cannot be undone."
        )
    elif is_deactivated:
        words = (
            "You don’t need a reason. The other person will get a message only if their account is reactivated. It "
            "does not say who ended it. This cannot be undone."
        )
    elif by_owner:
        words = (
            "Both will get the same message. It does not say who ended it. Both can ask for another match. This cannot "
            "be undone."
        )
    else:
        words = (
            "You don’t need a reason. You will both get the same message. It does not say who ended it. You can both "
            "ask for another match. This cannot be undone."
        )
    asks = confirm(f"End this {voice.partnership}?", words, yes="End it", no="Go back")
    return button("End it", END_PARTNERSHIP, partnership.id, style="danger", confirm=asks)


def go_back_button(partnership: Partnership) -> ButtonElement:
    """Returns to the pool."""
    return button("Find me another match", GO_BACK, partnership.id, style="primary")


def choose_another_button(partnership: Partnership, programme: Programme) -> ButtonElement:
    """Ends the partnership with somebody on a long leave, and returns to the pool."""
    voice = Voice(programme, marked=False)
    waited = " The time you waited before still counts." if programme.weights.waiting else ""
    words = (
        f"Your {voice.partnership} ends, and you can be matched again at once. You will both get the same message. It "
        f"does not say who ended it.{waited} This cannot be undone."
    )
    asks = confirm("Find another match?", words, yes="Find another", no="Go back")
    return button("Find me another match", CHOOSE_ANOTHER, partnership.id, confirm=asks)


def again_buttons(partnership: Partnership, by: str) -> list[ButtonElement]:
    """Declines a rematch after a partnership, or takes that back; no button if the other person was erased."""
    if not partnership.other(by):
        return []
    if by in partnership.declined_rematch:
        return [button("Undo", AGAIN_AFTER_ALL, partnership.id)]
    words = (
        "You will not be matched with this person again. I will not tell them or the programme owners. An owner who "
        "tries to pair you sees only that it did not work out before. You can undo this at any time."
    )
    asks = confirm("Don’t match the two of you again?", words, yes="Don’t match us", no="Go back")
    return [button("Don’t match us again", NOT_AGAIN, partnership.id, confirm=asks)]


def wish(partnership: Partnership, by: str) -> str:
    """Whether `by` has declined a rematch, in mrkdwn; "" if not."""
    if by not in partnership.declined_rematch:
        return ""
    other = mention(partnership.other(by))
    return f"You won’t be matched with {other} again. I won’t tell anyone. You can undo this at any time."


def rather_not(partnership: Partnership, by: str) -> Message:
    return message("I won’t tell anyone", [section(wish(partnership, by)), actions(*again_buttons(partnership, by))])


def after_all(partnership: Partnership, by: str) -> Message:
    """The confirmation; it does not reveal the wish of the other person."""
    text = "Undone"
    other = mention(partnership.other(by))
    return message(text, [section(f"*{text}.* Your wish not to be matched with {other} no longer counts.")])
