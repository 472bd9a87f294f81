"""A local Slack workspace for trying out and testing an app. One app is installed; everything runs on loopback."""

from sandbox.actions.context import ActionResult, NotVisibleError
from sandbox.actions.submissions import Submission
from sandbox.clocks import Calendar
from sandbox.members import Member, ProfileField
from sandbox.persistence.file import StateUnusableError
from sandbox.person import Person
from sandbox.scenarios import OnProgress, Progress, Scenario, StartingPerson
from sandbox.server import Sandbox
from sandbox.tours import Hint, Landing, TourError, TourStep
from sandbox.traffic import Call, RecordedDelivery, RecordedResponse
from sandbox.web_api.calls import ApiResponse
from sandbox.workspace.element_state import ImpossibleChoiceError
from sandbox.workspace.fast_forward import AlreadyMovingError
from sandbox.workspace.timeline import AppTimeline, MessageName, TimelineStep
from sandbox.workspace.workspace import Post

__all__ = [
    "ActionResult",
    "AlreadyMovingError",
    "ApiResponse",
    "AppTimeline",
    "Calendar",
    "Call",
    "Hint",
    "ImpossibleChoiceError",
    "Landing",
    "Member",
    "MessageName",
    "NotVisibleError",
    "OnProgress",
    "Person",
    "Post",
    "ProfileField",
    "Progress",
    "RecordedDelivery",
    "RecordedResponse",
    "Sandbox",
    "Scenario",
    "StartingPerson",
    "StateUnusableError",
    "Submission",
    "TimelineStep",
    "TourError",
    "TourStep",
]
