"""The data of a programme as a workbook or as CSV files, and the choice how people are named in it."""

import io
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from mentoring.applications.application import Application, ApplicationState, Role
from mentoring.core.programmes import Programme
from mentoring.exports.export import ExportNaming, ProgrammeExport, over_on
from mentoring.feedback.figures import Figure, StageFigure, figures
from mentoring.feedback.groups import AnswerBar, GroupKind
from mentoring.partnerships.partnership import Partnership, PartnershipState
from messages.blocks import actions, button, confirm, section, small_print
from messages.evaluation.words import QUESTIONS
from messages.feedback.averages import average_words
from messages.feedback.item_names import item_name, value_name, words_name
from messages.ids import EXPORT_CSV, EXPORT_WORKBOOK
from messages.lengths import amount
from messages.payloads import AttachedFile, Message, message
from messages.spreadsheets import Cell, FigureTable, write_rows, write_workbook
from messages.status.charts import FileFormat
from messages.voice import Voice, capital

TITLE: Final = "Export data"
_STATES: Final = {
    ApplicationState.UNCONFIRMED: "not confirmed",
    ApplicationState.OPEN: "sent",
    ApplicationState.WITHDRAWN: "withdrawn",
}
_ENDS: Final = {
    PartnershipState.ACTIVE: "active",
    PartnershipState.ENDED: "ended early",
    PartnershipState.CLOSED: "at its end",
}
_KINDS: Final = {
    GroupKind.COMPLETE: "",
    GroupKind.ONLY_BEFORE: "answered only before",
    GroupKind.ONLY_AFTER: "answered only after",
}
_CODES: Final = (
    "People have codes in place of names. A code is always the same in this programme’s exports. Someone who knows the "
    "dates can still tell who is meant: treat the file as personal data."
)
_NAMES: Final = (
    "People have their names. Give the file to no one who may not read them, and delete it once you’re done."
)
_GROUPS: Final = "Answers are sums of groups of at least five people. What is in no group yet is left out."


def export_offer(programme: Programme) -> Message:
    """What can be exported, and the choice how people are named."""
    voice = Voice(programme)
    about = (
        f"*{TITLE} of {voice.name}*\nPeople, {voice.partnerships}, numbers of meetings and groups of "
        "answers, from all rounds. No notes, and nothing that owners can’t read."
    )
    asks = confirm(
        "Export with names?",
        "The record of what owners did says that you exported names, and the people concerned can read it.",
        yes="Export",
        no="Go back",
    )
    codes, names = ExportNaming.CODES, ExportNaming.NAMES
    return message(
        TITLE,
        [
            section(about),
            section("*With codes* in place of names, to look for patterns."),
            actions(
                button("Excel with codes", EXPORT_WORKBOOK, codes, style="primary"),
                button("CSV with codes", EXPORT_CSV, codes),
            ),
            section("*With names*, and with departments and grades."),
            actions(
                button("Excel with names", EXPORT_WORKBOOK, names, confirm=asks),
                button("CSV with names", EXPORT_CSV, names, confirm=asks),
            ),
            small_print("I send the file to you as a direct message. *What owners did* says that there was an export."),
        ],
    )


def export_message(export: ProgrammeExport, file_format: FileFormat) -> Message:
    """The file, to the owner who asked for it."""
    title = f"{Voice(export.programme, marked=False).name}: data"
    named = _NAMES if export.naming is ExportNaming.NAMES else _CODES
    return Message(
        f"Here is the data of *{Voice(export.programme).name}*. {named}",
        file=AttachedFile(
            file_name(export, file_format),
            title,
            content(export, file_format),
            "I can’t share files in this workspace. The app admin can allow it, or run `mentor-bot programme data`.",
        ),
    )


def file_name(export: ProgrammeExport, file_format: FileFormat) -> str:
    ending = "zip" if file_format is FileFormat.CSV else "xlsx"
    return f"programme-data-with-{export.naming}-{export.made_on:%Y-%m-%d}.{ending}"


def content(export: ProgrammeExport, file_format: FileFormat) -> bytes:
    """A workbook with a sheet for each table, or a ZIP archive with a CSV file for each."""
    tables = export_tables(export)
    if file_format is FileFormat.XLSX:
        return write_workbook(tables.values())
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, table in tables.items():
            rows = ([str(cell) for cell in row] for row in (table.head, *table.rows))
            archive.writestr(zipfile.ZipInfo(f"{name}.csv"), write_rows(rows))
    return written.getvalue()


def export_tables(export: ProgrammeExport) -> Mapping[str, FigureTable]:
    """The tables, by the names of their CSV files."""
    plain = Voice(export.programme, marked=False)
    return {
        "about": _about(export, plain),
        "people": _people(export, plain),
        "partnerships": _partnerships(export, plain),
        "meetings": _meetings(export),
        "answers": _answers(export, plain),
        "comments": _comments(export),
    }


