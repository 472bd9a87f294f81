"""The guarantees A to E, each checked on one random year by running it again with other answers."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations_with_replacement
from random import Random

from mentoring.feedback.answers import CheckInChoice
from mentoring.feedback.figures import Figure
from mentoring.feedback.groups import StageFigures
from tests.disclosure.reading import Reading
from tests.disclosure.shown_of import shown_of
from tests.disclosure.years import Content, Key, Plan, Secrets, Year, plan, run
from tests.mentoring.feedback.stored_answers import Programme

Contents = Mapping[Key, Content]
NewProgramme = Callable[[], Programme]
SCORES = (1, 2, 3, 4, 5)
MOST_BY_FORCE = 10
"""The answers of a group for which all possible ratings are tried."""


class Disclosed(AssertionError):
    """What was shown gives an answer away."""


def check_year(seed: int, programme: NewProgramme = lambda: Programme([])) -> int:
    """Check all guarantees on the year of this seed. Returns how many answers were shown. Raises Disclosed."""
    random = Random(seed)
    planned, contents = plan(random)
    first = run(planned, contents, programme=programme())
    _whole_groups(first)
    _exchanged(planned, contents, first, programme)
    _extremes(planned, contents, first, random, programme)
    _second_value(planned, contents, programme)
    _signed(planned, contents, first, programme)
    _later(first)
    _decided(planned, contents, first, programme)
    return sum(map(len, first.groups))


def _whole_groups(year: Year) -> None:
    keys = [key for group in year.groups for key in group]
    if len(keys) != len(set(keys)):
        raise Disclosed("an answer is in two groups")


def _differs(one: Sequence[Reading], other: Sequence[Reading]) -> str:
    """When two years first read differently, or ""."""
    for before, after in zip(one, other, strict=True):
        if before != after:
            return f"{before.why} at {before.at}"
    return ""


def _exchanged(planned: Plan, contents: Contents, first: Year, programme: NewProgramme) -> None:
    """A. Each answer that shows could be that of four other people: dealt again in its group, nothing ever differs."""
    groups = [_by_turns(group) for group in first.groups]
    most = max((len({key[:2] for key in group}) for group in groups), default=1)
    could_be: defaultdict[Key, set[str]] = defaultdict(set)
    for shift in range(1, most):
        dealt = dict(contents)
        for group in groups:
            authors = list(dict.fromkeys(key[:2] for key in group))
            for key in group:
                place = authors.index(key[:2])
                partnership_id, who = authors[(place + shift) % len(authors)]
                theirs = (partnership_id, who, *key[2:])
                if key in contents:  # what matters most follows from what matters
                    kept = first.to_send(key, contents[key].score)
                    dealt[theirs] = replace(contents[key], score=first.to_send(theirs, kept))
                if who != key[1]:
                    could_be[key].add(who)
        again = run(planned, dealt, programme=programme())
        if when := _differs(first.readings, again.readings):
            raise Disclosed(f"A: dealt again by {shift}, it reads differently after {when}")
        if shift == 1 and first.pages != again.pages:
            raise Disclosed(f"A: dealt again by {shift}, the pages differ")
        if all(len(could_be[key]) >= 4 for group in groups for key in group):
            return
    if few := [key for group in groups for key in group if len(could_be[key]) < 4]:
        raise Disclosed(f"A: {few[0]} could be of {len(could_be[few[0]])} other people")


def _by_turns(group: Sequence[Key]) -> list[Key]:
    """Each person once, then those with several partnerships again."""
    seen: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for key in group:
        if key[:2] not in seen[key[1]]:
            seen[key[1]].append(key[:2])
    return sorted(group, key=lambda key: (seen[key[1]].index(key[:2]), key[1], key[0]))


def _scores_only(pages: Sequence[Sequence[Figure]]) -> list[object]:
    return [
        (figure.item, figure.kind, stage.stage, stage.answers, stage.average, stage.bars, stage.rest)
        for page in pages
        for figure in page
        for stage in figure.stages
    ]


def _extremes(planned: Plan, contents: Contents, first: Year, random: Random, programme: NewProgramme) -> None:
    """B. Where all gave the best (or the worst), one who gave a little less changes no number."""
    for score, others in ((5, (4, 3)), (1, (2, 3))):
        same = {key: replace(said, score=said.score and first.to_send(key, score)) for key, said in contents.items()}
        year = run(planned, same, programme=programme())
        for other in others:
            dissent = dict(same)
            for group in year.groups:
                if (one := random.choice(group)) in same:
                    dissent[one] = replace(same[one], score=same[one].score and first.to_send(one, other))
            again = run(planned, dissent, programme=programme())
            if _scores_only(year.readings[-1].pages) != _scores_only(again.readings[-1].pages):
                raise Disclosed(f"B: it shows that one gave {other} where all gave {score}")


def _second_value(planned: Plan, contents: Contents, programme: NewProgramme) -> None:
    """B. For each person in a small group there is a second score that fits what is shown."""
    ours = programme()
    run(planned, contents, programme=ours)
    for group in ours.groups.values():
        for stage in group.stages:
            if stage.total is not None and stage.answers <= MOST_BY_FORCE:
                fitting = _fitting(min(group.people, 10), stage.answers, _plain(stage))
                if len({score for scores in fitting for score in scores}) < 2:
                    raise Disclosed(f"B: a group of {group.item.id} has only one answer that fits")


def _plain(stage: StageFigures) -> tuple[object, ...]:
    return stage.total, str(stage.extreme), tuple((bar.value, bar.count, bar.or_more) for bar in stage.bars)


_BY_FORCE: dict[tuple[int, int], dict[object, list[tuple[int, ...]]]] = {}


def _fitting(people: int, answers: int, shown: object) -> list[tuple[int, ...]]:
    """All ratings with which a group would show this, without regard to who gave which."""
    known = _BY_FORCE.setdefault((people, answers), {})
    if not known:
        for scores in combinations_with_replacement(SCORES, answers):
            known.setdefault(shown_of(scores, people), []).append(scores)
    return known.get(shown, [])


def _signed(planned: Plan, contents: Contents, first: Year, programme: NewProgramme) -> None:
    """C. Other words or scores in a signed answer change its own line and nothing else."""
    changed = {
        key: replace(said, score=said.score and 6 - said.score, words=("else", "else"))
        if key in planned.signed
        else said
        for key, said in contents.items()
    }
    again = run(planned, changed, programme=programme())
    if when := _differs(*([replace(each, named=()) for each in year.readings] for year in (first, again))):
        raise Disclosed(f"C: another signed answer reads differently after {when}")
    lines = [{line[:4] for line in year.readings[-1].named} for year in (first, again)]
    if lines[0] != lines[1]:
        raise Disclosed("C: a signed answer has another line")


def _later(year: Year) -> None:
    """D. What happens later changes no number, and words go by whole groups; counts never fall."""
    for before, after in zip(year.readings, year.readings[1:], strict=False):
        counts = {(each.question, each.cohort_id): each for each in after.counts}
        for each in before.counts:
            now = counts[each.question, each.cohort_id]
            if now.answered < each.answered or now.asked < each.asked:
                raise Disclosed(f"D: a count fell after {after.why}")
        if after.why == "monday":
            continue
        if _scores_only(before.pages) != _scores_only(after.pages):
            raise Disclosed(f"D: {after.why} changed a number")
        for page, then in zip(before.pages, after.pages, strict=True):
            for figure, same in zip(page, then, strict=True):
                for stage, now_ in zip(figure.stages, same.stages, strict=True):
                    _words_go_whole(stage.words, now_.words, stage.people)


def _words_go_whole(before: Sequence[object], after: Sequence[object], people: int) -> None:
    """Words never change. Those that go are of all people of a group; with one group, all of them."""
    gone = [each for each in before if each not in after]
    if [each for each in after if each not in before]:
        raise Disclosed("D: words were added between two Mondays")
    if gone and after and people < 10:
        raise Disclosed("D: some words of a group went, and others stayed")


def _decided(planned: Plan, contents: Contents, first: Year, programme: NewProgramme) -> None:
    """E. Who ended it, who wants no rematch and who wants a change reads the same to everybody else."""
    for secrets in (Secrets(by_the_other=True), Secrets(decision=CheckInChoice.CHANGE)):
        again = run(planned, contents, secrets=secrets, programme=programme())
        if when := _differs(first.readings, again.readings):
            raise Disclosed(f"E: it reads differently after {when}")
        if first.pages != again.pages:
            raise Disclosed("E: the pages differ")
