"""What there is to read of a person's own data: the page, the file, and the questions before an erasure."""

from dataclasses import replace
from datetime import UTC, date, datetime

from mentoring.core.programmes import Keeping
from mentoring.own_data.erasing import ErasureContext
from mentoring.own_data.records import Category, Kept, OwnData, OwnDeletion, OwnRecord
from mentoring.retention.retention import DataKind
from messages.own_data.erasure import erase_again_form, erase_form, erased_view
from messages.own_data.page import page
from messages.own_data.redaction import removed
from tests.golden.making import Piece, said, shown
from tests.messages.examples import ADA, BEN, CUSTOM, OWEN, PLAIN, SUE, member

MADE_AT = datetime(2027, 3, 2, 15, 30, tzinfo=UTC)
ODD = "שלום <b>👩🏽‍💻</b> & “so”"
RECORDS = (
    OwnRecord(Category.PROFILE, "people", {"id": ADA, "time_zone": "Europe/London", "leave_until": None}),
    OwnRecord(Category.APPLICATIONS, "applications", {"cohort_id": "C1", "topics": ("Leading", "Écrire")}),
    OwnRecord(Category.APPLICATIONS, "application_private_answers", {"hopes": ODD, "no_manager": False}),
    OwnRecord(Category.MEETINGS, "meetings", {"met_on": date(2027, 2, 22), "minutes": 60}),
    OwnRecord(Category.HELP, "cases", {"opened_at": MADE_AT, "contact": OWEN}, frozenset({"contact"})),
    *(
        OwnRecord(Category.LOOKS, "owner_record", {"action": action, "by": OWEN, "at": MADE_AT})
        for action in ("viewed", "corrected", "viewed", "nudged", "viewed", "viewed")
    ),
    OwnRecord(Category.MESSAGES, "outbox", {"kind": "check-in", "sent_at": MADE_AT}),
)
KEPT = Kept(("the owners and the committee",), ("until the person is erased",))
ASKED = Kept(("the people who were asked for help",), ("until the case is closed, or the person is erased",))
DATA = OwnData(
    member(ADA),
    RECORDS,
    {"C1": "Library mentoring", OWEN: "Owen Owner"},
    {
        **dict.fromkeys(Category, KEPT),
        Category.HELP: Kept(
            ("the people who were asked for help",), ("until the case is closed, or the person is erased",)
        ),
    },
    from_staff_list=True,
)
NOTHING = OwnData(member(ADA), (), {}, dict.fromkeys(Category, KEPT))
TIMES = replace(
    DATA,
    kept={**DATA.kept, Category.MEETINGS: Kept(KEPT.readers, KEPT.retentions, (DataKind.NOTES, DataKind.APPLICATIONS))},
    programmes=(PLAIN, replace(CUSTOM, keeping=Keeping(6, 3, 36, 18))),
    deletions=(
        OwnDeletion(BEN, DataKind.ANSWERS, date(2028, 2, 29)),
        OwnDeletion(BEN, DataKind.NOTES, date(2028, 3, 30)),
    ),
)
ALONE = ErasureContext(member(ADA), {"P1": (SUE,)}, {"P1": "Library"}, frozenset({"P1"}))
OWNER = ErasureContext(
    member(OWEN),
    {"P1": (OWEN, SUE), "P2": (OWEN, SUE, BEN)},
    {"P1": "Library", "P2": ""},
    frozenset({"P1", "P2"}),
    contact_of=frozenset({"P1"}),
    has_partners=True,
)

OWN_DATA_PIECES: dict[str, Piece] = {
    "own-data": said(lambda: page(DATA)),
    "own-data-times": said(lambda: page(TIMES)),
    "own-data-nothing": said(lambda: page(NOTHING)),
    "own-data-of-no-applicant": said(lambda: page(replace(NOTHING, from_staff_list=True, is_noted=True))),
    "erase-form": shown(lambda: erase_form(ALONE, own=True)),
    "erase-form-owner": shown(lambda: erase_form(OWNER, own=True)),
    "erase-form-for-somebody": shown(lambda: erase_form(OWNER, own=False)),
    "erase-again-form": shown(lambda: erase_again_form(ALONE, own=True)),
    "erase-again-form-for-somebody": shown(lambda: erase_again_form(ALONE, own=False)),
    "erased": shown(lambda: erased_view(own=True)),
    "erased-for-somebody": shown(lambda: erased_view(own=False)),
    "removed-in-slack": said(removed),
}
