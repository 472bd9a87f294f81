"""What is kept about a person, on one page, with the buttons to get it as a file, correct it, and erase it."""

from collections.abc import Iterator

from slack_sdk.models.blocks import Block, DividerBlock

from mentoring.own_data.records import Category, OwnData, OwnDeletion
from mentoring.owner_record import OwnerAction
from messages.blocks import actions, button, section, small_print
from messages.ids import COMMAND, OPEN_ERASURE, OPEN_OWN_DATA, OPEN_STATUS, SEND_OWN_DATA, SEND_OWN_JSON
from messages.own_data.words import TITLES, how_long, read_by
from messages.owner_record import act_name
from messages.payloads import Message, message
from messages.programmes.cohorts import day, day_of
from messages.programmes.retention_settings import kinds_in_words, periods
from messages.text import mention
from messages.voice import Voice

TITLE = "My data"
_MOST_LOOKS = 5
_IN_A_SECTION = 8
_MOST_DELETIONS = 6


def home_offer() -> list[Block]:
    """The button at Home."""
    return [section("*Your data.* See what I keep about you and who can read it.", button(TITLE, OPEN_OWN_DATA))]


def page(data: OwnData) -> Message:
    """What is kept, who reads it and for how long; then who looked at their application; then what they can do."""
    if data.is_empty:
        nothing = "*I keep nothing about you.* Once you apply, this page shows what I keep and who can read it."
        return message("I keep nothing about you", [section(nothing)])
    lines = [_line(category, data) for category in data.categories]
    more = ", who else reads it, and how long I keep it:" if lines else ""
    blocks: list[Block] = [section(f"*What I keep about you*{more}")]
    for start in range(0, len(lines), _IN_A_SECTION):
        blocks.append(section("\n".join(lines[start : start + _IN_A_SECTION])))
    blocks += _besides(data)
    blocks += _times(data)
    if looks := list(_looks(data)):
        blocks.append(section("\n".join(["*What owners did*", *looks])))
    if data.records:
        blocks.append(
            actions(
                button("Send me my data", SEND_OWN_DATA, style="primary"),
                button("Send it as JSON", SEND_OWN_JSON, accessibility_label="Send my data as a JSON file"),
            )
        )
        does = [button("See or change my application", OPEN_STATUS)] if data.of(Category.APPLICATIONS) else []
        correct = (
            f"*Something is wrong?* Change it where you wrote it: type `{COMMAND} status`. Your name and time zone "
            "come from your Slack profile."
        )
        blocks += [section(correct), *([actions(*does)] if does else [])]
    erase = "*Erase me.* I ask twice. It cannot be undone. You can apply again later."
    blocks.append(section(erase, button("Erase me", OPEN_ERASURE, style="danger")))
    return message("What I keep about you", blocks)


def _besides(data: OwnData) -> Iterator[Block]:
    """What is kept about them and is not in the file, also of people who never applied."""
    also = "also " if data.records else ""
    if data.from_staff_list:
        words = (
            f"I {also}have your department, grade, manager and start date from your organisation’s list, for matching."
        )
        yield small_print(words) if data.records else section(words)
        also = "also "
    if data.is_noted:
        words = (
            f"I {also}keep when you started here, first managed someone or changed jobs, so that programmes can invite "
            "you to apply. No one reads it."
        )
        yield small_print(words) if data.records else section(words)


def _times(data: OwnData) -> Iterator[Block]:
    """For how long each of their programmes keeps what, and what is deleted when."""
    if data.programmes:
        several = len(data.programmes) > 1
        lines = [
            f"{f'• {Voice(each).name}. ' if several else ''}{periods(each.keeping, Voice(each))}"
            for each in data.programmes
        ]
        yield section("\n".join(["*How long I keep it at most*", *lines]))
    if data.deletions:
        days = [f"• {_deletion(each)}" for each in data.deletions[:_MOST_DELETIONS]]
        yield section("\n".join(["*What I delete next*", *days]))


def _deletion(deletion: OwnDeletion) -> str:
    words = kinds_in_words([deletion.kind])
    return f"{day(deletion.day)}: {words}, with {mention(deletion.other)}"


def with_who_sees_what(own: Message, others: Message) -> Message:
    """The page, and below it who sees what in each programme."""
    return message(own.text, [*own.blocks, DividerBlock(), *others.blocks])


def _line(category: Category, data: OwnData) -> str:
    many = len(data.of(category))
    number = f" ({many})" if many > 1 else ""
    return f"• *{TITLES[category]}*{number}: {read_by(data, category)}. Kept {how_long(data, category)}."


def _looks(data: OwnData) -> Iterator[str]:
    """Who read or changed their application, newest first."""
    records = sorted(data.of(Category.LOOKS), key=lambda each: each.values["at"], reverse=True)
    for each in records[:_MOST_LOOKS]:
        act = act_name(OwnerAction(each.values["action"]), each.values.get("fields", ()))
        yield f"• {act}: {mention(each.values['by'])}, {day_of(each.values['at'])}"
    if len(records) > _MOST_LOOKS:
        yield f"The file has all {len(records)}."
