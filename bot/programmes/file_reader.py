"""Reading a programme file: its settings over those that there are, or every problem with its line and column."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from pydantic import ValidationError

from bot.programmes.file_nodes import FileNode, FileProblem, WrongFile, read_nodes
from bot.programmes.file_setting import FileSetting
from bot.programmes.file_settings import BY_KEY, SECTIONS, SETTINGS
from bot.programmes.file_values import did_you_mean, error_sentence, quoted
from mentoring.core.errors import MentoringError, Missing, NoLongerOffered, TooFewGrades
from mentoring.core.fields import FieldName
from mentoring.core.programmes import Programme, Term, Terms
from mentoring.core.working_hours import regions
from mentoring.programmes.errors import HasFacilitators
from mentoring.programmes.whole_settings import ProgrammeSettings, normalise, segment_choices, settings_errors
from messages.errors import plain_sentence
from messages.programmes.days import region_name
from messages.text import join
from messages.voice import several

_TOP = tuple(dict.fromkeys(setting.section or setting.key for setting in SETTINGS))
_SHOWN = 12
"""Choices that one sentence lists."""


@dataclass(frozen=True)
class ProgrammeText:
    """The settings that a file states, as values by key, and where it states them."""

    values: dict[str, Any]
    places: dict[str, FileNode]
    sections: dict[str, FileNode]

    @property
    def name(self) -> str:
        """The programme's name, or "" if the file does not say it."""
        return str(self.values.get("name", ""))

    def over(self, base: ProgrammeSettings, today: date) -> ProgrammeSettings:
        """`base` with what the file says. `today` is for days that are long past, which are dropped."""
        settings = base
        for setting in SETTINGS:
            if setting.key in self.values:
                settings = setting.put(settings, self.values[setting.key])
        return normalise(self._with_plurals(settings), today)

    def _with_plurals(self, settings: ProgrammeSettings) -> ProgrammeSettings:
        """A word without its plural gets the regular one; an empty word is ours."""
        ours, terms = Terms(), settings.programme.terms
        for about in ("mentor", "mentee", "partnership"):
            one, many = self.values.get(f"words.{about}"), self.values.get(f"words.{about}s")
            usual, now = getattr(ours, about), getattr(terms, about)
            if one == "":
                terms = replace(terms, **{about: usual})
            elif (one is not None and not many) or many == "":
                terms = replace(terms, **{about: usual if now.one == usual.one else Term(now.one, several(now.one))})
        return replace(settings, programme=replace(settings.programme, terms=terms))

    def problem(self, key: str, sentence: str) -> FileProblem:
        """A problem of a setting, at its place; at its section's, or at the top, if the file does not have it."""
        place = self.places.get(key) or self.sections.get(key.rpartition(".")[0])
        return FileProblem(place.line if place else 1, place.column if place else 1, sentence, key)


def read_programme(text: str) -> ProgrammeText:
    """The settings in a file, each checked by itself. Raises WrongFile with every problem."""
    top = read_nodes(text)
    places: dict[str, FileNode] = {}
    problems: list[FileProblem] = []
    for name, node in top.items():
        if name in SECTIONS:
            problems += _read_section(name, node, places)
        elif name in BY_KEY:
            places[name] = node
        else:
            problems.append(_unknown(name, node, _TOP))
    values: dict[str, Any] = {}
    for key, node in places.items():
        try:
            values[key] = BY_KEY[key].kind.adapter.validate_python(_plain(node.value))
        except ValidationError as error:
            problems += _of_pydantic(key, node, error)
    if problems:
        raise WrongFile(problems)
    return ProgrammeText(values, places, {name: top[name] for name in SECTIONS if name in top})


def check_programme(
    read: ProgrammeText, before: ProgrammeSettings, after: ProgrammeSettings, today: date, *, alone: bool = False
) -> list[FileProblem]:
    """Every problem of the settings `after` together, in the order of the file.

    `alone` leaves out what depends on settings that the file does not state.
    """
    errors = settings_errors(before, after, today)
    found = [_of_rule(read, error, after.programme) for error in errors if not alone or _is_stated(read, error)]
    return sorted(found, key=lambda problem: (problem.line, problem.column))


_CHOSEN_FROM: Final[Mapping[FieldName, FieldName]] = {
    FieldName.MENTEE_DEPARTMENTS: FieldName.DEPARTMENTS,
    FieldName.MENTOR_DEPARTMENTS: FieldName.DEPARTMENTS,
    FieldName.MENTEE_GRADES: FieldName.GRADES,
    FieldName.MENTOR_GRADES: FieldName.GRADES,
    FieldName.LEAST_GAP: FieldName.GRADES,
    FieldName.AT_LEAST: FieldName.GRADES,
}
"""The list that a setting is checked against."""


