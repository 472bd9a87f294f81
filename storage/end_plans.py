"""What two people say about the end of their partnership. Requests read it through `Transaction.private` only."""

from sqlalchemy import bindparam, select

from mentoring.partnerships.end_plan import EndKept, EndPlan, EndProposal, EndProposalState
from mentoring.partnerships.partnership import Partnership, check_partner
from storage.repository import WORKSPACE_PARAM, Repository
from storage.tables import EndKeptRow, EndProposalRow


class EndPlans(Repository):
    """Read for one of the two people: for their request, or for a message to them."""

    def read_by(self, person: str, partnership: Partnership) -> EndPlan:
        """What the two have said. What the other alone would like to keep is left out of what is shown
        (`messages.end_plans`). Raises NotForYou for anybody but the two people.
        """
        check_partner(partnership, person)
        row = self._get(EndProposalRow, partnership.id)
        kept = self._select(EndKeptRow, _KEPT, partnership=partnership.id)
        return EndPlan(_proposal(row) if row else None, {each.person: each.ends_on for each in kept})

    def save_proposal(self, proposal: EndProposal) -> bool:
        """Save the proposal in place of the one before. Returns False if the stored version is not the previous one."""
        return self._save_version(
            EndProposalRow,
            proposal.partnership_id,
            proposal.version,
            number=proposal.number,
            proposed_by=proposal.by,
            ends_on=proposal.ends_on,
            end_before=proposal.before,
            state=proposal.state,
        )

    def save_kept(self, kept: EndKept) -> bool:
        self._upsert(EndKeptRow, partnership_id=kept.partnership_id, person=kept.person, ends_on=kept.ends_on)
        return True


_KEPT = select(EndKeptRow).where(
    EndKeptRow.workspace == WORKSPACE_PARAM, EndKeptRow.partnership_id == bindparam("partnership")
)


def _proposal(row: EndProposalRow) -> EndProposal:
    return EndProposal(
        row.partnership_id,
        row.number,
        row.proposed_by,
        row.ends_on,
        row.end_before,
        EndProposalState(row.state),
        row.version,
    )
