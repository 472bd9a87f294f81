"""What needs an owner, on the first working day of a week: at most five things, with the buttons that settle them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date as Date
from types import MappingProxyType

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, SectionBlock

from mentoring.effort import MonthOfEffort
from mentoring.evaluation.moments import ReviewMoment
from mentoring.home.needs import Need, NeedKind
from mentoring.oversight.digest import DigestRhythm
from mentoring.status import RoundStatus
from messages.blocks import actions, button, header, section, small_print
from messages.evaluation.form import moment_line
from messages.home.needs import MOST_NEEDS, NOTHING, need_blocks
from messages.ids import COMMAND, OPEN_ALL_PARTNERSHIPS, OPEN_NEEDS, OPEN_STATUS
from messages.in_programme import button_in
from messages.oversight.digest import digest_choice
from messages.payloads import Message, limits, message
from messages.remarks.view import remarks_line
from messages.sponsor_page import sentence_wanted
from messages.status.cohort import summary
from messages.status.effort import effort_line
from messages.text import plural
from messages.voice import Voice

MOST_ROUNDS = 10
_MOST_BLOCKS = limits.MESSAGE_BLOCKS - 2
"""Of the rounds: below them is how many are left out, and how often this comes."""


def week(
    rounds: Sequence[RoundStatus],
    needs: Mapping[str, Sequence[Need]],
    digest: DigestRhythm,
    told: Collection[str] = (),
    sponsor_page_on: Mapping[str, Date] = MappingProxyType({}),
    *,
    effort: Mapping[str, MonthOfEffort] = MappingProxyType({}),
    moments: Mapping[str, ReviewMoment] = MappingProxyType({}),
) -> Message:
    """The message about one programme, or several. `needs` are what needs the reader, by the programme's id; of the
    programmes `told` (ids), another message has just told something that is not among them. `sponsor_page_on` has the
    day of the page for sponsors, by the programme's id, where a sentence can be added. `effort` is what the last month
    took, and `moments` what speaks for a look at the evaluation report, by the programme's id.
    """
    is_one = len(rounds) == 1
    shown = rounds[:MOST_ROUNDS]
    most = _shares([needs.get(each.programme.id, ()) for each in shown])
    blocks: list[Block] = []
    left = len(rounds)
    for each, room in zip(shown, most, strict=True):
        id = each.programme.id
        found = list(_in_round(each, needs.get(id, ()), room, is_one=is_one, is_told=id in told))
        found += [sentence_wanted(sponsor_page_on[id])] if id in sponsor_page_on else []
        found += [moment_line(moments[id])] if id in moments else []
        found += effort_line(effort.get(id))
        if len(blocks) + len(found) > _MOST_BLOCKS:
            break
        blocks += [_in_programme(block, each.programme.id) for block in found]
        left -= 1
    if left:
        blocks.append(small_print(f"And {left} more. To see one, type `{COMMAND} status`."))
    name = Voice(rounds[0].programme).name if is_one else f"Your {len(rounds)} programmes"
    return message(f"{name}: what needs you this week", [*blocks, digest_choice(digest)])


def _shares(needs: Sequence[Sequence[Need]]) -> list[int]:
    """How many things are shown of each programme: the most urgent of all, at most five together."""
    urgent = list(NeedKind)
    ranked = sorted(
        ((urgent.index(need.kind), place) for place, found in enumerate(needs) for need in found),
    )[:MOST_NEEDS]
    return [sum(place == each for _, each in ranked) for place in range(len(needs))]


def _in_round(each: RoundStatus, needs: Sequence[Need], room: int, *, is_one: bool, is_told: bool) -> Iterator[Block]:
    plain = Voice(each.programme, marked=False)
    title = f"{plain.name}: what needs you"
    yield header(title) if is_one else section(f"*{Voice(each.programme).name}*")
    if not needs:
        yield section("Nothing else needs you right now." if is_told else f"{NOTHING}.")
    for need in needs[:room]:
        yield from need_blocks(need, each.programme)
    does = [button("See the round", OPEN_STATUS)]
    if len(needs) > room:
        words = f"And {len(needs) - room} more" if room else f"See {plural(len(needs), 'thing', 'things')}"
        does.insert(0, button(words, OPEN_NEEDS))
    if is_one and each.partnerships and each.partnerships.active:
        does.append(button(f"See {plain.partnerships}", OPEN_ALL_PARTNERSHIPS))
    yield small_print(figures(each))
    if each.partnerships:
        yield from remarks_line(each.partnerships.remarks)
    yield actions(*does)


def figures(each: RoundStatus) -> str:
    """The round in one line."""
    voice = Voice(each.programme)
    said = [summary(each.applications, voice)]
    if each.partnerships:
        active = len(each.partnerships.active)
        said.append(plural(active, f"active {voice.partnership}", f"active {voice.partnerships}"))
        said.append(f"{plural(each.partnerships.meetings_this_month, 'meeting', 'meetings')} logged this month")
    return " · ".join(said)


def _in_programme(block: Block, programme_id: str) -> Block:
    """The block, whose buttons name the programme."""
    if isinstance(block, SectionBlock) and isinstance(block.accessory, ButtonElement):
        button_in(block.accessory, programme_id)
    if isinstance(block, ActionsBlock):
        for element in block.elements:
            if isinstance(element, ButtonElement):
                button_in(element, programme_id)
    return block
