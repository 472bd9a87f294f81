"""What owners say on the page for sponsors, and who does not get it."""

from datetime import date

from sqlalchemy import bindparam, select, update

from mentoring.sponsor_page.sending import SponsorPageResumed, SponsorPageStopped, SponsorSentence
from storage.repository import WORKSPACE_PARAM, Repository
from storage.tables import SponsorPageStopRow, SponsorSentenceRow


class SponsorPages(Repository):
    def sentence(self, programme_id: str, month: date) -> SponsorSentence | None:
        """What the page about `month` (its first day) says."""
        for row in self._select(SponsorSentenceRow, _SENTENCE, programme=programme_id, month=month):
            return SponsorSentence(row.programme_id, row.month, row.words, row.by, row.version)
        return None

    def is_on(self, programme_id: str) -> bool:
        """Whether the owners have not turned it off."""
        return "" not in self.stopped_by(programme_id)

    def stopped_by(self, programme_id: str) -> frozenset[str]:
        """The sponsors (Slack user ids) who do not want it, and "" if the owners have turned it off."""
        rows = self._select(SponsorPageStopRow, _STOPS, programme=programme_id)
        return frozenset(row.person for row in rows)

    def save_sentence(self, sentence: SponsorSentence) -> bool:
        """Save it. Returns False if the stored version is not the previous one."""
        if sentence.version == 1:
            return self._insert(
                SponsorSentenceRow,
                programme_id=sentence.programme_id,
                month=sentence.month,
                words=sentence.words,
                by=sentence.by,
                version=1,
            )
        self._context.rows.pop((SponsorSentenceRow, self._workspace, sentence.programme_id, sentence.month), None)
        changed = self._connection.execute(
            _NEW_WORDS,
            {
                "of": self._workspace,
                "programme": sentence.programme_id,
                "about": sentence.month,
                "before": sentence.version - 1,
                "words": sentence.words,
                "by": sentence.by,
                "version": sentence.version,
            },
        )
        return changed.rowcount == 1

    def stop(self, stopped: SponsorPageStopped) -> bool:
        """Add it. It may be there already."""
        self._insert(SponsorPageStopRow, programme_id=stopped.programme_id, person=stopped.person)
        return True

    def resume(self, resumed: SponsorPageResumed) -> bool:
        self._delete(SponsorPageStopRow, resumed.programme_id, resumed.person)
        return True


_SENTENCE = select(SponsorSentenceRow).where(
    SponsorSentenceRow.workspace == WORKSPACE_PARAM,
    SponsorSentenceRow.programme_id == bindparam("programme"),
    SponsorSentenceRow.month == bindparam("month"),
)
_STOPS = select(SponsorPageStopRow).where(
    SponsorPageStopRow.workspace == WORKSPACE_PARAM, SponsorPageStopRow.programme_id == bindparam("programme")
)
_NEW_WORDS = update(SponsorSentenceRow).where(
    SponsorSentenceRow.workspace == bindparam("of"),
    SponsorSentenceRow.programme_id == bindparam("programme"),
    SponsorSentenceRow.month == bindparam("about"),
    SponsorSentenceRow.version == bindparam("before"),
)
