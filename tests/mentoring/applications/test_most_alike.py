"""Which application of a person a new form is filled in with."""

from datetime import timedelta

from mentoring.applications.application import Application, ApplicationState, Role, most_alike
from tests.mentoring.factories import ADA, mentee, mentor
from tests.mentoring.values import at

NOON = at("2027-01-04T12:00")
OPEN, WITHDRAWN = ApplicationState.OPEN, ApplicationState.WITHDRAWN


def sent(role: Role, cohort: str, *, days: int = 0, state: ApplicationState = OPEN) -> Application:
    made = (mentee if role is Role.MENTEE else mentor)(ADA)
    facts = {"id": f"{role}-{cohort}", "cohort_id": cohort, "state": state, "sent_at": NOON + timedelta(days=days)}
    return Application(**{**vars(made), **facts})


def found(*all_: Application) -> str:
    by_cohort: dict[str, dict[Role, Application]] = {}
    for each in all_:
        by_cohort.setdefault(each.cohort_id, {})[each.role] = each
    chosen = most_alike(by_cohort, Role.MENTOR, "c1")
    return chosen.id if chosen else ""


def test_without_any_there_is_none() -> None:
    assert found() == ""
    assert found(sent(Role.MENTOR, "c1")) == ""


def test_the_other_role_in_the_same_round_comes_first() -> None:
    assert found(sent(Role.MENTEE, "c1"), sent(Role.MENTOR, "c2", days=9)) == "mentee-c1"


def test_else_the_newest_of_any_round_and_open_ones_before_others() -> None:
    assert found(sent(Role.MENTEE, "c2"), sent(Role.MENTOR, "c3", days=1)) == "mentor-c3"
    assert found(sent(Role.MENTEE, "c2"), sent(Role.MENTOR, "c3", days=1, state=WITHDRAWN)) == "mentee-c2"
    assert found(sent(Role.MENTEE, "c2"), sent(Role.MENTOR, "c2")) == "mentor-c2"
