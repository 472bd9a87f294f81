"""The forms of a progress report and their parsers: what one has learnt, what both write, and with whom to share."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from slack_sdk.models.blocks import Block

from mentoring.applications.application import Role
from mentoring.core.fields import FieldName
from mentoring.goals.goal import MOST_LINE, MOST_SHORT, GoalRecord
from mentoring.reports.page import ReportWish, ReportWords, goals_in_report, line_of, resting_goals
from mentoring.reports.report import MOST_NEXT, ProgressReport, ReportContext, SharedWordsForm
from messages.blocks import modal, section, small_print
from messages.forms import (
    TICKED,
    Checkbox,
    FormMetadata,
    Input,
    MultiSelect,
    Option,
    PersonPicker,
    TextInput,
    Values,
)
from messages.ids import LOOK_UP_PERSON, REPORT_FORM
from messages.reports.page import NEXT_TITLE, WISHES, WISHES_TITLE
from messages.reports.words import who_reads
from messages.text import escape, mention, shorten

LEARNT, PAGE, SHARE = "learnt", "page", "share"
"""`FormMetadata.form` of the three; `about` is from `about_report`, and `version` that of the words that both write."""
_MOST_OF_GOAL: Final = 120
_MOST_IN_DIFFERENCE: Final = 200
_LINE: Final = f"{FieldName.GOAL_LINE}-"
_NEXT: Final = tuple(f"{FieldName.NEXT_STEPS}-{number}" for number in range(1, MOST_NEXT + 1))


def about_report(partnership_id: str, number: int) -> str:
    """What a form or a button is about: the `number`th report of a partnership."""
    return f"{partnership_id}:{number}"


def learnt_form(
    context: ReportContext, report: ProgressReport, values: Values, *, by: str, root: str = "", restored: bool = False
) -> dict[str, Any]:
    """The form for what `by` has learnt. `root` is the id of the view below, which is updated afterwards; `restored`
    says that the values are a draft.
    """
    partner = mention(context.partnership.other(by))
    blocks: list[Block] = [small_print(who_reads(context.partnership, by))]
    blocks += [small_print("We saved what you typed last time.")] if restored else []
    blocks.append(section(f"Only you change this. {partner} writes their own."))
    blocks.append(_learnt_field().block(values))
    blocks.append(_titles_field().block(values))
    return _form(LEARNT, "What I learnt", context, report, blocks, root)


def page_form(
    context: ReportContext,
    report: ProgressReport,
    values: Values,
    *,
    by: str,
    root: str = "",
    restored: bool = False,
    changed: bool = False,
) -> dict[str, Any]:
    """The form for what both write. `restored`: the values are a draft; where they differ from what the report says
    now, both are shown above. `changed`: the partner has changed it meanwhile.
    """
    blocks: list[Block] = [small_print(who_reads(context.partnership, by))]
    if restored or changed:
        blocks += _kept(context, report, values, by, changed=changed)
    blocks += [field.block(values) for field in _page_fields(context, report)]
    return _form(PAGE, "Edit the report", context, report, blocks, root)


def share_form(
    context: ReportContext, report: ProgressReport, values: Values, *, by: str, root: str = ""
) -> dict[str, Any]:
    """The form to choose a person with whom to share the report."""
    partner = mention(context.partnership.other(by))
    words = (
        f"Choose one person, such as a manager or a programme owner. Then I ask {partner}. If you both agree, I send "
        "the report to them as one message. They see the page that you have just read, and nothing else."
    )
    field = PersonPicker(block_id=FieldName.PERSON, label="Share with", looked_up_by=LOOK_UP_PERSON)
    blocks: list[Block] = [section(words), field.block(values)]
    return _form(SHARE, "Share the report", context, report, blocks, root, submit="Ask to share")


def _form(
    form: str,
    title: str,
    context: ReportContext,
    report: ProgressReport,
    blocks: Sequence[Block],
    root: str,
    *,
    submit: str = "Save",
) -> dict[str, Any]:
    version = context.words_of(report).version
    about = about_report(context.partnership.id, report.number)
    meta = FormMetadata(form=form, version=version, about=about, root=root, programme=context.programme.id)
    return modal(REPORT_FORM, title, blocks, submit=submit, close="Cancel", private_metadata=meta.dump())


def _learnt_field() -> Input:
    return TextInput(
        block_id=FieldName.LEARNT, label="What have you learnt?", most=MOST_SHORT, lines=True, optional=True
    )


def _titles_field() -> Input:
    return Checkbox(
        block_id=FieldName.SHOWS_TITLES,
        label="Action items on the page",
        text="Show titles",
        hint="The page names them once you have both ticked this. Otherwise it says how many there are.",
        optional=True,
    )


def values_of_learnt(words: ReportWords, role: Role) -> Values:
    """The form values of what one of the two writes alone."""
    return {
        FieldName.LEARNT: words.learnt.get(role),
        FieldName.SHOWS_TITLES: [TICKED] if role in words.shows_titles else [],
    }


def _page_fields(context: ReportContext, report: ProgressReport) -> Iterator[Input]:
    for record in goals_in_report(context.goals, report.starts_on):
        label = shorten(record.goal.words, _MOST_OF_GOAL)
        yield TextInput(
            block_id=f"{_LINE}{record.goal.id}", label=f"Goal: {label}", hint="One line.", most=MOST_LINE, optional=True
        )
    if resting_goals(context.goals, report.starts_on):
        yield Checkbox(
            block_id=FieldName.LEAVES_OUT,
            label="Goals that rest or were let go",
            text="Leave them out",
            optional=True,
        )
    for number, block_id in enumerate(_NEXT, start=1):
        yield TextInput(block_id=block_id, label=f"{NEXT_TITLE} ({number})", most=MOST_LINE, optional=True)
    yield MultiSelect(
        block_id=FieldName.WISHES,
        label=WISHES_TITLE,
        options=[Option(str(wish), label) for wish, label in WISHES.items()],
        optional=True,
    )


def values_of_page(context: ReportContext, report: ProgressReport) -> Values:
    """The form values of what both write. What comes next is, at first, the next steps of the goals."""
    words = context.words_of(report)
    goals = goals_in_report(context.goals, report.starts_on)
    steps = words.next_steps
    if not words.version:
        steps = tuple(each.next_step for each in goals if each.goal.is_open and each.next_step)[:MOST_NEXT]
    return {
        **{f"{_LINE}{each.goal.id}": line_of(each, words) or None for each in goals},
        **dict(zip(_NEXT, steps, strict=False)),
        FieldName.LEAVES_OUT: [TICKED] if words.leaves_out_resting else [],
        FieldName.WISHES: [str(wish) for wish in words.wishes],
    }


def parse_page(values: Values) -> SharedWordsForm:
    """Raises ValueError for input that the form cannot have sent; the message does not repeat it."""
    leaves_out = values.get(FieldName.LEAVES_OUT)
    return SharedWordsForm(
        lines={key.removeprefix(_LINE): _one_line(each) for key, each in values.items() if key.startswith(_LINE)},
        next_steps=tuple(said for block_id in _NEXT if (said := _one_line(values.get(block_id)))),
        wishes=tuple(dict.fromkeys(ReportWish(each) for each in values.get(FieldName.WISHES) or ())),
        leaves_out_resting=TICKED in (leaves_out or ()) if FieldName.LEAVES_OUT in values else None,
    )


def parse_learnt(values: Values) -> str:
    return _text(values.get(FieldName.LEARNT))


def parse_shows_titles(values: Values) -> bool | None:
    """Whether the box is ticked; None if the form had none."""
    return TICKED in (values.get(FieldName.SHOWS_TITLES) or ()) if FieldName.SHOWS_TITLES in values else None


def parse_reader(values: Values) -> str:
    """The Slack user id of the person who was chosen, or ""."""
    return _text(values.get(FieldName.PERSON))


def _text(value: str | list[str] | None) -> str:
    if isinstance(value, list):
        raise ValueError("a text")
    return (value or "").strip()


def _one_line(value: str | list[str] | None) -> str:
    return " ".join(_text(value).split())


def _kept(context: ReportContext, report: ProgressReport, values: Values, by: str, *, changed: bool) -> Iterator[Block]:
    """The input of a form that was not saved, and how it differs from the stored report."""
    found = list(_differences(context.goals, context.words_of(report), report, parse_page(values)))
    partner = mention(context.partnership.other(by))
    if changed:
        yield section(f"*{partner} changed it meanwhile.* We kept what you typed, and nothing of it is saved yet.")
    else:
        yield small_print("We saved what you typed last time.")
    if found:
        yield section("\n".join(["*What it says now → what you typed*", *found]))


def _differences(
    goals: Sequence[GoalRecord], words: ReportWords, report: ProgressReport, typed: SharedWordsForm
) -> Iterator[str]:
    for record in goals_in_report(goals, report.starts_on):
        if record.goal.id in typed.lines:
            yield from _difference(record.goal.words, line_of(record, words), typed.lines[record.goal.id])
    yield from _difference(NEXT_TITLE, ", ".join(words.next_steps), ", ".join(typed.next_steps))
    wishes = [", ".join(WISHES[wish] for wish in each) for each in (words.wishes, typed.wishes)]
    yield from _difference(WISHES_TITLE, *wishes)


def _difference(label: str, before: str, after: str) -> Iterator[str]:
    if before != after:
        old, new = (escape(shorten(each, _MOST_IN_DIFFERENCE)) or "nothing" for each in (before, after))
        yield f"• *{escape(shorten(label, _MOST_OF_GOAL))}:* {old} → {new}"
