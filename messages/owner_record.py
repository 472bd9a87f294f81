"""The record of what owners did, as owners read it."""

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import Block

from mentoring.applications.application import Role
from mentoring.core.fields import FieldName
from mentoring.core.paging import Page
from mentoring.core.programmes import Programme
from mentoring.exports.export import ExportNaming
from mentoring.owner_record import OwnerAct, OwnerAction, RecordEntry
from messages.blocks import actions, button, modal, section, small_print
from messages.ids import OWNER_RECORD_PAGE, OWNER_RECORD_VIEW
from messages.matching.history import DECISION_NAMES, signature
from messages.programmes.cohorts import day_of
from messages.programmes.retention_settings import deleted_in_words
from messages.text import join, mention, plural
from messages.voice import Voice

TITLE = "What owners did"


def view(page: Page[RecordEntry], programme: Programme, by: str) -> dict[str, Any]:
    """A page of the record, newest first, for the owner `by`."""
    voice = Voice(programme)
    blocks: list[Block] = []
    if page.items:
        number = f", page {page.number}" if page.previous or page.following else ""
        blocks.append(small_print(f"{plural(page.total, 'entry', 'entries')}, newest first{number}."))
    else:
        blocks.append(section("Nothing is recorded yet."))
    if page.previous:
        blocks.append(actions(button("Previous page", OWNER_RECORD_PAGE, page.previous.dump())))
    lines = [f"• {_line(each, by, voice)}" for each in page.items]
    blocks += [section("\n".join(some)) for some in _in_sections(lines)]
    if page.following:
        blocks.append(actions(button("Next page", OWNER_RECORD_PAGE, page.following.dump())))
    blocks.append(
        small_print(
            "Decisions, exceptions, exports, deletions, and what was looked at, entered or "
            f"corrected{_also(programme)}. Only owners are shown this. Nothing can be changed here."
        )
    )
    return modal(OWNER_RECORD_VIEW, TITLE, blocks)


def _also(programme: Programme) -> str:
    return ", also by the committee" if programme.has_committee else ""


_LINES_IN_A_SECTION = 6
"""Each line has a few mentions and a time, which are long as written."""


def _in_sections(lines: Sequence[str]) -> list[Sequence[str]]:
    return [lines[start : start + _LINES_IN_A_SECTION] for start in range(0, len(lines), _LINES_IN_A_SECTION)]


def _line(recorded: RecordEntry, by: str, voice: Voice) -> str:
    entry = recorded.entry
    who = signature(entry.by, by, entry.at)
    if isinstance(entry, OwnerAct) and entry.action is OwnerAction.PURGED:
        return f"{ACTS[entry.action]}: {deleted_in_words(entry.fields, voice)}, on {day_of(entry.at)}"
    if isinstance(entry, OwnerAct):
        return f"{_act(entry, voice)} by {who}"
    both = f"{mention(entry.mentee)} and {mention(entry.mentor)}"
    exception = ", as an exception" if recorded.is_exception else ""
    return f"{DECISION_NAMES[entry.kind]}: {both}{exception}, by {who}"


ACTS: Mapping[OwnerAction, str] = {
    OwnerAction.VIEWED: "Application viewed",
    OwnerAction.CORRECTED: "Application corrected",
    OwnerAction.ENTERED: "Application entered",
    OwnerAction.WITHDREW: "Application withdrawn",
    OwnerAction.PUT_ON_LEAVE: "Put on leave",
    OwnerAction.ENDED_LEAVE: "Leave ended",
    OwnerAction.NUDGED: "Reminded to meet",
    OwnerAction.OFFERED_HELP: "Help offered",
    OwnerAction.ASKED: "Asked how it’s going",
    OwnerAction.OFFERED_ANOTHER: "Another match offered",
    OwnerAction.PAUSED: "Paused",
    OwnerAction.ENDED: "Ended",
    OwnerAction.HANDED_OVER: "Handed over",
    OwnerAction.ERASED: "A person who had left was erased",
    OwnerAction.EXPORTED: "Round written to a spreadsheet",
    OwnerAction.PURGED: "Deleted, as it was past its time",
}


_EXPORTS: Mapping[ExportNaming, str] = {
    ExportNaming.CODES: "Data of the programme exported with codes in place of names",
    ExportNaming.NAMES: "Data of the programme exported with names",
}


def act_name(action: OwnerAction, fields: Sequence[str]) -> str:
    """What was done, as plain text; of an export, whether people were named in it."""
    if action is OwnerAction.EXPORTED and fields:
        return _EXPORTS[ExportNaming(fields[0])]
    return ACTS[action]


def _act(act: OwnerAct, voice: Voice) -> str:
    if act.action in (OwnerAction.EXPORTED, OwnerAction.ERASED):
        return f"{act_name(act.action, act.fields)},"
    words = {Role.MENTEE: f", {voice.mentee}", Role.MENTOR: f", {voice.mentor}"}
    role = words[Role(act.role)] if act.role else ""
    fields = f" ({fields_in_words(act.fields)})" if act.fields else ""
    who = join([mention(each) for each in (act.person, act.other) if each]) or mention("")
    return f"{ACTS[act.action]}: {who}{role}{fields},"


_FIELDS: Mapping[str, str] = {
    FieldName.TOPICS: "topics",
    FieldName.HOPES: "hopes or what they can offer",
    FieldName.MONTHS: "length",
    FieldName.WAYS: "ways to meet",
    FieldName.LANGUAGES: "languages",
    FieldName.DEPARTMENT: "department",
    FieldName.GRADE: "grade",
    FieldName.MANAGER: "manager",
    FieldName.WISH: "the person preferred",
    FieldName.STARTED_ON: "start date",
    FieldName.PLACES: "places",
}


def fields_in_words(fields: Sequence[str]) -> str:
    """The names of changed fields of an application, as a list."""
    return join([_FIELDS[each] for each in fields if each in _FIELDS])
