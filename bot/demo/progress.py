"""How far the demo has come, as the bot's database and people's own clients say."""

from datetime import datetime

from bot.demo.cast import OWNERS
from bot.demo.year import YEAR
from bot.house import House
from mentoring.applications.application import Role, State
from mentoring.matching.match import Match, MatchState
from sandbox import Landing, Sandbox
from sandbox.looking import readable

NORA, IDRIS = OWNERS
IVO, DORA = "U0IVO", "U0DORA"
REPORT = "where the round stands"


class Progress:
    """Asks what is there; changes nothing."""

    def __init__(self, sandbox: Sandbox, house: House) -> None:
        self._sandbox = sandbox
        self._storage = house.storage
        self._workspace = house.identity.workspace

    def has_sent(self, user: str, role: Role) -> bool:
        """Whether the user has applied in this round, or is past that."""
        with self._storage.read(self._workspace) as tx:
            ground = tx.ground()
            sent = tx.applications.of(user, ground[1].id).get(role) if ground else None
            return bool(tx.partnerships.of(user)) or (sent is not None and sent.state is not State.WITHDRAWN)

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
            if message.get("user") == self._sandbox.bot_user_id and says in readable(message)
        ]
        return Landing(user, *max(found)[1:]) if found else Landing(user)

    def sees(self, user: str, form: str) -> bool:
        """Whether this form is on top at the user's client."""
        view = self._sandbox.person(user).view
        return view is not None and view["callback_id"] == form

    def _matches(self) -> list[Match]:
        with self._storage.read(self._workspace) as tx:
            ground = tx.ground()
            return tx.matches.of_cohort(ground[1].id) if ground else []
