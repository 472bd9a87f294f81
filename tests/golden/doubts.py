"""What there is to read for people who are asked early on whether the match is a good one."""

from mentoring.partnerships.partnership import Pause
from messages.partnerships import doubts
from tests.golden.making import said, shown
from tests.messages.examples import ADA, BEN, CUSTOM, PARTNERSHIP, PLAIN, gone

DOUBTS = {
    "good-match": said(doubts.good_match),
    "view": shown(lambda: doubts.doubts_view(PARTNERSHIP, ADA, PLAIN)),
    "view-own-words": shown(
        lambda: doubts.doubts_view(PARTNERSHIP, BEN, CUSTOM, pause=Pause(PARTNERSHIP, (gone(ADA),)))
    ),
    "ended": shown(lambda: doubts.ended_view(PARTNERSHIP.id)),
}
