"""What people say: figures of groups of answers, all comments page by page, and what people signed. For owners."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import Block, DividerBlock, StaticSelectElement

from mentoring.applications.application import Role
from mentoring.core.programmes import Programme
from mentoring.feedback.answers import Question
from mentoring.feedback.figures import Figure, StageFigure, needed
from mentoring.feedback.groups import LEAST_FOR_BARS, LEAST_PEOPLE, STEP, AnswerBar, GroupKind
from mentoring.feedback.items import FeedbackItem
from mentoring.feedback.reading import Answers, SignedAnswer, of_stage
from messages.blocks import actions, button, modal, section, small_print, typed
from messages.feedback.averages import AT_LEAST, bar_line, out_of
from messages.feedback.item_names import item_name, value_name, values_of, words_name
from messages.forms import Option
from messages.ids import ANSWERS_PAGE, ANSWERS_ROLE, ANSWERS_ROUND, ANSWERS_STAGE, ANSWERS_VIEW, OPEN_ANSWERS
from messages.list_state import ListState
from messages.programmes.cohorts import day
from messages.text import escape, mention, plural
from messages.voice import Voice, capital

TITLE = "What people say"
MOST_SHOWN = 10
"""Comments of a page: the longest ones fit into a modal also in the longest script."""
_ALL = "all"
_STAGES = {
    Question.BASELINE: "Before we begin",
    Question.CHECK_IN: "Check-in",
    Question.SURVEY: "Closing survey",
}
_WHEN = {Question.BASELINE: "Before", Question.CHECK_IN: "Half-way", Question.SURVEY: "After"}
_KINDS = {
    GroupKind.COMPLETE: "",
    GroupKind.ONLY_BEFORE: " (people who answered only before)",
    GroupKind.ONLY_AFTER: " (people who answered only after)",
}


class AnswersState(ListState):
    """What is chosen in the three menus; "" is all of them, or the newest stage. `mark` is the number of the page."""

    cohort: str = ""
    stage: str = ""
    role: str = ""


@dataclass(frozen=True)
class _Comment:
    """`who` signed it; "" for a comment of a group."""

    about: str
    text: str
    who: str = ""


def answers_button() -> Any:
    return button("Read what people say", OPEN_ANSWERS)


def answers_view(answers: Answers, state: AnswersState, programme: Programme) -> dict[str, Any]:
    """A page: the first has the figures of what is chosen, those after it the comments."""
    voice = Voice(programme)
    stage = Question(state.stage) if state.stage in list(Question) else answers.newest_stage
    cohort_id = state.cohort if state.cohort in answers.rounds else None
    role = Role(state.role) if state.role in list(Role) else None
    figures, signed = answers.figures(stage, cohort_id, role), answers.signed_at(stage, cohort_id, role)
    comments = [*_signed_comments(signed), *_comments(figures, stage)]
    last = 1 + -(-len(comments) // MOST_SHOWN)
    number = min(int(state.mark) if state.mark.isdecimal() and len(state.mark) < 6 else 1, last)
    blocks: list[Block] = [actions(*_menus(answers, stage, cohort_id, role, voice))]
    if last > 1:
        pages = f"Page {number} of {last}: {'figures' if number <= 1 else 'comments'}."
        blocks.append(small_print(f"{pages} {plural(len(comments), 'comment', 'comments')} in all."))
    if number > 1:
        blocks.append(actions(button("Previous page", ANSWERS_PAGE, str(number - 1))))
        start = (number - 2) * MOST_SHOWN
        blocks += _page_of_comments(comments[start : start + MOST_SHOWN])
    else:
        blocks += _page_of_figures(answers, figures, stage, cohort_id, role, programme.asked_statements)
    if number < last:
        label = "Read the comments" if number <= 1 else "Next page"
        blocks.append(actions(button(label, ANSWERS_PAGE, str(max(number, 1) + 1))))
    blocks.append(
        small_print(
            f"Without a name, you see groups of at least {AT_LEAST} people, which never change. Comments are in no "
            "order of time. Please don’t try to find out who wrote what."
        )
    )
    kept = state.model_copy(update={"mark": str(number) if number > 1 else "", "stage": str(stage)})
    return modal(ANSWERS_VIEW, TITLE, blocks, private_metadata=kept.dump(form=ANSWERS_VIEW))


def _menus(
    answers: Answers, stage: Question, cohort_id: str | None, role: Role | None, voice: Voice
) -> Iterator[StaticSelectElement]:
    stages = {str(each): words for each, words in _STAGES.items()}
    yield _menu(ANSWERS_STAGE, stages, stage)
    if len(answers.rounds) > 1:
        newest = list(answers.rounds.items())[:_MOST_ROUNDS]
        rounds = {id: f"Round from {day(cohort.starts_on)}" for id, cohort in newest}
        yield _menu(ANSWERS_ROUND, {_ALL: "All rounds", **rounds}, cohort_id or _ALL)
    yield _menu(ANSWERS_ROLE, {_ALL: "Both roles", **_roles(voice)}, role or _ALL)


_MOST_ROUNDS = 90


def _roles(voice: Voice) -> dict[str, str]:
    return {Role.MENTEE: capital(voice.mentees), Role.MENTOR: capital(voice.mentors)}


def _menu(action_id: str, choices: Mapping[str, str], chosen: str) -> StaticSelectElement:
    options = [Option(value, words).to_slack() for value, words in choices.items()]
    initial = next((option for option in options if option.value == chosen), options[0])
    return StaticSelectElement(action_id=action_id, options=options, initial_option=initial)


def _page_of_figures(
    answers: Answers,
    figures: Sequence[Figure],
    stage: Question,
    cohort_id: str | None,
    role: Role | None,
    statements: Sequence[str],
) -> Iterator[Block]:
    asked, answered = answers.counted(stage, cohort_id)
    of = " in both roles" if role else ""
    if asked:
        yield section(f"*{_STAGES[stage]}*: {answered} of {asked} answered{of}, as counted on Monday.")
    if role and not figures and answers.figures(stage, cohort_id, None):
        yield section("*No figures of one role alone yet.* Choose *Both roles* to see those that there are.")
    elif asked and not figures:
        yield section(_why_nothing(answered))
    elif not figures:
        yield section(f"*{_STAGES[stage]}*: nothing is counted yet. I count answers on Mondays.")
    for figure in sorted(figures, key=_order)[:_MOST_FIGURES]:
        yield section(_figure(figure, stage, statements))


def _order(figure: Figure) -> int:
    """The rating comes first, then the others in the order of the questions."""
    return list(FeedbackItem).index(FeedbackItem(figure.item.id)) + 1 if figure.item.id in list(FeedbackItem) else 0


_MOST_FIGURES = 80


def _why_nothing(answered: int) -> str:
    """Why no figure can be shown, and how many more answers are needed: from the number of answers alone."""
    more = needed(answered)
    lines = [f"*Nothing can be shown yet.* I show answers of at least {AT_LEAST} people together."]
    if more.at_the_end:
        answers = plural(more.at_the_end, "more answer is", "more answers are")
        lines.append(f"• Once no one can answer any more: at least {answers} needed.")
    else:
        lines.append("• Once no one can answer any more: these answers, if they are of enough people.")
    if more.before:
        lines.append(
            f"• Before that: {STEP + LEAST_PEOPLE} people in one role must have answered, at least {more.before} more."
        )
    lines.append("People can also share an answer with you, with their name.")
    return "\n".join(lines)


def _figure(figure: Figure, stage: Question, statements: Sequence[str]) -> str:
    item, shown = figure.item.id, of_stage(figure, stage)
    lines = [f"*{escape(item_name(item, stage, figure.item.version, statements))}*{_KINDS[figure.kind]}"]
    if len(figure.stages) > 1:
        parts = [f"{_WHEN[each.stage]}: {out_of(each.average)}" for each in figure.stages if each.average]
        lines.append(f"{'. '.join(parts)}. {_answers(shown)}, from the same people.")
    elif shown.average:
        lines.append(f"Average: {out_of(shown.average)}. {_answers(shown)}.")
    else:
        lines.append(f"{_answers(shown)}.")
    lines += [escape(line) for line in _bars(item, shown, is_compared=len(figure.stages) > 1)]
    return "\n".join(lines)


def _answers(shown: StageFigure) -> str:
    return f"{plural(shown.answers, 'answer', 'answers')} of {plural(shown.people, 'person', 'people')}"


def _bars(item: str, shown: StageFigure, *, is_compared: bool) -> Iterator[str]:
    if not shown.bars:
        if shown.average is None:
            yield f"How often each was chosen is shown for groups of {LEAST_FOR_BARS} people or more."
        return
    if shown.in_bars < shown.answers:
        yield f"Of {shown.in_bars} answers:"
    elif is_compared:
        yield f"{_WHEN[shown.stage]}:"
    order = {value: place for place, value in enumerate(values_of(item))}
    for bar in sorted(shown.bars, key=lambda bar: _place(bar, item, order)):
        yield bar_line(value_name(item, shown.stage, bar.value), bar, shown.in_bars)
    if shown.rest:
        yield f"{shown.rest} · the rest, not shown one by one"


def _place(bar: AnswerBar, item: str, order: Mapping[str, int]) -> tuple[int, int]:
    """Training needs come by how often they were named; other answers in the order of the form."""
    often = -bar.count if item == FeedbackItem.LEARN else 0
    return often, order.get(bar.value, len(order))


def _comments(figures: Sequence[Figure], stage: Question) -> Iterator[_Comment]:
    by_question: dict[str, list[str]] = {}
    for figure in figures:
        for field, text in of_stage(figure, stage).words:
            by_question.setdefault(words_name(figure.item.id, stage, field), []).append(text)
    for about, texts in by_question.items():
        yield from (_Comment(about, text) for text in texts)


def _signed_comments(signed: Sequence[SignedAnswer]) -> Iterator[_Comment]:
    for each in signed:
        if each.score is not None:
            said = value_name(each.item, each.stage, str(each.score))
            yield _Comment(item_name(each.item, each.stage), said, each.person)
        for field, text in each.words:
            yield _Comment(words_name(each.item, each.stage, field), text, each.person)


def _page_of_comments(comments: Sequence[_Comment]) -> Iterator[Block]:
    for comment in comments:
        yield DividerBlock()
        who = f" {mention(comment.who)}, who shares this with you" if comment.who else ""
        yield small_print(f"*{escape(comment.about)}*{who}")
        yield typed(comment.text)
