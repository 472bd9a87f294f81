"""What the owners of a programme read of answers: figures of groups, words, and what people signed."""

from collections.abc import Mapping
from dataclasses import dataclass

from mentoring.applications.application import Role
from mentoring.core.programmes import Cohort
from mentoring.feedback.answers import Question
from mentoring.feedback.counts import AnswerCount
from mentoring.feedback.figures import Figure, StageFigure, counted, figures
from mentoring.feedback.groups import FeedbackGroup


@dataclass(frozen=True)
class SignedAnswer:
    """An answer that its author shares with the owners, with their name. It is in no group.

    `words` are pairs of a field and a text that is not empty.
    """

    person: str
    role: Role
    cohort_id: str
    stage: Question
    item: str
    score: int | None = None
    words: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Answers:
    """The answers of a programme, as its owners may read them. `rounds` are its cohorts by id, the newest first."""

    rounds: Mapping[str, Cohort]
    counts: tuple[AnswerCount, ...]
    groups: tuple[FeedbackGroup, ...]
    signed: tuple[SignedAnswer, ...]

    def counted(self, stage: Question, cohort_id: str | None) -> tuple[int, int]:
        """How many were asked for and given at a stage, in this round, or in all with None."""
        return counted(stage, self.counts, cohort_id)

    def figures(self, stage: Question, cohort_id: str | None, role: Role | None) -> tuple[Figure, ...]:
        """The figures of the items that were asked at this stage."""
        found = figures(self.groups, cohort_id=cohort_id, role=role)
        return tuple(figure for figure in found if any(each.stage is stage for each in figure.stages))

    def signed_at(self, stage: Question, cohort_id: str | None, role: Role | None) -> tuple[SignedAnswer, ...]:
        return tuple(
            each
            for each in self.signed
            if each.stage is stage and cohort_id in (None, each.cohort_id) and role in (None, each.role)
        )

    @property
    def newest_stage(self) -> Question:
        """The last stage of which something can be shown, or else the last that was asked."""
        shown = {figure.stage for group in self.groups for figure in group.stages}
        asked = {each.question for each in self.counts if each.asked}
        return next((stage for of in (shown, asked) for stage in reversed(Question) if stage in of), Question.CHECK_IN)


def of_stage(figure: Figure, stage: Question) -> StageFigure:
    """The part of a figure that is of this stage."""
    return next(each for each in figure.stages if each.stage is stage)
