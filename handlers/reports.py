"""The progress reports of two partners: reading, writing and finishing one, and sharing it if both agree."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from handlers.context import DONE, AppContext, OpenModal, ReplaceForm, Request, Response, UpdateModal, open_or_update
from handlers.drafts import load_draft, submission
from handlers.partnerships import find_partnership
from mentoring.core.errors import MentoringError, StaleRequest
from mentoring.core.outcome import Outcome
from mentoring.reports import report as rules
from mentoring.reports import sharing
from mentoring.reports.errors import NoSuchReport, NothingToReport, ReportChanged, ReportsOff
from mentoring.reports.report import ProgressReport, ReportContext
from mentoring.reports.sharing import SharingContext
from messages import forms, ids
from messages.forms import FormMetadata
from messages.reports.forms import (
    LEARNT,
    PAGE,
    SHARE,
    about_report,
    learnt_form,
    page_form,
    parse_learnt,
    parse_page,
    parse_reader,
    parse_shows_titles,
    share_form,
    values_of_learnt,
    values_of_page,
)
from messages.reports.view import view
from services.drafts import draft_name
from storage import Transaction


def open_report(app: AppContext, request: Request) -> Response:
    """Show the report of the button; without a number, the one that can be written, or else the last."""
    partnership_id, _, number = request.value.partition(":")
    with app.storage.read(request.workspace) as tx:
        context = _context(tx, request, partnership_id)
        report = context.report(_number(number)) if number else _newest(context)
        return open_or_update(request, _view(tx, request, context, report), instead_of={ids.PARTNERSHIPS_VIEW})


def open_learnt(app: AppContext, request: Request) -> Response:
    """Open the form for what the person has learnt."""
    with app.storage.read(request.workspace) as tx:
        context = _context(tx, request, request.value)
        report = rules.check_writable(context, request.person)
        role = rules.role_in(context.partnership, request.person)
        draft = load_draft(tx, request, _draft(LEARNT, context, report))
        values = {**values_of_learnt(context.words_of(report), role), **(draft or {})}
        shown = learnt_form(
            context,
            report,
            values,
            by=request.person,
            root=request.id_of_view(ids.REPORT_VIEW),
            restored=draft is not None,
        )
    return OpenModal(shown)


def open_page(app: AppContext, request: Request) -> Response:
    """Open the form for what both write."""
    with app.storage.read(request.workspace) as tx:
        context = _context(tx, request, request.value)
        report = rules.check_writable(context, request.person)
        return OpenModal(_page_form(tx, request, context, report, root=request.id_of_view(ids.REPORT_VIEW)))


def open_share(app: AppContext, request: Request) -> Response:
    """Open the form to choose with whom to share a report."""
    partnership_id, _, number = request.value.partition(":")
    with app.storage.read(request.workspace) as tx:
        context = _context(tx, request, partnership_id)
        report = context.report(_number(number))
        sharing.check_shareable(_sharing(tx, context, report), request.person)
        draft = load_draft(tx, request, _draft(SHARE, context, report))
        return OpenModal(
            share_form(context, report, draft or {}, by=request.person, root=request.id_of_view(ids.REPORT_VIEW))
        )


def submit(app: AppContext, request: Request) -> Response:
    """Save one of the three forms, and show the report below as it is now."""
    meta = forms.meta_of(request.view or {})
    saves = {LEARNT: _submit_learnt, PAGE: _submit_page, SHARE: _submit_share}.get(meta.form)
    partnership_id, _, number = meta.about.partition(":")
    if saves is None or not number.isdigit():
        raise forms.UnknownForm
    return saves(app, request, meta, partnership_id, int(number))


def _submit_learnt(app: AppContext, request: Request, meta: FormMetadata, partnership_id: str, number: int) -> Response:
    values = forms.read(request.view or {})
    learnt, shows_titles = parse_learnt(values), parse_shows_titles(values)
    with submission(app, request) as tx:
        context = _context(tx, request, partnership_id)
        if rules.check_writable(context, request.person).number != number:
            raise ReportChanged(context.partnership.other(request.person))
        by = tx.people.get(request.person)
        tx.save(rules.write_learnt(context, learnt, by=by, shows_titles=shows_titles))
    return _shown_again(app, request, meta)


def _submit_page(app: AppContext, request: Request, meta: FormMetadata, partnership_id: str, number: int) -> Response:
    form = parse_page(forms.read(request.view or {}))
    try:
        with submission(app, request) as tx:
            context = _context(tx, request, partnership_id)
            by = tx.people.get(request.person)
            tx.save(rules.write_shared(context, form, by=by, number=number, seen=meta.version))
    except ReportChanged:
        return _changed_meanwhile(app, request, meta, partnership_id, number)
    return _shown_again(app, request, meta)


def _changed_meanwhile(
    app: AppContext, request: Request, meta: FormMetadata, partnership_id: str, number: int
) -> Response:
    """The form again, with what was typed and what the report says now. Raises ReportChanged if it is finished."""
    with app.storage.read(request.workspace) as tx:
        context = _context(tx, request, partnership_id)
        report = rules.check_writable(context, request.person)
        if report.number != number:
            raise ReportChanged(context.partnership.other(request.person))
        return ReplaceForm(_page_form(tx, request, context, report, root=meta.root, changed=True))


def _submit_share(app: AppContext, request: Request, meta: FormMetadata, partnership_id: str, number: int) -> Response:
    chosen = parse_reader(forms.read(request.view or {}))
    if chosen:
        app.profiles.look_up(chosen)
    with submission(app, request) as tx:
        context = _context(tx, request, partnership_id)
        about = _sharing(tx, context, context.report(number))
        reader = tx.people.get(chosen) if chosen else None
        tx.save(sharing.ask_to_share(about, reader, by=tx.people.get(request.person), now=request.now))
    return _shown_again(app, request, meta)


def finish(app: AppContext, request: Request) -> Response:
    """Finish the report that was shown."""
    partnership_id, number, seen = _parts(request)
    with app.storage.begin(request.workspace) as tx:
        context = _context(tx, request, partnership_id)
        by = tx.people.get(request.person)
        outcome = rules.finish(context, by=by, number=_number(number), seen=_number(seen), now=request.now)
        tx.save(outcome)
        return _after(tx, request, partnership_id, _number(number))


def reopen(app: AppContext, request: Request) -> Response:
    """Take back that the person has finished it."""
    with app.storage.begin(request.workspace) as tx:
        context = _context(tx, request, request.value)
        tx.save(rules.reopen(context, by=tx.people.get(request.person)))
        return _after(tx, request, request.value)


def agree_to_share(app: AppContext, request: Request) -> Response:
    """Agree to what the partner asks."""

    def agrees(tx: Transaction, about: SharingContext, reader: str) -> Outcome:
        return sharing.agree_to_share(about, tx.people.get(reader), by=tx.people.get(request.person), now=request.now)

    return _decide(app, request, agrees)


def take_back(app: AppContext, request: Request) -> Response:
    """Do not share a report, before it is sent."""
    return _decide(app, request, lambda tx, about, reader: sharing.take_back(about, reader, by=request.person))


def _decide(app: AppContext, request: Request, rule: Callable[[Transaction, SharingContext, str], Outcome]) -> Response:
    partnership_id, number, reader = _parts(request)
    with app.storage.begin(request.workspace) as tx:
        context = _context(tx, request, partnership_id)
        tx.save(rule(tx, _sharing(tx, context, context.report(_number(number))), reader))
        return _after(tx, request, partnership_id, _number(number))


def refresh(app: AppContext, request: Request) -> Response:
    """After a refusal, show the report as it stands, if it is what is open."""
    showing = request.view or {}
    if showing.get("callback_id") != ids.REPORT_VIEW:
        raise StaleRequest(typed=False)
    partnership_id, _, number = forms.meta_or_empty(showing).about.partition(":")
    with app.storage.read(request.workspace) as tx:
        return _after(tx, request, partnership_id, _number(number))


def _context(tx: Transaction, request: Request, partnership_id: str) -> ReportContext:
    """The data of the rules, for one of the two people. Raises NoSuchPartnership for everybody else."""
    partnership = find_partnership(tx, partnership_id, request)
    programme = tx.programme_of(partnership.cohort_id)[0]
    private = tx.private(request.acting)
    followed = tx.agreements.followed(partnership.id) if programme.has_agreements else None
    return ReportContext(
        partnership,
        programme,
        tx.new_id(),
        tuple(tx.meetings.of([partnership.id])),
        private.shared_goals(partnership),
        followed.rhythm if followed else None,
        tx.reports.of(partnership.id),
        private.report_words(partnership),
        tuple(private.items(partnership)),
    )


def _sharing(tx: Transaction, context: ReportContext, report: ProgressReport) -> SharingContext:
    shares = tuple(each for each in tx.reports.shares(context.partnership.id) if each.report_id == report.id)
    return SharingContext(context.partnership, context.programme, report, shares)


def _newest(context: ReportContext) -> ProgressReport:
    """The report that can be written, or else the last one.

    Raises ReportsOff, NothingToReport.
    """
    may_write = context.programme.has_reports and context.partnership.is_active
    if may_write and (current := context.current):
        return current
    finished = [each for each in context.reports if each.is_finished]
    if finished:
        return finished[-1]
    if not context.programme.has_reports:
        raise ReportsOff
    raise NothingToReport


def _view(tx: Transaction, request: Request, context: ReportContext, report: ProgressReport) -> dict[str, Any]:
    can_write = context.programme.has_reports and context.partnership.is_active
    shares = _sharing(tx, context, report).shares
    return view(
        context,
        report,
        shares,
        by=request.person,
        today=tx.people.get(request.person).today(request.now),
        can_write=can_write,
        people=tx.people.get_many({each.reader for each in shares}),
    )


def _page_form(
    tx: Transaction,
    request: Request,
    context: ReportContext,
    report: ProgressReport,
    *,
    root: str,
    changed: bool = False,
) -> dict[str, Any]:
    """The form for what both write, with this person's draft if there is one."""
    draft = load_draft(tx, request, _draft(PAGE, context, report))
    values = {**values_of_page(context, report), **(draft or {})}
    restored = draft is not None
    return page_form(context, report, values, by=request.person, root=root, restored=restored, changed=changed)


