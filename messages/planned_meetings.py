"""Finding a time for two, and the planned meeting as each of them sees it (D1.13, D1.16)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Self

from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    DividerBlock,
    PlainTextObject,
    StaticSelectElement,
)

from mentoring.agenda.agenda import Agenda, agenda_of
from mentoring.core.fields import FieldName
from mentoring.core.people import Person
from mentoring.core.programmes import Programme
from mentoring.meetings.finding_times import LENGTHS, USUAL_LENGTH, ProposedTime, stretch_of
from mentoring.meetings.log import Meeting
from mentoring.meetings.place import MeetingPlace
from mentoring.meetings.planned import MeetingAnswer, PlannedMeeting, PlannedState
from mentoring.partnerships.partnership import Partnership
from messages.agenda.guides import as_list, guides_of, meeting_lines
from messages.agenda.view import agenda_button
from messages.agenda.words import AgendaNames, as_lines
from messages.blocks import actions, button, confirm, modal, section, sentence_view, small_print
from messages.forms import DateTimeInput, FormMetadata, Option, Values, filled_in, moment_of
from messages.ids import (
    CANCEL_PLANNED,
    CHANGE_PLACE,
    CHOOSE_LENGTH,
    CORRECT_MEETING,
    FIND_TIME,
    KEEP_TIME,
    LOG_MEETING,
    OFFER_TIMES,
    SAY_MET,
    SAY_NOT_MET,
    SEND_FILE,
    TAKE_TIME,
    TIMES_FORM,
)
from messages.text import escape, join, mention, plural
from messages.times import for_other, in_short, outside_hours, span_of_hours, when
from messages.voice import Voice, capital

TITLE: Final = "Find a time"
FORM: Final = "times"
"""The value of `FormMetadata.form`; `about` is then the partnership's id, and `version` the minutes."""


@dataclass(frozen=True)
class OfferedStarts:
    """The value of a button that offers times: a partnership's id, minutes, and starts (aware); and the id of the
    planned meeting that they would move, if it is not simply the next one.
    """

    partnership_id: str
    minutes: int
    starts: tuple[datetime, ...]
    planned_id: str = ""

    def dump(self) -> str:
        starts = ",".join(str(int(each.timestamp())) for each in self.starts)
        about = f":{self.planned_id}" if self.planned_id else ""
        return f"{self.partnership_id}:{self.minutes}:{starts}{about}"

    @classmethod
    def load(cls, value: str) -> Self:
        """Raises ValueError for a value that no button has."""
        partnership_id, minutes, starts, *about = value.split(":", 3)
        if int(minutes) not in LENGTHS:
            raise ValueError("no such length")
        found = tuple(moment_of(each) for each in starts.split(","))
        return cls(partnership_id, int(minutes), found, about[0] if about else "")


def find_button(partnership_id: str, *, first: bool = False, label: str = TITLE) -> ButtonElement:
    """Opens the view with times that suit both; `first` makes it the primary button."""
    return button(label, FIND_TIME, partnership_id, style="primary" if first else None)


@dataclass(frozen=True)
class TwoReaders:
    """Whose clocks the times are shown on: the reader's, and in brackets that of the other person; and the `place`
    where the two meet, if one of them has said so.
    """

    partnership: Partnership
    programme: Programme
    reader: Person
    other: Person
    place: MeetingPlace | None = None

    @property
    def is_mentee(self) -> bool:
        return self.reader.id == self.partnership.mentee

    def time(self, start: datetime) -> str:
        """A time with what the other's clock shows, in mrkdwn."""
        theirs = for_other(start, self.reader, self.other)
        return f"{when(start, self.reader)} ({theirs})" if theirs else when(start, self.reader)

    @property
    def where(self) -> str:
        """A line with the place, in mrkdwn, or ""."""
        return f"\n*Where:* {escape(self.place.words)}" if self.place and self.place.words else ""

    def line(self, start: datetime, minutes: int) -> str:
        """A time with what the other's clock shows and how far outside working hours it is for each, in mrkdwn."""
        proposed = ProposedTime(start, minutes)
        span = (proposed.starts_at, proposed.ends_at)
        outside = outside_hours(
            stretch_of(self.reader, self.programme, span), stretch_of(self.other, self.programme, span), self.other
        )
        return f"{self.time(start)}{f': {outside}' if outside else ''}"


