"""What owners may know of partnerships: counts, quiet partnerships, and feedback from enough people (D1.23).

Never notes, and never the feedback of one person.
"""

from collections.abc import Sequence
from datetime import date as Date

from slack_sdk.models.blocks import Block, SectionBlock

from mentoring.applications.application import Application, Role
from mentoring.cases.yearly import CasesOfYear
from mentoring.core.programmes import Cohort, Programme
from mentoring.feedback.answers import MOST_RATING
from mentoring.feedback.figures import Summary
from mentoring.matching.held_up import HeldUpMatches
from mentoring.status import CohortStatus, PartnershipStatus
from messages.blocks import actions, facts, section, small_print
from messages.feedback.averages import AT_LEAST, PRECISIONS
from messages.feedback.baseline import TITLE as BASELINE_TITLE
from messages.feedback.reading import answers_button
from messages.ids import COMMAND
from messages.programmes.cohorts import Phase, day, ended_on, phase
from messages.text import date, join, mention, plural
from messages.voice import Voice, capital

MOST_QUIET = 12
MOST_PAUSED = 8
MOST_NAMED = 12


def unmatched(
    applications: Sequence[Application], partnerships: PartnershipStatus | None, programme: Programme
) -> tuple[Application, ...]:
    """The applications with a place that no partnership takes, in the same order."""
    taken = partnerships.taken if partnerships else {}
    return tuple(each for each in applications if taken.get(each.id, 0) < min(each.places, programme.most_places))


def to_do(
    status: CohortStatus,
    waiting: Sequence[Application],
    partnerships: PartnershipStatus | None,
    voice: Voice,
    cohort: Cohort,
    today: Date,
) -> str:
    """The next step for an owner, in mrkdwn; `waiting` are the applications without a match."""
    missing = status.mentees - status.places
    short = f" You need {plural(missing, 'more place', 'more places')}." if missing > 0 else ""
    match phase(cohort, today):
        case Phase.NOT_YET:
            return f"You don’t need to do anything. People can apply from {day(cohort.opens_on)}."
        case Phase.OPEN if not status.waiting:
            return f"No applications yet. Tell people to type `{COMMAND}`. They can apply until {day(cohort.apply_by)}."
        case Phase.OPEN:
            ask = f" Ask more people to volunteer: they can type `{COMMAND}`." if short else ""
            until = f"People can apply until {day(cohort.apply_by)}. I’ll write to you when applications close."
            return f"{until}{short}{ask}"
        case Phase.MATCHING:
            closed = f"Applications closed on {day(cohort.apply_by)}."
            if not status.waiting:
                return f"{closed} No one applied in time. {_MORE_TIME}"
            more = f"{short} {_MORE_TIME}" if short else ""
            return f"{closed} Decide the matches, so that people hear by {day(cohort.starts_on)}.{more}"
        case Phase.RUNNING:
            return _while_running(waiting, partnerships, voice)
        case Phase.OVER:
            return _when_over(partnerships, voice, cohort)


_MORE_TIME = f"To give people more time to apply, set a later last day in Settings (`{COMMAND} setup`)."


def _when_over(partnerships: PartnershipStatus | None, voice: Voice, cohort: Cohort) -> str:
    said = [f"The round ended on {day(ended_on(cohort))}."]
    if left := len(partnerships.active) if partnerships else 0:
        continues = plural(left, f"{voice.partnership} continues to its", f"{voice.partnerships} continue to their")
        said.append(f"{continues} end {'date' if left == 1 else 'dates'}.")
    first = "set its dates" if cohort.closed_on else "close this one, then set its dates"
    said.append(f"To open the next round, {first}. People without a match move into it.")
    return " ".join(said)


def _while_running(waiting: Sequence[Application], partnerships: PartnershipStatus | None, voice: Voice) -> str:
    mentees = sum(application.role is Role.MENTEE for application in waiting)
    said = []
    if mentees:
        are = plural(mentees, f"{voice.mentee} is", f"{voice.mentees} are")
        said.append(f"• {are} not matched yet. Matches shows why. You can let them know where they stand.")
    if partnerships and partnerships.quiet:
        have = plural(len(partnerships.quiet), f"{voice.partnership} has", f"{voice.partnerships} have")
        said.append(f"• {have} no recent meeting logged. You could ask how it’s going.")
    return "\n".join(said) or "You don’t need to do anything."


def held_up(matches: HeldUpMatches) -> str:
    """What the matches wait for, in one line of mrkdwn."""
    said = []
    if matches.unapproved:
        said.append(f"{plural(matches.unapproved, 'proposal needs', 'proposals need')} an approval.")
    if matches.running_out and matches.first:
        lack = plural(
            matches.running_out, "match lacks an answer and expires", "matches lack an answer. The first expires"
        )
        said.append(f"{lack} on {date(matches.first, 'date')}.")
    if matches.expired:
        said.append(f"{plural(matches.expired, 'match', 'matches')} expired without an answer.")
    return f"*In Matches:* {' '.join(said)}"


