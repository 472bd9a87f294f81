"""Everything that is said to Slack or asked of it, but for the opening of a form."""

from scheduler.delivery.answers import Answers
from scheduler.delivery.pacing import STEADY, Pace
from scheduler.delivery.worker import Delivery

__all__ = ["STEADY", "Answers", "Delivery", "Pace"]
