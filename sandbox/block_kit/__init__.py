"""What Slack's servers refuse, decided without I/O from the decoded JSON of messages, views and acknowledgements.

Every function returns a list of findings; an empty one means that Slack takes the payload. The first finding's `error`
is the error code of the Web API's answer, and `[str(each) for each in findings]` its `response_metadata.messages`.
Limits: https://docs.slack.dev/reference/block-kit.
"""

from sandbox.block_kit.messages import POSTED_TEXT, UPDATED_TEXT, check_message
from sandbox.block_kit.problems import Problem
from sandbox.block_kit.usage import Usage, message_usage, view_usage
from sandbox.block_kit.views import check_acknowledgement, check_errors, check_view

__all__ = [
    "POSTED_TEXT",
    "UPDATED_TEXT",
    "Problem",
    "Usage",
    "check_acknowledgement",
    "check_errors",
    "check_message",
    "check_view",
    "message_usage",
    "view_usage",
]
