"""Planted mistakes, each of which would give somebody away. The checks of a year must find every one of them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import Any

import pytest

from mentoring.core.outcome import Outcome
from mentoring.feedback import counted_items, forming, groups
from mentoring.feedback.answers import Feedback, Question
from mentoring.feedback.counted_items import CountedAnswer
from mentoring.feedback.groups import Extreme, FeedbackGroup, GroupFormed
from tests.disclosure import years
from tests.mentoring.feedback.stored_answers import Programme

Key = tuple[str, str, Question]
NewProgramme = Callable[[], Programme]


def groups_of_four(patch: pytest.MonkeyPatch) -> NewProgramme:
    patch.setattr(groups, "LEAST_PEOPLE", 4)
    return lambda: Programme([])


def a_remainder_shown(patch: pytest.MonkeyPatch) -> NewProgramme:
    patch.setattr(forming, "has_enough_people", bool)
    return lambda: Programme([])


def partnerships_counted_as_people(patch: pytest.MonkeyPatch) -> NewProgramme:
    def of_partnerships(*args: Any) -> Iterator[tuple[Any, list[Any]]]:
        for item, records in records_of(*args):
            named = [replace(each, person=f"{each.person} {each.answers[-1].partnership_id}") for each in records]
            yield item, named

    records_of = forming._records
    patch.setattr(forming, "_records", of_partnerships)
    return lambda: Programme([])


def no_cut(patch: pytest.MonkeyPatch) -> NewProgramme:
    patch.setattr(groups, "cut_total", lambda ratings: (sum(ratings), Extreme.NONE))
    return lambda: Programme([])


def bars_of_nearly_all(patch: pytest.MonkeyPatch) -> NewProgramme:
    """Bars say that all gave the same."""

    def exact(answers: Sequence[CountedAnswer]) -> tuple[groups.AnswerBar, ...]:
        values = [str(answer.score) for answer in answers if answer.score is not None]
        return tuple(groups.AnswerBar(value, values.count(value)) for value in sorted(set(values)))

    patch.setattr(groups, "bars_of", exact)
    return lambda: Programme([])


def words_by_time(patch: pytest.MonkeyPatch) -> NewProgramme:
    formed = forming._formed
    patch.setattr(forming, "_formed", lambda *args: _ordered(formed, args))
    return lambda: Programme([])


def _ordered(formed: Callable[..., GroupFormed], args: tuple[Any, ...]) -> GroupFormed:
    ticks = count()
    return formed(*args[:-1], lambda group, text: f"{next(ticks):06}")


def signed_answers_counted(patch: pytest.MonkeyPatch) -> NewProgramme:
    def all_answers(answers: Sequence[Feedback]) -> Iterator[CountedAnswer]:
        return counted(
            replace(each, is_signed=False, items=tuple(replace(item, is_signed=False) for item in each.items))
            for each in answers
        )

    counted = counted_items.counted_answers
    patch.setattr(forming, "counted_answers", all_answers)
    return lambda: Programme([])


class _WithMembers(Programme):
    """Remembers who is in which group, as the bot must not."""

    def __init__(self) -> None:
        super().__init__([])
        self.members: dict[str, GroupFormed] = {}

    def counted(self) -> list[GroupFormed]:
        formed = super().counted()
        self.members |= {each.group.id: each for each in formed}
        return formed

    def again(self, id: str) -> None:
        """Form a group again from what is stored now."""
        one = self.members[id]
        left = {answer.key: answer for answer in counted_items.counted_answers(self.answers.values())}
        stages = []
        for stage in one.group.stages:
            answers = [left[key] for key in one.members if key[2] is stage.stage and key in left]
            people = len({answer.person for answer in answers})
            stages.append(groups.stage_figures(stage.stage, answers, people, id, lambda group, text: text))
        self.groups[id] = replace(one.group, stages=tuple(stages))


class _FormedAfterErasure(_WithMembers):
    def erased(self, who: str) -> None:
        theirs = [id for id, one in self.members.items() if who in {key[1] for key in one.members}]
        super().erased(who)
        for id in theirs:
            self.again(id)


class _CorrectsAlways(_WithMembers):
    def corrected(self, key: Key, new: Feedback) -> None:
        """Groups follow what was corrected."""
        before = self.answers[key]
        items = {each.item: each for each in before.items}
        marked = tuple(
            replace(each, group_id=items[each.item].group_id if each.item in items else "") for each in new.items
        )
        self.answers[key] = replace(new, is_counted=before.is_counted, group_id=before.group_id, items=marked)
        for id in {each for each in (before.group_id, *(item.group_id for item in before.items)) if each}:
            self.again(id)


class _OnePersonsWords(_WithMembers):
    def erased(self, who: str) -> None:
        theirs = {
            text
            for answer in counted_items.counted_answers(self.answers.values())
            if answer.person == who
            for _, text in answer.words
        }
        kept = dict(self.groups)
        super().erased(who)
        self.groups = {id: _without(group, theirs) for id, group in kept.items()}


def _without(group: FeedbackGroup, texts: set[str]) -> FeedbackGroup:
    stages = [replace(each, words=tuple(pair for pair in each.words if pair[1] not in texts)) for each in group.stages]
    return replace(group, stages=tuple(stages))


class _UnpairedBeside(Programme):
    """Shows each stage by itself beside the comparison."""

    def __init__(self) -> None:
        super().__init__([])
        self.single = Programme([], compared={})

    def counted(self) -> list[GroupFormed]:
        self.single.partnerships = self.partnerships
        for key, one in self.answers.items():
            before = self.single.answers.get(key, one)
            known = {each.item: each.group_id for each in before.items if before is not one}
            items = tuple(replace(each, group_id=known.get(each.item, "")) for each in one.items)
            self.single.answers[key] = replace(one, items=items, group_id=one.group_id)
        self.single.now = self.now
        formed = super().counted()
        self.single.counted()
        compared = {*counted_items.COMPARED}
        beside = {f"beside {id}": group for id, group in self.single.groups.items() if group.item.id in compared}
        self.groups |= beside
        return formed


def formed_anew_after_erasure(patch: pytest.MonkeyPatch) -> NewProgramme:
    return _FormedAfterErasure


def an_unpaired_mean_beside(patch: pytest.MonkeyPatch) -> NewProgramme:
    return _UnpairedBeside


def corrections_applied(patch: pytest.MonkeyPatch) -> NewProgramme:
    for name in ("record_baseline", "record_check_in", "record_survey"):
        patch.setattr(years, name, _always_recorded(getattr(years, name)))
    return _CorrectsAlways


def _always_recorded(record: Callable[..., Outcome]) -> Callable[..., Outcome]:
    """As if it were the first answer."""
    return lambda *form, before, **facts: record(*form, before=None, **facts)


def one_persons_words_removed(patch: pytest.MonkeyPatch) -> NewProgramme:
    return _OnePersonsWords


MUTATIONS: Mapping[str, Callable[[pytest.MonkeyPatch], NewProgramme]] = {
    "groups of four": groups_of_four,
    "formed again after an erasure": formed_anew_after_erasure,
    "a remainder shown": a_remainder_shown,
    "partnerships counted as people": partnerships_counted_as_people,
    "an unpaired mean beside": an_unpaired_mean_beside,
    "words by time": words_by_time,
    "no cut": no_cut,
    "bars without a cut": bars_of_nearly_all,
    "signed answers counted": signed_answers_counted,
    "corrections applied": corrections_applied,
    "one person’s words removed": one_persons_words_removed,
}
