"""What somebody reads, and nobody else, who would rather not be matched with the same person again."""

from mentoring.partnerships.partnership import Partnership
from messages.blocks import actions, section
from messages.outgoing import Message, message
from messages.partnerships.buttons import again_buttons
from messages.text import mention


def wish(partnership: Partnership, by: str) -> str:
    """What `by` has said, in mrkdwn; empty where they have not."""
    if by not in partnership.not_again:
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
