"""A look into the bot's database from outside, in plain SQL: what was taken, and what waits."""

import json
import sqlite3
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from tests.simulation.cases import CaseRow
from tests.simulation.clocks import Time
from tests.simulation.items import ItemRow
from tests.simulation.oversight import AnswerRow, RequestRow
from tests.simulation.pauses import PauseRow
from tests.simulation.planned import PlannedRow
from tests.simulation.regular import RegularRow
from tests.simulation.remarks import RemarkRow

_ASKED = """
    SELECT 1 FROM proposal_runs WHERE asked_at IS NOT NULL
    UNION ALL SELECT 1 FROM people WHERE workspace = :workspace AND asked_at IS NOT NULL LIMIT 1
"""
_OWED = """
    SELECT 1 FROM outbox WHERE workspace = :workspace AND state = 'pending' AND carried_by IS NULL
        AND due <= :calendar AND coalesce(retry_at, '') <= :stopwatch
    UNION ALL SELECT 1 FROM outbox
        WHERE workspace = :workspace AND state = 'unknown' AND coalesce(retry_at, '') <= :stopwatch
    UNION ALL SELECT 1 FROM outbox WHERE workspace = :workspace AND state = 'sending' AND lease_until < :stopwatch
    UNION ALL SELECT 1 FROM live_views
    WHERE (state = 'stale' AND due <= :calendar AND coalesce(retry_at, '') <= :stopwatch)
        OR (state = 'updating' AND lease_until < :stopwatch)
    UNION ALL SELECT 1 FROM homes WHERE looks_until > :stopwatch AND (
        (state = 'stale' AND coalesce(retry_at, '') <= :stopwatch)
        OR (state = 'publishing' AND lease_until < :stopwatch)
    )
    UNION ALL SELECT 1 FROM people WHERE workspace = :workspace AND asked_at IS NOT NULL LIMIT 1
"""
"""Each of the outbox by a state of its own, so that SQLite uses the index."""
_DUE = """
    SELECT 1 FROM scheduled_jobs WHERE workspace = :workspace AND done = 0 AND due <= :calendar
    UNION ALL SELECT 1 FROM proposal_runs WHERE asked_at IS NOT NULL LIMIT 1
"""
_LATER = """
    SELECT min(due), retry_at FROM outbox
    WHERE workspace = :workspace AND state = 'pending' AND carried_by IS NULL GROUP BY retry_at
    UNION ALL SELECT due, retry_at FROM live_views WHERE state = 'stale'
    UNION ALL SELECT min(due), NULL FROM scheduled_jobs
    WHERE workspace = :workspace AND done = 0 HAVING min(due) IS NOT NULL
    UNION ALL SELECT NULL, lease_until FROM outbox WHERE workspace = :workspace AND state = 'sending'
    UNION ALL SELECT NULL, retry_at FROM outbox WHERE workspace = :workspace AND state = 'unknown'
    UNION ALL SELECT NULL, lease_until FROM live_views WHERE state = 'updating'
    UNION ALL SELECT NULL, retry_at FROM homes
    WHERE state = 'stale' AND looks_until > :stopwatch AND looks_until > coalesce(retry_at, '')
    UNION ALL SELECT NULL, lease_until FROM homes
    WHERE state = 'publishing' AND looks_until > :stopwatch AND looks_until > lease_until
"""
"""From when on (calendar, then stopwatch) something may be done."""
_READER = "recipient || iif(second_recipient = '', '', '+' || second_recipient)"
_NOTICES = f"SELECT kind, {_READER}, refs FROM outbox"
_MARKS = """
    SELECT coalesce((SELECT max(id) FROM outbox), 0), coalesce(max(version), 0), coalesce(max(asked_at) IS NOT NULL, 0)
    FROM proposal_runs
"""
_LINES = f"SELECT correlation_id, kind, {_READER}, refs FROM outbox WHERE carried_by = ? ORDER BY id"
_NEW_NOTICES = f"SELECT correlation_id, kind, {_READER}, refs FROM outbox WHERE id > ? ORDER BY id"


