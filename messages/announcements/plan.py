"""The communication plan, as owners see it: each entry with its time, audience and state."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from slack_sdk.models.blocks import Block, ButtonElement, DividerBlock

from mentoring.announcements.announcement import (
    MOST_DIRECT,
    MOST_ENTRIES,
    Announcement,
    AnnouncementAudience,
    AnnouncementState,
    Planned,
    Progress,
    is_missed,
)
from mentoring.core.people import Person
from mentoring.core.programmes import Cohort, Programme
from messages.announcements.texts import title_of
from messages.blocks import actions, button, confirm, modal, section, small_print
from messages.forms import FormMetadata
from messages.ids import (
    ADD_ANNOUNCEMENT,
    ANNOUNCEMENTS_VIEW,
    APPROVE_ANNOUNCEMENT,
    CHANGE_ANNOUNCEMENT,
    COMMAND,
    LEAVE_OUT_ANNOUNCEMENT,
    LET_REST,
    PREVIEW_ANNOUNCEMENT,
    PUT_BACK_ANNOUNCEMENT,
    SEND_AGAIN,
    STOP_ANNOUNCEMENT,
)
from messages.payloads import limits
from messages.text import escape, join, mention, plural
from messages.times import when
from messages.voice import Voice

TITLE: Final = "Communication plan"


@dataclass(frozen=True)
class Unsettled:
    """A post in a channel that did not arrive, or may not have: the notification's id, and why (a code)."""

    channel: str
    notification_id: str
    why: str
    is_unsure: bool = False


@dataclass(frozen=True)
class ShownPlan:
    """The entries, and by the id of those on their way or sent, how far they have got and which posts are unsettled."""

    entries: Sequence[Planned]
    progress: Mapping[str, Progress] = field(default_factory=dict)
    unsettled: Mapping[str, Sequence[Unsettled]] = field(default_factory=dict)


def plan_view(plan: ShownPlan, programme: Programme, cohort: Cohort, reader: Person, now: datetime) -> dict[str, Any]:
    """The plan for an owner at `now` (calendar, aware). Its metadata is about the cohort."""
    words = (
        f"*What people hear of {Voice(programme).name}, and when.* The dates follow those of the round until you "
        "change them. Nothing goes out before an owner approves it. Only owners see this page."
    )
    blocks: list[Block] = [section(words)]
    shown = [each for each in plan.entries if each.cohort.id == cohort.id or not is_missed(each, now)]
    blocks += _fitting([_entry(each, plan, programme, reader, now) for each in shown])
    blocks.append(DividerBlock())
    if sum(each.cohort.id == cohort.id for each in plan.entries) < MOST_ENTRIES:
        blocks.append(actions(button("Add an announcement", ADD_ANNOUNCEMENT)))
    blocks.append(
        small_print(
            f"Channels come first: each person gets at most {MOST_DIRECT} direct messages of a round from here. To see "
            f"the plan again, type `{COMMAND} announcements`."
        )
    )
    meta = FormMetadata(form=ANNOUNCEMENTS_VIEW, about=cohort.id).dump()
    return modal(ANNOUNCEMENTS_VIEW, TITLE, blocks, private_metadata=meta)


_ROOM: Final = limits.VIEW_BLOCKS - 6
"""Blocks for the entries. The others are around them, and one is for the programme's name."""


def _fitting(entries: Sequence[list[Block]]) -> list[Block]:
    """The blocks of the entries, with a line between them if there is room.

    If very many posts have not arrived, some are left out, and come once an owner has settled the others.
    """
    if sum(len(each) + 1 for each in entries) <= _ROOM:
        return [block for each in entries for block in (DividerBlock(), *each)]
    spare = _ROOM - 2 * len(entries)
    blocks: list[Block] = []
    for lead, *unsettled, does in entries:
        kept = unsettled[: max(0, spare - spare % 2)]
        spare -= len(kept)
        blocks += [lead, *kept, does]
    return blocks[:_ROOM]


