"""Calls to Slack, except for opening forms: sending notifications, updating live views, fetching profiles."""

from scheduler.delivery.rate_limiter import DEFAULT_LIMITS, RateLimits
from scheduler.delivery.response_urls import ResponseUrlClient
from scheduler.delivery.worker import DeliveryWorker

__all__ = ["DEFAULT_LIMITS", "DeliveryWorker", "RateLimits", "ResponseUrlClient"]
