"""Messages to people whose role in a programme has changed, and to those whose application a committee reads now."""

from collections.abc import Mapping

from slack_sdk.models.blocks import Block, ButtonElement

from mentoring.applications.application import ApplicationState
from mentoring.core.outcome import Notification
from mentoring.core.programmes import Programme
from mentoring.core.roles import ProgrammeRole
from mentoring.notifications.context import NotificationContext
from messages.blocks import actions, button, people, section, small_print
from messages.ids import COMMAND, OPEN_ALL_PARTNERSHIPS, OPEN_PARTNERSHIPS, OPEN_PEOPLE, OPEN_REVIEW, OPEN_STATUS
from messages.notifications.preconditions import NotificationObsolete
from messages.payloads import Message, message
from messages.programmes.facilitators import facilitators_line
from messages.roles import COMMITTEE_DOES, FACILITATOR_DOES, SPONSOR_DOES, capacity
from messages.text import mention
from messages.voice import Voice

MOST_NAMED = 8


def roles_changed(notification: Notification, context: NotificationContext) -> Message:
    """What the reader may do now, and what they may not do any more, if it is still so."""
    given = [role for role in _roles(notification, "given") if role in context.roles]
    taken = [role for role in _roles(notification, "taken") if role not in context.roles]
    if context.is_owner or not (given or taken):
        raise NotificationObsolete("roles-changed-since")
    name, by = Voice(context.programme).name, notification.refs.get("by", "")
    who = "You" if by == context.reader.id else mention(by)
    text = f"You’re {capacity(given[0])} of {name}" if given else f"You’re no longer {capacity(taken[0])} of {name}"
    said = [f"*{text}.* {who} {'named you' if given and who != 'You' else 'changed this'}."]
    said += [f"You’re also {capacity(role)}." for role in given[1:]]
    said += [f"You’re no longer {capacity(role)}." for role in (taken if given else taken[1:])]
    if not context.is_approver and not {ProgrammeRole.OWNER, ProgrammeRole.COMMITTEE}.isdisjoint(taken):
        said.append("You can’t see its applications and matches any more.")
    if ProgrammeRole.FACILITATOR in taken:
        said.append(f"You can’t see the list of its {Voice(context.programme).partnerships} any more.")
    blocks: list[Block] = [section(" ".join(said))]
    blocks += [section(_DOES[role]) for role in given]
    if buttons := [each for role in given for each in _buttons(role, context.programme)]:
        blocks.append(actions(*buttons))
    blocks.append(small_print(f"Questions? Ask {Voice(context.programme).contact}."))
    return message(text, blocks)


def _roles(notification: Notification, ref: str) -> list[ProgrammeRole]:
    named = notification.refs.get(ref, "").split(",")
    return [role for role in ProgrammeRole if role in named]


_DOES: Mapping[ProgrammeRole, str] = {
    ProgrammeRole.COMMITTEE: f"{COMMITTEE_DOES} Applications are confidential: each one you view is recorded. I’ll "
    "write to you when proposals need your approval.",
    ProgrammeRole.SPONSOR: f"{SPONSOR_DOES} To see them at any time, type `{COMMAND} status`.",
    ProgrammeRole.FACILITATOR: f"{FACILITATOR_DOES} To see this at any time, type `{COMMAND} partnerships`.",
}


def _buttons(role: ProgrammeRole, programme: Programme) -> list[ButtonElement]:
    if role is ProgrammeRole.FACILITATOR:
        return [button(f"See {Voice(programme, marked=False).partnerships}", OPEN_ALL_PARTNERSHIPS, style="primary")]
    if role is ProgrammeRole.COMMITTEE:
        return [button("Open matches", OPEN_REVIEW, style="primary"), button("See all people", OPEN_PEOPLE)]
    return [button("See the figures", OPEN_STATUS)]


def committee_named(notification: Notification, context: NotificationContext) -> Message:
    """To a person whose application was for the owners only so far."""
    text, words = _committee(context)
    contact = Voice(context.programme).contact
    choice = f"If you’d rather not, you can withdraw. Questions? Ask {contact}."
    if _partners(context):
        choice = f"Not happy with this? Ask {contact}."
    see = button("See your application", OPEN_STATUS)
    return message(text, [section(f"*{text}.* {words}"), actions(see), small_print(choice)])


def committee_named_line(notification: Notification, context: NotificationContext) -> str:
    return ". ".join(_committee(context))


def _partners(context: NotificationContext) -> bool:
    return any(partnership.is_active for partnership in context.own_partnerships)


def _committee(context: NotificationContext) -> tuple[str, str]:
    if context.is_approver or not context.committee:
        raise NotificationObsolete("no-committee")
    partners = _partners(context)
    if not partners and not any(sent.state is not ApplicationState.WITHDRAWN for sent in context.applications.values()):
        raise NotificationObsolete("nothing-to-read")
    met = " They also see how often you’ve met your partner, and never your notes." if partners else ""
    named = people(context.committee, MOST_NAMED)
    words = f"{named} will decide the matches with the programme owners. They can read your application too now.{met}"
    return f"{Voice(context.programme).name} has a committee now", words


def facilitators_named(notification: Notification, context: NotificationContext) -> Message:
    """To a person in a partnership, of which only owners and the committee have seen how often the two met so far."""
    text, words = _facilitators(context)
    see = button(f"See your {Voice(context.programme, marked=False).partnerships}", OPEN_PARTNERSHIPS)
    choice = small_print(f"Not happy with this? Ask {Voice(context.programme).contact}.")
    return message(text, [section(f"*{text}.* {words}"), actions(see), choice])


def facilitators_named_line(notification: Notification, context: NotificationContext) -> str:
    return ". ".join(_facilitators(context))


def _facilitators(context: NotificationContext) -> tuple[str, str]:
    others = [each for each in context.present_facilitators if each != context.reader.id]
    if context.is_owner or context.reader.id in context.facilitators or not others:
        raise NotificationObsolete("no-facilitators")
    if not _partners(context):
        raise NotificationObsolete("nothing-to-read")
    words = f"{facilitators_line(others)} They also see how often you’ve met your partner, and never your notes."
    return f"{Voice(context.programme).name} has facilitators now", words
