"""The programme's set-up, for its owners."""

from handlers.context import DONE, Answer, Desk, Open, Say, Visit, ground
from handlers.drafts import draft_name, draft_of, taking
from handlers.matching.review import owners_round
from mentoring.core.errors import NotForYou
from mentoring.programmes.cohorts import close_cohort
from mentoring.programmes.settings import Part, change
from messages import forms, ids
from messages import programmes as forms_of_setup


def open_setup(desk: Desk, visit: Visit) -> Answer:
    """One of the short forms, or the card that leads to them."""
    with desk.storage.read(visit.workspace) as tx:
        programme, cohort = ground(tx)
        owners = tx.owners.all()
        if visit.person not in owners:
            raise NotForYou
        if visit.value not in set(Part):
            today = tx.people.get(visit.person).today(visit.now)
            return Say(forms_of_setup.card(programme, cohort, owners, today))
        part = Part(visit.value)
        draft = draft_of(tx, visit, draft_name(ids.SETUP_FORM, part))
    values = draft or forms_of_setup.values_of(part, programme, cohort)
    return Open(forms_of_setup.form(part, programme, cohort, values, restored=draft is not None))


def submit_setup(desk: Desk, visit: Visit) -> Answer:
    """Keep one part of the set-up, or keep it as a draft; every owner hears of a change."""
    view = visit.view or {}
    meta = forms.meta_of(view)
    with taking(desk, visit) as tx:
        programme, cohort = ground(tx)
        form = forms_of_setup.parse(Part(meta.form), forms.read(view), programme)
        outcome = change(
            programme,
            cohort,
            form,
            by=visit.person,
            owners=tx.owners.all(),
            seen_version=meta.version,
            today=tx.people.get(visit.person).today(visit.now),
            closed=tx.rounds.get(programme, cohort) if cohort.closed_on else None,
            new_id=tx.new_id(),
        )
        tx.keep(outcome)
    return DONE


def close(desk: Desk, visit: Visit) -> Answer:
    """No more applications and no more matching in the cohort that the button names; everybody whom it concerns is
    told.
    """
    with desk.storage.begin(visit.workspace) as tx:
        tx.keep(close_cohort(owners_round(tx, visit), visit.value, by=visit.person, now=visit.now))
    return DONE
