"""The programmes that come with the package: files that leave out the contact and the dates of the round.

Each begins with a comment of its own, whose first line says what it is for.
"""

from collections.abc import Mapping
from importlib.resources import files
from typing import Final

SUFFIX: Final = ".yml"


def template_names() -> tuple[str, ...]:
    """The names of the templates."""
    found = (each.name for each in files(__package__).iterdir() if each.name.endswith(SUFFIX))
    return tuple(sorted(name.removesuffix(SUFFIX) for name in found))


def template_text(name: str) -> str:
    """The file of a template."""
    return files(__package__).joinpath(f"{name}{SUFFIX}").read_text(encoding="utf-8")


def template_summaries() -> Mapping[str, str]:
    """What each template is for, by name."""
    return {name: template_text(name).partition("\n")[0].removeprefix("# ") for name in template_names()}
