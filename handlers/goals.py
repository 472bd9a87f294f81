"""A person's own plan and goals, and the plan that a partner shares."""

from collections.abc import Collection
from typing import Any

from handlers.context import DONE, AppContext, OpenModal, ReplaceForm, Request, Response, UpdateModal, open_or_update
from handlers.drafts import load_draft, submission
from handlers.partnerships import find_partnership, open_mine
from mentoring.core.programmes import Programme
from mentoring.goals import plan as rules
from mentoring.goals.errors import NoPlanHere, NoSuchGoal
from mentoring.goals.goal import MOST_OPEN, Goal, GoalRecord, GoalState, open_goals
from mentoring.goals.plan import OwnPlan
from mentoring.goals.sharing import share_plan, unshare_plan
from mentoring.partnerships.partnership import Partnership
from messages import forms, goals, ids
from messages.goals.goal_form import ADD, CHANGE
from messages.goals.view import LET_GO_NOTE, in_place_of_list
from services.drafts import draft_name
from services.goals import mentee_programmes
from storage import Transaction


def show(app: AppContext, request: Request) -> Response | None:
    """What a person sees who asks for their goals: their plan, or the one that is shared with them; None if there is
    neither.
    """
    with app.storage.read(request.workspace) as tx:
        own = load_own(tx, request)
        if own.may_write:
            return OpenModal(_own_view(tx, request, own))
        private = tx.private(request.acting)
        shared = [each for each in tx.partnerships.of(request.person) if private.reads_plan(each)]
        if len(shared) == 1:
            return OpenModal(_partner_view(tx, request, shared[0]))
    return open_mine(app, request) if shared else None


def open_plan(app: AppContext, request: Request) -> Response:
    """Show one's own plan or, to the mentor of the partnership of the button, the one that is shared with them."""
    with app.storage.read(request.workspace) as tx:
        partnership = find_partnership(tx, request.value, request) if request.value else None
        if partnership and request.person == partnership.mentor:
            view = _partner_view(tx, request, partnership)
        else:
            own = load_own(tx, request)
            if not own.may_write:
                raise NoPlanHere
            view = _own_view(tx, request, own)
    return open_or_update(request, view, instead_of={ids.PARTNERSHIPS_VIEW})


def open_plan_form(app: AppContext, request: Request) -> Response:
    """Open "Where I stand"."""
    with app.storage.read(request.workspace) as tx:
        own = _own(tx, request)
        draft = load_draft(tx, request, draft_name(ids.STANDING_FORM, ids.STANDING_FORM))
        plan = own.written.plan
        view = goals.plan_form(
            draft or goals.values_of_plan(plan),
            topics=own.topics,
            partners=_readers(own),
            version=plan.version if plan else 0,
            root=request.id_of_view(ids.GOALS_VIEW),
            below=_below(request),
            restored=draft is not None,
        )
    return OpenModal(view)


def submit_plan(app: AppContext, request: Request) -> Response:
    view = request.view or {}
    meta, form = forms.meta_of(view), goals.parse_plan(forms.read(view))
    with submission(app, request) as tx:
        tx.save(rules.write_plan(load_own(tx, request), form, seen_version=meta.version, now=request.now))
    return _shown_again(app, request, meta.root)


def open_goal_form(app: AppContext, request: Request) -> Response:
    """Open the form for a new goal."""
    with app.storage.read(request.workspace) as tx:
        own = _own(tx, request)
        draft = load_draft(tx, request, draft_name(ids.GOAL_FORM, ADD))
        view = goals.goal_form(
            draft or {},
            partners=_readers(own),
            in_the_way=_in_the_way(own),
            root=request.id_of_view(ids.GOALS_VIEW),
            below=_below(request),
            restored=draft is not None,
        )
    return OpenModal(view)


def submit_goal(app: AppContext, request: Request) -> Response:
    """Add a goal, once for each form, or change one."""
    view = request.view or {}
    meta, form = forms.meta_of(view), goals.parse_goal(forms.read(view))
    if meta.form not in (ADD, CHANGE):
        raise forms.UnknownForm
    with submission(app, request) as tx:
        own = load_own(tx, request)
        if meta.form == CHANGE:
            tx.save(rules.change_goal(own, meta.about, form, seen_version=meta.version, now=request.now))
        else:
            goal_id = tx.plan_facts.goal_id_of_form(str(view.get("id", "")))
            tx.save(rules.add_goal(own, form, goal_id=goal_id, now=request.now))
    return _shown_again(app, request, meta.root)


def open_progress(app: AppContext, request: Request) -> Response:
    """Open "How is this goal?"."""
    with app.storage.read(request.workspace) as tx:
        own = _own(tx, request)
        record = _record(own, request.value)
        draft = load_draft(tx, request, draft_name(ids.PROGRESS_FORM, ids.PROGRESS_FORM, record.goal.id))
        view = goals.progress_form(
            record,
            draft or {},
            partners=_readers(own),
            in_the_way=() if record.goal.is_open else _in_the_way(own),
            root=request.id_of_view(ids.GOALS_VIEW),
            below=_below(request),
            restored=draft is not None,
        )
    return OpenModal(view)


def submit_progress(app: AppContext, request: Request) -> Response:
    """Keep how a goal stands. If it has changed, its own form follows, with what it said before."""
    view = request.view or {}
    meta, (form, has_changed) = forms.meta_of(view), goals.parse_progress(forms.read(view))
    with submission(app, request) as tx:
        own = load_own(tx, request)
        form = rules.for_changed_goal(own, meta.about, form) if has_changed else form
        tx.save(rules.say_progress(own, meta.about, form, seen_version=meta.version, now=request.now))
    if has_changed:
        return ReplaceForm(_change_form(app, request, meta.about, meta.root))
    note = LET_GO_NOTE if form.state is GoalState.LET_GO else ""
    return _shown_again(app, request, meta.root, note=note)


