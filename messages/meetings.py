"""The form to log or correct a meeting, and its parser (D1.9, D1.14)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from pydantic import ConfigDict
from slack_sdk.models.blocks import Block, DividerBlock

from mentoring.applications.application import MeetingMode
from mentoring.core.fields import FieldName
from mentoring.core.programmes import Programme
from mentoring.goals.goal import Goal
from mentoring.items.item import MOST_LINES, MOST_WORDS
from mentoring.meetings.log import MOST_NOTES, Meeting, MeetingForm, MeetingNotes
from mentoring.partnerships.partnership import Partnership
from messages.applications.wording import WAYS_MET
from messages.blocks import actions, fit, modal, section, small_print
from messages.deleted_meetings import delete_button
from messages.forms import (
    TICKED,
    Checkbox,
    DateInput,
    FormMetadata,
    Input,
    MultiSelect,
    Option,
    Select,
    Submission,
    TextInput,
    UnknownForm,
    Values,
)
from messages.ids import MEETING_FORM
from messages.partnerships.summary import other_in_sentence, other_role
from messages.payloads import limits
from messages.programmes.cohorts import day
from messages.text import mention, plural
from messages.voice import Voice, capital

LOG: Final = "log"
CORRECT: Final = "correct"
"""A value of `FormMetadata.form`; `about` is then the meeting's id."""

MINUTES = (15, 30, 45, 60, 75, 90, 105, 120, 150, 180, 240, 300, 360, 420, 480)
USUAL_MINUTES = 60
_ONE_PER_LINE: Final = f"Action items, one per line, up to {MOST_LINES}."


def form(
    partnerships: Sequence[Partnership],
    names: Mapping[str, str],
    values: Values,
    *,
    meta: FormMetadata,
    today: date,
    by: str,
    programme: Programme,
    programmes: Mapping[str, Programme] | None = None,
    goals: Sequence[Goal] = (),
    shares_goals: bool = False,
    restored: bool = False,
    same_day: str = "",
    notes: str = "",
) -> dict[str, Any]:
    """The form as a view for `by`, filled with `values` or with defaults.

    `partnerships` are the choices; `names` are display names by Slack user id; `today` is the author's date.
    `meta.form` is LOG or CORRECT. `programmes` (by cohort id) are those of the partnerships, where it is not
    `programme`; if there are several, each choice has the name of its own. `goals` are those that the author may read,
    and `shares_goals` says that the other one reads them, too. `same_day` (mrkdwn) says that a meeting of that day is
    logged already: the form then asks whether this is another one. `notes` are there
    if there are no `values`.
    """
    corrects = meta.form == CORRECT
    blocks: list[Block] = []
    if restored:
        blocks.append(small_print("We saved what you typed last time."))
    if same_day:
        blocks.append(section(f"*Not logged yet.* {same_day}"))
    blocks.append(section(_introduction(partnerships, by, programme)))
    first: Values = {
        FieldName.MET_ON: today.isoformat(),
        FieldName.MINUTES: str(USUAL_MINUTES),
        FieldName.NOTES: notes or None,
    }
    filled = values or first
    others = _others(partnerships, names, by, Voice(programme, marked=False))
    own = {each.id: (programmes or {}).get(each.cohort_id, programme) for each in partnerships}
    for field in _meeting(partnerships, others, filled, by, own):
        blocks.append(field.block(filled))
        if same_day and field.block_id == FieldName.MET_ON:
            blocks.append(_ANOTHER.block(filled))
    blocks.append(DividerBlock())
    if goals:
        blocks.append(_talked_about(goals, shares_goals=shares_goals).block(filled))
    is_active = all(each.is_active for each in partnerships)
    filled = _with_earlier_action(filled, by)
    other = _other_in_sentence(partnerships, names, others, by, programme)
    blocks += [field.block(filled) for field in _for_the_two(other, is_active=is_active, corrects=corrects)]
    if corrects:
        blocks.append(actions(delete_button(meta.about, meta.version)))
    return modal(
        MEETING_FORM,
        "Correct a meeting" if corrects else "Log a meeting",
        blocks,
        submit="Save" if corrects else "Log meeting",
        close="Cancel",
        private_metadata=meta.dump(),
    )


