"""The sandbox itself: a local Slack workspace on one loopback port, in a thread of its own."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from aiohttp import web

from sandbox.actions.context import ActionContext, NotVisibleError
from sandbox.app import InstalledApp
from sandbox.clocks import Calendar, monotonic
from sandbox.delivery.events import Events
from sandbox.delivery.socket_mode import SocketMode
from sandbox.delivery.transport import AppTransport, DeliverInProcess
from sandbox.disruptions import Disruptions
from sandbox.members import Member
from sandbox.page.routes import PageParts, page_app
from sandbox.persistence.state import WorkspaceFile
from sandbox.person import Person
from sandbox.server_thread import ServerThread
from sandbox.stories import Stories, Story
from sandbox.tours import TourRunner, TourStep
from sandbox.traffic import Call, RecordedDelivery, TrafficLog
from sandbox.web_api import MethodContext
from sandbox.web_api.calls import ApiResponse, MethodCalls
from sandbox.web_api.faults import Faults
from sandbox.web_api.http import WebApiEndpoint
from sandbox.web_api.response_urls import ResponseUrlEndpoint
from sandbox.workspace.conversations import ConversationKind
from sandbox.workspace.fast_forward import FastForward
from sandbox.workspace.timeline import AppTimeline, TimelineStep
from sandbox.workspace.workspace import Workspace


class Sandbox(Disruptions):
    """A workspace with one app installed from `manifest` and with `members` in it.

    The app is reached through `deliver` (in process), else an open Socket Mode connection, else `request_url`.
    `rate_limits` are Slack's; they and short-lived permissions follow `stopwatch` (seconds, never back). With
    `own_messages` the app's own posts come back to it as events, as Slack sends them. `moments` say what the app does
    by itself as time goes by; with them the calendar can be moved on the page too. Use it as a context manager, or
    call `start` and `stop`.

    With a `state` path the workspace is kept in that file, and is as it was when it is made again: its people, its
    messages, its tokens and the calendar's moment, whatever `members` and `calendar` say. Raises StateUnusableError for
    a file that cannot be used. `stories` are those that the page offers, `story` is the key of the one that is on, and
    `begin` is called with the key of one that somebody wants begun in its place.
    """

    def __init__(
        self,
        manifest: Mapping[str, Any],
        members: Sequence[Member],
        *,
        calendar: Calendar | None = None,
        stopwatch: Callable[[], float] = monotonic,
        port: int = 0,
        team_name: str = "Local workspace",
        request_url: str | None = None,
        deliver: DeliverInProcess | None = None,
        rate_limits: bool = True,
        own_messages: bool = True,
        timeline: AppTimeline | None = None,
        workspace_file: Path | None = None,
        stories: Sequence[Story["Sandbox"]] = (),
        story: str = "",
        start_story: Callable[[str], None] | None = None,
    ) -> None:
        self.app = InstalledApp(manifest)
        self._file = WorkspaceFile(workspace_file) if workspace_file else None
        kept = self._file.saved_time if self._file else None
        self.calendar = Calendar(kept) if kept else calendar or Calendar()
        self.workspace = Workspace(
            self.app,
            members,
            self.calendar,
            stopwatch=stopwatch,
            name=team_name,
            rate_limits=rate_limits,
            own_messages=own_messages,
        )
        if self._file:
            self._file.attach(self.workspace)
        self._stories = Stories["Sandbox"](self.workspace, stories, story, start_story, self._file)
        self.faults = Faults()
        self.faults.listener = self._publish_connection
        self.traffic = TrafficLog(self.calendar)
        self._sockets = SocketMode(self.app.id, lambda: self.workspace.changes.publish(None, "connection"))
        context = MethodContext(self.workspace, lambda: self._sockets.issue_url(self.url))
        self._method_calls = MethodCalls(context, self.traffic.record_call)
        self._transport = AppTransport(self.app, self._sockets, deliver=deliver, request_url=request_url)
        self._events = Events(self.workspace, self._transport, self._record_delivery)
        self._context = ActionContext(self.workspace, self._transport, self._record_delivery)
        self._fast_forward = FastForward(self.workspace, timeline)
        self._tour = TourRunner(self.workspace, self._fast_forward)
        self.workspace.send_event = self._events.emit
        self._server_thread = ServerThread(self._web_app, port, self._set_url, self._close_sockets)

    def __enter__(self) -> "Sandbox":
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """Where the page is: "http://127.0.0.1:PORT"."""
        return self.workspace.url

    @property
    def api_url(self) -> str:
        """What a Slack client takes as its base URL."""
        return f"{self.url}/api/"

    @property
    def team_id(self) -> str:
        return self.workspace.team_id

    @property
    def app_id(self) -> str:
        return self.app.id

    @property
    def bot_user_id(self) -> str:
        return self.app.bot_user_id

    @property
    def bot_token(self) -> str:
        return self.app.bot_token

    @property
    def app_token(self) -> str:
        return self.app.app_token

    @property
    def signing_secret(self) -> str:
        return self.app.signing_secret

    @property
    def calls(self) -> list[Call]:
        """Every Web API call so far, and every post to a response URL (as the method "respond")."""
        return self.traffic.calls

    @property
    def deliveries(self) -> list[RecordedDelivery]:
        """Everything sent to the app so far, redeliveries included, with its answer."""
        return self.traffic.deliveries

    @property
    def connections(self) -> int:
        """Open Socket Mode connections."""
        return self._sockets.count

    def call(self, method: str, args: Mapping[str, Any], token: str) -> ApiResponse:
        """Perform a Web API method at once, in process; it need not be started for that. Ordered faults and delays are
        for calls over HTTP.
        """
        return self._method_calls.perform(method, args, token)

    def person(self, user: str) -> Person:
        """The member's client. Raises NotThereError for a bot or someone unknown; a deactivated one can only look."""
        member = self.workspace.members.get(user)
        if member is None or member.is_bot:
            raise NotVisibleError(f"There is no person {user}.")
        return Person(self._context, user)

    @property
    def story(self) -> str:
        """The key of the story that is on, or empty."""
        return self._stories.current.key if self._stories.current else ""

    @property
    def is_restored(self) -> bool:
        """Whether it was there before, and is as it was left."""
        return bool(self._file and not self._file.is_new)

    @property
    def is_played(self) -> bool:
        """Whether the story that is on was played to its end, now or before the workspace was kept."""
        return self._stories.is_played

    def playing(self) -> AbstractContextManager[None]:
        """Meanwhile what is on is played, in a thread of its own, if it was not yet; leaving breaks it off."""
        return self._stories.playing(self)

    def add_member(self, member: Member) -> None:
        """A person joins; sends `team_join` if the manifest subscribes to it."""
        self.workspace.add_member(member)

    def change_member(self, user: str, **changes: Any) -> None:
        """Change fields of a member; sends `user_change` if the manifest subscribes to it."""
        self.workspace.change_member(user, **changes)

    def add_channel(
        self, name: str, members: Sequence[str], *, is_private: bool = False, with_bot: bool = False
    ) -> str:
        """Open a channel; its id."""
        people = (*members, self.bot_user_id) if with_bot else tuple(members)
        kind: ConversationKind = "group" if is_private else "channel"
        with self.workspace.lock:
            return self.workspace.open_conversation(kind, people, name).id

    def wait_connected(self, timeout: float = 10.0) -> None:
        """Wait for an open Socket Mode connection. Raises TimeoutError."""
        deadline = monotonic() + timeout
        with self.workspace.changed:
            while not self.connections:
                left = deadline - monotonic()
                if left <= 0:
                    raise TimeoutError(f"No Socket Mode connection within {timeout} seconds.")
                self.workspace.changed.wait(left)

    @property
    def timeline(self) -> AppTimeline | None:
        """What the app does by itself as time goes by."""
        return self._fast_forward.timeline

    @timeline.setter
    def timeline(self, moments: AppTimeline | None) -> None:
        self._fast_forward.timeline = moments

    @property
    def is_moving(self) -> bool:
        """Whether the calendar is on its way somewhere."""
        return self._fast_forward.is_running

    def run_until(self, moment: datetime) -> list[TimelineStep]:
        """Move the calendar to `moment` (aware), stopping wherever the app has something to do; says what happened.

        The calendar stands still between the stops, and rate limits are off. Raises RuntimeError without `moments` and
        AlreadyLivingError while the calendar is on its way; what the app raises comes through.
        """
        return self._fast_forward.run_until(moment)

    def stop_calendar(self) -> None:
        """End the calendar's way after the moment it is at. Harmless where it is on none."""
        self._fast_forward.stop()

    @property
    def tour(self) -> Sequence[TourStep]:
        """What the page takes a newcomer through, step by step; empty at first."""
        return self._tour.steps

    @tour.setter
    def tour(self, steps: Sequence[TourStep]) -> None:
        self._tour.steps = tuple(steps)

    def start(self) -> None:
        """Serve until stopped. Raises OSError when the port is taken."""
        if self._file:
            self._file.start()
        self._server_thread.start()

    def stop(self) -> None:
        """Drop what waits, finish what is under way, close every socket and join the thread. Harmless twice."""
        self._tour.stop()
        self._fast_forward.stop()
        self._events.stop()
        self._transport.stop()
        self._server_thread.stop()
        if self._file:
            self._file.stop()

    def _web_app(self) -> web.Application:
        parts = PageParts(self, self._context, self.traffic, self._fast_forward, self._tour, self._stories)
        app = page_app(parts, lambda: self._transport.is_available)
        app.router.add_route("*", "/api/{method}", WebApiEndpoint(self._method_calls, self.faults).handle)
        app.router.add_post(
            "/respond/{secret}", ResponseUrlEndpoint(self.workspace, self.faults, self.traffic.record_call).handle
        )
        app.router.add_get("/link/", self._sockets.connect)
        return app

    async def _close_sockets(self) -> None:
        await self._sockets.disconnect("", close=True)

    def _set_url(self, host: str, port: int) -> None:
        self.workspace.url = f"http://{host}:{port}"

    def _record_delivery(self, delivery: RecordedDelivery) -> None:
        self.traffic.record_delivery(delivery)
        with self.workspace.lock:
            self.workspace.changed.notify_all()
