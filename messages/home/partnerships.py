"""A person's active partnerships at Home: for each a card with its next step, and what waits for them.

What is rarer stands in a menu, and all of it in the list of partnerships, which is one press away.
"""

from dataclasses import dataclass

from slack_sdk.models.blocks import Block, ButtonElement

from mentoring.core.programmes import Programme
from mentoring.home.home import Home, HomeProgramme
from mentoring.home.own_partnership import OwnPartnership
from mentoring.partnerships.endings import can_choose_another
from mentoring.partnerships.partnership import Pause, pause_of
from mentoring.pauses.pause import can_pause
from messages.agenda.view import blocks_of as agenda_blocks
from messages.agreements.view import blocks_of as agreement_blocks
from messages.agreements.view import open_button as agreement_button
from messages.blocks import actions, button, card, section, small_print
from messages.end_plans import change_end_button, end_line
from messages.feedback.baseline import offer as baseline_offer
from messages.goals.buttons import plan_button
from messages.goals.wording import STATES
from messages.home.steps import Step
from messages.ids import OPEN_PARTNERSHIPS
from messages.items.blocks import items_button, to_do
from messages.menus import menu
from messages.partnerships.buttons import choose_another_button, log_button, see_button
from messages.partnerships.own_view import answer_buttons, can_plan, step_of, two_readers
from messages.partnerships.summary import paused, span, with_other
from messages.pauses.view import moved_end_blocks, pause_button, pause_buttons
from messages.payloads import limits
from messages.planned_meetings import TwoReaders, booked_in_short, find_button, plan_in_short
from messages.regular_times import own_blocks
from messages.reports.view import report_blocks
from messages.reports.words import report_button
from messages.text import escape, length
from messages.voice import Voice

MOST_PARTNERSHIPS = 6
MOST_ITEMS = 6
"""Blocks of action items of each partnership."""


def partnerships(each: HomeProgramme, home: Home, step: Step | None) -> list[Block]:
    """Where each active partnership stands, with its open action items. `step` is shown above already."""
    voice, plain = Voice(each.membership.programme), Voice(each.membership.programme, marked=False)
    active = [own for own in each.partnerships if own.partnership.is_active]
    if not active:
        return [] if step and step.own else _past(each, plain)
    blocks: list[Block] = [section(f"*Your {voice.partnership if len(active) == 1 else voice.partnerships}*")]
    for own in active[:MOST_PARTNERSHIPS]:
        shown = _Shown(own, home, each.membership.programme)
        blocks += shown.blocks(is_next=step is not None and step.own is own)
    if len(active) > MOST_PARTNERSHIPS:
        more = f"And {len(active) - MOST_PARTNERSHIPS} more."
        blocks.append(section(more, button("Show all", OPEN_PARTNERSHIPS)))
    blocks.append(small_print("Meeting notes are shown to the two of you, not to the programme owners."))
    return blocks


def _past(each: HomeProgramme, plain: Voice) -> list[Block]:
    if not each.partnerships:
        return []
    return [actions(button(f"See past {plain.partnerships}", OPEN_PARTNERSHIPS))]


@dataclass(frozen=True)
class _NextStep:
    """What stands in the card (mrkdwn), its buttons, those that are rarer, and blocks that have to stand below it."""

    words: str = ""
    does: tuple[ButtonElement, ...] = ()
    rarer: tuple[ButtonElement, ...] = ()
    below: tuple[Block, ...] = ()


