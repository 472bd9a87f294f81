"""Answers and their groups in the database: what owners see stays when somebody who answered is erased."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from mentoring.applications.application import Role
from mentoring.core.acting import ActingPerson
from mentoring.core.outcome import Outcome
from mentoring.core.roles import ProgrammeRole, RoleGiven
from mentoring.feedback.answers import Feedback, Question
from mentoring.feedback.baseline import FeedbackCorrected
from mentoring.feedback.counted_items import CountedItem
from mentoring.feedback.figures import Precision, Summary, summarise
from mentoring.feedback.forming import count_answers
from mentoring.feedback.groups import AnswerBar, Extreme, FeedbackGroup, GroupFormed, GroupKind, StageFigures
from mentoring.feedback.items import FeedbackItem, ItemAnswer
from mentoring.partnerships.partnership import PartnershipState
from storage import Storage, Transaction
from storage.engine import upgrade
from tests.mentoring.factories import answer, partnership, rating_group
from tests.storage.rows import ADA, BEN, BOSS, NOON, OWNER, PROGRAMME, WORKSPACE, bare, dump, grounded, insert_programme

SURVEY = Question.SURVEY


def counted(tx: Transaction, weeks: int = 0) -> None:
    """Count, as each Monday."""
    tx.save(
        count_answers(
            tx.partnerships.all(),
            tx.feedback.to_count(),
            tx.feedback.counts(),
            now=NOON + timedelta(days=900 + 7 * weeks),
            new_id=tx.new_id,
            order=tx.feedback.comment_order,
        )
    )


def shown(tx: Transaction) -> Summary:
    return summarise(SURVEY, tx.feedback.counts(), tx.feedback.groups())


def of_fourteen(tx: Transaction) -> None:
    """Seven partnerships are over, and all fourteen people have answered the closing survey."""
    for n in range(7):
        over = partnership(f"U0M{n}", f"U0T{n}", id=f"s{n}", state=PartnershipState.CLOSED, over_at=NOON)
        given = [
            answer(who, rating, question=SURVEY, partnership_id=f"s{n}", decision=None, minute=n)
            for who, rating in ((f"U0M{n}", 5), (f"U0T{n}", n % 5 + 1))
        ]
        tx.save(Outcome((over, *given)))


def test_a_group_comes_back_as_it_was(tx: Transaction) -> None:
    insert_programme(tx)
    words = {"helps": ("b", "a"), "hinders": ("c",)}
    group = rating_group("g1", SURVEY, 22, Extreme.HIGH, answers=6, role=Role.MENTOR, **words)
    tx.save(Outcome((GroupFormed(group, ()),)))
    assert tx.feedback.groups() == [group]
    before_rounds = rating_group("g0", SURVEY, 20, cohort_id="")
    tx.save(Outcome((GroupFormed(before_rounds, ()),)))
    assert tx.feedback.groups() == [before_rounds, group]


def test_a_group_of_several_stages_comes_back_with_its_bars_and_words(tx: Transaction) -> None:
    insert_programme(tx)
    stages = (
        StageFigures(Question.CHECK_IN, 12, 30, bars=(AnswerBar("2", 6), AnswerBar("3", 6))),
        StageFigures(
            SURVEY, 12, None, bars=(AnswerBar("c_talk", 10, or_more=True),), words=(("words", "z"), ("words", "a"))
        ),
    )
    item = CountedItem("trust", 2, (Question.CHECK_IN, SURVEY))
    group = FeedbackGroup("g1", item, GroupKind.COMPLETE, "c1", Role.MENTEE, 10, stages)
    only = FeedbackGroup("g2", item, GroupKind.ONLY_AFTER, "c1", None, 10, stages[1:])
    tx.save(Outcome((GroupFormed(group, ()), GroupFormed(only, ()))))
    assert tx.feedback.groups() == [group, only]


def test_erasing_one_of_fourteen_leaves_every_number_and_takes_whole_groups_of_comments(storage: Storage) -> None:
    with grounded(storage) as tx:
        of_fourteen(tx)
        counted(tx)
        before = shown(tx)
    assert (before.asked, before.answered, before.shown, len(before.helps), len(before.hinders)) == (14, 14, 14, 14, 14)
    assert before.precision is Precision.ABOUT
    with storage.begin(WORKSPACE) as tx:
        tx.erasure.erase("U0T3", NOON)
        right_after = shown(tx)
        counted(tx, weeks=1)
        after = shown(tx)
    assert after == right_after
    assert replace(after, helps=(), hinders=()) == replace(before, helps=(), hinders=())
    assert sorted(after.helps) == sorted(f"U0M{n} is helped" for n in range(7))


def test_no_group_says_who_is_in_it(address: str, storage: Storage) -> None:
    with grounded(storage) as tx:
        of_fourteen(tx)
        counted(tx)
    rows = dump(address)
    assert len(rows["feedback_groups"]) == 2
    assert "U0" not in str(rows["feedback_groups"])
    with storage.begin(WORKSPACE) as tx:
        for n in range(7):
            tx.erasure.erase(f"U0M{n}", NOON)
            tx.erasure.erase(f"U0T{n}", NOON)
    rows = dump(address)
    assert (len(rows["feedback_groups"]), rows["feedback_words"], rows["feedback"]) == (2, [], [])


def test_whether_somebody_has_answered_can_be_asked_without_reading_the_answer(tx: Transaction) -> None:
    insert_programme(tx)
    tx.save(Outcome((partnership(ADA, BEN), answer(ADA, question=SURVEY, decision=None))))
    asked: Callable[..., Any] = tx.feedback.has_answered
    assert asked("s1", ADA, SURVEY) is True
    assert asked("s1", BEN, SURVEY) is asked("s1", ADA, Question.CHECK_IN) is asked("s2", ADA, SURVEY) is False


def test_items_are_in_groups_of_their_own_and_an_erasure_takes_their_words(storage: Storage) -> None:
    with grounded(storage) as tx:
        for n in range(5):
            over = partnership(f"U0M{n}", f"U0T{n}", id=f"s{n}", state=PartnershipState.CLOSED, over_at=NOON)
            wish = ItemAnswer(FeedbackItem.LEARN, chosen=("c_talk",), words=f"text {n}")
            tx.save(Outcome((over, answer(f"U0M{n}", partnership_id=f"s{n}", items=(wish,), is_signed=n == 4))))
        counted(tx)
    with storage.begin(WORKSPACE) as tx:
        (group,) = tx.feedback.groups()
        assert (group.item.id, group.people) == ("learn", 5)
        assert sorted(text for _, text in group.stages[0].words) == [f"text {n}" for n in range(5)]
        counted(tx, weeks=1)
        assert tx.feedback.groups() == [group], "an answer is in one group"
        tx.erasure.erase("U0M3", NOON)
        assert tx.feedback.groups() == [replace(group, stages=(replace(group.stages[0], words=()),))]


def test_an_owner_does_not_read_what_their_own_partner_signs(tx: Transaction) -> None:
    insert_programme(tx)
    tx.save(Outcome((RoleGiven(PROGRAMME.id, ProgrammeRole.OWNER, BOSS), partnership(ADA, OWNER))))
    wish = ItemAnswer(FeedbackItem.LEARN, words="to speak up", is_signed=True)
    tx.save(Outcome((replace(answer(ADA, items=(wish,)), is_signed=True),)))
    assert tx.private(ActingPerson(OWNER)).signed_answers(PROGRAMME.id) == []
    assert [each.item for each in tx.private(ActingPerson(BOSS)).signed_answers(PROGRAMME.id)] == ["rating", "learn"]


# The upgrade.

_PARTNERSHIP = (
    "INSERT INTO partnerships (workspace, id, cohort_id, match_id, mentee_application, mentor_application, mentee, "
    "mentor, topics, months, introduced_at, state, back, not_again, version) VALUES ('T1', :id, 'c1', 'm', 'a', 'b', "
    ":mentee, :mentor, '[]', 6, '2026-01-01 09:00:00+00:00', 'active', '[]', '[]', 1)"
)
_ANSWER = (
    "INSERT INTO feedback (workspace, partnership_id, person, question, rating, helps, hinders, decision, audience, "
    "answered_at) VALUES ('T1', :id, :person, 'check-in', :rating, :helps, '', 'go-on', 'counted', :at)"
)
_GROUND = (
    "INSERT INTO workspaces (workspace, tombstone_key) VALUES ('T1', 'abcd')",
    "INSERT INTO programmes (workspace, id, name, purpose, topics, departments, grades, contact, expectations_url, "
    "country, work_starts, work_ends, working_days, closed_days, least_months, most_months, service_months, admits, "
    "terms, ask_first, least_gap, mentee_departments, mentee_grades, mentor_departments, mentor_grades, weights, "
    "version, changed_by) VALUES ('T1', 'p1', 'Ours', '', '[]', '[]', '[]', '', '', '', '09:00:00', '17:00:00', "
    "'[0]', '[]', 6, 12, 12, '[]', '[]', true, 0, '[]', '[]', '[]', '[]', '{}', 1, '')",
    "INSERT INTO cohorts (workspace, id, programme_id, opens_on, apply_by, starts_on, ends_on) VALUES "
    "('T1', 'c1', 'p1', '2026-01-01', '2026-01-02', '2026-01-03', '2027-01-03')",
)


@pytest.mark.long
@pytest.mark.parametrize(("answers", "kept"), [(4, []), (7, [(5, 15)]), (10, [(5, 15), (5, 15)])])
def test_what_owners_were_shown_before_the_upgrade_stays_as_groups(
    empty_address: str, answers: int, kept: list[tuple[int, int]]
) -> None:
    with bare(empty_address) as engine:
        upgrade(engine, "0008")
        with engine.begin() as connection:
            for statement in _GROUND:
                connection.execute(text(statement))
            for n in range(5):
                connection.execute(
                    text(_PARTNERSHIP), {"id": f"s{n}", "mentee": f"U{2 * n}", "mentor": f"U{2 * n + 1}"}
                )
            for n in range(answers):
                values = {"id": f"s{n // 2}", "person": f"U{n}", "rating": n % 5 + 1, "helps": f"text {n}"}
                connection.execute(text(_ANSWER), {**values, "at": f"2026-06-01 09:0{n}:00+00:00"})
        upgrade(engine)
    rows = dump(empty_address)
    totals = [row["total"] for row in rows["feedback_figures"]]
    assert list(zip((row["people"] for row in rows["feedback_groups"]), totals, strict=True)) == kept
    assert len(rows["feedback"]) == answers
    assert not any(row["is_counted"] for row in rows["feedback"])
    in_group = {row["person"]: row["group_id"] for row in rows["feedback"] if row["group_id"]}
    assert in_group.keys() == {f"U{n}" for n in range(5 * len(kept))}
    words = {(row["group_id"], row["text"]) for row in rows["feedback_words"]}
    assert words == {(group, f"text {person[1:]}") for person, group in in_group.items()}
    storage = Storage(empty_address)
    with storage.begin("T1") as tx:
        counted(tx)
        found = summarise(Question.CHECK_IN, tx.feedback.counts(), tx.feedback.groups())
    storage.close()
    assert (found.asked, found.answered, len(found.helps)) == (10, answers, 5 * len(kept))


def test_a_survey_before_is_replaced_with_its_items_until_it_is_counted(tx: Transaction) -> None:
    insert_programme(tx)
    tx.save(Outcome((partnership(),)))
    said = (ItemAnswer(FeedbackItem.ABLE, 4), ItemAnswer(FeedbackItem.MATTERS, chosen=("a_skill",)))
    before = replace(answer(ADA, question=Question.BASELINE, decision=None), rating=None, helps="", hinders="")
    other = replace(before, items=(ItemAnswer(FeedbackItem.ABLE, 2),))

    def kept() -> Feedback | None:
        return tx.private(ActingPerson(ADA)).feedback("s1", Question.BASELINE)

    tx.save(Outcome((replace(before, items=said),)))
    tx.save(Outcome((FeedbackCorrected(other),)))
    assert kept() == other
    counted(tx)
    assert not tx.feedback.correct(before), "it is counted"
    assert kept() == replace(other, is_counted=True)
    assert [(each.asked, each.answered) for each in tx.feedback.counts() if each.question is Question.BASELINE] == [
        (2, 1)
    ]
    assert tx.feedback.groups() == [], "it has no rating"


def test_a_round_in_which_no_one_answered_before_is_not_said_to_have_been_asked(tx: Transaction) -> None:
    """Its partnerships may be older than the survey before."""
    insert_programme(tx)
    tx.save(Outcome((partnership(),)))
    counted(tx)
    assert [each for each in tx.feedback.counts() if each.question is Question.BASELINE] == []