@dataclass(frozen=True)
class NewestReport:
    """The newest progress report: which it is, who has finished it, and how often what it says has changed."""

    number: int
    finished_by: frozenset[str]
    edition: int

    @property
    def writable(self) -> int:
        """Which can be written: this one, or the next if both have finished it."""
        return self.number if self.number and len(self.finished_by) < 2 else self.number + 1


@dataclass(frozen=True)
class NewestVersion:
    """The newest version of an agreement. `countersigned`: the other has signed it, too."""

    number: int
    written_by: str
    countersigned: bool

    def signed(self) -> "NewestVersion":
        return replace(self, countersigned=True)


class Ledger:
    """The SQLite file of one year. Every question is asked again; an answer is what has been committed."""

    def __init__(self, path: Path, workspace: str) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._workspace = workspace
        self._seen = -1
        self._pair_of_meeting: dict[str, str] = {}

    def close(self) -> None:
        self._connection.close()

    def has_changed(self) -> bool:
        """Whether anything was committed since this was asked last."""
        seen, self._seen = self._seen, int(self._all("PRAGMA data_version")[0][0])
        return seen != self._seen

    def notice(self, opaque: str) -> tuple[str, str, dict[str, str]]:
        """Kind, reader ("A+B": the two together), and what it is about, of the notice with that name in Slack."""
        ((kind, reader, about),) = self._all(f"{_NOTICES} WHERE correlation_id = ?", opaque)
        return kind, reader, json.loads(about)

    def file_notice(self, file_id: str) -> tuple[str, str, str, dict[str, str]]:
        """Name, kind, reader and what it is about, of the notice that brings this file."""
        ((name, kind, reader, about),) = self._all(
            f"SELECT correlation_id, kind, {_READER}, refs FROM outbox WHERE file_id = ?", file_id
        )
        return name, kind, reader, json.loads(about)

    def lines(self, opaque: str) -> list[tuple[str, str, str, dict[str, str]]]:
        """Name, kind, reader and what it is about, of each that travels as a line of the notice with that name."""
        found = self._all(_LINES, opaque)
        return [(name, kind, reader, json.loads(about)) for name, kind, reader, about in found]

    def marks(self) -> tuple[int, int, bool]:
        """The newest notice, how often it has changed how far proposing is, and whether somebody waits for that."""
        return self._all(_MARKS)[0]  # type: ignore[no-any-return]

    def notices(self, after: int) -> list[tuple[str, str, str, dict[str, str]]]:
        """Name, kind, reader and what it is about, of those that are newer."""
        found = self._all(_NEW_NOTICES, after)
        return [(name, kind, reader, json.loads(about)) for name, kind, reader, about in found]

    def wakes(self, time: Time) -> datetime | None:
        """From when on (stopwatch) there is something to do; None: nothing ever."""
        moments = [time.stopwatch()] if self._ask(_ASKED) else []
        for due, not_before in self._ask(_LATER, stopwatch=_kept(time.stopwatch())):
            both = [time.when(_moment(due))] if due else []
            if not_before:
                both.append(_moment(not_before))
            moments.append(max(both, default=time.stopwatch()))
        return min(moments, default=None)

    def is_due(self, time: Time) -> bool:
        """Whether a promise waits to be judged, or somebody for proposals."""
        return bool(self._ask(_DUE, calendar=_kept(time.calendar())))

    def is_owed(self, time: Time) -> bool:
        """Whether there may be something to send now, or to ask of Slack."""
        return bool(self._ask(_OWED, calendar=_kept(time.calendar()), stopwatch=_kept(time.stopwatch())))

    def looks_until(self, person: str) -> str:
        """Until when they are taken to look at Home; "" where they never opened it."""
        found = self._all("SELECT looks_until FROM homes WHERE person = ?", person)
        return str(found[0][0]) if found else ""

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

    def length(self, application: str) -> tuple[int, int]:
        """Months and weeks, one of them 0."""
        months, weeks = self._all("SELECT months, weeks FROM applications WHERE id = ?", application)[0]
        return months, weeks

    def proposals(self) -> list[tuple[str, str, str]]:
        """Match, mentee and mentor of what the owners have to decide on."""
        return self._all("SELECT id, mentee, mentor FROM matches WHERE state = 'proposed' ORDER BY id")

    def approvals(self) -> list[tuple[str, str, str, list[str]]]:
        """Match, mentee, mentor and who has approved, of what the owners have to decide on."""
        found = self._all("SELECT id, mentee, mentor, approvals FROM matches WHERE state = 'proposed' ORDER BY id")
        return [(*match, json.loads(approvals)) for *match, approvals in found]

    def solving(self) -> tuple[int, bool, str]:
        """How often it has changed how far proposing is, whether somebody waits for it, and who had it done last."""
        found = self._all("SELECT version, asked_at IS NOT NULL, done_by FROM proposal_runs")
        return (found[0][0], bool(found[0][1]), found[0][2]) if found else (0, False, "")

    def desk(self) -> dict[str, int]:
        """How many are proposed, asked and introduced, of what there is one of at least."""
        query = (
            "SELECT state, count(*) FROM matches WHERE state IN ('proposed', 'accepted') "
            "OR (state = 'offered' AND json_array_length(accepted_by) < 2) GROUP BY state"
        )
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
        query = (
            "SELECT id FROM matches WHERE state IN ('lapsed', 'overtaken') AND offered_at IS NOT NULL "
            "AND ? IN (mentee, mentor) ORDER BY id"
        )
        return [match for (match,) in self._all(query, person)]

    def is_absent(self, person: str) -> bool:
        """Whether the bot knows that their account is closed."""
        return bool(self._all("SELECT 1 FROM people WHERE id = ? AND left_at IS NOT NULL", person))

    def leave(self, person: str) -> str:
        """Until when they are on leave, as an ISO date; "" if they are not."""
        found = self._all("SELECT leave_until FROM people WHERE id = ?", person)
        return (found[0][0] or "") if found else ""

    def match(self, match: str) -> tuple[str, list[str], tuple[str, str]]:
        """State, who has accepted, and the two applications."""
        ((state, accepted, mentee, mentor),) = self._all(
            "SELECT state, accepted_by, mentee_application, mentor_application FROM matches WHERE id = ?", match
        )
        return state, json.loads(accepted), (mentee, mentor)

    def introductions(self) -> list[tuple[str, str, tuple[str, str]]]:
        """Match, partnership and the two applications of all who were introduced."""
        query = "SELECT match_id, id, mentee_application, mentor_application FROM partnerships ORDER BY id"
        return [(match, id_, (mentee, mentor)) for match, id_, mentee, mentor in self._all(query)]

    def partnership_of(self, match: str) -> str:
        return str(self._all("SELECT id FROM partnerships WHERE match_id = ?", match)[0][0])

    def partnership(self, partnership: str) -> tuple[str, list[str]]:
        """State, and who has gone back to the pool."""
        ((state, back),) = self._all("SELECT state, back FROM partnerships WHERE id = ?", partnership)
        return state, json.loads(back)

    def agreement(self, partnership: str) -> "NewestVersion | None":
        """The newest version of the agreement of a partnership."""
        query = """
            SELECT number, written_by, countersigned_at IS NOT NULL FROM agreement_versions
            WHERE partnership_id = ? ORDER BY number DESC LIMIT 1
        """
        found = self._all(query, partnership)
        return NewestVersion(found[0][0], found[0][1], bool(found[0][2])) if found else None

    def agreement_version(self, partnership: str) -> int:
        """How often the agreement was written or signed."""
        return int(self._all("SELECT version FROM agreements WHERE partnership_id = ?", partnership)[0][0])

    def lasts(self, partnership: str) -> tuple[date, date]:
        """From when to when a partnership goes on."""
        ((begun, ends),) = self._all("SELECT introduced_at, ends_on FROM partnerships WHERE id = ?", partnership)
        return date.fromisoformat(begun[:10]), date.fromisoformat(ends)

    def end_proposal(self, partnership: str) -> tuple[int, str, str]:
        """Number, author and state of the newest proposal about the end; 0 and nothing if there is none."""
        query = "SELECT number, proposed_by, state FROM end_proposals WHERE partnership_id = ?"
        found = self._all(query, partnership)
        return found[0] if found else (0, "", "")

    def completed_on(self, partnership: str) -> date | None:
        """The day on which both have completed it early."""
        ((day,),) = self._all("SELECT completed_on FROM partnerships WHERE id = ?", partnership)
        return date.fromisoformat(day) if day else None

    def other(self, partnership: str, person: str) -> str:
        ((mentee, mentor),) = self._all("SELECT mentee, mentor FROM partnerships WHERE id = ?", partnership)
        return str(mentor if person == mentee else mentee)

    def is_partner(self, person: str) -> bool:
        """Whether they are in a partnership that is running."""
        query = "SELECT 1 FROM partnerships WHERE state = 'active' AND ? IN (mentee, mentor)"
        return bool(self._all(query, person))

    def meetings(self, partnership: str) -> int:
        return int(self._all("SELECT count(*) FROM meetings WHERE partnership_id = ?", partnership)[0][0])

    def partnership_of_meeting(self, meeting: str) -> str:
        """Known still when it is deleted, if it was asked for before."""
        if meeting not in self._pair_of_meeting:
            found = self._all("SELECT partnership_id FROM meetings WHERE id = ?", meeting)
            self._pair_of_meeting[meeting] = str(found[0][0])
        return self._pair_of_meeting[meeting]

    def logs(self, partnership: str) -> list[tuple[str, int, date, bool]]:
        """Of each meeting of two people its id, its version, its day, and whether it was a planned one."""
        query = (
            "SELECT id, version, met_on, EXISTS (SELECT 1 FROM planned_meetings p WHERE p.id = meetings.id) "
            "FROM meetings WHERE partnership_id = ? ORDER BY id"
        )
        found = self._all(query, partnership)
        return [(id_, version, date.fromisoformat(met_on), bool(planned)) for id_, version, met_on, planned in found]

    def agenda(self, partnership: str) -> dict[str, str]:
        """The stored state of each step of the agenda of the first meeting."""
        return dict(self._all("SELECT step, state FROM agenda_steps WHERE partnership_id = ?", partnership))

    def planned(self) -> list[PlannedRow]:
        """Every planned meeting as it is kept."""
        columns = (
            "id, partnership_id, state, starts_at, minutes, offered_minutes, options, offered_by, cancelled_by, "
            "is_disputed, p.version, sequence, coalesce(l.changed_by, ''), regular_id"
        )
        places = "LEFT JOIN meeting_places l USING (workspace, partnership_id)"
        return [
            PlannedRow(id_, pair, state, _moment(starts) if starts else None, *rest)
            for id_, pair, state, starts, *rest in self._all(f"SELECT {columns} FROM planned_meetings p {places}")
        ]

    def regular(self) -> list[RegularRow]:
        """Every regular time as it is kept."""
        columns = "id, partnership_id, state, offered_by, ended_by, version"
        return [RegularRow(*row) for row in self._all(f"SELECT {columns} FROM regular_times")]

    def pauses(self) -> list[PauseRow]:
        """The newest pause of each partnership as it is kept."""
        query = """
            SELECT id, paused_by, paused_since, paused_until, resumed_on, pause_moves_end, ends_on
            FROM partnerships WHERE paused_since IS NOT NULL
        """
        return [
            PauseRow(
                pair, by, _moment(since), _day(until), _day(over), len(json.loads(wanted)), date.fromisoformat(ends)
            )
            for pair, by, since, until, over, wanted, ends in self._all(query)
        ]

    def pause(self, partnership: str) -> tuple[Any, ...]:
        """The newest pause of one as it is kept, with who has said what about it."""
        columns = "paused_since, paused_until, resumed_on, pause_confirmed, pause_moves_end"
        return tuple(self._all(f"SELECT {columns} FROM partnerships WHERE id = ?", partnership)[0])

    def is_regular(self, planned: str) -> bool:
        """Whether the planned meeting belongs to a regular time."""
        return bool(self._all("SELECT 1 FROM planned_meetings WHERE id = ? AND regular_id <> ''", planned))

    def items(self) -> list[ItemRow]:
        """Every action item as it is kept."""
        columns = "id, partnership_id, owner, due, state, version"
        return [
            ItemRow(id_, pair, owner, date.fromisoformat(due) if due else None, state, version)
            for id_, pair, owner, due, state, version in self._all(f"SELECT {columns} FROM action_items ORDER BY id")
        ]

    def cases(self) -> list[CaseRow]:
        """Every case as it is kept."""
        columns = "id, person, contact, second_contact, state"
        return [CaseRow(*row) for row in self._all(f"SELECT {columns} FROM cases ORDER BY id")]

    def remarks(self) -> list[RemarkRow]:
        """Every remark as it is kept, with a name or without."""
        named = self._all("SELECT id, person, read_by FROM remarks ORDER BY id")
        counted = self._all("SELECT id, person, coalesce(group_id, '') FROM counted_remarks ORDER BY id")
        return [
            *(RemarkRow(id_, person, has_name=True, read_by=by) for id_, person, by in named),
            *(RemarkRow(id_, person, has_name=False, group=group) for id_, person, group in counted),
        ]

    def oversight_requests(self) -> list[RequestRow]:
        """What owners have asked of two people."""
        columns = 'partnership_id, kind, number, "by"'
        return [RequestRow(*row) for row in self._all(f"SELECT {columns} FROM oversight_requests ORDER BY at, kind")]

    def standing_answers(self) -> list[AnswerRow]:
        """What these answered."""
        columns = "partnership_id, number, person, answer"
        return [AnswerRow(*row) for row in self._all(f"SELECT {columns} FROM standing_answers ORDER BY at, person")]

    def active_partnerships(self) -> list[str]:
        """The ids of those that are not over."""
        return [str(id_) for (id_,) in self._all("SELECT id FROM partnerships WHERE state = 'active' ORDER BY id")]

    def cases_counted(self) -> int:
        """In all years."""
        ((opened,),) = self._all("SELECT coalesce(sum(opened), 0) FROM case_counts")
        return int(opened)

    def planned_of(self, pair: str) -> PlannedRow | None:
        """The newest planned meeting of two people."""
        found = [row for row in self.planned() if row.pair == pair]
        newest = self._all("SELECT id FROM planned_meetings WHERE partnership_id = ? ORDER BY rowid DESC LIMIT 1", pair)
        return next((row for row in found if newest and row.id == newest[0][0]), None)

    def place_of(self, planned: str) -> tuple[str, str]:
        """Where the two of a planned meeting meet, and who said so last; twice "" if nobody did."""
        query = (
            "SELECT words, changed_by FROM meeting_places JOIN planned_meetings USING (workspace, partnership_id) "
            "WHERE id = ?"
        )
        return next(iter(self._all(query, planned)), ("", ""))

    def has_answered(self, partnership: str, person: str, question: str) -> bool:
        query = "SELECT 1 FROM feedback WHERE partnership_id = ? AND person = ? AND question = ?"
        return bool(self._all(query, partnership, person, question))

    def has_said_thanks(self, partnership: str, person: str) -> bool:
        """Whether they have sent the last page of the closing survey."""
        return bool(self._all("SELECT 1 FROM closures WHERE partnership_id = ? AND person = ?", partnership, person))

    def can_go_on(self, partnership: str, person: str) -> bool:
        """Whether they are the mentor, have not gone back to the pool, and have not withdrawn."""
        query = (
            "SELECT p.back FROM partnerships p JOIN applications a ON a.id = p.mentor_application "
            "WHERE p.id = ? AND p.mentor = ? AND a.state = 'open'"
        )
        return any(person not in json.loads(back) for (back,) in self._all(query, partnership, person))

    def has_rated(self, partnership: str, person: str) -> bool:
        """Whether their answer to the closing survey has a rating, and not a reason for never having met."""
        where = "WHERE f.partnership_id = ? AND f.person = ? AND f.question = 'survey'"
        why = "SELECT 1 FROM feedback_items i WHERE i.partnership_id = f.partnership_id AND i.person = f.person"
        query = f"SELECT rating IS NOT NULL, EXISTS ({why} AND i.item = 'why_not') FROM feedback f {where}"
        ((rated, says_why),) = self._all(query, partnership, person)
        assert bool(rated) is not bool(says_why)
        return bool(rated)

    def plan_version(self, person: str) -> int:
        """0 for none."""
        found = self._all("SELECT version FROM plans WHERE person = ?", person)
        return int(found[0][0]) if found else 0

    def goals(self, person: str) -> dict[str, int]:
        """The versions of all goals of a person, by id."""
        return dict(self._all("SELECT id, version FROM goals WHERE person = ? ORDER BY id", person))

    def open_goals(self, person: str) -> list[str]:
        query = (
            "SELECT id FROM goals WHERE person = ? AND state IN ('not-begun', 'begun', 'half-way', 'nearly-there') "
            "ORDER BY id"
        )
        return [goal for (goal,) in self._all(query, person)]

    def is_plan_shared(self, partnership: str) -> bool:
        return bool(self._all("SELECT 1 FROM plan_shares WHERE partnership_id = ?", partnership))

    def report(self, partnership: str) -> "NewestReport":
        """The newest progress report of a partnership; number 0 for none."""
        query = """
            SELECT number, mentee_finished_at, mentor_finished_at, edition FROM reports
            WHERE partnership_id = ? ORDER BY number DESC LIMIT 1
        """
        found = self._all(query, partnership)
        if not found:
            return NewestReport(0, frozenset(), 0)
        number, _, _, edition = found[0]
        return NewestReport(number, self.report_finished_by(partnership, number), edition)

    def report_finished_by(self, partnership: str, number: int) -> frozenset[str]:
        query = """
            SELECT mentee, mentor, mentee_finished_at, mentor_finished_at FROM reports
            JOIN partnerships ON partnerships.id = partnership_id WHERE partnership_id = ? AND number = ?
        """
        found = self._all(query, partnership, number)
        return _those(found)

    def last_finished_report(self, partnership: str) -> int:
        """Which was the last that both have finished; 0 for none."""
        query = "SELECT max(number) FROM reports WHERE partnership_id = ? AND ended_on IS NOT NULL"
        return int(self._all(query, partnership)[0][0] or 0)

    def says_in_report(self, partnership: str, said: str) -> bool:
        """Whether this stands in a report of the partnership."""
        query = "SELECT mentee_learnt, mentor_learnt, next_steps FROM report_words WHERE partnership_id = ?"
        return any(said in words for row in self._all(query, partnership) for words in row)

    def agreed_to_share(self, partnership: str, number: int, reader: str) -> frozenset[str]:
        """Who of the two has agreed to share a report with this person."""
        query = """
            SELECT mentee, mentor, mentee_agreed_at, mentor_agreed_at FROM report_shares
            JOIN reports ON reports.id = report_id JOIN partnerships ON partnerships.id = reports.partnership_id
            WHERE reports.partnership_id = ? AND number = ? AND reader = ?
        """
        found = self._all(query, partnership, number, reader)
        return _those(found)

    def owes(self, kind: str, person: str) -> int:
        """How many notices of a kind a person is owed or was sent."""
        return int(self._all("SELECT count(*) FROM outbox WHERE kind = ? AND recipient = ?", kind, person)[0][0])

    def _ask(self, query: str, **values: str) -> list[Any]:
        """Of this workspace."""
        return self._connection.execute(query, {"workspace": self._workspace, **values}).fetchall()

    def _all(self, query: str, *values: Any) -> list[Any]:
        return self._connection.execute(query, values).fetchall()


def _those(found: list[Any]) -> frozenset[str]:
    """Of mentee, mentor, and when each of them did something: those who did."""
    return frozenset(person for one, two, *at in found for person, on in zip((one, two), at, strict=True) if on)


def _day(kept: str | None) -> date | None:
    return date.fromisoformat(kept) if kept else None


def _kept(moment: datetime) -> str:
    return moment.replace(tzinfo=None).isoformat(" ", "microseconds")


def _moment(kept: str) -> datetime:
    return datetime.fromisoformat(f"{kept}+00:00")
