"""What there is to read of data that is deleted after some time."""

from dataclasses import replace
from datetime import date

from mentoring.core.outcome import NotificationKind
from mentoring.core.programmes import Programme
from tests.golden.making import Piece, told
from tests.messages.examples import ADA, CUSTOM, ENDED, PLAIN


def _ends(programme: Programme, kinds: str) -> Piece:
    refs = {"partnership": ENDED.id, "deleted": "2030-05-06", "kinds": kinds}
    return told(NotificationKind.DATA_ENDS, ADA, programme, date(2030, 4, 5), refs, partnership=replace(ENDED))


RETENTION_PIECES: dict[str, Piece] = {
    "notification-data-ends": _ends(PLAIN, "notes,answers"),
    "notification-data-ends-own-words": _ends(CUSTOM, "answers"),
}
