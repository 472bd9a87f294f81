"""The sandbox itself: a local Slack workspace on one loopback port, in a thread of its own."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from aiohttp import web

from sandbox.actions.context import Desk, NotThereError
from sandbox.app import InstalledApp
from sandbox.clocks import Calendar, monotonic
from sandbox.delivery.events import Events
from sandbox.delivery.socket_mode import SocketMode
from sandbox.delivery.transport import Deliver, Inbound
from sandbox.disruptions import Mishaps
from sandbox.members import Member
from sandbox.page.routes import Parts, page
from sandbox.persistence.state import State
from sandbox.person import Person
from sandbox.records import Call, Delivery
from sandbox.server_thread import Serving
from sandbox.stories import Stories, Story
from sandbox.touring import Touring
from sandbox.tours import Step
from sandbox.traffic import Wire
from sandbox.web_api import Context
from sandbox.web_api.calls import Answered, Calls
from sandbox.web_api.faults import Faults
from sandbox.web_api.http import WebApi
from sandbox.web_api.response_urls import Responses
from sandbox.workspace.conversations import Kind
from sandbox.workspace.fast_forward import Living
from sandbox.workspace.timeline import Moments, Passed
from sandbox.workspace.workspace import Workspace


class Sandbox(Mishaps):
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
        deliver: Deliver | None = None,
        rate_limits: bool = True,
        own_messages: bool = True,
        moments: Moments | None = None,
        state: Path | None = None,
        stories: Sequence[Story] = (),
        story: str = "",
        begin: Callable[[str], None] | None = None,
    ) -> None:
        self.app = InstalledApp(manifest)
        self._state = State(state) if state else None
        kept = self._state.now if self._state else None
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
        if self._state:
            self._state.attach(self.workspace)
        self._stories = Stories(self.workspace, stories, story, begin, self._state)
        self.faults = Faults()
        self.faults.listener = self._tell_of_faults
        self.wire = Wire(self.calendar)
        self._sockets = SocketMode(self.app.id, lambda: self.workspace.tell(None, "connection"))
        context = Context(self.workspace, lambda: self._sockets.issue_url(self.url))
        self._web_api = Calls(context, self.wire.note_call)
        self._inbound = Inbound(self.app, self._sockets, deliver=deliver, request_url=request_url)
        self._events = Events(self.workspace, self._inbound, self._note_delivery)
        self._desk = Desk(self.workspace, self._inbound, self._note_delivery)
        self._living = Living(self.workspace, moments)
        self._touring = Touring(self.workspace, self._living)
        self.workspace.outlet = self._events.emit
        self._serving = Serving(self._web_app, port, self._take_address, self._close_sockets)

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
        return self.wire.calls

    @property
    def deliveries(self) -> list[Delivery]:
        """Everything sent to the app so far, redeliveries included, with its answer."""
        return self.wire.deliveries

    @property
    def connections(self) -> int:
        """Open Socket Mode connections."""
        return self._sockets.count

    def call(self, method: str, args: Mapping[str, Any], token: str) -> Answered:
        """Perform a Web API method at once, in process; it need not be started for that. Ordered faults and delays are
        for calls over HTTP.
        """
        return self._web_api.perform(method, args, token)

    def person(self, user: str) -> Person:
        """The member's client. Raises NotThereError for a bot or someone unknown; a deactivated one can only look."""
        member = self.workspace.members.get(user)
        if member is None or member.is_bot:
            raise NotThereError(f"There is no person {user}.")
        return Person(self._desk, user)

    @property
    def story(self) -> str:
        """The key of the story that is on, or empty."""
        return self._stories.on.key if self._stories.on else ""

    @property
    def is_kept(self) -> bool:
        """Whether it was there before, and is as it was left."""
        return bool(self._state and not self._state.is_new)

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
        kind: Kind = "group" if is_private else "channel"
        with self.workspace.lock:
            return self.workspace.open(kind, people, name).id

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
    def moments(self) -> Moments | None:
        """What the app does by itself as time goes by."""
        return self._living.moments

    @moments.setter
    def moments(self, moments: Moments | None) -> None:
        self._living.moments = moments

    @property
    def is_living(self) -> bool:
        """Whether the calendar is on its way somewhere."""
        return self._living.is_living

    def live_until(self, moment: datetime) -> list[Passed]:
        """Move the calendar to `moment` (aware), stopping wherever the app has something to do; says what happened.

        The calendar stands still between the stops, and rate limits are off. Raises RuntimeError without `moments` and
        AlreadyLivingError while the calendar is on its way; what the app raises comes through.
        """
        return self._living.live_until(moment)

    def stand_still(self) -> None:
        """End the calendar's way after the moment it is at. Harmless where it is on none."""
        self._living.stop()

    @property
    def tour(self) -> Sequence[Step]:
        """What the page takes a newcomer through, step by step; empty at first."""
        return self._touring.steps

    @tour.setter
    def tour(self, steps: Sequence[Step]) -> None:
        self._touring.steps = tuple(steps)

    def start(self) -> None:
        """Serve until stopped. Raises OSError when the port is taken."""
        if self._state:
            self._state.start()
        self._serving.start()

    def stop(self) -> None:
        """Drop what waits, finish what is under way, close every socket and join the thread. Harmless twice."""
        self._touring.stop()
        self._living.stop()
        self._events.stop()
        self._inbound.stop()
        self._serving.stop()
        if self._state:
            self._state.stop()

    def _web_app(self) -> web.Application:
        parts = Parts(self, self._desk, self.wire, self._living, self._touring, self._stories)
        app = page(parts, lambda: self._inbound.is_open)
        app.router.add_route("*", "/api/{method}", WebApi(self._web_api, self.faults).answer)
        app.router.add_post("/respond/{secret}", Responses(self.workspace, self.faults, self.wire.note_call).answer)
        app.router.add_get("/link/", self._sockets.connect)
        return app

    async def _close_sockets(self) -> None:
        await self._sockets.disconnect("", close=True)

    def _take_address(self, host: str, port: int) -> None:
        self.workspace.url = f"http://{host}:{port}"

    def _note_delivery(self, delivery: Delivery) -> None:
        self.wire.note_delivery(delivery)
        with self.workspace.lock:
            self.workspace.changed.notify_all()
