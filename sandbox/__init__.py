"""A local Slack workspace to try and to test an app in: one app installed, people in it, everything on loopback."""

from sandbox.acts.desk import NotThereError, Reply
from sandbox.acts.submissions import Submission
from sandbox.clocks import Calendar
from sandbox.keeping.file import StateUnusableError
from sandbox.members import Member
from sandbox.person import Person
from sandbox.records import Answer, Call, Delivery
from sandbox.server import Sandbox
from sandbox.stories import First, Progress, Story, Tell
from sandbox.tours import Hint, Landing, Step, TourError
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
    "First",
    "Hint",
    "ImpossibleChoiceError",
    "Landing",
    "Member",
    "Moments",
    "Name",
    "NotThereError",
    "Passed",
    "Person",
    "Post",
    "Progress",
    "Reply",
    "Sandbox",
    "StateUnusableError",
    "Step",
    "Story",
    "Submission",
    "Tell",
    "TourError",
]
