"""What the committee has decided: whom it keeps apart, and who said what when; and how far proposing is."""

import hashlib

from sqlalchemy import bindparam, select

from mentoring.matching.decisions import Decided, Verdict
from mentoring.matching.hard_rules import Ban, Lifted
from mentoring.matching.review import Solving
from storage.shelf import Shelf
from storage.statements import HERE
from storage.tables import BanRow, DecidedRow, SolvingRow


class Bans(Shelf):
    def all(self) -> list[Ban]:
        return [Ban(row.one, row.other, row.by, row.at) for row in self._all(BanRow, _BANS)]

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
        return [_decided(row) for row in self._all(DecidedRow, _DECIDED, cohort=cohort_id)]

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
        return [_solving(row) for row in self._all(SolvingRow, _ASKED_FOR)]

    def keep(self, solving: Solving) -> bool:
        """False where the kept version is not the one before."""
        return self._keep_version(
            SolvingRow,
            solving.cohort_id,
            solving.version,
            asked_by=solving.asked_by,
            asked_at=solving.asked_at,
            done_by=solving.done_by,
            done_at=solving.done_at,
            added=solving.added,
            gone=solving.gone,
            kept=solving.kept,
        )


_BANS = select(BanRow).where(BanRow.workspace == HERE).order_by(BanRow.one, BanRow.other)
_DECIDED = (
    select(DecidedRow)
    .where(DecidedRow.workspace == HERE, DecidedRow.cohort_id == bindparam("cohort"))
    .order_by(DecidedRow.at, DecidedRow.id)
)
_ASKED_FOR = select(SolvingRow).where(SolvingRow.workspace == HERE, SolvingRow.asked_at.is_not(None))


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
