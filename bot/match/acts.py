"""What the operator does at the desk: propose, approve, release."""

from datetime import datetime

from bot.clocks import Clock, real_now
from bot.match.progress import Tell, weighing
from bot.match.sight import Sight, sight_of
from bot.settings import SettingsWrong
from bot.workspace import NO_PROGRAMME
from handlers.proposing import propose_round
from mentoring.core.errors import ChangedMeanwhile, CohortOver, NoProgramme
from mentoring.core.outcome import Kind
from mentoring.matching import review
from mentoring.matching.decisions import approve
from mentoring.matching.errors import NothingToRelease
from mentoring.matching.match import OPERATOR, MatchState
from storage import Storage, decided_anew

BUSY = "People keep changing what they sent just now. Please try again in a minute."
CLOSED = "The cohort is closed; an owner opens the next one in /mentor setup."


def seen(storage: Storage, workspace: str) -> Sight:
    """Raises SettingsWrong where there is no programme."""
    with storage.read(workspace) as tx:
        return sight_of(tx)


def propose(storage: Storage, workspace: str, tell: Tell, *, quietly: bool) -> None:
    """Fill the desk anew. Raises SettingsWrong with what to mend."""
    try:
        decided_anew(
            lambda: propose_round(
                storage,
                workspace,
                by=OPERATOR,
                now=real_now,
                quietly=quietly,
                seeing=lambda round_: tell(weighing(round_)),
                keeping=lambda: tell("Keeping what was found"),
            )
        )
    except NoProgramme:
        raise SettingsWrong(NO_PROGRAMME) from None
    except CohortOver:
        raise SettingsWrong(CLOSED) from None
    except ChangedMeanwhile:
        raise SettingsWrong(BUSY) from None


def release(storage: Storage, workspace: str, *, approving: bool, calendar: Clock = real_now) -> tuple[int, int]:
    """Ask everyone whose match is approved; with `approving` approve all that is on the desk first. Returns how many
    went out, and how many people are told that there is nobody for them yet.
    """
    return decided_anew(lambda: _release(storage, workspace, approving, calendar()))


def _release(storage: Storage, workspace: str, approving: bool, now: datetime) -> tuple[int, int]:
    with storage.begin(workspace) as tx:
        round_ = sight_of(tx).round
        proposals = round_.on_the_desk()
        for proposal in proposals if approving else ():
            tx.keep(approve(proposal, by=OPERATOR, owners=round_.owners, now=now))
        try:
            outcome = review.release(sight_of(tx).round, by=OPERATOR, now=now, new_id=tx.new_id)
        except CohortOver:
            raise SettingsWrong(CLOSED) from None
        except NothingToRelease:
            return 0, 0
        told = {n.to for n in outcome.notices if n.kind is Kind.UNMATCHED and not tx.outbox.knows(n.key)}
        tx.keep(outcome)
        matches = sight_of(tx).round.matches
        stays = (MatchState.PROPOSED, MatchState.OVERTAKEN)
        return sum(matches[proposal.id].state not in stays for proposal in proposals), len(told)
