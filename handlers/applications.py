"""Applying as mentee or mentor, and withdrawing."""

from dataclasses import replace
from functools import partial

from handlers.context import DONE, AppContext, OpenModal, OpenWhenKnown, Reply, Request, Response
from handlers.drafts import load_draft, submission
from handlers.known_answers import known_answers, with_topic
from handlers.programme_choice import programme_to_apply
from mentoring.applications.application import ApplicationState, Role, most_alike, share_hopes
from mentoring.applications.entering import confirm_application
from mentoring.applications.errors import CannotTakePart, CohortClosed, NoSuchApplication
from mentoring.applications.submission import check_open, check_segment, submit_application
from mentoring.core.errors import InvalidForm
from mentoring.core.people import AccountStatus, ineligibility
from mentoring.matching import offers
from mentoring.matching.match import MatchState
from mentoring.programmes.naming import tell_of_committee
from messages import applications as application_forms
from messages import forms, ids
from messages.in_programme import view_in
from services.drafts import draft_name
from services.invitations import note_applied
from services.programmes import as_read, name_if_several


def open_request(app: AppContext, request: Request) -> Response:
    return _open_when_known(app, request, Role.MENTEE)


def open_volunteer(app: AppContext, request: Request) -> Response:
    return _open_when_known(app, request, Role.MENTOR)


def open_invited(app: AppContext, request: Request, role: Role) -> Response:
    """Open the form with the topic of the request, for a person who was invited."""
    return _open_when_known(app, request, role, invited=True)


def _open_when_known(app: AppContext, request: Request, role: Role, *, invited: bool = False) -> Response:
    """Open the form. If it is not known yet who the person is, Slack is asked first, while a view says so.

    Raises what is certain without Slack at once.
    """
    with app.storage.read(request.workspace) as tx:
        programme, cohort = programme_to_apply(tx, request, role)
        request = replace(request, programme=programme.id)
        applicant = tx.people.get(request.person)
        record = tx.staff.get(request.person)
    if applicant.account_status is AccountStatus.UNKNOWN:
        if cohort.closed_on:
            raise CohortClosed(None)
        check_segment(role, programme, record)
        opens = partial(_open_form, app, request, role, invited=invited)
        return OpenWhenKnown(application_forms.waiting(role, programme), opens)
    return _open_form(app, request, role, invited=invited)


def _open_form(app: AppContext, request: Request, role: Role, *, invited: bool = False) -> Response:
    """Open the form, filled with the draft, or else the current application, or else what is known. If they are
    `invited`, the topic of the request is in it, and what is not known is suggested.

    Raises CannotTakePart and other refusals for people who cannot apply, so that they do not fill in the form first.
    """
    with app.storage.begin(request.workspace) as tx:
        programme, cohort = tx.programme(request.programme)
        applicant = tx.people.get(request.person)
        why_not = ineligibility(applicant, programme.admits)
        if why_not:
            raise CannotTakePart(why_not)
        tx.people.request_profiles([request.person], request.now)
        today = applicant.today(request.now)
        check_open(cohort, today)
        record = tx.staff.get(request.person)
        check_segment(role, programme, record)
        draft = load_draft(tx, request, draft_name(ids.APPLICATION_FORM, role, programme_id=programme.id))
        own = tx.applications.of_person(request.person)
        sent, other = own.get(cohort.id, {}).get(role), most_alike(own, role, cohort.id)
        known = record is not None and not (draft or sent)
        if draft:
            values: forms.Values = draft
        elif sent:
            values = application_forms.values_of(sent, tx.private(request.acting).private_answers(sent))
        else:
            values = known_answers(
                tx,
                role,
                programme,
                record=record,
                other=other,
                other_answers=tx.private(request.acting).private_answers(other) if other else None,
                today=today,
                now=request.now,
            )
        invited = invited and not sent
        if invited:
            values = with_topic(values, role, programme, request.value)
        shown, name = as_read(tx, programme), name_if_several(tx, programme)
    view = application_forms.form(
        role,
        shown,
        cohort,
        values,
        today=today,
        version=sent.version if sent else 0,
        restored=draft is not None,
        known=known,
        like_other=other is not None and not (draft or sent),
        entered=sent is not None and sent.state is ApplicationState.UNCONFIRMED,
        invited=invited,
        sent_on=sent.sent_on if sent and sent.state is ApplicationState.OPEN else None,
    )
    return OpenModal(view_in(view, programme.id, name))


