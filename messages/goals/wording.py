"""The words for goals, and the line that says who sees a plan."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from mentoring.goals.goal import Goal, GoalHelp, GoalRecord, GoalState, GoalTerm
from messages.programmes.cohorts import day
from messages.text import escape, join, mention

STATES: Final = {
    GoalState.NOT_BEGUN: "Not begun",
    GoalState.BEGUN: "Begun",
    GoalState.HALF_WAY: "Half-way",
    GoalState.NEARLY_THERE: "Nearly there",
    GoalState.REACHED: "Reached",
    GoalState.RESTING: "Resting",
    GoalState.LET_GO: "Let go",
}
TERMS: Final = {GoalTerm.QUARTER: "This quarter", GoalTerm.YEAR: "This year", GoalTerm.LATER: "Later"}
SEPARATOR: Final = " · "
HELP: Final = {
    GoalHelp.ADVICE: "Advice",
    GoalHelp.CONTACT: "Meeting someone",
    GoalHelp.CHANCE: "A chance to try it",
    GoalHelp.FEEDBACK: "Feedback",
    GoalHelp.COURSE: "A course or a book",
    GoalHelp.TIME: "Time",
    GoalHelp.ENCOURAGEMENT: "Encouragement",
}


def who_sees(partners: Sequence[str]) -> str:
    """Who sees the reader's own plan, in mrkdwn; `partners` (Slack user ids) are those with whom it is shared."""
    if not partners:
        return "*Who sees this?* I show it only to you. You can share it later."
    named = ["you", *(mention(each) for each in partners)]
    return f"*Who sees this?* I show it to {join(named)}, and to no one else."


def for_when(goal: Goal) -> str:
    """The term and the day: "this quarter, until 31 March 2027"."""
    until = f", until {day(goal.until)}" if goal.until else ""
    return f"{TERMS[goal.term].lower()}{until}"


def talked_about(records: Iterable[GoalRecord], ids: Iterable[str]) -> list[str]:
    """What the goals with these ids say, as far as they are among the `records`; not escaped."""
    words = {record.goal.id: record.goal.words for record in records}
    return [words[id] for id in ids if id in words]


def as_it_was(words: str, proof: str, until: date | None) -> str:
    """What a goal said before, in mrkdwn."""
    day_before = [f"until {day(until)}"] if until else []
    proof_before = [f"known by: {escape(proof)}"] if proof else []
    return SEPARATOR.join([f"“{escape(words)}”", *day_before, *proof_before])
