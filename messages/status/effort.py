"""How much work a programme was for its owners in the last month. Only owners read it."""

from slack_sdk.models.blocks import Block

from mentoring.effort import Effort, MonthOfEffort
from messages.blocks import small_print
from messages.text import plural

_EXACT_BELOW = 20
"""From here on, presses are rounded to tens: a press may be lost when the bot stops."""


def effort_line(month: MonthOfEffort | None) -> list[Block]:
    """One line for the status and for the first Monday of a month; nothing if there is nothing to tell."""
    if month is None:
        return []
    words = f"In {month.month:%B}, this programme took you {_of(month.own)}."
    if month.owners > 1:
        words += f" All owners together: {_of(month.together)}."
    return [small_print(words)]


def _of(effort: Effort) -> str:
    presses = plural(_rounded(effort.presses), "press", "presses")
    about = "about " if effort.presses >= _EXACT_BELOW else ""
    return f"{about}{presses if effort.presses else 'no presses'} and {plural(effort.messages, 'message', 'messages')}"


def _rounded(count: int) -> int:
    return count if count < _EXACT_BELOW else round(count, -1)
