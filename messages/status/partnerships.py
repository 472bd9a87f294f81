"""What an owner may know of the partnerships: counts, who is quiet, and answers once enough have answered (D1.23).

Never a note, and never one person's answer.
"""

from collections.abc import Sequence
from datetime import date as Date

from slack_sdk.models.blocks import Block, SectionBlock

from mentoring.applications.application import Application, Role
from mentoring.core.programmes import Cohort
from mentoring.feedback import MOST_RATING, Summary
from mentoring.status import CohortStatus, PartnershipStatus
from messages.blocks import facts, section
from messages.feedback import AT_LEAST
from messages.programmes.cohorts import Phase, day, ended_on, phase
from messages.text import date, escape, join, mention, plural, shorten
from messages.voice import Voice, article, capital

MOST_QUIET = 12
MOST_PAUSED = 8
MOST_WORDS = 3
MOST_OF_WORDS = 250


def unmatched(applications: Sequence[Application], partnerships: PartnershipStatus | None) -> tuple[Application, ...]:
    """Those with a place that no partnership takes, in the same order."""
    taken = partnerships.taken if partnerships else {}
    return tuple(each for each in applications if taken.get(each.id, 0) < each.places)


def next_step(
    status: CohortStatus,
    waiting: Sequence[Application],
    partnerships: PartnershipStatus | None,
    voice: Voice,
    cohort: Cohort,
    today: Date,
) -> str:
    """What an owner would best do now; `waiting` are the applications without a match."""
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
                f"Applications closed on {day(cohort.apply_by)}. Match people, so that everyone hears by "
                f"{day(cohort.starts_on)}: we propose who goes with whom and say why, and the owners decide.{short}"
            )
        case Phase.RUNNING:
            return _while_running(waiting, partnerships, voice, cohort)
        case Phase.OVER:
            return _when_over(partnerships, voice, cohort)


def _when_over(partnerships: PartnershipStatus | None, voice: Voice, cohort: Cohort) -> str:
    said = [f"The round ended on {day(ended_on(cohort))}."]
    if left := len(partnerships.active) if partnerships else 0:
        said.append(f"{plural(left, f'{voice.partnership} goes', f'{voice.partnerships} go')} on to the agreed end.")
    comes = "open it: whoever has nobody yet comes along."
    if cohort.closed_on:
        said.append(f"When you are ready for the next round, set its dates to {comes}")
    else:
        said.append(f"When you are ready for the next round, close this one, and then set the next dates to {comes}")
    return " ".join(said)


def _while_running(
    waiting: Sequence[Application], partnerships: PartnershipStatus | None, voice: Voice, cohort: Cohort
) -> str:
    started = f"The round started on {day(cohort.starts_on)}."
    mentees = sum(application.role is Role.MENTEE for application in waiting)
    said = [started]
    if mentees:
        are = plural(mentees, f"{voice.mentee} is", f"{voice.mentees} are")
        said.append(f"{are} without a match: match people again, or let them know where they stand.")
    if partnerships and partnerships.quiet:
        said.append("A friendly word to those who are quiet may help.")
    if len(said) == 1:
        said.append("Nothing waits for you.")
    return " ".join(said)


def in_numbers(partnerships: PartnershipStatus, waiting: Sequence[Application], voice: Voice) -> list[SectionBlock]:
    """The partnerships in numbers, once there are any; `waiting` are the applications without one."""
    if not (partnerships.active or partnerships.offered or partnerships.closed or partnerships.ended):
        return []
    mentees = sum(application.role is Role.MENTEE for application in waiting)
    pairs = [
        (f"{capital(voice.partnerships)} running", str(len(partnerships.active))),
        ("Meetings this month", str(partnerships.meetings_this_month)),
        (f"{capital(voice.mentees)} without {article(voice.partnership)} {voice.partnership}", str(mentees)),
        ("Asked, and not all answered yet", plural(partnerships.offered, "match", "matches")),
        ("Complete", str(partnerships.closed)),
        ("Ended before", str(partnerships.ended)),
    ]
    return facts(pairs)


def quiet(partnerships: PartnershipStatus, voice: Voice) -> list[Block]:
    """Who has logged nothing for weeks, and for how long."""
    if not partnerships.quiet:
        return []
    lines = [
        f"• {join([mention(person) for person in each.partnership.people])}: {plural(each.days, 'day', 'days')}"
        for each in partnerships.quiet[:MOST_QUIET]
    ]
    rest = len(partnerships.quiet) - MOST_QUIET
    more = [f"And {rest} more."] if rest > 0 else []
    return [section("\n".join([f"*{capital(voice.partnerships)} with nothing logged lately*", *lines, *more]))]


def paused(partnerships: PartnershipStatus, voice: Voice) -> list[Block]:
    """Which wait for somebody who has left, and since when."""
    if not partnerships.paused:
        return []
    lines = []
    for pause in partnerships.paused[:MOST_PAUSED]:
        two = join([mention(person) for person in pause.partnership.people])
        away = join([mention(person.id) for person in pause.absent])
        has = "has" if len(pause.absent) == 1 else "have"
        since = f", since {date(pause.since, 'date')}" if pause.since else ""
        lines.append(f"• {two}: {away} {has} left{since}")
    rest = len(partnerships.paused) - MOST_PAUSED
    more = [f"And {rest} more."] if rest > 0 else []
    return [section("\n".join([f"*{capital(voice.partnerships)} that are paused*", *lines, *more]))]


def answers(partnerships: PartnershipStatus) -> list[Block]:
    """How many have answered, and what, once that can be told without telling who."""
    blocks: list[Block] = []
    for label, summary in (("Check-ins", partnerships.check_ins), ("Closing surveys", partnerships.surveys)):
        if summary.asked:
            blocks.append(section("\n".join([f"*{label}*: {_counted(summary)}", *_words(summary)])))
    return blocks


def _counted(summary: Summary) -> str:
    answered = f"{summary.answered} of {summary.asked} answered"
    if summary.average is None:
        return f"{answered}. You see what they say once {AT_LEAST} have."
    return f"{answered}, {summary.average:.1f} of {MOST_RATING} on average"


def _words(summary: Summary) -> list[str]:
    lines: list[str] = []
    for label, words in (("What helps", summary.helps), ("What gets in the way", summary.hinders)):
        lines += [f"_{label}_"] if words else []
        lines += [f"• {shorten(' '.join(escape(each).split()), MOST_OF_WORDS)}" for each in words[:MOST_WORDS]]
        rest = len(words) - MOST_WORDS
        lines += [f"• and {rest} more"] if rest > 0 else []
    return lines
