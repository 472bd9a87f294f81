"""Handing a partnership over: another owner looks after it from then on."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from mentoring.core.errors import Missing, NoLongerOffered, StaleRequest
from mentoring.core.fields import FieldName
from mentoring.core.outcome import Notification, NotificationKind, Outcome
from mentoring.oversight.asking import OversightContext, act_on, check_may_act
from mentoring.oversight.errors import AlreadyResponsible
from mentoring.owner_record import OwnerAction
from mentoring.partnerships.events import PartnershipEvent
from mentoring.partnerships.partnership import Partnership
from mentoring.partnerships.transitions import check_transition


@dataclass(frozen=True)
class HandOverForm:
    """The owner (Slack user id) who looks after it from now on, or ""."""

    owner: str = ""


def can_take_over(context: OversightContext) -> tuple[str, ...]:
    """The owners to whom it can be handed over: those who are here and neither of the two."""
    return tuple(
        owner
        for owner in context.owners
        if owner not in context.partnership.people and not (owner in context.people and context.people[owner].is_absent)
    )


def hand_over(context: OversightContext, form: HandOverForm, *, by: str, seen: int, new_id: str) -> Outcome:
    """Hand the partnership over. The owner and both people are told in their working hours.

    `seen` is the version of the partnership for which the form was made. Raises NotForYou, OneOfTheTwo,
    AlreadyEnded, Missing, NoLongerOffered, AlreadyResponsible, StaleRequest.
    """
    partnership = context.partnership
    check_may_act(partnership, by, context.owners)
    check_transition(PartnershipEvent.HAND_OVER, partnership, by, owners=context.owners)
    if not form.owner:
        raise Missing(FieldName.RESPONSIBLE)
    if form.owner not in can_take_over(context):
        raise NoLongerOffered(FieldName.RESPONSIBLE)
    if form.owner == partnership.responsible:
        raise AlreadyResponsible(form.owner)
    if seen != partnership.version:
        raise StaleRequest
    handed = replace(partnership, responsible=form.owner, version=partnership.version + 1)
    refs = {"partnership": partnership.id, "by": by}
    told = [
        Notification(f"{kind}:{partnership.id}:{handed.version}:{reader}", kind, reader, refs)
        for kind, readers in (
            (NotificationKind.HANDED_OVER, (form.owner,) if form.owner != by else ()),
            (NotificationKind.OWNER_NAMED, partnership.people),
        )
        for reader in readers
    ]
    record = act_on(partnership, OwnerAction.HANDED_OVER, by=by, at=context.now, new_id=new_id)
    return Outcome((handed, record), tuple(told)).in_working_hours_from(context.now)


def tell_of_former_owner(partnerships: Iterable[Partnership], owner: str, now: datetime) -> Outcome:
    """Tell both people of each active partnership that `owner` (a Slack user id) looked after who looks after it now,
    in their working hours. Once for each handover, also if the owner comes back and leaves again.
    """
    kind = NotificationKind.OWNER_NAMED
    told = tuple(
        Notification(
            f"{kind}:{each.id}:{each.version}:gone:{reader}", kind, reader, {"partnership": each.id, "gone": "yes"}
        )
        for each in partnerships
        if each.is_active and each.responsible == owner
        for reader in each.people
        if reader != owner
    )
    return Outcome((), told).in_working_hours_from(now)