def _is_stated(read: ProgrammeText, error: MentoringError) -> bool:
    """Whether the file states every setting that the refusal is about."""
    field = getattr(error, "field", None)
    concerned = {field, getattr(error, "after", None), _CHOSEN_FROM.get(field) if field else None}
    keys = [setting.key for setting in SETTINGS if setting.field and setting.field in concerned]
    keys += ["working_time.country"] if field is FieldName.REGION else []
    return all(key in read.values for key in keys)


def _read_section(section: str, node: FileNode, places: dict[str, FileNode]) -> list[FileProblem]:
    names = tuple(setting.name for setting in SETTINGS if setting.section == section)
    if node.value is None:
        return []
    if not isinstance(node.value, dict):
        sentence = f"“{section}” is a section. Write its settings below it, indented: {join(names)}."
        return [FileProblem(node.line, node.column, sentence, section)]
    problems = []
    for name, inner in node.value.items():
        if name in names:
            places[f"{section}.{name}"] = inner
        else:
            problems.append(_unknown(name, inner, names, section))
    return problems


def _unknown(name: str, node: FileNode, names: tuple[str, ...], section: str = "") -> FileProblem:
    """A name that means nothing here: it may belong elsewhere, or be misspelt."""
    elsewhere = [setting.section for setting in SETTINGS if setting.name == name and setting.section != section]
    if elsewhere:
        places = [f"in the section “{each}”" if each else "above the sections, not indented" for each in elsewhere]
        hint = f"It belongs {join(places, 'or')}."
    else:
        known = f"Known here: {join(names)}."
        hint = did_you_mean(name, names, did_you_mean(name, [s.name for s in SETTINGS], known))
    return FileProblem(node.key_line, node.key_column, f"There is no setting {quoted(name)} here. {hint}", section)


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(each.value) for each in value]
    # A group where there is none: refused as a list is, which has the same shape to the reader.
    return [""] if isinstance(value, dict) else value


def _of_pydantic(key: str, node: FileNode, error: ValidationError) -> list[FileProblem]:
    found = []
    for each in error.errors(include_input=False, include_url=False):
        at = next((step for step in each["loc"] if isinstance(step, int)), None)
        place = node.value[at] if at is not None and isinstance(node.value, list) else node
        found.append(FileProblem(place.line, place.column, error_sentence(each), key))
    return found


def _of_rule(read: ProgrammeText, error: MentoringError, programme: Programme) -> FileProblem:
    field = getattr(error, "field", None)
    setting = next((each for each in SETTINGS if each.field and each.field == field), SETTINGS[0])
    if isinstance(error, NoLongerOffered) and error.field in segment_choices(programme):
        return _not_listed(read, error.field, setting, programme)
    return read.problem(setting.key, _sentence(error, programme))


def _not_listed(read: ProgrammeText, field: FieldName, setting: FileSetting, programme: Programme) -> FileProblem:
    """An entry of a segment that its list lacks, at the line of the entry."""
    chosen, listed = segment_choices(programme)[field]
    wrong = next(each for each in chosen if each not in listed)
    called = "departments" if listed is programme.departments else "grades"
    hint = did_you_mean(wrong, listed, f"Add it there, or delete it in {setting.key}.")
    problem = read.problem(setting.key, f"{quoted(wrong)} is not in the list forms.{called}. {hint}")
    node, values = read.places.get(setting.key), read.values.get(setting.key, ())
    if node and isinstance(node.value, list) and wrong in values:
        place = node.value[values.index(wrong)]
        return FileProblem(place.line, place.column, problem.sentence, problem.key)
    return problem


def _sentence(error: MentoringError, programme: Programme) -> str:
    match error:
        case NoLongerOffered(field=FieldName.REGION):
            return _no_region(programme)
        case Missing(field=FieldName.LENGTHS):
            return "This is empty. Write at least one length, such as 6 weeks or 9 months."
        case TooFewGrades():
            return (
                f"With {len(programme.grades)} grades in forms.grades, a gap of {error.gap} isn’t possible. Write a "
                "smaller one, or add grades."
            )
        case HasFacilitators():
            return (
                "Only peer mentoring has facilitators, and this programme has some. An owner removes them in Slack "
                "first: /mentor setup, “Who runs it”."
            )
        case _:
            return plain_sentence(error, programme)


def _no_region(programme: Programme) -> str:
    country, typed = programme.country, programme.region
    if not country:
        return "A region needs a country. Write the country, or leave the region empty."
    names = {code: region_name(country, code) for code in regions(country)}
    if not names:
        return "We know no regions of this country. Leave the region empty."
    meant = next((code for code, name in names.items() if name.casefold() == typed.casefold()), None)
    if meant:
        return f"Write the code of {quoted(typed)}: {meant}."
    shown = [f"{code} ({name})" if name != code else code for code, name in list(names.items())[:_SHOWN]]
    more = len(names) - len(shown)
    known = join([*shown, f"{more} more"] if more else shown)
    return f"{quoted(typed)} is no region of {country}. Its regions: {known}."
