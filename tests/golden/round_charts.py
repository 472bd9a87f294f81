"""The charts of a round, with the plain blocks for where Slack refuses charts, and the message with the file."""

from dataclasses import replace

from mentoring.core.outcome import NotificationKind
from mentoring.status import cohort_status
from messages.payloads import Message
from messages.plain_blocks import in_plain
from messages.status import FileFormat, charts, figures_file
from tests.golden.making import Piece, said, told
from tests.messages.examples import COHORT, CUSTOM, OFFER, OWEN, PLAIN, REQUEST, RUNNING
from tests.messages.round_charts import NO_CHARTS, ROUND_CHARTS

_COUNTED = cohort_status(PLAIN, COHORT, (REQUEST, OFFER))


def _plain() -> Message:
    message = charts(ROUND_CHARTS, _COUNTED.topics, PLAIN, COHORT, RUNNING)
    return replace(message, blocks=tuple(in_plain(message.blocks)))


CHARTS: dict[str, Piece] = {
    "notification-round-charts": told(
        NotificationKind.ROUND_CHARTS, OWEN, PLAIN, RUNNING, charts=ROUND_CHARTS, status=_COUNTED
    ),
    "notification-round-charts-own-words": told(
        NotificationKind.ROUND_CHARTS, OWEN, CUSTOM, RUNNING, charts=ROUND_CHARTS, status=_COUNTED
    ),
    "notification-round-charts-of-nobody": told(
        NotificationKind.ROUND_CHARTS, OWEN, PLAIN, RUNNING, charts=NO_CHARTS, status=cohort_status(PLAIN, COHORT, ())
    ),
    "round-charts-in-plain-blocks": said(_plain),
    "round-figures": said(lambda: figures_file(ROUND_CHARTS, _COUNTED.topics, PLAIN, COHORT, RUNNING, FileFormat.CSV)),
}
