"""The sandbox: a local Slack workspace served on a loopback port from a thread."""

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
from sandbox.members import Member, ProfileField
from sandbox.page.routes import PageParts, page_app
from sandbox.persistence.state import WorkspaceFile
from sandbox.person import Person
from sandbox.scenarios import Scenario, ScenarioRunner
from sandbox.server_thread import ServerThread
from sandbox.tours import TourRunner, TourStep
from sandbox.traffic import Call, RecordedDelivery, TrafficLog
from sandbox.web_api import MethodContext
from sandbox.web_api.calls import ApiResponse, MethodCalls
from sandbox.web_api.faults import Faults
from sandbox.web_api.files import FileEndpoint, UploadEndpoint
from sandbox.web_api.http import WebApiEndpoint
from sandbox.web_api.response_urls import ResponseUrlEndpoint
from sandbox.workspace.conversations import ConversationKind
from sandbox.workspace.fast_forward import FastForward
from sandbox.workspace.timeline import AppTimeline, TimelineStep
from sandbox.workspace.workspace import Workspace


class Sandbox(Disruptions):
    """A workspace with `members` and one app installed from `manifest`.

    The app is reached through `deliver` (in process), else an open Socket Mode connection, else `request_url`.
    `rate_limits` turns on Slack's limits. They and the lifetimes of triggers follow `stopwatch` (monotonic seconds).
    With `own_messages`, the app receives its own posts as events, as in Slack. `timeline` is the app's scheduled work;
    with it the page can move the calendar. Use as a context manager, or call `start` and `stop`.

    `profile_fields` are the custom fields that profiles have; a file does not save them, but members' values.
    `workspace_file` saves the workspace. If the file exists, its people, messages, tokens and time are restored, and
    `members` and `calendar` are ignored. Raises StateUnusableError. `scenarios` are offered by the page, `scenario` is
    the key of the current one, and `start_scenario` is called with the key of a scenario to start.
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
        profile_fields: Sequence[ProfileField] = (),
        rate_limits: bool = True,
        own_messages: bool = True,
        timeline: AppTimeline | None = None,
        workspace_file: Path | None = None,
        scenarios: Sequence[Scenario["Sandbox"]] = (),
        scenario: str = "",
        start_scenario: Callable[[str], None] | None = None,
    ) -> None:
        self.app = InstalledApp(manifest)
        self._file = WorkspaceFile(workspace_file) if workspace_file else None
        saved_time = self._file.saved_time if self._file else None
        self.calendar = Calendar(saved_time) if saved_time else calendar or Calendar()
        self.workspace = Workspace(
            self.app,
            members,
            self.calendar,
            stopwatch=stopwatch,
            name=team_name,
            rate_limits=rate_limits,
            own_messages=own_messages,
        )
        self.workspace.profile_fields = tuple(profile_fields)
        if self._file:
            self._file.attach(self.workspace)
        self._scenarios = ScenarioRunner["Sandbox"](self.workspace, scenarios, scenario, start_scenario, self._file)
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
        """The address of the page: "http://127.0.0.1:PORT"."""
        return self.workspace.url

    @property
    def api_url(self) -> str:
        """The base URL for a Slack client."""
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
        """Every Web API call so far, and every post to a response URL (with the method name "respond")."""
        return self.traffic.calls

    @property
    def deliveries(self) -> list[RecordedDelivery]:
        """Every delivery to the app so far, including redeliveries."""
        return self.traffic.deliveries

    @property
    def connections(self) -> int:
        """The number of open Socket Mode connections."""
        return self._sockets.count

    def call(self, method: str, args: Mapping[str, Any], token: str) -> ApiResponse:
        """Call a Web API method in process. Works before `start`; faults and delays do not apply."""
        return self._method_calls.perform(method, args, token)

    def upload(self, url: str, data: bytes) -> None:
        """Send the content of a file in process, as a POST to the URL of files.getUploadURLExternal. Raises
        ConnectionError if Slack would not take it.
        """
        with self.workspace.lock:
            if self.workspace.uploads.receive(url.rpartition("/")[2], data) is None:
                raise ConnectionError("There is no such upload.")

    def person(self, user: str) -> Person:
        """The client of a member. Raises NotVisibleError for a bot or unknown id. A deactivated one can only read."""
        member = self.workspace.members.get(user)
        if member is None or member.is_bot:
            raise NotVisibleError(f"There is no person {user}.")
        return Person(self._context, user)

    @property
    def scenario(self) -> str:
        """The key of the current scenario, or empty."""
        return self._scenarios.current.key if self._scenarios.current else ""

    @property
    def is_restored(self) -> bool:
        """Whether the workspace was restored from its file."""
        return bool(self._file and not self._file.is_new)

    @property
    def is_played(self) -> bool:
        """Whether the current scenario was played to its end, now or before a restart."""
        return self._scenarios.is_played

    def playing(self) -> AbstractContextManager[None]:
        """Play the current scenario in a thread unless it was played before. Leaving the context cancels it."""
        return self._scenarios.playing(self)

    def add_member(self, member: Member) -> None:
        """Add a person; sends `team_join` if the manifest subscribes to it."""
        self.workspace.add_member(member)

    def change_member(self, user: str, **changes: Any) -> None:
        """Change a member's data; sends `user_change` if the manifest subscribes to it, not for custom fields alone."""
        self.workspace.change_member(user, **changes)

    def add_channel(
        self, name: str, members: Sequence[str], *, is_private: bool = False, with_bot: bool = False
    ) -> str:
        """Create a channel and return its id."""
        people = (*members, self.bot_user_id) if with_bot else tuple(members)
        kind: ConversationKind = "group" if is_private else "channel"
        with self.workspace.lock:
            return self.workspace.open_conversation(kind, people, name).id

    def wait_connected(self, timeout: float = 60.0) -> None:
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
        """The app's scheduled work, which moves with the calendar."""
        return self._fast_forward.timeline

    @timeline.setter
    def timeline(self, timeline: AppTimeline | None) -> None:
        self._fast_forward.timeline = timeline

    @property
    def is_moving(self) -> bool:
        """Whether the calendar is being moved."""
        return self._fast_forward.is_running

    def run_until(self, moment: datetime) -> list[TimelineStep]:
        """Move the calendar to `moment` (aware), with a stop wherever the app has work due; returns the stops.

        The calendar is paused between the stops, and rate limits are suspended. Raises RuntimeError without a
        `timeline`, AlreadyMovingError while the calendar is being moved, and whatever the app raises.
        """
        return self._fast_forward.run_until(moment)

    def stop_calendar(self) -> None:
        """Stop moving the calendar, after the current stop. Does nothing if it is not being moved."""
        self._fast_forward.stop()

    @property
    def tour(self) -> Sequence[TourStep]:
        """The steps of the page's guided tour; empty by default."""
        return self._tour.steps

    @tour.setter
    def tour(self, steps: Sequence[TourStep]) -> None:
        self._tour.steps = tuple(steps)

    def start(self) -> None:
        """Start serving. Raises OSError if the port is taken."""
        if self._file:
            self._file.start()
        self._server_thread.start()

    def stop(self) -> None:
        """Drop queued work, finish work in progress, close every socket and join the thread. Can be called twice."""
        self._tour.stop()
        self._fast_forward.stop()
        self._events.stop()
        self._transport.stop()
        self._server_thread.stop()
        if self._file:
            self._file.stop()

    def _web_app(self) -> web.Application:
        parts = PageParts(self, self._context, self.traffic, self._fast_forward, self._tour, self._scenarios)
        app = page_app(parts, lambda: self._transport.is_available)
        app.router.add_route("*", "/api/{method}", WebApiEndpoint(self._method_calls, self.faults).handle)
        app.router.add_post(
            "/respond/{secret}", ResponseUrlEndpoint(self.workspace, self.faults, self.traffic.record_call).handle
        )
        app.router.add_get("/link/", self._sockets.connect)
        app.router.add_post("/upload/v1/{token}", UploadEndpoint(self.workspace).handle)
        app.router.add_get("/files-pri/{file}/download/{name}", FileEndpoint(self.workspace).handle)
        return app

    async def _close_sockets(self) -> None:
        await self._sockets.disconnect("", close=True)

    def _set_url(self, host: str, port: int) -> None:
        self.workspace.url = f"http://{host}:{port}"

    def _record_delivery(self, delivery: RecordedDelivery) -> None:
        self.traffic.record_delivery(delivery)
        with self.workspace.lock:
            self.workspace.changed.notify_all()
