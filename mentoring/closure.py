"""The last page of the closing survey: a thank-you, whether a mentor goes on, and being named (D0.18)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from mentoring.applications.application import Application, ApplicationState, return_to_pool
from mentoring.core.errors import InvalidForm, MentoringError, OutOfRange, TooLong
from mentoring.core.fields import FieldName
from mentoring.core.outcome import NOTHING, Notification, NotificationKind, Outcome
from mentoring.core.people import Person
from mentoring.core.programmes import Cohort
from mentoring.partnerships.errors import AlreadyEnded, NobodyToThank, NotAsked
from mentoring.partnerships.events import PartnershipEvent
from mentoring.partnerships.partnership import Partnership, PartnershipState
from mentoring.partnerships.transitions import check_transition

MOST_THANKS = 1000
_MOST_SENT = 3000
"""Characters of a thank-you together with what helped, as one message shows them."""


@dataclass(frozen=True)
class ClosureForm:
    """`places`: for how many mentees at a time a mentor goes on, 0 for not now; None if it was left out. `sends_helps`:
    the other also reads what the person wrote in the survey about what helped.
    """

    thanks: str = ""
    places: int | None = None
    is_named: bool = False
    sends_helps: bool = False

    def words(self, helps: str) -> str:
        """What the other reads. `helps` is what the person wrote in the survey about what helped."""
        return "\n\n".join(filter(None, (self.thanks, helps if self.sends_helps else "")))


@dataclass(frozen=True)
class Closure:
    """What one of the two said on the last page. Owners see that the two may be named once both have agreed to it."""

    partnership_id: str
    person: str
    is_named: bool
    places: int | None
    answered_at: datetime


@dataclass(frozen=True)
class ThankYou:
    """What `author` wrote to the other, for the two alone. It is sent once."""

    partnership_id: str
    author: str
    words: str


@dataclass(frozen=True)
class Together:
    """What the two did together, for them alone. `goals` are those that the reader may read."""

    met: int
    items: int = 0
    items_done: int = 0
    goals: int = 0
    goals_reached: int = 0


def check_closure(partnership: Partnership, by: str, *, has_met: bool, has_answered: bool) -> None:
    """Raise unless the last page is open to `by`: they have met, and have answered the survey, or it has closed. It
    stays open to who has answered if the other ends the partnership then.

    For a page that was opened, `has_met` is true, also if a meeting has been deleted since: nothing typed is lost.

    Raises NotForYou, AlreadyEnded, NotAsked.
    """
    check_transition(PartnershipEvent.SAY_THANKS, partnership, by)
    if partnership.state is PartnershipState.ENDED and not has_answered:
        raise AlreadyEnded
    if not has_met or (partnership.is_active and not has_answered):
        raise NotAsked


def record_closure(
    partnership: Partnership,
    form: ClosureForm,
    *,
    by: Person,
    before: Closure | None,
    thanked: str,
    most_places: int,
    now: datetime,
    helps: str = "",
) -> Outcome:
    """Save the last page, once, and send the thank-you. `check_closure` comes first.

    `before` and `thanked` are what this person has said already, and `helps` what they wrote in the survey about what
    helped. `now` is the calendar, aware. Idempotent. Raises
    NotAsked if they said something else before, InvalidForm.
    """
    places = form.places if by.id == partnership.mentor else None
    words = form.words(helps)
    if before is not None:
        if (before.is_named, before.places, thanked) != (form.is_named, places, words):
            raise NotAsked(answered=True)
        return NOTHING
    other = partnership.other(by.id)
    if reasons := tuple(_wrong(form, other, places, most_places, helps)):
        raise InvalidForm(reasons)
    outcome = Outcome((Closure(partnership.id, by.id, form.is_named, places, now),))
    if words:
        kind, refs = NotificationKind.THANK_YOU, {"partnership": partnership.id}
        sent = Notification(f"{kind}:{partnership.id}:{other}", kind, other, refs)
        outcome += Outcome((ThankYou(partnership.id, by.id, words),), (sent,))
    return outcome


def change_naming(before: Closure, *, is_named: bool) -> Outcome:
    """Take back that one may be named, or say so after all. Nobody is told. Idempotent. `check_closure` comes first."""
    return NOTHING if before.is_named is is_named else Outcome((replace(before, is_named=is_named),))


def _wrong(form: ClosureForm, other: str, places: int | None, most_places: int, helps: str) -> Iterator[MentoringError]:
    most = min(MOST_THANKS, _MOST_SENT - len(form.words(helps)) + len(form.thanks))
    if (form.thanks or form.sends_helps) and not other:
        yield NobodyToThank(FieldName.THANKS)
    elif len(form.thanks) > most:
        yield TooLong(FieldName.THANKS, most)
    if places is not None and not 0 <= places <= most_places:
        yield OutOfRange(FieldName.PLACES_AGAIN, 0, most_places)


def go_on(
    partnership: Partnership,
    closure: Closure | None,
    *,
    sent: Application | None,
    cohort: Cohort,
    there: Application | None,
) -> Outcome:
    """What a mentor's wish to go on does once the partnership is over: their application gives the place free, with
    as many places as they said, and belongs to the current `cohort`.

    `sent` is the application that led to it, and `there` the mentor's in the current cohort, if they have one: then
    that has the places, unless it was sent after they said how many. Nothing if they do not go on, have gone on
    already, or have withdrawn.
    """
    mentor = partnership.mentor
    if closure is None or not closure.places or mentor in partnership.back or sent is None:
        return NOTHING
    if any(each.state is not ApplicationState.OPEN for each in (sent, there) if each):
        return NOTHING
    back = return_to_pool(partnership, by=mentor, sent=sent, cohort=cohort, is_there=there is not None)
    current = there or next((change for change in back.changes if isinstance(change, Application)), sent)
    if current.places == closure.places or (there and there.sent_at > closure.answered_at):
        return back
    changes = tuple(change for change in back.changes if change is not current)
    is_moved = current in back.changes  # it has its new version already
    version = current.version if is_moved else current.version + 1
    return Outcome((*changes, replace(current, places=closure.places, version=version)), back.notifications)
