"""slack_sdk's models: what they let through is refused, and what they make of legal blocks is sent."""

from typing import Any

import pytest
from slack_sdk.models import blocks as sdk
from slack_sdk.models.blocks.basic_components import DispatchActionConfig
from slack_sdk.models.blocks.block_elements import FileInputElement, InputInteractiveElement
from slack_sdk.models.views import View

from messages.payloads import InvalidPayload, check_view, message
from tests.messages.payloads.samples import cell


def _sdk_text(text: str = "Hi") -> sdk.PlainTextObject:
    return sdk.PlainTextObject(text=text)


def _sdk_option(value: str = "a", **more: str) -> sdk.Option:
    return sdk.Option(text=_sdk_text(), value=value, **more)  # type: ignore[arg-type]


def _sdk_select(**more: object) -> sdk.StaticSelectElement:
    return sdk.StaticSelectElement(action_id="pick", **more)  # type: ignore[arg-type]


def _sdk_actions(*elements: sdk.BlockElement) -> sdk.ActionsBlock:
    return sdk.ActionsBlock(elements=elements)  # type: ignore[arg-type]


# slack_sdk makes a dict of each of these without a word.
PASSED_BY_THE_SDK: dict[str, list[sdk.Block]] = {
    "a long field": [sdk.SectionBlock(fields=[_sdk_text("x" * 2001)])],
    "long context": [sdk.ContextBlock(elements=[_sdk_text("x" * 3001)])],
    "a long option description": [_sdk_actions(_sdk_select(options=[_sdk_option(description="x" * 76)]))],
    "eleven checkboxes": [
        _sdk_actions(sdk.CheckboxesElement(action_id="c", options=[_sdk_option(str(n)) for n in range(11)]))
    ],
    "no actions": [_sdk_actions()],
    "no context": [sdk.ContextBlock(elements=[])],
    "no options": [_sdk_actions(_sdk_select(options=[]))],
    "too many rows": [sdk.TableBlock(rows=[[cell()]] * 101)],
    "too many columns": [sdk.TableBlock(rows=[[cell()] * 21])],
    "one block_id twice": [sdk.DividerBlock(block_id="a"), sdk.DividerBlock(block_id="a")],
    "one action_id twice": [_sdk_actions(*[sdk.ButtonElement(text="Go", action_id="go")] * 2)],
    "one value twice": [_sdk_actions(_sdk_select(options=[_sdk_option(), _sdk_option()]))],
    "an initial option not among the options": [
        _sdk_actions(_sdk_select(options=[_sdk_option()], initial_option=_sdk_option("b")))
    ],
    "an empty section": [sdk.SectionBlock(text=sdk.MarkdownTextObject(text=""), fields=[])],
    "fifty-one blocks": [sdk.DividerBlock()] * 51,
}


@pytest.mark.parametrize("name", PASSED_BY_THE_SDK)
def test_what_slacks_own_models_pass_is_refused(name: str) -> None:
    said = message("Hello", PASSED_BY_THE_SDK[name])
    with pytest.raises(InvalidPayload):
        said.payload()


def test_a_modal_of_slacks_own_models_without_a_submit_is_refused() -> None:
    goal = sdk.InputBlock(label=_sdk_text(), element=sdk.PlainTextInputElement(action_id="goal"))
    with pytest.raises(InvalidPayload, match="has inputs and no submit"):
        check_view(View(type="modal", title=_sdk_text(), blocks=[goal]).to_dict())


def test_what_slacks_own_models_refuse_is_refused_the_same_way() -> None:
    with pytest.raises(InvalidPayload) as refused:
        message("Hello", [sdk.DividerBlock(), sdk.HeaderBlock(text=_sdk_text("secret" * 30))])
    assert refused.value.problems[0].startswith("blocks[1]: ")
    assert "secret" not in str(refused.value)


FILTER = sdk.ConversationFilter(include=["im"], exclude_bot_users=True)
CONFIRM = sdk.ConfirmObject(title="Sure?", text="It ends.", confirm="Yes", deny="No", style="danger")
GROUP = sdk.OptionGroup(label="Group", options=[_sdk_option("b")])
DISPATCH = DispatchActionConfig(trigger_actions_on=["on_enter_pressed"])

