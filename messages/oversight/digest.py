"""The choice of an owner how often they get the message about what needs them."""

from slack_sdk.models.blocks import Block, MarkdownTextObject, SectionBlock, StaticSelectElement

from mentoring.oversight.digest import DigestRhythm
from messages.forms import Option
from messages.ids import CHOOSE_DIGEST

_CHOICES = {
    DigestRhythm.WEEKLY: "Every week",
    DigestRhythm.FORTNIGHT: "Every two weeks",
    DigestRhythm.WHEN_NEEDED: "If something needs me",
}


def digest_choice(rhythm: DigestRhythm) -> Block:
    """The menu, which is saved at once."""
    options = [Option(each, words).to_slack() for each, words in _CHOICES.items()]
    chosen = next(option for option in options if option.value == rhythm)
    return SectionBlock(
        text=MarkdownTextObject(
            text="I write to you about what needs you on the first working day of a week. How often?"
        ),
        accessory=StaticSelectElement(action_id=CHOOSE_DIGEST, options=options, initial_option=chosen),
    )


def chosen_digest(value: str) -> DigestRhythm:
    """The rhythm of the menu; each week for any other value."""
    return DigestRhythm(value) if value in _CHOICES else DigestRhythm.WEEKLY
