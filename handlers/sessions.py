"""Information sessions and orientations: owners plan them and invite people, and people say whether they come."""

from typing import Any

from handlers.context import DONE, AppContext, OpenModal, Reply, Request, Response, UpdateModal, open_or_update
from handlers.drafts import load_draft, submission
from handlers.owners import require_owner
from mentoring.core.errors import NoProgramme
from mentoring.core.programmes import Cohort, Programme
from mentoring.core.roles import ProgrammeRole
from mentoring.sessions.attending import come, stay_away
from mentoring.sessions.errors import NoSuchSession, SessionForOthers
from mentoring.sessions.planning import cancel_session, change_session, invite, plan_session
from mentoring.sessions.session import Session, SessionKind, check_ahead, seen_by
from messages import forms, ids
from messages.forms import FormMetadata
from messages.in_programme import view_in
from messages.sessions import planning, view, words
from services.announcements import sessions_outdated
from services.drafts import draft_name
from services.programmes import as_read, memberships_of, name_if_several
from services.sessions import audience_of, may_come, sessions_for
from storage import Transaction


def open_sessions(app: AppContext, request: Request) -> Response:
    """Show an owner the sessions of the programme, and anybody else those that are for them. Raises NoProgramme."""
    with app.storage.read(request.workspace) as tx:
        if tx.roles.programmes_of(request.person, ProgrammeRole.OWNER):
            return open_or_update(request, _list(tx, request, *require_owner(tx, request)))
        if not tx.programmes.count():
            raise NoProgramme
        reader = tx.people.get(request.person)
        found = [
            (as_read(tx, each.programme), sessions_for(tx, each, request.person, request.now))
            for each in memberships_of(tx, request.person)
            if each.is_visible
        ]
    return Reply(view.own_sessions(found, reader), words.TITLE)


def open_plan(app: AppContext, request: Request) -> Response:
    """Open the form for a session of the kind of the button."""
    kind = forms.known(SessionKind, request.value)
    with app.storage.read(request.workspace) as tx:
        programme, cohort = require_owner(tx, request)
        read = as_read(tx, programme)
        values = planning.new_values(kind, words.usual_plan(kind, read, cohort))
        meta = FormMetadata(form=kind, programme=programme.id, root=request.id_of_view(ids.SESSIONS_VIEW))
        return OpenModal(_form(tx, request, read, kind, values, meta))


def open_change(app: AppContext, request: Request) -> Response:
    """Open the form with the session of the button. Raises SessionOver."""
    with app.storage.read(request.workspace) as tx:
        session, programme, _ = _owned(tx, request, request.value)
        check_ahead(session, request.now)
        meta = FormMetadata(
            form=session.kind,
            about=session.id,
            version=session.version,
            programme=programme.id,
            root=request.id_of_view(ids.SESSIONS_VIEW),
        )
        values = planning.values_of_session(session)
        return OpenModal(_form(tx, request, as_read(tx, programme), session.kind, values, meta))


def _form(
    tx: Transaction, request: Request, programme: Programme, kind: SessionKind, values: forms.Values, meta: FormMetadata
) -> dict[str, Any]:
    draft = load_draft(tx, request, draft_name(ids.SESSION_FORM, kind, meta.about, programme.id))
    view_ = planning.session_form(kind, programme, draft or values, meta=meta, restored=draft is not None)
    return view_in(view_, programme.id, name_if_several(tx, programme))


def submit(app: AppContext, request: Request) -> Response:
    """Plan the session, or change it; once for each form. If it is refused, it is saved as a draft."""
    view_ = request.view or {}
    meta, form = forms.meta_of(view_), planning.parse_session(forms.read(view_))
    kind = forms.known(SessionKind, meta.form)
    with submission(app, request) as tx:
        programme, _ = require_owner(tx, request, meta.programme)
        owners = tx.roles.owners(programme.id)
        if meta.about:
            session = _of(tx, programme, meta.about)
            answers = tx.sessions.answers(session.id)
            tx.save(
                change_session(
                    session, form, answers, by=request.person, owners=owners, now=request.now, seen_version=meta.version
                )
            )
        else:
            new_id = tx.sessions.id_of_form(str(view_.get("id", "")))
            planned = plan_session(
                form, kind, programme.id, by=request.person, owners=owners, new_id=new_id, now=request.now
            )
            if tx.sessions.get(new_id) is None:
                tx.save(planned)
        tx.save(sessions_outdated(tx, programme.id))
    if not meta.root:
        return DONE
    with app.storage.read(request.workspace) as tx:
        return UpdateModal(_list(tx, request, *require_owner(tx, request, meta.programme)), meta.root)