def find_view(
    two: TwoReaders,
    times: Sequence[ProposedTime],
    minutes: int,
    *,
    meta: FormMetadata,
    planned: PlannedMeeting | None = None,
    values: Values | None = None,
    restored: bool = False,
    regular: ButtonElement | None = None,
) -> dict[str, Any]:
    """The view with `times` that suit both, and a choice of another time. `planned` is a meeting that it would move.
    `regular` is the button that offers a regular time, if there is none.

    If a time lies outside the other's working hours more than outside the reader's, the other chooses first.
    """
    blocks: list[Block] = [small_print("We saved what you chose last time.")] if restored else []
    blocks.append(section(_introduction(two, times, planned)))

    def value(*starts: datetime) -> str:
        return OfferedStarts(two.partnership.id, minutes, starts, meta.planned).dump()

    mine = 0 if two.is_mentee else 1
    other_stretches = sum(each.stretches[1 - mine] - each.stretches[mine] for each in times) > 0
    for each in times:
        line = f"*{span_of_hours(each.starts_at, minutes, two.reader)}*"
        if theirs := for_other(each.starts_at, two.reader, two.other):
            line += f"\n{theirs}"
        if outside := outside_hours(each.stretches[mine], each.stretches[1 - mine], two.other):
            line += f"\n{capital(outside)}"
        chosen = None if other_stretches else button("Offer this time", OFFER_TIMES, value(each.starts_at))
        blocks.append(section(line, chosen))
    buttons: list[ButtonElement | StaticSelectElement] = []
    if len(times) > 1 or (times and other_stretches):
        buttons.append(button(_offer_all(len(times)), OFFER_TIMES, value(*(each.starts_at for each in times))))
    blocks.append(actions(*buttons, _length_select(minutes), *([regular] if regular else [])))
    blocks.append(DividerBlock())
    picker = DateTimeInput(
        block_id=FieldName.STARTS_AT,
        label="Or choose another time",
        hint="On your clock. It can be outside your working hours if you both wish.",
        optional=True,
    )
    blocks.append(picker.block(values or {}))
    blocks.append(
        small_print("I know your working hours here, leave and meetings planned with me. I don’t see calendars.")
    )
    return modal(TIMES_FORM, TITLE, blocks, submit="Offer", close="Cancel", private_metadata=meta.dump())


def _offer_all(count: int) -> str:
    return {1: "Offer this time", 2: "Offer both"}.get(count, "Offer all three")


def _introduction(two: TwoReaders, times: Sequence[ProposedTime], planned: PlannedMeeting | None) -> str:
    other = mention(two.other.id)
    moves = ""
    if planned and planned.starts_at and planned.is_booked:
        moves = f"You meet {other} on {two.time(planned.starts_at)}. This stays until {other} takes another time.\n"
    if not times:
        return (
            f"{moves}I found no time in the next four weeks that suits you and {other}, even with longer days. Choose "
            "one below."
        )
    if any(any(each.stretches) for each in times):
        return (
            f"{moves}*Your working hours and those of {other} don’t overlap.* These times are outside them, as little "
            "as possible."
        )
    return f"{moves}These times suit you and {other}. {other} can take one or offer another."


def _length_select(minutes: int) -> StaticSelectElement:
    options = [Option(str(each), plural(each, "minute", "minutes")).to_slack() for each in LENGTHS]
    return StaticSelectElement(
        action_id=CHOOSE_LENGTH,
        placeholder=PlainTextObject(text="Length"),
        options=options,
        initial_option=next((each for each in options if each.value == str(minutes)), None),
    )