def submit(app: AppContext, request: Request) -> Response:
    """Save the application. If it is refused, save it as a draft. Either way, request the profiles of people in it: if
    one turns out to be somebody who cannot be named, `services.people` tells the applicant.
    """
    view = request.view or {}
    meta = forms.meta_of(view)
    role = forms.known(Role, meta.form)
    form = application_forms.parse(role, forms.read(view), invited=meta.invited)
    with submission(app, request) as tx:
        tx.people.request_profiles((request.person, form.manager, form.wish), request.now)
        programme, cohort = programme_to_apply(tx, request, role)
        before = tx.applications.of(request.person, cohort.id).get(role)
        outcome = submit_application(
            form,
            by=tx.people.get(request.person),
            programme=programme,
            cohort=cohort,
            named=tx.people.get_many((form.manager, form.wish)),
            record=tx.staff.get(request.person),
            before=before,
            private_answers=tx.private(request.acting).private_answers(before) if before else None,
            seen_version=meta.version,
            shares_hopes=meta.shares_hopes,
            now=request.now,
            new_id=tx.new_id(),
            partnerships=tx.partnerships.of(request.person),
        )
        tx.save(outcome)
        if programme.has_committee and not meta.names_committee:
            tx.save(tell_of_committee(programme, (request.person,), request.now))
        tx.erasure.clear_tombstone(request.person)
        note_applied(tx, request.person, programme.id, request.now)
        if before and any(match.state is MatchState.OFFERED for match in tx.matches.live(request.person, cohort.id)):
            tx.save(offers.close_overtaken_offers(tx.rounds.get(programme, cohort), before.id))
    return DONE


def confirm(app: AppContext, request: Request) -> Response:
    """Confirm an application that was entered for this person. If it cannot be sent as it stands, its form opens."""
    id, _, version = request.value.partition(":")
    role = Role.MENTEE
    try:
        with app.storage.begin(request.workspace) as tx:
            application = tx.applications.get(id)
            if application is None:
                raise NoSuchApplication
            role = application.role
            programme, cohort = tx.programme_of(application.cohort_id)
            request = replace(request, programme=programme.id)
            answers = tx.private(request.acting).private_answers(application)
            tx.save(
                confirm_application(
                    application,
                    answers,
                    by=tx.people.get(request.person),
                    programme=programme,
                    cohort=cohort,
                    named=tx.people.get_many((answers.manager, answers.wish) if answers else ()),
                    record=tx.staff.get(request.person),
                    seen_version=int(version) if version.isdecimal() else 0,
                    now=request.now,
                    partnerships=tx.partnerships.of(request.person),
                )
            )
            tx.erasure.clear_tombstone(request.person)
            note_applied(tx, request.person, programme.id, request.now)
    except InvalidForm:
        return _open_when_known(app, request, role)
    return DONE


def let_mentor_read(app: AppContext, request: Request) -> Response:
    """The author agrees that a mentor who is asked reads what they hope for."""
    with app.storage.begin(request.workspace) as tx:
        application = tx.applications.get(request.value)
        if application is None or application.person != request.person:
            raise NoSuchApplication
        programme, _ = tx.programme_of(application.cohort_id)
        answers = tx.private(request.acting).private_answers(application)
        tx.save(share_hopes(application, answers, by=request.person))
        shown = as_read(tx, programme)
    return Reply(application_forms.hopes_are_shared(shown), application_forms.SHARED_TITLE)


def withdraw(app: AppContext, request: Request) -> Response:
    """Withdraw the person's application; they get a receipt as a message."""
    with app.storage.begin(request.workspace) as tx:
        application = tx.applications.get(request.value)
        if application is None:
            raise NoSuchApplication
        programme, cohort = tx.programme_of(application.cohort_id)
        tx.save(offers.withdraw(tx.rounds.get(programme, cohort), application, by=request.person))
    return DONE
