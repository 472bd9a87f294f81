"""The list of everybody in a programme, for its owners and committee, and the form to search it."""

from datetime import date
from typing import Any

from pydantic import ConfigDict
from slack_sdk.models.blocks import Block, ButtonElement, StaticSelectElement

from mentoring.applications.application import ApplicationState, Role
from mentoring.core.paging import Page
from mentoring.core.programmes import Cohort, Programme
from mentoring.meetings.log import MeetingTotals
from mentoring.partnerships.partnership import Partnership, quiet_days
from mentoring.people.committee_readers import committee_reads
from mentoring.people.people_list import MOST_SEARCHED, Participant, PeopleFilter, PeopleQuery
from messages.blocks import actions, button, modal, section, small_print
from messages.forms import Option, Select, Submission, TextInput, Values
from messages.ids import (
    ADD_PERSON,
    OPEN_APPLICATION,
    OPEN_OWNER_RECORD,
    OPEN_PEOPLE,
    PEOPLE_FILTER,
    PEOPLE_PAGE,
    PEOPLE_SEARCH_FORM,
    PEOPLE_VIEW,
    SEARCH_PEOPLE,
)
from messages.list_state import ListState
from messages.partnerships.summary import how_it_ended, meetings_logged, paused
from messages.programmes.cohorts import day, day_of, sent_on, takes_applications, waited
from messages.text import escape, mention, plural
from messages.voice import Voice

TITLE = "People"
MOST_PARTNERSHIPS = 4
"""Lines about partnerships of one person: a mentor has three places at most, and one line is for the past."""


class PeopleState(ListState):
    """What an open list shows."""

    filter: PeopleFilter = PeopleFilter.EVERYONE
    department: str = ""
    topic: str = ""

    @property
    def query(self) -> PeopleQuery:
        return PeopleQuery(self.filter, self.name, self.department, self.topic)


def view(
    page: Page[tuple[Participant, ...]],
    state: PeopleState,
    programme: Programme,
    cohort: Cohort,
    today: date,
    *,
    for_owner: bool,
) -> dict[str, Any]:
    """A page of people, for an owner or a member of the committee; `today` is the reader's date."""
    adds = _add_button(cohort, today) if for_owner else []
    blocks: list[Block] = [actions(_filter(state.filter), *_search_buttons(state, for_owner=for_owner), *adds)]
    if page.items:
        blocks.append(small_print(_found(page, state)))
    if page.previous:
        blocks.append(actions(button("Previous page", PEOPLE_PAGE, page.previous.dump())))
    for person in page.items:
        blocks += [_row(each, programme, cohort, today, for_owner=for_owner) for each in person]
    if page.following:
        blocks.append(actions(button("Next page", PEOPLE_PAGE, page.following.dump())))
    if not page.items:
        blocks.append(section(_nobody(state)))
    blocks.append(small_print("Meeting notes and answers are not shown. Each application you view is recorded."))
    return modal(PEOPLE_VIEW, TITLE, blocks, private_metadata=state.at(page.mark).dump(form=PEOPLE_VIEW))


def _filter(chosen: PeopleFilter) -> StaticSelectElement:
    options = [Option(each, words).to_slack() for each, words in _FILTERS.items()]
    return StaticSelectElement(
        action_id=PEOPLE_FILTER,
        options=options,
        initial_option=next(option for option in options if option.value == chosen),
    )


_FILTERS = {
    PeopleFilter.EVERYONE: "Everyone",
    PeopleFilter.UNMATCHED: "Not matched yet",
    PeopleFilter.WAITING_LIST: "On the waiting list",
    PeopleFilter.MATCHED: "Matched",
    PeopleFilter.QUIET: "No recent meeting logged",
    PeopleFilter.PAUSED: "Paused",
    PeopleFilter.ON_LEAVE: "On leave",
    PeopleFilter.LEFT: "Withdrawn or deactivated",
}


def _search_buttons(state: PeopleState, *, for_owner: bool) -> list[ButtonElement]:
    buttons = [button("Search", SEARCH_PEOPLE)]
    if state.query.is_searched:
        buttons.append(button("Clear search", OPEN_PEOPLE, state.filter))
    if for_owner:
        buttons.append(button("What owners did", OPEN_OWNER_RECORD))
    return buttons


def _add_button(cohort: Cohort, today: date) -> list[ButtonElement]:
    """Adds somebody who asked in person, while the round takes applications."""
    return [button("Add someone", ADD_PERSON)] if takes_applications(cohort, today) else []


def _found(page: Page[tuple[Participant, ...]], state: PeopleState) -> str:
    """How many there are, the page, and what was searched for."""
    said = f"{plural(page.total, 'person', 'people')}, by name"
    if page.previous or page.following:
        said += f", page {page.number}"
    return f"{said}. Search: {_searched(state)}." if state.query.is_searched else f"{said}."


def _searched(state: PeopleState) -> str:
    asked = (("name", state.name), ("department", state.department), ("topic", state.topic))
    return ", ".join(f"{label} “{escape(value)}”" for label, value in asked if value)


def _nobody(state: PeopleState) -> str:
    if state.query.is_searched:
        return f"No one matches your search: {_searched(state)}. Check the spelling, or clear the search."
    if state.filter is PeopleFilter.EVERYONE:
        return "No one has applied yet."
    return f"No one is in this list. To see all people, choose *{_FILTERS[PeopleFilter.EVERYONE]}*."