def _entry(entry: Planned, plan: ShownPlan, programme: Programme, reader: Person, now: datetime) -> list[Block]:
    announcement = entry.announcement
    progress = plan.progress.get(announcement.id, Progress())
    unsettled = plan.unsettled.get(announcement.id, ())
    mark = "✓ " if announcement.state is AnnouncementState.SENT and not unsettled else ""
    lines = [f"{mark}*{escape(title_of(announcement))}*", _to_whom(announcement, programme)]
    lines.append(_stands(entry, progress, reader, now))
    blocks: list[Block] = [section("\n".join(filter(None, lines)))]
    for each in unsettled:
        blocks += unsettled_blocks(each)
    blocks.append(actions(*_buttons(entry, programme, reader, now)))
    return blocks


def channel_mention(channel: str) -> str:
    """`<#C…>`, which Slack shows as the channel's name to those who may see it."""
    return f"<#{channel}>"


def audience_words(audience: AnnouncementAudience, programme: Programme) -> str:
    """Who gets a direct message, in the middle of a sentence."""
    voice = Voice(programme)
    return {
        AnnouncementAudience.CHANNELS: "channels",
        AnnouncementAudience.MENTEES: f"all {voice.mentees} of the round",
        AnnouncementAudience.MENTORS: f"all {voice.mentors} of the round",
        AnnouncementAudience.EVERYONE: "everyone in the round",
    }[audience]


def _to_whom(announcement: Announcement, programme: Programme) -> str:
    if announcement.audience.is_direct:
        return f"A direct message to {audience_words(announcement.audience, programme)}"
    if not announcement.channels:
        return "A post in channels"
    posts = f"A post in {join([channel_mention(each) for each in announcement.channels])}"
    return f"{posts}, with two buttons to apply" if announcement.has_buttons else posts


def _stands(entry: Planned, progress: Progress, reader: Person, now: datetime) -> str:
    announcement, at = entry.announcement, when(entry.due, reader)
    match announcement.state:
        case AnnouncementState.PLANNED if entry.is_too_late_at(now):
            return "Too late for this round: applications have closed."
        case AnnouncementState.PLANNED if entry.due <= now:
            return f"{_waits(announcement)} It was planned for {at}. Once approved, it goes out in working hours."
        case AnnouncementState.PLANNED:
            return f"{_waits(announcement)} {at}"
        case AnnouncementState.APPROVED:
            by = f" by {mention(announcement.approved_by)}" if announcement.approved_by else ""
            return f"Approved{by}. {at}"
        case AnnouncementState.LEFT_OUT:
            return "Left out"
        case _:
            return progress_words(announcement, progress)


def _waits(announcement: Announcement) -> str:
    """For what it waits, in mrkdwn."""
    if announcement.lacks_text:
        return "*Waits for your words.* Press Change to write them."
    if not announcement.audience.is_direct and not announcement.channels:
        return "*Waits for its channels.* Press Change to choose them."
    return "*Waits for approval.*"


def progress_words(announcement: Announcement, progress: Progress) -> str:
    """How far it has got, in mrkdwn."""
    if not announcement.audience.is_direct:
        return _posted(announcement, progress)
    sent = f"{progress.sent:,} of {progress.total:,} sent"
    match announcement.state:
        case AnnouncementState.SENDING:
            first = f"*On its way: {sent}.*"
            first += " The others follow in each person’s working hours." if progress.waiting else ""
        case AnnouncementState.STOPPED:
            first = f"*Stopped: {sent}.* No one else gets it."
        case _:
            first = f"Sent to {plural(progress.sent, 'person', 'people')}."
    others = []
    if progress.failed or progress.unsure:
        others.append(f"{progress.failed + progress.unsure:,} may not have arrived. My report about it says why.")
    if progress.dropped and announcement.state is not AnnouncementState.STOPPED:
        others.append(
            f"{plural(progress.dropped, 'person is', 'people are')} away by now, or would have got it too late."
        )
    if progress.limited:
        has = plural(progress.limited, "person had", "people had")
        others.append(f"{has} {MOST_DIRECT} messages of this round before, so they get none.")
    return " ".join([first, *others])


def _posted(announcement: Announcement, progress: Progress) -> str:
    posted = f"Posted in {progress.sent:,} of {plural(progress.total, 'channel', 'channels')}."
    if announcement.state is AnnouncementState.STOPPED:
        return f"*Stopped.* {posted}"
    if progress.sent == progress.total:
        return "Posted."
    return f"*On its way.* {posted}" if announcement.state is AnnouncementState.SENDING else posted


