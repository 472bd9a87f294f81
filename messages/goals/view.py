"""A plan with its goals and their history: one's own, and the one that a partner shares."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from slack_sdk.models.blocks import Block, ButtonElement, DividerBlock

from mentoring.core.people import Person
from mentoring.core.programmes import Programme
from mentoring.goals.goal import MOST_OPEN, GoalChange, GoalRecord, open_goals
from mentoring.goals.plan import DevelopmentPlan, OwnPlan, PlanShare, WrittenPlan
from mentoring.partnerships.partnership import Partnership
from messages.blocks import actions, button, confirm, fit, header, listing, modal, section, small_print
from messages.forms import FormMetadata
from messages.goals.buttons import name_in_button, partner_plan_title
from messages.goals.plan_form import TITLE as TITLE_OF_PLAN
from messages.goals.progress_form import TITLE as TITLE_OF_PROGRESS
from messages.goals.wording import HELP, SEPARATOR, STATES, as_it_was, for_when, who_sees
from messages.ids import (
    ADD_GOAL,
    DELETE_GOAL,
    DELETE_PLAN,
    GOALS_VIEW,
    OPEN_PARTNERSHIPS,
    OPEN_PROGRESS,
    SHARE_PLAN,
    UNSHARE_PLAN,
    WRITE_PLAN,
)
from messages.payloads import limits
from messages.programmes.cohorts import day
from messages.text import escape, join, mention, shorten
from messages.voice import Voice

TITLE: Final = "My plan"
_LIST: Final = "list:"
MOST_SHARES: Final = 6
"""Partnerships in which a plan can be shared, in one view."""
OPEN_GOAL, OPEN_HISTORY = 1500, 2500
OTHER_GOAL, OTHER_HISTORY = 600, 400
"""Characters of a goal and of its history: Slack allows 250 kB for a view, and a character may take six bytes."""
LET_GO_NOTE: Final = "*Noted.* Letting go is a decision too."


def own_view(
    own: OwnPlan,
    *,
    people: Mapping[str, Person],
    note: str = "",
    below: str = "",
) -> dict[str, Any]:
    """The person's own plan, to change and to share. `people` (by Slack user id) are their partners.

    `note` (mrkdwn) is shown above it. `below` is from `in_place_of_list`, if it stands in the place of that.
    """
    written = own.written
    blocks: list[Block] = [section(note)] if note else []
    blocks.append(section(who_sees([partnership.mentor for partnership, _ in own.shared])))
    if written.is_empty:
        blocks.append(
            section("Write where you stand and up to three goals. It takes five minutes. You can change it later.")
        )
    blocks += _plan(written.plan)
    writes = f"Change “{TITLE_OF_PLAN}”" if written.plan else "Write where I stand"
    first = None if written.plan or written.goals else "primary"
    if own.may_write:
        blocks.append(actions(button(writes, WRITE_PLAN, style=first)))
    blocks += _goals(written.goals, is_own=True)
    if own.may_write:
        style = "primary" if written.plan and not written.goals else None
        blocks.append(actions(button("Add a goal", ADD_GOAL, style=style)))
    if not written.is_empty:
        blocks += _sharing(own, people)
        blocks.append(actions(_delete_all()))
    return _view(TITLE, blocks, below)


def partner_view(
    written: WrittenPlan,
    partnership: Partnership,
    *,
    programme: Programme,
    mentee: Person,
    below: str = "",
) -> dict[str, Any]:
    """The plan of the mentee for the mentor with whom it is shared. `below` is as in `own_view`."""
    them = mention(partnership.mentee)
    blocks: list[Block] = [
        section(f"*Who sees this?* {them} shares it with you. I never show it to the programme owners.")
    ]
    if written.is_empty:
        blocks.append(section(f"{them} hasn’t written anything yet."))
    blocks += [*_plan(written.plan), *_goals(written.goals, is_own=False)]
    title = fit(partner_plan_title(mentee, programme), f"{Voice(programme, marked=False).mentee}’s plan", "The plan")
    return _view(title, blocks, below)


def in_place_of_list(partnership_id: str) -> str:
    """Says that a plan stands in the place of the list of partnerships, from which it was opened."""
    return f"{_LIST}{partnership_id}"


def _view(title: str, blocks: list[Block], below: str) -> dict[str, Any]:
    if below.startswith(_LIST):
        blocks = [*blocks, DividerBlock(), actions(button("Back", OPEN_PARTNERSHIPS, below.removeprefix(_LIST)))]
    meta = FormMetadata(form=GOALS_VIEW, below=below).dump()
    return modal(GOALS_VIEW, title, blocks[: limits.VIEW_BLOCKS], private_metadata=meta)


def _plan(plan: DevelopmentPlan | None) -> Iterator[Block]:
    if plan is None:
        return
    skills = [*plan.skills, *([plan.other_skills] if plan.other_skills else [])]
    parts = (
        ("Where I’d like to be in three years", escape(plan.direction)),
        ("Why that matters to me", escape(plan.why)),
        ("What I need for it", listing(skills, limits.SECTION // 2)),
        ("What I do well", escape(plan.strengths)),
        ("What I’d like to do better", escape(plan.stretch)),
        ("What gives me energy, and what takes it", escape(plan.energy)),
    )
    yield header(TITLE_OF_PLAN)
    for label, words in parts:
        if words:
            yield section(f"*{label}*\n{words}")
    yield small_print(f"Written on {day(plan.written_on)}.")


def _goals(records: Sequence[GoalRecord], *, is_own: bool) -> Iterator[Block]:
    """The open goals first, then the others, each in the order of writing."""
    if not records:
        return
    yield DividerBlock()
    count = len(open_goals(records))
    yield header(f"Goals: {count} of {MOST_OPEN} open" if is_own else "Goals")
    for record in sorted(records, key=lambda each: not each.goal.is_open):
        yield from _goal(record, is_own=is_own)


def _goal(record: GoalRecord, *, is_own: bool) -> Iterator[Block]:
    goal = record.goal
    most, of_history = (OPEN_GOAL, OPEN_HISTORY) if goal.is_open else (OTHER_GOAL, OTHER_HISTORY)
    yield section(shorten("\n".join(_lines(record)), most))
    if is_own:
        yield actions(*_buttons(record))
    if history := "\n".join(_change(change) for change in record.changes):
        yield small_print(shorten(history, of_history))


def _lines(record: GoalRecord) -> Iterator[str]:
    goal = record.goal
    yield f"*{escape(goal.words)}*"
    yield f"{STATES[goal.state]}. For {for_when(goal)}."
    who = [*(mention(each) for each in goal.who), *([escape(goal.other_who)] if goal.other_who else [])]
    helps = join([HELP[each].lower() for each in goal.help])
    parts = (
        ("How I’ll know", escape(goal.proof)),
        ("Next step" if goal.is_open else "Last step", escape(record.next_step)),
        ("What would help", helps),
        ("Who could help", join(who)),
        ("What could get in the way", escape(goal.obstacle)),
    )
    yield from (f"{label}: {words}" for label, words in parts if words)


def _buttons(record: GoalRecord) -> tuple[ButtonElement, ButtonElement]:
    goal = record.goal
    asks = confirm(
        "Delete this goal?", "This deletes the goal and its history, and cannot be undone.", yes="Delete", no="Go back"
    )
    return (
        button(TITLE_OF_PROGRESS, OPEN_PROGRESS, goal.id, accessibility_label=f"How is it: {goal.words}"),
        button("Delete", DELETE_GOAL, goal.id, confirm=asks, accessibility_label=f"Delete: {goal.words}"),
    )


def _change(change: GoalChange) -> str:
    """One line of the history of a goal, in mrkdwn."""
    if change.old_words:
        return f"*{day(change.on)}* Changed. It was: {as_it_was(change.old_words, change.old_proof, change.old_until)}"
    happened = [escape(change.happened)] if change.happened else []
    next_step = [f"next step: {escape(change.next_step)}"] if change.next_step else []
    return f"*{day(change.on)}* {SEPARATOR.join([STATES[change.state], *happened, *next_step])}"


def _sharing(own: OwnPlan, people: Mapping[str, Person]) -> Iterator[Block]:
    if not own.partnerships:
        return
    yield DividerBlock()
    yield header("Sharing")
    shares = {partnership.id: share for partnership, share in own.shared}
    for partnership in own.partnerships[:MOST_SHARES]:
        yield _share(partnership, shares.get(partnership.id), people.get(partnership.mentor), own)


def _share(partnership: Partnership, share: PlanShare | None, mentor: Person | None, own: OwnPlan) -> Block:
    them = mention(partnership.mentor)
    if share:
        words = f"{them} has been able to read it since {day(own.person.today(share.shared_at))}."
        return section(words, button("Stop sharing", UNSHARE_PLAN, partnership.id))
    name = name_in_button(mentor, "your partner")
    asks = confirm(
        "Share your plan?",
        f"{name} can then read where you stand, your goals and their history, and what you change later. You can stop "
        "at any time.",
        yes="Share",
        no="Go back",
    )
    label = shorten(f"Share with {name}", limits.BUTTON)
    return section(f"{them} can’t read it.", button(label, SHARE_PLAN, partnership.id, confirm=asks))


def _delete_all() -> ButtonElement:
    asks = confirm(
        "Delete your plan?",
        "This deletes where you stand, all goals and their history, and cannot be undone.",
        yes="Delete",
        no="Go back",
    )
    return button("Delete my plan", DELETE_PLAN, style="danger", confirm=asks)