def _row(participant: Participant, programme: Programme, cohort: Cohort, today: date, *, for_owner: bool) -> Block:
    application = participant.application
    voice, plain = Voice(programme), Voice(programme, marked=False)
    is_mentee = application.role is Role.MENTEE
    department = f", {escape(participant.department)}" if participant.department else ""
    who = f"*{mention(application.person)}*, {voice.mentee if is_mentee else voice.mentor}{department}"
    words = "\n".join([who, *standing(participant, programme, cohort, today)])
    if not for_owner and not committee_reads(application, cohort, participant.active):
        return section(words)
    reads = f"View application of {day(application.sent_on)}: {plain.mentee if is_mentee else plain.mentor}"
    look = button("View", OPEN_APPLICATION, application.id, accessibility_label=reads)
    return section(words, look)


def standing(participant: Participant, programme: Programme, cohort: Cohort, today: date) -> list[str]:
    """Where this person stands in this role, in lines of mrkdwn for owners. `today` is the owner's date."""
    lines = []
    if participant.person.is_absent:
        since = participant.person.left_at
        lines.append(f"Slack account deactivated{f' since {day_of(since)}' if since else ''}.")
    if participant.person.leave:
        lines.append(f"On leave until {day(participant.person.leave.until)}.")
    for partnership in participant.active[:MOST_PARTNERSHIPS]:
        lines.append(_active(partnership, participant, today))
    waiting = _waiting(participant, cohort, today)
    if waiting:
        lines.append(waiting)
    if not participant.active and participant.partnerships:
        lines.append(_over(participant.partnerships[0], participant, programme))
    return lines


def _active(partnership: Partnership, participant: Participant, today: date) -> str:
    totals = participant.totals.get(partnership.id, MeetingTotals())
    pause = participant.pause(partnership)
    quiet = quiet_days(partnership, totals.last, today, is_paused=pause is not None)
    said = f"With {mention(partnership.other(participant.person.id))} since {day(partnership.started_on)}. "
    said += meetings_logged(totals, is_active=True, quiet=quiet)
    return f"{said} {paused(pause)}" if pause else said


def _waiting(participant: Participant, cohort: Cohort, today: date) -> str:
    """About the application, if it has a free place or is withdrawn; "" if not."""
    application = participant.application
    if participant.is_withdrawn:
        return "Application withdrawn."
    free = participant.free_places
    if not free or participant.person.is_unavailable:
        return ""
    if application.cohort_id != cohort.id:
        return "" if participant.partnerships else f"Applied in an earlier round, on {sent_on(application)}."
    if application.state is ApplicationState.UNCONFIRMED:
        return f"Entered for them, on {sent_on(application)}. They haven’t confirmed it yet."
    if application.waits_for_next(cohort):
        waits = waited(application.sent_on, today)
        return f"On the waiting list for the next round since {sent_on(application)} ({waits})."
    if participant.agreed:
        return f"{plural(participant.agreed, 'match', 'matches')} agreed, introduced when the round starts."
    if participant.offers:
        return f"{plural(participant.offers, 'match', 'matches')} sent, waiting for answers."
    if free < participant.places:
        return f"{free} of {plural(participant.places, 'place', 'places')} free."
    if since := participant.free_since:
        return f"Not matched yet. Waiting since {day(since)} ({waited(since, today)})."
    return f"Not matched yet. Waiting since {sent_on(application)} ({waited(application.sent_on, today)})."


def _over(partnership: Partnership, participant: Participant, programme: Programme) -> str:
    """About the last of a person's partnerships, which are all over."""
    totals = participant.totals.get(partnership.id, MeetingTotals())
    on = f" on {day_of(partnership.over_at)}" if partnership.over_at else ""
    other = mention(partnership.other(participant.person.id))
    said = meetings_logged(totals, is_active=False)
    return f"Last {Voice(programme).partnership}: with {other}, {how_it_ended(partnership, totals)}{on}. {said}"


class PeopleSearch(Submission):
    """The input of the form to search."""

    model_config = ConfigDict(str_strip_whitespace=True)

    name: str = ""
    department: str = ""
    topic: str = ""


def search_form(state: PeopleState, programme: Programme, *, root: str) -> dict[str, Any]:
    """The form to search, on top of the list with the view id `root`."""
    values: Values = {"name": state.name, "department": state.department, "topic": state.topic}
    fields = [TextInput(block_id="name", label="Name", hint="Any part of it.", most=MOST_SEARCHED, optional=True)]
    blocks: list[Block] = [field.block(values) for field in fields]
    for block_id, label, listed in (
        ("department", "Department", programme.departments),
        ("topic", "Topic", programme.topics),
    ):
        if listed:
            blocks.append(
                Select(
                    block_id=block_id, label=label, options=[Option(each, each) for each in listed], optional=True
                ).block(values)
            )
    meta = state.dump(form=PEOPLE_SEARCH_FORM, root=root)
    return modal(PEOPLE_SEARCH_FORM, "Search people", blocks, submit="Search", close="Go back", private_metadata=meta)


def parse_search(values: Values, state: PeopleState) -> PeopleState:
    """The first page of what was searched for, with the filter of the list."""
    sent = PeopleSearch.read(values)
    return PeopleState(filter=state.filter, name=sent.name, department=sent.department, topic=sent.topic)


def chosen_filter(value: str) -> PeopleFilter:
    """The filter in the value of a button or menu; everyone for any other value."""
    return PeopleFilter(value) if value in _FILTERS else PeopleFilter.EVERYONE
