"""What a notice finds when it is written; when that no longer bears it out, there is nothing to say."""

from mentoring.applications.application import Application, Role, State
from mentoring.matching.match import Match, MatchState
from mentoring.notifications.context import Scene
from mentoring.partnerships.partnership import Partnership, pause_of
from mentoring.status import CohortStatus


class NothingToSay(Exception):
    """The scene has changed since, and the notice has no truth left in it. `reason` is a word for our own record."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def owners_only(scene: Scene) -> None:
    if not scene.is_owner:
        raise NothingToSay("no-longer-an-owner")


def counted(scene: Scene) -> CohortStatus:
    if scene.status is None:
        raise NothingToSay("nothing-counted")
    return scene.status


def open_application(scene: Scene) -> Application:
    if scene.application is None:
        raise NothingToSay("application-gone")
    if scene.application.state is not State.OPEN:
        raise NothingToSay("withdrawn-since")
    return scene.application


def match_of(scene: Scene) -> Match:
    if scene.match is None:
        raise NothingToSay("match-gone")
    return scene.match


def open_offer(scene: Scene) -> Match:
    """The match that the reader is asked about and has not answered."""
    match = match_of(scene)
    if scene.reader.id not in match.people:
        raise NothingToSay("not-asked")
    if match.state is not MatchState.OFFERED:
        raise NothingToSay("offer-over")
    if scene.reader.id in match.accepted_by:
        raise NothingToSay("answered")
    return match


def failed_offer(scene: Scene) -> Match:
    """A match that came to nothing after it had been released."""
    match = match_of(scene)
    if match.state in (MatchState.PROPOSED, MatchState.OFFERED, MatchState.ACCEPTED):
        raise NothingToSay("offer-stands")
    return match


def partnership_of(scene: Scene) -> Partnership:
    if scene.partnership is None:
        raise NothingToSay("partnership-gone")
    return scene.partnership


def own_partnership(scene: Scene) -> Partnership:
    """One that the reader is part of, running or over."""
    partnership = partnership_of(scene)
    if scene.reader.id not in partnership.people:
        raise NothingToSay("not-theirs")
    return partnership


def active_partnership(scene: Scene) -> Partnership:
    """One that the reader is part of, and that is not over."""
    partnership = own_partnership(scene)
    if not partnership.is_active:
        raise NothingToSay("partnership-over")
    return partnership


def running_partnership(scene: Scene) -> Partnership:
    """One that the reader is part of, and that is neither over nor paused: in a pause nothing is asked of anybody."""
    partnership = active_partnership(scene)
    if pause_of(partnership, scene.people):
        raise NothingToSay("paused")
    return partnership


def own_application(scene: Scene, match: Match | Partnership) -> Application | None:
    """What the reader sent for the role that they have in this match or partnership, as far as it is open.

    It may have been sent in an earlier round.
    """
    role = Role.MENTEE if scene.reader.id == match.mentee else Role.MENTOR
    application = scene.applications.get(role) or scene.profiles.get(scene.reader.id)
    return application if application is not None and application.state is State.OPEN else None
