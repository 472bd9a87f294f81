"""Where a cohort stands, in counts."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mentoring.applications.application import Application, ApplicationState, Role
from mentoring.core.people import AccountStatus, Leave, Person
from mentoring.core.programmes import TOPICS, Rhythm
from mentoring.status import ProgrammeFigures, TopicCount, cohort_status, partnership_status, programme_figures
from tests.mentoring.factories import meeting, partnership
from tests.mentoring.values import COHORT, NOON, PROGRAMME, application

MENTEE, MENTOR = Role.MENTEE, Role.MENTOR


def test_an_empty_cohort_has_every_topic_at_nothing() -> None:
    status = cohort_status(PROGRAMME, COHORT, ())
    assert (status.mentees, status.mentors, status.places, status.withdrawn) == (0, 0, 0, 0)
    assert status.topics == tuple(TopicCount(topic, 0, 0) for topic in TOPICS)
    assert status.waiting == status.late == ()


def test_it_counts_people_places_and_topics() -> None:
    status = cohort_status(
        PROGRAMME,
        COHORT,
        [
            application("U1", MENTEE, id="a1", topics=("Career planning", "Job search")),
            application("U2", MENTEE, id="a2"),
            application("U3", MENTOR, id="a3", places=3, topics=("Job search",)),
            application("U4", MENTOR, id="a4", state=ApplicationState.WITHDRAWN),
        ],
    )
    assert (status.mentees, status.mentors, status.places, status.withdrawn) == (2, 1, 3, 1)
    counts = {count.topic: count for count in status.topics}
    assert counts["Career planning"] == TopicCount("Career planning", asked=2, offered=0)
    assert counts["Job search"] == TopicCount("Job search", asked=1, offered=3)
    assert [count.topic for count in status.topics if count.is_gap] == ["Career planning"]


def test_a_topic_that_left_the_list_still_counts_and_comes_last() -> None:
    programme = replace(PROGRAMME, topics=("Job search",))
    topics = cohort_status(programme, COHORT, [application(topics=("Career planning",))]).topics
    assert [count.topic for count in topics] == ["Job search", "Career planning"]


def test_who_has_waited_longest_comes_first() -> None:
    later = application("U1", id="a1", sent_at=NOON + timedelta(hours=1))
    first = application("U2", id="a2", sent_at=NOON)
    tied = application("U3", id="a3", sent_at=NOON)
    assert cohort_status(PROGRAMME, COHORT, [later, tied, first]).waiting == (first, tied, later)


def test_who_missed_the_deadline_is_late_and_not_counted_in() -> None:
    late = application("U1", MENTOR, id="a1", sent_on=date(2026, 12, 22), places=3)
    in_time = application("U2", MENTOR, id="a2", sent_on=date(2026, 12, 21))
    status = cohort_status(PROGRAMME, COHORT, [late, in_time])
    assert (status.waiting, status.late) == ((in_time,), (late,))
    assert (status.mentors, status.places) == (1, 1)


@st.composite
def applications(draw: st.DrawFn) -> list[Application]:
    return [
        application(
            f"U{number}",
            draw(st.sampled_from(Role)),
            id=f"a{number}",
            state=draw(st.sampled_from(ApplicationState)),
            topics=tuple(draw(st.lists(st.sampled_from((*TOPICS, "Former")), unique=True))),
            places=draw(st.integers(1, 3)),
            sent_at=NOON + timedelta(minutes=draw(st.integers(0, 5))),
            sent_on=draw(st.dates(date(2026, 12, 18), date(2026, 12, 24))),
        )
        for number in range(draw(st.integers(0, 12)))
    ]


@given(applications())
def test_the_counts_always_add_up(sent: list[Application]) -> None:
    status = cohort_status(PROGRAMME, COHORT, sent)
    assert len(status.waiting) + len(status.late) + status.withdrawn + len(status.unconfirmed) == len(sent)
    assert status.mentees + status.mentors == len(status.waiting)
    assert status.mentors <= status.places <= 3 * status.mentors
    for count in status.topics:
        assert 0 <= count.asked <= status.mentees
        assert 0 <= count.offered <= status.places
    choices = sum(len(one.topics) for one in status.waiting if one.role is MENTEE)
    assert sum(count.asked for count in status.topics) == choices
    assert len({count.topic for count in status.topics}) == len(status.topics)


@given(applications())
def test_the_order_in_which_they_are_read_does_not_matter(sent: list[Application]) -> None:
    one, other = cohort_status(PROGRAMME, COHORT, sent), cohort_status(PROGRAMME, COHORT, sent[::-1])
    assert (one.waiting, one.late) == (other.waiting, other.late)
    assert set(one.topics) == set(other.topics)


def test_what_was_sent_by_somebody_who_has_left_is_not_counted() -> None:
    sent = [application(id="a1"), application("U0BEN", Role.MENTOR, id="a2", places=3)]
    gone = Person("U0BEN", AccountStatus.DEACTIVATED)
    found = cohort_status(PROGRAMME, COHORT, sent, {gone.id: gone})
    assert (found.mentees, found.mentors, found.places, found.on_leave) == (1, 0, 0, 0)
    assert [each.person for each in found.waiting] == ["U0ADA"]


def test_somebody_on_leave_has_applied_and_does_not_wait_for_a_match() -> None:
    sent = [application(id="a1"), application("U0BEN", Role.MENTOR, id="a2", places=3)]
    away = Person("U0BEN", AccountStatus.MEMBER, leave=Leave(NOON, NOON.date() + timedelta(days=9)))
    found = cohort_status(PROGRAMME, COHORT, sent, {away.id: away})
    assert (found.mentees, found.mentors, found.places, found.on_leave) == (1, 1, 3, 1)
    assert [each.person for each in found.waiting] == ["U0ADA"]


def test_a_sponsor_reads_no_small_number_and_none_that_tells_of_few() -> None:
    few = cohort_status(PROGRAMME, COHORT, [application(f"U{n}", MENTOR, id=f"a{n}", places=3) for n in range(4)])
    running = [partnership(f"U{n}", f"U9{n}", id=f"r{n}") for n in range(4)]
    met = [meeting(date(2027, 1, 12), id=f"v{n}", partnership_id="r0") for n in range(6)]
    shown = programme_figures(few, partnership_status(running, [], met, [], [], date(2027, 1, 20), rhythm=Rhythm()))
    assert shown == ProgrammeFigures(None, None, None, None, None, None)
    more = cohort_status(PROGRAMME, COHORT, [application(f"U{n}", MENTOR, id=f"a{n}", places=3) for n in range(5)])
    running.append(partnership("U4", "U94", id="r4"))
    shown = programme_figures(more, partnership_status(running, [], met, [], [], date(2027, 1, 20), rhythm=Rhythm()))
    assert shown == ProgrammeFigures(None, 5, 15, 5, None, 6)
