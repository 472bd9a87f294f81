"""A local Slack workspace to try and to test an app in: one app installed, people in it, everything on loopback."""

from sandbox.clocks import Calendar
from sandbox.desk import NotThereError, Reply
from sandbox.elements import ImpossibleChoiceError
from sandbox.members import Member
from sandbox.person import Person
from sandbox.records import Answer, Call, Delivery
from sandbox.server import Sandbox
from sandbox.submissions import Submission

__all__ = [
    "Answer",
    "Calendar",
    "Call",
    "Delivery",
    "ImpossibleChoiceError",
    "Member",
    "NotThereError",
    "Person",
    "Reply",
    "Sandbox",
    "Submission",
]
