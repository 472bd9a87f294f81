"""A look into the bot's database from outside, in plain SQL: what was taken, and what waits."""

import json
import sqlite3
from datetime import date, datetime
from pathlib import Path
from typing import Any

from tests.simulation.clocks import Time

_BUSY = """
    SELECT count(*) FROM outbox WHERE state IN ('sending', 'unknown')
    UNION ALL SELECT count(*) FROM live_views WHERE state = 'updating'
    UNION ALL SELECT count(*) FROM proposal_runs WHERE asked_at IS NOT NULL
    UNION ALL SELECT count(*) FROM people WHERE asked_at IS NOT NULL
"""
_OWED = """
    SELECT 1 FROM outbox WHERE state NOT IN ('sent', 'dropped', 'failed', 'undecided')
    UNION ALL SELECT 1 FROM live_views WHERE state <> 'current'
    UNION ALL SELECT 1 FROM people WHERE asked_at IS NOT NULL LIMIT 1
"""
_DUE = """
    SELECT 1 FROM scheduled_jobs WHERE done = 0 AND due <= ?
    UNION ALL SELECT 1 FROM proposal_runs WHERE asked_at IS NOT NULL LIMIT 1
"""
_LATER = """
    SELECT due, retry_at FROM outbox WHERE state = 'pending'
    UNION ALL SELECT due, retry_at FROM live_views WHERE state = 'stale'
    UNION ALL SELECT min(due), NULL FROM scheduled_jobs WHERE done = 0 HAVING min(due) IS NOT NULL
"""


