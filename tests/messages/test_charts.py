"""The charts of a round keep within Slack's limits, in words too, and the files hold the same numbers."""

import csv
import io
from dataclasses import replace
from datetime import date

import pytest
from openpyxl import load_workbook

from mentoring.core.lengths import add_months
from mentoring.core.programmes import Term, Terms
from mentoring.round_charts import MonthOfMeetings, PartnershipStage, RoundStep
from mentoring.status import TopicCount
from messages.ids import OPEN_ALL_PARTNERSHIPS, OPEN_EXPORT, OPEN_PEOPLE, SEND_CSV, SEND_WORKBOOK
from messages.payloads import Message
from messages.plain_blocks import has_newer, in_plain
from messages.status import FileFormat, charts, figures_file
from tests.messages.examples import COHORT, PLAIN, RUNNING
from tests.messages.pressing import buttons
from tests.messages.round_charts import NO_CHARTS, ROUND_CHARTS

TOPICS = (TopicCount("=Career", 3, 1), TopicCount("Quiet", 0, 0))


def sent(found: FileFormat) -> bytes:
    message = figures_file(ROUND_CHARTS, TOPICS, PLAIN, COHORT, RUNNING, found)
    assert message.file
    return message.file.content


def shown(found: Message) -> list[str]:
    return [block["type"] for block in found.payload()["blocks"]]


def test_there_are_two_charts_and_a_table() -> None:
    assert shown(charts(ROUND_CHARTS, TOPICS, PLAIN, COHORT, RUNNING)) == [
        *("header", "section", "data_visualization", "data_visualization", "section", "data_table"),
        *("actions", "context"),
    ]


def test_the_text_says_what_the_charts_show() -> None:
    assert charts(ROUND_CHARTS, TOPICS, PLAIN, COHORT, RUNNING).text.endswith(
        "How far people came: applied: 34, got a match: 30, introduced: 28, have met: 26, completed: 6. "
        "Meetings this month: 17 logged, 21 asked for."
    )


def test_the_buttons_lead_to_the_people_behind_the_numbers_and_to_files() -> None:
    assert buttons(charts(ROUND_CHARTS, TOPICS, PLAIN, COHORT, RUNNING)) == [
        (OPEN_PEOPLE, None),
        (OPEN_ALL_PARTNERSHIPS, "all"),
        (SEND_WORKBOOK, None),
        (SEND_CSV, None),
        (OPEN_EXPORT, None),
    ]


def test_before_anybody_applies_there_is_one_chart() -> None:
    assert shown(charts(NO_CHARTS, (), PLAIN, COHORT, RUNNING)) == [
        "header",
        "section",
        "data_visualization",
        "actions",
        "context",
    ]


def test_the_largest_round_fits() -> None:
    months = tuple(MonthOfMeetings(add_months(date(2026, 12, 1), number), 99_999, 99_999) for number in range(12))
    largest = replace(
        ROUND_CHARTS,
        people=dict.fromkeys(RoundStep, 60_000),
        stages=dict.fromkeys(PartnershipStage, 30_000),
        months=months,
    )
    topics = [TopicCount(f"{number} {'topic' * 14}", 30_000, 30_000) for number in range(100)]
    charts(largest, topics, PLAIN, COHORT, RUNNING).payload()


def test_where_slack_refuses_charts_the_same_is_said_in_words() -> None:
    message = charts(ROUND_CHARTS, TOPICS, PLAIN, COHORT, RUNNING)
    plain = replace(message, blocks=tuple(in_plain(message.blocks)))
    plain.payload()
    assert not has_newer(plain.blocks)
    sections = [block for block in plain.blocks if block["type"] == "section"]
    words = "\n".join(text["text"] for block in sections for text in block.get("fields", [block.get("text")]))
    for needed in ("Applied: 34", "Mar 2027: Logged 17, Asked for 21", "*Active*\n9", "=Career · 3 · 1"):
        assert needed in words


def test_a_workbook_has_a_sheet_for_each_table_and_no_formula() -> None:
    book = load_workbook(io.BytesIO(sent(FileFormat.XLSX)))
    assert {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book} == {
        "People": [
            *(("Step", "People"), ("Applied", 34), ("Got a match", 30)),
            *(("Introduced", 28), ("Have met", 26), ("Completed", 6)),
        ],
        "Partnerships": [
            *(("State", "Partnerships"), ("Active", 9), ("Paused", 1)),
            *(("Completed", 3), ("Ended early", 1)),
        ],
        "Meetings": [("Month", "Logged", "Asked for"), ("Feb 2027", 11, 13), ("Mar 2027", 17, 21)],
        "Topics": [("Topic", "Asked for", "Places offered"), ("'=Career", 3, 1)],
    }


@pytest.mark.parametrize(
    "word", ["mentor/mentee pairs", "[pairs]: all?*", "topics", "'pairs'", "p" * 24, "a\x0bb", "*"]
)
def test_a_workbook_can_be_written_whatever_the_word_for_partnerships(word: str) -> None:
    ours = replace(PLAIN, terms=Terms(partnership=Term(word, word)))
    topics = (TopicCount("Ca\x0breer", 3, 1),)
    message = figures_file(ROUND_CHARTS, topics, ours, COHORT, RUNNING, FileFormat.XLSX)
    assert message.file
    book = load_workbook(io.BytesIO(message.file.content))
    titles = [sheet.title.lower() for sheet in book]
    assert len(set(titles)) == 4
    assert not set("[]:*?/\\") & set("".join(titles))
    assert max(map(len, titles)) <= 31


@pytest.mark.parametrize(("today", "said"), [(COHORT.starts_on, "starts on"), (RUNNING, "started on")])
def test_the_words_know_whether_the_round_has_started_also_if_nobody_was_introduced(today: date, said: str) -> None:
    file = figures_file(NO_CHARTS, (), PLAIN, COHORT, today, FileFormat.CSV)
    assert f"the round that {said} 15 February 2027" in file.text
    shown = str(charts(NO_CHARTS, (), PLAIN, COHORT, today).payload()["blocks"])
    assert f"The round that {said} 15 February 2027" in shown


def test_a_csv_file_has_a_line_for_each_number() -> None:
    lines = list(csv.reader(io.StringIO(sent(FileFormat.CSV).decode("utf-8-sig"))))
    assert lines[:2] == [["Table", "Row", "Column", "Number"], ["People", "Applied", "People", "34"]]
    assert lines[-1] == ["Topics", "'=Career", "Places offered", "1"]
    assert len(lines) == 1 + 5 + 4 + 2 * 2 + 2


@pytest.mark.parametrize("found", FileFormat)
def test_the_name_of_the_file_says_of_which_round_and_day_it_is(found: FileFormat) -> None:
    message = figures_file(ROUND_CHARTS, TOPICS, PLAIN, COHORT, RUNNING, found)
    assert message.file
    assert message.file.name == f"round-2027-02-15-on-2027-03-01.{found}"
