"""Messages about what people tell the programme."""

from slack_sdk.models.blocks import Block

from mentoring.core.outcome import Notification
from mentoring.notifications.context import NotificationContext
from mentoring.remarks.remark import Remark, RemarkKind
from messages.blocks import actions, button, section, small_print, typed
from messages.feedback.averages import AT_LEAST
from messages.ids import MARK_REMARK_READ
from messages.notifications.preconditions import NotificationObsolete, owners_only
from messages.payloads import Message, message
from messages.programmes.cohorts import day
from messages.remarks.form import FEWER
from messages.text import mention


def remark_sent(notification: Notification, context: NotificationContext) -> Message:
    """The receipt for its author."""
    if notification.refs.get("as") == RemarkKind.COUNTED:
        text = "I’ve kept what you wrote"
        words = f"*{text}.* I never show your name with it."
        later = f"The programme owners read it only in a group of at least {AT_LEAST} people. {FEWER}"
        return message(text, [section(words), small_print(later)])
    text = "I’ve passed it on"
    words = f"*{text}* to the programme owners, with your name. I’ll tell you once one of them has read it."
    return message(text, [section(words)])


def remark_made(notification: Notification, context: NotificationContext) -> Message:
    """To an owner, with the words. It says who has read it."""
    owners_only(context)
    remark = _remark(context)
    author = mention(remark.person)
    text = f"{author} has told the programme something"
    blocks: list[Block] = [section(f"*{text}:*"), typed(context.remark_words)]
    if remark.read_at is None:
        blocks.append(actions(button("I’ve read it", MARK_REMARK_READ, remark.id, style="primary")))
        foot = f"{_once_read(remark, context)} To answer, message them."
    else:
        by = mention(remark.read_by) if remark.read_by else "An owner"
        foot = f"{by} read it on {day(context.reader.today(remark.read_at))}, and I’ve told {author}."
    return message(text, [*blocks, small_print(foot)])


def _once_read(remark: Remark, context: NotificationContext) -> str:
    """Who has it, and what reading it does. An owner who wrote it, or whose account is closed, has no message."""
    author = mention(remark.person)
    if set(context.present_owners) <= {remark.person, context.reader.id}:
        return f"Once you have read it, I tell {author}."
    return f"The other owners have it too. Once one of you has read it, I tell {author}."


def remark_made_afterwards(notification: Notification, context: NotificationContext) -> Message:
    """Once its author was erased."""
    text = "This remark was deleted"
    return message(text, [section(f"*{text}.* You don’t need to do anything.")])


def remark_read(notification: Notification, context: NotificationContext) -> Message:
    """To its author."""
    remark = _remark(context)
    if context.reader.id != remark.person:
        raise NotificationObsolete("not-theirs")
    by = mention(remark.read_by) if remark.read_by else "A programme owner"
    text = f"{by} has read what you told the programme"
    return message(text, [section(f"*{text}.* Thank you for saying it.")])


def _remark(context: NotificationContext) -> Remark:
    if context.remark is None:
        raise NotificationObsolete("remark-gone")
    return context.remark