_ANOTHER = Checkbox(
    block_id=FieldName.ANOTHER, label="Did you meet twice that day?", text="Yes, this is another meeting", optional=True
)


class MeetingSubmission(Submission):
    model_config = ConfigDict(str_strip_whitespace=True)

    partnership: str = ""
    met_on: date | None = None
    minutes: int | None = None
    way: MeetingMode | None = None
    topics: tuple[str, ...] = ()
    notes: str = ""
    actions_mine: str = ""
    actions_theirs: str = ""
    action_by: date | None = None
    goals: tuple[str, ...] = ()
    another: tuple[str, ...] = ()


def parse(values: Values) -> tuple[str, MeetingForm]:
    """The id of the partnership, or "" if the form did not ask for it, and the meeting as the rules take it.

    Raises ValueError for input that the form cannot have sent; the message does not repeat it. So is the form of an
    earlier version, which asked for one action item: what was typed in it is kept.
    """
    if values.get(FieldName.ACTION):
        raise UnknownForm
    sent = MeetingSubmission.read(values)
    return sent.partnership, MeetingForm(
        met_on=sent.met_on,
        minutes=sent.minutes,
        way=sent.way,
        topics=tuple(dict.fromkeys(sent.topics)),
        notes=sent.notes,
        mine=_lines(sent.actions_mine),
        theirs=_lines(sent.actions_theirs),
        action_by=sent.action_by,
        goals=tuple(dict.fromkeys(sent.goals)),
        is_another=TICKED in sent.another,
    )


def _lines(typed: str) -> tuple[str, ...]:
    """The lines of a text, without what marks them as a list."""
    lines = (line.strip().lstrip("•-–*").strip() for line in typed.splitlines())
    return tuple(dict.fromkeys(line for line in lines if line))


def _with_earlier_action(values: Values, by: str) -> Values:
    """The values of a form or draft of an earlier version, which had one action item."""
    action = values.get(FieldName.ACTION)
    if not isinstance(action, str) or not action:
        return values
    field = FieldName.ACTIONS_MINE if values.get(FieldName.ACTION_WHO) in (None, by) else FieldName.ACTIONS_THEIRS
    return {field: action, **{name: value for name, value in values.items() if value or name != field}}


def values_of(meeting: Meeting, notes: MeetingNotes | None) -> Values:
    """The form values of a meeting, to correct it."""
    return {
        FieldName.MET_ON: meeting.met_on.isoformat(),
        FieldName.MINUTES: str(meeting.minutes),
        FieldName.WAY: meeting.way,
        FieldName.TOPICS: list(meeting.topics),
        FieldName.NOTES: (notes.notes or None) if notes else None,
        FieldName.GOALS: list(notes.goals) if notes else [],
    }


def _introduction(partnerships: Sequence[Partnership], by: str, programme: Programme) -> str:
    readers = capital(Voice(programme).meeting_readers)
    owners = f"{readers} see totals and when you last met, never notes or action items."
    if len(partnerships) > 1:
        return f"*Who sees this?* You and the person you met see all of it. {owners}"
    partner, since = mention(partnerships[0].other(by)), day(partnerships[0].started_on)
    about = f"Your {Voice(programme).partnership} with {partner}, since {since}."
    return f"{about}\n*Who sees this?* You and {partner} see all of it. {owners}"


def _others(partnerships: Sequence[Partnership], names: Mapping[str, str], by: str, voice: Voice) -> dict[str, str]:
    """The display names of everyone in the partnerships but the author, by Slack user id."""
    return {each.other(by): names.get(each.other(by)) or f"Your {other_role(each, by, voice)}" for each in partnerships}