IN_ACTIONS: list[sdk.BlockElement] = [
    sdk.ButtonElement(text="Go", action_id="button", value="1", url="https://a.org", style="danger", confirm=CONFIRM),
    sdk.OverflowMenuElement(action_id="overflow", options=[_sdk_option()], confirm=CONFIRM),
    sdk.StaticSelectElement(
        action_id="select", placeholder="Pick", options=[_sdk_option()], initial_option=_sdk_option(), confirm=CONFIRM
    ),
    sdk.StaticMultiSelectElement(
        action_id="selects", option_groups=[GROUP], initial_options=[_sdk_option("b")], max_selected_items=1
    ),
    sdk.ExternalDataSelectElement(action_id="external", initial_option=_sdk_option(), min_query_length=0),
    sdk.UserSelectElement(action_id="user", initial_user="U012345"),
    sdk.UserMultiSelectElement(action_id="users", initial_users=["U012345"], max_selected_items=2),
    sdk.ConversationSelectElement(action_id="conversation", filter=FILTER, default_to_current_conversation=True),
    sdk.ChannelMultiSelectElement(action_id="channels", initial_channels=["C012345"]),
    sdk.DatePickerElement(action_id="date", initial_date="2028-02-29", placeholder="When"),
    sdk.TimePickerElement(action_id="time", initial_time="09:30", timezone="Europe/London"),
    sdk.DateTimePickerElement(action_id="moment", initial_date_time=1_800_000_000),
    sdk.CheckboxesElement(action_id="ticks", options=[_sdk_option()], initial_options=[_sdk_option()]),
    sdk.RadioButtonsElement(action_id="radio", options=[_sdk_option()], initial_option=_sdk_option()),
]
IN_INPUTS: list[InputInteractiveElement] = [
    sdk.PlainTextInputElement(
        action_id="plain",
        placeholder="Words",
        initial_value="Hi",
        multiline=True,
        min_length=0,
        max_length=3000,
        dispatch_action_config=DISPATCH,
        focus_on_load=True,
    ),
    sdk.EmailInputElement(action_id="email", initial_value="ann@example.org"),
    sdk.UrlInputElement(action_id="url", initial_value="https://example.org"),
    sdk.NumberInputElement(
        action_id="number", is_decimal_allowed=True, initial_value="-1.5", min_value="-2", max_value="3"
    ),
    FileInputElement(action_id="file", filetypes=["pdf"], max_files=1),
    sdk.RichTextInputElement(
        action_id="rich",
        initial_value=sdk.RichTextBlock(
            elements=[
                sdk.RichTextSectionElement(elements=[sdk.RichTextElementParts.Text(text="Hi", style={"bold": True})])
            ]
        ),
    ),
]
PICTURE: dict[str, Any] = {"image_url": "https://example.org/a.png", "alt_text": "A"}
IN_MESSAGES: list[sdk.Block] = [
    sdk.HeaderBlock(text="Hello", block_id="header"),
    sdk.SectionBlock(text="Hi", fields=["*a*", "b"], accessory=sdk.ImageElement(**PICTURE), expand=True),
    sdk.ContextBlock(elements=[sdk.MarkdownTextObject(text="Hi", verbatim=True), sdk.ImageElement(**PICTURE)]),
    sdk.ActionsBlock(elements=IN_ACTIONS),  # type: ignore[arg-type]
    sdk.DividerBlock(),
    sdk.ImageBlock(**PICTURE, title="A"),
    sdk.MarkdownBlock(text="**Hi**"),
    sdk.TableBlock(rows=[[cell()]], column_settings=[{"align": "right", "is_wrapped": True}]),
    sdk.CardBlock(title="Ann", subtitle="Mentor", body="Hi", actions=[sdk.ButtonElement(text="Go", action_id="go")]),
    sdk.CarouselBlock(elements=[sdk.CardBlock(title="Ann")]),
    sdk.ContainerBlock(title="Goals", child_blocks=[sdk.SectionBlock(text="Hi")], width="wide", is_collapsible=True),
]


def test_every_block_slacks_models_make_for_a_message_is_sent() -> None:
    sent = message("Hello", IN_MESSAGES).payload()
    assert [block["type"] for block in sent["blocks"]] == [block.type for block in IN_MESSAGES]


def test_every_input_slacks_models_make_for_a_modal_is_sent() -> None:
    inputs = [sdk.InputBlock(label="Words", hint="More words", element=element, optional=True) for element in IN_INPUTS]
    alert = sdk.AlertBlock(text="Careful", level="warning")
    check_view(
        View(
            type="modal",
            callback_id="goal",
            title="Goal",
            submit="Save",
            close="Back",
            blocks=[*inputs, alert],
            private_metadata="{}",
            notify_on_close=True,
        ).to_dict()
    )


def test_a_home_of_slacks_models_is_sent() -> None:
    check_view(View(type="home", blocks=[sdk.SectionBlock(text="Hi")]).to_dict())
