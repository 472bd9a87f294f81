"""How far the demo is, and the tour's next step: done for the person, or explained."""

from collections.abc import Collection
from datetime import datetime

from bot.app import BotApp
from bot.demo.acts import accept_all, apply, approve_all, log_meeting, propose
from bot.demo.cast import OWNERS
from bot.demo.client import available_person
from bot.demo.texts import DORA_APPLICATION, FIRST_MEETING, IVO_APPLICATION
from bot.demo.year import YEAR, play_year
from mentoring.applications.application import ApplicationState, Role
from mentoring.core.outcome import NotificationKind
from mentoring.matching.match import Match, MatchState
from messages import ids
from sandbox import Hint, Landing, Sandbox, TourError
from sandbox.blocks import slots

NORA, IDRIS = OWNERS
IVO, DORA = "U0IVO", "U0DORA"
_REPORTS = (NotificationKind.COHORT_STATUS, NotificationKind.WEEKLY_STATUS)


class DemoState:
    """Reads the state of the demo; changes nothing."""

    def __init__(self, sandbox: Sandbox, app: BotApp) -> None:
        self._sandbox = sandbox
        self._storage = app.storage
        self._workspace = app.identity.workspace

    def has_applied(self, user: str, role: Role) -> bool:
        """Whether the user has applied in this round, or has a partnership."""
        with self._storage.read(self._workspace) as tx:
            current = tx.programmes.first()
            application = tx.applications.of(user, current[1].id).get(role) if current else None
            is_open = application is not None and application.state is not ApplicationState.WITHDRAWN
            return bool(tx.partnerships.of(user)) or is_open

    def proposed(self) -> list[Match]:
        """All proposals of the round, if one is for Ivo."""
        found = [match for match in self._matches() if match.state is MatchState.PROPOSED]
        return found if any(IVO in match.people for match in found) else []

    def asked(self) -> list[str]:
        """The people who have not answered Ivo's match, Ivo first."""
        found = [match for match in self._matches() if match.state is MatchState.OFFERED and IVO in match.people]
        waiting = [user for match in found for user in match.people if user not in match.accepted_by]
        return sorted(waiting, key=lambda user: user != IVO)

    def introduced_at(self) -> datetime | None:
        """When Ivo and his first mentor were introduced."""
        with self._storage.read(self._workspace) as tx:
            return next((partnership.introduced_at for partnership in tx.partnerships.of(IVO)), None)

    def introduction(self) -> Landing | None:
        """The message that introduces Ivo and his mentor, once it is delivered."""
        found = self.newest_of(IVO, NotificationKind.INTRODUCED)
        return found if found.ts else None

    def partner(self) -> str:
        """Ivo's first mentor; Ivo if there is none."""
        with self._storage.read(self._workspace) as tx:
            return next((partnership.other(IVO) for partnership in tx.partnerships.of(IVO)), IVO)

    def has_met(self) -> bool:
        with self._storage.read(self._workspace) as tx:
            return bool(tx.meetings.of(partnership.id for partnership in tx.partnerships.of(IVO)))

    def is_a_year_on(self) -> bool:
        since = self.introduced_at()
        return since is not None and self._sandbox.calendar.now() >= since + YEAR

    def late_report(self) -> Landing | None:
        """The newest report that Nora got after the year."""
        since, found = self.introduced_at(), self.newest_of(NORA, *_REPORTS)
        is_late = since is not None and found.ts and float(found.ts) >= (since + YEAR).timestamp()
        return found if is_late else None

    def newest(self, user: str) -> Landing:
        """The newest message that the user got from the bot; only their client if there is none."""
        return _newest(user, self._messages(user))

    def newest_of(self, user: str, *kinds: NotificationKind) -> Landing:
        """The newest message of these kinds that the user got; only their client if there is none."""
        messages = self._messages(user)
        with self._storage.read(self._workspace) as tx:
            found = tx.outbox.kinds(tuple(self._sandbox.workspace.members), {ts for _, ts in messages})
        return _newest(user, [message for message in messages if found.get(message) in kinds])

    def submit_label(self, user: str, form: str) -> str:
        """The label of the submit button if this form is on top in the user's client, else an empty string."""
        view = self._sandbox.person(user).view
        return view["submit"]["text"] if view and view["callback_id"] == form and view.get("submit") else ""

    def button_label(self, user: str, action_id: str) -> str:
        """The label of this button in the user's top form, else an empty string."""
        view = self._sandbox.person(user).view
        found = slots(view["blocks"]) if view else ()
        return next((slot.label for slot in found if slot.action_id == action_id), "")

    def sees(self, user: str, form: str) -> bool:
        """Whether this form is on top in the user's client."""
        view = self._sandbox.person(user).view
        return view is not None and view["callback_id"] == form

    def _messages(self, user: str) -> list[tuple[str, str]]:
        """The conversation and timestamp of every message that the user got from the bot."""
        person = self._sandbox.person(user)
        channels = [str(conversation["id"]) for conversation in person.conversations()]
        return [
            (channel, str(message["ts"]))
            for channel in channels
            for message in person.inbox(channel)
            if message.get("user") == self._sandbox.bot_user_id
        ]

    def _matches(self) -> list[Match]:
        with self._storage.read(self._workspace) as tx:
            current = tx.programmes.first()
            return tx.matches.of_cohort(current[1].id) if current else []


