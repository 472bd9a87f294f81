"""After the upgrade an answer may have no rating, further answers can be kept, and the answers of before stay."""

from sqlalchemy import text

from mentoring.core.acting import ActingPerson
from mentoring.core.outcome import Outcome
from mentoring.feedback.answers import Audience, Feedback, Question
from mentoring.feedback.items import FeedbackItem, ItemAnswer
from storage import Storage
from storage.engine import upgrade
from tests.storage.earlier_rows import insert_partnership
from tests.storage.rows import ADA, BEN, NOON, WORKSPACE, bare

_ANSWER = (
    "INSERT INTO feedback (workspace, partnership_id, person, question, rating, helps, hinders, decision, audience, "
    "answered_at, is_counted) VALUES (:workspace, 's1', :person, 'check-in', 4, 'Walks', '', 'go-on', 'counted', "
    "'2027-04-04 10:00:00+00:00', true)"
)


def test_rows_stay_and_an_answer_can_be_without_a_rating(empty_address: str) -> None:
    with bare(empty_address) as engine:
        upgrade(engine, "0021")
        insert_partnership(engine)
        upgrade(engine, "0032")
        with engine.begin() as connection:
            connection.execute(text(_ANSWER), {"workspace": WORKSPACE, "person": ADA})
        upgrade(engine)
    storage = Storage(empty_address)
    why = ItemAnswer(FeedbackItem.WHY_NOT, chosen=("no-time", "other"))
    words = ItemAnswer(FeedbackItem.WORDS, words="Ask us.")
    never_met = Feedback("s1", BEN, Question.SURVEY, None, "", "", None, Audience.COUNTED, NOON, items=(why, words))
    with storage.begin(WORKSPACE) as tx:
        kept = tx.private(ActingPerson(ADA)).feedback("s1", Question.CHECK_IN)
        assert kept is not None
        assert (kept.rating, kept.helps, kept.decision, kept.is_counted, kept.items) == (4, "Walks", "go-on", True, ())
        tx.save(Outcome((never_met,)))
        assert not tx.feedback.save(never_met), "each person answers once"
    with storage.read(WORKSPACE) as tx:
        assert tx.private(ActingPerson(BEN)).feedback("s1", Question.SURVEY) == never_met
        assert tx.private(ActingPerson(ADA)).feedback("s1", Question.SURVEY) is None
    storage.close()
