"""Meeting at a regular time: the form to offer it, the offer, and what the two see of it afterwards (D1.13)."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    ConfirmObject,
    InteractiveElement,
    PlainTextObject,
    StaticSelectElement,
)

from mentoring.core.fields import FieldName
from mentoring.core.people import Person
from mentoring.meetings.finding_times import LENGTHS, ProposedTime, stretch_of
from mentoring.meetings.regular_meetings import RegularOffer
from mentoring.meetings.regular_time import OwnRegularTime, RegularDays, RegularState, RegularTime, SkipReason
from mentoring.partnerships.timing import MeetingRhythm, allowed_rhythms
from messages.blocks import actions, button, confirm, modal, section, sentence_view, small_print
from messages.forms import DateTimeInput, FormMetadata, Option, Select, Values, filled_in, moment_of
from messages.ids import (
    CANCEL_PLANNED,
    END_REGULAR,
    EXTEND_REGULAR,
    MEET_REGULARLY,
    MOVE_PLANNED,
    REGULAR_FORM,
    TAKE_REGULAR,
)
from messages.payloads import limits
from messages.planned_meetings import TwoReaders
from messages.programmes.cohorts import day
from messages.text import join, mention, plural
from messages.times import for_other, in_short, outside_hours
from messages.voice import Voice

TITLE: Final = "Meet regularly"
FORM: Final = "regular"
"""The value of `FormMetadata.form`; `about` is then the partnership's id."""
_MOST_DAYS: Final = 8
"""Days of a kind that are written out."""
_WHY: Final = {
    SkipReason.DAY_OFF: "holiday or closed day",
    SkipReason.LEAVE: "leave",
    SkipReason.BUSY: "another meeting at that time",
}


def regular_button(partnership_id: str, *, label: str = TITLE) -> ButtonElement:
    """Opens the form to offer a regular time."""
    return button(label, MEET_REGULARLY, partnership_id)


