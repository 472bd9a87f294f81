"""A scene in which every kind of notice has something to say, to be changed in one place at a time."""

from dataclasses import replace
from datetime import date
from typing import Any

from mentoring.applications.application import Role
from mentoring.core.outcome import Kind, Notice
from mentoring.matching.match import MatchState
from mentoring.notifications.context import Scene
from mentoring.notifications.undelivered import Fate, Undelivered
from mentoring.status import cohort_status
from messages.notifications import render
from messages.payloads import Message
from tests.messages.examples import (
    ADA,
    ASKED,
    BEN,
    CLOSED,
    COHORT,
    ENDED,
    FIRST,
    LATER,
    LEFT_AT,
    MATCH,
    MATCHING,
    OFFER,
    OTHERS_OFFER,
    OWEN,
    PARTNERSHIP,
    PLAIN,
    REPORT,
    REQUEST,
    gone,
    member,
    round_of,
    withdrawn,
)

TO_OWNERS = (
    Kind.WELCOME_OWNER,
    Kind.APPLICATIONS_CLOSED,
    Kind.PROGRAMME_CHANGED,
    Kind.COHORT_STATUS,
    Kind.WEEKLY_STATUS,
    Kind.DESK,
    Kind.NOT_PROPOSED,
    Kind.OPERATOR_RELEASED,
    Kind.OWNERS_OFFER_OVER,
    Kind.WORD_WANTED,
    Kind.OWNERS_PERSON_LEFT,
    Kind.OWNERS_PERSON_BACK,
    Kind.UNDELIVERED,
)
OF_A_DEPARTURE = (Kind.PARTNER_LEFT, Kind.OWNERS_PERSON_LEFT)
OF_A_RETURN = (Kind.PARTNER_BACK, Kind.WELCOME_BACK, Kind.OWNERS_PERSON_BACK)
OF_AN_OFFER = (Kind.MATCH_OFFERED, Kind.OFFER_REMINDER)
OF_A_FAILED_OFFER = (Kind.OFFER_DECLINED, Kind.OFFER_OVER, Kind.OWNERS_OFFER_OVER)
OF_A_MATCH = (*OF_AN_OFFER, Kind.OFFER_ACCEPTED, *OF_A_FAILED_OFFER)
NUDGES = (Kind.FIRST_MEETING_NUDGE, Kind.SECOND_MEETING_NUDGE, Kind.MONTHLY_NUDGE)
OF_A_RUNNING_PARTNERSHIP = (*NUDGES, Kind.CHECK_IN, Kind.SURVEY, Kind.SURVEY_REMINDER)
OF_A_PARTNERSHIP = (
    *OF_A_RUNNING_PARTNERSHIP,
    Kind.INTRODUCED,
    Kind.MEETING_LOGGED,
    Kind.SURVEY_THANKS,
    Kind.PARTNERSHIP_ENDED,
    Kind.PARTNERSHIP_CLOSED,
    Kind.BACK_IN_POOL,
    Kind.PARTNER_LEFT,
    Kind.PARTNER_BACK,
)


UNDELIVERED = (
    Undelivered("7", Kind.CHECK_IN, ADA, "", "user_not_found", Fate.FAILED),
    Undelivered("8", Kind.INTRODUCED, ADA, BEN, "TimeoutError", Fate.UNDECIDED),
    Undelivered("9", Kind.MONTHLY_NUDGE, BEN, "", "messages_tab_disabled", Fate.FAILED),
    Undelivered("10", Kind.SURVEY, BEN, "", "unsendable", Fate.FAILED),
)


def scene_of(kind: Kind, reader: str = "", today: date | None = None, **changes: Any) -> Scene:
    """Ada's, or an owner's, with the state of things that `kind` is about."""
    reader = reader or (OWEN if kind in TO_OWNERS else ADA)
    offer = replace(ASKED, state=MatchState.DECLINED) if kind in OF_A_FAILED_OFFER else ASKED
    if kind is Kind.OFFER_ACCEPTED:
        offer = replace(ASKED, accepted_by=(ADA,))
    partnership = {
        Kind.PARTNERSHIP_ENDED: ENDED,
        Kind.PARTNERSHIP_CLOSED: CLOSED,
        Kind.BACK_IN_POOL: replace(ENDED, back=(ADA,)),
    }.get(kind, PARTNERSHIP)
    more: dict[str, Any] = {
        "programme": PLAIN,
        "cohort": replace(COHORT, closed_on=LATER) if kind is Kind.COHORT_CLOSED else COHORT,
        "owners": (OWEN, BEN),
        "status": cohort_status(PLAIN, COHORT, [REQUEST, OFFER]),
        "application": withdrawn(REQUEST) if kind is Kind.APPLICATION_WITHDRAWN else REQUEST,
        "applications": {Role.MENTEE: REQUEST} if reader == ADA else {},
        "match": offer,
        "partnership": partnership,
        "meeting": FIRST,
        "profiles": {ADA: REQUEST, BEN: OTHERS_OFFER},
        "partnerships": REPORT,
        "theirs": (PARTNERSHIP,) if kind in (*OF_A_DEPARTURE, *OF_A_RETURN) else (),
        "people": {ADA: member(ADA), BEN: gone(BEN) if kind in OF_A_DEPARTURE else member(BEN)},
        "round": round_of(MATCH) if kind is Kind.DESK else None,
        "undelivered": UNDELIVERED if kind is Kind.UNDELIVERED else (),
    }
    return Scene(reader=member(reader), today=today or MATCHING, **(more | changes))


def told(kind: Kind, scene: Scene | None = None, **about: str) -> Message:
    scene = scene or scene_of(kind)
    return render(
        Notice(
            f"{kind}:1",
            kind,
            scene.reader.id,
            {"cohort": COHORT.id, "by": BEN, "person": BEN, "left": LEFT_AT.isoformat(), "report": "r1"} | about,
        ),
        scene,
    )
