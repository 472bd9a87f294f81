"""What proposing anew changes on the desk: nothing of what would be proposed again for the same reasons."""

from dataclasses import dataclass

from mentoring.match import Match, MatchState
from mentoring.round import Round


@dataclass(frozen=True)
class Difference:
    """What is `added`, what is `gone` (as it was) and what is `kept`, under the id that it had. `renewed` are those of
    the kept, as their next version, whose score is another by now, or for whom somebody else would be next.
    """

    added: tuple[Match, ...]
    gone: tuple[Match, ...]
    kept: tuple[Match, ...]
    renewed: tuple[Match, ...]

    @property
    def changes(self) -> tuple[Match, ...]:
        """What storage has to keep of it."""
        return (*(m.changed(state=MatchState.OVERTAKEN) for m in self.gone), *self.renewed, *self.added)


def difference(round_: Round, proposed: tuple[Match, ...]) -> Difference:
    """Between what nobody has decided on and what is `proposed` now."""
    before = {_essence(m): m for m in round_.undecided()}
    now = {_essence(m): m for m in proposed}
    kept = {essence: m for essence, m in before.items() if essence in now}
    return Difference(
        added=tuple(m for essence, m in now.items() if essence not in kept),
        gone=tuple(m for essence, m in before.items() if essence not in kept),
        kept=tuple(kept.values()),
        renewed=tuple(
            m.changed(**_figures(now[essence])) for essence, m in kept.items() if _figures(m) != _figures(now[essence])
        ),
    )


def _essence(match: Match) -> tuple[object, ...]:
    """What makes a proposal the same as another: owners approve two people for these reasons."""
    return match.mentee_application, match.mentor_application, match.reasons


def _figures(match: Match) -> dict[str, object]:
    """What depends on everybody else in the round as well."""
    return {"score": match.score, "other_mentor": match.other_mentor, "other_mentee": match.other_mentee}
