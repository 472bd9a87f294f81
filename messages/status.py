"""Where things stand: for a person with what they sent, and for an owner with the whole round (D0.15)."""

from collections.abc import Sequence
from datetime import date as Date

from slack_sdk.models.blocks import Block, DividerBlock, TableBlock

from mentoring.application import Application, Confidence, Role, State
from mentoring.programme import Cohort, Programme
from mentoring.status import CohortStatus, TopicCount
from messages.applications.cards import card
from messages.blocks import actions, button, context, facts, header, listing, section
from messages.help import buttons, open_button
from messages.ids import OPEN_APPLICATION
from messages.outgoing import Message, message
from messages.rounds import Phase, day, invitation, phase, prospect, sent_on, takes_applications
from messages.text import join, mention, plural
from messages.voice import Voice, capital

MOST_WAITING = 15
MOST_LATE = 5
MOST_TOPICS = 25
MOST_OF_QUIET_TOPICS = 800


def mine(
    programme: Programme,
    cohort: Cohort,
    applications: Sequence[tuple[Application, Confidence | None]],
    today: Date,
) -> Message:
    """What one person sent and what happens next with it; `today` is their own day."""
    voice = Voice(programme)
    if not applications:
        text = "You have not sent anything yet."
        blocks: list[Block] = [section(f"{text}\n{invitation(cohort, today)}")]
        if takes_applications(cohort, today):
            blocks.append(actions(*(open_button(role, programme) for role in Role)))
        return message(text, blocks)
    blocks = []
    for application, confidence in applications:
        blocks += [DividerBlock()] if blocks else []
        blocks += _sent(application, confidence, voice, programme, cohort, today)
    blocks.append(context(f"Questions? Ask {voice.contact}."))
    return message("What you sent, and where it stands", blocks)


def on_its_way(programme: Programme) -> Message:
    """To an owner who asked: the cohort's status comes as a direct message."""
    return message(f"The status of {Voice(programme).name} is on its way to you as a direct message from me.")


def _sent(
    application: Application,
    confidence: Confidence | None,
    voice: Voice,
    programme: Programme,
    cohort: Cohort,
    today: Date,
) -> list[Block]:
    what = capital(f"your {voice.sent(application.role)}")
    next_step = prospect(application, cohort, voice.contact, today)
    if application.state is State.WITHDRAWN:
        again = [open_button(application.role, programme)] if takes_applications(cohort, today) else []
        return [section(f"*{what}*\n{next_step}"), *([actions(*again)] if again else [])]
    since = f"Sent on {sent_on(application)}."
    return [
        section(f"*{what}*\n{since} {next_step}"),
        *card(application, confidence, programme),
        actions(*buttons(application, programme, cohort, today)),
    ]


def cohort(status: CohortStatus, programme: Programme, cohort: Cohort, today: Date) -> Message:
    """The round for its owners: counts, topics, and who waits since when; `today` is the reader's own day."""
    voice = Voice(programme)
    blocks: list[Block] = [
        header(f"{Voice(programme, marked=False).name}: where the round stands"),
        *facts(_counts(status, voice)),
        section(f"*Next step*\n{_next_step(status, voice, cohort, today)}"),
    ]
    if status.waiting:
        blocks += _topics(status.topics, programme)
        blocks += _waiting("Who waits, longest first", status.waiting, MOST_WAITING, voice)
    if status.late:
        blocks += _waiting("On the waiting list for the next round", status.late, MOST_LATE, voice)
    return message(f"{voice.name}: {summary(status, voice)}", blocks)


def summary(status: CohortStatus, voice: Voice) -> str:
    """The round in one line of counts."""
    if not status.waiting:
        return "nobody has applied yet"
    return join(
        [
            plural(status.mentees, f"request for {voice.a_mentor}", f"requests for {voice.a_mentor}"),
            plural(status.mentors, f"offer to be {voice.a_mentor}", f"offers to be {voice.a_mentor}"),
        ]
    )


def _counts(status: CohortStatus, voice: Voice) -> list[tuple[str, str]]:
    return [
        (f"Ask for {voice.a_mentor}", str(status.mentees)),
        (f"Offer to be {voice.a_mentor}", str(status.mentors)),
        ("Places offered", str(status.places)),
        ("On the waiting list", str(len(status.late))),
        ("Withdrawn", str(status.withdrawn)),
    ]


def _next_step(status: CohortStatus, voice: Voice, cohort: Cohort, today: Date) -> str:
    missing = status.mentees - status.places
    short = (
        f" You are short of {plural(missing, 'place', 'places')}: a word to possible {voice.mentors} may help."
        if missing > 0
        else ""
    )
    match phase(cohort, today):
        case Phase.NOT_YET:
            return f"Applications open on {day(cohort.opens_on)}."
        case Phase.OPEN if not status.waiting:
            return (
                f"Nobody has applied yet. Applications are open until {day(cohort.apply_by)}: tell people about "
                "`/mentor`, and they find the form there."
            )
        case Phase.OPEN:
            return f"Applications are open until {day(cohort.apply_by)}. You hear from us when they close.{short}"
        case Phase.MATCHING:
            return (
                f"Applications closed on {day(cohort.apply_by)}. Decide with a second person who is matched with whom, "
                f"so that everyone hears by {day(cohort.starts_on)}.{short}"
            )
        case Phase.RUNNING:
            return (
                f"The round started on {day(cohort.starts_on)}. Please let those who still wait know where they stand."
            )
        case Phase.OVER:
            return f"The round ended on {day(cohort.ends_on)}. Set the dates of the next one when you are ready."


def _topics(topics: Sequence[TopicCount], programme: Programme) -> list[Block]:
    busy = [count for count in topics if count.asked or count.offered]
    quiet = [count.topic for count in topics if not (count.asked or count.offered)]
    shown = sorted(busy, key=lambda count: not count.is_gap)[:MOST_TOPICS]
    rows = [[_cell("Topic"), _cell("Asked for"), _cell("Places offered"), _cell("Gap")]]
    for count in shown:
        gap = f"{plural(count.asked - count.offered, 'place', 'places')} short" if count.is_gap else "–"
        rows.append([_cell(count.topic), _cell(str(count.asked)), _cell(str(count.offered)), _cell(gap)])
    blocks: list[Block] = [section("*Topics*"), TableBlock(rows=rows)]
    if len(busy) > len(shown):
        blocks.append(context(f"And {plural(len(busy) - len(shown), 'topic', 'topics')} more, all with places enough."))
    if quiet:
        blocks.append(context(f"Neither asked for nor offered so far: {listing(quiet, MOST_OF_QUIET_TOPICS)}."))
    return blocks


def _cell(words: str) -> dict[str, str]:
    return {"type": "raw_text", "text": words}


def _waiting(title: str, applications: Sequence[Application], most: int, voice: Voice) -> list[Block]:
    blocks: list[Block] = [section(f"*{title}*")]
    for application in applications[:most]:
        asks = "asks for" if application.role is Role.MENTEE else "offers to be"
        words = f"{mention(application.person)} {asks} {voice.a_mentor}, since {sent_on(application)}"
        blocks.append(section(words, button("Read", OPEN_APPLICATION, application.id)))
    if len(applications) > most:
        blocks.append(context(f"And {len(applications) - most} more, who came later."))
    return blocks
