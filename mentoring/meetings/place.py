"""Where two people meet: a few words or a link, which either of them can change."""

from dataclasses import dataclass, replace
from typing import Final

from mentoring.core.clean_text import clean_line
from mentoring.core.errors import MentoringError, NotALink, StaleRequest, TooLong
from mentoring.core.fields import FieldName
from mentoring.core.links import is_link
from mentoring.core.outcome import NOTHING, Outcome
from mentoring.meetings.errors import NotOffered
from mentoring.meetings.files import own_file
from mentoring.meetings.planned import MeetingPlan, PlannedMeeting
from mentoring.partnerships.events import PartnershipEvent
from mentoring.partnerships.transitions import check_transition

MOST_PLACE: Final = 250
"""Characters of a place."""
_NO_LINKS: Final = ("data:", "file:", "javascript:", "mailto:", "tel:", "vbscript:")
"""How a word begins that is a link and leads to no web page."""

_ENDS: Final = ".,;!?"


@dataclass(frozen=True)
class MeetingPlace:
    """Where the two people of a partnership meet, at the next meeting and at those after it, until one of them changes
    it. `words` is "" if they have taken it back; `changed_by` is who changed it last (a Slack user id). Only the two
    people can read it.
    """

    partnership_id: str
    words: str
    changed_by: str
    version: int = 1

    @property
    def link(self) -> str:
        """The first https link in it, without what ends a sentence, or ""."""
        words = (word.rstrip(_ENDS) for word in self.words.split())
        return next((word for word in words if is_link(word) and word.lower().startswith("https:")), "")


def check_place(plan: MeetingPlan, *, by: str) -> PlannedMeeting:
    """The planned meeting whose place `by` can change. Raises NotForYou, AlreadyEnded, NotOffered."""
    check_transition(PartnershipEvent.CHANGE_PLACE, plan.partnership, by)
    if plan.current is None or not plan.current.is_ahead(plan.now):
        raise NotOffered
    return plan.current


def change_place(plan: MeetingPlan, stored: MeetingPlace | None, words: str, *, by: str, seen_version: int) -> Outcome:
    """Say where the meeting of the plan takes place, and those after it; "" takes the place back.

    The messages of both show it, and `by` gets the calendar file if they have agreed on a time. `seen_version` is that
    of the place which the form showed, or 0. The same twice has one effect. Raises NotForYou, AlreadyEnded, NotOffered,
    TooLong, NotALink, StaleRequest.
    """
    planned = check_place(plan, by=by)
    words = clean_line(words)
    if refusal := _refusal(words):
        raise refusal
    if words == (stored.words if stored else ""):
        return NOTHING
    if seen_version != (stored.version if stored else 0):
        raise StaleRequest
    if stored:
        place = replace(stored, words=words, changed_by=by, version=stored.version + 1)
    else:
        place = MeetingPlace(plan.partnership.id, words, by)
    if not planned.is_booked:
        return Outcome((place, planned.changed()))
    changed = planned.changed(sequence=planned.sequence + 1)
    return Outcome((place, changed)) + own_file(changed, plan, by=by)


def _refusal(words: str) -> MentoringError | None:
    if len(words) > MOST_PLACE:
        return TooLong(FieldName.MEETING_PLACE, MOST_PLACE)
    for word in words.split():
        looks_like_link = "://" in word or word.lower().startswith(_NO_LINKS)
        if looks_like_link and not is_link(word):
            return NotALink(FieldName.MEETING_PLACE)
    return None
