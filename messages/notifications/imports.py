"""Answers to lists that owners send as files: the preview as a table, and what became of it."""

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import Block, TableBlock

from mentoring.core.outcome import Notification
from mentoring.notifications.context import NotificationContext
from mentoring.people.file_import import FileImport, FileImportState
from mentoring.people.lists import ListKind
from messages.blocks import actions, button, section, small_print
from messages.ids import CHOOSE_LIST_PROGRAMME, DISMISS_LIST, IMPORT_LIST
from messages.notifications.preconditions import NotificationObsolete, owners_only
from messages.payloads import Message, message
from messages.programmes.overview import choice
from messages.text import escape, join, plural, shorten
from messages.voice import Voice

MOST_LINES = 60
"""Rows of the table: Slack allows 100, and 10,000 characters in all."""
_MOST_OF_NAME, _MOST_OF_WORDS = 60, 85


def preview(notification: Notification, context: NotificationContext) -> Message:
    """To the owner who sent the file: what it would change, with a button to do it, or what became of it."""
    owners_only(context)
    found = context.file_import
    if found is None:
        raise NotificationObsolete("import-gone")
    match found.state:
        case FileImportState.READY if found.contents:
            return _ready(found, found.contents, Voice(context.programme))
        case FileImportState.READY:
            return _sentence(
                "This preview is over",
                "A person in the list was erased, so I’ve deleted what I read. To import the rest, send the file again "
                "without them.",
            )
        case FileImportState.REFUSED:
            return _refused(found.contents)
        case FileImportState.DONE:
            return _sentence("Your list is imported", str(found.contents.get("summary", "")))
        case FileImportState.DISMISSED:
            return _sentence("Your list is not imported", "I’ve deleted what I read. The file stays in Slack.")
        case _:
            return _sentence(
                "Your list is not imported",
                "A day has passed, so I’ve deleted what I read. Send the file again to import it.",
            )


def programme(notification: Notification, context: NotificationContext) -> Message:
    """To an owner of several programmes who has sent a file: for which one is it?"""
    found = context.file_import
    if found is None or found.state is not FileImportState.UNASSIGNED:
        raise NotificationObsolete("import-gone" if found is None else "chosen")
    owned = [(each.programme, each.cohort) for each in context.memberships if each.is_owner]
    if not owned:
        raise NotificationObsolete("no-longer-an-owner")
    value = f"{found.id}:{found.version}"
    asked = choice(owned, context.today, CHOOSE_LIST_PROGRAMME, value, mine=True)
    words = "*Which programme is your file for?* I’ll then show you what it would change. Nothing is saved before that."
    return message("Which programme is your file for?", [section(words).to_dict(), *asked.blocks[1:]])


def programme_afterwards(notification: Notification, context: NotificationContext) -> Message:
    """In the place of the question: for which programme it is, or that it was not said in time."""
    found = context.file_import
    if found is None or not found.programme_id:
        return _sentence("I haven’t read your file", "A day has passed. Send it again to import it.")
    chosen = (each.programme for each in context.memberships if each.programme.id == found.programme_id)
    name = next((Voice(each).name for each in chosen), "")
    return _sentence(f"Your file is for {name}" if name else "You’ve chosen a programme", "")


def declined(notification: Notification, context: NotificationContext) -> Message:
    """To a person who has sent a file and is no owner."""
    text = "Thank you, but I haven’t opened your file"
    voice = Voice(context.programme)
    words = f"*{text}.* Only programme owners can send me lists. If you have one for them, ask {voice.contact}."
    return message(text, [section(words)])


def _sentence(text: str, more: str) -> Message:
    return message(text, [section(f"*{text}.* {more}".strip())])


def _refused(contents: dict[str, Any] | Any) -> Message:
    text = "I can’t import this file, so nothing is saved"
    sentences = [str(each) for each in contents.get("problems", ())]
    blocks: list[Block] = [section(f"*{text}.*")]
    blocks += [section(f"• {escape(sentence)}") for sentence in sentences]
    if len(sentences) > 1 or any(sentence.startswith("Line ") for sentence in sentences):
        blocks.append(section("Correct these in the file, and send it again."))
    return message(text, blocks)


def _ready(found: FileImport, contents: Any, voice: Voice) -> Message:
    lines = contents["lines"]
    changing = [line for line in lines if line[3]]
    what = "applications" if contents["kind"] == ListKind.APPLICATIONS else f"running {voice.partnerships}"
    text = "Here is what your list would change"
    blocks: list[Block] = [
        section(f"*{text}.* I’ve read {plural(len(lines), 'line', 'lines')} of {what}. Nothing is saved yet.")
    ]
    if contents.get("changed"):
        numbers = join([str(number) for number in contents["changed"][:MOST_LINES]])
        blocks.append(section(f"*Something has changed since the last preview:* see line {numbers}."))
    if changing:
        blocks.append(_table(changing[:MOST_LINES]))
    if len(changing) > MOST_LINES:
        blocks.append(small_print(f"And {plural(len(changing) - MOST_LINES, 'more line', 'more lines')}."))
    blocks.append(section(str(contents["summary"])))
    value = f"{found.id}:{found.version}"
    dismiss = button("Don’t import" if changing else "Delete the preview", DISMISS_LIST, value)
    imports = [button(f"Import {plural(len(changing), 'line', 'lines')}", IMPORT_LIST, value, style="primary")]
    blocks.append(actions(*(imports if changing else []), dismiss))
    kept = "I keep what I’ve read until you decide, and for a day at most. The file stays in Slack until you delete it."
    blocks.append(small_print(kept))
    return message(text, blocks)


def _table(lines: Sequence[Any]) -> TableBlock:
    rows = [[_cell("Line"), _cell("Who"), _cell("What would change")]]
    for number, who, words, _ in lines:
        rows.append([_cell(str(number)), _cell(shorten(who, _MOST_OF_NAME)), _cell(shorten(words, _MOST_OF_WORDS))])
    return TableBlock(rows=rows, column_settings=[{"align": "right"}, {"is_wrapped": True}, {"is_wrapped": True}])


def _cell(words: str) -> dict[str, str]:
    return {"type": "raw_text", "text": words}
