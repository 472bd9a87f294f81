"""The wire between a copy of the bot and Slack: calls in process, with everything that can happen to one on its way."""

import heapq
import itertools
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from sandbox import ApiResponse, Sandbox
from tests.simulation.chance import Chance
from tests.simulation.clocks import Time
from tests.simulation.faults import Fault, InjectedFault

PATIENCE = timedelta(seconds=10)
"""How long a caller waits for an answer."""
LONGEST_ON_THE_WAY = timedelta(seconds=15)
"""What is sent has reached Slack by then, or never will."""
AFTER_THE_CALLER = timedelta(seconds=12)
_QUICK, _SLOW = timedelta(milliseconds=40), timedelta(milliseconds=600)


class Died(BaseException):
    """The process is no more: nothing of it runs on."""


class Caller(Protocol):
    """A copy of the bot."""

    def check_alive(self) -> None:
        """Raises Died where it has died meanwhile."""

    def die(self) -> Died:
        """It dies here; raise what it returns."""


Call = tuple[str, Mapping[str, Any]]
Performed = Callable[[str, Mapping[str, Any], ApiResponse, datetime], None]


class FakeTransport:
    """`meanwhile` lets others act while a copy waits; `performed` hears of every call that Slack took, and of the
    moment (stopwatch) at which it was sent.
    """

    def __init__(self, slack: Sandbox, time: Time, faults: InjectedFault, seed: int, performed: Performed) -> None:
        self._slack = slack
        self._time = time
        self._faults = faults
        self._chance = Chance(seed, "wire")
        self._performed = performed
        self._on_the_way: list[tuple[datetime, int, Call, datetime]] = []
        self._numbers = itertools.count()
        self.meanwhile: Callable[[Caller], None] = lambda caller: None

    def next_arrival(self) -> datetime | None:
        return self._on_the_way[0][0] if self._on_the_way else None

    def arrive(self) -> None:
        """Slack gets what has been on its way until now; nobody waits for the answers any more."""
        while self._on_the_way and self._on_the_way[0][0] <= self._time.stopwatch():
            _, _, call, sent = heapq.heappop(self._on_the_way)
            self._perform(call, sent)

    def call(self, caller: Caller, method: str, args: Mapping[str, Any]) -> ApiResponse:
        """One call. Raises Died, ConnectionError, TimeoutError; time passes."""
        caller.check_alive()
        call, sent = (method, args), self._time.stopwatch()
        fault = self._faults.at_call(sent)
        if fault is Fault.DIES_BEFORE_SENDING:
            raise caller.die()
        if fault is Fault.DIES_WHILE_ON_ITS_WAY:
            self._send_late(call, sent, sent + timedelta(milliseconds=50) + AFTER_THE_CALLER)
            raise caller.die()
        if fault is Fault.LATE:
            self._send_late(call, sent, sent + LONGEST_ON_THE_WAY)
            self._wait(caller, PATIENCE)
            raise TimeoutError("timed out")
        self._wait(caller, self._chance.between(_QUICK, _SLOW))
        answered = self._at_slack(call, sent, fault)
        if fault is Fault.DIES_BEFORE_THE_ANSWER:
            raise caller.die()
        self._wait(caller, self._chance.between(_QUICK, _SLOW))
        if answered is None:
            raise ConnectionResetError("Connection reset by peer")
        return answered

    def upload(self, caller: Caller, url: str, content: bytes) -> None:
        """The content of a file, which is no call of a method. Raises as `call` does."""
        caller.check_alive()
        self._wait(caller, self._chance.between(_QUICK, _SLOW))
        self._slack.upload(url, content)

    def _at_slack(self, call: Call, sent: datetime, fault: Fault | None) -> ApiResponse | None:
        """Slack's answer, or None where none comes."""
        match fault:
            case Fault.LOST_ON_THE_WAY:
                return None
            case Fault.RATE_LIMITED:
                seconds = self._chance.randint(1, 40)
                return ApiResponse(429, {"Retry-After": str(seconds)}, {"ok": False, "error": "ratelimited"})
            case Fault.SERVER_ERROR:
                return ApiResponse(self._chance.one_of((500, 502, 503)), {}, {})
            case Fault.INTERNAL_ERROR:
                return self._trouble()
        answered = self._perform(call, sent)
        match fault:
            case Fault.ANSWER_LOST:
                return None
            case Fault.SERVER_ERROR_AFTER:
                return ApiResponse(self._chance.one_of((500, 503, 504)), {}, {})
            case Fault.INTERNAL_ERROR_AFTER:
                return self._trouble()
        return answered

    def _trouble(self) -> ApiResponse:
        return ApiResponse(200, {}, {"ok": False, "error": self._chance.one_of(("internal_error", "fatal_error"))})

    def _send_late(self, call: Call, sent: datetime, at_most: datetime) -> None:
        arrival = sent + (at_most - sent) * self._chance.random()
        heapq.heappush(self._on_the_way, (arrival, next(self._numbers), call, sent))

    def _perform(self, call: Call, sent: datetime) -> ApiResponse:
        method, args = call
        answered = self._slack.call(method, args, self._slack.bot_token)
        if answered.body.get("ok"):
            self._performed(method, args, answered, sent)
        return answered

    def _wait(self, caller: Caller, long: timedelta) -> None:
        until = self._time.stopwatch() + long
        self.meanwhile(caller)
        while (arrival := self.next_arrival()) and arrival <= until:
            self._time.pass_to(arrival)
            self.arrive()
        self._time.pass_to(until)
        caller.check_alive()


class Client(WebClient):
    """Slack's own client, whose calls go over the wire."""

    def __init__(self, wire: FakeTransport, caller: Caller) -> None:
        super().__init__(token="in-process", retry_handlers=[])
        self._wire = wire
        self._caller = caller

    def api_call(self, api_method: str, **given: Any) -> SlackResponse:
        """Raises SlackApiError, OSError, and Died."""
        args = {**(given.get("params") or {}), **(given.get("data") or {}), **(given.get("json") or {})}
        sent = {name: value for name, value in args.items() if value is not None}
        answered = self._wire.call(self._caller, api_method, sent)
        response = SlackResponse(
            client=self,
            http_verb="POST",
            api_url=api_method,
            req_args={},
            data=dict(answered.body),
            headers=dict(answered.headers),
            status_code=answered.status,
        )
        if answered.status == 200 and answered.body.get("ok"):
            return response
        raise SlackApiError(f"Slack refused {api_method}.", response)  # type: ignore[no-untyped-call]