def _about(export: ProgrammeExport, plain: Voice) -> FigureTable:
    words = (_NAMES if export.naming is ExportNaming.NAMES else _CODES, _GROUPS)
    rows = [("Programme", plain.name), ("Made on", str(export.made_on)), *(("Please note", each) for each in words)]
    return FigureTable("About", ("What", "Text"), rows)


def _people(export: ProgrammeExport, plain: Voice) -> FigureTable:
    """One line for each application. Department and grade stand there only with names: few people share them."""
    with_names = export.naming is ExportNaming.NAMES
    more = ("Department", "Grade") if with_names else ()
    rounds = {cohort.id: cohort.starts_on for cohort in export.cohorts}
    roles = {Role.MENTEE: plain.mentee, Role.MENTOR: plain.mentor}

    def row(each: Application) -> tuple[Cell, ...]:
        facts = (each.department, each.grade) if with_names else ()
        return (
            str(rounds[each.cohort_id]),
            export.named(each.person),
            roles[each.role],
            _STATES[each.state],
            str(each.sent_on),
            "; ".join(each.topics),
            amount(each.length),
            each.places if each.role is Role.MENTOR else "",
            *facts,
        )

    head = ("Round starts", "Person", "Role", "Application", "Applied on", "Topics", "Length", "Places", *more)
    return FigureTable("People", head, [row(each) for each in export.applications])


def _partnerships(export: ProgrammeExport, plain: Voice) -> FigureTable:
    rounds = {cohort.id: cohort.starts_on for cohort in export.cohorts}

    def row(each: Partnership) -> tuple[Cell, ...]:
        totals = export.totals.get(each.id)
        return (
            str(rounds[each.cohort_id]),
            export.named(each.mentee),
            export.named(each.mentor),
            str(each.started_on),
            str(each.ends_on),
            _ENDS[each.state],
            _day(over_on(each)),
            totals.count if totals else 0,
            _day(totals.last if totals else None),
        )

    head = (
        "Round starts",
        capital(plain.mentee),
        capital(plain.mentor),
        "Introduced on",
        "Agreed end",
        "State",
        "Over on",
        "Meetings",
        "Last meeting",
    )
    return FigureTable(capital(plain.partnerships), head, [row(each) for each in export.partnerships])


def _day(found: date | None) -> str:
    return str(found) if found else ""


def _meetings(export: ProgrammeExport) -> FigureTable:
    """How many meetings were logged in each month and round: counts alone."""
    starts = {cohort.id: str(cohort.starts_on) for cohort in export.cohorts}
    round_of = {each.id: starts[each.cohort_id] for each in export.partnerships}
    counts = Counter((round_of[each.partnership_id], f"{each.met_on:%Y-%m}") for each in export.meetings)
    rows = [(of_round, month, number) for (of_round, month), number in sorted(counts.items())]
    return FigureTable("Meetings", ("Round starts", "Month", "Meetings logged"), rows)


def _answers(export: ProgrammeExport, plain: Voice) -> FigureTable:
    rows = [
        (
            str(starts),
            item_name(figure.item.id, stage.stage, figure.item.version, export.programme.asked_statements),
            figure.item.version,
            QUESTIONS[stage.stage][0],
            who,
            _KINDS[figure.kind],
            stage.people,
            stage.answers,
            average_words(stage.average) if stage.average else "",
            "; ".join(_bar(figure, stage, bar) for bar in stage.bars),
        )
        for starts, who, figure, stage in _figures(export, plain)
    ]
    head = (
        *("Round starts", "Question", "Version", "When", "Who", "Kind"),
        *("People", "Answers", "Average", "How many gave which answer"),
    )
    return FigureTable("Answers", head, rows)


def _bar(figure: Figure, stage: StageFigure, bar: AnswerBar) -> str:
    return f"{value_name(figure.item.id, stage.stage, bar.value)}: {bar.count}{' or more' if bar.or_more else ''}"


def _comments(export: ProgrammeExport) -> FigureTable:
    rows = [
        (str(starts), QUESTIONS[stage.stage][0], words_name(figure.item.id, stage.stage, field), text)
        for starts, who, figure, stage in _figures(export, None)
        for field, text in stage.words
    ]
    return FigureTable("Comments", ("Round starts", "When", "Question", "Comment"), rows)


def _figures(export: ProgrammeExport, plain: Voice | None) -> Iterator[tuple[date, str, Figure, StageFigure]]:
    """The sums of whole groups of each round: of all people, and with `plain` of each role too."""
    roles: list[tuple[Role | None, str]] = [(None, "all")]
    if plain:
        roles += [(Role.MENTEE, plain.mentees), (Role.MENTOR, plain.mentors)]
    for cohort in export.cohorts:
        for role, who in roles:
            for figure in figures(export.groups, cohort_id=cohort.id, role=role):
                for stage in figure.stages:
                    yield cohort.starts_on, who, figure, stage
