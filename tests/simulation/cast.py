"""Who is in the workspace, and how they are, by the seed."""

from dataclasses import dataclass

from sandbox import Member
from tests.simulation.chance import Chance

ZONES = ("Europe/London", "America/New_York", "Asia/Kolkata", "Australia/Sydney", "Australia/Lord_Howe")
TOPICS = ("Career planning", "Organisational culture", "Work/life issues")
BOSS = "U0BOSS"


@dataclass(frozen=True)
class Player:
    """One person. `role` is mentee, mentor or owner; `keen` (0 to 1) how readily they do what they are asked."""

    id: str
    role: str
    zone: str
    keen: float
    months: int
    places: int
    topics: tuple[str, ...]


def longest(seed: int) -> int:
    """How many months anybody wants."""
    return Chance(seed, "months").one_of((6, 6, 6, 7, 9, 12))


def cast(seed: int) -> tuple[Player, ...]:
    """One or two owners, five to seven who ask and five or six who offer; a mentor may take on two."""
    chance, most = Chance(seed, "cast"), longest(seed)
    owners = [_player(chance, f"U0OWNER{n}", "owner", most) for n in range(chance.randint(1, 2))]
    mentees = [_player(chance, f"U0MENTEE{n}", "mentee", most) for n in range(chance.randint(6, 7))]
    mentors = [_player(chance, f"U0MENTOR{n}", "mentor", most) for n in range(chance.randint(5, 6))]
    return (*owners, *mentees, *mentors)


def _player(chance: Chance, id_: str, role: str, most: int) -> Player:
    return Player(
        id=id_,
        role=role,
        zone=chance.one_of(ZONES),
        keen=chance.uniform(0.35, 1.0),
        months=min(most, chance.one_of((6, 7, 9, 12))),
        places=chance.one_of((1, 1, 2)),
        topics=(TOPICS[0], *((chance.one_of(TOPICS[1:]),) if chance.happens(0.5) else ())),
    )


def members(players: tuple[Player, ...]) -> list[Member]:
    """As Slack has them, and a manager whom all of them have."""
    boss = Member(BOSS, "boss", "Bo Boss")
    return [boss, *(Member(each.id, each.id.lower(), each.id.title(), time_zone=each.zone) for each in players)]