def delete_goal(app: AppContext, request: Request) -> Response:
    with app.storage.begin(request.workspace) as tx:
        tx.save(rules.delete_goal(load_own(tx, request), request.value, now=request.now))
    return refresh_plan(app, request)


def delete_plan(app: AppContext, request: Request) -> Response:
    with app.storage.begin(request.workspace) as tx:
        tx.save(rules.delete_plan(load_own(tx, request)))
    return refresh_plan(app, request)


def share(app: AppContext, request: Request) -> Response:
    """Share one's plan with the mentor of the partnership of the button."""
    with app.storage.begin(request.workspace) as tx:
        partnership = find_partnership(tx, request.value, request)
        tx.save(share_plan(load_own(tx, request), partnership, now=request.now))
    return refresh_plan(app, request)


def unshare(app: AppContext, request: Request) -> Response:
    with app.storage.begin(request.workspace) as tx:
        partnership = find_partnership(tx, request.value, request)
        tx.save(unshare_plan(load_own(tx, request), partnership))
    return refresh_plan(app, request)


def refresh_plan(app: AppContext, request: Request) -> Response:
    """One's own plan as it is now, in the open modal."""
    with app.storage.read(request.workspace) as tx:
        view = _own_view(tx, request, load_own(tx, request))
    return open_or_update(request, view)


def load_own(tx: Transaction, request: Request) -> OwnPlan:
    """The plan of the person who asks, and where it belongs."""
    written, shares = tx.private(request.acting).own_plan()
    programmes = mentee_programmes(tx, request.person)
    with_plans = {programme.id for programme in programmes}
    partnerships = tuple(
        each
        for each in tx.partnerships.of(request.person)
        if each.is_active and each.mentee == request.person
        if tx.cohorts.programme_of(each.cohort_id) in with_plans
    )
    return OwnPlan(tx.people.get(request.person), written, programmes, partnerships, shares)


def goals_to_choose(
    tx: Transaction, request: Request, partnership: Partnership, chosen: Collection[str] = ()
) -> dict[str, Any]:
    """What the form of a meeting needs to ask which goals were talked about: those that its author may read and that
    are open, or `chosen` already (ids); and whether the other one reads them, too.
    """
    goals_there = visible_goals(tx, request, partnership)
    offered = [goal for goal in goals_there if goal.is_open or goal.id in chosen]
    return {"goals": offered, "shares_goals": tx.plan_facts.is_shared(partnership)}


def visible_goals(tx: Transaction, request: Request, partnership: Partnership) -> list[Goal]:
    """The goals that one of the two may read in this partnership, if its programme has plans."""
    if not tx.programme_of(partnership.cohort_id)[0].has_plans:
        return []
    return [record.goal for record in tx.private(request.acting).visible_goals(partnership)]


def _own(tx: Transaction, request: Request) -> OwnPlan:
    """As `load_own`. Raises NoPlanHere if they may not write one."""
    own = load_own(tx, request)
    if not own.may_write:
        raise NoPlanHere
    return own


def _record(own: OwnPlan, goal_id: str) -> GoalRecord:
    record = own.written.record(goal_id)
    if record is None:
        raise NoSuchGoal
    return record


def _in_the_way(own: OwnPlan) -> list[Goal]:
    """The open goals of which one has to rest for another one."""
    found = open_goals(own.written.goals)
    return found if len(found) >= MOST_OPEN else []


def _readers(own: OwnPlan) -> list[str]:
    return [partnership.mentor for partnership, _ in own.shared]


def _own_view(tx: Transaction, request: Request, own: OwnPlan, *, note: str = "") -> dict[str, Any]:
    people = tx.people.get_many({partnership.mentor for partnership in own.partnerships})
    return goals.own_view(own, people=people, note=note, below=_below(request))


def _partner_view(tx: Transaction, request: Request, partnership: Partnership) -> dict[str, Any]:
    """Raises NotShared."""
    written = tx.private(request.acting).shared_plan(partnership)
    programme: Programme = tx.programme_of(partnership.cohort_id)[0]
    mentee = tx.people.get(partnership.mentee)
    return goals.partner_view(written, partnership, programme=programme, mentee=mentee, below=_below(request))


def _below(request: Request) -> str:
    """What the plan stands in the place of, as its metadata and those of its forms say it."""
    if (request.view or {}).get("callback_id") == ids.PARTNERSHIPS_VIEW:
        return in_place_of_list(request.value)
    return forms.meta_or_empty(request.view).below


def _change_form(app: AppContext, request: Request, goal_id: str, root: str) -> dict[str, Any]:
    """The form of a goal that has changed, with what it said before."""
    with app.storage.read(request.workspace) as tx:
        own = _own(tx, request)
        goal = _record(own, goal_id).goal
        draft = load_draft(tx, request, draft_name(ids.GOAL_FORM, CHANGE, goal.id))
        return goals.goal_form(
            draft or goals.values_of_goal(goal),
            partners=_readers(own),
            before=goal,
            root=root,
            below=_below(request),
            restored=draft is not None,
        )


def _shown_again(app: AppContext, request: Request, root: str, *, note: str = "") -> Response:
    """The plan below the form, as it is now."""
    if not root:
        return DONE
    with app.storage.read(request.workspace) as tx:
        return UpdateModal(_own_view(tx, request, load_own(tx, request), note=note), root)
