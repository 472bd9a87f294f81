"""The list of partnerships for owners and facilitators: who, how many meetings, the last one and the next step, without
notes.
"""

from datetime import date
from typing import Any

from pydantic import ConfigDict
from slack_sdk.models.blocks import Block, StaticSelectElement

from mentoring.core.paging import Page
from mentoring.core.people import Person
from mentoring.core.programmes import Programme
from mentoring.people.listed_partnerships import ListedPartnership, PartnershipFilter, PartnershipQuery
from mentoring.people.people_list import MOST_SEARCHED
from messages.blocks import actions, button, fit, modal, section, small_print
from messages.forms import Option, Submission, TextInput, Values
from messages.ids import (
    ALL_PARTNERSHIPS_VIEW,
    OPEN_ALL_PARTNERSHIPS,
    PARTNERSHIPS_FILTER,
    PARTNERSHIPS_PAGE,
    PARTNERSHIPS_SEARCH_FORM,
    SEARCH_PARTNERSHIPS,
)
from messages.list_state import ListState
from messages.oversight.view import Overseen, offered_again_lines, overseen_lines, oversight_menu
from messages.partnerships.buttons import end_button
from messages.partnerships.summary import how_it_ended, next_step_for_owners, span_of
from messages.text import escape, mention, plural
from messages.voice import Voice, capital


class PartnershipsState(ListState):
    """What an open list shows."""

    filter: PartnershipFilter = PartnershipFilter.ACTIVE

    @property
    def query(self) -> PartnershipQuery:
        return PartnershipQuery(self.filter, self.name)


_FILTERS = {
    PartnershipFilter.ACTIVE: "Active",
    PartnershipFilter.QUIET: "No recent meeting logged",
    PartnershipFilter.PAUSED: "Paused",
    PartnershipFilter.OVER: "Completed or ended",
    PartnershipFilter.ALL: "All",
}


def chosen_filter(value: str) -> PartnershipFilter:
    """The filter in the value of a button or menu; the active ones for any other value."""
    return PartnershipFilter(value) if value in _FILTERS else PartnershipFilter.ACTIVE


def all_view(
    page: Page[ListedPartnership],
    state: PartnershipsState,
    programme: Programme,
    today: date,
    *,
    overseen: Overseen | None = None,
    reader: Person | None = None,
) -> dict[str, Any]:
    """A page of partnerships, newest first; `today` is the reader's date. For an owner, who can act on them, it has
    what is `overseen`, and the `reader` for the days in it.
    """
    voice, plain = Voice(programme), Voice(programme, marked=False)
    blocks: list[Block] = [_top(state)]
    if page.items:
        blocks.append(small_print(_found(page, state, voice)))
    if page.previous:
        blocks.append(actions(button("Previous page", PARTNERSHIPS_PAGE, page.previous.dump())))
    for number, listed in enumerate(page.items, 1):
        blocks.append(_row(listed, programme, today, number, overseen, reader))
    if page.following:
        blocks.append(actions(button("Next page", PARTNERSHIPS_PAGE, page.following.dump())))
    if not page.items:
        blocks.append(section(_none(state, voice)))
    blocks.append(small_print(f"{capital(voice.mentee)} first, then {voice.mentor}. Meeting notes are not shown here."))
    title = fit(f"All {plain.partnerships}", "All pairs")
    return modal(
        ALL_PARTNERSHIPS_VIEW, title, blocks, private_metadata=state.at(page.mark).dump(form=ALL_PARTNERSHIPS_VIEW)
    )


def _top(state: PartnershipsState) -> Block:
    options = [Option(each, words).to_slack() for each, words in _FILTERS.items()]
    chosen = next(option for option in options if option.value == state.filter)
    menu = StaticSelectElement(action_id=PARTNERSHIPS_FILTER, options=options, initial_option=chosen)
    clear = [button("Clear search", OPEN_ALL_PARTNERSHIPS, state.filter)] if state.name else []
    return actions(menu, button("Search", SEARCH_PARTNERSHIPS), *clear)


def _found(page: Page[ListedPartnership], state: PartnershipsState, voice: Voice) -> str:
    said = f"{plural(page.total, voice.partnership, voice.partnerships)}, newest first"
    if page.previous or page.following:
        said += f", page {page.number}"
    return f"{said}. Search: name “{escape(state.name)}”." if state.name else f"{said}."


def _none(state: PartnershipsState, voice: Voice) -> str:
    if state.name:
        return (
            f"No {voice.partnership} matches the name “{escape(state.name)}”. Check the spelling, or clear the search."
        )
    if state.filter is PartnershipFilter.ACTIVE:
        return f"There are no active {voice.partnerships}."
    return f"There are none in this list. To see every {voice.partnership}, choose *{_FILTERS[PartnershipFilter.ALL]}*."


def _row(
    listed: ListedPartnership,
    programme: Programme,
    today: date,
    number: int,
    overseen: Overseen | None,
    reader: Person | None,
) -> Block:
    partnership = listed.partnership
    lines = [f"*{mention(partnership.mentee)}* and *{mention(partnership.mentor)}*"]
    if not partnership.is_active:
        how = how_it_ended(partnership, listed.totals)
        lines.append(f"{capital(how)}. {span_of(partnership, listed.totals)}")
        if overseen is None or reader is None or not overseen.may_act_on(partnership):
            return section("\n".join(lines))
        lines += offered_again_lines(partnership, overseen, reader)
        return section("\n".join(lines), oversight_menu(partnership, None))
    lines.append(span_of(partnership, listed.totals, listed.quiet_for(today)))
    lines.append(next_step_for_owners(partnership, listed.totals, programme, today, listed.pause))
    if overseen is None or reader is None:
        return section("\n".join(lines))
    lines += overseen_lines(partnership, overseen, reader)
    if overseen.may_act_on(partnership):
        return section("\n".join(lines), oversight_menu(partnership, listed.pause))
    end = end_button(partnership, programme, by_owner=True, pause=listed.pause)
    end.accessibility_label = f"End it: number {number} on this page"
    return section("\n".join(lines), end)


class PartnershipsSearch(Submission):
    """The input of the form to search."""

    model_config = ConfigDict(str_strip_whitespace=True)

    name: str = ""


def search_form(state: PartnershipsState, *, root: str) -> dict[str, Any]:
    """The form to search, on top of the list with the view id `root`."""
    name = TextInput(
        block_id="name", label="Name", hint="Any part of one person’s name.", most=MOST_SEARCHED, optional=True
    )
    return modal(
        PARTNERSHIPS_SEARCH_FORM,
        "Search",
        [name.block({"name": state.name})],
        submit="Search",
        close="Go back",
        private_metadata=state.dump(form=PARTNERSHIPS_SEARCH_FORM, root=root),
    )


def parse_search(values: Values, state: PartnershipsState) -> PartnershipsState:
    """The first page of what was searched for, with the filter of the list."""
    return PartnershipsState(filter=state.filter, name=PartnershipsSearch.read(values).name)
