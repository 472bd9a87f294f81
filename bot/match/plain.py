"""What is written for Slack, as it is read on a terminal."""

import re
from collections.abc import Callable

_MARKS = re.compile(
    r"<@(?P<who>[UW]\w+)>|<!date\^[^|>]*\|(?P<when>[^>]*)>|(?<![\w*])\*(?P<bold>[^*\n]+)\*(?!\w)|&(?P<sign>amp|lt|gt);"
)
_SIGNS = {"amp": "&", "lt": "<", "gt": ">"}


def plain(mrkdwn: str, name: Callable[[str], str]) -> str:
    """Names for mentions, dates in words, and nothing in bold."""

    def read(mark: re.Match[str]) -> str:
        if who := mark["who"]:
            return name(who)
        return mark["when"] or mark["bold"] or _SIGNS[mark["sign"]]

    return _MARKS.sub(read, mrkdwn)