def counts(partnerships: PartnershipStatus, waiting: Sequence[Application], voice: Voice) -> list[SectionBlock]:
    """Counts of partnerships, if there are any; `waiting` are the applications without a partnership."""
    over = partnerships.closed + partnerships.never_met + partnerships.ended
    if not (partnerships.active or partnerships.offered or partnerships.agreed or over):
        return []
    mentees = sum(application.role is Role.MENTEE for application in waiting)
    pairs = [
        ("Active", str(len(partnerships.active))),
        ("Meetings this month", str(partnerships.meetings_this_month)),
        (f"{capital(voice.mentees)} not matched yet", str(mentees)),
        ("Waiting for answers", plural(partnerships.offered, "match", "matches")),
        *(
            [("Introduced at the start", plural(partnerships.agreed, "match", "matches"))]
            if partnerships.agreed
            else []
        ),
        ("Completed", str(partnerships.closed)),
        *(
            [("Meetings in completed ones", f"{partnerships.held} logged, {partnerships.asked} asked for")]
            if partnerships.closed
            else []
        ),
        *([("At the end, no meeting logged", str(partnerships.never_met))] if partnerships.never_met else []),
        ("Ended early", str(partnerships.ended)),
    ]
    return facts(pairs, capital(voice.partnerships))


def quiet(partnerships: PartnershipStatus) -> list[Block]:
    """Partnerships without a logged meeting for weeks, and for how long."""
    if not partnerships.quiet:
        return []
    lines = [
        f"• {join([mention(person) for person in each.partnership.people])}: {plural(each.days, 'day', 'days')}"
        for each in partnerships.quiet[:MOST_QUIET]
    ]
    rest = len(partnerships.quiet) - MOST_QUIET
    more = [f"And {rest} more."] if rest > 0 else []
    return [section("\n".join(["*No recent meeting logged*", *lines, *more]))]


def paused(partnerships: PartnershipStatus, voice: Voice) -> list[Block]:
    """Paused partnerships, and since when."""
    if not partnerships.paused:
        return []
    lines = []
    for pause in partnerships.paused[:MOST_PAUSED]:
        two = join([mention(person) for person in pause.partnership.people])
        until = f" until {day(pause.until)}" if pause.until else ""
        since = f", since {date(pause.since, 'date')}" if pause.since else ""
        if not pause.unavailable:
            requested = pause.requested
            by_owner = requested is not None and requested.by not in pause.partnership.people
            lines.append(f"• {two} ({'an owner' if by_owner else 'one of them'} asked for it{until}){since}")
            continue
        away = join([mention(person.id) for person in pause.unavailable])
        is_ = "is" if len(pause.unavailable) == 1 else "are"
        lines.append(f"• {two} ({away} {is_} {'away' if pause.has_absent else 'on leave'}{until}){since}")
    rest = len(partnerships.paused) - MOST_PAUSED
    more = [f"And {rest} more."] if rest > 0 else []
    return [section("\n".join([f"*Paused {voice.partnerships}*", *lines, *more]))]


def named(partnerships: PartnershipStatus, voice: Voice) -> list[Block]:
    """Whose two people agree to be named in a celebration."""
    if not partnerships.named:
        return []
    lines = [f"• {join([mention(person) for person in each.people])}" for each in partnerships.named[:MOST_NAMED]]
    rest = len(partnerships.named) - MOST_NAMED
    more = [f"And {rest} more."] if rest > 0 else []
    heading = f"*May be named in a celebration* (completed {voice.partnerships}, both have agreed)"
    return [section("\n".join([heading, *lines, *more]))]


def answers(partnerships: PartnershipStatus) -> list[Block]:
    """A summary of the feedback: how many have answered, and what the groups of answers say."""
    blocks: list[Block] = []
    summaries = (
        (BASELINE_TITLE, partnerships.baselines),
        ("Check-ins", partnerships.check_ins),
        ("Closing survey", partnerships.surveys),
    )
    for label, summary in summaries:
        if summary.asked:
            blocks.append(section(f"*{label}*: {_counted(summary)}"))
    if blocks:
        blocks.append(actions(answers_button()))
        blocks.append(
            small_print(
                "Answers are counted on Mondays. Averages and comments are added for at least "
                f"{AT_LEAST} people together."
            )
        )
    return blocks


def asked_for_help(cases: CasesOfYear | None) -> list[Block]:
    """How often people asked for help in confidence in the past year, in small print."""
    if cases is None:
        return []
    if cases.opened is None:
        return [small_print(f"In {cases.year}, people asked for help in confidence fewer than {AT_LEAST} times.")]
    return [small_print(f"In {cases.year}, people asked for help in confidence {cases.opened} times.")]


def _counted(summary: Summary) -> str:
    answered = f"{summary.answered} of {summary.asked} answered."
    if summary.average is None:
        return answered
    of = "" if summary.shown == summary.answered else f" of {plural(summary.shown, 'answer', 'answers')}"
    average = PRECISIONS[summary.precision].format(f"{summary.average:.1f}")
    return f"{answered} Average{of}: {average} out of {MOST_RATING}."
