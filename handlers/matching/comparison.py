"""Why not these two? Any two people of the round, and what is the case with them."""

from functools import partial

from handlers.context import Answer, Desk, Open, Show, Visit, Working, ground
from handlers.drafts import report
from handlers.matching.review import owners_ground, owners_round, record_of, root_of
from mentoring.core.errors import MentoringError
from mentoring.matching.optimiser import compare
from mentoring.matching.pairing import two_of
from messages import errors, ids
from messages import matching as views


def open_why_not(desk: Desk, visit: Visit) -> Answer:
    """The two are chosen in a view on top of the desk."""
    with desk.storage.read(visit.workspace) as tx:
        programme, _ = owners_ground(tx, visit)
    return Open(views.why_not(programme, ("", ""), root=root_of(visit)))


def choose_two(desk: Desk, visit: Visit) -> Answer:
    """Somebody was picked; once there are two, the answer is shown where they were picked."""
    two, root = views.chosen(visit.view or {})
    return about_two(desk, visit, two, root)


def about_two(desk: Desk, visit: Visit, two: views.Two, root: str, *, also: Show | None = None) -> Answer:
    """What is the case with these two, in the view in which it was asked: at once that we look, and what we found once
    we have. `also` is another view to be brought up to date. Raises NotForYou, Refused.
    """
    with desk.storage.read(visit.workspace) as tx:
        round_ = owners_round(tx, visit)
    showing = visit.view or {}
    if showing.get("callback_id") not in (ids.WHY_NOT_VIEW, ids.FORBID_VIEW):
        return Open(views.why_not(round_.programme, two, root=root))
    view_id = str(showing["id"])
    if not all(two):
        return Show(views.why_not(round_.programme, two, root=root), view_id, also)
    two_of(round_, *two)
    soon = Show(views.why_not_soon(round_.programme, two, root=root), view_id, also)
    return Working(soon, partial(_compare, desk, visit, two, root, view_id))


def _compare(desk: Desk, visit: Visit, two: views.Two, root: str, view_id: str) -> None:
    """The round is matched in thought, twice: no transaction is open meanwhile."""
    with desk.storage.read(visit.workspace) as tx:
        programme, _ = ground(tx)
    try:
        with desk.storage.read(visit.workspace) as tx:
            round_ = owners_round(tx, visit)
            record = record_of(tx, round_, visit)
        found = compare(round_, *two_of(round_, *two))
        view = views.why_not_answer(round_, found, by=visit.person, root=root, record=record)
    except MentoringError as refusal:
        view = views.why_not(programme, two, root=root, says=errors.sentence(refusal, programme))
    except Exception as error:  # whatever it was, somebody waits for an answer
        view = views.why_not(programme, two, root=root, says=errors.unknown_error(report(error), programme))
    desk.forms.show(view_id, view)
