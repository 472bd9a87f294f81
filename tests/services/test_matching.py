"""A request for proposals that fails is tried again later, and holds up no other."""

from datetime import timedelta
from typing import Any

import pytest

from mentoring.core.failures import WorkItem, WorkKind
from mentoring.core.outcome import Outcome
from mentoring.matching.review import ProposalRun
from services import matching
from services.matching import run_requested_proposals
from storage import Storage
from tests.storage.rows import NOON, OWNER, WORKSPACE, grounded

SECRET = "what somebody typed"


def test_a_request_that_fails_waits_longer_each_time(
    storage: Storage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    moment, tries = NOON, []

    def break_(*_: Any) -> None:
        tries.append(moment)
        raise ZeroDivisionError(SECRET)

    def tick() -> None:
        run_requested_proposals(storage, WORKSPACE, lambda: NOON, stopwatch=lambda: moment)

    with grounded(storage) as tx:
        tx.save(Outcome((ProposalRun("c1", asked_by=OWNER, asked_at=NOON),)))
    monkeypatch.setattr(matching, "_run_requested", break_)
    for _ in range(8):
        tick()
        moment += timedelta(minutes=1)
    assert [(at - NOON) / timedelta(minutes=1) for at in tries] == [0, 1, 3, 7]
    with storage.read(WORKSPACE) as tx:
        (failure,) = tx.failures.all()
        assert failure.item == WorkItem(WorkKind.PROPOSAL_RUN, "c1")
    assert SECRET not in caplog.text
    monkeypatch.undo()
    moment += timedelta(hours=1)
    tick()
    with storage.read(WORKSPACE) as tx:
        assert tx.failures.all() == []
        run = tx.proposal_runs.get("c1")
        assert run is not None
        assert (run.asked_at, run.done_at) == (None, NOON)