@dataclass(frozen=True)
class _Shown:
    """An active partnership of the reader of `home`."""

    own: OwnPartnership
    home: Home
    programme: Programme

    @property
    def pause(self) -> Pause | None:
        return pause_of(self.own.partnership, self.home.people)

    @property
    def two(self) -> TwoReaders:
        return two_readers(self.own, self.home.reader.id, self.programme, self.home.people)

    def blocks(self, *, is_next: bool) -> list[Block]:
        """`is_next`: its next step is shown above, with its buttons."""
        own, by = self.own, self.home.reader.id
        step = self._above() if is_next else self._next_step()
        fits = length(step.words) <= limits.CARD_BODY
        title = with_other(own.partnership, by, self.programme)
        return [
            card(
                title, span(own.partnership, own.met_on), step.words if fits else "", step.does[: limits.CARD_ACTIONS]
            ),
            *([] if fits else [section(step.words)]),
            *step.below,
            *self._waiting(),
            *self._goals(),
            *self._items([*step.does[limits.CARD_ACTIONS :], *step.rarer]),
        ]

    def _above(self) -> _NextStep:
        """What the next step above leaves out."""
        own = self.own
        if own.planned is None or own.asked:
            return _NextStep()
        return _NextStep(
            rarer=(log_button(own.partnership.id, first=False), see_button(own.partnership.id, self.programme))
        )

    def _next_step(self) -> _NextStep:
        own, by, people, today = self.own, self.home.reader.id, self.home.people, self.home.today
        partnership, pause = own.partnership, self.pause
        see = see_button(partnership.id, self.programme)
        logs = log_button(partnership.id, first=False)
        if pause:
            words = f"*{paused(pause, by)}*\nYou don’t need to do anything."
            is_long = can_choose_another(partnership, by, people)
            another = [choose_another_button(partnership, self.programme)] if is_long else []
            first = [*another, *pause_buttons(partnership)]
            return _NextStep(words, (*first, see), (logs,)) if first else _NextStep(words, (logs, see))
        finds = find_button(partnership.id, first=own.finds_time(by)) if can_plan(own, pause, today) else None
        words = step_of(own, by, self.programme, today, people)
        if own.asked:
            return _NextStep(words, (*answer_buttons(own, own.asked), logs, see), (finds,) if finds else ())
        if own.planned is None:
            logs = log_button(partnership.id, first=finds is None)
            return _NextStep(words, (*([finds] if finds else []), logs, see))
        if booked := booked_in_short(own.planned, self.two):
            words, does, rarer = booked
            return _NextStep(words, (*does, see), (logs, *rarer))
        words, answers = plan_in_short(own.planned, self.two)
        return _NextStep(does=(logs, see), below=(section(words), answers))

    def _waiting(self) -> list[Block]:
        """What waits for one of the two, or has not been begun."""
        own, by, today, pause = self.own, self.home.reader.id, self.home.today, self.pause
        partnership, name = own.partnership, self.two.other.display_name
        proposed = end_line(own.end_plan, partnership, by, self.programme, today)
        changes = change_end_button(own.end_plan, partnership, by, pause=pause, today=today, name=name)
        is_next_to_meet = not (own.met_on or own.asked or pause)
        met_on = [meeting.met_on for meeting, _ in own.logged]
        return [
            *([section(proposed, changes)] if proposed and changes else []),
            *([] if pause else moved_end_blocks(partnership, by, today)),
            *(baseline_offer(partnership) if own.asks_baseline and not pause else []),
            *(own_blocks(own.regular, self.two) if own.regular and not pause else []),
            *agenda_blocks(partnership, own.agenda, is_next=is_next_to_meet, at_home=True),
            *agreement_blocks(
                partnership, own.agreement, by, self.programme, pause=pause, today=today, name=name, at_home=True
            ),
            *report_blocks(
                partnership,
                own.report,
                by,
                self.programme,
                met_on,
                name,
                agreed=None if pause else own.agreement.followed,
                today=today,
                at_home=True,
            ),
        ]

    @property
    def _plan(self) -> ButtonElement | None:
        own, shared = self.own, {self.own.partnership.id} if self.own.reads_plan else set[str]()
        return plan_button(own.partnership, self.home.reader.id, self.programme, shared, self.home.people)

    def _goals(self) -> list[Block]:
        """The goals that the mentee is working on, if the reader may read them, with the button to the plan."""
        plan, goals = self._plan, self.own.open_goals
        if plan is None or not goals:
            return []
        lines = [f"• {escape(each.words)} ({STATES[each.state].lower()})" for each in goals]
        return [section("\n".join(["*Goals*", *lines]), plan)]

    def _items(self, rarer: list[ButtonElement]) -> list[Block]:
        """The open action items, with the menu of all that is rarer."""
        own, by, today = self.own, self.home.reader.id, self.home.today
        todo = to_do(own.items, own.partnership, by, today, MOST_ITEMS)
        words = "*Action items*" if todo else "No open action items."
        return [section(words, menu([items_button(own.partnership.id), *rarer, *self._rarer()])), *todo[1:]]

    def _rarer(self) -> list[ButtonElement]:
        """What is not needed every day, most wanted first: the menu has room for some, the list has all of it."""
        own, by, today, people = self.own, self.home.reader.id, self.home.today, self.home.people
        partnership, programme = own.partnership, self.programme
        plan = None if own.open_goals else self._plan
        is_proposed = bool(end_line(own.end_plan, partnership, by, programme, today))
        end = None if is_proposed else change_end_button(own.end_plan, partnership, by, pause=self.pause, today=today)
        return [
            *([plan] if plan else []),
            *([pause_button(partnership.id)] if can_pause(partnership, people, today) else []),
            *([end] if end else []),
            *([agreement_button(partnership.id)] if own.agreement.agreement else []),
            *([report_button(partnership.id)] if programme.has_reports else []),
        ]
