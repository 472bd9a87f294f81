"""Messages, in each of the ways they leave: a call, an acknowledgement, a response_url.

https://docs.slack.dev/reference/methods/chat.postMessage
https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
"""

from messages.outgoing import limits
from messages.outgoing.blocks import IN_MESSAGE
from messages.outgoing.metadata import METADATA
from messages.outgoing.objects import ID
from messages.outgoing.spec import Fields, Flag, Many, OneOf, Shape, Text
from messages.outgoing.together import among_blocks, ids_differ, message_fits, one_focus


def _has_a_word(value: str) -> bool:
    return bool(value.strip())


_SAID: Fields = {"text": Text(limits.MESSAGE_TEXT, kind="text with a word in it", is_right=_has_a_word)}
_SHOWN: Fields = {
    "blocks": Many(IN_MESSAGE, 0, limits.MESSAGE_BLOCKS),
    "mrkdwn": Flag(),
    "unfurl_links": Flag(),
    "unfurl_media": Flag(),
}
_AUDIENCE: Fields = {"response_type": OneOf(("ephemeral", "in_channel"))}
_TOGETHER = (among_blocks(ids_differ, one_focus, message_fits),)

# Not here on purpose: `link_names` and `parse`, which would bring an `@channel` that someone typed to life.
_ADDRESSED: Fields = {"channel": ID, "user": ID, "ts": ID, "thread_ts": ID, "reply_broadcast": Flag()}

MESSAGE = Shape(_SAID, _SHOWN | _ADDRESSED | {"metadata": METADATA}, _TOGETHER)
COMMAND_ACK = Shape(_SAID, _SHOWN | _AUDIENCE, _TOGETHER)
RESPONSE_URL = Shape(
    _SAID,
    _SHOWN | _AUDIENCE | {"replace_original": Flag(), "delete_original": OneOf((False,)), "thread_ts": ID},
    _TOGETHER,
)
DELETE_ORIGINAL = Shape({"delete_original": OneOf((True,))})
