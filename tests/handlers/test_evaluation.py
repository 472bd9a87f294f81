"""The evaluation report in Slack: an owner says what to do next time, and gets the files in their direct messages."""

import json
from dataclasses import replace

import pytest

from mentoring.core.outcome import NotificationKind, Outcome
from mentoring.core.roles import ProgrammeRole, RoleTaken
from messages import ids
from services.people import erase_person
from tests.handlers.requests import answers, clicked, typed_command
from tests.handlers.starting_points import ADA, BEN, applied, introduced
from tests.handlers.support import Json, direct_messages, rows
from tests.journeys.story import Story
from tests.local_bot import OWNER, SECOND_OWNER, LocalBot
from tests.one_programme import programme_and_cohort


@pytest.fixture
def town(two_owners: LocalBot) -> LocalBot:
    introduced(two_owners, ADA, BEN)
    return two_owners


def opens(town: LocalBot, user: str = OWNER) -> Json:
    Story(town).leaves(user)
    answers(town, clicked(town, user, ids.OPEN_EVALUATION))
    return town.person(user).await_view(ids.EVALUATION_FORM)


def asks(town: LocalBot, *files: str, words: str = "", user: str = OWNER) -> None:
    opens(town, user)
    town.person(user).fill({"next_time": words, "report_files": list(files)})
    assert town.person(user).submit().closed
    town.settle()


def files(town: LocalBot, user: str = OWNER) -> dict[str, bytes]:
    """What they have been sent, by the name of the file."""
    shared = [file for each in direct_messages(town, user) for file in each.get("files", ())]
    return {file["name"]: town.slack.workspace.files[file["id"]].data for file in shared}


def test_an_owner_gets_the_report_with_their_words_in_each_format_that_they_ask_for(town: LocalBot) -> None:
    typed_command(town, OWNER, "status")
    town.settle()
    asks(town, "report-pdf", "report-html", "award-html", words="Ask <b>earlier</b>.")
    found = files(town)
    assert sorted(name.split("-20")[0] for name in found) == ["award-evidence", "evaluation", "evaluation"]
    page = next(
        data.decode() for name, data in found.items() if name.startswith("evaluation") and name.endswith("html")
    )
    assert "Ask &lt;b&gt;earlier&lt;/b&gt;." in page
    for person in (ADA, BEN, OWNER):
        assert person not in page
    assert any(data.startswith(b"%PDF") for data in found.values())
    assert [
        row["file_id"] for row in rows(town)["outbox"] if row["kind"] == NotificationKind.EVALUATION if row["file_id"]
    ]
    assert files(town, SECOND_OWNER) == {}


def test_the_words_are_kept_and_shown_again_and_can_be_changed_without_a_file(town: LocalBot) -> None:
    asks(town, words="Ask earlier.")
    assert files(town) == {}
    assert "Ask earlier." in json.dumps(opens(town, SECOND_OWNER))
    asks(town, words="Ask earlier, and twice.", user=SECOND_OWNER)
    (said,) = rows(town)["evaluation_words"]
    assert (said["words"], said["by"], said["version"]) == ("Ask earlier, and twice.", SECOND_OWNER, 2)
    asks(town, words="", user=SECOND_OWNER)
    assert [row["words"] for row in rows(town)["evaluation_words"]] == [""]


def test_an_owner_who_was_slower_reads_who_was_first_and_loses_nothing(town: LocalBot) -> None:
    opens(town)
    asks(town, words="Theirs.", user=SECOND_OWNER)
    town.person(OWNER).fill({"next_time": "Mine.", "report_files": []})
    town.person(OWNER).submit()
    town.settle()
    assert [row["words"] for row in rows(town)["evaluation_words"]] == ["Theirs."]
    Story(town).leaves(OWNER)
    assert "Mine." in json.dumps(opens(town)), "the draft is kept"


def test_people_who_are_no_owners_get_neither_the_form_nor_a_file(town: LocalBot) -> None:
    (said,) = answers(town, clicked(town, ADA, ids.OPEN_EVALUATION))
    assert "owners" in said
    assert files(town, ADA) == {}


def test_who_is_no_owner_any_more_when_it_is_sent_gets_no_file(town: LocalBot) -> None:
    opens(town, SECOND_OWNER)
    town.person(SECOND_OWNER).fill({"next_time": "", "report_files": ["report-html"]})
    assert town.person(SECOND_OWNER).submit().closed
    with town.storage.begin(town.slack.team_id) as tx:
        programme, _ = programme_and_cohort(tx)
        tx.save(Outcome((RoleTaken(programme.id, ProgrammeRole.OWNER, SECOND_OWNER),)))
    town.settle()
    assert files(town, SECOND_OWNER) == {}


def test_erasing_an_owner_leaves_the_words_without_them(town: LocalBot) -> None:
    asks(town, words="Ask earlier.", user=SECOND_OWNER)
    erase_person(town.storage, town.slack.team_id, SECOND_OWNER, now=town.slack.calendar.now())
    assert [(row["words"], row["by"]) for row in rows(town)["evaluation_words"]] == [("Ask earlier.", "")]


def test_what_was_learned_is_offered_between_two_rounds_and_saved_only_as_ticked(town: LocalBot) -> None:
    said = town_of_many(town)
    assert "Minimum score of a match: 20 instead of 30" in said
    town.person(OWNER).fill({"suggestions": ["lower-minimum"]})
    assert town.person(OWNER).submit().closed
    town.settle()
    with town.database() as tx:
        programme, _ = programme_and_cohort(tx)
    assert programme.weights.at_least == 20
    assert not programme.has_agreements


def test_a_form_about_settings_that_were_changed_since_saves_nothing(town: LocalBot) -> None:
    town_of_many(town)
    with town.storage.begin(town.slack.team_id) as tx:
        programme, _ = programme_and_cohort(tx)
        tx.save(Outcome((replace(programme, purpose="New.", version=programme.version + 1),)))
    town.person(OWNER).fill({"suggestions": ["lower-minimum"]})
    town.person(OWNER).submit()
    town.settle()
    with town.database() as tx:
        assert programme_and_cohort(tx)[0].weights.at_least == 30


def test_while_a_round_is_open_and_for_others_there_is_nothing_to_choose(town: LocalBot) -> None:
    Story(town).leaves(OWNER)
    answers(town, clicked(town, OWNER, ids.OPEN_SUGGESTIONS))
    assert "The next round is open already" in json.dumps(town.person(OWNER).await_view())
    (said,) = answers(town, clicked(town, ADA, ids.OPEN_SUGGESTIONS))
    assert "owners" in said


def town_of_many(town: LocalBot) -> str:
    """Nine people asked for a mentor in vain, matches need 30 points, and the round is closed; what the form says."""
    applied(town, [f"U0M{number}" for number in range(9)])
    with town.storage.begin(town.slack.team_id) as tx:
        programme, cohort = programme_and_cohort(tx)
        weights = replace(programme.weights, at_least=30)
        tx.save(Outcome((replace(programme, weights=weights, version=programme.version + 1),)))
        tx.save(Outcome((replace(cohort, closed_on=town.slack.calendar.now().date()),)))
    Story(town).leaves(OWNER)
    answers(town, clicked(town, OWNER, ids.OPEN_SUGGESTIONS))
    return json.dumps(town.person(OWNER).await_view(ids.SUGGESTIONS_FORM))