def cancel(app: AppContext, request: Request) -> Response:
    """Cancel the session of the button."""
    with app.storage.begin(request.workspace) as tx:
        session, programme, cohort = _owned(tx, request, request.value)
        answers, owners = tx.sessions.answers(session.id), tx.roles.owners(programme.id)
        tx.save(cancel_session(session, answers, by=request.person, owners=owners, now=request.now))
        tx.save(sessions_outdated(tx, programme.id))
        return open_or_update(request, _list(tx, request, programme, cohort))


def invite_people(app: AppContext, request: Request) -> Response:
    """Invite everybody whom the session of the button is for, and who has no invitation yet."""
    with app.storage.begin(request.workspace) as tx:
        session, programme, cohort = _owned(tx, request, request.value)
        people = audience_of(tx, programme, cohort, session, request.now)
        invited, owners = tx.sessions.invited(session.id), tx.roles.owners(programme.id)
        tx.save(invite(session, people, invited, by=request.person, owners=owners, now=request.now))
        return open_or_update(request, _list(tx, request, programme, cohort))


def open_attending(app: AppContext, request: Request) -> Response:
    """Show an owner who comes to the session of the button."""
    with app.storage.read(request.workspace) as tx:
        session, *_ = _owned(tx, request, request.value)
        listed = planning.ListedSession(session, tx.sessions.answers(session.id))
        return OpenModal(planning.attending_view(listed, tx.people.get(request.person)))


def say_coming(app: AppContext, request: Request) -> Response:
    """The person comes to the session of the button, in any conversation in which it is."""
    return _answer(app, request, is_coming=True)


def say_away(app: AppContext, request: Request) -> Response:
    """The person cannot come to the session of the button."""
    return _answer(app, request, is_coming=False)


def _answer(app: AppContext, request: Request, *, is_coming: bool) -> Response:
    session_id, is_here = view.session_of(request.value)
    with app.storage.begin(request.workspace) as tx:
        session = tx.sessions.get(session_id)
        if session is None:
            raise NoSuchSession
        tx.people.request_profiles([request.person], request.now)
        answers, by, now = tx.sessions.answers(session.id), tx.people.get(request.person), request.now
        if is_coming and not may_come(tx, session, by.id):
            raise SessionForOthers
        if is_coming:
            programme, _ = tx.programme(session.programme_id)
            outcome = come(session, answers, by=by, admits=programme.admits, now=now)
        else:
            outcome = stay_away(session, answers, by=by.id, now=now)
        tx.save(outcome)
        seen = seen_by(session, tx.sessions.answers(session.id), by.id)
    return Reply(view.said_by_press(seen, by), words.TITLE) if is_here else DONE


def _owned(tx: Transaction, request: Request, session_id: str) -> tuple[Session, Programme, Cohort]:
    """The session, for an owner of its programme. Raises NoSuchSession, NotForYou."""
    session = tx.sessions.get(session_id)
    if session is None:
        raise NoSuchSession
    return session, *require_owner(tx, request, session.programme_id)


def _of(tx: Transaction, programme: Programme, session_id: str) -> Session:
    session = tx.sessions.get(session_id)
    if session is None or session.programme_id != programme.id:
        raise NoSuchSession
    return session


def _list(tx: Transaction, request: Request, programme: Programme, cohort: Cohort) -> dict[str, Any]:
    listed = [_listed(tx, each, programme, cohort, request) for each in tx.sessions.of_programme(programme.id)]
    shown = planning.sessions_view(listed, as_read(tx, programme), tx.people.get(request.person), request.now)
    return view_in(shown, programme.id, name_if_several(tx, programme))


def _listed(
    tx: Transaction, session: Session, programme: Programme, cohort: Cohort, request: Request
) -> planning.ListedSession:
    to_invite = 0
    if session.is_ahead(request.now):
        people = audience_of(tx, programme, cohort, session, request.now)
        to_invite = len(set(people) - set(tx.sessions.invited(session.id)))
    return planning.ListedSession(session, tx.sessions.answers(session.id), to_invite)
