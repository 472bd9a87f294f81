"""The checks of Slack's servers for messages, views and acknowledgements, without I/O.

Every function takes decoded JSON and returns a list of problems, empty if Slack accepts the payload. The `error` of the
first is the error code of the Web API's response, and `[str(each) for each in problems]` its
`response_metadata.messages`. Limits: https:

docs.slack.dev/reference/block-kit.
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
