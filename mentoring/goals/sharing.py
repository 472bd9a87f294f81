"""With whom a plan is shared: each partner on their own, and only by the person whose plan it is."""

from datetime import datetime

from mentoring.core.outcome import NOTHING, Notification, NotificationKind, Outcome
from mentoring.goals.errors import NoPlanHere, NothingToShare
from mentoring.goals.plan import OwnPlan, PlanShare, PlanUnshared
from mentoring.partnerships.events import PartnershipEvent
from mentoring.partnerships.partnership import Partnership
from mentoring.partnerships.transitions import check_transition


def share_plan(own: OwnPlan, partnership: Partnership, *, now: datetime) -> Outcome:
    """Share the plan with the mentor of this partnership, who is told of it. Idempotent.

    Raises NotForYou unless they are its mentee, AlreadyEnded, NoPlanHere if its programme has no plans, and
    NothingToShare.
    """
    check_transition(PartnershipEvent.SHARE_PLAN, partnership, own.person.id)
    if all(each.id != partnership.id for each in own.partnerships):
        raise NoPlanHere
    if own.written.is_empty:
        raise NothingToShare
    if any(share.partnership_id == partnership.id for share in own.shares):
        return NOTHING
    told = Notification(
        f"{NotificationKind.PLAN_SHARED}:{partnership.id}:{own.person.today(now)}",
        NotificationKind.PLAN_SHARED,
        partnership.mentor,
        {"partnership": partnership.id},
    )
    return Outcome((PlanShare(partnership.id, own.person.id, now),), (told,))


def unshare_plan(own: OwnPlan, partnership: Partnership) -> Outcome:
    """No longer share it, also after the end. Nobody is told. Idempotent. Raises NotForYou."""
    check_transition(PartnershipEvent.UNSHARE_PLAN, partnership, own.person.id)
    if all(share.partnership_id != partnership.id for share in own.shares):
        return NOTHING
    return Outcome((PlanUnshared(partnership.id),))
