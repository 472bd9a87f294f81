"""A local Slack workspace to try and to test an app in: one app installed, people in it, everything on loopback."""

from sandbox.acts.desk import NotThereError, Reply
from sandbox.acts.submissions import Submission
from sandbox.clocks import Calendar
from sandbox.members import Member
from sandbox.person import Person
from sandbox.records import Answer, Call, Delivery
from sandbox.server import Sandbox
from sandbox.web_api.calls import Answered
from sandbox.workspace.elements import ImpossibleChoiceError
from sandbox.workspace.life import AlreadyLivingError
from sandbox.workspace.moments import Moments, Name, Passed
from sandbox.workspace.team import Post

__all__ = [
    "AlreadyLivingError",
    "Answer",
    "Answered",
    "Calendar",
    "Call",
    "Delivery",
    "ImpossibleChoiceError",
    "Member",
    "Moments",
    "Name",
    "NotThereError",
    "Passed",
    "Person",
    "Post",
    "Reply",
    "Sandbox",
    "Submission",
]
