"""Whom the programme is for, in words."""

from mentoring.core.programmes import Segment
from messages.blocks import listing

MOST_OF_LIST = 300


def described(segment: Segment) -> str:
    """The departments and grades, in mrkdwn: "Collections or IT; grade Assistant"."""
    said = []
    if segment.departments:
        said.append(listing(segment.departments, MOST_OF_LIST, "or"))
    if segment.grades:
        called = "grade" if len(segment.grades) == 1 else "grades"
        said.append(f"{called} {listing(segment.grades, MOST_OF_LIST, 'or')}")
    return "; ".join(said) or "everybody"
