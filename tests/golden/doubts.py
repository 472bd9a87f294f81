"""What there is to read for people who are asked early on whether the match is a good one."""

from messages.partnerships import doubts
from tests.golden.making import said, shown
from tests.messages.examples import ADA, BEN, CUSTOM, PARTNERSHIP, PLAIN

DOUBTS = {
    "good-match": said(doubts.good_match),
    "view": shown(lambda: doubts.doubts_view(PARTNERSHIP, ADA, PLAIN)),
    "view-own-words": shown(lambda: doubts.doubts_view(PARTNERSHIP, BEN, CUSTOM, is_deactivated=True)),
    "ended": shown(lambda: doubts.ended_view(PARTNERSHIP.id)),
}
