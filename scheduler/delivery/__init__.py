"""Everything that is said to Slack or asked of it, but for the opening of a form."""

from scheduler.delivery.rate_limiter import DEFAULT_LIMITS, RateLimits
from scheduler.delivery.response_urls import ResponseUrlClient
from scheduler.delivery.worker import DeliveryWorker

__all__ = ["DEFAULT_LIMITS", "DeliveryWorker", "RateLimits", "ResponseUrlClient"]
