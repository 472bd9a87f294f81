"""Names: one class name means one thing in the product, and names that were given up do not come back."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROOMS = ("bot", "handlers", "scheduler", "services", "messages", "storage", "mentoring")

GIVEN_UP = (
    "AlreadyAtWork Answerer AtOnce Ban Bar Concern Confidence Counting Decided Desk Discreet Errands Fate FormMeta "
    "Gauge Here Hindrance House Involved Kind Lifted Measure News NoticeRow NothingToSay Notice Opener PartOfIt "
    "Pacer Posting Promise PromiseKind ReasonWanted Resolved Ruled Ruling Say Scene Settling SettingsWrong Shelf "
    "Sight SlackRefuses Solution Solving Standing Surface Told TooMuchToRead Trait Trouble Troubled Undelivered "
    "Unsendable Until Updating Verdict Visit Way Whereabouts Working Writing contended decided_anew do_what_is_due "
    "draft_of fall_due is_decent keep_draft keep_what_was_typed morning_of next_decent on_the_desk open_desk_button "
    "owe promises_of propose_what_is_asked put_on_desk scene_of slack_says taking tell_unmatched who_are_we "
    "Story Stories at_hand decide_repost gone_from_slack goes_to hold_if_general house_of is_away keep_confidence "
    "keep_conversation keep_exemption keep_feedback keep_notes plainly take_away tell_in told_in went_well "
)
"""Classes and functions that were renamed to standard terms: see docs/glossary.md for what they are called now."""


def definitions(*rooms: str) -> Iterator[tuple[str, str, bool]]:
    """The name of each class and function that the rooms define, its file, and whether it is a class."""
    for path in (path for room in rooms for path in sorted((ROOT / room).rglob("*.py"))):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                yield node.name, path.relative_to(ROOT).as_posix(), isinstance(node, ast.ClassDef)


def test_each_class_name_is_defined_once() -> None:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name, file, is_class in definitions(*ROOMS):
        if is_class:
            found[name].append(file)
    assert {name: files for name, files in found.items() if len(files) > 1} == {}


def test_the_review_of_matches_is_not_called_a_desk() -> None:
    assert [(name, file) for name, file, _ in definitions(*ROOMS) if "desk" in name.lower()] == []


def test_names_that_were_given_up_do_not_come_back() -> None:
    assert {(name, file) for name, file, _ in definitions(*ROOMS) if name in GIVEN_UP.split()} == set()
