"""Messages about the organisation's list, for the app admin. They never contain an e-mail address."""

from collections import Counter
from collections.abc import Iterator, Sequence

from mentoring.core.clean_text import normalised
from mentoring.core.people import AccountStatus
from mentoring.people.staff_check import StaffListCheck
from mentoring.people.staff_list import RowFinding, RowProblem, StaffColumn
from messages.imports import MOST_OF_TEXT, in_lines, line_numbers, not_a_choice
from messages.text import join, plural, shorten
from messages.written_dates import DATE_PROBLEMS

_ACCOUNTS = {
    AccountStatus.GUEST: ("guest", "guests"),
    AccountStatus.BOT: ("bot", "bots"),
    AccountStatus.DEACTIVATED: ("deactivated account", "deactivated accounts"),
}


def sentence(finding: RowFinding) -> str:
    """The line and column, the problem, and what to do."""
    where = f"Line {finding.number}, {finding.column}" if finding.column else f"Line {finding.number}"
    return f"{where}: {_problem(finding)}"


def _problem(finding: RowFinding) -> str:
    match finding.problem:
        case RowProblem.CELLS:
            cells, columns = finding.cells
            return (
                f"{plural(cells, 'cell', 'cells')}, but {plural(columns, 'column', 'columns')}. Put quotation marks "
                "around a cell that contains the separator, or add the empty cells that are missing."
            )
        case RowProblem.NOT_UTF8:
            return "not in UTF-8. Save the file as “CSV UTF-8”."
        case RowProblem.NOT_SAVED:
            return f"it could not be saved, sorry. The log says more under the reference {finding.text}."
        case RowProblem.EMPTY:
            return "empty. Add an e-mail address or a Slack id, or delete the line."
        case RowProblem.NO_HANDLE:
            return "not an e-mail address or a Slack id. Correct it."
        case RowProblem.TWICE if finding.column is StaffColumn.PERSON:
            return f"{_are(finding.others)} about the same person, so none of these lines was used. Keep one."
        case RowProblem.NOT_OFFERED:
            return _not_offered(finding)
        case _ if finding.problem in DATE_PROBLEMS:
            return DATE_PROBLEMS[finding.problem]
        case RowProblem.IN_THE_FUTURE:
            return "this date is in the future. Correct it, or leave it empty."
        case RowProblem.TOO_LONG_AGO:
            return "no one has worked here since that day. Correct the year, or leave it empty."
        case RowProblem.OWN_MANAGER:
            return "this is the same person. Name their manager, or leave it empty."
        case RowProblem.CIRCLE if finding.number in finding.others:
            return f"the managers form a circle through lines {line_numbers(finding.others)}. Correct one of them."
        case _ if finding.column is StaffColumn.MANAGER:
            return _manager_problem(finding)
        case RowProblem.ERASED:
            return "this person was erased, so nothing is stored about them. Delete the line."
        case _:
            return "no one in Slack has this address or id. Correct it, or delete the line."


def _manager_problem(finding: RowFinding) -> str:
    match finding.problem:
        case RowProblem.TWICE:
            return f"not in Slack, and {_are(finding.others)} both about this person. Keep one."
        case RowProblem.CIRCLE:
            return (
                f"not in Slack, and lines {line_numbers(finding.others)} form a circle of managers. Correct that first."
            )
        case _ if finding.others:
            where = in_lines(finding.others)
            return f"not in Slack, and the managers above end with an error in {where}. Correct that first."
        case RowProblem.ERASED:
            return "this person was erased, and no line names their manager. Name the next manager up."
        case _:
            return (
                "no one in Slack has this address or id, and no line names their manager. Correct it, add a line for "
                "them, or name the next manager up."
            )


def _not_offered(finding: RowFinding) -> str:
    if not finding.offered:
        return f"the programme has no {finding.column}s yet. Ask an owner to add them, or delete the column."
    return not_a_choice(finding.text, str(finding.column), finding.offered)


def remarks(checked: StaffListCheck, unused: Sequence[str]) -> Iterator[str]:
    """Remarks about the list as a whole."""
    for column in (StaffColumn.DEPARTMENT, StaffColumn.GRADE):
        missing = [f for f in checked.findings if f.problem is RowProblem.NOT_OFFERED and f.column is column]
        if missing:
            yield _missing_choices(column, missing)
    for status, numbers in checked.non_members.items():
        one, many = _ACCOUNTS[status]
        yield f"{plural(len(numbers), one, many)} ({in_lines(numbers)}), saved like everyone else."
    if checked.intermediates:
        people = plural(len(checked.intermediates), "person is", "people are")
        yield (
            f"{people} not in Slack or erased ({in_lines(checked.intermediates)}). Nothing is stored about them. The "
            "people below them are stored as below the next manager up."
        )
    if unused:
        yield f"Columns not used: {join([f'“{name}”' for name in unused])}."


def _missing_choices(column: StaffColumn, findings: Sequence[RowFinding]) -> str:
    spelt = {normalised(finding.text): shorten(finding.text, MOST_OF_TEXT) for finding in reversed(findings)}
    counted = Counter(normalised(finding.text) for finding in findings)
    named = [f"{spelt[text]} ({plural(times, 'line', 'lines')})" for text, times in counted.most_common()]
    return (
        f"{column.capitalize()}s that the programme does not have: {join(named)}. To use them, ask an owner to add "
        "them in Slack: /mentor setup, “Change” beside Departments and Grades. Then import the file again."
    )


def _are(numbers: Sequence[int]) -> str:
    return f"{in_lines(numbers)} {'is' if len(numbers) == 1 else 'are'}"
