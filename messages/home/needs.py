"""What needs the people who run a programme, and where they find everything else."""

from collections.abc import Sequence
from datetime import date as Date

from slack_sdk.models.blocks import Block, ButtonElement

from mentoring.core.programmes import Cohort, Programme
from mentoring.core.roles import ProgrammeRole
from mentoring.home.needs import Need, NeedKind
from mentoring.people.listed_partnerships import PartnershipFilter
from mentoring.people.people_list import PeopleFilter
from mentoring.programmes.membership import Membership
from mentoring.programmes.settings import Part
from mentoring.programmes.startup_plan import PlanStep
from messages.blocks import actions, button, section, small_print
from messages.charts import charts_button
from messages.ids import (
    COMMAND,
    CORRECT_APPLICATION,
    OPEN_ALL_PARTNERSHIPS,
    OPEN_ANNOUNCEMENTS,
    OPEN_APPLICATION,
    OPEN_NEEDS,
    OPEN_OFFERS,
    OPEN_PEOPLE,
    OPEN_PLAN,
    OPEN_SESSIONS,
    OPEN_SETUP,
    OPEN_STATUS,
    SEND_ALL_AGAIN,
    SNOOZE_ALARM,
    OversightAction,
)
from messages.matching.proposals import open_review_button
from messages.oversight.view import oversee_button
from messages.payloads import Message, message
from messages.programmes.cohorts import Phase, day, phase
from messages.programmes.startup_plan import title_of
from messages.roles import COMMITTEE_DOES, FACILITATOR_DOES, SPONSOR_DOES
from messages.text import join, mention, plural
from messages.voice import Voice

MOST_NEEDS = 5


def running_it(membership: Membership, needs: Sequence[Need], today: Date, *, first: Need | None) -> list[Block]:
    """The part of Home of an owner, a member of the committee, a sponsor or a facilitator; none for everybody else.

    `first` is the need that is shown above as the next step.
    """
    blocks: list[Block] = []
    if ProgrammeRole.OWNER in membership.roles:
        blocks += [*_needs(needs, membership, today, first), *_everything(membership, today)]
    elif ProgrammeRole.COMMITTEE in membership.roles:
        blocks.append(section(f"*You’re on the committee.* {COMMITTEE_DOES}"))
        blocks += [*_needs(needs, membership, today, first), actions(_people(), *_review(membership.cohort, today))]
    if ProgrammeRole.SPONSOR in membership.roles and ProgrammeRole.OWNER not in membership.roles:
        blocks.append(section(f"*You’re a sponsor.* {SPONSOR_DOES}", button("See the figures", OPEN_STATUS)))
    if ProgrammeRole.FACILITATOR in membership.roles and ProgrammeRole.OWNER not in membership.roles:
        blocks.append(section(f"*You’re a facilitator.* {FACILITATOR_DOES}", _partnerships(membership.programme)))
    return blocks


def _needs(needs: Sequence[Need], membership: Membership, today: Date, first: Need | None) -> list[Block]:
    left = [need for need in needs if need is not first]
    if not needs:
        return [section(f"*{NOTHING}.* {_meanwhile(membership.cohort, today)}".strip())]
    if not left:
        return []
    programme = membership.programme
    blocks: list[Block] = [section("*What needs you*" if first is None else "*What else needs you*")]
    shown = left[: MOST_NEEDS - (first is not None)]
    for need in shown:
        blocks += need_blocks(need, programme)
    if len(left) > len(shown):
        blocks.append(actions(button(f"And {len(left) - len(shown)} more", OPEN_NEEDS)))
    return blocks


def need_blocks(need: Need, programme: Programme) -> list[Block]:
    """What it is, with the one or two buttons that settle it."""
    first, *others = buttons_of(need)
    words = f"• {words_of(need, programme)}"
    return [section(words), actions(first, *others)] if others else [section(words, first)]


def all_needs(needs: Sequence[Need], programme: Programme) -> Message:
    """Everything that needs an owner or a member of the committee, as far as it fits, most urgent first."""
    if not needs:
        return message(NOTHING, [section(f"*{NOTHING}.*")])
    blocks: list[Block] = [section("*What needs you*, most urgent first")]
    shown = needs[:_MOST_OF_ALL]
    for need in shown:
        blocks += need_blocks(need, programme)
    if len(needs) > len(shown):
        blocks.append(small_print(f"And {len(needs) - len(shown)} more. They follow once some of these are settled."))
    return message(f"What needs you: {plural(len(needs), 'thing', 'things')}", blocks)


NOTHING = "Nothing needs you right now"
_MOST_OF_ALL = 20
"""Two blocks each, in one message."""


def _meanwhile(cohort: Cohort, today: Date) -> str:
    match phase(cohort, today):
        case Phase.NOT_YET:
            return f"People can apply from {day(cohort.opens_on)}."
        case Phase.OPEN:
            return f"People can apply until {day(cohort.apply_by)}: they type `{COMMAND}`, or open this app’s Home."
        case _:
            return ""


def _everything(membership: Membership, today: Date) -> list[Block]:
    found = [
        _people(),
        _partnerships(membership.programme),
        *_review(membership.cohort, today),
        button("Open settings", OPEN_SETUP),
        button("Communication plan", OPEN_ANNOUNCEMENTS),
        button("Sessions", OPEN_SESSIONS),
        button("See the round", OPEN_STATUS),
        charts_button(),
    ]
    lists = (
        f"Send me a CSV or Excel file of applications or running {Voice(membership.programme).partnerships}, and I’ll "
        "show what it would change before anything is saved."
    )
    return [actions(*found), small_print(lists)]


def _people() -> ButtonElement:
    return button("See people", OPEN_PEOPLE)


