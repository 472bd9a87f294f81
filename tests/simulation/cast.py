"""Who is in the workspace, and how they are, by the seed."""

from dataclasses import dataclass

from sandbox import Member
from tests.simulation.chance import Chance

ZONES = ("Europe/London", "America/New_York", "Asia/Kolkata", "Australia/Sydney", "Australia/Lord_Howe")
TOPICS = ("Career planning", "Organisational culture", "Work/life issues")
BOSS = "U0BOSS"


@dataclass(frozen=True)
class Player:
    """One person. `role` is mentee, mentor, owner or committee; `keen` (0 to 1) how readily they do what they are
    asked, and `length` what they choose in the form.
    """

    id: str
    role: str
    zone: str
    keen: float
    length: str
    places: int
    topics: tuple[str, ...]

    @property
    def decides(self) -> bool:
        """Whether they approve matches."""
        return self.role in ("owner", "committee")


@dataclass(frozen=True)
class Custom:
    """What the programme has chosen: lengths, and how many meetings in the first month and in every one after."""

    lengths: tuple[str, ...] = ("6", "7", "9", "12")
    rhythm: tuple[int, int] = (2, 1)


USUAL = Custom()


def custom(seed: int) -> Custom:
    """One programme in four has short partnerships, or another rhythm."""
    chance = Chance(seed, "custom")
    if not chance.happens(0.25):
        return USUAL
    return chance.one_of(
        (
            Custom(("6w", "10w", "3"), (2, 1)),
            Custom(("4w", "6w"), (2, 2)),
            Custom(("10w", "3", "6"), (1, 1)),
            Custom(("6", "7"), (3, 2)),
        )
    )


def waits_for_start(seed: int) -> bool:
    """Whether the programme introduces people when the round starts: one in five does."""
    return Chance(seed, "start").happens(0.2)


def has_plans(seed: int) -> bool:
    """Whether mentees can write a plan: in one programme of two."""
    return Chance(seed, "plans").happens(0.5)


def has_agreements(seed: int) -> bool:
    """Whether two partners can write an agreement: in three programmes of five."""
    return Chance(seed, "agreements").happens(0.6)


def has_reports(seed: int) -> bool:
    """Whether two partners can write progress reports: in three programmes of five."""
    return Chance(seed, "reports").happens(0.6)


def peers(seed: int) -> bool:
    """Whether it is a peer programme, whose facilitator is the boss: one in three is."""
    return Chance(seed, "peers").happens(0.33)


def approvals_needed(seed: int) -> int:
    """How many owners approve a match: one in one programme of five."""
    return 1 if Chance(seed, "approvals").happens(0.2) else 2


def longest(seed: int) -> int:
    """How many months anybody wants at most."""
    most = Chance(seed, "months").one_of((6, 6, 6, 7, 9, 12))
    return most if custom(seed) == USUAL else max(map(_months, custom(seed).lengths))


def _months(length: str) -> int:
    return -(-int(length.removesuffix("w")) // 4) if length.endswith("w") else int(length)


def cast(seed: int) -> tuple[Player, ...]:
    """One or two owners and in some years a committee of one, six or seven who ask and five or six who offer; a mentor
    may take on two.
    """
    chance, most, own = Chance(seed, "cast"), Chance(seed, "months").one_of((6, 6, 6, 7, 9, 12)), custom(seed)
    owners = [_player(chance, f"U0OWNER{n}", "owner", most, own) for n in range(chance.randint(1, 2))]
    mentees = [_player(chance, f"U0MENTEE{n}", "mentee", most, own) for n in range(chance.randint(6, 7))]
    mentors = [_player(chance, f"U0MENTOR{n}", "mentor", most, own) for n in range(chance.randint(5, 6))]
    apart = Chance(seed, "committee")
    committee = [_player(apart, "U0COMMITTEE", "committee", most, own)] if apart.happens(0.4) else []
    return (*owners, *committee, *mentees, *mentors)


def _length(chance: Chance, most: int, own: Custom) -> str:
    """Of the usual lengths none is longer than `most` months."""
    usual = min(most, chance.one_of((6, 7, 9, 12)))
    return str(usual) if own == USUAL else own.lengths[usual % len(own.lengths)]


def _player(chance: Chance, id_: str, role: str, most: int, own: Custom) -> Player:
    return Player(
        id=id_,
        role=role,
        zone=chance.one_of(ZONES),
        keen=chance.uniform(0.35, 1.0),
        length=_length(chance, most, own),
        places=chance.one_of((1, 1, 2)),
        topics=(TOPICS[0], *((chance.one_of(TOPICS[1:]),) if chance.happens(0.5) else ())),
    )


def members(players: tuple[Player, ...]) -> list[Member]:
    """As Slack has them, and a manager whom all of them have."""
    boss = Member(BOSS, "boss", "Bo Boss")
    return [boss, *(Member(each.id, each.id.lower(), each.id.title(), time_zone=each.zone) for each in players)]
