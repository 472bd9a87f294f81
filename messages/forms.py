"""Input blocks that show earlier values, and reading the values of a form.

Input blocks: https://docs.slack.dev/reference/block-kit/blocks/input-block. A view's state:
https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, Self, TypeVar

from pydantic import BaseModel, ConfigDict
from slack_sdk.models.blocks import (
    CheckboxesElement,
    ConversationFilter,
    ConversationMultiSelectElement,
    DatePickerElement,
    DateTimePickerElement,
    InputBlock,
    InputInteractiveElement,
    OptionGroup,
    PlainTextInputElement,
    PlainTextObject,
    StaticMultiSelectElement,
    StaticSelectElement,
    UserMultiSelectElement,
    UserSelectElement,
)
from slack_sdk.models.blocks import Option as OptionObject

from mentoring.core.clean_text import clean_text
from mentoring.core.people import user_id
from messages.payloads import limits
from messages.text import length, shorten

Values = Mapping[str, str | list[str] | None]
"""The values of a form by block id, which are also saved as a draft. Ticked boxes are lists; an empty field is None or
missing.
"""

TICKED = "yes"


class Submission(BaseModel):
    """The values of a submitted form. A subclass has a field for each block, with a default for an empty one."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    @classmethod
    def read(cls, values: Values) -> Self:
        """Raises ValueError for input that the form cannot have sent; the message does not repeat it."""
        return cls.model_validate(filled_in(values))


def filled_in(values: Values) -> dict[str, str | list[str]]:
    """The fields that are not empty."""
    return {block_id: value for block_id, value in values.items() if value}


class UnknownForm(ValueError):
    """This version of the bot has not built the form: its metadata names something that there is not."""


Known = TypeVar("Known", bound=StrEnum)


def known(kind: type[Known], name: str) -> Known:
    """The member of `kind` that a form's metadata names. Raises UnknownForm."""
    try:
        return kind(name)
    except ValueError:
        raise UnknownForm from None


class FormMetadata(BaseModel):
    """Data of an open form, in its `private_metadata`.

    `form` is a role or a part of the settings, `version` the version it shows, `about` the id of a partnership, match
    or meeting, `root` the id of the view below it, which is updated when the form is sent, and `programme` the id of
    the programme. `below` is what a list below shows, to show it again. `shares_hopes`: it says that a mentor who is
    asked reads the hopes; a form that was open during the upgrade does not. `names_committee`: it says that the
    committee reads the answers; a form that was open when the first one was named does not. `step` is the open step of
    a form whose steps replace each other. `planned` is the id of the meeting for which another time is looked for, and
    `cohort` that of the round to which something is added.
    `was_on`: the choice to send something was on when the form was opened.
    `invited`: the form was opened from an invitation, and asks for both promises in one.
    """

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    form: str
    version: int = 0
    about: str = ""
    root: str = ""
    programme: str = ""
    below: str = ""
    shares_hopes: bool = False
    names_committee: bool = False
    step: str = ""
    planned: str = ""
    cohort: str = ""
    invited: bool = False
    was_on: bool = True

    def dump(self) -> str:
        """For `private_metadata`."""
        return self.model_dump_json(exclude_defaults=True)


def meta_of(view: Mapping[str, Any]) -> FormMetadata:
    """The metadata of a form. Raises ValueError if this version of the bot has not built it."""
    return FormMetadata.model_validate_json(view.get("private_metadata") or "")


def meta_or_empty(view: Mapping[str, Any] | None) -> FormMetadata:
    """The metadata of the view in which a button was; empty if it has none of ours, or if there was no view."""
    try:
        return meta_of(view or {})
    except ValueError:
        return FormMetadata(form="")


@dataclass(frozen=True)
class Option:
    """One choice: its value, its label, and a line of `detail` below it, both in plain text."""

    value: str
    label: str
    detail: str = ""

    def to_slack(self) -> OptionObject:
        detail = PlainTextObject(text=shorten(self.detail, limits.OPTION)) if self.detail else None
        text = PlainTextObject(text=shorten(self.label, limits.OPTION))
        return OptionObject(value=self.value, text=text, description=detail)


