"""Every required question has an answer that is true for everybody who is asked it."""

from collections.abc import Iterator
from typing import Any

from mentoring.applications.application import NOT_LISTED, MeetingMode, Role
from mentoring.core.fields import FieldName
from mentoring.feedback import Question
from mentoring.programmes.settings import Part
from messages import applications, feedback, goals, meetings, programmes
from messages.forms import FormMetadata
from messages.matching.pairing_forms import pair_form
from tests.golden.goals import OPEN, RECORDS
from tests.messages.examples import (
    ADA,
    COHORT,
    CUSTOM,
    IN_TIME,
    LATER,
    NAMES,
    OTHER_PARTNERSHIP,
    PARTNERSHIP,
    PLAIN,
    round_of,
)
from tests.messages.pressing import inputs

HONEST = {
    FieldName.TOPICS: "two people are matched by a topic, and the hint says who adds one",
    FieldName.HOPES: "in their own words",
    FieldName.MONTHS: "every partnership has one of these lengths",
    FieldName.WAYS: "people who meet in none of these ways cannot be partners",
    FieldName.LANGUAGES: "in their own words",
    FieldName.DEPARTMENT: NOT_LISTED,
    FieldName.GRADE: NOT_LISTED,
    FieldName.STARTED_ON: "required only where service counts, and everybody there has started",
    FieldName.PLACES: "a mentor has one at least",
    FieldName.EXPECTATIONS: "an agreement: without it nobody takes part",
    FieldName.SUPERVISOR: "or that there is none to tell",
    FieldName.NAME: "a programme has a name",
    FieldName.PROGRAMME_TYPE: "the owners decide",
    FieldName.OPENS_ON: "the owners decide",
    FieldName.APPLY_BY: "the owners decide",
    FieldName.STARTS_ON: "the owners decide",
    FieldName.ENDS_ON: "the owners decide",
    FieldName.WORK_STARTS: "the owners decide",
    FieldName.WORK_ENDS: "the owners decide",
    FieldName.WORKING_DAYS: "the owners decide",
    FieldName.LENGTHS: "every partnership has one of these lengths",
    FieldName.FIRST_MONTH: "the owners decide",
    FieldName.MONTHLY: "the owners decide",
    FieldName.SERVICE: "no minimum is one of them",
    FieldName.MOST_PLACES: "the owners decide",
    FieldName.PAUSE_WEEKS: "the owners decide",
    FieldName.APPROVALS: "the owners decide",
    FieldName.INTRODUCES: "the owners decide",
    FieldName.MENTEE: "whom to pair",
    FieldName.MENTOR: "whom to pair",
    FieldName.PARTNERSHIP: "whom they met, of all whom they can have met",
    FieldName.MET_ON: "there was a day",
    FieldName.MINUTES: "a rough time is enough",
    FieldName.WAY: "another way is among them",
    FieldName.RATING: "the hint says what to do if they have not met",
    FieldName.DECISION: "to carry on is one of them",
    FieldName.DIRECTION: "a kind of work or of life is enough",
    FieldName.GOAL: "a plan needs no goal",
    FieldName.TERM: "later is one of them",
    FieldName.STATE: "how it stood is chosen already",
    FieldName.RESTS: "three are open",
}
"""By required field, the answer that is true for a person to whom the question does not apply."""


def forms() -> Iterator[dict[str, Any]]:
    for role in Role:
        yield applications.form(role, CUSTOM, COHORT, {}, today=IN_TIME)
    for part in Part:
        yield programmes.form(part, CUSTOM, COHORT, {})
    for question in Question:
        yield feedback.form(question, PARTNERSHIP, {}, by=ADA, programme=PLAIN, names=NAMES)
    together, meta = (PARTNERSHIP, OTHER_PARTNERSHIP), FormMetadata(form=meetings.LOG)
    yield meetings.form(together, NAMES, {}, meta=meta, today=LATER, by=ADA, programme=PLAIN)
    yield goals.plan_form({}, topics=PLAIN.topics, partners=(), version=0)
    yield goals.goal_form({}, partners=(), in_the_way=OPEN)
    yield goals.progress_form(RECORDS[0], {}, partners=(), in_the_way=OPEN)
    yield pair_form(round_of(), {}, by="UOWEN")


def required() -> set[str]:
    return {id for form in forms() for id, block in inputs(form).items() if not block.get("optional")}


def test_every_required_question_has_an_honest_answer() -> None:
    weights = {id for id in required() if id.startswith("counts_")} | {FieldName.AT_LEAST, FieldName.LEAST_GAP}
    assert required() - weights == set(HONEST)


def test_a_meeting_that_took_place_in_some_other_way_can_be_logged() -> None:
    meta = FormMetadata(form=meetings.LOG)
    form = meetings.form((PARTNERSHIP,), NAMES, {}, meta=meta, today=LATER, by=ADA, programme=PLAIN)
    *_, last = inputs(form)[FieldName.WAY]["element"]["options"]
    assert (last["value"], last["text"]["text"]) == ("other", "Another way")
    _, sent = meetings.parse({"way": "other"})
    assert sent.way is MeetingMode.OTHER
    assert applications.parse(Role.MENTEE, {"ways": ["other"]}).ways == ()