def _draft(form: str, context: ReportContext, report: ProgressReport) -> str:
    about = about_report(context.partnership.id, report.number)
    return draft_name(ids.REPORT_FORM, form, about, context.programme.id)


def _after(tx: Transaction, request: Request, partnership_id: str, number: int = 0) -> Response:
    """The report as it is now, in the open modal; its message is all that is left of it elsewhere."""
    context = _context(tx, request, partnership_id)
    report: ProgressReport | None = None
    with suppress(MentoringError):
        report = context.report(number)
    return open_or_update(request, _view(tx, request, context, report or _newest(context)))


def _shown_again(app: AppContext, request: Request, meta: FormMetadata) -> Response:
    """The report below the form, as it is now."""
    if not meta.root:
        return DONE
    partnership_id, _, number = meta.about.partition(":")
    with app.storage.read(request.workspace) as tx:
        context = _context(tx, request, partnership_id)
        return UpdateModal(_view(tx, request, context, context.report(int(number))), meta.root)


def _parts(request: Request) -> tuple[str, str, str]:
    """The three parts of a button's value. Raises StaleRequest for one that this version has not made."""
    parts = request.value.split(":")
    if len(parts) != 3:
        raise StaleRequest(typed=False)
    return parts[0], parts[1], parts[2]


def _number(text: str) -> int:
    """Raises NoSuchReport for what is no number."""
    if not text.isdigit():
        raise NoSuchReport
    return int(text)
