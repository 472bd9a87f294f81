"""What owners read who ask what would help people without a match."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from mentoring.core.programmes import Segment, Weights
from mentoring.matching.what_would_help import Gain, RuleChange, WhatWouldHelp
from messages import matching
from tests.golden.making import Piece, shown
from tests.messages.examples import BEN, COHORT, CUSTOM, OTHERS_OFFER, PLAIN, REQUEST, late, round_of

STRICT: dict[str, Any] = {
    "least_gap": 2,
    "shared_hours": True,
    "weights": Weights(at_least=40),
    "for_mentees": Segment(("IT",), ("Assistant",)),
    "for_mentors": Segment(("IT", "Collections")),
}
SENT = (REQUEST, OTHERS_OFFER, late(replace(REQUEST, id="A3", person=BEN)), late(replace(OTHERS_OFFER, id="A4")))
ROUND = round_of(programme=replace(PLAIN, **STRICT), applications=SENT)
OWN_WORDS = replace(ROUND, programme=replace(CUSTOM, **STRICT))
STARTED = replace(ROUND, cohort=replace(COHORT, starts_on=COHORT.apply_by + timedelta(days=1)))
GAP, NONE, PLACES = RuleChange.SMALLER_GAP, RuleChange.NO_GAP, RuleChange.MORE_PLACES
SOME = WhatWouldHelp(
    5,
    (Gain((GAP,), 1), Gain((NONE,), 3, is_exact=False), Gain((PLACES,), 4)),
    (RuleChange.ALL_MENTEES, RuleChange.ALL_MENTORS, RuleChange.ANY_HOURS, RuleChange.ANY_SCORE),
)
EVERY = WhatWouldHelp(12, tuple(Gain((change,), n) for n, change in enumerate(RuleChange, 1)), ())


def _shows(found: WhatWouldHelp, round_: Any = ROUND) -> Piece:
    return shown(lambda: matching.what_would_help_view(round_, found))


WHAT_WOULD_HELP: dict[str, Piece] = {
    "soon": shown(matching.what_would_help_soon),
    "some": _shows(SOME),
    "every": _shows(EVERY),
    "every-own-words": _shows(EVERY, OWN_WORDS),
    "late-after-the-start": _shows(WhatWouldHelp(0, (Gain((RuleChange.LATE_APPLICATIONS,), 1),), (PLACES,)), STARTED),
    "two-together": _shows(
        WhatWouldHelp(3, (Gain((GAP, RuleChange.ANY_SCORE), 2),), (GAP, NONE, RuleChange.ANY_SCORE))
    ),
    "nothing-needed": _shows(WhatWouldHelp(0, (), (GAP, PLACES))),
    "nothing": _shows(WhatWouldHelp(3, (), (GAP, NONE, PLACES))),
    "nothing-but-one": _shows(WhatWouldHelp(1, (), (PLACES,))),
    "nothing-to-change": _shows(WhatWouldHelp(1, (), ())),
}
