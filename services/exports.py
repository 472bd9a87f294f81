"""Loads the data of a programme to be exported."""

from collections.abc import Iterable
from datetime import date

from mentoring.core.programmes import Programme
from mentoring.exports.export import ExportNaming, ProgrammeExport
from storage import Transaction


def load_export(tx: Transaction, programme: Programme, naming: ExportNaming, today: date) -> ProgrammeExport:
    """The data of all rounds on `today`. It renders nothing: that takes no transaction."""
    cohorts = tx.cohorts.in_programme(programme.id)
    applications = [each for cohort in cohorts for each in tx.applications.in_cohort(cohort.id)]
    partnerships = sorted(tx.partnerships.in_programme(programme.id), key=lambda each: (each.introduced_at, each.id))
    people = {each.person for each in applications} | {id for each in partnerships for id in each.people}
    ids = {cohort.id for cohort in cohorts}
    return ProgrammeExport(
        programme,
        cohorts,
        applications,
        partnerships,
        tx.meetings.of(each.id for each in partnerships),
        tx.meetings.totals_with_earlier(partnerships),
        [group for group in tx.feedback.groups() if group.cohort_id in ids],
        _named(tx, programme.id, sorted(people - {""}), naming),
        naming,
        today,
    )


def _named(tx: Transaction, programme_id: str, people: Iterable[str], naming: ExportNaming) -> dict[str, str]:
    if naming is ExportNaming.NAMES:
        return {id: person.display_name or id for id, person in tx.people.get_many(people).items()}
    return {id: tx.digests.code(programme_id, id) for id in people}
