"""A local Slack workspace to try and to test an app in: one app installed, people in it, everything on loopback."""

from sandbox.actions.context import NotThereError, Reply
from sandbox.actions.submissions import Submission
from sandbox.clocks import Calendar
from sandbox.members import Member
from sandbox.persistence.file import StateUnusableError
from sandbox.person import Person
from sandbox.records import Answer, Call, Delivery
from sandbox.server import Sandbox
from sandbox.stories import First, Progress, Story, Tell
from sandbox.tours import Hint, Landing, Step, TourError
from sandbox.web_api.calls import Answered
from sandbox.workspace.element_state import ImpossibleChoiceError
from sandbox.workspace.life import AlreadyLivingError
from sandbox.workspace.timeline import Moments, Name, Passed
from sandbox.workspace.workspace import Post

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
