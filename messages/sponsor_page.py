"""The page that sponsors get each month, and the form in which owners add a sentence or turn it off (D0.3, D0.5)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date as Date
from typing import Any, Final

from pydantic import ConfigDict
from slack_sdk.models.blocks import Block, ButtonElement

from mentoring.core.fields import FieldName
from mentoring.core.programmes import Programme
from mentoring.sponsor_page.page import SponsorPage
from mentoring.sponsor_page.sending import MOST_SENTENCE, SponsorPageForm
from mentoring.status import LEAST_SHOWN
from messages.blocks import actions, button, facts, header, modal, section, small_print, typed
from messages.charts import chart
from messages.forms import FormMetadata, Option, Select, Submission, TextInput, Values
from messages.ids import (
    OPEN_OWNERS,
    OPEN_SPONSOR_PAGE,
    RESUME_SPONSOR_PAGE,
    SEND_SPONSOR_PAGE,
    SPONSOR_PAGE_FORM,
    STOP_SPONSOR_PAGE,
)
from messages.payloads import Message, message
from messages.programmes.cohorts import weekday
from messages.text import join, mention, plural
from messages.voice import Voice, capital

_TOO_FEW: Final = "Too few to show"
_ON, _OFF = "on", "off"
TITLE: Final = "Sponsors’ page"


def sponsor_page(page: SponsorPage, programme: Programme, *, for_owner: bool) -> Message:
    """The page as a message: to a sponsor, or to an owner who looks at it."""
    plain = Voice(programme, marked=False)
    title = f"{plain.name} in {_month(page.month)}"
    blocks: list[Block | Mapping[str, Any]] = [header(title), *facts(_figures(page, Voice(programme)))]
    if page.has_chart:
        blocks.append(
            chart(
                "line",
                "Meetings in each month",
                {
                    "Logged": [each.logged for each in page.months],
                    "Asked for": [each.asked for each in page.months],
                },
                [f"{each.month:%b} {each.month.year}" for each in page.months],
                axis="Meetings",
            )
        )
    if page.sentence:
        blocks += [section("*From the programme owners*"), typed(page.sentence)]
    blocks.append(small_print(_small_print(page, Voice(programme))))
    if for_owner:
        blocks.append(actions(open_button()))
    else:
        blocks.append(actions(stop_button()))
    return message(f"{title}. {_in_words(page, plain)}", blocks)


def _figures(page: SponsorPage, voice: Voice) -> list[tuple[str, str]]:
    return [
        ("People taking part", _count(page.people)),
        (f"Meetings in {_month(page.month)}", _count(page.meetings)),
        (f"{capital(voice.partnerships)} completed or ended", _count(page.over)),
    ]


def _in_words(page: SponsorPage, plain: Voice) -> str:
    """The figures in a line, for those who do not see the blocks."""
    return " ".join(f"{label}: {value.lower()}." for label, value in _figures(page, plain))


def _small_print(page: SponsorPage, voice: Voice) -> str:
    said = [f"It names no one. Figures about fewer than {LEAST_SHOWN} people aren’t shown."]
    if page.has_chart:
        said.append(f"Asked for: what the programme asks of {voice.partnerships} that were running, without pauses.")
        if page.left_out:
            said.append(f"The chart leaves out {plural(page.left_out, 'month', 'months')} with too few meetings.")
    else:
        said.append("A chart of the meetings comes once there are two months to show.")
    said.append(f"Questions? Ask {voice.contact}.")
    return " ".join(said)


def _count(number: int | None) -> str:
    return _TOO_FEW if number is None else f"{number:,}"


def _month(month: Date) -> str:
    return f"{month:%B} {month.year}"


def open_button() -> ButtonElement:
    """Opens the form of the owners."""
    return button("Open sponsors’ page", OPEN_SPONSOR_PAGE)


def stop_button() -> ButtonElement:
    return button("Stop this page", STOP_SPONSOR_PAGE)


def monthly_choice(*, gets_page: bool) -> Block:
    """For a sponsor, in the figures: whether they get the page each month, and the button to change it."""
    if gets_page:
        words = "You get a page like this on the first working day of each month."
        return section(words, button("Stop the page", STOP_SPONSOR_PAGE))
    return section("You get no monthly page.", button("Send it each month", RESUME_SPONSOR_PAGE))


def stopped(programme: Programme) -> Message:
    """The reply to a sponsor who has stopped it."""
    words = f"OK, I won’t send you the monthly page of {Voice(programme).name} any more."
    return message(words, [section(words), actions(button("Send it again", RESUME_SPONSOR_PAGE))])


def resumed(programme: Programme) -> Message:
    """The reply to a sponsor who wants it again."""
    words = f"I’ll send you the page of {Voice(programme).name} on the first working day of each month."
    return message(words, [section(words)])


def sentence_wanted(on: Date) -> Block:
    """The invitation to the owners to add a sentence to the page of the day `on`."""
    words = f"*Sponsors’ page.* It goes out on {weekday(on)}. You can add a sentence. It also goes out without one."
    return section(words, button("Add a sentence", OPEN_SPONSOR_PAGE))


def page_form(
    page: SponsorPage,
    programme: Programme,
    values: Values,
    *,
    on: Date,
    sponsors: Sequence[str],
    stopped_by: Collection[str],
    meta: FormMetadata,
    restored: bool = False,
) -> dict[str, Any]:
    """The form of the owners, filled with `values`: the next `page` as it stands, which goes out `on` that day.

    `sponsors` are Slack user ids; those `stopped_by` do not want it.
    """
    if not sponsors:
        words = (
            "Sponsors stand for the programme in your organisation. On the first working day of each month they get "
            "three figures, one chart and a sentence from you. It names no one.\n\nThis programme has no sponsor yet."
        )
        blocks = [section(words), actions(button("Name a sponsor", OPEN_OWNERS))]
        return modal(SPONSOR_PAGE_FORM, TITLE, blocks, close="Close", private_metadata=meta.dump())
    readers = join([mention(each) for each in sponsors if each not in stopped_by])
    told = f"{readers} get" if readers else "Sponsors get"
    if readers and len([each for each in sponsors if each not in stopped_by]) == 1:
        told = f"{readers} gets"
    words = (
        f"{told} one page on the first working day of each month: three figures, one chart and, if you like, a "
        f"sentence from you. It names no one.\n*Next page*: {weekday(on)}, about {_month(page.month)}"
    )
    found: list[Block] = [section(words)]
    if away := join([mention(each) for each in sponsors if each in stopped_by]):
        found.append(small_print(f"Stopped it for themselves: {away}."))
    if restored:
        found.append(small_print("We saved what you typed last time."))
    found += facts(_figures(page, Voice(programme)), "The figures so far")
    found.append(section("I can send it to you as it stands, with the chart.", button("Show me", SEND_SPONSOR_PAGE)))
    fields = (
        TextInput(
            block_id=FieldName.SENTENCE,
            label="Your sentence to the sponsors",
            hint="What went well, or what you need from them. Please name no one.",
            most=MOST_SENTENCE,
            lines=True,
            optional=True,
        ),
        Select(
            block_id=FieldName.SPONSOR_PAGE,
            label="Send the page each month?",
            options=[Option(_ON, "Yes, each month"), Option(_OFF, "No, not for now")],
        ),
    )
    found += [field.block(values) for field in fields]
    return modal(SPONSOR_PAGE_FORM, TITLE, found, submit="Save", close="Cancel", private_metadata=meta.dump())


def values_of_page(page: SponsorPage, *, is_on: bool) -> Values:
    """The form values of what is stored."""
    return {FieldName.SENTENCE: page.sentence or None, FieldName.SPONSOR_PAGE: _ON if is_on else _OFF}


class SponsorPageSubmission(Submission):
    model_config = ConfigDict(str_strip_whitespace=True)

    sentence: str = ""
    sponsor_page: str = _ON


def parse_page(values: Values) -> SponsorPageForm:
    """Raises ValueError for input that the form cannot have sent; the message does not repeat it."""
    sent = SponsorPageSubmission.read(values)
    return SponsorPageForm(sent.sentence, is_on=sent.sponsor_page != _OFF)


def on_its_way() -> Message:
    return message("The page is on its way.")
