"""What befalls a world besides faults: jumps of the calendar, outages, and people who leave and come back."""

from datetime import timedelta
from functools import partial

from tests.simulation.almanac import DAY
from tests.simulation.chance import Chance
from tests.simulation.people import HOUR
from tests.simulation.world import World


class Troubles:
    """Plans those of one seed."""

    def __init__(self, seed: int, world: World) -> None:
        self._chance = chance = Chance(seed, "troubles")
        self._world = world
        year = world.end - world.time.start
        for _ in range(chance.randint(2, 4)):
            by = chance.between(timedelta(minutes=10), 7 * HOUR)
            by = by if chance.happens(0.5) else -by / 3
            world.put_off(year * chance.random(), lambda by=by: self._jump(by))  # type: ignore[misc]
        for shortest, longest in ((2 * HOUR, 2 * DAY), (HOUR, 9 * DAY)):
            outage = chance.between(shortest, longest)
            down = partial(world.machines.all_down, outage)
            # Half of them when something has just been caused, and not been said yet.
            begins = partial(world.upon_next_act.append, down) if chance.happens(0.5) else down
            world.put_off(year * chance.random(), begins)
        others = [player.id for player in world.players if not player.decides]
        for person in chance.sample(others, 3):
            world.put_off(chance.between(10 * DAY, year), lambda person=person: self._leaves(person))  # type: ignore[misc]

    def _jump(self, by: timedelta) -> None:
        self._world.note(f"the calendar is put by {by}")
        self._world.time.put(by)

    def _leaves(self, person: str) -> None:
        leaves(self._world, person)
        self._world.put_off(self._chance.between(DAY, 50 * DAY), lambda: returns(self._world, person))


def leaves(world: World, person: str) -> None:
    """Their account is closed, and Slack tells of it."""
    world.gone.add(person)
    _tell_of(world, person, deactivated=True)


def returns(world: World, person: str) -> None:
    world.gone.discard(person)
    _tell_of(world, person, deactivated=False)


def _tell_of(world: World, person: str, *, deactivated: bool) -> None:
    world.slack.change_member(person, deactivated=deactivated)
    act = world.acts.leave(person, world.event) if deactivated else world.acts.return_(person, world.event)
    world.news = [each for each in world.news if each.person != person] + [act]
    world.perform(lambda: act)
