"""The whole round for an owner: counts, topics, and who waits since when (D0.15)."""

from collections.abc import Sequence
from datetime import date as Date

from slack_sdk.models.blocks import Block, ButtonElement, TableBlock

from mentoring.applications.application import Application, Role
from mentoring.core.programmes import Cohort, Programme
from mentoring.programmes.settings import Part
from mentoring.status import CohortStatus, PartnershipStatus, TopicCount
from messages.blocks import actions, button, confirm, context, facts, header, listing, section
from messages.ids import CLOSE_COHORT, OPEN_ALL_PARTNERSHIPS, OPEN_APPLICATION, OPEN_REVIEW, OPEN_SETUP
from messages.payloads import Message, message
from messages.programmes.cohorts import Phase, phase, sent_on
from messages.status.partnerships import answers, in_numbers, next_step, paused, quiet, unmatched
from messages.text import join, mention, plural
from messages.voice import Voice

MOST_WAITING = 15
MOST_LATE = 5
MOST_TOPICS = 25
MOST_OF_QUIET_TOPICS = 800


def cohort(
    status: CohortStatus,
    programme: Programme,
    cohort: Cohort,
    today: Date,
    partnerships: PartnershipStatus | None = None,
) -> Message:
    """The round for its owners: counts, partnerships, topics, and who waits since when; `today` is the reader's own
    day.
    """
    voice = Voice(programme)
    waiting = unmatched(status.waiting, partnerships)
    blocks: list[Block] = [
        header(f"{Voice(programme, marked=False).name}: where the round stands"),
        *facts(_counts(status, voice)),
        section(f"*Next step*\n{next_step(status, waiting, partnerships, voice, cohort, today)}"),
    ]
    if buttons := _buttons(status, partnerships, programme, cohort, today):
        blocks.append(actions(*buttons))
    if partnerships:
        blocks += [*in_numbers(partnerships, waiting, voice), *quiet(partnerships, voice)]
        blocks += [*paused(partnerships, voice), *answers(partnerships)]
    if waiting and (partnerships is None or phase(cohort, today) in (Phase.OPEN, Phase.MATCHING)):
        blocks += _topics(status.topics, programme)
    if waiting:
        blocks += _waiting("Who waits, longest first", waiting, MOST_WAITING, voice)
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


def _buttons(
    status: CohortStatus,
    partnerships: PartnershipStatus | None,
    programme: Programme,
    cohort: Cohort,
    today: Date,
) -> list[ButtonElement]:
    """What an owner can do about it."""
    now = phase(cohort, today)
    buttons: list[ButtonElement] = []
    if now is not Phase.OVER and status.waiting:
        buttons.append(button("Match people", OPEN_REVIEW, style="primary" if now is Phase.MATCHING else None))
    if partnerships and partnerships.active:
        words = f"See all {Voice(programme, marked=False).partnerships}"
        buttons.append(button(words, OPEN_ALL_PARTNERSHIPS))
    if partnerships is not None and now in (Phase.RUNNING, Phase.OVER) and not cohort.closed_on:
        buttons.append(_close_button(programme, cohort))
    if cohort.closed_on:
        buttons.append(button("Set the next dates", OPEN_SETUP, Part.DATES))
    return buttons


def _close_button(programme: Programme, cohort: Cohort) -> ButtonElement:
    """Ends this round for those who wait; the partnerships go on."""
    those = f"Running {Voice(programme, marked=False).partnerships}"
    words = (
        f"Nobody can apply or be matched any more, and matches that wait for an answer are over. {those} go on to "
        "their agreed end. Whoever has nobody comes along to the next round."
    )
    asks = confirm("Close the round?", words, yes="Close it", no="Go back")
    return button("Close the round", CLOSE_COHORT, cohort.id, confirm=asks)


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
