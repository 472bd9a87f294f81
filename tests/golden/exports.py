"""What there is to read of exporting data."""

from mentoring.core.outcome import NotificationKind
from messages.exports import export_offer
from tests.golden.making import Piece, said, told
from tests.messages.examples import CUSTOM, OWEN, PLAIN, RUNNING
from tests.messages.exports import EXPORT

_REFS = {"programme": PLAIN.id, "format": "xlsx", "naming": "codes"}

EXPORT_PIECES: dict[str, Piece] = {
    "export-offer": said(lambda: export_offer(PLAIN)),
    "export-offer-own-words": said(lambda: export_offer(CUSTOM)),
    "notification-data-export": told(NotificationKind.DATA_EXPORT, OWEN, PLAIN, RUNNING, _REFS, export=EXPORT),
}
