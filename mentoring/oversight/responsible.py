"""The owner who looks after a partnership: questions about it go to them, or to all owners if there is none."""

from collections.abc import Sequence

from mentoring.partnerships.partnership import Partnership


def responsible_owner(partnership: Partnership, owners: Sequence[str]) -> str:
    """The owner (Slack user id) to whom it was handed over, while they are an owner and neither of the two; or ""."""
    named = partnership.responsible
    return named if named in owners and named not in partnership.people else ""


def owners_for(partnership: Partnership, owners: Sequence[str]) -> tuple[str, ...]:
    """Those of the owners who hear of what needs an owner in this partnership; never one of the two."""
    named = responsible_owner(partnership, owners)
    return (named,) if named else tuple(each for each in owners if each not in partnership.people)
