"""The charts of a round for its owners, and the same numbers as a file (D0.15)."""

from collections.abc import Mapping, Sequence
from datetime import date as Date
from enum import StrEnum
from typing import Any

from slack_sdk.models.blocks import Block, ButtonElement

from mentoring.core.programmes import Cohort, Programme
from mentoring.people.listed_partnerships import PartnershipFilter
from mentoring.round_charts import PartnershipStage, RoundCharts, RoundStep
from mentoring.status import TopicCount
from messages.blocks import actions, button, facts, header, section, small_print
from messages.charts import chart, data_table
from messages.ids import OPEN_ALL_PARTNERSHIPS, OPEN_EXPORT, OPEN_PEOPLE, SEND_CSV, SEND_WORKBOOK
from messages.payloads import AttachedFile, Message, message
from messages.programmes.cohorts import day
from messages.spreadsheets import FigureTable, write_rows, write_workbook
from messages.voice import Voice, capital

_STEPS = {
    RoundStep.APPLIED: "Applied",
    RoundStep.OFFERED: "Got a match",
    RoundStep.INTRODUCED: "Introduced",
    RoundStep.MET: "Have met",
    RoundStep.COMPLETED: "Completed",
}
_STAGES = {
    PartnershipStage.ACTIVE: "Active",
    PartnershipStage.PAUSED: "Paused",
    PartnershipStage.COMPLETED: "Completed",
    PartnershipStage.NEVER_MET: "At the end, no meeting logged",
    PartnershipStage.ENDED: "Ended early",
}
_LOGGED, _ASKED = "Logged", "Asked for"


class FileFormat(StrEnum):
    """The file in which figures are sent."""

    XLSX = "xlsx"
    CSV = "csv"


def charts(
    charts: RoundCharts, topics: Sequence[TopicCount], programme: Programme, cohort: Cohort, today: Date
) -> Message:
    """Two charts and a table, as many as Slack allows, and the rest as plain counts; `today` is the reader's date."""
    voice, plain = Voice(programme), Voice(programme, marked=False)
    people, stages, months, asked = sheets(charts, topics, programme)
    title = f"{plain.name}: the round in charts"
    blocks: list[Block | Mapping[str, Any]] = [
        header(title),
        section(f"{capital(_which_round(cohort, today))}."),
        chart("bar", "How far people came", {"People": _numbers(people)}, _names(people), axis="People"),
    ]
    if charts.months:
        of_month = [_month(each.month) for each in charts.months]
        blocks.append(
            chart(
                "line",
                "Meetings in each month",
                {_LOGGED: _numbers(months), _ASKED: _numbers(months, 2)},
                of_month,
                axis="Meetings",
            )
        )
    if stages.rows:
        counts = [(str(state), f"{number:,}") for state, number in stages.rows]
        blocks += facts(counts, f"{capital(plain.partnerships)} of this round")
    if asked.rows:
        blocks.append(data_table("Topics asked for and offered", asked.head, asked.rows))
    blocks.append(actions(*_buttons(charts, plain)))
    blocks.append(
        small_print(
            "Each step includes everyone who came further. Asked for: what the programme asks of "
            f"{voice.partnerships} that were running, without pauses."
        )
    )
    return message(f"{title}. {_in_words(charts)}", blocks)


def _which_round(cohort: Cohort, today: Date) -> str:
    return f"the round that {'starts' if today <= cohort.starts_on else 'started'} on {day(cohort.starts_on)}"


def _buttons(charts: RoundCharts, plain: Voice) -> list[ButtonElement]:
    """To the people behind the numbers, as far as owners can list them, and to the files."""
    found = [button("See all people", OPEN_PEOPLE)]
    if charts.stages:
        found.append(button(f"See all {plain.partnerships}", OPEN_ALL_PARTNERSHIPS, PartnershipFilter.ALL))
    return [
        *found,
        button("Send as Excel file", SEND_WORKBOOK),
        button("Send as CSV file", SEND_CSV),
        button("Export data", OPEN_EXPORT),
    ]


def _in_words(charts: RoundCharts) -> str:
    """The charts in a sentence each, for those who do not see them."""
    steps = ", ".join(f"{_STEPS[step].lower()}: {count:,}" for step, count in charts.people.items())
    said = [f"How far people came: {steps}."]
    if charts.months:
        last = charts.months[-1]
        said.append(f"Meetings this month: {last.logged:,} logged, {last.asked:,} asked for.")
    return " ".join(said)


def sheets(
    charts: RoundCharts, topics: Sequence[TopicCount], programme: Programme
) -> tuple[FigureTable, FigureTable, FigureTable, FigureTable]:
    """The numbers as tables: people, partnerships, meetings and topics."""
    plain = Voice(programme, marked=False)
    return (
        FigureTable("People", ("Step", "People"), [(_STEPS[step], count) for step, count in charts.people.items()]),
        FigureTable(
            capital(plain.partnerships),
            ("State", capital(plain.partnerships)),
            [(_STAGES[stage], count) for stage, count in charts.stages.items()],
        ),
        FigureTable(
            "Meetings",
            ("Month", _LOGGED, _ASKED),
            [(_month(each.month), each.logged, each.asked) for each in charts.months],
        ),
        FigureTable(
            "Topics",
            ("Topic", "Asked for", "Places offered"),
            [(each.topic, each.asked, each.offered) for each in topics if each.asked or each.offered],
        ),
    )


def figures_file(
    charts: RoundCharts,
    topics: Sequence[TopicCount],
    programme: Programme,
    cohort: Cohort,
    today: Date,
    file_format: FileFormat,
) -> Message:
    """The numbers as a file; `today` is the reader's date."""
    name = f"round-{cohort.starts_on:%Y-%m-%d}-on-{today:%Y-%m-%d}.{file_format}"
    tables = sheets(charts, topics, programme)
    content = write_workbook(tables) if file_format is FileFormat.XLSX else _as_csv(tables)
    title = f"{Voice(programme, marked=False).name}: figures of the round"
    otherwise = "I can’t share files in this workspace. The app admin can allow it."
    return Message(
        f"Here are the figures of {_which_round(cohort, today)}. They name no one.",
        file=AttachedFile(name, title, content, otherwise),
    )


def _as_csv(tables: Sequence[FigureTable]) -> bytes:
    """All tables in one, with a line for each number."""
    lines = [
        (table.title, str(row[0]), column, str(number))
        for table in tables
        for row in table.rows
        for column, number in zip(table.head[1:], row[1:], strict=True)
    ]
    return write_rows([("Table", "Row", "Column", "Number"), *lines])


def _names(sheet: FigureTable) -> list[str]:
    return [str(row[0]) for row in sheet.rows]


def _numbers(sheet: FigureTable, column: int = 1) -> list[int]:
    return [int(row[column]) for row in sheet.rows]


def _month(month: Date) -> str:
    return f"{month:%b} {month.year}"
