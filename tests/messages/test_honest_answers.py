"""Every required question has an answer that is true for everybody who is asked it."""

from typing import Any

from mentoring.applications.application import NOT_LISTED, MeetingMode, Role
from mentoring.core.fields import FieldName
from messages import applications, ids, meetings
from messages.forms import FormMetadata
from tests.golden.making import VIEWS
from tests.golden.pieces import PIECES
from tests.messages.examples import ADA, LATER, NAMES, PARTNERSHIP, PLAIN
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
    FieldName.ANNOUNCEMENT_NAME: "in their own words",
    FieldName.ANNOUNCEMENT_TEXT: "the usual text is filled in, and their own is in their own words",
    FieldName.AUDIENCE: "the owners decide",
    FieldName.SENT_AT: "the owners decide",
    FieldName.INVITE_WEEKS: "the owners decide",
    FieldName.KEEP_NOTES: "the owners decide",
    FieldName.KEEP_ANSWERS: "the owners decide",
    FieldName.KEEP_APPLICATIONS: "the owners decide",
    FieldName.KEEP_LOG: "the owners decide",
    FieldName.MENTEE: "whom to pair",
    FieldName.MENTOR: "whom to pair",
    FieldName.PARTNERSHIP: "whom they met, of all whom they can have met",
    FieldName.MET_ON: "there was a day",
    FieldName.MINUTES: "a rough time is enough",
    FieldName.WAY: "another way is among them",
    FieldName.RATING: "the hint says what to do if they have not met",
    FieldName.DECISION: "to carry on is one of them",
    FieldName.DIRECTION: "a kind of work or of life is enough; of the scale, “I can’t say”",
    FieldName.NEXT_STEP: "“I can’t say” is one of them",
    FieldName.ABLE: "“I can’t say” is one of them",
    FieldName.KNOWN_PEOPLE: "“I can’t say” is one of them",
    FieldName.MATTERS: "what comes closest; no one needs to answer the survey before the first meeting",
    FieldName.GOAL: "a plan needs no goal",
    FieldName.TERM: "later is one of them",
    FieldName.STATE: "how it stood is chosen already",
    FieldName.RESTS: "three are open",
    FieldName.PURPOSE: "in their own words",
    FieldName.RHYTHM: "two people who meet agree on one, and can change it",
    FieldName.SCHEDULES: "by turns is one of them",
    FieldName.HOURS: "also outside working hours is one of them",
    FieldName.BETWEEN: "not at all is one of them",
    FieldName.UNTIL: "the agreed end, unless they choose another",
    FieldName.REVIEW_ON: "any day before the end",
    FieldName.STEP: "in their own words",
    FieldName.CASE_CONTACT: "the form opens only if there is somebody to ask",
    FieldName.END_CHOICE: "the other answers first, and the end stays if nobody sends it",
    FieldName.RESPONSIBLE: "the form names those who can take it",
    FieldName.ACTION: "in their own words",
    FieldName.ACTION_WHO: "both is one of them",
    FieldName.BACK_ON: "the hint says what to do if they don't know; of two partners it is optional",
    FieldName.WHY_NOT: "something else is one of them",
    FieldName.OWNERS: "a programme has an owner",
    FieldName.FIRST_MEETING: "there is a first day",
    FieldName.REMARK: "in their own words",
    FieldName.REMARK_KIND: "with or without their name",
    FieldName.PERSON: "with whom to share it",
    FieldName.SPONSOR_PAGE: "on or off",
    FieldName.SESSION_START: "a session has a start, and it can be moved",
    FieldName.SESSION_PLACE: "in their own words; it can be changed later",
    FieldName.SESSION_AUDIENCE: "anyone is one of them",
    FieldName.OTHER: "whom to swap with",
}
"""By required field, the answer that is true for a person to whom the question does not apply."""


ALL_FORMS = {id for name, id in vars(ids).items() if name.endswith("_FORM")}


def forms() -> list[dict[str, Any]]:
    """Every form that is a golden piece."""
    assert PIECES
    made = [make() for make in VIEWS]
    return [view for view in made if view.get("submit")]


def test_every_required_question_has_an_honest_answer() -> None:
    shown = forms()
    required = {id for form in shown for id, block in inputs(form).items() if not block.get("optional")}
    weights = {id for id in required if id.startswith("counts_")} | {FieldName.AT_LEAST, FieldName.LEAST_GAP}
    assert required - weights == set(HONEST)
    assert {form["callback_id"] for form in shown} == ALL_FORMS


def test_a_meeting_that_took_place_in_some_other_way_can_be_logged() -> None:
    meta = FormMetadata(form=meetings.LOG)
    form = meetings.form((PARTNERSHIP,), NAMES, {}, meta=meta, today=LATER, by=ADA, programme=PLAIN)
    *_, last = inputs(form)[FieldName.WAY]["element"]["options"]
    assert (last["value"], last["text"]["text"]) == ("other", "Another way")
    _, sent = meetings.parse({"way": "other"})
    assert sent.way is MeetingMode.OTHER
    assert applications.parse(Role.MENTEE, {"ways": ["other"]}).ways == ()
