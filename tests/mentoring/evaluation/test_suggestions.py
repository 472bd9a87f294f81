"""What the figures of a round suggest for the next one, and that only what an owner ticks is changed."""

from dataclasses import replace

import pytest

from mentoring.applications.application import Role
from mentoring.core.errors import ChangedMeanwhile, NotForYou
from mentoring.core.outcome import NOTHING, NotificationKind, Outcome
from mentoring.core.programmes import Programme, ProgrammeType, Weights
from mentoring.evaluation.figures import RoundFigures
from mentoring.evaluation.suggestions import Suggestion, apply_suggestions, suggestions, with_suggestions
from tests.evaluation_example import MADE_ON, PROGRAMME, example
from tests.mentoring.evaluation.test_figures import ROUND, applied, figures

STRICT = replace(PROGRAMME, grades=("A", "B", "C"), least_gap=1, weights=Weights(at_least=30), has_agreements=False)
ALL_MATCHED = figures([*applied(Role.MENTEE, 20), *applied(Role.MENTOR, 20)], pairs=20)


def test_many_people_without_a_match_suggest_looser_rules() -> None:
    found = suggestions(STRICT, figures([*applied(Role.MENTEE, 30), *applied(Role.MENTOR, 20)], pairs=20))
    assert found == (Suggestion.SMALLER_GAP, Suggestion.LOWER_MINIMUM, Suggestion.MORE_PLACES)
    after = with_suggestions(STRICT, found)
    assert (after.least_gap, after.weights.at_least, after.most_places) == (0, 20, STRICT.most_places + 1)


def test_few_meetings_suggest_what_helps_people_to_meet() -> None:
    found = suggestions(STRICT, example().round)
    assert {Suggestion.SHARED_HOURS, Suggestion.AGREEMENTS} <= set(found)


def test_what_a_programme_has_already_is_not_suggested() -> None:
    open_to_all = replace(STRICT, least_gap=0, weights=Weights(), most_places=5, shared_hours=True, has_agreements=True)
    assert suggestions(open_to_all, example().round) == ()


def test_without_a_reason_nothing_is_suggested() -> None:
    assert suggestions(STRICT, ALL_MATCHED) == ()
    assert suggestions(STRICT, figures()) == ()


def test_among_peers_there_is_no_gap_to_lower() -> None:
    peers = replace(STRICT, type=ProgrammeType.PEER)
    found = suggestions(peers, figures(applied(Role.MENTEE, 30), pairs=20))
    assert Suggestion.SMALLER_GAP not in found


def saved(chosen: tuple[Suggestion, ...], *, by: str = "U0OWNER", seen: int = 1) -> Outcome:
    return apply_suggestions(
        STRICT,
        replace(ROUND, closed_on=ROUND.ends_on),
        chosen,
        by=by,
        owners=("U0OWNER", "U0NORA"),
        present_owners=("U0OWNER", "U0NORA"),
        committee=(),
        seen_version=seen,
        today=MADE_ON,
    )


def test_only_what_is_ticked_changes_and_the_owners_are_told() -> None:
    outcome = saved((Suggestion.SMALLER_GAP,))
    (programme,) = [each for each in outcome.changes if isinstance(each, Programme)]
    assert programme == replace(STRICT, least_gap=0, version=2, changed_by="U0OWNER")
    assert {each.kind for each in outcome.notifications} == {NotificationKind.PROGRAMME_CHANGED}
    assert saved(()) == NOTHING


def test_an_old_form_and_people_who_are_no_owners_change_nothing() -> None:
    with pytest.raises(ChangedMeanwhile):
        saved((Suggestion.SMALLER_GAP,), seen=0)
    with pytest.raises(NotForYou):
        saved((Suggestion.SMALLER_GAP,), by="U0ADA")


def test_it_follows_figures_and_nothing_else() -> None:
    unknown: RoundFigures = figures(applied(Role.MENTEE, 6), pairs=2)
    assert suggestions(STRICT, unknown) == (), "so few that the report does not say how many found no one"
