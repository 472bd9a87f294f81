"""Whatever is said: within the limits it is sent, and a refusal never repeats it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages.payloads import InvalidPayload, check_message, check_response_action, check_view
from messages.text import escape, shorten
from tests.messages.payloads.samples import (
    Dict,
    actions,
    bar,
    button,
    card,
    checkboxes,
    confirm,
    container,
    data_table,
    field,
    image,
    modal,
    mrkdwn,
    option,
    options,
    pie,
    plain,
    rich,
    said,
    section,
    select,
    table,
    typed,
)

SECRET = "Mandy told me in confidence"

EVERYTHING_SAID = said(
    section(fields=[mrkdwn("Hi")], accessory=select(initial_option=option("value-0")), block_id="a"),
    actions(button(confirm=confirm(), value="1", url="https://example.org"), checkboxes(), block_id="b"),
    card(actions=[button()]),
    container(rich()),
    image(),
    table(column_settings=[{"align": "left"}]),
    pie(),
    bar(x_label="Week"),
    {"type": "markdown", "text": "Hi"},
    metadata={"event_type": "notice", "event_payload": {"id": "1"}},
)
EVERYTHING_ASKED = modal(
    field(typed(initial_value="Hi", min_length=1, placeholder=plain("Words")), hint=plain("More")),
    field({"type": "datepicker", "action_id": "d", "initial_date": "2027-03-01"}, block_id="day"),
    field({"type": "number_input", "action_id": "n", "is_decimal_allowed": True, "min_value": "1"}, block_id="n"),
    callback_id="goal",
    private_metadata="{}",
)


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every object and list in a payload, with each of its keys."""
    keys = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield value, key
        yield from _places(value[key])


def _spoilt(payload: Dict) -> Iterator[Dict]:
    """The payload with a secret in each of its places in turn: instead of a value, added to it, and as a name."""
    for index in range(len([*_places(payload)])):
        for spoil in (_replace, _lengthen, _rename):
            copy = deepcopy(payload)
            spoil(*[*_places(copy)][index])
            yield copy


def _replace(holder: Any, key: Any) -> None:
    holder[key] = SECRET


def _lengthen(holder: Any, key: Any) -> None:
    holder[key] = SECRET * 2000


def _rename(holder: Any, key: Any) -> None:
    if isinstance(holder, dict):
        holder[SECRET] = holder.pop(key)


@pytest.mark.parametrize(
    ("payload", "check", "least"),
    [
        (EVERYTHING_SAID, check_message, 100),
        (said(data_table()), check_message, 10),  # a message has one table of either kind
        (EVERYTHING_ASKED, check_view, 100),
    ],
    ids=["message", "table", "modal"],
)
def test_no_refusal_repeats_what_was_said(
    payload: Dict, check: Callable[[Mapping[str, Any]], None], least: int
) -> None:
    check(payload)
    refusals = []
    for spoilt in _spoilt(payload):
        try:
            check(spoilt)
        except InvalidPayload as refused:
            refusals.append(refused)
    assert len(refusals) > least
    assert not any(SECRET in str(refused) or SECRET in repr(refused.problems) for refused in refusals)


def test_no_refusal_of_an_answer_repeats_it() -> None:
    for answer in (
        {"response_action": SECRET},
        {"response_action": "errors", "errors": {SECRET: SECRET * 2000}},
        {"response_action": "update", "view": SECRET},
        {SECRET: SECRET},
    ):
        with pytest.raises(InvalidPayload) as refused:
            check_response_action(EVERYTHING_ASKED, answer)
        assert SECRET not in str(refused.value)


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["type", "text", "blocks", "elements", "options", "rows"]), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(st.sampled_from(["section", "actions", "table", "data_visualization", "container", "rich_text"]), junk, junk)
def test_rubbish_never_breaks_the_check_itself(block_type: str, one: object, other: object) -> None:
    block = {"type": block_type, "elements": one, "rows": one, "chart": one, "text": other, "child_blocks": other}
    for name in block:
        with suppress(InvalidPayload):
            check_message({"text": "Hi", "blocks": [{"type": block_type, name: block[name]}]})
    with pytest.raises(InvalidPayload):
        check_message({"text": "Hi", "blocks": [block]})


def upto(limit: int) -> st.SearchStrategy[str]:
    """What people type, as it is sent where `limit` characters fit."""
    return st.text(min_size=1, max_size=60).map(lambda text: shorten(escape(text * 40), limit)).filter(bool)


sections = st.builds(lambda text: {"type": "section", "text": mrkdwn(text)}, upto(3000))
fields = st.builds(
    lambda texts: {"type": "section", "fields": [mrkdwn(text) for text in texts]},
    st.lists(upto(2000), min_size=1, max_size=2),
)
headers = st.builds(lambda text: {"type": "header", "text": plain(text)}, upto(150))
contexts = st.builds(lambda text: {"type": "context", "elements": [mrkdwn(text)]}, upto(3000))
menus = st.builds(
    lambda count, text: actions(select(options=options(count), placeholder=plain(text))),
    st.integers(1, 100),
    upto(150),
)
buttons = st.builds(lambda text: actions(button(text=plain(text))), upto(75))


@given(upto(4000).filter(str.strip), st.lists(sections | fields | headers | contexts | menus | buttons, max_size=3))
def test_whatever_people_type_is_sent_once_it_is_made_to_fit(text: str, blocks: list[Dict]) -> None:
    check_message({"text": text, "blocks": blocks})


@given(upto(24), upto(2000), upto(75), st.integers(1, 10))
def test_a_modal_made_to_fit_is_sent(title: str, label: str, choice: str, count: int) -> None:
    chosen = [option(str(index), description=plain(choice)) for index in range(count)]
    ticks = checkboxes(options=chosen, initial_options=chosen[:1])
    check_view(modal(field(ticks, label=plain(label)), title=plain(title)))
