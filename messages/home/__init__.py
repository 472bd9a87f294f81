"""Home: a person's own page, as the Home tab and, as far as a message can, as the reply to `/mentor`."""

from messages.home.page import home_message, home_view, neutral_view
from messages.home.replies import done_view, reply_view

__all__ = ["done_view", "home_message", "home_view", "neutral_view", "reply_view"]