def _partnerships(programme: Programme) -> ButtonElement:
    return button(f"See {Voice(programme, marked=False).partnerships}", OPEN_ALL_PARTNERSHIPS)


def _review(cohort: Cohort, today: Date) -> list[ButtonElement]:
    """Nobody is matched once the round is over."""
    return [] if phase(cohort, today) is Phase.OVER else [open_review_button()]


def words_of(need: Need, programme: Programme) -> str:
    """What it is, as a sentence in mrkdwn."""
    voice, count = Voice(programme), need.count
    match need.kind:
        case NeedKind.UNDELIVERED:
            return f"{plural(count, 'message wasn’t', 'messages weren’t')} delivered. My report says why."
        case NeedKind.DECIDE:
            return f"{plural(count, 'proposal needs', 'proposals need')} your decision."
        case NeedKind.SEND:
            return f"{plural(count, 'approved proposal is', 'approved proposals are')} ready to send."
        case NeedKind.BLOCKED:
            return f"{plural(count, 'approved proposal', 'approved proposals')} can’t be sent. Matches shows why."
        case NeedKind.PROPOSE:
            hear = f", so that people hear by {day(need.on)}" if need.on else ""
            return f"Applications have closed. Propose and decide the matches{hear}."
        case NeedKind.UNMATCHED:
            are = plural(count, f"{voice.mentee} is", f"{voice.mentees} are")
            return f"{are} not matched yet. You can let them know where they stand."
        case NeedKind.ANSWERS:
            return f"{plural(count, 'match waits', 'matches wait')} for answers. You can remind people."
        case NeedKind.EXPIRED:
            return f"{plural(count, 'match', 'matches')} expired without an answer. You can ask both people again."
        case NeedKind.AWAY:
            are = plural(count, f"{voice.partnership} is", f"{voice.partnerships} are")
            return f"{are} paused because an account is deactivated. You can wait, or end it."
        case NeedKind.FIRST_MEETING:
            return f"{_two(need)} have logged no first meeting in {_days(count)}. I’ve reminded them."
        case NeedKind.QUIET | NeedKind.LONG_QUIET:
            return f"{_two(need)} have logged no meeting for {_days(count)}. I’ve reminded them."
        case NeedKind.OVER_PLACES:
            has = plural(count, voice.partnership, voice.partnerships)
            return (
                f"{_two(need)} has {has} and offered {plural(need.places, 'place', 'places')}. Ask if that’s too many."
            )
        case NeedKind.CLOSE:
            ended = f"The round ended on {day(need.on)}. " if need.on else ""
            return f"{ended}Close it, then set the dates of the next one."
        case NeedKind.NEXT_ROUND:
            return "The round is closed. To open the next one, set its dates. People without a match move into it."
        case NeedKind.ANNOUNCEMENT:
            on = f" It’s planned for {day(need.on)}." if need.on else ""
            return f"An announcement waits for your approval.{on}"
        case NeedKind.PLAN:
            on = f" The plan says {day(need.on)}." if need.on else ""
            return f"Next in the start-up plan: {title_of(PlanStep(need.about), programme)}.{on}"


def _two(need: Need) -> str:
    return join([mention(each) for each in need.people])


def _days(count: int) -> str:
    return plural(count, "day", "days")


def buttons_of(need: Need, *, style: str | None = None) -> list[ButtonElement]:
    """The one or two buttons that settle it. An alarm can be snoozed."""
    if need.kind is NeedKind.OVER_PLACES:
        return [button_of(need, style=style), button("View application", OPEN_APPLICATION, need.about)]
    if not need.is_alarm:
        return [button_of(need, style=style)]
    asks = OversightAction.HELP if need.kind is NeedKind.LONG_QUIET else OversightAction.ASK
    does = oversee_button(asks, need.about)
    does.style = style
    return [does, button("Snooze for two weeks", SNOOZE_ALARM, need.about)]


def button_of(need: Need, *, style: str | None = None) -> ButtonElement:
    """The button that does it, or that shows where it is done."""
    return {
        NeedKind.UNDELIVERED: lambda: button(
            "Resend" if need.count == 1 else "Resend all", SEND_ALL_AGAIN, need.about, style=style
        ),
        NeedKind.DECIDE: lambda: open_review_button(style=style),
        NeedKind.SEND: lambda: open_review_button(style=style),
        NeedKind.BLOCKED: lambda: open_review_button(style=style),
        NeedKind.PROPOSE: lambda: open_review_button(style=style),
        NeedKind.UNMATCHED: lambda: button("See who", OPEN_PEOPLE, PeopleFilter.UNMATCHED, style=style),
        NeedKind.ANSWERS: lambda: button("See open matches", OPEN_OFFERS, style=style),
        NeedKind.AWAY: lambda: button("See which", OPEN_ALL_PARTNERSHIPS, PartnershipFilter.PAUSED, style=style),
        **dict.fromkeys(
            (NeedKind.LONG_QUIET, NeedKind.FIRST_MEETING, NeedKind.QUIET),
            lambda: button("See which", OPEN_ALL_PARTNERSHIPS, PartnershipFilter.QUIET, style=style),
        ),
        NeedKind.OVER_PLACES: lambda: button("Change places", CORRECT_APPLICATION, need.about, style=style),
        NeedKind.EXPIRED: lambda: button("See open matches", OPEN_OFFERS, style=style),
        NeedKind.CLOSE: lambda: button("See the round", OPEN_STATUS, style=style),
        NeedKind.NEXT_ROUND: lambda: button("Set dates", OPEN_SETUP, Part.DATES, style=style),
        NeedKind.ANNOUNCEMENT: lambda: button("See it", OPEN_ANNOUNCEMENTS, style=style),
        NeedKind.PLAN: lambda: button("Open the plan", OPEN_PLAN, style=style),
    }[need.kind]()
