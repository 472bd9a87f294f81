"""What putting two people together would do to the others, in words."""

from mentoring.matching.optimiser.compare import Change, Comparison, Cost
from messages.text import join, mention, plural


def cost(comparison: Comparison) -> str:
    """In mrkdwn; empty where no owner could put the two together, or where they are together already."""
    found = comparison.cost
    if found is None:
        return ""
    if comparison.is_best:
        return "" if comparison.stands else "They would be proposed to each other if proposals were made now."
    lines = [_change(change) for change in found.changes]
    more = [f"And {plural(found.more, 'more change', 'more changes')}."] if found.more else []
    return "\n".join(["*If the two were put together*", _in_all(found), *lines, *more])


def _in_all(found: Cost) -> str:
    if found.fewer > 0:
        many = f"{plural(found.fewer, 'match', 'matches')} fewer in all"
    elif found.fewer < 0:
        many = f"{plural(-found.fewer, 'match', 'matches')} more in all"
    else:
        many = "As many matches in all"
    before, after = round(found.before.average), round(found.after.average)
    if not found.before.matched or before == after:
        return f"{many}, with an average of {after} of 100."
    return f"{many}, and the average goes from {before} to {after} of 100."


def _change(change: Change) -> str:
    who = f"• {mention(change.person)} would"
    gained = join([mention(person) for person in change.after if person not in change.before])
    lost = join([mention(person) for person in change.before if person not in change.after])
    if gained and lost:
        return f"{who} have {gained} instead of {lost}"
    if gained:
        return f"{who} have {gained}{', too' if change.before else ''}"
    return f"{who} {'no longer have' if change.after else 'have nobody instead of'} {lost}"
