"""The lists that owners read: people and partnerships."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from mentoring.applications.application import Role
from mentoring.core.owners import OPERATOR
from mentoring.core.paging import Page, PageMark
from mentoring.core.programmes import Programme
from mentoring.matching.decisions import DecisionKind, MatchDecision
from mentoring.meetings.log import MeetingTotals
from mentoring.oversight.asking import HowItStands, OversightKind, OversightRequest, StandingAnswer
from mentoring.owner_record import OwnerAct, OwnerAction, RecordEntry
from mentoring.people.listed_partnerships import ListedPartnership, PartnershipFilter
from mentoring.people.people_list import Participant, PeopleFilter
from messages import owner_record, people_list
from messages.oversight.view import Overseen
from messages.partnerships import owners_view
from messages.partnerships.owners_view import PartnershipsState
from messages.people_list import PeopleState
from tests.golden.making import Piece, shown
from tests.messages.contexts import LEAVE
from tests.messages.examples import (
    ADA,
    BEN,
    CLEO,
    CLOSED,
    COHORT,
    CUSTOM,
    ENDED,
    LATER,
    OFFER,
    OTHER_PARTNERSHIP,
    OTHERS_OFFER,
    OWEN,
    PARTNERSHIP,
    PLAIN,
    REQUEST,
    SUE,
    entered,
    gone,
    late,
    member,
    withdrawn,
)

MET = MeetingTotals(3, date(2027, 5, 3))
FIRST_PAGE: Page[Any] = Page((), total=0)
THERE = {each: member(each) for each in (ADA, BEN, CLEO, SUE)}

MATCHED = Participant(REQUEST, member(ADA), "IT", (PARTNERSHIP,), {"R1": MET}, THERE)
QUIET = Participant(
    replace(OTHERS_OFFER, places=3),
    member(BEN),
    "IT",
    (PARTNERSHIP, replace(PARTNERSHIP, id="R5", mentee=SUE)),
    {},
    THERE,
)
PEOPLE: tuple[tuple[Participant, ...], ...] = (
    (MATCHED, Participant(replace(OFFER, places=1), member(ADA))),
    (QUIET,),
    (Participant(replace(REQUEST, person=CLEO), member(CLEO), offers=1),),
    (Participant(replace(REQUEST, person=CLEO), member(CLEO), offers=1, agreed=1),),
    (Participant(late(replace(REQUEST, person=SUE)), member(SUE)),),
    (Participant(entered(replace(REQUEST, person=SUE)), member(SUE)),),
    (Participant(withdrawn(replace(REQUEST, person=SUE)), member(SUE)),),
    (Participant(REQUEST, member(ADA), "", (replace(ENDED, back=(ADA,)),), {"R1": MET}, THERE),),
    (Participant(replace(OTHERS_OFFER, cohort_id="C0"), member(BEN), "", (CLOSED,), {}, THERE),),
    (Participant(REQUEST, member(ADA), "", (PARTNERSHIP,), {"R1": MET}, THERE | {BEN: gone(BEN)}),),
    (Participant(OTHERS_OFFER, gone(BEN), "", (), {}, THERE),),
    (Participant(OTHERS_OFFER, replace(member(BEN), leave=LEAVE), "IT", (PARTNERSHIP,), {"R1": MET}, THERE),),
    (Participant(REQUEST, replace(member(ADA), leave=LEAVE), "", (), {}, THERE),),
)


def _people(
    programme: Programme = PLAIN,
    page: Page[tuple[Participant, ...]] = FIRST_PAGE,
    state: PeopleState = PeopleState(),  # noqa: B008 - frozen
) -> Piece:
    return shown(lambda: people_list.view(page, state, programme, COHORT, LATER, for_owner=True))


def _partnerships(
    programme: Programme = PLAIN,
    *listed: ListedPartnership,
    state: PartnershipsState = PartnershipsState(),  # noqa: B008
) -> Piece:
    page = Page(listed, PageMark("R9", 2), 41 + len(listed), PageMark("R9", 1, is_before=True), PageMark("R8", 3), 2)
    found = page if listed else FIRST_PAGE
    return shown(lambda: owners_view.all_view(found, state, programme, LATER, overseen=OVERSEEN, reader=member(OWEN)))


OVERSEEN = Overseen(
    OWEN,
    (OWEN, SUE),
    {
        "R2": [
            OversightRequest("R2", OversightKind.NUDGE, 1, OWEN, datetime(2027, 4, 1, 9, tzinfo=UTC)),
            OversightRequest("R2", OversightKind.STANDING, 1, SUE, datetime(2027, 4, 12, 9, tzinfo=UTC)),
        ]
    },
    {"R2": [StandingAnswer("R2", 1, ADA, HowItStands.MORE_TIME, datetime(2027, 4, 13, 9, tzinfo=UTC))]},
)
ALL = Page(PEOPLE, total=len(PEOPLE))
SECOND_PAGE = Page(PEOPLE[:2], PageMark("UX", 2), 42, PageMark("UX", 1, is_before=True), PageMark("UY", 3), 2)
LISTED = (
    ListedPartnership(PARTNERSHIP, MET, THERE),
    ListedPartnership(OTHER_PARTNERSHIP, MeetingTotals(), THERE),
    ListedPartnership(replace(PARTNERSHIP, months=2, responsible=SUE), MET, THERE),
    ListedPartnership(replace(PARTNERSHIP, mentor=OWEN, responsible=OWEN), MET, THERE),
    ListedPartnership(PARTNERSHIP, MET, THERE | {BEN: gone(BEN)}),
    ListedPartnership(ENDED, MET, THERE),
    ListedPartnership(CLOSED, MeetingTotals(), THERE),
)

DID_AT = datetime(2027, 2, 3, 14, 5, tzinfo=UTC)
RECORDED = (
    RecordEntry("e5", OwnerAct("e5", "C1", OwnerAction.EXPORTED, OPERATOR, DID_AT)),
    RecordEntry("e5n", OwnerAct("e5n", "C1", OwnerAction.EXPORTED, OWEN, DID_AT, fields=("names",))),
    RecordEntry("e5c", OwnerAct("e5c", "C1", OwnerAction.EXPORTED, OPERATOR, DID_AT, fields=("codes",))),
    RecordEntry("e0", OwnerAct("e0", "C1", OwnerAction.PURGED, OPERATOR, DID_AT, fields=("notes:1", "log:214"))),
    RecordEntry("e4", OwnerAct("e4", "C1", OwnerAction.WITHDREW, BEN, DID_AT, ADA, Role.MENTOR)),
    RecordEntry(
        "e3", OwnerAct("e3", "C1", OwnerAction.CORRECTED, OWEN, DID_AT, ADA, Role.MENTEE, ("topics", "months"))
    ),
    RecordEntry("e6", OwnerAct("e6", "C1", OwnerAction.ENTERED, OWEN, DID_AT, ADA, Role.MENTEE)),
    RecordEntry("e7", OwnerAct("e7", "C1", OwnerAction.PUT_ON_LEAVE, OWEN, DID_AT, ADA)),
    RecordEntry("e8", OwnerAct("e8", "C1", OwnerAction.ENDED_LEAVE, BEN, DID_AT, ADA)),
    RecordEntry("e9", OwnerAct("e9", "C1", OwnerAction.NUDGED, OWEN, DID_AT, ADA, other=BEN)),
    RecordEntry("e10", OwnerAct("e10", "C1", OwnerAction.HANDED_OVER, SUE, DID_AT, "", other=BEN)),
    RecordEntry("e2", OwnerAct("e2", "C1", OwnerAction.VIEWED, OWEN, DID_AT, ADA, Role.MENTEE)),
    RecordEntry("e1", OwnerAct("e1", "C1", OwnerAction.VIEWED, "", DID_AT, "", Role.MENTEE)),
    RecordEntry("d2", MatchDecision("C1", DecisionKind.PAIRED, SUE, DID_AT, ADA, BEN, "M1"), is_exception=True),
    RecordEntry("d1", MatchDecision("C1", DecisionKind.APPROVED, OWEN, DID_AT, ADA, BEN, "M1")),
)


def _record(programme: Programme, *entries: RecordEntry) -> Piece:
    return shown(lambda: owner_record.view(Page(entries, total=len(entries)), programme, OWEN))


LISTS: dict[str, Piece] = {
    "owner-record": _record(PLAIN, *RECORDED),
    "owner-record-own-words": _record(CUSTOM, *RECORDED),
    "owner-record-empty": _record(PLAIN),
    "people": _people(page=ALL),
    "people-own-words": _people(CUSTOM, SECOND_PAGE, PeopleState(name="A & b", department="IT", topic="Job search")),
    "people-nobody": _people(),
    "people-nobody-unmatched": _people(state=PeopleState(filter=PeopleFilter.UNMATCHED)),
    "people-not-found": _people(state=PeopleState(name="Zoe")),
    "people-search-own-words": shown(lambda: people_list.search_form(PeopleState(name="Ada"), CUSTOM, root="V1")),
    "partnerships-all": _partnerships(PLAIN, *LISTED),
    "partnerships-all-own-words": _partnerships(CUSTOM, *LISTED, state=PartnershipsState(name="Ada")),
    "partnerships-all-none": _partnerships(),
    "partnerships-all-none-own-words": _partnerships(CUSTOM, state=PartnershipsState(filter=PartnershipFilter.QUIET)),
    "partnerships-all-not-found": _partnerships(state=PartnershipsState(name="Zoe")),
    "partnerships-search": shown(lambda: owners_view.search_form(PartnershipsState(), root="V1")),
}
