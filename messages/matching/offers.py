"""What both people of a match read before they answer: the deadline, the other person, and two buttons (D2.17)."""

from datetime import date as Date

from slack_sdk.models.blocks import ActionsBlock, Block

from mentoring.applications.application import Application
from mentoring.core.people import Person, zone_named
from mentoring.core.programmes import Cohort
from mentoring.matching.match import Match
from messages.applications.wording import WAYS_MET
from messages.blocks import actions, button, confirm, facts, listing
from messages.ids import ACCEPT_MATCH, DECLINE_MATCH
from messages.lengths import amount
from messages.text import date, escape, join

MOST_OF_TOPICS = 1000


def answer_by(match: Match, reader: Person | None = None) -> str:
    """When an offer lapses, in mrkdwn and the reader's time zone; "" before it is released.

    For one `reader` the day is written out; for several, or in an unknown time zone, Slack formats it.
    """
    lapses_at = match.answer_by
    if lapses_at is None:
        return ""
    if reader is None or not zone_named(reader.time_zone):
        return date(lapses_at, "{date} at {time}")
    local = reader.local(lapses_at)
    return f"{date(local.date())} at {date(local, 'time', f'{local:%H:%M}')}"


def profile(application: Application) -> list[Block]:
    """What the other person reads of an application, as its form has announced."""
    pairs = [
        ("Topics", listing(application.topics, MOST_OF_TOPICS) or "–"),
        ("How long", amount(application.length)),
        ("How to meet", join([WAYS_MET[way].lower() for way in application.ways], "or")),
        ("Languages", escape(application.languages)),
    ]
    if application.department:
        pairs.append(("Department", escape(application.department)))
    return [*facts(pairs)]


def introduced_on(cohort: Cohort, today: Date) -> str:
    """When the two of an agreed match are introduced: "when the round starts, on Monday 15 February 2027"."""
    if today >= cohort.starts_on:  # the next working day
        return "on the next working day"
    return f"when the round starts, on {date(cohort.starts_on, 'date_long')}"


def answers(match: Match) -> ActionsBlock:
    """The buttons to accept or to decline, without a reason."""
    asks = confirm(
        "Decline this match?",
        "You don’t need to give a reason. The other person will hear only that it did not work out. You will not be "
        "matched with this person in any round.",
        yes="Decline",
        no="Go back",
    )
    return actions(
        button("Accept", ACCEPT_MATCH, match.id, style="primary"),
        button("Decline", DECLINE_MATCH, match.id, confirm=asks),
    )
