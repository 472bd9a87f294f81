"""Payloads within the limits pass, and no input makes the checks raise."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_sdk.models import blocks as sdk
from slack_sdk.models.views import View

from sandbox.block_kit import check_acknowledgement, check_errors, check_message, check_view
from tests.sandbox.block_kit.payloads import Json, modal

pytestmark = pytest.mark.long

Strategy = st.SearchStrategy[Any]

# Drawing whole messages takes its time on a busy machine.
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def words(most: int) -> Strategy:
    # Within the limits of each text, and short enough for fifty blocks to stay within those of a message.
    return st.text(min_size=1, max_size=min(most, 60))


def made(kind: str | None = None, optional: dict[str, Strategy] | None = None, **required: Strategy) -> Strategy:
    typed = {"type": st.just(kind)} if kind else {}
    return st.fixed_dictionaries({**typed, **required}, optional=optional or {})


def plain(most: int) -> Strategy:
    return made("plain_text", {"emoji": st.booleans()}, text=words(most))


def any_text(most: int) -> Strategy:
    return plain(most) | made("mrkdwn", {"verbatim": st.booleans()}, text=words(most))


IDS = st.uuids().map(str)
ACTION = {"action_id": IDS}
FOCUS = {"focus_on_load": st.just(False)}
CONFIRM = {"confirm": made(title=plain(100), text=any_text(300), confirm=plain(30), deny=plain(30))}
PLACEHOLDER = {"placeholder": plain(150)}
PICKER = {**ACTION, **FOCUS, **CONFIRM}
STYLE = {"style": st.sampled_from(["primary", "danger"])}
USERS = st.lists(st.from_regex(r"U[A-Z0-9]{8}", fullmatch=True), min_size=1, max_size=4)


def option_lists(text: Strategy, most: int) -> Strategy:
    option = made(None, {"description": text}, text=text, value=words(150))
    return st.lists(option, min_size=1, max_size=most, unique_by=lambda each: each["value"])


@st.composite
def choosers(draw: st.DrawFn, kind: str, text: Strategy, most: int) -> Json:
    """A menu with some initial options."""
    options = draw(option_lists(text, most))
    several = kind in {"checkboxes", "multi_static_select"}
    fields = {**PICKER, **PLACEHOLDER} if kind.endswith("select") else PICKER
    menu: Json = draw(made(kind, fields)) | {"options": options}
    if draw(st.booleans()):
        chosen = draw(st.lists(st.sampled_from(options), min_size=1, max_size=3, unique_by=lambda each: each["value"]))
        menu |= {"initial_options": chosen} if several else {"initial_option": chosen[0]}
    return menu


@st.composite
def number_inputs(draw: st.DrawFn) -> Json:
    low, mid, high = sorted(draw(st.lists(st.integers(-(10**6), 10**6), min_size=3, max_size=3)))
    bounds = {"min_value": str(low), "initial_value": str(mid), "max_value": str(high)}
    kept: list[str] = draw(st.lists(st.sampled_from(sorted(bounds)), unique=True))
    return {"type": "number_input", "is_decimal_allowed": draw(st.booleans()), **{name: bounds[name] for name in kept}}


@st.composite
def text_inputs(draw: st.DrawFn) -> Json:
    low, high = sorted(draw(st.lists(st.integers(1, 3000), min_size=2, max_size=2)))
    optional = {**ACTION, **FOCUS, **PLACEHOLDER, "multiline": st.booleans(), "initial_value": words(3000)}
    return {**draw(made("plain_text_input", optional)), "min_length": low, "max_length": high}


SHARED = st.one_of(
    choosers("static_select", plain(75), 12),
    choosers("multi_static_select", plain(75), 12),
    choosers("radio_buttons", any_text(75), 10),
    choosers("checkboxes", any_text(75), 10),
    made("users_select", {**PICKER, **PLACEHOLDER, "initial_user": USERS.map(lambda users: users[0])}),
    made("multi_users_select", {**PICKER, "initial_users": USERS, "max_selected_items": st.integers(4, 9)}),
    made("datepicker", {**PICKER, **PLACEHOLDER, "initial_date": st.dates().map(str)}),
    made("timepicker", {**PICKER, "initial_time": st.times().map(lambda time: f"{time:%H:%M}")}),
)
BUTTON = made("button", {**ACTION, **CONFIRM, **STYLE, "value": words(2000)}, text=plain(75))
OVERFLOW = option_lists(plain(75), 5).flatmap(lambda options: made("overflow", ACTION, options=st.just(options)))
ON_CLICK = SHARED | BUTTON | OVERFLOW
ENTERED = SHARED | text_inputs() | number_inputs() | made("email_text_input", {**ACTION, **PLACEHOLDER})

BLOCK_ID = {"block_id": IDS}
EVERYWHERE = st.one_of(
    made("section", {**BLOCK_ID, "accessory": ON_CLICK}, text=any_text(3000)),
    made("section", BLOCK_ID, fields=st.lists(any_text(2000), min_size=1, max_size=10)),
    made("header", BLOCK_ID, text=plain(150)),
    made("divider", BLOCK_ID),
    made("context", BLOCK_ID, elements=st.lists(any_text(3000), min_size=1, max_size=10)),
    made("actions", BLOCK_ID, elements=st.lists(ON_CLICK, min_size=1, max_size=5)),
)
RICH_TEXT = made(
    "rich_text",
    BLOCK_ID,
    elements=st.lists(
        made(
            "rich_text_section",
            elements=st.lists(made("text", text=words(60)) | made("user", user_id=words(9)), max_size=3),
        ),
        max_size=3,
    ),
)
PIE = made("pie", segments=st.lists(made(label=words(20), value=st.integers(1, 99)), min_size=1, max_size=6))


@st.composite
def plots(draw: st.DrawFn) -> Json:
    categories = draw(st.lists(words(20), min_size=1, max_size=5, unique=True))
    names = draw(st.lists(words(20), min_size=1, max_size=3, unique=True))
    series = [{"name": name, "data": [{"label": each, "value": -0.5} for each in categories]} for name in names]
    kind = draw(st.sampled_from(["bar", "line", "area"]))
    return {"type": kind, "series": series, "axis_config": {"categories": categories, "x_label": "Months"}}


@st.composite
def data_tables(draw: st.DrawFn) -> Json:
    columns = draw(st.integers(1, 20))
    cells = made("raw_text", text=words(9)) | made("raw_number", value=st.integers(), text=words(9))
    body = st.lists(st.lists(cells | RICH_TEXT, min_size=columns, max_size=columns), min_size=1, max_size=3)
    header: list[Json] = draw(st.lists(cells, min_size=columns, max_size=columns))
    rows = [header, *draw(body)]
    table: Json = draw(made("data_table", {**BLOCK_ID, "page_size": st.integers(1, 100)}, caption=words(60)))
    return table | {"rows": rows}


CHART = made("data_visualization", BLOCK_ID, title=words(50), chart=PIE | plots())
CARD = made("card", {"body": any_text(200), "actions": st.lists(BUTTON, min_size=1, max_size=3)}, title=any_text(150))
IN_MESSAGES = (
    EVERYWHERE | RICH_TEXT | CARD | made("carousel", BLOCK_ID, elements=st.lists(CARD, min_size=1, max_size=3))
)

ENTRY = made(
    "input",
    {**BLOCK_ID, "hint": plain(2000), "optional": st.booleans(), "dispatch_action": st.booleans()},
    label=plain(2000),
    element=ENTERED,
)
MODALS = made(
    "modal",
    {"close": plain(24), "private_metadata": words(3000)},
    title=st.just({"type": "plain_text", "text": "Title"}),
    submit=st.just({"type": "plain_text", "text": "Send"}),
    blocks=st.lists(EVERYWHERE | ENTRY, max_size=6),
)
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["type", "text", "blocks", "elements", "element", "options", "view", "errors", "rows", "title"]
            )
            | st.text(max_size=3),
            inner | st.sampled_from(["section", "input", "modal", "plain_text", "actions", "static_select", "table"]),
            max_size=4,
        )
    ),
    max_leaves=20,
)


@unhurried
@given(st.lists(IN_MESSAGES, max_size=5), st.lists(CHART, max_size=2), st.lists(data_tables(), max_size=1))
def test_a_message_within_the_limits_passes(blocks: list[Json], charts: list[Json], tables: list[Json]) -> None:
    assert check_message({"text": "Hello", "blocks": [*blocks, *charts, *tables]}) == []


@unhurried
@given(MODALS)
def test_a_modal_within_the_limits_passes(view: Json) -> None:
    assert check_view(view) == []


@unhurried
@given(MODALS.filter(lambda view: view["blocks"]), st.data())
def test_every_block_refuses_an_unknown_field(view: Json, data: st.DataObject) -> None:
    block = data.draw(st.sampled_from(view["blocks"]))
    block["colour"] = "red"
    assert any(each.message == "invalid additional property: colour" for each in check_view(view))


@unhurried
@given(JUNK)
def test_junk_is_refused_and_never_an_exception(junk: object) -> None:
    assert check_view(junk)
    assert all(str(finding).startswith("[ERROR] ") for finding in check_message({"text": "Hello", "blocks": junk}))
    check_message({"text": junk, "attachments": junk, "metadata": junk})
    check_acknowledgement(modal(), junk)
    assert check_errors(modal(), junk)


def test_an_unpaired_surrogate_counts_as_one_character() -> None:
    assert check_message({"text": "\ud83d", "metadata": {"event_type": "x", "event_payload": {"t": "\ud83d"}}}) == []
    assert check_view(modal(private_metadata="\ud83d")) == []


def test_what_the_sdk_builds_passes() -> None:
    option = sdk.Option(text="One", value="1")
    view = View(
        type="modal",
        title="Title",
        submit="Send",
        blocks=[
            sdk.HeaderBlock(text="Heading"),
            sdk.SectionBlock(text="*Text*", accessory=sdk.StaticSelectElement(options=[option], initial_option=option)),
            sdk.InputBlock(label="Name", element=sdk.PlainTextInputElement(max_length=20, action_id="name")),
            sdk.InputBlock(label="When", element=sdk.DatePickerElement(initial_date="2027-03-01")),
            sdk.InputBlock(label="Which", element=sdk.CheckboxesElement(options=[option], initial_options=[option])),
            sdk.ActionsBlock(elements=[sdk.ButtonElement(text="Press", action_id="press", style="primary")]),
            sdk.ContextBlock(elements=[sdk.MarkdownTextObject(text="_Small_")]),
        ],
    )
    assert check_view(view.to_dict()) == []
