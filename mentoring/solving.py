"""Proposing matches for a round: asked for by somebody, worked on, done. It may take a minute, and is not forgotten."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mentoring.error import AlreadyProposing, CohortOver, NotForYou
from mentoring.match import OPERATOR, Match
from mentoring.outcome import Kind, Notice, Outcome
from mentoring.programme import Cohort


@dataclass(frozen=True)
class Solving:
    """Of one cohort. `asked_at` (calendar, aware) is set while somebody waits for it; `done_at` is when it was done
    last, by `done_by`, with so many proposals `added`, `gone` and `kept` as they were.
    """

    cohort_id: str
    asked_by: str = ""
    asked_at: datetime | None = None
    done_by: str = ""
    done_at: datetime | None = None
    added: int = 0
    gone: int = 0
    kept: int = 0
    version: int = 1

    def changed(self, **values: object) -> "Solving":
        return replace(self, version=self.version + 1, **values)  # type: ignore[arg-type]


def ask_for_proposals(
    solving: Solving | None, cohort: Cohort, owners: Sequence[str], *, by: str, now: datetime
) -> Outcome:
    """Somebody would like the desk filled anew; `solving` is how far that is.

    Raises NotForYou, CohortOver, and AlreadyProposing while it is being done.
    """
    check_may_propose(cohort, owners, by=by)
    if solving is None:
        return Outcome((Solving(cohort.id, asked_by=by, asked_at=now),))
    if solving.asked_at:
        raise AlreadyProposing(solving.asked_at)
    return Outcome((solving.changed(asked_by=by, asked_at=now),))


def check_may_propose(cohort: Cohort, owners: Sequence[str], *, by: str) -> None:
    """Raises NotForYou, CohortOver."""
    if by != OPERATOR and by not in owners:
        raise NotForYou
    if cohort.closed_on:
        raise CohortOver


def solved(
    solving: Solving | None,
    cohort: Cohort,
    before: Iterable[Match],
    after: Iterable[Match],
    *,
    by: str,
    now: datetime,
) -> Solving:
    """It is done: `before` and `after` are the undecided proposals on the desk. Whoever asked meanwhile is served."""
    stood, stand = _couples(before), _couples(after)
    counted = {"added": len(stand - stood), "gone": len(stood - stand), "kept": len(stood & stand)}
    known = solving or Solving(cohort.id, version=0)
    return known.changed(asked_by="", asked_at=None, done_by=by, done_at=now, **counted)


def give_up(solving: Solving, *, tell: bool) -> Outcome:
    """It could not be done, or has become pointless; who asked for it hears of that where there is something to
    `tell`.
    """
    key = f"{Kind.NOT_PROPOSED}:{solving.cohort_id}:{solving.version}"
    told = Notice(key, Kind.NOT_PROPOSED, solving.asked_by, asked=True)
    return Outcome(
        (solving.changed(asked_by="", asked_at=None),),
        (told,) if tell and solving.asked_by not in ("", OPERATOR) else (),
    )


def _couples(matches: Iterable[Match]) -> set[tuple[str, str]]:
    return {(match.mentee_application, match.mentor_application) for match in matches}
