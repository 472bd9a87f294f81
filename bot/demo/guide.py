"""How far the demo is, and the tour's next step: done for the person, or explained."""

from datetime import datetime

from bot.app import BotApp
from bot.demo.acts import apply, approve_all, at_hand, everybody_accepts, log_meeting, propose
from bot.demo.cast import OWNERS
from bot.demo.texts import DORA_OFFERS, FIRST_MEETING, IVO_ASKS
from bot.demo.year import YEAR, live_a_year
from mentoring.applications.application import ApplicationState, Role
from mentoring.matching.match import Match, MatchState
from messages import ids
from sandbox import Hint, Landing, Sandbox, TourError
from sandbox.lookup import message_text

NORA, IDRIS = OWNERS
IVO, DORA = "U0IVO", "U0DORA"
REPORT = "where the round stands"


class DemoState:
    """Asks what is there; changes nothing."""

    def __init__(self, sandbox: Sandbox, app: BotApp) -> None:
        self._sandbox = sandbox
        self._storage = app.storage
        self._workspace = app.identity.workspace

    def has_sent(self, user: str, role: Role) -> bool:
        """Whether the user has applied in this round, or is past that."""
        with self._storage.read(self._workspace) as tx:
            ground = tx.programme_and_cohort()
            sent = tx.applications.of(user, ground[1].id).get(role) if ground else None
            return bool(tx.partnerships.of(user)) or (sent is not None and sent.state is not ApplicationState.WITHDRAWN)

    def proposed(self) -> list[Match]:
        """All that is on the owners' desk, once something for Ivo is."""
        found = [match for match in self._matches() if match.state is MatchState.PROPOSED]
        return found if any(IVO in match.people for match in found) else []

    def asked(self) -> list[str]:
        """Who is asked about Ivo's match and has not answered, Ivo first."""
        found = [match for match in self._matches() if match.state is MatchState.OFFERED and IVO in match.people]
        waiting = [user for match in found for user in match.people if user not in match.accepted_by]
        return sorted(waiting, key=lambda user: user != IVO)

    def introduced_at(self) -> datetime | None:
        """When Ivo and his first mentor were introduced."""
        with self._storage.read(self._workspace) as tx:
            return next((partnership.introduced_at for partnership in tx.partnerships.of(IVO)), None)

    def introduction(self) -> Landing | None:
        """The message that introduces Ivo and his mentor, once it is delivered."""
        found = self.newest(IVO, "meet each other")
        return found if found.ts else None

    def partner(self) -> str:
        """Ivo's first mentor; himself, where there is none."""
        with self._storage.read(self._workspace) as tx:
            return next((partnership.other(IVO) for partnership in tx.partnerships.of(IVO)), IVO)

    def has_met(self) -> bool:
        with self._storage.read(self._workspace) as tx:
            return bool(tx.meetings.of(partnership.id for partnership in tx.partnerships.of(IVO)))

    def is_a_year_on(self) -> bool:
        since = self.introduced_at()
        return since is not None and self._sandbox.calendar.now() >= since + YEAR

    def late_report(self) -> Landing | None:
        """The newest report that Nora got once the year was over."""
        since, found = self.introduced_at(), self.newest(NORA, REPORT)
        is_late = since is not None and found.ts and float(found.ts) >= (since + YEAR).timestamp()
        return found if is_late else None

    def newest(self, user: str, says: str = "") -> Landing:
        """The newest message that the user got from the bot and that says so; their client, where there is none."""
        person = self._sandbox.person(user)
        found = [
            (float(message["ts"]), str(place["id"]), str(message["ts"]))
            for place in person.conversations()
            for message in person.inbox(place["id"])
            if message.get("user") == self._sandbox.bot_user_id and says in message_text(message)
        ]
        return Landing(user, *max(found)[1:]) if found else Landing(user)

    def sees(self, user: str, form: str) -> bool:
        """Whether this form is on top at the user's client."""
        view = self._sandbox.person(user).view
        return view is not None and view["callback_id"] == form

    def _matches(self) -> list[Match]:
        with self._storage.read(self._workspace) as tx:
            ground = tx.programme_and_cohort()
            return tx.matches.of_cohort(ground[1].id) if ground else []


