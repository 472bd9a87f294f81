"""Who can tell the programme something, and the groups of remarks that its owners read."""

from mentoring.core.programmes import Cohort
from mentoring.remarks.groups import RemarkGroup
from mentoring.remarks.remark import can_tell
from storage import Transaction


def takes_part(tx: Transaction, cohort: Cohort, person: str) -> bool:
    """Whether `person` (a Slack user id) can tell the programme of `cohort`, its current one, something."""
    applications = tx.applications.of(person, cohort.id).values()
    partnerships = [
        each for each in tx.partnerships.of(person) if tx.cohorts.programme_of(each.cohort_id) == cohort.programme_id
    ]
    return can_tell(cohort, applications, partnerships)


def remark_groups(tx: Transaction, programme_id: str) -> list[RemarkGroup]:
    """The groups of the programme that have words, those of the newest round first."""
    rounds = {cohort.id: cohort for cohort in tx.cohorts.in_programme(programme_id)}
    groups = [group for group in tx.remarks.groups(rounds.keys()) if group.words]
    return sorted(groups, key=lambda group: (rounds[group.cohort_id].starts_on, group.cohort_id), reverse=True)
