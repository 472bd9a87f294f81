import pytest

from messages import help
from messages.command_words import Topic, understand
from messages.ids import OPEN_HELP, OPENS, Subcommand
from tests.messages.examples import CUSTOM
from tests.messages.pressing import buttons


@pytest.mark.parametrize("nearest", [each for each in Subcommand if each is not Subcommand.HELP])
def test_a_misspelt_word_gets_the_nearest_one_as_a_button(nearest: Subcommand) -> None:
    said = help.did_you_mean(nearest, CUSTOM)
    assert buttons(said) == [(OPENS[nearest], None), (OPEN_HELP, None)]


@pytest.mark.parametrize("nearest", [None, Subcommand.HELP])
def test_a_word_like_none_of_ours_leads_to_help(nearest: Subcommand | None) -> None:
    assert buttons(help.did_you_mean(nearest, None)) == [(OPEN_HELP, None)]


@pytest.mark.parametrize(
    ("title", "leads_to"),
    [
        ("My data", Topic.PRIVACY),
        ("what people say", Subcommand.STATUS),
        ("Evaluation report", Subcommand.STATUS),
        ("data export", Subcommand.STATUS),
        ("Before we begin", Subcommand.STATUS),
    ],
)
def test_the_name_of_a_page_leads_to_it(title: str, leads_to: Subcommand | Topic) -> None:
    understood = understand(title, [Subcommand.PEOPLE])
    assert understood
    assert understood.meaning is leads_to
