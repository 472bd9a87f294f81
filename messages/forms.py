"""A small kit for forms: fields that show what was typed before, and reading back what was typed.

Input blocks: https://docs.slack.dev/reference/block-kit/blocks/input-block. A view's state:
https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from pydantic import BaseModel, ConfigDict
from slack_sdk.models.blocks import (
    CheckboxesElement,
    DatePickerElement,
    InputBlock,
    InputInteractiveElement,
    Option,
    OptionGroup,
    PlainTextInputElement,
    PlainTextObject,
    StaticMultiSelectElement,
    StaticSelectElement,
    UserSelectElement,
)

from messages.payloads import limits
from messages.text import length, shorten

Values = Mapping[str, str | list[str] | None]
"""What is in a form, by block id: as JSON, to be kept as a draft and to fill the form again. A ticked box is in a list;
a field left empty is None or not there.
"""

TICKED = "yes"


class Submission(BaseModel):
    """The values of a submitted form. A subclass has a field for each block, with a default for an empty one."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    @classmethod
    def read(cls, values: Values) -> Self:
        """Raises ValueError for what the form cannot have sent; the message does not repeat it."""
        return cls.model_validate(filled_in(values))


def filled_in(values: Values) -> dict[str, str | list[str]]:
    """The fields that are not empty."""
    return {block_id: value for block_id, value in values.items() if value}


class FormMetadata(BaseModel):
    """What a form remembers about itself while it is open.

    Its `form` (a role, a part), the `version` it shows, what it is `about` (the id of a partnership, match or meeting),
    and at its `root` the id of the view below it, to be brought up to date when it is sent.
    """

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    form: str
    version: int = 0
    about: str = ""
    root: str = ""

    def dump(self) -> str:
        """For `private_metadata`."""
        return self.model_dump_json(exclude_defaults=True)


def meta_of(view: Mapping[str, Any]) -> FormMetadata:
    """Raises ValueError when the form is not one that this version of the bot has built."""
    return FormMetadata.model_validate_json(view.get("private_metadata") or "")


@dataclass(frozen=True)
class Offer:
    """One of the choices: what we read, and what the person reads."""

    value: str
    label: str

    def option(self) -> Option:
        return Option(value=self.value, text=PlainTextObject(text=shorten(self.label, limits.OPTION)))


@dataclass(frozen=True, kw_only=True)
class Input:
    """An input; `label` and `hint` are plain text. The hint says what it is for, and who sees it where that differs
    from what the form says at its top.
    """

    block_id: str
    label: str
    hint: str = ""
    optional: bool = False

    def block(self, values: Values) -> InputBlock:
        """The input with what `values` hold for it, as far as it still fits."""
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
    """One of several."""

    offers: Sequence[Offer]

    def _element(self, value: str | list[str] | None) -> InputInteractiveElement:
        options = [offer.option() for offer in self.offers[: limits.OPTIONS]]
        return StaticSelectElement(
            action_id=self.block_id,
            options=options,
            initial_option=next((option for option in options if option.value == value), None),
        )


@dataclass(frozen=True, kw_only=True)
class GroupedChoice(Input):
    """One of many, under headings."""

    groups: Sequence[tuple[str, Sequence[Offer]]]

    def _element(self, value: str | list[str] | None) -> InputInteractiveElement:
        groups = [
            OptionGroup(label=PlainTextObject(text=label), options=[offer.option() for offer in offers])
            for label, offers in self.groups
        ]
        chosen = (offer.option() for _, offers in self.groups for offer in offers if offer.value == value)
        return StaticSelectElement(action_id=self.block_id, option_groups=groups, initial_option=next(chosen, None))


@dataclass(frozen=True, kw_only=True)
class MultiSelect(Input):
    """Any of several: boxes to tick while they are few, so that all are seen at once; a menu when they are many, or
    where `nothing` says what it means that none is chosen.
    """

    offers: Sequence[Offer]
    nothing: str = ""

    def _element(self, value: str | list[str] | None) -> InputInteractiveElement:
        options = [offer.option() for offer in self.offers[: limits.OPTIONS]]
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
class Checkbox(Input):
    """One box, read as `[TICKED]` or nothing."""

    says: str

    def _element(self, value: str | list[str] | None) -> InputInteractiveElement:
        options = [Offer(TICKED, self.says).option()]
        return CheckboxesElement(
            action_id=self.block_id, options=options, initial_options=options if value == [TICKED] else None
        )


@dataclass(frozen=True, kw_only=True)
class PersonPicker(Input):
    """Somebody in the workspace. With `looked_up_by`, an action id, we hear of the choice at once."""

    looked_up_by: str = ""

    def _element(self, value: str | list[str] | None) -> InputInteractiveElement:
        return UserSelectElement(
            action_id=self.looked_up_by or self.block_id, initial_user=value if isinstance(value, str) else None
        )

    def _dispatches(self) -> bool:
        return bool(self.looked_up_by)


@dataclass(frozen=True, kw_only=True)
class DateInput(Input):
    """A date, read as ISO 8601."""

    def _element(self, value: str | list[str] | None) -> InputInteractiveElement:
        return DatePickerElement(action_id=self.block_id, initial_date=_iso(value))


def hours() -> tuple[Offer, ...]:
    """Every half hour of a day, "HH:MM"."""
    return tuple(Offer(hour, hour) for hour in (f"{half // 2:02}:{half % 2 * 30:02}" for half in range(48)))


def read(view: Mapping[str, Any]) -> Values:
    """What is in an open or submitted form, raw, by block id; several choices in the order of the list."""
    state = view.get("state") or {}
    found: dict[str, str | list[str] | None] = {}
    for block_id, elements in (state.get("values") or {}).items():
        for element in elements.values():
            found[block_id] = _value(element)
    for block in view.get("blocks") or ():
        value = found.get(block.get("block_id", ""))
        if isinstance(value, list):
            offered = [option["value"] for option in block.get("element", {}).get("options", ())]
            value.sort(key=(offered + value).index)
    return found


def _value(element: Mapping[str, Any]) -> str | list[str] | None:
    match element:
        case {"selected_options": options}:
            return [option["value"] for option in options or ()]
        case {"selected_option": option}:
            return option["value"] if option else None
        case {"selected_user": value} | {"selected_date": value} | {"selected_time": value} | {"value": value}:
            return value or None
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
