"""The lists of people and partnerships: the database finds exactly those of whom the rules say so, page by page."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, text

from mentoring.applications.application import Application, ApplicationState, Role
from mentoring.core.outcome import Outcome
from mentoring.core.paging import Page, PageMark
from mentoring.core.people import AccountStatus, Leave, LeaveChange, Person, StaffRecord, sort_name
from mentoring.matching.match import MatchState
from mentoring.partnerships.partnership import Partnership, PartnershipState
from mentoring.people.listed_partnerships import ListedPartnership, PartnershipFilter, PartnershipQuery
from mentoring.people.people_list import Participant, PeopleFilter, PeopleQuery
from storage import Storage, Transaction, tables
from storage.engine import upgrade
from tests.mentoring.factories import match, meeting, partnership
from tests.storage.rows import COHORT, ELSEWHERE, NOON, WORKSPACE, application, bare, grounded, insert_programme

TODAY = COHORT.apply_by + timedelta(days=40)
NAMES = ("Émile Zola", "émile ajar", "Ada O’Hara", "Ben_Brook", "100% Chi", "ŁUKASZ", "")
OLDER = replace(COHORT, id="c0", opens_on=COHORT.opens_on - timedelta(days=400))


def knows(tx: Transaction, *people: Person) -> None:
    for each in people:
        tx.people.request_profiles([each.id], NOON)
        tx.people.save_profile(each, NOON)


def person(number: int, name: str = "", **facts: Any) -> Person:
    return Person(f"U{number:03}", display_name=name, **{"account_status": AccountStatus.MEMBER, **facts})


def all_items(find: Callable[[PageMark], Page[Any]]) -> list[Any]:
    """The items of all pages, walked forwards."""
    page = find(PageMark())
    found = list(page.items)
    while page.following:
        page = find(page.following)
        found += page.items
    assert len(found) == page.total
    return found


def walked(find: Callable[[PageMark], Page[Any]]) -> list[Any]:
    """The items of all pages, walked forwards and backwards; each page is found again where it was."""
    page = find(PageMark())
    found, pages = list(page.items), [page]
    while page.following:
        page = find(page.following)
        assert find(page.mark).items == page.items
        found += page.items
        pages.append(page)
    assert [each.number for each in pages] == list(range(1, len(pages) + 1))
    for before in reversed(pages[:-1]):
        assert page.previous is not None
        page = find(page.previous)
        assert (page.items, page.number) == (before.items, before.number)
    assert page.previous is None
    return found


def year(tx: Transaction, seed: int, people: int) -> None:
    """Many people with every kind of application and partnership, at random."""
    chance = random.Random(seed)
    tx.save(Outcome((OLDER,)))
    everybody = [
        person(
            number,
            chance.choice(NAMES),
            account_status=chance.choice([AccountStatus.MEMBER] * 5 + [AccountStatus.DEACTIVATED]),
        )
        for number in range(people)
    ]
    knows(tx, *everybody)
    for each in everybody:
        if chance.random() < 0.2:
            tx.save(Outcome((LeaveChange(each.id, None, Leave(NOON, TODAY)),)))
    sent: list[Application] = []
    for each in everybody:
        for role in Role:
            for cohort in (OLDER, COHORT):
                if chance.random() < 0.5:
                    sent_on = cohort.opens_on + timedelta(days=chance.choice([1, 60]))
                    sent.append(
                        application(
                            f"{each.id}{role}{cohort.id}",
                            each.id,
                            role,
                            cohort_id=cohort.id,
                            state=chance.choice([ApplicationState.OPEN] * 3 + [ApplicationState.WITHDRAWN]),
                            places=chance.choice([1, 2]) if role is Role.MENTOR else 1,
                            department=chance.choice(["Archives", "Cataloguing", ""]),
                            topics=chance.choice([("Job search",), ("“Work” & 100%_life",)]),
                            sent_on=sent_on,
                            sent_at=NOON.replace(year=sent_on.year, month=sent_on.month, day=sent_on.day),
                        )
                    )
    tx.save(Outcome(tuple(sent)))
    tx.save(Outcome((StaffRecord(everybody[0].id, "Archives"),)))
    made_up: list[object] = []
    for number in range(people // 2):
        mentee, mentor = (chance.choice([each for each in sent if each.role is role]) for role in Role)
        if mentee.person == mentor.person:
            continue
        begun = NOON + timedelta(days=chance.choice([10, 42, 60]))
        made = partnership(
            mentee.person,
            mentor.person,
            id=f"s{number}",
            months=chance.choice([1, 6]),
            introduced_at=begun,
            cohort_id=mentee.cohort_id,
            mentee_application=mentee.id,
            mentor_application=mentor.id,
        )
        if chance.random() < 0.3:
            last = begun.date() + timedelta(days=chance.choice([0, 10]))
            made = replace(made, entered_on=last, met_before=chance.choice([1, 4]), last_met_before=last)
        if chance.random() < 0.4:
            state = chance.choice([PartnershipState.ENDED, PartnershipState.CLOSED])
            back = tuple(each for each in made.people if chance.random() < 0.5)
            made = replace(made, state=state, over_at=begun + timedelta(days=5), back=back)
        made_up.append(made)
        for day in range(chance.choice([0, 0, 1, 3])):
            made_up.append(meeting(begun.date() + timedelta(days=4 * day), f"v{number}-{day}", partnership_id=made.id))
    tx.save(Outcome(tuple(made_up)))


def belongs(listed: Participant, chosen: PeopleFilter) -> bool:
    """The filter in plain Python, from what a line shows."""
    sent, is_absent = listed.application, listed.person.is_absent
    is_open = sent.state is ApplicationState.OPEN and sent.cohort_id == COHORT.id
    is_open = is_open and not is_absent and listed.person.leave is None
    pauses = [listed.pause(each) for each in listed.active]
    match chosen:
        case PeopleFilter.EVERYONE:
            return True
        case PeopleFilter.UNMATCHED:
            return is_open and not sent.waits_for_next(COHORT) and listed.free_places > 0
        case PeopleFilter.WAITING_LIST:
            return is_open and sent.waits_for_next(COHORT)
        case PeopleFilter.MATCHED:
            return bool(listed.active)
        case PeopleFilter.QUIET:
            return any(_is_quiet(each, listed) for each in listed.active)
        case PeopleFilter.PAUSED:
            return any(pauses)
        case PeopleFilter.ON_LEAVE:
            return listed.person.leave is not None
        case PeopleFilter.LEFT:
            return is_absent or (listed.is_withdrawn and not listed.active)


def _is_quiet(each: Partnership, listed: Participant) -> bool:
    totals = listed.totals.get(each.id)
    last = totals.last if totals and totals.last else each.started_on
    return (TODAY - last).days >= (10 if each.months == 1 else 21) and each.ends_on > TODAY and not listed.pause(each)


@pytest.mark.parametrize("seed", [1])
def test_each_filter_lists_exactly_those_of_whom_it_is_true_on_as_many_pages_as_it_takes(
    storage: Storage, seed: int
) -> None:
    with grounded(storage) as tx:
        year(tx, seed, people=50)

    def find(query: PeopleQuery, mark: PageMark) -> Page[tuple[Participant, ...]]:
        with storage.read(WORKSPACE) as tx:
            return tx.people_list.page(COHORT, query, mark, TODAY)

    everyone = walked(lambda mark: find(PeopleQuery(), mark))
    with storage.read(WORKSPACE) as tx:
        applied = {row.person for row in tx.applications.in_cohort("c1") + tx.applications.in_cohort("c0")}
    assert {each[0].person.id for each in everyone} == applied
    assert len(everyone) == len(applied)
    for chosen in PeopleFilter:
        expected = [each for each in everyone if any(belongs(role, chosen) for role in each)]
        assert expected, chosen
        assert all_items(lambda mark, chosen=chosen: find(PeopleQuery(chosen), mark)) == expected  # type: ignore[misc]
    for query, fits in (
        (PeopleQuery(name="EMILE"), lambda role: "mile" in role.person.display_name),
        (PeopleQuery(name="zola emi"), lambda role: role.person.display_name == "Émile Zola"),
        (PeopleQuery(name="%"), lambda role: "%" in role.person.display_name),
        (PeopleQuery(name="n_b"), lambda role: role.person.display_name == "Ben_Brook"),
        (PeopleQuery(department="Archives"), lambda role: role.department == "Archives"),
        (PeopleQuery(topic="“Work” & 100%_life"), lambda role: role.application.topics[0] != "Job search"),
        (PeopleQuery(topic="search"), lambda role: False),
    ):
        assert all_items(lambda mark, query=query: find(query, mark)) == [  # type: ignore[misc]
            each for each in everyone if any(map(fits, each))
        ], query
    by_name = [sort_name(each[0].person.display_name) for each in everyone]
    assert by_name == sorted(by_name) or storage.file is None, "PostgreSQL sorts by its own collation"


@pytest.mark.parametrize("seed", [1])
def test_partnerships_are_listed_newest_first_by_each_filter(storage: Storage, seed: int) -> None:
    with grounded(storage) as tx:
        year(tx, seed, people=100)

    def find(query: PartnershipQuery, mark: PageMark) -> Page[ListedPartnership]:
        with storage.read(WORKSPACE) as tx:
            return tx.partnership_list.page("p1", query, mark, TODAY)

    with storage.read(WORKSPACE) as tx:
        newest = [each.id for each in reversed(tx.partnerships.all())]
    everything = walked(lambda mark: find(PartnershipQuery(PartnershipFilter.ALL), mark))
    assert [each.partnership.id for each in everything] == newest
    for chosen, fits in (
        (PartnershipFilter.ACTIVE, lambda each: each.partnership.is_active),
        (PartnershipFilter.OVER, lambda each: not each.partnership.is_active),
        (PartnershipFilter.PAUSED, lambda each: each.pause is not None),
        (PartnershipFilter.QUIET, lambda each: each.quiet_for(TODAY) > 0),
    ):
        expected = list(filter(fits, everything))
        assert expected, chosen
        query = PartnershipQuery(chosen)
        assert all_items(lambda mark, query=query: find(query, mark)) == expected  # type: ignore[misc]
    named = all_items(lambda mark: find(PartnershipQuery(PartnershipFilter.ALL, "emile"), mark))
    assert named == [each for each in everything if any("mile" in one.display_name for one in each.people.values())]


def test_a_page_whose_people_are_gone_is_the_nearest(tx: Transaction) -> None:
    with_ground(tx, people=25)
    last = tx.people_list.page(COHORT, PeopleQuery(), PageMark("U024", 9), TODAY)
    assert [each[0].person.id for each in last.items] == [f"U{number:03}" for number in range(5, 25)]
    assert last.number == 2
    for mark in (PageMark("UGONE", 4), PageMark("UGONE", 4, is_before=True), PageMark("U003", 2, is_before=True)):
        assert tx.people_list.page(COHORT, PeopleQuery(), mark, TODAY).items[0][0].person.id == "U000", mark


def with_ground(tx: Transaction, people: int) -> None:
    insert_programme(tx)
    knows(tx, *(person(number, f"Person {number:03}") for number in range(people)))
    tx.save(Outcome(tuple(application(f"a{number}", f"U{number:03}") for number in range(people))))


def test_open_offers_are_counted_and_nothing_of_another_workspace_is_listed(storage: Storage) -> None:
    for workspace in (WORKSPACE, ELSEWHERE):
        with storage.begin(workspace) as tx:
            with_ground(tx, people=2)
    with storage.begin(ELSEWHERE) as tx:
        tx.save(Outcome((application("a9", "U001", Role.MENTOR),)))
    asked = match("U000", "U001", MatchState.OFFERED, mentee_application="a0", mentor_application="a1")
    with storage.begin(WORKSPACE) as tx:
        tx.save(Outcome((asked,)))
        found = tx.people_list.page(COHORT, PeopleQuery(), PageMark(), TODAY).items
        assert [[(role.application.id, role.offers) for role in each] for each in found] == [[("a0", 1)], [("a1", 1)]]


PROGRAMME_AT_0011 = (
    "INSERT INTO programmes (workspace, id, name, purpose, topics, departments, grades, contact, expectations_url, "
    "country, region, time_zone, work_starts, work_ends, working_days, closed_days, least_months, most_months, "
    "service_months, admits, terms, ask_first, least_gap, shared_hours, mentee_departments, mentee_grades, "
    "mentor_departments, mentor_grades, weights, version, changed_by) VALUES (:workspace, 'p1', 'Ours', '', '[]', '[]',"
    " '[]', '', '', '', '', '', '09:00:00', '17:00:00', '[0]', '[]', 6, 12, 12, '[]', '[]', true, 0, false, '[]', "
    "'[]', '[]', '[]', '{}', 1, '')"
)


@pytest.mark.long
def test_after_the_upgrade_people_have_names_to_search_by_and_partnerships_their_end(empty_address: str) -> None:
    with bare(empty_address) as engine:
        upgrade(engine, "0011")
        with engine.begin() as connection:
            connection.execute(
                text(
                    "INSERT INTO people (workspace, id, standing, display_name, time_zone) VALUES "
                    "(:workspace, 'U1', 'member', '  Émile ZOLA', '')"
                ),
                {"workspace": WORKSPACE},
            )
        with engine.begin() as connection:
            connection.execute(text(PROGRAMME_AT_0011), {"workspace": WORKSPACE})
            connection.execute(
                text(
                    "INSERT INTO cohorts (workspace, id, programme_id, opens_on, apply_by, starts_on, ends_on) VALUES "
                    "(:workspace, 'c1', 'p1', '2026-11-23', '2026-12-21', '2027-01-04', '2028-01-04')"
                ),
                {"workspace": WORKSPACE},
            )
            connection.execute(
                text(
                    "INSERT INTO partnerships (workspace, id, cohort_id, match_id, mentee_application, "
                    "mentor_application, mentee, mentor, topics, months, introduced_at, state, back, not_again, version"
                    ") VALUES (:workspace, 's1', 'c1', 'm1', 'a1', 'a2', 'U1', 'U2', '[]', 6, :at, 'active', '[]', "
                    "'[]', 1)"
                ),
                {"workspace": WORKSPACE, "at": "2026-08-31 23:30:00+00:00"},
            )
        upgrade(engine)
        with engine.connect() as connection:
            assert connection.scalar(select(tables.PersonRow.sort_name)) == sort_name("  Émile ZOLA") == "emile zola"
            stored = connection.execute(select(tables.PartnershipRow)).one()
            assert stored.ends_on.isoformat() == "2027-02-28"
            assert connection.execute(select(tables.OwnerActRow)).all() == []
        with engine.begin() as connection:
            values = {"by": "U1", "person": "U2", "role": "mentee", "fields": ("topics",), "at": NOON, "other": ""}
            connection.execute(
                insert(tables.OwnerActRow).values(
                    workspace=WORKSPACE, id="e1", cohort_id="c1", action="corrected", **values
                )
            )
