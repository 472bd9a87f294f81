"""A hash without a key confirms a guess at an erased person, so hashes are computed in one place."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("bot", "handlers", "scheduler", "services", "messages", "storage", "mentoring")
HASHES = {"hashlib", "hmac", "uuid", "zlib", "binascii", "base64"}

JUDGED = {
    "bot/http_server.py": "Slack's signature of a request; never stored",
    "bot/xlsx_files.py": "only the errors of the module that unpacks a workbook",
    "storage/workspaces.py": "keyed with the workspace's secret",
    "storage/migrations/versions/0008_keyed_decision_ids.py": "keyed with the workspace's secret",
    "storage/migrations/versions/0009_feedback_groups.py": "keyed with the workspace's secret",
    "mentoring/matching/optimiser/propose.py": "of random ids, to order a round reproducibly; never stored",
    "messages/programmes/matching_settings.py": "of the names of departments and grades; never stored",
}
"""Each module that derives something from other data, and why it confirms nothing about a person."""


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").partition(".")[0])
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "hash":
            found.add("hashlib")
    return found


@pytest.mark.parametrize("room", ROOMS)
def test_nothing_is_hashed_outside_the_modules_that_were_judged(room: str) -> None:
    hashing = {path.relative_to(ROOT).as_posix() for path in (ROOT / room).rglob("*.py") if HASHES & imported(path)}
    assert hashing == {name for name in JUDGED if name.startswith(f"{room}/")}