@dataclass(frozen=True, kw_only=True)
class Input:
    """An input block. `label` and `hint` are plain text; the hint says what the field is for and, if it differs from
    the rest of the form, who sees it.
    """

    block_id: str
    label: str
    hint: str = ""
    optional: bool = False

    def block(self, values: Values) -> InputBlock:
        """The block, filled with its value in `values` if that is still valid."""
        element = self._element(values.get(self.block_id) or None)
        return InputBlock(
            block_id=self.block_id,
            label=PlainTextObject(text=shorten(self.label, limits.INPUT_LABEL)),
            hint=PlainTextObject(text=shorten(self.hint, limits.INPUT_HINT)) if self.hint else None,
            element=element,
            optional=self.optional,
            dispatch_action=True if self._dispatches() else None,
        )

    def _element(self, value: str | list[str] | None) -> InputInteractiveElement:
        raise NotImplementedError

    def _dispatches(self) -> bool:
        return False


@dataclass(frozen=True, kw_only=True)
class TextInput(Input):
    """A line of text, or several."""

    most: int
    lines: bool = False
    example: str = ""

    def _element(self, value: str | list[str] | None) -> InputInteractiveElement:
        return PlainTextInputElement(
            action_id=self.block_id,
            multiline=self.lines,
            max_length=self.most,
            initial_value=_cut(value, self.most) if isinstance(value, str) else None,
            placeholder=PlainTextObject(text=self.example) if self.example else None,
        )


@dataclass(frozen=True, kw_only=True)
class Select(Input):
    """A choice of one option."""

    options: Sequence[Option]

    def _element(self, value: str | list[str] | None) -> InputInteractiveElement:
        options = [option.to_slack() for option in self.options[: limits.OPTIONS]]
        return StaticSelectElement(
            action_id=self.block_id,
            options=options,
            initial_option=next((option for option in options if option.value == value), None),
        )


@dataclass(frozen=True, kw_only=True)
class GroupedSelect(Input):
    """A choice of one option, in groups with headings. With `sent_by`, an action id, Slack sends the choice at once."""

    groups: Sequence[tuple[str, Sequence[Option]]]
    sent_by: str = ""

    def _element(self, value: str | list[str] | None) -> InputInteractiveElement:
        groups = [
            OptionGroup(label=PlainTextObject(text=label), options=[option.to_slack() for option in options])
            for label, options in self.groups
        ]
        chosen = (option.to_slack() for _, options in self.groups for option in options if option.value == value)
        return StaticSelectElement(
            action_id=self.sent_by or self.block_id, option_groups=groups, initial_option=next(chosen, None)
        )

    def _dispatches(self) -> bool:
        return bool(self.sent_by)


@dataclass(frozen=True, kw_only=True)
class MultiSelect(Input):
    """A choice of any number of options: checkboxes for a few, or a menu for many. Also a menu if `nothing`, the
    placeholder that says what an empty choice means, is given.
    """

    options: Sequence[Option]
    nothing: str = ""

    def _element(self, value: str | list[str] | None) -> InputInteractiveElement:
        options = [option.to_slack() for option in self.options[: limits.OPTIONS]]
        chosen = [option for option in options if option.value in (value or ())]
        if len(options) <= limits.CHOICES and not self.nothing:
            return CheckboxesElement(action_id=self.block_id, options=options, initial_options=chosen or None)
        return StaticMultiSelectElement(
            action_id=self.block_id,
            options=options,
            initial_options=chosen or None,
            placeholder=PlainTextObject(text=self.nothing) if self.nothing else None,
        )


@dataclass(frozen=True, kw_only=True)
class GroupedMultiSelect(Input):
    """A choice of up to `most` options from a menu, in groups with headings."""

    groups: Sequence[tuple[str, Sequence[Option]]]
    most: int

    def _element(self, value: str | list[str] | None) -> InputInteractiveElement:
        groups = [
            OptionGroup(label=PlainTextObject(text=label), options=[option.to_slack() for option in options])
            for label, options in self.groups
        ]
        options = (option for _, options in self.groups for option in options)
        chosen = [option.to_slack() for option in options if isinstance(value, list) and option.value in value]
        return StaticMultiSelectElement(
            action_id=self.block_id,
            option_groups=groups,
            initial_options=chosen[: self.most] or None,
            max_selected_items=self.most,
        )


@dataclass(frozen=True, kw_only=True)
class Checkbox(Input):
    """One checkbox, read as `[TICKED]` or nothing."""

    text: str

    def _element(self, value: str | list[str] | None) -> InputInteractiveElement:
        options = [Option(TICKED, self.text).to_slack()]
        return CheckboxesElement(
            action_id=self.block_id, options=options, initial_options=options if value == [TICKED] else None
        )


