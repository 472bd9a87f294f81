"""What the committee has decided: whom it keeps apart, and who said what when; and how far proposing is."""

import hashlib

from sqlalchemy import select

from mentoring.ban import Ban, Lifted
from mentoring.solving import Solving
from mentoring.verdict import Decided, Verdict
from storage.shelf import Shelf
from storage.tables import BanRow, DecidedRow, SolvingRow


class Bans(Shelf):
    def all(self) -> list[Ban]:
        rows = select(BanRow).where(BanRow.workspace == self._workspace).order_by(BanRow.one, BanRow.other)
        return [Ban(row.one, row.other, row.by, row.at) for row in self._session.scalars(rows)]

    def keep(self, ban: Ban) -> bool:
        """The first of two stays."""
        self._add(BanRow, one=ban.one, other=ban.other, by=ban.by, at=ban.at)
        return True

    def lift(self, lifted: Lifted) -> bool:
        self._remove(BanRow, lifted.one, lifted.other)
        return True


class Decisions(Shelf):
    def of_cohort(self, cohort_id: str) -> list[Decided]:
        """What was decided in it, oldest first."""
        rows = select(DecidedRow).where(DecidedRow.workspace == self._workspace, DecidedRow.cohort_id == cohort_id)
        return [_decided(row) for row in self._session.scalars(rows.order_by(DecidedRow.at, DecidedRow.id))]

    def keep(self, decided: Decided) -> bool:
        whole = "|".join((decided.verdict, decided.by, decided.at.isoformat(), decided.match_id, *_people(decided)))
        self._add(
            DecidedRow,
            id=hashlib.blake2b(whole.encode(), digest_size=16).hexdigest(),
            cohort_id=decided.cohort_id,
            match_id=decided.match_id,
            verdict=decided.verdict,
            by=decided.by,
            at=decided.at,
            mentee=decided.mentee,
            mentor=decided.mentor,
        )
        return True


class Solvings(Shelf):
    def get(self, cohort_id: str) -> Solving | None:
        row = self._kept(SolvingRow, cohort_id)
        return _solving(row) if row else None

    def asked_for(self) -> list[Solving]:
        """Those that somebody waits for."""
        rows = select(SolvingRow).where(SolvingRow.workspace == self._workspace, SolvingRow.asked_at.is_not(None))
        return [_solving(row) for row in self._session.scalars(rows)]

    def keep(self, solving: Solving) -> bool:
        """False where the kept version is not the one before."""
        values = {
            "asked_by": solving.asked_by,
            "asked_at": solving.asked_at,
            "done_by": solving.done_by,
            "done_at": solving.done_at,
            "added": solving.added,
            "gone": solving.gone,
            "kept": solving.kept,
            "version": solving.version,
        }
        if solving.version == 1:
            return self._add(SolvingRow, cohort_id=solving.cohort_id, **values)
        row = self._kept(SolvingRow, solving.cohort_id)
        if row is None or row.version != solving.version - 1:
            return False
        for name, value in values.items():
            setattr(row, name, value)
        self._session.flush()
        return True


def _people(decided: Decided) -> tuple[str, str]:
    return decided.mentee, decided.mentor


def _decided(row: DecidedRow) -> Decided:
    return Decided(row.cohort_id, Verdict(row.verdict), row.by, row.at, row.mentee, row.mentor, row.match_id)


def _solving(row: SolvingRow) -> Solving:
    return Solving(
        row.cohort_id,
        row.asked_by,
        row.asked_at,
        row.done_by,
        row.done_at,
        row.added,
        row.gone,
        row.kept,
        row.version,
    )
