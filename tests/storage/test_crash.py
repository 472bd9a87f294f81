"""A process that is killed loses nothing that it had committed, and leaves nothing half done."""

import subprocess
import sys
from collections.abc import Callable

from storage import Storage
from tests.storage.rows import ADA, WORKSPACE, application, claim

VICTIM = """
import sys
from mentoring.core.outcome import Outcome
from storage import Storage
from tests.storage.rows import ADA, BEN, WORKSPACE, application, grounded, notice

storage = Storage(sys.argv[1])
with grounded(storage) as tx:
    tx.save(Outcome((application("a1", ADA),), (notice("n1"),)))
with storage.begin(WORKSPACE) as tx:
    tx.save(Outcome((application("a2", BEN),), (notice("n2"),)))
    print("in the middle", flush=True)
    sys.stdin.read()
"""


def test_what_was_committed_stays_and_what_was_not_is_as_if_it_never_was(
    address: str, opened: Callable[[str], Storage]
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", VICTIM, address], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as victim:
        assert victim.stdout is not None
        assert victim.stdout.readline() == "in the middle\n"
        victim.kill()
    storage = opened(address)
    with storage.begin(WORKSPACE) as tx:
        assert tx.applications.get("a1") == application("a1", ADA)
        assert tx.applications.get("a2") is None
        assert (tx.outbox.contains("n1"), tx.outbox.contains("n2")) == (True, False)
    ours = claim(storage)
    assert ours is not None
    assert ours.notification.key == "n1"