def _meeting(
    partnerships: Sequence[Partnership],
    others: Mapping[str, str],
    values: Values,
    by: str,
    programmes: Mapping[str, Programme],
) -> Iterator[Input]:
    """`programmes` are by partnership id."""
    if len(partnerships) > 1:
        yield Select(
            block_id=FieldName.PARTNERSHIP,
            label="Who did you meet?",
            options=[Option(each.id, _choice(each, others, by, programmes)) for each in partnerships],
        )
    yield DateInput(block_id=FieldName.MET_ON, label="When did you meet?")
    yield Select(
        block_id=FieldName.MINUTES,
        label="How long did you meet?",
        hint="A rough time is enough.",
        options=[Option(str(minutes), plural(minutes, "minute", "minutes")) for minutes in _minutes(values)],
    )
    yield Select(
        block_id=FieldName.WAY,
        label="How did you meet?",
        options=[Option(way, words) for way, words in WAYS_MET.items()],
    )
    topics = _topics(partnerships, values, programmes.values())
    if topics:
        yield MultiSelect(
            block_id=FieldName.TOPICS,
            label="What did you talk about?",
            options=[Option(topic, topic) for topic in topics],
            optional=True,
        )


def _other_in_sentence(
    partnerships: Sequence[Partnership],
    names: Mapping[str, str],
    others: Mapping[str, str],
    by: str,
    programme: Programme,
) -> str:
    """The other person inside a sentence, in plain text."""
    if len(others) != 1:
        return "the other person"
    (other,) = others
    return other_in_sentence(partnerships[0], by, names.get(other, ""), programme)


def _for_the_two(other: str, *, is_active: bool, corrects: bool) -> Iterator[Input]:
    yield TextInput(
        block_id=FieldName.NOTES,
        label="Notes",
        hint="What you’d like to remember.",
        most=MOST_NOTES,
        lines=True,
        optional=True,
    )
    if not is_active:
        return
    more, most = ("else " if corrects else ""), MOST_LINES * (MOST_WORDS + 1)
    yield TextInput(
        block_id=FieldName.ACTIONS_MINE,
        label=f"What {more}will you do until the next meeting?",
        hint=_ONE_PER_LINE,
        most=most,
        lines=True,
        optional=True,
    )
    yield TextInput(
        block_id=FieldName.ACTIONS_THEIRS,
        label=fit(f"What {more}will {other} do?", f"What {more}will the other person do?", most=limits.INPUT_LABEL),
        hint=_ONE_PER_LINE,
        most=most,
        lines=True,
        optional=True,
    )
    yield DateInput(
        block_id=FieldName.ACTION_BY,
        label="By when?",
        hint="For all of these. You can change each of them later.",
        optional=True,
    )


def _talked_about(goals: Sequence[Goal], *, shares_goals: bool) -> MultiSelect:
    sees = "Shown to the two of you." if shares_goals else "Shown only to you, unless you share your plan."
    return MultiSelect(
        block_id=FieldName.GOALS,
        label="Which goals did you talk about?",
        hint=sees,
        options=[Option(goal.id, goal.words) for goal in goals],
        optional=True,
    )


def _minutes(values: Values) -> list[int]:
    """The usual lengths, and that of the logged meeting."""
    logged = values.get(FieldName.MINUTES)
    return sorted({*MINUTES, *([int(logged)] if isinstance(logged, str) and logged.isdigit() else [])})


def _choice(partnership: Partnership, others: Mapping[str, str], by: str, programmes: Mapping[str, Programme]) -> str:
    """The partner and, if the choices are of several programmes, the name of this one."""
    voice = Voice(programmes[partnership.id], marked=False)
    who = f"{others[partnership.other(by)]}, your {other_role(partnership, by, voice)}"
    return f"{who} ({voice.name})" if len({each.id for each in programmes.values()}) > 1 else who


def _topics(partnerships: Sequence[Partnership], values: Values, programmes: Iterable[Programme]) -> list[str]:
    """The shared topics first, then those of the logged meeting, then the rest of the programmes."""
    shared = partnerships[0].topics if len(partnerships) == 1 else ()
    offered = [topic for programme in programmes for topic in programme.topics]
    logged = values.get(FieldName.TOPICS)
    return list(dict.fromkeys([*shared, *(logged if isinstance(logged, list) else ()), *offered]))
