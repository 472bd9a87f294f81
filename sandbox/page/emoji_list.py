"""Writes static/emoji.txt: every emoji by the short name that Slack gives it.

Slack's names are those of iamcal/emoji-data, which the npm package @emoji-mart/data carries too (MIT):

    npm pack @emoji-mart/data@1.2.1 && tar xzf emoji-mart-data-1.2.1.tgz
    python -m sandbox.page.emoji_list package/sets/15/native.json
"""

import json
import sys
from pathlib import Path
from typing import Any

LIST = Path(__file__).parent / "static" / "emoji.txt"


def lines(data: dict[str, Any]) -> list[str]:
    """One line for each emoji of the package's data: "👍 +1 thumbsup"."""
    names: dict[str, list[str]] = {name: [name] for name in data["emojis"]}
    for alias, name in data["aliases"].items():
        names[name].append(alias)
    return [" ".join([data["emojis"][name]["skins"][0]["native"], *found]) for name, found in names.items()]


if __name__ == "__main__":
    LIST.write_text("\n".join(lines(json.loads(Path(sys.argv[1]).read_text("utf-8")))) + "\n", "utf-8")
