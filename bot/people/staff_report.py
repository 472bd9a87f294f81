"""What the import says of the organisation's list, in sentences for whoever runs it. No e-mail address is in them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from mentoring.core.people import AccountStatus
from mentoring.people.staff_check import StaffListCheck, squeezed
from mentoring.people.staff_list import RowFinding, RowProblem, StaffColumn
from messages.text import join, plural

MOST = 8
"""Of the choices, lines or names that one sentence counts up."""

_STANDINGS = {
    AccountStatus.GUEST: ("guest", "guests"),
    AccountStatus.BOT: ("bot", "bots"),
    AccountStatus.DEACTIVATED: ("closed account", "closed accounts"),
}


def sentence(finding: RowFinding) -> str:
    """Which line and column, what is the case, and what to do."""
    where = f"Line {finding.number}, {finding.column}" if finding.column else f"Line {finding.number}"
    return f"{where}: {_what(finding)}"


def _what(finding: RowFinding) -> str:
    match finding.problem:
        case RowProblem.CELLS:
            has, headers = finding.cells
            return (
                f"{plural(has, 'cell', 'cells')} under {plural(headers, 'heading', 'headings')}. Where a cell holds "
                "the separator, put it between quotation marks; where one is missing, add it, empty."
            )
        case RowProblem.NOT_UTF8:
            return "not written in UTF-8. Save the file as “CSV UTF-8”."
        case RowProblem.EMPTY:
            return "empty. Write an e-mail address or a Slack id, or take the line out."
        case RowProblem.NO_HANDLE:
            return "neither an e-mail address nor a Slack id. Write one of them."
        case RowProblem.TWICE if finding.column is StaffColumn.PERSON:
            return f"{_are(finding.others)} also about this person, so none of them was taken. Keep one."
        case RowProblem.NOT_OFFERED:
            return _not_offered(finding)
        case RowProblem.NOT_A_DATE:
            return "not a date. Write year, month and day, such as 2020-01-31."
        case RowProblem.IN_THE_FUTURE:
            return "a day that is still to come. Correct it, or leave it empty."
        case RowProblem.OWN_MANAGER:
            return "nobody is their own manager. Name who stands above them, or leave it empty."
        case RowProblem.CIRCLE if finding.number in finding.others:
            return f"the way up goes in a circle, through lines {_numbers(finding.others)}. Correct one of them."
        case _ if finding.column is StaffColumn.MANAGER:
            return _no_way_up(finding)
        case RowProblem.ERASED:
            return "erased at their request, so nothing is kept of them. Take the line out."
        case _:
            return "nobody in Slack has this address or id. Correct it, or take the line out."


def _no_way_up(finding: RowFinding) -> str:
    match finding.problem:
        case RowProblem.TWICE:
            return f"not in Slack, and {_are(finding.others)} both about them. Keep one."
        case RowProblem.CIRCLE:
            return f"not in Slack, and their line is in a circle, lines {_numbers(finding.others)}. Correct that first."
        case _ if finding.others:
            return f"not in Slack, and the way up from them ends in {_in(finding.others)}. Correct that first."
        case RowProblem.ERASED:
            return "erased at their request, and no line says who stands above them. Name that person here."
        case _:
            return (
                "nobody in Slack has this address or id, and no line says who stands above them. Correct it, add their "
                "line, or name the next person up."
            )


def _not_offered(finding: RowFinding) -> str:
    one, many = str(finding.column), f"{finding.column}s"
    if not finding.offered:
        return f"the programme has no {many} yet. An owner adds them, or you take the column out."
    shown = finding.offered
    if len(shown) > MOST:
        by_squeezed = {squeezed(choice): choice for choice in shown}
        close = get_close_matches(squeezed(finding.text), by_squeezed, n=3)
        shown = tuple(by_squeezed[choice] for choice in close) or shown[:MOST]
    more = len(finding.offered) - len(shown)
    known = join([*shown, f"{more} more"] if more else shown)
    return f"“{finding.text}” is no {one} of the programme. There is {known}."


def closing_words(checked: StaffListCheck, unused: Sequence[str]) -> Iterator[str]:
    """What is worth knowing about the list as a whole."""
    for column in (StaffColumn.DEPARTMENT, StaffColumn.GRADE):
        lacking = [f for f in checked.findings if f.problem is RowProblem.NOT_OFFERED and f.column is column]
        if lacking:
            yield _lacking(column, lacking)
    for standing, numbers in checked.standings.items():
        one, many = _STANDINGS[standing]
        yield f"{plural(len(numbers), one, many)} among them ({_in(numbers)}), kept like the others."
    if checked.steps:
        people = plural(len(checked.steps), "person who is", "people who are")
        yield (
            f"{people} not in Slack or erased ({_in(checked.steps)}): nothing is kept of them, but those "
            "below them stand below the next person up."
        )
    if unused:
        yield f"Not read: {join([f'“{name}”' for name in unused])}."


def _lacking(column: StaffColumn, findings: Sequence[RowFinding]) -> str:
    spelt = {squeezed(finding.text): finding.text for finding in reversed(findings)}
    counted = Counter(squeezed(finding.text) for finding in findings)
    named = [f"{spelt[text]} ({plural(times, 'line', 'lines')})" for text, times in counted.most_common()]
    return (
        f"Not among the programme’s {column}s: {join(named)}. To have them taken, an owner adds them in Slack: "
        "/mentor setup, “Change” beside Departments and Grades. Then import the file again."
    )


def _are(numbers: Sequence[int]) -> str:
    return f"{_in(numbers)} {'is' if len(numbers) == 1 else 'are'}"


def _in(numbers: Sequence[int]) -> str:
    return f"{'line' if len(numbers) == 1 else 'lines'} {_numbers(numbers)}"


def _numbers(numbers: Sequence[int]) -> str:
    more = len(numbers) - MOST
    shown = [str(number) for number in numbers[:MOST]]
    return join([*shown, f"{more:,} more"] if more > 0 else shown)
