"""The workspace: members, conversations and views, guarded by one lock."""

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import Any

from sandbox.app import InstalledApp
from sandbox.clocks import Calendar
from sandbox.errors import MissingScopeError, SlackError
from sandbox.members import Member, ProfileField, field_values, profile_object, user_object
from sandbox.traffic import RecordedDelivery
from sandbox.types import JSON
from sandbox.workspace.change_listener import ChangeFeed, ChangeListener
from sandbox.workspace.conversations import Conversation, ConversationKind, Conversations
from sandbox.workspace.files import SharedFile, Uploads
from sandbox.workspace.ids import Ids
from sandbox.workspace.rate_limits import RateLimits
from sandbox.workspace.triggers import ResponseUrls, Triggers
from sandbox.workspace.views import View, Views


@dataclass(frozen=True)
class Post:
    """A message of the app: conversation, timestamp, and the ids of its readers."""

    channel: str
    ts: str
    people: tuple[str, ...]


class Workspace:
    """One team with one app installed.

    Callers hold `lock` to read or change it. `changed` is a condition on that lock, notified on every change. Events
    leave through `send_event` (set by the server), which queues an event and returns the future delivery.
    """

    def __init__(
        self,
        app: InstalledApp,
        members: Sequence[Member],
        calendar: Calendar,
        *,
        stopwatch: Callable[[], float],
        name: str,
        rate_limits: bool,
        own_messages: bool,
        team_id: str = "T0LOCAL",
    ) -> None:
        self.app = app
        self.team_id = team_id
        self.name = name
        self.domain = "local-workspace"
        self.url = ""
        self.calendar = calendar
        self.lock = threading.RLock()
        self.changed = threading.Condition(self.lock)
        self.changes = ChangeFeed(self.changed)
        self.ids = Ids(calendar)
        self.conversations = Conversations()
        self.files: dict[str, SharedFile] = {}
        self.uploads = Uploads()
        self.views = Views(self.ids)
        self.triggers = Triggers(stopwatch)
        self.response_urls = ResponseUrls(stopwatch)
        self.rate_limits = RateLimits(enabled=rate_limits, clock=stopwatch)
        self.send_event: Callable[[str, JSON], Future[RecordedDelivery] | None] = lambda subscription, event: None
        self.change_listener = ChangeListener()
        self.echoes_own_messages = own_messages
        self.used_scopes: list[str] = []
        """The scopes used by the current call."""
        self.profile_fields: Sequence[ProfileField] = ()
        """The custom fields that profiles have."""
        self._serial = 0
        self.posted: list[Post] = []
        """The app's posts in order, without ephemeral ones."""
        bot = Member(app.bot_user_id, _handle(app.bot_name), app.bot_name, app.bot_name, "Etc/UTC", is_bot=True)
        self.members = {member.id: member for member in (bot, *members)}

    def next_serial(self) -> int:
        """The next message number."""
        self._serial += 1
        return self._serial

    @property
    def last_serial(self) -> int:
        return self._serial

    def counters(self) -> JSON:
        """The time on the calendar and the counters, for `restore_counters`."""
        issued, last = self.ids.state
        now = self.calendar.now().isoformat()
        return {"now": now, "given": issued, "last": last, "serial": self._serial}

    def restore_counters(self, clock: Mapping[str, Any], *, leap: int) -> None:
        """Continue from saved counters, skipping `leap` ids."""
        self.ids.state = clock["given"] + leap, clock["last"]
        self._serial = clock["serial"]

    def member(self, user: str) -> Member:
        """The member with that id. Raises SlackError `user_not_found`."""
        member = self.members.get(user)
        if member is None:
            raise SlackError("user_not_found")
        return member

    def is_external(self, member: Member) -> bool:
        """Whether the member belongs to another workspace and is here through a shared channel."""
        return member.team_id not in (None, self.team_id)

    def user_payload(self, member: Member) -> JSON:
        """The user object that the app's token may see."""
        return user_object(
            member,
            home_team=self.team_id,
            now=self.calendar.now(),
            with_email=self._shows_address(member),
            is_stranger=not self.conversations.share_channel(member.id, self.app.bot_user_id),
            bot=self._ids_as_bot(member),
        )

    def profile_payload(self, member: Member) -> JSON:
        """The profile that the app's token may see, with the values of custom fields."""
        team, with_email = member.team_id or self.team_id, self._shows_address(member)
        with_email = with_email and team == self.team_id
        profile = profile_object(member, team, with_email, self._ids_as_bot(member))
        return profile | {"fields": field_values(member)}

    def _shows_address(self, member: Member) -> bool:
        with_email = "users:read.email" in self.app.scopes
        if with_email and member.email:
            self.used_scopes.append("users:read.email")
        return with_email

    def _ids_as_bot(self, member: Member) -> dict[str, str]:
        is_ours = member.id == self.app.bot_user_id
        return {"bot_id": self.app.bot_id, "api_app_id": self.app.id} if is_ours else {"bot_id": f"B{member.id[1:]}"}

    def view_payload(self, view: View, *, with_state: bool = True) -> JSON:
        """The view object of responses (`with_state` False) and payloads."""
        return view.payload(team_id=self.team_id, app_id=self.app.id, bot_id=self.app.bot_id, with_state=with_state)

    def require_scope(self, scope: str) -> None:
        """Raises MissingScopeError when the bot token lacks `scope`."""
        if scope not in self.app.scopes:
            raise MissingScopeError(scope, self.app.scopes)
        self.used_scopes.append(scope)

    def conversation(self, channel: str) -> Conversation:
        """A conversation that the bot can see. Raises SlackError `channel_not_found`."""
        found = self.conversations.get(channel)
        visible = found is not None and (found.kind == "channel" or self.app.bot_user_id in found.members)
        if found is None or not visible:
            raise SlackError("channel_not_found")
        return found

    def direct_message(self, people: Iterable[str]) -> Conversation:
        """The direct or group direct message of these people and the bot, opened if it does not exist."""
        everyone = (self.app.bot_user_id, *dict.fromkeys(people))
        found = self.conversations.direct_between(everyone)
        if found:
            return found
        if len(everyone) == 2:
            return self.open_conversation("im", everyone)
        handles = "--".join(self.members[user].handle for user in everyone)
        return self.open_conversation("mpim", everyone, f"mpdm-{handles}-1")

    def open_conversation(self, kind: ConversationKind, members: Iterable[str], name: str = "") -> Conversation:
        """Open a new conversation."""
        prefix = "D" if kind == "im" else "C"
        created = int(self.calendar.now().timestamp())
        conversation = Conversation(self.ids.next(prefix), kind, tuple(members), created, name)
        self.conversations.add(conversation)
        self.change_listener.conversation_changed(conversation)
        self.changes.publish(conversation.members, "messages")
        return conversation

    def add_member(self, member: Member) -> None:
        """Add a person and send `team_join`."""
        with self.lock:
            self.members[member.id] = member
            self.change_listener.member_changed(member)
            event = {"type": "team_join", "user": self.user_payload(member), **self._event_times()}
        self.changes.publish(None, "members")
        self.send_event("team_join", event)

    def change_member(self, user: str, **changes: Any) -> None:
        """Change a member's data and send `user_change`.

        Slack sends none if only custom fields of the profile have changed
        (https://docs.slack.dev/reference/events/user_change).
        """
        with self.lock:
            self.members[user] = member = replace(self.member(user), **changes)
            self.change_listener.member_changed(member)
            event = {"type": "user_change", "user": self.user_payload(member), **self._event_times()}
        self.changes.publish(None, "members")
        if set(changes) != {"fields"}:
            self.send_event("user_change", event)

    def _event_times(self) -> JSON:
        ts = self.ids.timestamp()
        return {"cache_ts": int(float(ts)), "event_ts": ts}


def _handle(name: str) -> str:
    return "".join(letter if letter.isalnum() else "_" for letter in name.lower())
