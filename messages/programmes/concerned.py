"""Whom new settings concern who has applied or been introduced already."""

from collections.abc import Sequence
from datetime import date as Date

from mentoring.applications.application import Application, Role
from mentoring.core.lengths import add_months
from mentoring.core.programmes import Programme
from mentoring.status import CohortStatus, PartnershipStatus
from messages.text import join, mention, plural
from messages.voice import Voice

MOST_NAMED = 10


def whom_it_concerns(
    status: CohortStatus, partnerships: PartnershipStatus | None, programme: Programme, today: Date
) -> list[str]:
    """Who does not fit the lengths, places and service of the programme any more, and what becomes of it, in mrkdwn.

    `today` is the reader's date.
    """
    voice = Voice(programme)
    sent = (*status.waiting, *status.late)
    mentors = [each for each in sent if each.role is Role.MENTOR]
    found = []
    if others := [each for each in sent if each.length not in programme.lengths]:
        found.append(
            f"*Another length:* {_names(others)}. They applied for a length that you no longer offer, and keep it."
        )
    if short := [each for each in mentors if _is_too_new(each, programme, today)]:
        found.append(f"*Not here as long:* {_names(short)}. They have applied already, and can still be matched.")
    if many := [each for each in mentors if each.places > programme.most_places]:
        most = plural(programme.most_places, voice.mentee, voice.mentees)
        found.append(
            f"*More places:* {_names(many)}. They offer more than you allow now. We propose at most {most} to each. "
            f"Active {voice.partnerships} continue."
        )
    if partnerships and partnerships.active:
        count = plural(
            len(partnerships.active), f"active {voice.partnership} keeps", f"active {voice.partnerships} keep"
        )
        own = ", or an agreement of the two that it allows" if programme.has_agreements else ""
        found.append(f"{count} the agreed length. Reminders to meet follow the new rhythm{own}.")
    return found


def which_matches_it_concerns(partnerships: PartnershipStatus | None, programme: Programme) -> list[str]:
    """What becomes of sent matches if people are asked or introduced in another way, in mrkdwn."""
    found = []
    if partnerships and partnerships.offered and not programme.ask_first:
        wait = plural(partnerships.offered, "match waits", "matches wait")
        found.append(f"*Asked already:* {wait} for answers as before.")
    if partnerships and partnerships.agreed and not programme.introduces_at_start:
        wait = plural(partnerships.agreed, "match waits", "matches wait")
        found.append(f"*Accepted already:* {wait} for the start of the round. We introduce these people within a day.")
    return found


def _is_too_new(application: Application, programme: Programme, today: Date) -> bool:
    if not programme.service_months:
        return False
    started = application.started_on
    return started is None or add_months(started, programme.service_months) > today


def _names(applications: Sequence[Application]) -> str:
    people = list(dict.fromkeys(each.person for each in applications))
    rest = len(people) - MOST_NAMED
    return join([*map(mention, people[:MOST_NAMED]), *([f"{rest} more"] if rest > 0 else [])])
