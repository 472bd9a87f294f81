"""The status of a round for owners: counts, topics and waiting applications (D0.15)."""

from collections.abc import Sequence
from datetime import date as Date

from slack_sdk.models.blocks import Block, ButtonElement, TableBlock

from mentoring.applications.application import Application, Role
from mentoring.core.programmes import Cohort, Programme
from mentoring.effort import MonthOfEffort
from mentoring.programmes.settings import Part
from mentoring.status import CohortStatus, PartnershipStatus, TopicCount
from messages.blocks import actions, button, confirm, facts, header, listing, section, small_print
from messages.charts import charts_button
from messages.evaluation.form import evaluation_button
from messages.evaluation.suggestions import suggestions_button
from messages.ids import (
    CLOSE_COHORT,
    OPEN_ALL_PARTNERSHIPS,
    OPEN_APPLICATION,
    OPEN_PEOPLE,
    OPEN_SETUP,
)
from messages.matching.proposals import open_review_button
from messages.matching.waiting import tell_waiting_button
from messages.payloads import Message, message
from messages.programmes.aims import objectives
from messages.programmes.cohorts import Phase, day, phase, sent_on, waited
from messages.remarks.view import remarks_line
from messages.sponsor_page import open_button
from messages.status.effort import effort_line
from messages.status.partnerships import (
    answers,
    asked_for_help,
    counts,
    held_up,
    named,
    paused,
    quiet,
    to_do,
    unmatched,
)
from messages.text import mention, plural
from messages.voice import Voice, capital

SEE_PEOPLE = "See all people"
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
    *,
    has_sponsors: bool = False,
    effort: MonthOfEffort | None = None,
) -> Message:
    """The status of a round; `today` is the reader's date. `has_sponsors`: a page goes to them each month. `effort` is
    what the last month took.
    """
    voice = Voice(programme)
    waiting = unmatched(status.waiting, partnerships, programme)
    blocks: list[Block] = [
        header(f"{Voice(programme, marked=False).name}: where the round stands"),
        section(f"*To do*\n{to_do(status, waiting, partnerships, voice, cohort, today)}"),
    ]
    if partnerships and partnerships.held_up:
        blocks.append(section(held_up(partnerships.held_up)))
    if buttons := _buttons(status, waiting, partnerships, programme, cohort, today, has_sponsors):
        blocks.append(actions(*buttons))
    if aims := objectives(programme):
        blocks.append(small_print(aims))
    blocks += facts(_counts(status, len(unmatched(status.unconfirmed, partnerships, programme)), voice), "Applications")
    if partnerships:
        blocks += [*counts(partnerships, waiting, voice), *quiet(partnerships)]
        blocks += [*paused(partnerships, voice), *named(partnerships, voice), *answers(partnerships)]
        blocks += remarks_line(partnerships.remarks)
        blocks += asked_for_help(partnerships.asked_for_help)
    if waiting and (partnerships is None or phase(cohort, today) in (Phase.OPEN, Phase.MATCHING)):
        blocks += _topics(status.topics, programme)
    if waiting:
        blocks += _waiting("Still to match, longest wait first", waiting, MOST_WAITING, programme, today)
    if status.late:
        blocks += _waiting("On the waiting list for the next round", status.late, MOST_LATE, programme, today)
    blocks += effort_line(effort)
    return message(f"{voice.name}: {summary(status, voice)}", blocks)


def summary(status: CohortStatus, voice: Voice) -> str:
    """The counts of applications, in one line."""
    if not (status.mentees or status.mentors):
        return "no applications yet"
    mentees = plural(status.mentees, voice.mentee, voice.mentees)
    return f"{mentees} and {plural(status.mentors, voice.mentor, voice.mentors)} applied"


def _counts(status: CohortStatus, unconfirmed: int, voice: Voice) -> list[tuple[str, str]]:
    return [
        (f"{capital(voice.mentees)} applied", str(status.mentees)),
        (f"{capital(voice.mentors)} applied", str(status.mentors)),
        ("Places offered", str(status.places)),
        ("On the waiting list", str(len(status.late))),
        ("Withdrawn", str(status.withdrawn)),
        *([("Not confirmed yet", str(unconfirmed))] if unconfirmed else []),
        *([("On leave", str(status.on_leave))] if status.on_leave else []),
    ]


def _buttons(
    status: CohortStatus,
    waiting: Sequence[Application],
    partnerships: PartnershipStatus | None,
    programme: Programme,
    cohort: Cohort,
    today: Date,
    has_sponsors: bool,
) -> list[ButtonElement]:
    """The actions of an owner."""
    now = phase(cohort, today)
    buttons: list[ButtonElement] = []
    if now is not Phase.OVER and status.waiting:
        buttons.append(open_review_button(style="primary" if now is Phase.MATCHING else None))
    if status.waiting or status.late:
        buttons.append(button(SEE_PEOPLE, OPEN_PEOPLE))
    if partnerships and partnerships.active:
        words = f"See all {Voice(programme, marked=False).partnerships}"
        buttons.append(button(words, OPEN_ALL_PARTNERSHIPS))
    if now is Phase.RUNNING and any(application.role is Role.MENTEE for application in waiting):
        buttons.append(tell_waiting_button(cohort))
    if partnerships is not None and now in (Phase.RUNNING, Phase.OVER) and not cohort.closed_on:
        buttons.append(_close_button(programme, cohort))
    if cohort.closed_on:
        buttons.append(button("Set dates", OPEN_SETUP, Part.DATES))
        buttons += [suggestions_button()] if partnerships is not None else []
    if partnerships is not None and (status.mentees or status.mentors or partnerships.active):
        buttons.append(charts_button())
        buttons.append(evaluation_button())
    if has_sponsors:
        buttons.append(open_button())
    return buttons


def _close_button(programme: Programme, cohort: Cohort) -> ButtonElement:
    """Closes the round; its partnerships go on."""
    words = (
        f"No one can apply or be matched after this, and open matches expire. Active "
        f"{Voice(programme, marked=False).partnerships} continue to their end dates. People without a match move to "
        "the next round."
    )
    asks = confirm("Close the round?", words, yes="Close round", no="Go back")
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
        blocks.append(small_print(f"And {plural(len(busy) - len(shown), 'more topic', 'more topics')}."))
    if quiet:
        blocks.append(small_print(f"Not chosen by anyone yet: {listing(quiet, MOST_OF_QUIET_TOPICS)}."))
    return blocks


def _cell(words: str) -> dict[str, str]:
    return {"type": "raw_text", "text": words}


def _waiting(
    title: str, applications: Sequence[Application], most: int, programme: Programme, today: Date
) -> list[Block]:
    blocks: list[Block] = [section(f"*{title}*")]
    marked, plain = Voice(programme), Voice(programme, marked=False)
    for application in applications[:most]:
        is_mentee = application.role is Role.MENTEE
        word = marked.mentee if is_mentee else marked.mentor
        waits = waited(application.sent_on, today)
        words = f"{mention(application.person)}, {word}, waiting since {sent_on(application)} ({waits})"
        reads = f"View application of {day(application.sent_on)}: {plain.mentee if is_mentee else plain.mentor}"
        blocks.append(section(words, button("View", OPEN_APPLICATION, application.id, accessibility_label=reads)))
    if len(applications) > most:
        blocks.append(small_print(f"And {len(applications) - most} more."))
    return blocks
