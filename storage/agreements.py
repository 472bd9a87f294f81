"""Agreements: where they stand, what reminders follow, and saving them. Their terms are read in `storage.private`."""

from sqlalchemy import bindparam, select

from mentoring.agreements.agreement import Agreement, AgreementVersion, WrittenTerms
from mentoring.agreements.terms import (
    AgreementTerms,
    AnswerWithin,
    ContactBetween,
    MeetingHours,
    ReportTimes,
)
from mentoring.applications.application import MeetingMode
from mentoring.partnerships.end_date import EndMoved
from mentoring.partnerships.judgement import FollowedTerms
from mentoring.partnerships.scheduling import WhoSchedules
from mentoring.partnerships.timing import MeetingRhythm
from storage.repository import WORKSPACE_PARAM, Repository
from storage.tables import AgreementRow, AgreementTermsRow, AgreementVersionRow


class Agreements(Repository):
    """Agreements without their terms."""

    def get(self, partnership_id: str) -> Agreement | None:
        """Where the agreement of the partnership stands, or None if nothing is written."""
        row = self._get(AgreementRow, partnership_id)
        if row is None:
            return None
        versions = self._select(AgreementVersionRow, _VERSIONS, partnership=partnership_id)
        return Agreement(partnership_id, tuple(map(_version, versions)), row.version)

    def followed(self, partnership_id: str) -> FollowedTerms | None:
        """What the bot follows of the version in force. It reveals nothing else of the terms."""
        row = self._execute(_FOLLOWED, partnership=partnership_id).first()
        if row is None:
            return None
        return FollowedTerms(
            MeetingRhythm(row.rhythm),
            row.review_on,
            row.minutes,
            WhoSchedules(row.schedules),
            row.reports == ReportTimes.QUARTERLY,
        )

    def save(self, agreement: Agreement) -> bool:
        """Save the agreement. Returns False if the stored version is not the previous one."""
        if not self._save_version(AgreementRow, agreement.partnership_id, agreement.version):
            return False
        for each in agreement.versions:
            others = [(person, at) for person, at in each.signed.items() if person != each.written_by]
            person, at = others[0] if others else ("", None)
            self._upsert(
                AgreementVersionRow,
                partnership_id=agreement.partnership_id,
                number=each.number,
                written_by=each.written_by,
                written_at=each.written_at,
                countersigned_by=person,
                countersigned_at=at,
            )
        return True

    def follow_end(self, moved: EndMoved) -> bool:
        """Write the end that both have agreed on into what is in force, and into what waits for a signature.

        A button that signs what was there before is then out of date.
        """
        agreement = self.get(moved.partnership_id)
        if agreement is None:
            return True
        first = agreement.in_force.number if agreement.in_force else 1
        rows = self._select(AgreementTermsRow, _TERMS, partnership=moved.partnership_id)
        others = [row for row in rows if row.number >= first and row.until != moved.ends_on]
        for row in others:
            self._upsert(AgreementTermsRow, **{**row._asdict(), "until": moved.ends_on})  # type: ignore[attr-defined]
        return not others or self._save_version(AgreementRow, agreement.partnership_id, agreement.version + 1)

    def save_terms(self, written: WrittenTerms) -> bool:
        terms = written.terms
        self._upsert(
            AgreementTermsRow,
            partnership_id=written.partnership_id,
            number=written.number,
            purpose=terms.purpose,
            rhythm=terms.rhythm,
            minutes=terms.minutes,
            ways=tuple(terms.ways),
            schedules=terms.schedules,
            hours=terms.hours,
            between=terms.between,
            answer=terms.answer or "",
            until=terms.until,
            mentee_brings=terms.mentee_brings,
            mentor_brings=terms.mentor_brings,
            feedback=terms.feedback,
            off_limits=terms.off_limits,
            obstacles=terms.obstacles,
            review_on=terms.review_on,
            goals=terms.goals,
            reports=terms.reports or "",
        )
        return True


def terms_from(row: AgreementTermsRow) -> AgreementTerms:
    return AgreementTerms(
        purpose=row.purpose,
        rhythm=MeetingRhythm(row.rhythm),
        minutes=row.minutes,
        ways=tuple(map(MeetingMode, row.ways)),
        schedules=WhoSchedules(row.schedules),
        hours=MeetingHours(row.hours),
        between=ContactBetween(row.between),
        answer=AnswerWithin(row.answer) if row.answer else None,
        until=row.until,
        mentee_brings=row.mentee_brings,
        mentor_brings=row.mentor_brings,
        feedback=row.feedback,
        off_limits=row.off_limits,
        obstacles=row.obstacles,
        review_on=row.review_on,
        goals=tuple(row.goals),
        reports=ReportTimes(row.reports) if row.reports else None,
    )


def _version(row: AgreementVersionRow) -> AgreementVersion:
    signed = {row.written_by: row.written_at}
    if row.countersigned_at:
        signed[row.countersigned_by] = row.countersigned_at
    return AgreementVersion(row.number, row.written_by, row.written_at, signed)


_VERSIONS = (
    select(AgreementVersionRow)
    .where(
        AgreementVersionRow.workspace == WORKSPACE_PARAM,
        AgreementVersionRow.partnership_id == bindparam("partnership"),
    )
    .order_by(AgreementVersionRow.number)
)
_TERMS = select(AgreementTermsRow).where(
    AgreementTermsRow.workspace == WORKSPACE_PARAM, AgreementTermsRow.partnership_id == bindparam("partnership")
)
_FOLLOWED = (
    select(
        AgreementTermsRow.rhythm,
        AgreementTermsRow.review_on,
        AgreementTermsRow.minutes,
        AgreementTermsRow.schedules,
        AgreementTermsRow.reports,
    )
    .join(
        AgreementVersionRow,
        (AgreementVersionRow.workspace == AgreementTermsRow.workspace)
        & (AgreementVersionRow.partnership_id == AgreementTermsRow.partnership_id)
        & (AgreementVersionRow.number == AgreementTermsRow.number),
    )
    .where(
        AgreementTermsRow.workspace == WORKSPACE_PARAM,
        AgreementTermsRow.partnership_id == bindparam("partnership"),
        AgreementVersionRow.countersigned_at.is_not(None),
    )
    .order_by(AgreementTermsRow.number.desc())
    .limit(1)
)
