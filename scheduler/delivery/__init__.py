"""Everything that is said to Slack or asked of it, but for the opening of a form."""

from scheduler.delivery.rate_limiter import STEADY, Pace
from scheduler.delivery.response_urls import Answers
from scheduler.delivery.worker import Delivery

__all__ = ["STEADY", "Answers", "Delivery", "Pace"]