@dataclass(frozen=True, kw_only=True)
class PersonPicker(Input):
    """A choice of a person in the workspace. With `looked_up_by`, an action id, Slack sends the choice at once."""

    looked_up_by: str = ""

    def _element(self, value: str | list[str] | None) -> InputInteractiveElement:
        return UserSelectElement(
            action_id=self.looked_up_by or self.block_id,
            initial_user=value if isinstance(value, str) and user_id(value) == value else None,
        )

    def _dispatches(self) -> bool:
        return bool(self.looked_up_by)


@dataclass(frozen=True, kw_only=True)
class PeoplePicker(Input):
    """A choice of several people in the workspace."""

    def _element(self, value: str | list[str] | None) -> InputInteractiveElement:
        chosen = [each for each in value if user_id(each) == each] if isinstance(value, list) else []
        return UserMultiSelectElement(action_id=self.block_id, initial_users=chosen or None)


@dataclass(frozen=True, kw_only=True)
class ChannelsPicker(Input):
    """A choice of up to `most` channels, public or private, that the person sees. Read as Slack's ids."""

    most: int

    def _element(self, value: str | list[str] | None) -> InputInteractiveElement:
        return ConversationMultiSelectElement(
            action_id=self.block_id,
            initial_conversations=value[: self.most] if isinstance(value, list) and value else None,
            max_selected_items=self.most,
            filter=ConversationFilter(include=["public", "private"]),
        )


@dataclass(frozen=True, kw_only=True)
class DateInput(Input):
    """A date, read as ISO 8601."""

    def _element(self, value: str | list[str] | None) -> InputInteractiveElement:
        return DatePickerElement(action_id=self.block_id, initial_date=_iso(value))


@dataclass(frozen=True, kw_only=True)
class DateTimeInput(Input):
    """A moment, which Slack shows on the reader's clock; read as Unix seconds."""

    def _element(self, value: str | list[str] | None) -> InputInteractiveElement:
        initial = int(value) if isinstance(value, str) and value.isdecimal() and len(value) == _SECONDS else None
        return DateTimePickerElement(action_id=self.block_id, initial_date_time=initial)


_SECONDS = 10
"""Digits of the moments that Slack takes."""


def moment_of(seconds: str) -> datetime:
    """The moment of Unix seconds, as a button or a picker has them. Raises ValueError."""
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (OverflowError, OSError):
        raise ValueError("no such moment") from None


def hours() -> tuple[Option, ...]:
    """Every half hour of a day, "HH:MM"."""
    return tuple(Option(hour, hour) for hour in (f"{half // 2:02}:{half % 2 * 30:02}" for half in range(48)))


def read(view: Mapping[str, Any]) -> Values:
    """The values of an open or submitted form, by block id; several choices are in the order of the options. What was
    typed is normalised (`clean_text`).
    """
    state = view.get("state") or {}
    found: dict[str, str | list[str] | None] = {}
    for block_id, elements in (state.get("values") or {}).items():
        for element in elements.values():
            found[block_id] = _value(element)
    for block in view.get("blocks") or ():
        value = found.get(block.get("block_id", ""))
        if isinstance(value, list):
            element = block.get("element", {})
            lists = [element.get("options", ()), *(group["options"] for group in element.get("option_groups", ()))]
            offered = [option["value"] for options in lists for option in options]
            value.sort(key=(offered + value).index)
    return found


def _value(element: Mapping[str, Any]) -> str | list[str] | None:
    match element:
        case {"selected_options": options}:
            return [option["value"] for option in options or ()]
        case {"selected_option": option}:
            return option["value"] if option else None
        case {"selected_users": ids} | {"selected_conversations": ids}:
            return [str(id) for id in ids or ()]
        case {"selected_user": value} | {"selected_date": value} | {"selected_time": value}:
            return value or None
        case {"selected_date_time": moment}:
            return str(moment) if moment else None
        case {"value": str(typed)}:
            return clean_text(typed) or None
        case _:
            return None


def _cut(text: str, most: int) -> str:
    kept = text[:most]
    while (excess := length(kept) - most) > 0:
        kept = kept[: len(kept) - (excess + 1) // 2]
    return kept


def _iso(value: str | list[str] | None) -> str | None:
    try:
        return date.fromisoformat(value).isoformat() if isinstance(value, str) else None
    except ValueError:
        return None