def parse_time(values: Values) -> datetime | None:
    """The time that was chosen, or None. Raises ValueError for input that the form cannot have sent."""
    chosen = filled_in(values).get(FieldName.STARTS_AT)
    if isinstance(chosen, list):
        raise ValueError("not a moment")
    return moment_of(chosen) if chosen else None


def minutes_of(meta: FormMetadata, usual: int = USUAL_LENGTH) -> int:
    """How long the meeting is that the view looks for: `usual`, until a length is chosen."""
    return meta.version if meta.version in LENGTHS else usual


def offered_view(two: TwoReaders, starts: Sequence[datetime]) -> dict[str, Any]:
    """What is shown in place of the form, once times are offered."""
    lines = "\n".join(f"• {two.time(each)}" for each in sorted(starts))
    other = mention(two.other.id)
    return sentence_view(TITLE, f"I’ve asked {other}:\n{lines}\nYou’ll get a calendar file when {other} takes a time.")


def plan_blocks(planned: PlannedMeeting, two: TwoReaders, *, others: Sequence[ProposedTime] = ()) -> list[Block]:
    """A meeting that lies ahead, with what the reader can do. `others` are further times that suit both."""
    if planned.awaits(two.reader.id):
        return _to_answer(planned, two, others)
    words, does = plan_in_short(planned, two)
    return [section(words), does]


def plan_in_short(planned: PlannedMeeting, two: TwoReaders) -> tuple[str, Block]:
    """A meeting that lies ahead, in mrkdwn, with what the reader can do in one block."""
    other, pair = mention(two.other.id), two.partnership.id
    if planned.awaits(two.reader.id):
        lines = "\n".join(f"• {two.line(each, planned.minutes_of_options)}" for each in planned.options)
        words = f"{_asks(planned, two)}\n{lines}{two.where}"
        return words, actions(_take_select(planned, two), _choose(pair), place_button(planned, two), *_last(planned))
    if planned.is_booked and planned.starts_at:
        words = _booked_words(planned, two)
        if planned.options:
            asked = join([two.time(each) for each in planned.options], "or")
            words += f"\nYou’ve offered {other} another time{_new_length(planned)}: {asked}."
            words += f" Until {other} takes it, nothing changes."
            words += two.where
            return words, actions(_keep(planned), *_about(planned, two), _cancel(planned))
        words += two.where
        return words, actions(find_button(pair, label="Move the meeting"), *_about(planned, two), _cancel(planned))
    lines = "\n".join(f"• {two.time(each)}" for each in planned.options)
    words = f"*You’ve offered {other} a time.* You’ll get a calendar file when {other} takes one.\n{lines}{two.where}"
    others = find_button(pair, label="Offer other times")
    return words, actions(others, place_button(planned, two), _withdraw(planned))


def booked_in_short(
    planned: PlannedMeeting, two: TwoReaders
) -> tuple[str, Sequence[ButtonElement], Sequence[ButtonElement]] | None:
    """A booked meeting in mrkdwn, the buttons to move and cancel it, and the rarer ones; None if something about the
    meeting waits for an answer.
    """
    if planned.options or not (planned.is_booked and planned.starts_at):
        return None
    words = f"{_booked_words(planned, two)}{two.where}"
    moves = find_button(two.partnership.id, label="Move the meeting")
    return words, (moves, _cancel(planned)), _about(planned, two)


def _booked_words(planned: PlannedMeeting, two: TwoReaders) -> str:
    assert planned.starts_at is not None  # noqa: S101 - it is booked
    return f"*You’re meeting {mention(two.other.id)}* on {two.time(planned.starts_at)}, for {_long(planned)}."


def _to_answer(planned: PlannedMeeting, two: TwoReaders, others: Sequence[ProposedTime]) -> list[Block]:
    blocks: list[Block] = [section(f"{_asks(planned, two)}{two.where}")]
    for each in planned.options:
        take = button("Take this time", TAKE_TIME, _take_value(planned, each), style="primary")
        blocks.append(section(two.line(each, planned.minutes_of_options), take))
    if others:
        other = mention(two.other.id)
        blocks.append(section(f"None of these? You can offer {other} another time that suits you both:"))
    for time in others:
        value = OfferedStarts(two.partnership.id, planned.minutes_of_options, (time.starts_at,)).dump()
        line = two.line(time.starts_at, planned.minutes_of_options)
        blocks.append(section(line, button("Offer this", OFFER_TIMES, value)))
    return [*blocks, actions(_choose(two.partnership.id), place_button(planned, two), *_last(planned))]