class Ledger:
    """The SQLite file of one year. Every question is asked anew; an answer is what has been committed."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)

    def close(self) -> None:
        self._connection.close()

    def notice(self, opaque: str) -> tuple[str, str, str, dict[str, str]]:
        """Kind, reader, the other reader or "", and what it is about, of the notice with that name in Slack."""
        (row,) = self._all(
            "SELECT kind, recipient, second_recipient, refs FROM outbox WHERE correlation_id = ?", opaque
        )
        return row[0], row[1], row[2], json.loads(row[3])

    def wakes(self, time: Time, poll: datetime) -> datetime | None:
        """When (stopwatch) something wants to be looked at again: what is in hand at `poll`. None: nothing ever."""
        moments = [poll] if any(count for (count,) in self._all(_BUSY)) else []
        for due, retry_at in self._all(_LATER):
            wake = time.when(_moment(due))
            moments.append(max(wake, _moment(retry_at)) if retry_at else wake)
        return min(moments, default=None)

    def is_due(self, time: Time) -> bool:
        """Whether a promise waits to be judged, or somebody for proposals."""
        now = time.calendar().replace(tzinfo=None).isoformat(" ", "microseconds")
        return bool(self._all(_DUE, now))

    def is_owed(self) -> bool:
        """Whether there may be something to send, or to ask of Slack."""
        return bool(self._all(_OWED))

    def is_set_up(self) -> bool:
        """Whether the programme is founded, and has been changed since."""
        return bool(self._all("SELECT 1 FROM programmes WHERE version > 1"))

    def cohort(self) -> tuple[date, date]:
        """The last day to apply, and the day on which the round starts."""
        ((apply_by, starts),) = self._all("SELECT apply_by, starts_on FROM cohorts")
        return date.fromisoformat(apply_by), date.fromisoformat(starts)

    def application(self, person: str, role: str) -> tuple[str, int, str] | None:
        """Id, version and state."""
        found = self._all("SELECT id, version, state FROM applications WHERE person = ? AND role = ?", person, role)
        return found[0] if found else None

    def months(self, application: str) -> int:
        return int(self._all("SELECT months FROM applications WHERE id = ?", application)[0][0])

    def proposals(self) -> list[tuple[str, str, str]]:
        """Match, mentee and mentor of what the owners have to decide on."""
        return self._all("SELECT id, mentee, mentor FROM matches WHERE state = 'proposed' ORDER BY id")

    def solving(self) -> tuple[int, bool, str]:
        """How often it has changed how far proposing is, whether somebody waits for it, and who had it done last."""
        found = self._all("SELECT version, asked_at IS NOT NULL, done_by FROM proposal_runs")
        return (found[0][0], bool(found[0][1]), found[0][2]) if found else (0, False, "")

    def desk(self) -> dict[str, int]:
        """How many are proposed, asked and introduced, of what there is one of at least."""
        query = "SELECT state, count(*) FROM matches WHERE state IN ('proposed', 'offered', 'accepted') GROUP BY state"
        return dict(self._all(query))

    def is_coming(self, kind: str, person: str) -> bool:
        """Whether such a message is on its way to a person, as far as the bot knows."""
        query = "SELECT 1 FROM outbox WHERE kind = ? AND recipient = ? AND state IN ('sending', 'unknown')"
        return bool(self._all(query, kind, person))

    def offers(self, person: str = "") -> list[tuple[str, str, str]]:
        """Match, mentee and mentor of open offers: all, or those to one person."""
        query = (
            "SELECT id, mentee, mentor FROM matches WHERE state = 'offered' AND ? IN ('', mentee, mentor) ORDER BY id"
        )
        return self._all(query, person)

    def to_answer(self) -> set[tuple[str, str]]:
        """Match and person of all that may be answered by now."""
        query = "SELECT id, mentee, mentor, accepted_by FROM matches WHERE state = 'offered'"
        return {
            (match, person)
            for match, *people, accepted in self._all(query)
            for person in people
            if person not in json.loads(accepted)
        }

    def lapsed(self, person: str) -> list[str]:
        """Matches that a person was asked about, and is no more."""
        query = "SELECT id FROM matches WHERE state = 'lapsed' AND ? IN (mentee, mentor) ORDER BY id"
        return [match for (match,) in self._all(query, person)]

    def is_absent(self, person: str) -> bool:
        """Whether the bot knows that their account is closed."""
        return bool(self._all("SELECT 1 FROM people WHERE id = ? AND left_at IS NOT NULL", person))

    def match(self, match: str) -> tuple[str, list[str], tuple[str, str]]:
        """State, who has accepted, and the two applications."""
        ((state, accepted, mentee, mentor),) = self._all(
            "SELECT state, accepted_by, mentee_application, mentor_application FROM matches WHERE id = ?", match
        )
        return state, json.loads(accepted), (mentee, mentor)

    def partnership_of(self, match: str) -> str:
        return str(self._all("SELECT id FROM partnerships WHERE match_id = ?", match)[0][0])

    def partnership(self, partnership: str) -> tuple[str, list[str]]:
        """State, and who has gone back to the pool."""
        ((state, back),) = self._all("SELECT state, back FROM partnerships WHERE id = ?", partnership)
        return state, json.loads(back)

    def meetings(self, partnership: str) -> int:
        return int(self._all("SELECT count(*) FROM meetings WHERE partnership_id = ?", partnership)[0][0])

    def partnership_of_meeting(self, meeting: str) -> str:
        return str(self._all("SELECT partnership_id FROM meetings WHERE id = ?", meeting)[0][0])

    def has_answered(self, partnership: str, person: str, question: str) -> bool:
        query = "SELECT 1 FROM feedback WHERE partnership_id = ? AND person = ? AND question = ?"
        return bool(self._all(query, partnership, person, question))

    def owes(self, kind: str, person: str) -> int:
        """How many notices of a kind a person is owed or was sent."""
        return int(self._all("SELECT count(*) FROM outbox WHERE kind = ? AND recipient = ?", kind, person)[0][0])

    def _all(self, query: str, *values: Any) -> list[Any]:
        return self._connection.execute(query, values).fetchall()


def _moment(kept: str) -> datetime:
    return datetime.fromisoformat(f"{kept}+00:00")
