"""What a list of applications or running partnerships would change, and what is wrong in it, in plain text."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from mentoring.applications.application import Role
from mentoring.core.clean_text import normalised
from mentoring.core.lengths import read_length
from mentoring.core.programmes import Programme
from mentoring.people.application_list import ApplicationEntry, ApplicationListCheck, EntryChange
from mentoring.people.lists import ListColumn, ListFinding, ListProblem
from mentoring.people.partnership_list import PartnershipEntry, PartnershipListCheck
from messages.lengths import choice
from messages.payloads import Message, message
from messages.programmes.cohorts import day, days
from messages.text import join, plural, shorten
from messages.voice import Voice
from messages.written_dates import DATE_PROBLEMS, WRITE_DATE

MOST_LISTED = 8
"""Choices or lines that one sentence lists."""
MOST_OF_TEXT = 80
_OR_DELETE = "Correct it, or delete the line."


@dataclass(frozen=True)
class PreviewLine:
    """What one line of the list would change: who (display names, or ids where Slack has sent none), and what."""

    number: int
    who: str
    what: str
    changes: bool


def preview(checked: ApplicationListCheck | PartnershipListCheck, programme: Programme) -> list[PreviewLine]:
    """One line for each row, in the order of the list."""
    voice = Voice(programme, marked=False)
    if isinstance(checked, ApplicationListCheck):
        return [_application(entry, voice) for entry in checked.entries]
    return [_partnership(entry) for entry in checked.entries]


def counts(checked: ApplicationListCheck | PartnershipListCheck) -> str:
    """How many are new, changed and unchanged, as a sentence."""
    if isinstance(checked, ApplicationListCheck):
        found = Counter(entry.change for entry in checked.entries)
        new, changed = found[EntryChange.NEW], found[EntryChange.CHANGED]
    else:
        new, changed = sum(entry.is_new for entry in checked.entries), 0
    return f"{new:,} new, {changed:,} changed, {len(checked.entries) - new - changed:,} unchanged."


def follows(checked: ApplicationListCheck | PartnershipListCheck, *, done: bool) -> str:
    """Who hears of it, as a sentence; "" if no one does."""
    if isinstance(checked, ApplicationListCheck):
        asked = sum(_changes(entry) and not entry.counts for entry in checked.entries)
        if not asked:
            return ""
        people = plural(asked, "application", "applications")
        return f"I {'ask' if done else 'will ask'} the people in {people} to confirm. Until then, they aren’t matched."
    pairs = sum(entry.is_new for entry in checked.entries)
    if not pairs:
        return ""
    return f"I {'write' if done else 'will write'} to {plural(pairs, 'pair', 'pairs')} that reminders now come from me."


def _changes(entry: ApplicationEntry) -> bool:
    return entry.change in (EntryChange.NEW, EntryChange.CHANGED)


def _application(entry: ApplicationEntry, voice: Voice) -> PreviewLine:
    word = voice.mentee if entry.form.role is Role.MENTEE else voice.mentor
    who = f"{entry.person.display_name or entry.person.id}, {word}"
    match entry.change:
        case EntryChange.OWN:
            what = "Unchanged: they have applied already."
        case EntryChange.WITHDRAWN:
            what = "Unchanged: they have withdrawn."
        case EntryChange.NONE:
            what = "Unchanged."
        case _ if entry.counts:
            what = f"{_new(entry)}. It counts at once."
        case _ if entry.is_complete:
            what = f"{_new(entry)}. I ask them to confirm."
        case _:
            what = f"{_new(entry)}. I ask them to add what’s missing and confirm."
    return PreviewLine(entry.number, who, what, _changes(entry))


def _new(entry: ApplicationEntry) -> str:
    return "New" if entry.change is EntryChange.NEW else "Changed"


def _partnership(entry: PartnershipEntry) -> PreviewLine:
    who = " and ".join(person.display_name or person.id for person, _ in entry.people)
    if not entry.is_new:
        return PreviewLine(entry.number, who, "Unchanged: already here.", changes=False)
    met = plural(entry.met_before, "meeting", "meetings") if entry.met_before else "no meeting"
    last = f", the last on {day(entry.last_met)}" if entry.last_met else ""
    return PreviewLine(entry.number, who, f"New. {days(entry.started_on, entry.end)}, {met}{last}.", changes=True)


def problem(finding: ListFinding) -> str:
    """The line and column, the problem, and what to do."""
    where = f"Line {finding.number}, {finding.column}" if finding.column else f"Line {finding.number}"
    return f"{where}: {_problem(finding)}"


def _problem(finding: ListFinding) -> str:
    return _of_cell(finding) or _of_date(finding) or _of_person(finding) or _of_two(finding)


def _of_cell(finding: ListFinding) -> str:
    match finding.problem:
        case ListProblem.CELLS:
            return (
                f"{plural(finding.least, 'cell', 'cells')}, but {plural(finding.most, 'column', 'columns')}. Put "
                "quotation marks around a cell that contains the separator, or add the empty cells that are missing."
            )
        case ListProblem.NOT_UTF8:
            return "not in UTF-8. Save the file as “CSV UTF-8”."
        case ListProblem.EMPTY if finding.column is ListColumn.ROLE:
            return "empty. Write mentee or mentor."
        case ListProblem.EMPTY if finding.column is ListColumn.START:
            return f"empty. {WRITE_DATE}"
        case ListProblem.EMPTY:
            return "empty. Add an e-mail address or a Slack id, or delete the line."
        case ListProblem.NOT_A_ROLE:
            return "write mentee or mentor. For a person who is both, add two lines."
        case ListProblem.NOT_A_WAY:
            ways = "in person, video, phone, walk"
            return f"“{shorten(finding.text, MOST_OF_TEXT)}” is not a way to meet. Write one or more of: {ways}."
        case ListProblem.NOT_A_NUMBER:
            return f"not a whole number. Write one from {finding.least} to {finding.most}."
        case ListProblem.NOT_A_LENGTH:
            return "not a length. Write it like “9 months” or “6 weeks”."
        case ListProblem.OUT_OF_RANGE:
            return f"out of range. Write a number from {finding.least} to {finding.most}."
        case ListProblem.TOO_LONG:
            return f"too long. Shorten it to {finding.most:,} characters."
        case ListProblem.NOT_OFFERED:
            return _not_offered(finding)
        case ListProblem.TWO_ENDS if finding.day:
            return f"not the end after this length, which is {day(finding.day)}. Keep the end or the length."
        case ListProblem.NO_END:
            return "no end. Add the agreed end, or the length."
        case ListProblem.NO_LAST_MEETING:
            return "empty, but there were meetings. Add the day of the last one."
        case ListProblem.NO_MEETINGS:
            return "0, but there is a last meeting. Write how many there were, or leave it empty."
        case ListProblem.OTHER_RULE:
            return "a rule of the programme does not allow this. Correct it, or leave it empty."
        case _:
            return ""


def _of_date(finding: ListFinding) -> str:
    match finding.problem:
        case _ if finding.problem in DATE_PROBLEMS:
            return DATE_PROBLEMS[finding.problem]
        case ListProblem.IN_THE_FUTURE if finding.column is ListColumn.END:
            return "more than three years after the start. Correct the date."
        case ListProblem.IN_THE_FUTURE if finding.column is ListColumn.START:
            return "this date is in the future. Correct it, or wait until they have started."
        case ListProblem.IN_THE_FUTURE:
            return "this date is in the future. Correct it, or leave it empty."
        case ListProblem.TOO_LONG_AGO:
            return "too long ago. Correct the year."
        case ListProblem.OVER if finding.day:
            return f"it ended on {day(finding.day)}. Only running ones can be added: correct it, or delete the line."
        case ListProblem.BEFORE_START if finding.day and finding.column is ListColumn.LAST_MEETING:
            return f"before the start, {day(finding.day)}. Correct one of the two."
        case ListProblem.BEFORE_START if finding.day:
            return f"not after the start, {day(finding.day)}. Correct one of the two."
        case ListProblem.TOO_SHORT_SERVICE if finding.day:
            months = plural(finding.least, "month", "months")
            return (
                f"less than {months} ago. They can take part from {day(finding.day)}. Correct it, or delete the line."
            )
        case _:
            return ""


def _of_person(finding: ListFinding) -> str:
    match finding.problem:
        case ListProblem.NO_HANDLE:
            return "not an e-mail address or a Slack id. Correct it."
        case ListProblem.NOBODY:
            return f"no one in Slack has this address or id. {_OR_DELETE}"
        case ListProblem.ERASED:
            return "this person was erased, so nothing is stored about them. Delete the line."
        case ListProblem.NOT_ADMITTED:
            return "the programme does not admit this kind of Slack account, such as a guest. Delete the line."
        case ListProblem.DEACTIVATED:
            return "their Slack account is deactivated. Delete the line."
        case ListProblem.CANNOT_BE_NAMED:
            return "this account is deactivated, an app or not admitted. Correct it, or leave it empty."
        case ListProblem.ONESELF if finding.column is ListColumn.MENTOR:
            return "this is the same person as the mentee. Correct one of the two."
        case ListProblem.ONESELF:
            return "this is the same person. Correct it, or leave it empty."
        case ListProblem.IS_THE_MANAGER:
            return "this is their manager, who cannot be matched with them. Correct it, or leave it empty."
        case ListProblem.OUTSIDE:
            return "the programme is not open to this department or grade in this role. Correct it, or delete the line."
        case ListProblem.NO_PLACE:
            return _no_place(finding)
        case _:
            return ""


def _no_place(finding: ListFinding) -> str:
    see = f" (see {in_lines(finding.others)})" if finding.others else ""
    if finding.most == 1:
        return f"already has a partner or a match in this role{see}, and has one place. Keep one line for them."
    return f"would have more than {finding.most} partners{see}. Keep {finding.most} lines for them."


def _of_two(finding: ListFinding) -> str:
    match finding.problem:
        case ListProblem.TWICE if finding.column:
            return f"{in_lines(finding.others)} {_are(finding.others)} about the same person and role. Keep one."
        case ListProblem.TWICE:
            return f"{in_lines(finding.others)} {_are(finding.others)} about the same two people. Keep one."
        case ListProblem.LINE_OF_MANAGEMENT:
            return "one of the two manages the other, directly or further up. Delete the line."
        case ListProblem.EXCLUDED:
            return "an owner decided that these two are never matched. Lift that in Slack, or delete the line."
        case ListProblem.ALREADY_TOGETHER if finding.day:
            return f"these two are partners already, since {day(finding.day)}. Correct the start, or delete the line."
        case _:
            return "these two are not available for each other. Delete the line."


def _not_offered(finding: ListFinding) -> str:
    if finding.column is ListColumn.MONTHS:
        return f"not a length of the programme. It offers {choice([read_length(code) for code in finding.offered])}."
    one = {ListColumn.TOPICS: "topic"}.get(finding.column or ListColumn.TOPICS, str(finding.column))
    if not finding.offered:
        return f"the programme has no {one}s yet. Ask an owner to add them, or empty the column."
    return not_a_choice(finding.text, one, finding.offered)


def not_a_choice(text: str, one: str, offered: Sequence[str]) -> str:
    """That `text` is none of the values that the programme offers, with the closest ones if there are many. `one` is
    what one of them is called.
    """
    shown = tuple(offered)
    if len(shown) > MOST_LISTED:
        by_name = {normalised(each): each for each in shown}
        close = get_close_matches(normalised(text), by_name, n=3)
        shown = tuple(by_name[each] for each in close) or shown[:MOST_LISTED]
    more = len(offered) - len(shown)
    known = join([*shown, f"{more} more"] if more else shown)
    return f"“{shorten(text, MOST_OF_TEXT)}” is not a {one} of the programme. Its {one}s: {known}."


def in_lines(numbers: Sequence[int]) -> str:
    """The lines with these numbers, in a sentence."""
    return f"{'line' if len(numbers) == 1 else 'lines'} {line_numbers(numbers)}"


def line_numbers(numbers: Sequence[int]) -> str:
    more = len(numbers) - MOST_LISTED
    shown = [str(number) for number in numbers[:MOST_LISTED]]
    return join([*shown, f"{more:,} more"] if more > 0 else shown)


def _are(numbers: Sequence[int]) -> str:
    return "is" if len(numbers) == 1 else "are"


def problems(findings: Sequence[ListFinding], most: int | None = None) -> Iterator[str]:
    """The sentences about all findings; if there are more than `most`, the last one says how many more."""
    shown = findings if most is None else findings[:most]
    yield from map(problem, shown)
    if len(shown) < len(findings):
        yield f"And {plural(len(findings) - len(shown), 'more problem', 'more problems')}."


def changed_since() -> Message:
    """The reply where something has changed between the preview and the press."""
    return message("Something has changed since this preview, so nothing was imported. Check the new preview above.")
