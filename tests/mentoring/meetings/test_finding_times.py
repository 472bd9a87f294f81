"""Times for two: within the hours of both, cheapest first, and one whenever there is one."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from itertools import combinations
from zoneinfo import available_timezones

import pytest

from mentoring.core.people import Leave, Person
from mentoring.core.programmes import Programme
from mentoring.core.working_hours import is_working_day
from mentoring.meetings.finding_times import ProposedTime, TimeSearch, edges_touched, find_times, stretch_of
from tests.mentoring.values import PROGRAMME, at, person

QUARTER, DAY = timedelta(minutes=15), timedelta(days=1)
MONDAY = at("2027-02-01T09:05")
LONDON = person("U0ADA")
SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)
"""On these Sundays the clocks change in London."""


def in_zone(zone: str, id: str = "U0BEN") -> Person:
    return person(id, time_zone=zone)


def found(
    one: Person, other: Person, *, programme: Programme = PROGRAMME, now: datetime = MONDAY, **more: object
) -> tuple[ProposedTime, ...]:
    return find_times(TimeSearch((one, other), programme, now, **more))  # type: ignore[arg-type]


def starts(times: tuple[ProposedTime, ...]) -> list[str]:
    return [f"{each.starts_at:%a %d %b %H:%M}" for each in times]


def test_two_in_one_zone_meet_on_three_days_at_different_hours() -> None:
    assert starts(found(LONDON, in_zone("Europe/London"))) == [
        "Tue 02 Feb 10:00",
        "Wed 03 Feb 10:00",
        "Thu 04 Feb 12:00",
    ]


def test_the_first_start_is_a_quarter_hour_a_day_ahead() -> None:
    (first, *_) = found(LONDON, in_zone("Europe/London"), now=at("2027-02-01T13:01"))
    assert first.starts_at == at("2027-02-02T13:15")


def test_the_first_and_last_hour_are_avoided_if_they_can_be() -> None:
    for each in found(LONDON, in_zone("Europe/Berlin")):
        span = (each.starts_at, each.ends_at)
        assert edges_touched(LONDON, PROGRAMME, span) == edges_touched(in_zone("Europe/Berlin"), PROGRAMME, span) == 0


def test_the_last_start_is_within_four_weeks_of_a_day_ahead() -> None:
    """London's 9 to 17 is Samara's 13 to 21: of the last day, 2 March, one start lies before the time of now."""
    busy = ((at("2027-02-01T00:00"), at("2027-03-02T09:00")),)
    for minute, last in ((0, []), (1, ["Tue 02 Mar 09:00"]), (15, ["Tue 02 Mar 09:00"])):
        now = at(f"2027-02-01T09:{minute:02}")
        assert starts(found(LONDON, in_zone("Europe/Samara"), now=now, busy=busy)) == last


def test_who_had_the_edge_of_the_day_before_is_spared() -> None:
    """London's last shared hours are New York's first."""
    new_york = in_zone("America/New_York")
    late = (at("2027-01-13T16:00"), at("2027-01-13T17:00"))
    (first, *_) = found(LONDON, new_york, minutes=60, met=(late,))
    assert edges_touched(LONDON, PROGRAMME, (first.starts_at, first.ends_at)) == 0
    early = (at("2027-01-13T14:00"), at("2027-01-13T15:00"))
    (first, *_) = found(LONDON, new_york, minutes=60, met=(early, early))
    assert edges_touched(new_york, PROGRAMME, (first.starts_at, first.ends_at)) == 0


def test_what_is_planned_leave_and_closed_days_are_avoided() -> None:
    tuesday = (at("2027-02-02T00:00"), at("2027-02-03T00:00"))
    away = replace(in_zone("Europe/London"), leave=Leave(at("2027-01-20T09:00"), date(2027, 2, 8)))
    closed = replace(PROGRAMME, closed_days=(date(2027, 2, 8),))
    assert starts(found(LONDON, in_zone("Europe/London"), busy=(tuesday,)))[0] == "Wed 03 Feb 10:00"
    assert starts(found(LONDON, away, programme=closed))[0] == "Tue 09 Feb 10:00"


def test_no_time_is_after_the_last_day() -> None:
    assert len(found(LONDON, in_zone("Europe/London"), last_day=date(2027, 2, 3))) == 2
    assert found(LONDON, in_zone("Europe/London"), last_day=date(2027, 2, 1)) == ()


def test_where_no_hour_is_shared_both_days_are_widened_by_no_more_than_needed() -> None:
    """London's 9 to 17 is Los Angeles' 1 to 9."""
    far = in_zone("America/Los_Angeles")
    times = found(LONDON, far)
    assert [each.stretches for each in times] == [(30, 30)] * 3
    assert {f"{each.starts_at:%H:%M}" for each in times} == {"16:30"}
    assert found(LONDON, in_zone("Pacific/Fiji")) == ()


def test_of_two_who_could_stretch_the_one_does_who_did_less_before() -> None:
    """They lack two hours: 9 to 17 in Lisbon is 18 to 2 in Tokyo."""
    hours = replace(PROGRAMME, workday=(time(9), time(18)))
    moscow, seattle = in_zone("Europe/Moscow", "U0ADA"), in_zone("America/Los_Angeles")
    before = (at("2027-01-12T16:00"), at("2027-01-12T17:00"))  # 19:00 to 20:00 in Moscow
    fresh = found(moscow, seattle, programme=hours, minutes=60)
    spared = found(moscow, seattle, programme=hours, minutes=60, met=(before,))
    assert {each.stretches for each in fresh} <= {(60, 60), (90, 90), (120, 120)}
    assert all(each.stretches[0] <= each.stretches[1] for each in spared)


@pytest.mark.parametrize("now", [datetime(2027, 3, 24, 12, tzinfo=UTC), datetime(2027, 10, 27, 12, tzinfo=UTC)])
def test_a_change_of_the_clocks_moves_the_hours_with_it(now: datetime) -> None:
    for each in found(LONDON, in_zone("Asia/Kolkata"), now=now):
        assert time(9) <= LONDON.local(each.starts_at).time() <= time(16)


def test_the_three_are_the_best_of_all() -> None:
    """Against every choice of three half-days: the least cost, then the fewest repeats, then the earliest."""
    chance = random.Random(5)
    for _ in range(10):
        one, other, programme, now, more = some(chance, few_days=True)
        times = found(one, other, programme=programme, now=now, **more)
        if times and times[0].stretches == (0, 0):
            assert [each.starts_at for each in times] == best_of_all(one, other, programme, now, more)


@pytest.mark.parametrize("seed", range(2))
def test_a_time_is_found_whenever_there_is_one(seed: int) -> None:
    check_some(seed, 5)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 140))
def test_a_time_is_found_whenever_there_is_one_for_ten_thousand_pairs(seed: int) -> None:
    check_some(seed, 250)


ZONES = sorted(available_timezones())
COUNTRIES = ("", "GB", "DE", "US", "IL", "SA", "CN")
YEAR = datetime(2027, 1, 1, tzinfo=UTC)


def some(
    chance: random.Random, *, few_days: bool = False
) -> tuple[Person, Person, Programme, datetime, dict[str, object]]:
    """Two people, a programme and what is known of them, near a change of the clocks more often than not."""
    now = YEAR + timedelta(minutes=chance.randrange(365 * 24 * 60))
    if chance.random() < 0.6:
        changes = chance.choice(
            (date(2027, 3, 14), SPRING, date(2027, 4, 4), AUTUMN, date(2027, 11, 7), date(2027, 10, 3))
        )
        now = datetime.combine(changes, time(chance.randrange(24)), UTC) - timedelta(days=chance.randrange(25))
    first = chance.choice((chance.randrange(12, 22), chance.randrange(0, 46)))
    last = chance.choice((min(47, first + 16), chance.randrange(first + 1, 48)))
    days = tuple(sorted(chance.sample(range(7), 1 if few_days else chance.randrange(1, 8))))
    programme = replace(
        PROGRAMME,
        workday=(time(first // 2, first % 2 * 30), time(last // 2, last % 2 * 30)),
        working_days=(0, 1, 2, 3, 4) if chance.random() < 0.5 and not few_days else days,
        country=chance.choice(COUNTRIES),
        closed_days=tuple(
            sorted(now.date() + timedelta(days=chance.randrange(30)) for _ in range(chance.randrange(6)))
        ),
    )
    people = [person(id, time_zone=chance.choice(ZONES)) for id in ("U0ADA", "U0BEN")]
    if chance.random() < 0.3:
        people[1] = replace(people[1], leave=Leave(now - DAY, now.date() + timedelta(days=chance.randrange(1, 35))))
    busy = []
    for _ in range(chance.randrange(8)):
        begins = now + timedelta(minutes=chance.randrange(28 * 24 * 60))
        busy.append((begins, begins + timedelta(minutes=chance.choice((30, 60, 60 * 24, 60 * 24 * 7)))))
    met = [(now - timedelta(minutes=chance.randrange(60 * 24 * 90)),) for _ in range(chance.randrange(3))]
    more: dict[str, object] = {
        "busy": tuple(busy),
        "met": tuple((begins, begins + timedelta(hours=1)) for (begins,) in met),
        "minutes": chance.choice((30, 45, 60, 90)),
        "last_day": now.date() + timedelta(days=chance.randrange(40)) if chance.random() < 0.2 else None,
    }
    return people[0], people[1], programme, now, more


def check_some(seed: int, count: int) -> None:
    chance = random.Random(seed)
    for _ in range(count):
        one, other, programme, now, more = some(chance)
        times = found(one, other, programme=programme, now=now, **more)
        shown = f"seed {seed}: {one.time_zone}, {other.time_zone}, {programme}, {now}, {more}"
        widest = max((stretch for each in times for stretch in each.stretches), default=0)
        works = working(programme, widest)
        for each in times:
            assert each.starts_at >= now + DAY, shown
            assert each.starts_at < now + timedelta(weeks=4) + DAY, shown
            assert each.starts_at.minute % 15 == each.starts_at.second == 0, shown
            assert suits(each.starts_at, one, other, more, works), shown
            for who, stretch in zip((one, other), each.stretches, strict=True):
                assert stretch_of(who, programme, (each.starts_at, each.ends_at)) <= stretch, shown
        assert len({one.today(each.starts_at) for each in times}) == len(times) <= 3, shown
        for stretch in (0, 30, 60, 90, 120):
            if stretch == widest and times:
                break
            assert not any(True for _ in every(one, other, programme, now, more, stretch)), (stretch, shown)


def every(
    one: Person, other: Person, programme: Programme, now: datetime, more: dict[str, object], stretch: int
) -> Iterator[datetime]:
    """Every start that suits, by looking at each quarter of an hour."""
    begins = now + DAY
    begins += timedelta(minutes=-begins.minute % 15 if begins.second == begins.microsecond == 0 else 0)
    works = working(programme, stretch)
    while begins < now + timedelta(weeks=4) + DAY:
        if suits(begins, one, other, more, works):
            yield begins
        begins += QUARTER


Works = Callable[[Person, datetime], bool]


@lru_cache(maxsize=20_000)
def local_time(who: Person, moment: datetime) -> datetime:
    return who.local(moment)


def working(programme: Programme, stretch: int) -> Works:
    """Whether somebody works at a moment, in a day that is so many minutes longer at both ends."""
    starts, ends = widened(programme, stretch).workday
    is_working = cache(lambda day: is_working_day(day, programme))

    def works(who: Person, moment: datetime) -> bool:
        local = local_time(who, moment)
        if not (starts <= local.time() < ends and is_working(local.date())):
            return False
        return who.leave is None or local.date() >= who.leave.until

    return works


def suits(begins: datetime, one: Person, other: Person, more: dict[str, object], works: Works) -> bool:
    minutes, last_day, busy = more["minutes"], more["last_day"], more["busy"]
    assert isinstance(minutes, int)
    assert isinstance(busy, tuple)
    if isinstance(last_day, date) and one.today(begins) > last_day:
        return False
    ends = begins + timedelta(minutes=minutes)
    if any(start < ends and begins < end for start, end in busy):
        return False
    looks = [begins + n * QUARTER for n in range(minutes // 15)] + [ends - timedelta(seconds=1)]
    return all(works(who, moment) for who in (one, other) for moment in looks)


def widened(programme: Programme, stretch: int) -> Programme:
    first, last = (clock.hour * 60 + clock.minute for clock in programme.workday)
    first, last = max(min(first, 420), first - stretch), min(max(last, 1200), last + stretch)
    return replace(programme, workday=(time(*divmod(first, 60)), time(*divmod(last, 60))))


def best_of_all(
    one: Person, other: Person, programme: Programme, now: datetime, more: dict[str, object]
) -> list[datetime]:
    met, minutes = more["met"], more["minutes"]
    assert isinstance(met, tuple)
    assert isinstance(minutes, int)
    had = [sum(edge(who, programme, start, end) for start, end in met) for who in (one, other)]
    cheapest: dict[tuple[date, bool], tuple[tuple[int, int], datetime]] = {}
    for begins in every(one, other, programme, now, more, 0):
        touch = [edge(who, programme, begins, begins + timedelta(minutes=minutes)) for who in (one, other)]
        cost = (sum(touch), abs(had[0] + touch[0] - had[1] - touch[1]))
        local = one.local(begins)
        half = (local.date(), local.time() >= time(12))
        cheapest[half] = min(cheapest.get(half, (cost, begins)), (cost, begins))
    days = {day for day, _ in cheapest}
    choices = (
        chosen
        for chosen in combinations(sorted(cheapest), min(3, len(days)))
        if len({day for day, _ in chosen}) == len(chosen)
    )

    def rank(chosen: tuple[tuple[date, bool], ...]) -> tuple[int, int, int, list[datetime]]:
        costs = [cheapest[half][0] for half in chosen]
        repeats = 2 * len(chosen) - len({late for _, late in chosen}) - len({day.weekday() for day, _ in chosen})
        return sum(c[0] for c in costs), sum(c[1] for c in costs), repeats, [cheapest[half][1] for half in chosen]

    best = min(choices, key=rank)
    return [cheapest[half][1] for half in best]


def edge(who: Person, programme: Programme, begins: datetime, ends: datetime) -> int:
    first, last = (clock.hour * 60 + clock.minute for clock in programme.workday)
    day = who.local(begins)
    start = day.hour * 60 + day.minute
    return int(start < first + 60 or start + int((ends - begins).total_seconds()) // 60 > last - 60)


def test_every_day_that_is_proposed_is_a_working_day() -> None:
    for each in found(LONDON, in_zone("Asia/Tokyo"), programme=replace(PROGRAMME, country="GB")):
        assert is_working_day(LONDON.today(each.starts_at), PROGRAMME)
