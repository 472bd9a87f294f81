"""Building blocks of our messages and modals, each within Slack's limits.

Texts that are too long are shortened here; `messages.payloads` checks everything else before it is sent.
"""

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    CardBlock,
    ConfirmObject,
    ContextBlock,
    HeaderBlock,
    InteractiveElement,
    MarkdownTextObject,
    Option,
    OverflowMenuElement,
    PlainTextObject,
    SectionBlock,
    UserSelectElement,
)
from slack_sdk.models.views import View

from messages.ids import SENTENCE_VIEW
from messages.payloads import limits
from messages.text import escape, join, length, mention, shorten


def header(words: str) -> HeaderBlock:
    """`words` are plain text."""
    return HeaderBlock(text=PlainTextObject(text=shorten(words, limits.HEADER)))


def card(title: str, subtitle: str = "", body: str = "", buttons: Sequence[ButtonElement] = ()) -> CardBlock:
    """A frame around what belongs together. The texts are mrkdwn; there are at most three buttons."""

    def words(text: str, most: int) -> MarkdownTextObject | None:
        return MarkdownTextObject(text=shorten(text, most)) if text else None

    return CardBlock(
        title=words(title, limits.CARD_TITLE),
        subtitle=words(subtitle, limits.CARD_TITLE),
        body=words(body, limits.CARD_BODY),
        actions=list(buttons) or None,
    )


def section(words: str, button: ButtonElement | OverflowMenuElement | None = None) -> SectionBlock:
    """`words` are mrkdwn; the button or menu is shown beside them."""
    return SectionBlock(text=MarkdownTextObject(text=shorten(words, limits.SECTION)), accessory=button)


def typed(words: str, most: int = limits.SECTION) -> SectionBlock:
    """Text that a person typed, as plain text, cut to `most` characters."""
    return SectionBlock(text=PlainTextObject(text=shorten(words.strip() or "–", most)))


def facts(pairs: Sequence[tuple[str, str]], title: str = "") -> list[SectionBlock]:
    """Two columns of labels and values, both mrkdwn, under a `title` if there is one."""
    cells = [
        MarkdownTextObject(text=shorten(f"*{label}*\n{what or '–'}", limits.SECTION_FIELD)) for label, what in pairs
    ]
    most = limits.SECTION_FIELDS
    blocks = [SectionBlock(fields=cells[start : start + most]) for start in range(0, len(cells), most)]
    if title:
        blocks[0].text = MarkdownTextObject(text=shorten(f"*{title}*", limits.SECTION))
    return blocks


def small_print(words: str) -> ContextBlock:
    """A line in small print; mrkdwn."""
    return ContextBlock(elements=[MarkdownTextObject(text=shorten(words, limits.CONTEXT))])


def person_select(block_id: str, action_id: str, label: str, person: str = "") -> SectionBlock:
    """A choice of a person that Slack sends at once, in a view that is not submitted. `person` is chosen already."""
    return SectionBlock(
        block_id=block_id,
        text=MarkdownTextObject(text=f"*{label}*"),
        accessory=UserSelectElement(
            action_id=action_id, placeholder=PlainTextObject(text="Choose a person"), initial_user=person or None
        ),
    )


def actions(*buttons: InteractiveElement) -> ActionsBlock:
    return ActionsBlock(elements=list(buttons))


def button(
    label: str,
    action_id: str,
    value: str = "",
    *,
    style: str | None = None,
    confirm: ConfirmObject | None = None,
    accessibility_label: str = "",
) -> ButtonElement:
    """`label` is plain text; `style` is "primary", "danger" or neither.

    Screen readers read `accessibility_label` instead of the label, which tells buttons with the same label apart.
    """
    return ButtonElement(
        text=PlainTextObject(text=shorten(label, limits.BUTTON)),
        action_id=action_id,
        value=value or None,
        style=style,
        confirm=confirm,
        accessibility_label=shorten(accessibility_label, limits.BUTTON) if accessibility_label else None,
    )


def overflow(action_id: str, choices: Sequence[tuple[str, str]]) -> OverflowMenuElement:
    """A menu of at most five further actions, each a value and its plain text."""
    options = [
        Option(value=value, text=PlainTextObject(text=shorten(label, limits.OPTION))) for value, label in choices
    ]
    return OverflowMenuElement(action_id=action_id, options=options)


def modal(
    callback_id: str,
    title: str,
    blocks: Sequence[Block],
    *,
    submit: str | None = None,
    close: str = "Close",
    private_metadata: str | None = None,
) -> dict[str, Any]:
    """A view as `views.open` takes it; `title` is plain text that fits, see `fit`."""
    view: dict[str, Any] = View(
        type="modal",
        callback_id=callback_id,
        title=PlainTextObject(text=shorten(title, limits.VIEW_TITLE)),
        submit=PlainTextObject(text=submit) if submit else None,
        close=PlainTextObject(text=close),
        blocks=list(blocks),
        private_metadata=private_metadata,
    ).to_dict()
    return view


def fit(*candidates: str, most: int = limits.VIEW_TITLE) -> str:
    """The first title that is short enough for Slack."""
    return next((words for words in candidates if length(words) <= most), candidates[-1])


def listing(items: Sequence[str], most: int, word: str = "") -> str:
    """`items` that people typed, escaped, as a list within `most` characters: "…, and 12 more" for the rest.

    With a `word`, it comes before the last item: "a, b and c".
    """
    kept: list[str] = []
    room = most - len(", and 999 more") - len(word)
    for item in map(escape, items):
        room -= length(item) + 2
        if room < 0:
            break
        kept.append(item)
    rest = len(items) - len(kept)
    if rest or not word:
        return ", ".join(kept) + (f", and {rest} more" if rest else "")
    return join(kept, word)


def people(user_ids: Sequence[str], most: int) -> str:
    """Mentions of at most `most` people, in mrkdwn: "@Ada, @Ben, and 12 more"."""
    rest = len(user_ids) - most
    if rest > 0:
        return f"{', '.join(map(mention, user_ids[:most]))}, and {rest} more"
    return join([mention(user_id) for user_id in user_ids])


def confirm(title: str, words: str, *, yes: str, no: str) -> ConfirmObject:
    """A question, in plain text, before a button takes effect. `yes` and `no` are the buttons of the answer."""
    return ConfirmObject(
        title=PlainTextObject(text=shorten(title, limits.CONFIRM_TITLE)),
        text=PlainTextObject(text=shorten(words, limits.CONFIRM_TEXT)),
        confirm=shorten(yes, limits.CONFIRM_BUTTON),
        deny=shorten(no, limits.CONFIRM_BUTTON),
    )


def sentence_view(title: str, sentence: str) -> dict[str, Any]:
    """`title` is plain text of at most 24 characters; `sentence` is mrkdwn."""
    return modal(SENTENCE_VIEW, title, [section(sentence)])