def _asks(planned: PlannedMeeting, two: TwoReaders) -> str:
    other = mention(two.other.id)
    if planned.is_booked and planned.starts_at:
        to = f"to the following{_new_length(planned)}" if planned.offered_minutes else "to"
        return f"*{other} asks to move your meeting* from {two.time(planned.starts_at)}, for {_long(planned)}, {to}:"
    return f"*{other} offers a time to meet*, for {_long(planned)}:"


def place_button(planned: PlannedMeeting, two: TwoReaders) -> ButtonElement:
    """Opens the form in which either says where they meet."""
    has_place = two.place is not None and two.place.words
    return button("Change the place" if has_place else "Add a place", CHANGE_PLACE, planned.id)


def _about(planned: PlannedMeeting, two: TwoReaders) -> list[ButtonElement]:
    return [place_button(planned, two), button("Get the calendar file", SEND_FILE, planned.id)]


def _choose(partnership_id: str) -> ButtonElement:
    return find_button(partnership_id, label="Choose another time")


def _last(planned: PlannedMeeting) -> list[ButtonElement]:
    return [_keep(planned), _cancel(planned)] if planned.is_booked else [_decline(planned)]


def _take_value(planned: PlannedMeeting, start: datetime) -> str:
    return f"{planned.id}:{int(start.timestamp())}"


def _take_select(planned: PlannedMeeting, two: TwoReaders) -> StaticSelectElement:
    options = [Option(_take_value(planned, each), in_short(each, two.reader)).to_slack() for each in planned.options]
    return StaticSelectElement(action_id=TAKE_TIME, placeholder=PlainTextObject(text="Take a time"), options=options)


def _long(planned: PlannedMeeting) -> str:
    return plural(planned.minutes, "minute", "minutes")


def _new_length(planned: PlannedMeeting) -> str:
    """The length of the offered times, where it is another one."""
    return f", for {plural(planned.offered_minutes, 'minute', 'minutes')}" if planned.offered_minutes else ""


def _keep(planned: PlannedMeeting) -> ButtonElement:
    return button("Keep the old time", KEEP_TIME, planned.id)


def _cancel(planned: PlannedMeeting) -> ButtonElement:
    asks = confirm(
        "Cancel this meeting?", "You both get a calendar file that takes it out.", yes="Cancel it", no="Go back"
    )
    return button("Cancel the meeting", CANCEL_PLANNED, planned.id, confirm=asks)


def _withdraw(planned: PlannedMeeting) -> ButtonElement:
    return button("Withdraw", CANCEL_PLANNED, planned.id)


def _decline(planned: PlannedMeeting) -> ButtonElement:
    return button("Not now", CANCEL_PLANNED, planned.id)


def cancelled_words(planned: PlannedMeeting, two: TwoReaders) -> str:
    """What became of a meeting that does not take place, in mrkdwn."""
    other = mention(two.other.id)
    by_reader = planned.cancelled_by == two.reader.id
    if planned.state is PlannedState.LAPSED:
        return f"The times that you and {other} talked about have passed."
    if planned.starts_at:
        which = f"your meeting on {two.time(planned.starts_at)}"
        if not planned.cancelled_by:
            return f"{which[0].upper()}{which[1:]} with {other} is cancelled."
        return f"You’ve cancelled {which} with {other}." if by_reader else f"{other} has cancelled {which}."
    if not planned.cancelled_by:
        return f"The times that you and {other} talked about are no longer offered."
    if planned.offered_by == planned.cancelled_by:
        return "You’ve withdrawn the times." if by_reader else f"{other} has withdrawn the times."
    return f"You’ve said “not now” to {other}." if by_reader else f"{other} can’t meet at these times."


