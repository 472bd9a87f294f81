"""The buttons of a partnership, declining a rematch included."""

from slack_sdk.models.blocks import ButtonElement

from mentoring.core.programmes import Programme
from mentoring.partnerships.partnership import Partnership
from messages.blocks import actions, button, confirm, section
from messages.ids import AGAIN_AFTER_ALL, END_PARTNERSHIP, GO_BACK, LOG_MEETING, NOT_AGAIN, OPEN_PARTNERSHIPS
from messages.payloads import Message, message
from messages.text import mention
from messages.voice import Voice


def log_button(partnership_id: str, *, first: bool = True) -> ButtonElement:
    """Opens the form to log a meeting; `first` when it is what we would do next."""
    return button("Log a meeting", LOG_MEETING, partnership_id, style="primary" if first else None)


def see_button(partnership_id: str, programme: Programme) -> ButtonElement:
    """Opens one's own partnerships, this one first."""
    return button(f"See your {Voice(programme, marked=False).partnership}", OPEN_PARTNERSHIPS, partnership_id)


def end_button(
    partnership: Partnership, programme: Programme, *, by_owner: bool = False, is_paused: bool = False
) -> ButtonElement:
    """The ending without blame, after asking once (D2.9); while one of the two is away, only the other hears of it."""
    voice = Voice(programme, marked=False)
    if by_owner and is_paused:
        words = "Whoever is here gets a short message, which does not say whose wish it was, and may be matched again."
    elif is_paused:
        words = "You owe nobody a reason. The other one hears of it only when they are back. It cannot be taken back."
    elif by_owner:
        words = "Both get the same short message, which does not say whose wish it was, and both may be matched again."
    else:
        words = (
            "You owe nobody a reason. The two of you get the same short message, which does not say whose wish it was. "
            "It cannot be taken back."
        )
    asks = confirm(f"End the {voice.partnership}?", words, yes="End it", no="Go back")
    return button("End it", END_PARTNERSHIP, partnership.id, style="danger", confirm=asks)


def go_back_button(partnership: Partnership) -> ButtonElement:
    """Back to the pool, to be matched anew."""
    return button("Back to the pool", GO_BACK, partnership.id, style="primary")


def again_buttons(partnership: Partnership, by: str) -> list[ButtonElement]:
    """To say in confidence, once it is over, that one would rather not be matched with the same person again, or to
    take that back; none where the other one was erased.
    """
    if not partnership.other(by):
        return []
    if by in partnership.declined_rematch:
        return [button("Take it back", AGAIN_AFTER_ALL, partnership.id)]
    words = (
        "The two of you are not matched with each other again. Nobody is told: not the other one, and not the "
        "programme owners, who read at most that it did not work out before. You can take it back at any time."
    )
    asks = confirm("Rather not together again?", words, yes="Rather not", no="Leave it")
    return [button("Rather not together again", NOT_AGAIN, partnership.id, confirm=asks)]


def wish(partnership: Partnership, by: str) -> str:
    """What `by` has said, in mrkdwn; empty where they have not."""
    if by not in partnership.declined_rematch:
        return ""
    other = mention(partnership.other(by))
    return f"You would rather not be matched with {other} again. Nobody else knows, and you can take it back."


def rather_not(partnership: Partnership, by: str) -> Message:
    text = "This stays with me"
    return message(text, [section(f"*{text}.* {wish(partnership, by)}"), actions(*again_buttons(partnership, by))])


def after_all(partnership: Partnership, by: str) -> Message:
    """It says nothing of what the other one would like."""
    text = "This is taken back"
    other = mention(partnership.other(by))
    return message(text, [section(f"*{text}.* As far as you are concerned, you may be matched with {other} again.")])
