"""Everything that is said to Slack or asked of it, but for the opening of a form."""

from scheduler.delivery.answers import Answers
from scheduler.delivery.worker import Delivery

__all__ = ["Answers", "Delivery"]