def _newest(user: str, messages: Collection[tuple[str, str]]) -> Landing:
    if not messages:
        return Landing(user)
    channel, ts = max(messages, key=lambda message: float(message[1]))
    return Landing(user, channel, ts)


_APPLICATIONS = {IVO: IVO_APPLICATION, DORA: DORA_APPLICATION}
_OPENS_FORM = "Press Enter to open the form."
_NO_MATCH = (
    "There is no match for Ivo: an application came too late or was withdrawn, or someone said no. To take the whole "
    "tour, start again."
)
_NO_MEETING = "Ivo has no active partnership, so there is no meeting to log."
_STOPPED = "The calendar was stopped. Press Do it for me to continue."


class Guide:
    """Does each step of the tour, or says what to do next by hand."""

    def __init__(self, sandbox: Sandbox, app: BotApp) -> None:
        self._sandbox = sandbox
        self._app = app
        self._state = DemoState(sandbox, app)

    def apply(self, user: str, subcommand: str) -> None:
        available_person(self._sandbox, user)
        apply(self._sandbox, user, f"{ids.COMMAND} {subcommand}", _APPLICATIONS[user])
        self._app.run_until_idle()

    def to_apply(self, user: str, subcommand: str) -> Hint:
        if submit := self._state.submit_label(user, ids.APPLICATION_FORM):
            text = f"Fill it in as {self._first_name(user)} would, or use the example. Then press {submit}."
            return Hint(user, text, example=_APPLICATIONS[user])
        return _to_type(user, subcommand, _OPENS_FORM)

    def match(self) -> None:
        """The owners propose, approve and send the matches, and both people accept."""
        if not self._state.asked():
            if not self._state.proposed():
                propose(self._sandbox, self._app, NORA)
            approve_all(self._sandbox, self._app, NORA)
            approve_all(self._sandbox, self._app, IDRIS, releasing=True)
        accept_all(self._sandbox, self._app)
        if self._state.introduced_at() is None:
            raise TourError(_NO_MATCH)

    def to_match(self) -> Hint | None:
        if self._state.introduced_at():
            return None
        if waiting := self._state.asked():
            text = f"{self._first_name(waiting[0])} would like this match. Press Accept."
            return Hint(waiting[0], text, press=ids.ACCEPT_MATCH)
        proposed = self._state.proposed()
        if not proposed:
            return self._in_matches(NORA, ids.PROPOSE, "Press {button}. The bot then looks for the best proposals.")
        for owner in OWNERS:
            left = sum(owner not in match.approvals and owner in match.may_approve(OWNERS) for match in proposed)
            if left:
                text = f"Read the reasons, then press {{button}}: {left} to go."
                return self._in_matches(owner, ids.APPROVE, text)
        return self._in_matches(IDRIS, ids.RELEASE, "Every proposal is approved. Press {button} to ask the people.")

    def meet(self) -> None:
        log_meeting(self._sandbox, self._app, IVO, FIRST_MEETING)
        self._app.run_until_idle()
        if not self._state.has_met():
            raise TourError(_NO_MEETING)

    def to_meet(self) -> Hint:
        if submit := self._state.submit_label(IVO, ids.MEETING_FORM):
            text = f"How did they meet? Fill it in, or use the example. Then press {submit}."
            return Hint(IVO, text, example=FIRST_MEETING)
        return _to_type(IVO, "log", _OPENS_FORM)

    def play_year(self) -> None:
        since = self._state.introduced_at()
        if since is None:
            raise TourError(_NO_MATCH)
        play_year(self._sandbox, self._app, since)
        if not self._state.is_a_year_on():
            raise TourError(_STOPPED)

    def to_play_year(self) -> Hint:
        return Hint(IVO, "Press Play a year in the calendar at the top.", press="Play a year")

    def report(self) -> None:
        available_person(self._sandbox, NORA).command(f"{ids.COMMAND} status")
        self._app.run_until_idle()

    def to_report(self) -> Hint:
        return _to_type(NORA, "status", "Press Enter. The report arrives as a message.")

    def _first_name(self, user: str) -> str:
        return self._sandbox.workspace.members[user].name.split()[0]

    def _in_matches(self, owner: str, button: str, text: str) -> Hint:
        """A hint for a button of the form Matches, named by its label in place of `{button}`."""
        if self._state.sees(owner, ids.REVIEW_VIEW):
            label = self._state.button_label(owner, button)
            return Hint(owner, text.format(button=label or "the button"), press=button)
        return _to_type(owner, "match", "Press Enter to open the proposals.")


def _to_type(user: str, subcommand: str, text: str) -> Hint:
    return Hint(user, text, types=f"{ids.COMMAND} {subcommand}")
