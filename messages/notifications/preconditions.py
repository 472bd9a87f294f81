"""Preconditions of notifications, checked when they are rendered."""

from mentoring.applications.application import Application, ApplicationState, Role
from mentoring.matching.match import Match, MatchState
from mentoring.notifications.context import NotificationContext
from mentoring.partnerships.partnership import Partnership, pause_of
from mentoring.status import CohortStatus


class NotificationObsolete(Exception):
    """The notification makes no sense any more. `reason` is a code for the outbox."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def owners_only(context: NotificationContext) -> None:
    if not context.is_owner:
        raise NotificationObsolete("no-longer-an-owner")


def approvers_only(context: NotificationContext) -> None:
    if not context.is_approver:
        raise NotificationObsolete("no-longer-an-approver")


def counted(context: NotificationContext) -> CohortStatus:
    if context.status is None:
        raise NotificationObsolete("nothing-counted")
    return context.status


def open_application(context: NotificationContext) -> Application:
    if context.application is None:
        raise NotificationObsolete("application-gone")
    if context.application.state is not ApplicationState.OPEN:
        raise NotificationObsolete("withdrawn-since")
    return context.application


def match_of(context: NotificationContext) -> Match:
    if context.match is None:
        raise NotificationObsolete("match-gone")
    return context.match


def open_offer(context: NotificationContext) -> Match:
    """The offer that the reader has not answered."""
    match = match_of(context)
    if context.reader.id not in match.people:
        raise NotificationObsolete("not-asked")
    if match.state is not MatchState.OFFERED:
        raise NotificationObsolete("offer-over")
    if context.reader.id in match.accepted_by:
        raise NotificationObsolete("answered")
    return match


def failed_offer(context: NotificationContext) -> Match:
    """The match, if it was released and has failed since."""
    match = match_of(context)
    if match.state in (MatchState.PROPOSED, MatchState.OFFERED, MatchState.ACCEPTED):
        raise NotificationObsolete("offer-stands")
    return match


def partnership_of(context: NotificationContext) -> Partnership:
    if context.partnership is None:
        raise NotificationObsolete("partnership-gone")
    return context.partnership


def own_partnership(context: NotificationContext) -> Partnership:
    """The reader's partnership, in any state."""
    partnership = partnership_of(context)
    if context.reader.id not in partnership.people:
        raise NotificationObsolete("not-theirs")
    return partnership


def active_partnership(context: NotificationContext) -> Partnership:
    """The reader's partnership, if it is active."""
    partnership = own_partnership(context)
    if not partnership.is_active:
        raise NotificationObsolete("partnership-over")
    return partnership


def running_partnership(context: NotificationContext) -> Partnership:
    """The reader's partnership, if it is active and not paused."""
    partnership = active_partnership(context)
    if pause_of(partnership, context.people):
        raise NotificationObsolete("paused")
    return partnership


def own_application(context: NotificationContext, match: Match | Partnership) -> Application | None:
    """The reader's open application for their role in this match or partnership, also from an earlier round."""
    role = Role.MENTEE if context.reader.id == match.mentee else Role.MENTOR
    application = context.applications.get(role) or context.profiles.get(context.reader.id)
    return application if application is not None and application.state is ApplicationState.OPEN else None
