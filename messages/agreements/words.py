"""The words of an agreement: labels, choices, what holds, and the difference between two versions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from mentoring.agreements.agreement import AgreementContext
from mentoring.agreements.terms import (
    AgreementForm,
    AgreementTerms,
    AnswerWithin,
    ContactBetween,
    MeetingHours,
    ReportTimes,
    changed_fields,
)
from mentoring.applications.application import MeetingMode
from mentoring.core.fields import FieldName
from mentoring.core.programmes import Programme
from mentoring.partnerships.partnership import Partnership
from mentoring.partnerships.scheduling import WhoSchedules
from mentoring.partnerships.timing import MeetingRhythm
from messages.applications.wording import WAYS
from messages.programmes.cohorts import day
from messages.text import escape, join, mention, plural, shorten
from messages.voice import Voice, capital

RHYTHMS: Final = {
    MeetingRhythm.EVERY_WEEK: "Every week",
    MeetingRhythm.EVERY_SECOND_WEEK: "Every second week",
    MeetingRhythm.EVERY_THIRD_WEEK: "Every third week",
    MeetingRhythm.ONCE_A_MONTH: "Once a month",
}
HOURS: Final = {
    MeetingHours.WORK: "In working hours",
    MeetingHours.ALSO_OUTSIDE: "Also outside working hours, as we both wish",
}
BETWEEN: Final = {
    ContactBetween.SLACK: "Slack",
    ContactBetween.EMAIL: "Email",
    ContactBetween.PHONE: "Phone",
    ContactBetween.NOT: "Not at all",
}
ANSWERS: Final = {
    AnswerWithin.A_DAY: "A day",
    AnswerWithin.SOME_DAYS: "Two or three days",
    AnswerWithin.A_WEEK: "A week",
}
REPORTS: Final = {
    ReportTimes.HALF_WAY: "Half-way and at the end",
    ReportTimes.QUARTERLY: "Every three months, half-way and at the end",
}
BRINGS: Final = (
    "I come prepared, say what I need, and try things out.",
    "I keep our dates, listen first, and say what I see.",
)
"""What mentee and mentor may bring, to begin with."""
OBSTACLES_EXAMPLE: Final = "If one of us cancels twice, we ask each other if the rhythm is right."
PROMISE: Final = "This is a promise between two people, not a contract."
NOT_SAID: Final = "–"
MOST_IN_DIFFERENCE: Final = 200
"""Characters of a text in a list of differences."""


@dataclass(frozen=True)
class TwoNames:
    """The display names of both people, for plain text. Without one, the programme's word stands in.

    `goals` are what the goals say that both may read, by id. `has_reports`: whether the programme has progress reports.
    """

    mentee: str
    mentor: str
    goals: Mapping[str, str] = field(default_factory=dict)
    has_reports: bool = True


def names_of(context: AgreementContext) -> TwoNames:
    voice = Voice(context.programme, marked=False)
    found = [
        context.people[person].display_name if person in context.people else "" for person in context.partnership.people
    ]
    return TwoNames(
        found[0] or f"the {voice.mentee}",
        found[1] or f"the {voice.mentor}",
        context.goals,
        context.programme.has_reports,
    )


def labels(names: TwoNames) -> dict[FieldName, str]:
    """The label of each field, in plain text, in the order of the form."""
    return {
        FieldName.PURPOSE: "What we meet for",
        FieldName.GOALS: "Goals we work on",
        FieldName.RHYTHM: "We meet",
        FieldName.MINUTES: "For",
        FieldName.WAYS: "How",
        FieldName.SCHEDULES: "Who sets the time",
        FieldName.HOURS: "When",
        FieldName.BETWEEN: "Between meetings we reach each other by",
        FieldName.ANSWER: "And answer within",
        FieldName.REPORTS: "We write a progress report",
        FieldName.UNTIL: "Until",
        FieldName.MENTEE_BRINGS: f"What {names.mentee} brings",
        FieldName.MENTOR_BRINGS: f"What {names.mentor} brings",
        FieldName.FEEDBACK: "How we’d like to hear what is hard to hear",
        FieldName.OFF_LIMITS: "What we leave out",
        FieldName.OBSTACLES: "What could get in our way, and what we do then",
        FieldName.REVIEW_ON: "We look at this again on",
    }


def schedulers(names: TwoNames) -> dict[WhoSchedules, str]:
    """Who sets the time, in plain text."""
    return {
        WhoSchedules.MENTEE: capital(names.mentee),
        WhoSchedules.MENTOR: capital(names.mentor),
        WhoSchedules.BY_TURNS: "By turns",
    }


def said(name: FieldName, terms: AgreementTerms | AgreementForm, names: TwoNames) -> str:
    """What the terms say in this field, in plain text."""
    value = getattr(terms, name)
    if name is FieldName.GOALS:
        return _goals(value, names.goals)
    match value:
        case MeetingRhythm():
            return RHYTHMS[value]
        case WhoSchedules():
            return schedulers(names)[value]
        case MeetingHours():
            return HOURS[value]
        case ContactBetween():
            return BETWEEN[value]
        case AnswerWithin():
            return ANSWERS[value]
        case ReportTimes():
            return REPORTS[value]
        case date():
            return day(value)
        case tuple():
            return capital(join([WAYS[MeetingMode(way)].lower() for way in value], "or")) or NOT_SAID
        case int():
            return plural(value, "minute", "minutes")
        case _:
            return value or NOT_SAID


def _goals(ids: Sequence[str], goals: Mapping[str, str]) -> str:
    """What the goals say that both may read, and how many more there are, in plain text."""
    found = [f"“{goals[id]}”" for id in ids if id in goals]
    hidden = len(ids) - len(found)
    if hidden:
        found.append(f"{plural(hidden, 'goal', 'goals')} no longer shared")
    return join(found, "and") or NOT_SAID


def lines(terms: AgreementTerms, names: TwoNames, fields: Iterable[FieldName]) -> str:
    """These fields with what they say, one below the other, in mrkdwn. What is left empty is left out."""
    known = labels(names)
    shown = ((known[name], said(name, terms, names)) for name in fields if _is_shown(name, names))
    return "\n".join(f"*{escape(label)}:* {escape(words)}" for label, words in shown if words != NOT_SAID)


def differences(
    before: AgreementTerms, after: AgreementTerms | AgreementForm, names: TwoNames, *, most: int = MOST_IN_DIFFERENCE
) -> list[str]:
    """One line for each field in which two versions differ, in mrkdwn."""
    return list(_differences(before, after, names, most))


def _differences(
    before: AgreementTerms, after: AgreementTerms | AgreementForm, names: TwoNames, most: int
) -> Iterator[str]:
    changed = changed_fields(before, after)
    for name, label in labels(names).items():
        if name not in changed or not _is_shown(name, names):
            continue
        old, new = (escape(shorten(_one_line(said(name, each, names)), most)) for each in (before, after))
        yield f"• *{escape(label)}:* {old} → {new}"


def _is_shown(name: FieldName, names: TwoNames) -> bool:
    """What they agreed about progress reports is shown while the programme has them."""
    return name is not FieldName.REPORTS or names.has_reports


def what_holds(partnership: Partnership, programme: Programme) -> str:
    """What holds for every pair, in mrkdwn: shown, not asked (D1.10, D1.17, D2.9)."""
    mentee, mentor = mention(partnership.mentee), mention(partnership.mentor)
    return (
        "*What holds*\n"
        "• What we say stays between us. We pass on only what puts someone in danger, or what the law makes us pass "
        "on, and say so first.\n"
        f"• For what is beyond us (legal, medical, a complaint), {mentor} tells {mentee} where to go.\n"
        f"• Either of us can end this {Voice(programme).partnership} on any day, without giving a reason and without "
        "blame."
    )


def who_reads(partnership: Partnership, by: str) -> str:
    """The first line of the form and of the agreement, in mrkdwn."""
    return f"*Who reads it?* You and {mention(partnership.other(by))}. The programme owners never see it."


def _one_line(words: str) -> str:
    return " ".join(words.split())
