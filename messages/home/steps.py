"""The one next step of a person, among all that they could do in their programmes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as Date
from enum import IntEnum

from slack_sdk.models.blocks import Block

from mentoring.applications.application import Application, ApplicationState
from mentoring.core.programmes import Programme
from mentoring.home.home import Home, HomeProgramme
from mentoring.home.needs import Need, NeedKind
from mentoring.home.own_partnership import OwnPartnership
from mentoring.matching.match import Match
from mentoring.partnerships.partnership import pause_of
from messages.blocks import actions, button, section
from messages.home.needs import buttons_of, words_of
from messages.ids import OPEN_STATUS
from messages.in_programme import button_in
from messages.matching.offers import answer_by, answers
from messages.next_steps import ApplicationProgress, next_step, progress_of
from messages.partnerships.buttons import go_back_button, log_button, see_button
from messages.partnerships.own_view import answer_buttons, can_plan, step_of, two_readers
from messages.planned_meetings import find_button, plan_in_short
from messages.programmes.cohorts import Phase, phase, takes_applications
from messages.text import mention
from messages.voice import Voice


class Rank(IntEnum):
    """The lowest is the most urgent."""

    OFFER = 1
    CONFIRM = 2
    URGENT_NEED = 3
    QUESTION = 4
    MEETING = 5
    NEED = 6
    ANOTHER_MATCH = 7
    WAIT = 8


_URGENT = frozenset({NeedKind.UNDELIVERED, NeedKind.DECIDE, NeedKind.SEND, NeedKind.BLOCKED, NeedKind.PROPOSE})
_ON_LEAVE_TOO = frozenset({Rank.OFFER, Rank.CONFIRM, Rank.URGENT_NEED, Rank.NEED})


@dataclass(frozen=True)
class Step:
    """A step in mrkdwn, with its buttons. It says what it is about, so that this is not shown a second time."""

    rank: Rank
    programme: Programme
    words: str
    buttons: tuple[Block, ...] = ()
    match: Match | None = None
    need: Need | None = None
    own: OwnPartnership | None = None
    waited_since: Date = Date.min


def next_step_of(home: Home) -> Step | None:
    """The most urgent step; None if the person takes part in nothing."""
    steps = [step for each in home.programmes for step in _steps(each, home)]
    if home.reader.leave:
        steps = [step for step in steps if step.rank in _ON_LEAVE_TOO]
    return min(steps, key=lambda step: (step.rank, step.waited_since), default=None)


def step_blocks(step: Step, *, is_named: bool) -> list[Block]:
    """The next step, with its programme's name if there are several."""
    where = f" · {Voice(step.programme).name}" if is_named else ""
    title = "What happens next" if step.rank is Rank.WAIT else "Next step"
    return [section(f"*{title}{where}*\n{step.words}"), *step.buttons]


def _steps(each: HomeProgramme, home: Home) -> Iterator[Step]:
    programme = each.membership.programme
    for need in each.needs:
        rank = Rank.URGENT_NEED if need.kind in _URGENT else Rank.NEED
        does = actions(*(button_in(each, programme.id) for each in buttons_of(need, style="primary")))
        yield Step(rank, programme, words_of(need, programme), (does,), need=need)
    for own in each.partnerships:
        yield from _of_partnership(own, each, home)
    for application in each.membership.applications.values():
        yield from _of_application(application, each, home)


def _of_partnership(own: OwnPartnership, each: HomeProgramme, home: Home) -> Iterator[Step]:
    partnership, programme, by = own.partnership, each.membership.programme, home.reader.id
    if partnership.is_active and not pause_of(partnership, home.people):
        is_asked = own.asked is not None
        words, step = _answers(own, programme, home) if is_asked else _meets(own, programme, home)
        yield Step(
            Rank.QUESTION if is_asked else Rank.MEETING,
            programme,
            words,
            (step,),
            own=own,
            waited_since=max(own.met_on, default=partnership.started_on),
        )
    elif not partnership.is_active and by not in partnership.back and _may_return(each, home.today):
        other = mention(partnership.other(by))
        words = f"Your {Voice(programme).partnership} with {other} has ended. Would you like another match?"
        does = [go_back_button(partnership), see_button(partnership.id, programme)]
        yield Step(Rank.ANOTHER_MATCH, programme, words, (actions(*does),), own=own)


def _answers(own: OwnPartnership, programme: Programme, home: Home) -> tuple[str, Block]:
    """The question that waits for an answer, in mrkdwn, and its buttons."""
    partnership = own.partnership
    words = step_of(own, home.reader.id, programme, home.today, home.people)
    does = actions(*answer_buttons(own, own.asked), see_button(partnership.id, programme))
    return f"*With {mention(partnership.other(home.reader.id))}.* {words}", does


def _meets(own: OwnPartnership, programme: Programme, home: Home) -> tuple[str, Block]:
    """The next meeting, in mrkdwn, and what can be done about it."""
    partnership, by = own.partnership, home.reader.id
    if own.planned:
        return plan_in_short(own.planned, two_readers(own, by, programme, home.people))
    first = own.finds_time(by)
    finds = [find_button(partnership.id, first=first)] if can_plan(own, None, home.today) else []
    logs = log_button(partnership.id, first=not finds)
    words = step_of(own, by, programme, home.today, home.people)
    return words, actions(*finds, logs, see_button(partnership.id, programme))


def _may_return(each: HomeProgramme, today: Date) -> bool:
    return phase(each.membership.cohort, today) is not Phase.OVER


def _of_application(application: Application, each: HomeProgramme, home: Home) -> Iterator[Step]:
    programme, cohort = each.membership.programme, each.membership.cohort
    see = (actions(button_in(button("See your application", OPEN_STATUS, style="primary"), programme.id)),)
    progress = progress_in(each, application)
    for match in progress.offers:
        if not match.is_agreed and home.reader.id not in match.accepted_by:
            other = mention(match.other(home.reader.id))
            words = f"We’ve found a match for you: {other}. Please answer by {answer_by(match, home.reader)}."
            yield Step(Rank.OFFER, programme, words, (answers(match),), match=match)
    if application.state is ApplicationState.UNCONFIRMED and takes_applications(cohort, home.today):
        sent = Voice(programme).sent(application.role)
        words = f"The programme owners have entered your {sent}. It counts once you confirm it."
        yield Step(Rank.CONFIRM, programme, words, see)
    if application.state is ApplicationState.OPEN and not (progress.offers or progress.active or progress.over):
        yield Step(Rank.WAIT, programme, next_step(progress, programme, cohort, home.today, home.reader))


def progress_in(each: HomeProgramme, application: Application) -> ApplicationProgress:
    """The progress of one of the person's applications."""
    pairs = [own.partnership for own in each.partnerships]
    return progress_of(application, each.matches, pairs, each.membership.programme)
