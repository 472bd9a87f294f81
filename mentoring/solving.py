"""Proposing matches for a round: asked for by somebody, worked on, done. It may take a minute, and is not forgotten."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from mentoring.difference import difference
from mentoring.error import AlreadyProposing, CohortOver, NotForYou
from mentoring.match import OPERATOR, Match
from mentoring.outcome import FRESH, Kind, Notice, Outcome
from mentoring.programme import Cohort
from mentoring.round import Round


@dataclass(frozen=True)
class Solving:
    """Of one cohort. `asked_at` (calendar, aware) is set while somebody waits for it; `done_at` is when it was done
    last, by `done_by`: the ids of the proposals that were `added` and are `gone`, and how many were `kept`.
    """

    cohort_id: str
    asked_by: str = ""
    asked_at: datetime | None = None
    done_by: str = ""
    done_at: datetime | None = None
    added: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    kept: int = 0
    version: int = 1

    def changed(self, **values: object) -> "Solving":
        return replace(self, version=self.version + 1, **values)  # type: ignore[arg-type]


def ask_for_proposals(
    solving: Solving | None, cohort: Cohort, owners: Sequence[str], *, by: str, now: datetime
) -> Outcome:
    """Somebody would like the desk filled anew; `solving` is how far that is. They see in their message how it goes.

    Raises NotForYou, CohortOver, and AlreadyProposing while it is being done.
    """
    check_may_propose(cohort, owners, by=by)
    if solving is not None and solving.asked_at:
        raise AlreadyProposing(solving.asked_at)
    known = solving or Solving(cohort.id, version=0)
    return Outcome((known.changed(asked_by=by, asked_at=now),), (_message(cohort, by, asked=True),))


def check_may_propose(cohort: Cohort, owners: Sequence[str], *, by: str) -> None:
    """Raises NotForYou, CohortOver."""
    if by != OPERATOR and by not in owners:
        raise NotForYou
    if cohort.closed_on:
        raise CohortOver


def solved(
    solving: Solving | None,
    round_: Round,
    proposed: tuple[Match, ...],
    *,
    by: str,
    now: datetime,
) -> Outcome:
    """It is done: `proposed` take the place of the undecided proposals of `round_`. Whoever asked meanwhile is served.

    The other owners hear that there is something new to decide, once a day at most; what came of it long after it was
    asked for waits for their working hours.
    """
    found = difference(round_, proposed)
    came = {"added": tuple(m.id for m in found.added), "gone": tuple(m.id for m in found.gone)}
    known = solving or Solving(round_.cohort.id, version=0)
    done = known.changed(asked_by="", asked_at=None, done_by=by, done_at=now, kept=len(found.kept), **came)
    due = now if known.asked_at and now - known.asked_at > FRESH else None
    told = [owner for owner in round_.owners if owner != by] if found.added else []
    return Outcome((done,), tuple(_message(round_.cohort, owner, now.date(), due) for owner in told))


def _message(
    cohort: Cohort, owner: str, day: date | None = None, due: datetime | None = None, *, asked: bool = False
) -> Notice:
    """The message in which an owner sees how the matching of `cohort` stands; `day` is when it needs them anew."""
    about = {"cohort": cohort.id} | ({"day": day.isoformat()} if day else {})
    return Notice(f"{Kind.DESK}:{cohort.id}:{owner}", Kind.DESK, owner, about, due=due, asked=asked)


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
