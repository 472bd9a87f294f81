"""Sentences of refusals about progress reports."""

from mentoring.core.people import Ineligibility
from mentoring.reports.errors import (
    AlreadyShared,
    CannotReadReport,
    NoSuchReport,
    NotAskedToShare,
    NotFinished,
    NothingToReport,
    ReportChanged,
    ReportsOff,
    SharedWithMany,
)
from messages.errors.registry import register_sentence, see_status
from messages.text import plural
from messages.voice import Voice


@register_sentence.register
def _(error: ReportsOff, voice: Voice) -> str:
    return f"This programme doesn’t use progress reports. If you’d like one, ask {voice.contact}."


@register_sentence.register
def _(error: NothingToReport, voice: Voice) -> str:
    return "No meeting is logged for a report yet. Log a meeting first, then open the report again."


@register_sentence.register
def _(error: NoSuchReport, voice: Voice) -> str:
    return f"This report doesn’t exist any more. {see_status(voice)}"


@register_sentence.register
def _(error: ReportChanged, voice: Voice) -> str:
    who = voice.person(error.by, "The other person")
    return f"{who} changed it meanwhile, so nothing was saved. Read what it says now, then try again."


@register_sentence.register
def _(error: NotFinished, voice: Voice) -> str:
    return "You can share a report once you’ve both finished it. Nothing was shared."


@register_sentence.register
def _(error: AlreadyShared, voice: Voice) -> str:
    reader = voice.person(error.person, "This person")
    return f"{reader} has the report already, so it can’t be taken back."


@register_sentence.register
def _(error: NotAskedToShare, voice: Voice) -> str:
    return "The other person has taken this back, so nothing is shared. You can ask to share it yourself."


@register_sentence.register
def _(error: SharedWithMany, voice: Voice) -> str:
    return f"A report can go to {plural(error.most, 'person', 'people')} at most. Nothing was shared."


@register_sentence.register
def _(error: CannotReadReport, voice: Voice) -> str:
    match error.ineligibility:
        case Ineligibility.ONESELF:
            return "The two of you read the report already. Choose someone else."
        case Ineligibility.UNKNOWN:
            return "Slack can’t tell me who this is right now. Try again in a few minutes."
        case Ineligibility.BOT:
            return "This is an app. Choose a person."
        case Ineligibility.DEACTIVATED:
            return "This person’s Slack account is deactivated. Choose someone else."
        case _:
            return "I can send the report only to people of this workspace. Choose someone else."
