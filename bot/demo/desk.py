"""What becomes of a match in the demo: owners propose, approve and release, and whoever is asked says yes."""

from functools import partial

from bot.demo.deeds import at_hand, press, until, values
from bot.house import House
from bot.match.acts import release
from mentoring.matching.match import MatchState
from messages import ids
from sandbox import Person, Sandbox


def propose(sandbox: Sandbox, house: House, owner: str) -> None:
    """Ask for proposals, and wait until they have been looked for."""
    desk = _at_the_desk(sandbox, owner)
    if next(values(desk.view, ids.PROPOSE), None) is not None:
        desk.click(ids.PROPOSE)
        until(sandbox, lambda: not _is_looking(house))
    desk.close(everything=True)


def approve_all(sandbox: Sandbox, house: House, owner: str, *, releasing: bool = False) -> None:
    """Approve all that waits for this owner; then, if they shall, release what is approved."""
    desk = _at_the_desk(sandbox, owner)
    for match in list(values(desk.view, ids.APPROVE)):
        press(desk, ids.APPROVE, match)
        until(sandbox, partial(_is_decided, desk, match))
    if releasing and next(values(desk.view, ids.RELEASE), None) is not None:
        desk.click(ids.RELEASE)
    desk.close(everything=True)
    house.settle()


def approve_and_release(sandbox: Sandbox, house: House) -> None:
    """All proposals are approved by the operator, for a committee that met elsewhere; both of each match are asked."""
    release(house.storage, house.identity.workspace, approving=True, calendar=sandbox.calendar.now)
    house.settle()


def everybody_accepts(sandbox: Sandbox, house: House) -> None:
    """All who are asked about a match say yes, and are introduced."""
    house.settle()
    for user, match in asked(house):
        if not sandbox.workspace.members[user].deactivated:
            accept(sandbox, user, match)
            house.settle()


def accept(sandbox: Sandbox, user: str, match: str) -> None:
    """Say yes to a match (its id) that they are asked about."""
    press(at_hand(sandbox, user), ids.ACCEPT_MATCH, match)


def asked(house: House) -> list[tuple[str, str]]:
    """Who has been asked about which match (its id), and has not answered."""
    with house.storage.read(house.identity.workspace) as tx:
        ground = tx.ground()
        matches = tx.matches.of_cohort(ground[1].id) if ground else []
    return [
        (user, match.id)
        for match in matches
        if match.state is MatchState.OFFERED
        for user in match.people
        if user not in match.accepted_by
    ]


def _at_the_desk(sandbox: Sandbox, owner: str) -> Person:
    person = at_hand(sandbox, owner)
    person.command("/mentor match")
    person.await_view(ids.DESK_VIEW)
    return person


def _is_looking(house: House) -> bool:
    with house.storage.read(house.identity.workspace) as tx:
        return bool(tx.solvings.asked_for())


def _is_decided(desk: Person, match: str) -> bool:
    return match not in values(desk.view, ids.APPROVE)