def _buttons(entry: Planned, programme: Programme, reader: Person, now: datetime) -> list[ButtonElement]:
    announcement = entry.announcement
    title, id = title_of(announcement), announcement.id
    preview = button("Preview", PREVIEW_ANNOUNCEMENT, id, accessibility_label=f"Preview: {title}")
    change = button("Change", CHANGE_ANNOUNCEMENT, id, accessibility_label=f"Change: {title}")
    out = button("Leave out", LEAVE_OUT_ANNOUNCEMENT, id, accessibility_label=f"Leave out: {title}")
    match announcement.state:
        case AnnouncementState.PLANNED:
            found = [preview, change, out]
            return [_approve_button(entry, programme, reader, now), *found] if _can_approve(entry, now) else found
        case AnnouncementState.APPROVED:
            return [preview, change, out]
        case AnnouncementState.SENDING:
            return [stop_button(announcement), preview]
        case AnnouncementState.LEFT_OUT:
            return [button("Put back", PUT_BACK_ANNOUNCEMENT, id, accessibility_label=f"Put back: {title}")]
        case _:
            return [preview]


def _can_approve(entry: Planned, now: datetime) -> bool:
    announcement = entry.announcement
    has_channels = announcement.audience.is_direct or bool(announcement.channels)
    return has_channels and not announcement.lacks_text and not entry.is_too_late_at(now)


def _approve_button(entry: Planned, programme: Programme, reader: Person, now: datetime) -> ButtonElement:
    announcement = entry.announcement
    to = (
        f"to {audience_words(announcement.audience, programme)}"
        if announcement.audience.is_direct
        else f"in {plural(len(announcement.channels), 'channel', 'channels')}"
    )
    at = "in the next working hours" if entry.due <= now else f"on {when(entry.due, reader)}"
    return button(
        "Approve",
        APPROVE_ANNOUNCEMENT,
        f"{announcement.id}:{announcement.version}",
        style="primary",
        confirm=confirm(
            "Approve this announcement?", f"It goes out {at}, {to}. You can stop it.", yes="Approve", no="Go back"
        ),
        accessibility_label=f"Approve: {title_of(announcement)}",
    )


def stop_button(announcement: Announcement) -> ButtonElement:
    """Stops it at once: nothing is asked first, since every second counts."""
    label = f"Stop: {title_of(announcement)}"
    return button("Stop", STOP_ANNOUNCEMENT, announcement.id, style="danger", accessibility_label=label)


_NOT_IN = "I’m not in this channel, or it was deleted. Type `/invite` and my name there, then post it again."
_RESTRICTED = "A setting of your workspace doesn’t let this app post there. Ask your Slack admin."
_WHY: Final = {
    "not_in_channel": _NOT_IN,
    "channel_not_found": _NOT_IN,
    "is_archived": "This channel is archived. Choose another one with a new announcement.",
    "restricted_action": _RESTRICTED,
    "restricted_action_non_threadable_channel": _RESTRICTED,
    "restricted_action_read_only_channel": _RESTRICTED,
    "restricted_action_thread_only_channel": _RESTRICTED,
}


def why_not_posted(why: str, *, is_unsure: bool) -> str:
    """What happened to a post, and what to do, as sentences in mrkdwn."""
    if is_unsure:
        return (
            "Slack didn’t answer, so I don’t know if it’s there. Look in the channel. I never post it again by myself."
        )
    return _WHY.get(why, f"Slack refused it (`{escape(why)}`). Try again, or ask the app admin.")


def unsettled_blocks(unsettled: Unsettled) -> list[Block]:
    """What became of one post, with the press that settles it."""
    channel, id = channel_mention(unsettled.channel), unsettled.notification_id
    rest = "It’s there" if unsettled.is_unsure else "Don’t post it"
    lead = "Perhaps not posted" if unsettled.is_unsure else "Not posted"
    return [
        section(f"⚠ *{lead} in {channel}.* {why_not_posted(unsettled.why, is_unsure=unsettled.is_unsure)}"),
        actions(
            button("Post it again", SEND_AGAIN, id, accessibility_label=f"Post message {id} again"),
            button(rest, LET_REST, id, accessibility_label=f"{rest}: message {id}"),
        ),
    ]