def answer_blocks(planned: PlannedMeeting, two: TwoReaders, logged: Meeting | None = None) -> list[Block]:
    """After the meeting: whether it took place, as far as somebody has said so. `logged` is its log."""
    assert planned.starts_at is not None  # noqa: S101 - there is no question before
    other, day = mention(two.other.id), when(planned.starts_at, two.reader)
    mine, theirs = planned.mentee_answer, planned.mentor_answer
    if not two.is_mentee:
        mine, theirs = theirs, mine
    met, not_met = (
        button("Yes, we met", SAY_MET, planned.id, style="primary"),
        button("Not yet", SAY_NOT_MET, planned.id),
    )
    moved = find_button(two.partnership.id, label="It moved")
    if mine is None and theirs is None:
        asks = section(f"*Did you meet {other}?* Your meeting was on {day}, for {_long(planned)}.")
        return [asks, actions(met, moved, not_met)]
    if planned.is_disputed and mine is not theirs:
        return _disputed(planned, two, mine)
    if planned.state is PlannedState.HELD:
        kept = f"It is logged, for {_long(planned)}." if logged else "That day had a log already, so I added none."
        words = f"*You met {other}* on {day}. {kept}"
        if mine is None:
            said = f"*{other} says that you met* on {day}. {kept}"
            return [section(said), actions(button("We didn’t meet", SAY_NOT_MET, planned.id))]
        if not logged:
            return [section(words), actions(button("Log a second meeting", LOG_MEETING, two.partnership.id))]
        if logged and logged.logged_by == two.reader.id:
            return [section(words), actions(button("Add notes", CORRECT_MEETING, logged.id))]
        return [section(words)]
    if mine is None:
        words = f"*{other} says that you didn’t meet* on {day}. Nothing is logged."
    else:
        words = f"*You didn’t meet {other}* on {day}. Nothing is logged."
    return [
        section(words),
        actions(find_button(two.partnership.id, first=True), button("We did meet", SAY_MET, planned.id)),
    ]


def _disputed(planned: PlannedMeeting, two: TwoReaders, mine: MeetingAnswer | None) -> list[Block]:
    other = mention(two.other.id)
    assert planned.starts_at is not None  # noqa: S101
    day = when(planned.starts_at, two.reader)
    is_asked = (mine is MeetingAnswer.MET) is (planned.state is PlannedState.HELD)
    said, they = ("met", "didn’t meet") if mine is MeetingAnswer.MET else ("didn’t meet", "met")
    if not is_asked:
        return [section(f"You say that you {said} on {day}. I’ve asked {other}, who said that you {they}.")]
    words = f"*You say that you {said}, and {other} says that you {they}*, on {day}. Which is right?"
    return [
        section(words),
        actions(button("We met", SAY_MET, planned.id), button("We didn’t meet", SAY_NOT_MET, planned.id)),
    ]


def agenda(two: TwoReaders, *, met: int, first: Agenda | None = None, is_near_end: bool = False) -> list[Block]:
    """What the two could talk about: what is left of the first meeting's agenda (`first`), or the list of every other
    one, with that of the last one if it `is_near_end`. `met` is how often they have met.
    """
    if not met:
        steps = (first or agenda_of(two.partnership, (), has_met=False, guide=two.programme.first_guide)).kept
        lines = as_lines(steps, AgendaNames.read_by(two.reader.id, two.partnership))
        return [section(f"*You could talk about*\n{lines}", agenda_button(two.partnership.id))]
    words = meeting_lines(two.reader.id, two.partnership, two.programme)
    if met % 3 == 2:
        words.append("Was this time useful? What will you do differently?")
    blocks: list[Block] = [section("*You could talk about*\n" + as_list(words))]
    if is_near_end:
        _, _, last = guides_of(two.programme)
        lines = as_list([escape(line) for line in last])
        blocks.append(section(f"*Before your {Voice(two.programme).partnership} ends*\n{lines}"))
    return blocks
