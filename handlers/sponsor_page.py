"""The page that sponsors get each month: what owners add to it, and who stops it."""

from datetime import date

from handlers.context import DONE, AppContext, OpenModal, Reply, Request, Response
from handlers.drafts import load_draft, submission
from handlers.owners import require_owner
from handlers.programme_choice import one_of
from mentoring.core.errors import NotForYou
from mentoring.core.outcome import Notification, NotificationKind, Outcome
from mentoring.core.programmes import Cohort, Programme
from mentoring.core.roles import ProgrammeRole
from mentoring.sponsor_page.sending import next_page, resume_page, stop_page, write_page
from messages import forms, ids, sponsor_page
from messages.forms import FormMetadata
from messages.in_programme import message_in, view_in
from services.drafts import draft_name
from services.programmes import as_read, name_if_several
from services.sponsor_page import load_sponsor_page
from storage import Transaction


def open_form(app: AppContext, request: Request) -> Response:
    """Show an owner the next page as it stands. Raises NotForYou, SeveralProgrammes."""
    with app.storage.read(request.workspace) as tx:
        programme, cohort = require_owner(tx, request)
        on, month = next_page(programme, tx.people.get(request.person).today(request.now))
        page = load_sponsor_page(tx, programme, cohort, month)
        stored, stopped_by = tx.sponsor_pages.sentence(programme.id, month), tx.sponsor_pages.stopped_by(programme.id)
        name = draft_name(ids.SPONSOR_PAGE_FORM, ids.SPONSOR_PAGE_FORM, str(month), programme.id)
        draft = load_draft(tx, request, name)
        view = sponsor_page.page_form(
            page,
            as_read(tx, programme),
            draft or sponsor_page.values_of_page(page, is_on="" not in stopped_by),
            on=on,
            sponsors=tx.roles.holders(programme.id, ProgrammeRole.SPONSOR),
            stopped_by=stopped_by,
            meta=FormMetadata(
                form=ids.SPONSOR_PAGE_FORM,
                about=str(month),
                version=stored.version if stored else 0,
                was_on="" not in stopped_by,
                programme=programme.id,
            ),
            restored=draft is not None,
        )
        view = view_in(view, programme.id, name_if_several(tx, programme))
    return OpenModal(view)


def submit(app: AppContext, request: Request) -> Response:
    """Save the sentence and whether there is a page. If it is refused, it is saved as a draft."""
    view = request.view or {}
    form, meta = sponsor_page.parse_page(forms.read(view)), forms.meta_of(view)
    month = date.fromisoformat(meta.about)
    with submission(app, request) as tx:
        programme, _ = require_owner(tx, request, meta.programme)
        tx.save(
            write_page(
                form,
                programme,
                month,
                tx.sponsor_pages.sentence(programme.id, month),
                by=request.person,
                owners=tx.roles.owners(programme.id),
                is_on=tx.sponsor_pages.is_on(programme.id),
                seen_version=meta.version,
                seen_on=meta.was_on,
                next_month=next_page(programme, tx.people.get(request.person).today(request.now))[1],
            )
        )
    return DONE


def send(app: AppContext, request: Request) -> Response:
    """Send an owner the next page as it stands."""
    kind = NotificationKind.SPONSOR_PAGE
    with app.storage.begin(request.workspace) as tx:
        programme, _ = require_owner(tx, request)
        key = f"{kind}:{programme.id}:{request.person}:{request.trigger_id}"
        page = Notification(key, kind, request.person, {"programme": programme.id}, is_reply=True)
        tx.save(Outcome(notifications=(page,)))
    return Reply(sponsor_page.on_its_way(), sponsor_page.TITLE)


def stop(app: AppContext, request: Request) -> Response:
    """Send this sponsor no page any more."""
    with app.storage.begin(request.workspace) as tx:
        programme, _ = _sponsored(tx, request)
        tx.save(stop_page(programme.id, by=request.person, sponsors=_sponsors(tx, programme)))
        return Reply(message_in(sponsor_page.stopped(as_read(tx, programme)), programme.id), sponsor_page.TITLE)


def resume(app: AppContext, request: Request) -> Response:
    """Send it to this sponsor again."""
    with app.storage.begin(request.workspace) as tx:
        programme, _ = _sponsored(tx, request)
        tx.save(resume_page(programme.id, by=request.person, sponsors=_sponsors(tx, programme)))
        return Reply(sponsor_page.resumed(as_read(tx, programme)), sponsor_page.TITLE)


def _sponsored(tx: Transaction, request: Request) -> tuple[Programme, Cohort]:
    """The programme that the button names, or else the only one of which this person is a sponsor."""
    if request.programme:
        return tx.programme(request.programme)
    theirs = tx.roles.programmes_of(request.person, ProgrammeRole.SPONSOR)
    if not theirs:
        raise NotForYou
    return one_of(tx, request, [tx.programme(each) for each in theirs])


def _sponsors(tx: Transaction, programme: Programme) -> tuple[str, ...]:
    return tx.roles.holders(programme.id, ProgrammeRole.SPONSOR)
