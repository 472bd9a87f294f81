"""Matches that wait for somebody, for the owners' status: one line a week after each was told by itself."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from mentoring.matching.match import HOLDS_PLACE, Match, MatchState
from mentoring.matching.open_offers import expired
from mentoring.matching.pool import applications_of

RUNS_OUT_WITHIN = timedelta(days=7)


@dataclass(frozen=True)
class HeldUpMatches:
    """How many proposals are `unapproved`; how many offers lack an answer and are `running_out` within a week, the
    first of them by `first` (calendar, aware); and how many have `expired` without an answer and can be sent again.
    """

    unapproved: int = 0
    running_out: int = 0
    first: datetime | None = None
    expired: int = 0

    def __bool__(self) -> bool:
        return bool(self.unapproved or self.running_out or self.expired)


NONE_HELD_UP = HeldUpMatches()


def held_up_matches(
    matches: Iterable[Match],
    applications: Collection[str],
    approvers: Sequence[str],
    approvals: int,
    now: datetime,
    *,
    before_reminder: bool,
) -> HeldUpMatches:
    """Count the `matches` of an open round at `now` (calendar, aware). `applications` are the ids of those that are
    open, and `approvals` how many each proposal needs.

    With `before_reminder`, the reminder of the approvals is still to come, so that no proposal is counted. An expired
    match counts as long as both people have an open application and the mentee is in no other match.
    """
    found = tuple(matches)
    awaited = [m.answer_by for m in found if m.awaits_answer and m.answer_by]
    ends = [answer_by for answer_by in awaited if answer_by - now <= RUNS_OUT_WITHIN]
    proposals = [] if before_reminder else [m for m in found if m.state is MatchState.PROPOSED]
    return HeldUpMatches(
        unapproved=sum(m.still_needs(approvers, approvals) > 0 for m in proposals),
        running_out=len(ends),
        first=min(ends, default=None),
        expired=can_be_sent_again(found, applications),
    )


def can_be_sent_again(
    matches: Collection[Match], applications: Collection[str], apart_from: Collection[str] = ()
) -> int:
    """How many of the `matches` expired without an answer, and both people can be asked again. `applications` are the
    ids of those that are open. Those `apart_from` (ids) are left out.
    """
    taken = {m.mentee_application for m in matches if m.state in HOLDS_PLACE or m.state is MatchState.ACCEPTED}
    return sum(
        m.mentee_application not in taken and set(applications_of(m)) <= set(applications)
        for m in expired(matches)
        if m.id not in apart_from
    )
