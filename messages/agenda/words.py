"""What the steps of the agenda of a first meeting say (D4.7)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Self

from mentoring.agenda.agenda import AgendaStep, AgendaStepId
from mentoring.core.people import Person
from mentoring.partnerships.partnership import Partnership
from messages.text import escape, mention, shorten


@dataclass(frozen=True)
class AgendaNames:
    """How a text calls the two, each as subject of a verb: in mrkdwn, or (not `marked`) in plain text. `hopes` is the
    mentee with the verb.
    """

    hopes: str
    mentor: str
    marked: bool = True

    @classmethod
    def read_by(cls, reader: str, partnership: Partnership) -> Self:
        """For one of the two (a Slack user id), in mrkdwn; for both if `reader` is ""."""
        if reader == partnership.mentee:
            return cls("you hope", mention(partnership.mentor))
        mentor = "you" if reader == partnership.mentor else mention(partnership.mentor)
        return cls(f"{mention(partnership.mentee)} hopes", mentor)

    @classmethod
    def plain(cls, reader: str, partnership: Partnership, people: Mapping[str, Person]) -> Self:
        """The same in plain text."""

        def name(person: str) -> str:
            found = people.get(person)
            return (found.display_name if found else "") or "the other person"

        mentee = "you hope" if reader == partnership.mentee else f"{name(partnership.mentee)} hopes"
        return cls(mentee, "you" if reader == partnership.mentor else name(partnership.mentor), marked=False)


MOST_OF_LINE: Final = 250
"""Characters of a line in mrkdwn, which grow where a person typed "&"."""
_TITLES: Final = {
    AgendaStepId.HELLO: "Who you are, and what brought you here",
    AgendaStepId.HOPES: "What {hopes} for",
    AgendaStepId.OFFERS: "What {mentor} can give, and cannot",
    AgendaStepId.RULES: "What stays between you",
    AgendaStepId.RHYTHM: "How often, how long and where you’ll meet, and how to reach each other",
    AgendaStepId.STRAIGHT: "How you tell each other what is hard to hear",
    AgendaStepId.REVIEW: "When you’ll check that this still works for you both",
}
MINUTES: Final = {
    AgendaStepId.HELLO: 10,
    AgendaStepId.HOPES: 15,
    AgendaStepId.OFFERS: 10,
    AgendaStepId.RULES: 5,
    AgendaStepId.RHYTHM: 10,
    AgendaStepId.STRAIGHT: 5,
    AgendaStepId.REVIEW: 5,
}
QUESTIONS: Final = {
    AgendaStepId.HELLO: "What do you like doing when no one asks you to?",
    AgendaStepId.HOPES: "What should be different in a year? What have you tried? What would be too much?",
    AgendaStepId.OFFERS: "What do you know well? Who could help with the rest? What do you hope to learn yourself?",
    AgendaStepId.RULES: "What may you repeat, and what not? What would you have to pass on all the same?",
    AgendaStepId.RHYTHM: "Who sets the time? How fast do you answer in between?",
    AgendaStepId.STRAIGHT: "How do you like to hear criticism? What should I do when I think you’re wrong?",
    AgendaStepId.REVIEW: "On which day? Either of you may end this at any time, without blame: how would you say it?",
}
"""What people can begin a step with, in mrkdwn and in plain text."""
_AS_NOTES: Final = {
    AgendaStepId.HELLO: "who we are",
    AgendaStepId.HOPES: "what {hopes} for",
    AgendaStepId.OFFERS: "what {mentor} can give, and cannot",
    AgendaStepId.RULES: "what stays between us",
    AgendaStepId.RHYTHM: "how we meet",
    AgendaStepId.STRAIGHT: "how we tell each other what is hard to hear",
    AgendaStepId.REVIEW: "when we check that this still works",
}


def title_of(step: AgendaStep, names: AgendaNames) -> str:
    """What the step is called, in mrkdwn or in plain text, as the names are."""
    if step.words:
        return shorten(escape(step.words), MOST_OF_LINE) if names.marked else step.words
    return _TITLES[AgendaStepId(step.key)].format(hopes=names.hopes, mentor=names.mentor)


def guide_lines(guide: Sequence[str], names: AgendaNames) -> list[str]:
    """The steps of a programme's guide for the first meeting, or else ours, in mrkdwn."""
    if guide:
        return [shorten(escape(line), MOST_OF_LINE) for line in guide]
    return [words.format(hopes=names.hopes, mentor=names.mentor) for words in _TITLES.values()]


def as_lines(steps: Iterable[AgendaStep], names: AgendaNames) -> str:
    """The steps as a list, in mrkdwn."""
    return "\n".join(f"• {title_of(step, names)}" for step in steps)


def as_notes(steps: Iterable[AgendaStep], partnership: Partnership, people: Mapping[str, Person]) -> str:
    """What two people have talked about, in plain text, as one of them would write it for both."""
    names = AgendaNames.plain("", partnership, people)
    said = [
        step.words or _AS_NOTES[AgendaStepId(step.key)].format(hopes=names.hopes, mentor=names.mentor) for step in steps
    ]
    return "\n".join(["We talked about:", *(f"– {each}" for each in said)]) if said else ""