def regular_form(two: TwoReaders, values: Values, *, meta: FormMetadata, restored: bool = False) -> dict[str, Any]:
    """The form as a view, filled with `values`."""
    other, voice = mention(two.other.id), Voice(two.programme)
    words = (
        f"Meet {other} on the same weekday at the same hour. I book the meetings until your {voice.partnership} ends, "
        f"for a year at most. I leave out holidays, leave and other meetings planned with me.\n{other} is asked first. "
        "Then you both get one calendar file, and can move or cancel each meeting."
    )
    blocks: list[Block] = [section(words)]
    if restored:
        blocks.append(small_print("We saved what you chose last time."))
    first = DateTimeInput(
        block_id=FieldName.FIRST_MEETING,
        label="First meeting",
        hint="On your clock. The next ones have the same weekday and hour, also when your clocks change.",
    )
    rhythms = [Option(each, rhythm_words(each.distance.days // 7)) for each in allowed_rhythms(two.programme.rhythm)]
    blocks.append(first.block(values))
    blocks.append(Select(block_id=FieldName.RHYTHM, label="How often?", options=rhythms).block(values))
    lengths = [Option(str(each), plural(each, "minute", "minutes")) for each in LENGTHS]
    blocks.append(Select(block_id=FieldName.MINUTES, label="How long?", options=lengths).block(values))
    return modal(REGULAR_FORM, TITLE, blocks, submit="Offer", close="Cancel", private_metadata=meta.dump())


def first_values(two: TwoReaders, times: Sequence[ProposedTime], agreed: MeetingRhythm | None, minutes: int) -> Values:
    """What the form begins with: the first time that suits both, and the rhythm and length that they have agreed on."""
    rhythms = allowed_rhythms(two.programme.rhythm)
    rhythm = agreed if agreed in rhythms else rhythms[-1]
    start = str(int(times[0].starts_at.timestamp())) if times else None
    return {FieldName.FIRST_MEETING: start, FieldName.RHYTHM: rhythm, FieldName.MINUTES: str(minutes)}


def parse_regular(values: Values, two: TwoReaders) -> RegularOffer | FieldName:
    """What was chosen, or the field that is empty. Raises ValueError for input that the form cannot have sent."""
    chosen = filled_in(values)
    for name in (FieldName.FIRST_MEETING, FieldName.RHYTHM, FieldName.MINUTES):
        if name not in chosen:
            return name
    rhythm, minutes = MeetingRhythm(str(chosen[FieldName.RHYTHM])), int(str(chosen[FieldName.MINUTES]))
    if rhythm not in allowed_rhythms(two.programme.rhythm) or minutes not in LENGTHS:
        raise ValueError("no such choice")
    return RegularOffer(moment_of(str(chosen[FieldName.FIRST_MEETING])), rhythm, minutes)


def asked_view(two: TwoReaders, regular: RegularTime, days: RegularDays) -> dict[str, Any]:
    """What is shown in place of the form, once the regular time is offered."""
    words = f"I’ve asked {mention(two.other.id)} to meet you {_when(regular, days.starts, two)}.\n"
    return sentence_view(TITLE, words + "\n".join(_details(regular, days, two)))


def offer_blocks(regular: RegularTime, days: RegularDays, two: TwoReaders) -> list[Block]:
    """A regular time that is offered, with what the reader can do."""
    other, details = mention(two.other.id), "\n".join(_details(regular, days, two))
    if not regular.awaits(two.reader.id):
        words = f"*You’ve offered {other} a regular time:* {_when(regular, days.starts, two)}.\n{details}"
        return [section(words), actions(button("Withdraw", END_REGULAR, regular.id))]
    words = f"*{other} offers to meet you regularly,* {_when(regular, days.starts, two)}.\n{details}"
    return [
        section(words),
        actions(
            button("Take this time", TAKE_REGULAR, regular.id, style="primary"),
            regular_button(two.partnership.id, label="Offer another time"),
            button("Not now", END_REGULAR, regular.id),
        ),
    ]


def own_blocks(own: OwnRegularTime, two: TwoReaders) -> list[Block]:
    """The regular time in the list of partnerships and at Home, in two blocks."""
    regular = own.regular
    if regular.state is RegularState.OFFERED:
        return offer_blocks(regular, own.days, two)
    words = (
        f"*You meet {mention(two.other.id)} regularly:* {_when(regular, own.days.starts, two)}. "
        f"{plural(len(own.ahead), 'meeting is', 'meetings are')} booked until {_last(own.days, two)}."
    )
    does: list[InteractiveElement] = []
    if own.more:
        words += (
            f"\nYour {Voice(two.programme).partnership} ends later than that. I can book "
            f"{plural(len(own.more), 'more meeting', 'more meetings')}, until {reader_day(own.more[-1], two.reader)}."
        )
        label = "Book it too" if len(own.more) == 1 else "Book them too"
        does.append(button(label, EXTEND_REGULAR, regular.id))
    if len(own.ahead) > 1:
        does += [_one_of(own, two.reader, MOVE_PLANNED, "Move one meeting"), _cancel_select(own, two.reader)]
    return [section(words), actions(*does, _end(regular))]


def standing_words(regular: RegularTime, starts: Sequence[datetime], two: TwoReaders) -> str:
    """What became of a regular time that is not offered any more, in mrkdwn. `starts` are those of its meetings."""
    other = mention(two.other.id)
    if regular.state is RegularState.AGREED:
        last = _last(RegularDays(tuple(starts)), two)
        return f"*You meet {other} regularly,* {_when(regular, starts, two)}, until {last}."
    by_reader = regular.ended_by == two.reader.id
    if regular.state is RegularState.ENDED:
        if not regular.ended_by:
            return f"The regular meetings with {other} are over."
        return f"{'You’ve' if by_reader else f'{other} has'} ended your regular time."
    if regular.state is RegularState.DECLINED and regular.ended_by and regular.ended_by != regular.offered_by:
        return f"You’ve said “not now” to {other}." if by_reader else f"{other} can’t meet at this regular time."
    if regular.state is RegularState.DECLINED:
        return "You’ve withdrawn the regular time." if by_reader else f"{other} has withdrawn the regular time."
    return f"The days that {'you' if regular.offered_by == two.reader.id else other} offered are no longer possible."


def booked_words(
    regular: RegularTime, starts: Sequence[datetime], left_out: Sequence[datetime], two: TwoReaders
) -> str:
    """What the message with the calendar file of all meetings begins with, in mrkdwn. `left_out` are the days within
    the rhythm without a meeting.
    """
    count = plural(len(starts), "meeting", "meetings")
    last = _last(RegularDays(tuple(starts)), two)
    lines = [f"*You meet {mention(two.other.id)} regularly,* {_when(regular, starts, two)}: {count} until {last}."]
    if left_out:
        lines.append(f"Left out: {_dates(left_out, two.reader)}.")
    return "\n".join(lines)


def rhythm_words(weeks: int) -> str:
    return "Every week" if weeks == 1 else f"Every {weeks} weeks"


def _when(regular: RegularTime, starts: Sequence[datetime], two: TwoReaders) -> str:
    """ "every 2 weeks on Tuesday at 10:00 (05:00 for @Ben), for 60 minutes", on the reader's clock, with the days on
    which it shows another hour, because the clocks of the two change on different days.
    """
    starts = starts or (regular.starts_at,)
    often = rhythm_words(regular.weeks).lower()
    usual = _usual(starts, two.reader)
    theirs = for_other(usual, two.reader, two.other)
    local = two.reader.local(usual)
    words = f"{often} on {local:%A} at {local:%H:%M}{f' ({theirs})' if theirs else ''}"
    return f"{words}, for {plural(regular.minutes, 'minute', 'minutes')}"


def _usual(starts: Sequence[datetime], reader: Person) -> datetime:
    """The first of the starts with the hour that the reader's clock shows most often."""
    counted = Counter(reader.local(start).strftime("%H:%M") for start in starts)
    hour = counted.most_common(1)[0][0]
    return next(start for start in starts if reader.local(start).strftime("%H:%M") == hour)


def _details(regular: RegularTime, days: RegularDays, two: TwoReaders) -> list[str]:
    """How many meetings it gives, when the reader's clock shows another hour, what is left out, and how far outside
    working hours it lies.
    """
    starts = days.starts
    if not starts:
        return ["All of these days have passed."]
    first, reader = reader_day(starts[0], two.reader), two.reader
    lines = [f"• {plural(len(starts), 'meeting', 'meetings')}, from {first} to {_last(days, two)}"]
    usual = reader.local(_usual(starts, reader)).time()
    others: dict[str, list[datetime]] = {}
    for start in starts:
        if (clock := reader.local(start)).time() != usual:
            others.setdefault(f"{clock:%H:%M}", []).append(start)
    lines += [f"• At {clock} for you on {_dates(found, reader)}: the clocks change" for clock, found in others.items()]
    for reason, why in _WHY.items():
        if skipped := [each.starts_at for each in days.skipped if each.reason is reason]:
            lines.append(f"• Left out: {_dates(skipped, reader)} ({why})")
    spans = [(each, ProposedTime(each, regular.minutes).ends_at) for each in starts]
    mine, theirs = (max(stretch_of(who, two.programme, span) for span in spans) for who in (reader, two.other))
    if outside := outside_hours(mine, theirs, two.other):
        lines.append(f"• {outside[0].upper()}{outside[1:]}")
    return lines


def reader_day(start: datetime, reader: Person) -> str:
    """The day of `start` (aware) on the reader's clock."""
    return day(reader.today(start))


def _last(days: RegularDays, two: TwoReaders) -> str:
    return reader_day(max(days.starts), two.reader) if days.starts else ""


def _dates(starts: Sequence[datetime], reader: Person) -> str:
    shown = [reader_day(each, reader) for each in starts[:_MOST_DAYS]]
    rest = len(starts) - len(shown)
    return join([*shown, f"{rest} more"] if rest else shown)


def _cancel_select(own: OwnRegularTime, reader: Person) -> StaticSelectElement:
    asks = confirm(
        "Cancel this meeting?", "You both get a calendar file that takes it out.", yes="Cancel it", no="Go back"
    )
    return _one_of(own, reader, CANCEL_PLANNED, "Cancel one meeting", asks)


def _one_of(
    own: OwnRegularTime, reader: Person, action_id: str, label: str, asks: ConfirmObject | None = None
) -> StaticSelectElement:
    """A menu of the meetings that lie ahead."""
    options = [Option(id, in_short(start, reader)).to_slack() for id, start in own.ahead[: limits.OPTIONS]]
    return StaticSelectElement(
        action_id=action_id, placeholder=PlainTextObject(text=label), options=options, confirm=asks
    )


def _end(regular: RegularTime) -> ButtonElement:
    asks = confirm(
        "End the regular time?",
        "All its meetings that lie ahead are cancelled. You both get one calendar file that takes them out.",
        yes="End it",
        no="Go back",
    )
    return button("End the regular time", END_REGULAR, regular.id, confirm=asks)