_SAYS = {IVO: IVO_ASKS, DORA: DORA_OFFERS}
_NO_MATCH = (
    "There is no match for Ivo: he or his mentor was refused, has withdrawn, or came too late for this round. Start "
    "anew, and the tour begins in the round’s first days."
)
_STOPPED = "The calendar was stopped on the way. Do it for me goes on from here."


class Guide:
    """Takes somebody through the demo in `sandbox`, with the bot in `app`."""

    def __init__(self, sandbox: Sandbox, app: BotApp) -> None:
        self._sandbox = sandbox
        self._app = app
        self._progress = DemoState(sandbox, app)

    def apply(self, user: str, subcommand: str) -> None:
        at_hand(self._sandbox, user)
        apply(self._sandbox, user, f"{ids.COMMAND} {subcommand}", _SAYS[user])
        self._app.run_until_idle()

    def to_apply(self, user: str, subcommand: str) -> Hint:
        if self._progress.sees(user, ids.APPLICATION_FORM):
            words = f"Fill it in as {self._first_name(user)} would, or take the example. Then press Send."
            return Hint(user, words, example=_SAYS[user])
        return _to_type(user, subcommand, "Press Enter, and a form opens.")

    def match(self) -> None:
        """The owners propose, approve and release, and whoever is asked says yes."""
        if not self._progress.asked():
            if not self._progress.proposed():
                propose(self._sandbox, self._app, NORA)
            approve_all(self._sandbox, self._app, NORA)
            approve_all(self._sandbox, self._app, IDRIS, releasing=True)
        everybody_accepts(self._sandbox, self._app)
        if self._progress.introduced_at() is None:
            raise TourError(_NO_MATCH)

    def to_match(self) -> Hint | None:
        if self._progress.introduced_at():
            return None
        if waiting := self._progress.asked():
            words = f"{self._first_name(waiting[0])} would like that. Press Accept."
            return Hint(waiting[0], words, press=ids.ACCEPT_MATCH)
        proposed = self._progress.proposed()
        if not proposed:
            return self._at_the_desk(NORA, ids.PROPOSE, "Press this, and the bot looks for the best there is.")
        for owner in OWNERS:
            left = sum(owner not in match.approvals and owner in match.may_approve(OWNERS) for match in proposed)
            if left:
                words = f"Read why, and press Approve: {left} to go." if left > 1 else "Press Approve: one to go."
                return self._at_the_desk(owner, ids.APPROVE, words)
        return self._at_the_desk(IDRIS, ids.RELEASE, "Both have approved. Press Release, and the people are asked.")

    def meet(self) -> None:
        log_meeting(self._sandbox, self._app, IVO, FIRST_MEETING)
        self._app.run_until_idle()
        if not self._progress.has_met():
            raise TourError("Ivo has no partnership that runs, so there is no meeting to log.")

    def to_meet(self) -> Hint:
        if self._progress.sees(IVO, ids.MEETING_FORM):
            words = "How did they meet? Fill it in, or take the example. Then press Log it."
            return Hint(IVO, words, example=FIRST_MEETING)
        return _to_type(IVO, "log", "Press Enter, and a form opens.")

    def live_a_year(self) -> None:
        since = self._progress.introduced_at()
        if since is None:
            raise TourError(_NO_MATCH)
        live_a_year(self._sandbox, self._app, since)
        if not self._progress.is_a_year_on():
            raise TourError(_STOPPED)

    def to_live_a_year(self) -> Hint:
        return Hint(IVO, "Press Play a year, in the calendar at the top.", press="Play a year")

    def report(self) -> None:
        at_hand(self._sandbox, NORA).command(f"{ids.COMMAND} status")
        self._app.run_until_idle()

    def to_report(self) -> Hint:
        return _to_type(NORA, "status", "Press Enter, and the report comes as a message.")

    def _first_name(self, user: str) -> str:
        return self._sandbox.workspace.members[user].name.split()[0]

    def _at_the_desk(self, owner: str, button: str, words: str) -> Hint:
        if self._progress.sees(owner, ids.REVIEW_VIEW):
            return Hint(owner, words, press=button)
        return _to_type(owner, "match", "Press Enter, and the owners’ desk opens.")


def _to_type(user: str, subcommand: str, words: str) -> Hint:
    return Hint(user, words, types=f"{ids.COMMAND} {subcommand}")
