"""The evaluation report: what a sponsor reads, in which order, and that it names no one and tells no small number."""

import re
from dataclasses import replace

from mentoring.evaluation.figures import RoundFigures
from mentoring.feedback.answers import Question
from mentoring.feedback.counted_items import CountedItem
from mentoring.feedback.groups import GroupKind
from messages.evaluation.award import STANDARDS, award_evidence
from messages.evaluation.document import Document, DocumentTable, Quotations, Typed
from messages.evaluation.items import asked
from messages.evaluation.report import report
from tests.evaluation_example import HELPS, NEXT_TIME, example
from tests.mentoring.evaluation.test_figures import figures


def titles(document: Document) -> list[str]:
    return [each.title for each in document.sections]


def tables(document: Document) -> dict[str, DocumentTable]:
    found = (each for section in document.sections for each in section.elements)
    return {each.caption: each for each in found if isinstance(each, DocumentTable)}


def test_it_has_each_part_that_a_sponsor_asks_for_in_order() -> None:
    assert titles(report(example())) == [
        "At a glance",
        "Purpose and objectives",
        "Who took part",
        "Meetings",
        "What people said",
        "Before and after",
        "What helped",
        "What got in the way",
        "What people suggest",
        "Training needs",
        "What the owners did",
        "Two rounds side by side",
        "What the figures suggest",
        "What we’ll do next time",
        "How the figures were made",
        "All comments",
    ]
    said = {each.id: each.elements for each in report(example()).sections}
    assert said["next"] == (Typed(NEXT_TIME),)


def test_without_a_round_before_there_is_no_comparison() -> None:
    assert "Two rounds side by side" not in titles(report(replace(example(), rounds=example().rounds[:1])))


def test_two_rounds_stand_side_by_side_with_the_newest_first() -> None:
    table = tables(report(example()))["Two rounds"]
    assert table.head == ("", "Round from 14 February 2028", "Round from 15 February 2027")
    assert ("Partnerships", "45", "34") in table.rows


def test_no_number_in_a_table_is_below_five() -> None:
    for name, table in tables(report(example())).items():
        if "Averages" in name:
            continue
        for row in table.rows:
            for cell in row[1:]:
                numbers = [int(each) for each in re.findall(r"(?<![.\d])\d+(?![.\d])", cell.replace(",", ""))]
                assert all(each >= 5 for each in numbers), (row, "fewer than 5 names the limit itself")


def test_all_comments_of_the_groups_are_in_it_once_at_the_end_and_some_before() -> None:
    last = report(example()).sections[-1]
    quoted = [words for each in last.elements if isinstance(each, Quotations) for words in each.texts]
    said = [words for each in example().round.questions for words in each.summary.helps]
    assert set(said) == set(HELPS) & set(quoted)
    assert sorted(said) == sorted(words for words in quoted if words in HELPS)


def test_a_round_with_nothing_to_show_says_so_on_one_page() -> None:
    empty = replace(example(), rounds=(_empty(),))
    assert titles(report(empty)) == ["Purpose and objectives", "Nothing to show yet", "How the figures were made"]
    assert titles(award_evidence(empty))


def _empty() -> RoundFigures:
    return figures()


def test_the_evidence_for_the_award_follows_the_six_standards_and_says_what_is_missing() -> None:
    document = award_evidence(example())
    assert titles(document)[1:] == [f"{number}. {name}" for number, name in enumerate(STANDARDS, 1)]
    states = {row[1] for table in tables(document).values() for row in table.rows}
    assert states == {"Evidence here", "Done by the bot", "To add"}
    assert len(STANDARDS) == 6


def test_before_and_after_are_of_the_same_people_and_each_question_is_named() -> None:
    table = tables(report(example()))["Averages of the same people, from 1 to 5"]
    assert [row[0].split(":")[0] for row in table.rows] == ["Confidence", "Direction", "Next step", "People"]
    for _, before, after, change, people in table.rows:
        if "about" not in before + after:
            assert f"{float(after) - float(before):+.1f}" == change
        assert int(people) >= 5


def test_answers_of_one_time_only_are_in_no_comparison() -> None:
    for each in example().round.items:
        if each.kind is not GroupKind.COMPLETE:
            lone = replace(example(), rounds=(replace(example().round, items=(each,)),))
            assert "Before and after" not in titles(report(lone))


def test_choices_are_named_as_the_form_has_them_and_rare_ones_are_left_out() -> None:
    found = tables(report(example()))
    assert {row[0] for row in found["We meet …"].rows} <= {
        "Too seldom",
        "Just right",
        "Too often",
    }
    learn = found["Training needs: what people would like to learn or practise"].rows
    assert [int(row[1]) for row in learn] == sorted((int(row[1]) for row in learn), reverse=True)


def test_a_statement_of_the_owners_is_named_by_the_words_that_it_had() -> None:
    statement = CountedItem("own_1", 2, (Question.SURVEY,))
    assert asked(statement, ("own_1:I had time.", "own_1:I felt welcome.")) == "I felt welcome."
    assert asked(statement) == "A statement of the programme"
