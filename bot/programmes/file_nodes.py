"""A programme file as YAML: each value as text, with its place in the file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from mentoring.core.clean_text import clean_line

MOST_BYTES: Final = 200_000
_NULL: Final = ("", "~", "null", "Null", "NULL")
_DEEP: Final = re.compile(r"(?:[\[{]\s*){20}")
"""More brackets than any value has. The parser would take long for thousands of them."""
_TAGGED: Final = "tag:yaml.org,2002:"


@dataclass(frozen=True)
class FileProblem:
    """What is wrong at a place: `line` and `column` count from 1; `key` is the setting, or ""."""

    line: int
    column: int
    sentence: str
    key: str = ""


class WrongFile(Exception):
    """The file cannot be used. `problems` are in the order of the file."""

    def __init__(self, problems: list[FileProblem]) -> None:
        super().__init__()
        self.problems = sorted(problems, key=lambda problem: (problem.line, problem.column))


@dataclass(frozen=True)
class FileNode:
    """A value: a text, None if it is empty, or a list or mapping of nodes.

    `start` and `end` are the characters of the value, `key_end` the one after its key. Lines and columns count from 1;
    those of an empty value are its key's. `is_block` is true for a list or mapping with a line for each entry.
    """

    line: int
    column: int
    start: int
    end: int
    key_end: int
    value: "str | list[FileNode] | dict[str, FileNode] | None"
    is_block: bool = False
    key_line: int = 1
    key_column: int = 1


@dataclass
class _Walk:
    text: str
    problems: list[FileProblem] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)

    def node(self, node: Node, key: Node | None = None) -> FileNode:
        self._check(node)
        start, end = node.start_mark.index, node.end_mark.index
        is_flow = bool(getattr(node, "flow_style", False))
        value: str | list[FileNode] | dict[str, FileNode] | None
        if isinstance(node, ScalarNode):
            empty = node.style is None and node.value in _NULL
            value = None if empty else node.value
        elif isinstance(node, SequenceNode):
            value = [self.node(each) for each in node.value]
            end = value[-1].end if value and not is_flow else end
        else:
            value = dict(self._entries(node))
            end = max([each.end for each in value.values()], default=end) if not is_flow else end
        # A block ends where the next token begins: leave out the blank lines before that.
        end = start + len(self.text[start:end].rstrip())
        is_block = not isinstance(node, ScalarNode) and not is_flow
        line, column = _place(key if key and value is None else node)
        key_line, key_column = _place(key or node)
        key_end = key.end_mark.index if key else 0
        return FileNode(line, column, start, end, key_end, value, is_block, key_line, key_column)

    def _entries(self, node: Any) -> Iterator[tuple[str, FileNode]]:
        names: set[str] = set()
        for key, value in node.value:
            self._check(key)
            if not isinstance(key, ScalarNode):
                self.add(key, "This is not the name of a setting.")
                continue
            name = clean_line(key.value)
            if name in names:
                self.add(key, "This is in the file twice. Keep one of them.", name)
            names.add(name)
            yield name, self.node(value, key)

    def _check(self, node: Node) -> None:
        if id(node) in self.seen or node.anchor:
            self.add(node, "Names for values (& and *) are not read here. Write the value itself.")
            if id(node) in self.seen:
                raise WrongFile(self.problems)
        self.seen.add(id(node))
        if self.text.startswith("!", node.start_mark.index) or not str(node.tag).startswith(_TAGGED):
            self.add(node, "Types (!) are not read here. Write the value alone.")

    def add(self, node: Node, sentence: str, key: str = "") -> None:
        self.problems.append(FileProblem(*_place(node), sentence, key))


def _position(text: str, place: int) -> tuple[int, int]:
    """The line and column of a character, from 1."""
    return text.count("\n", 0, place) + 1, place - text.rfind("\n", 0, place)


def _place(node: Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def read_text(data: bytes) -> str:
    """The text of a file. Raises WrongFile if it is too large or not UTF-8."""
    if len(data) > MOST_BYTES:
        raise WrongFile([FileProblem(1, 1, f"The file is larger than {MOST_BYTES // 1000} KB. This can’t be it.")])
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        sentence = "This is not UTF-8 text. Save the file as UTF-8."
        raise WrongFile([FileProblem(*_position(before, len(before)), sentence)]) from None


def read_nodes(text: str) -> dict[str, FileNode]:
    """The top of the file: nodes by key. Raises WrongFile if it is not YAML, or not made of keys and values."""
    if deep := _DEEP.search(text):
        line, column = _position(text, deep.start())
        raise WrongFile([FileProblem(line, column, "There are too many brackets inside each other here.")])
    try:
        top = YAML(typ="rt", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise WrongFile([FileProblem(line, column, _syntax(str(error.problem or "")))]) from None
    except ReaderError as error:
        place = _position(text, error.position)
        raise WrongFile([FileProblem(*place, "There is an invisible character here. Delete it.")]) from None
    except RecursionError:
        raise WrongFile([FileProblem(1, 1, "The file is indented too deeply.")]) from None
    except (YAMLError, ValueError):
        raise WrongFile([FileProblem(1, 1, _syntax(""))]) from None
    if top is None:
        raise WrongFile([FileProblem(1, 1, "The file is empty. mentor-bot programme export shows what it can say.")])
    if not isinstance(top, MappingNode):
        sentence = "The file must have a setting on each line, such as “name: Library mentoring”."
        raise WrongFile([FileProblem(*_place(top), sentence)])
    walk = _Walk(text)
    try:
        found = walk.node(top).value
    except RecursionError:
        raise WrongFile([FileProblem(1, 1, "The file is indented too deeply.")]) from None
    if walk.problems:
        raise WrongFile(walk.problems)
    return found if isinstance(found, dict) else {}


_SYNTAX: Final = (
    ("cannot start any token", "A value can’t begin with this character. Put the value in quotation marks, and indent "
     "with blanks, not with tabs."),
    ("mapping values are not allowed", "There is a second colon on this line, or the line is indented too far. Put a "
     "value that contains “: ” in quotation marks."),
    ("expected ',' or ']'", "A list that begins with [ must end with ], with commas between its values."),
    ("expected ',' or '}'", "A group that begins with { must end with }, with commas between its values."),
    ("unexpected end of stream", "A quotation mark is not closed. Add the one at the end of the value."),
    ("could not find expected ':'", "A colon is missing after the name of the setting: “name: value”."),
    ("expected <block end>", "This line is not indented like those around it. Begin settings of one section in the "
     "same column, each with its name and a colon."),
    ("another document", "The file must describe one programme. Remove the line ---, and what follows."),
    ("undefined alias", "A value can’t begin with *. Put it in quotation marks."),
)  # fmt: skip


def _syntax(problem: str) -> str:
    for part, sentence in _SYNTAX:
        if part in problem:
            return sentence
    return "This is not YAML. Check the colon, the quotation marks and the indentation of this line."
