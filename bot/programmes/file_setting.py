"""A setting in a programme file: its keys in the file, and its place in the programme."""

from dataclasses import dataclass, replace
from typing import Any

from bot.programmes.file_values import ValueKind
from mentoring.core.fields import FieldName
from mentoring.programmes.whole_settings import ProgrammeSettings


@dataclass(frozen=True)
class FileSetting:
    """One setting.

    - `key`: its keys in the file, "section.key", or "key" above all sections.
    - `attribute`: where it is in `ProgrammeSettings`, "programme.workday.0": names of fields, numbers for tuples.
    - `comment`: the lines above it in the file.
    - `field`: the field that refusals of this setting are about.
    """

    key: str
    attribute: str
    kind: ValueKind
    comment: str = ""
    field: FieldName | None = None

    @property
    def section(self) -> str:
        return self.key.rpartition(".")[0]

    @property
    def name(self) -> str:
        return self.key.rpartition(".")[2]

    def get(self, settings: ProgrammeSettings) -> Any:
        value: Any = settings
        for step in self.attribute.split("."):
            value = value[int(step)] if step.isdigit() else getattr(value, step)
        return value

    def put(self, settings: ProgrammeSettings, value: Any) -> ProgrammeSettings:
        changed: ProgrammeSettings = _put(settings, self.attribute.split("."), value)
        return changed

    def show(self, settings: ProgrammeSettings) -> str | list[str]:
        """The value as texts, as the file has it."""
        return self.kind.show(self.get(settings))


def _put(whole: Any, steps: list[str], value: Any) -> Any:
    first, *rest = steps
    if first.isdigit():
        place = int(first)
        return (*whole[:place], _put(whole[place], rest, value) if rest else value, *whole[place + 1 :])
    return replace(whole, **{first: _put(getattr(whole, first), rest, value) if rest else value})
