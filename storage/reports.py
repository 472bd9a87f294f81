"""Progress reports: where they stand, with whom they are shared, and saving them. What they say is read in
`storage.private`.
"""

import json
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select

from mentoring.applications.application import Role
from mentoring.goals.goal import GoalState
from mentoring.reports.page import ReportedGoal, ReportedItem, ReportPage, ReportWish, ReportWords
from mentoring.reports.report import ProgressReport
from mentoring.reports.sharing import ReportShare
from storage.notifications.outbox import Outbox
from storage.repository import WORKSPACE_PARAM, Repository
from storage.tables import ReportRow, ReportShareRow, ReportWordsRow


class Reports(Repository):
    """Reports without what they say."""

    def of(self, partnership_id: str) -> tuple[ProgressReport, ...]:
        """The reports of a partnership, oldest first."""
        rows = self._select(ReportRow, _OF_PARTNERSHIP, partnership=partnership_id)
        return tuple(map(_report, rows))

    def shares(self, partnership_id: str) -> tuple[ReportShare, ...]:
        """Those with whom reports of a partnership are shared, or were to be."""
        rows = self._select(ReportShareRow, _SHARES, partnership=partnership_id)
        return tuple(map(self._share, rows))

    def share_with(self, report_id: str, reader: str) -> ReportShare | None:
        row = self._get(ReportShareRow, report_id, reader)
        return self._share(row) if row else None

    def _share(self, row: ReportShareRow) -> ReportShare:
        agreed = _by_role(row.mentee_agreed_at, row.mentor_agreed_at)
        share = ReportShare(row.report_id, row.partnership_id, row.reader, agreed, row.attempt, row.version)
        if share.is_agreed and Outbox(self._context).may_have_arrived(share.message_key):
            return ReportShare(
                row.report_id, row.partnership_id, row.reader, agreed, row.attempt, row.version, is_sent=True
            )
        return share


class ReportData(Repository):
    """Saves reports. It reads none."""

    def save(self, report: ProgressReport) -> bool:
        """Save the report. Returns False if the stored version is not the previous one, or if the partnership has
        another report of this number.
        """
        return self._save_version(
            ReportRow,
            report.id,
            report.version,
            partnership_id=report.partnership_id,
            number=report.number,
            starts_on=report.starts_on,
            mentee_finished_at=report.finished.get(Role.MENTEE),
            mentor_finished_at=report.finished.get(Role.MENTOR),
            ended_on=report.ended_on,
            edition=report.edition,
        )

    def save_words(self, words: ReportWords) -> bool:
        """Save what a report says. The version of the report, which is saved with it, tells of conflicts."""
        self._upsert(
            ReportWordsRow,
            report_id=words.report_id,
            partnership_id=words.partnership_id,
            mentee_learnt=words.learnt.get(Role.MENTEE, ""),
            mentor_learnt=words.learnt.get(Role.MENTOR, ""),
            lines=json.dumps(dict(words.lines)),
            next_steps=json.dumps(words.next_steps),
            wishes=tuple(words.wishes),
            leaves_out_resting=words.leaves_out_resting,
            mentee_shows_titles=Role.MENTEE in words.shows_titles,
            mentor_shows_titles=Role.MENTOR in words.shows_titles,
            version=words.version,
            page=json.dumps(_stored(words.page)) if words.page else None,
        )
        return True

    def save_share(self, share: ReportShare) -> bool:
        """Save the share. Returns False if the stored version is not the previous one."""
        values: dict[str, Any] = {
            "partnership_id": share.partnership_id,
            "mentee_agreed_at": share.agreed.get(Role.MENTEE),
            "mentor_agreed_at": share.agreed.get(Role.MENTOR),
            "attempt": share.attempt,
            "version": share.version,
        }
        if share.version == 1:
            return self._insert(ReportShareRow, report_id=share.report_id, reader=share.reader, **values)
        stored = self._get(ReportShareRow, share.report_id, share.reader)
        if stored is None or stored.version != share.version - 1:
            return False
        self._update(ReportShareRow, share.report_id, share.reader, **values)
        return True


def words_from(row: ReportWordsRow) -> ReportWords:
    return ReportWords(
        report_id=row.report_id,
        partnership_id=row.partnership_id,
        learnt={role: said for role, said in _learnt(row).items() if said},
        lines=json.loads(row.lines),
        next_steps=tuple(json.loads(row.next_steps)),
        wishes=tuple(map(ReportWish, row.wishes)),
        leaves_out_resting=row.leaves_out_resting,
        shows_titles=frozenset(role for role, shows in _shows_titles(row).items() if shows),
        version=row.version,
        page=page_from(row.page) if row.page else None,
    )


def page_from(page: str) -> ReportPage:
    """The page of a report that both have finished."""
    stored: dict[str, Any] = json.loads(page)
    return ReportPage(
        starts_on=date.fromisoformat(stored["starts_on"]),
        until=date.fromisoformat(stored["until"]),
        met=stored["met"],
        minutes=stored["minutes"],
        agreed=stored["agreed"],
        reached=_goals(stored["reached"]),
        moving=_goals(stored["moving"]),
        resting=_goals(stored["resting"]),
        learnt={Role(role): said for role, said in stored["learnt"].items()},
        next_steps=tuple(stored["next_steps"]),
        wishes=tuple(map(ReportWish, stored["wishes"])),
        items=stored["items"],
        items_done=stored["items_done"],
        named_items=tuple(ReportedItem(each["words"], each["is_done"]) for each in stored.get("named_items", ())),
    )


def _stored(page: ReportPage) -> dict[str, Any]:
    return {
        **asdict(page),
        "starts_on": page.starts_on.isoformat(),
        "until": page.until.isoformat(),
        "learnt": {str(role): said for role, said in page.learnt.items()},
    }


def _goals(stored: list[dict[str, Any]]) -> tuple[ReportedGoal, ...]:
    return tuple(
        ReportedGoal(each["goal_id"], each["words"], GoalState(each["state"]), each["line"]) for each in stored
    )


def _shows_titles(row: ReportWordsRow) -> dict[Role, bool]:
    return {Role.MENTEE: row.mentee_shows_titles, Role.MENTOR: row.mentor_shows_titles}


def _learnt(row: ReportWordsRow) -> dict[Role, str]:
    return {Role.MENTEE: row.mentee_learnt, Role.MENTOR: row.mentor_learnt}


def _report(row: ReportRow) -> ProgressReport:
    return ProgressReport(
        id=row.id,
        partnership_id=row.partnership_id,
        number=row.number,
        starts_on=row.starts_on,
        finished=_by_role(row.mentee_finished_at, row.mentor_finished_at),
        ended_on=row.ended_on,
        edition=row.edition,
        version=row.version,
    )


def _by_role(mentee: datetime | None, mentor: datetime | None) -> dict[Role, datetime]:
    return {role: at for role, at in ((Role.MENTEE, mentee), (Role.MENTOR, mentor)) if at}


_OF_PARTNERSHIP = (
    select(ReportRow)
    .where(ReportRow.workspace == WORKSPACE_PARAM, ReportRow.partnership_id == bindparam("partnership"))
    .order_by(ReportRow.number)
)
_SHARES = (
    select(ReportShareRow)
    .where(ReportShareRow.workspace == WORKSPACE_PARAM, ReportShareRow.partnership_id == bindparam("partnership"))
    .order_by(ReportShareRow.report_id, ReportShareRow.reader)
)
