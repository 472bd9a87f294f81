"""What the people of the demo enter in forms on the tour and in the year."""

from collections.abc import Mapping
from typing import Any

FormTexts = Mapping[str, Any]

CONFIRMATIONS: FormTexts = {"expectations": ["yes"], "supervisor": ["yes"]}
"""The boxes that every applicant ticks."""

ALL_FORMS: FormTexts = {"plans": ["yes"], "agreements": ["yes"], "reports": ["yes"]}
"""The switches for plans, agreements and progress reports, in the settings."""

STANDS: FormTexts = {
    "strengths": "Order, patience, and a memory for titles.",
    "direction": "Lead a small team that people like to join.",
    "why": "I had one good boss, and it changed how I work.",
    "skills": ["Career planning"],
}
GOAL: FormTexts = {
    "goal": "Lead a meeting of our team",
    "term": "quarter",
    "proof": "My name is above the agenda",
    "first_step": "Ask Emil for a date",
    "help": ["Feedback", "A chance to try it"],
}
PROGRESS: FormTexts = {"state": "Half-way", "since": "I led the first half of one", "next_step": "Lead a whole one"}
REACHED: FormTexts = {"state": "Reached", "since": "A whole hour, and Emil took the minutes"}
"""What Ada writes into her plan in the course of the year."""

IVO_APPLICATION: FormTexts = {
    "topics": ["New to the institution", "Career planning"],
    "hopes": "I joined in February and would like to learn how things are decided here, and where I could grow.",
    "months": "6",
    "ways": ["in-person", "walking"],
    "languages": ["English", "Bulgarian"],
    "department": "Public services",
    "grade": "Assistant",
    "manager": "U0GUS",
    **CONFIRMATIONS,
}
CHI_APPLICATION: FormTexts = {
    "topics": ["Advanced degree or certification", "Career planning"],
    "hopes": "To hear how others made room for a degree.",
    "months": "12",
    "ways": ["video"],
    "languages": ["English", "Vietnamese"],
    "department": "Digital",
    "grade": "Librarian",
    "manager": "U0FAY",
    **CONFIRMATIONS,
}
DORA_APPLICATION: FormTexts = {
    "topics": ["Advanced degree or certification", "New to the institution", "Career planning"],
    "hopes": "I took my degree in the evenings, and would do it again.",
    "months": "9",
    "ways": ["in-person", "walking", "video"],
    "languages": ["English", "Swedish"],
    "department": "Collections",
    "grade": "Senior librarian",
    "manager": "U0JUNE",
    "started_on": "2017-05-02",
    "places": "2",
    **CONFIRMATIONS,
}

FIRST_MEETING: FormTexts = {
    "way": "walking",
    "minutes": "45",
    "notes": "Who decides what, and why everyone says “ask June”.",
    "actions_mine": "Sit in on the next collections meeting",
}

AGREEMENT: tuple[FormTexts, FormTexts] = (
    {
        "purpose": "To find our way about this place, and to see where one of us could grow.",
        "ways": ["in-person", "video"],
        "schedules": "by-turns",
    },
    {"feedback": "At once, in private, and with an example.", "off_limits": "Who is paid what."},
)
"""What two people enter in the two steps of their agreement; the rest stays as it is proposed."""
LEARNT: tuple[FormTexts, FormTexts] = (
    {"learnt": "That most people like to be asked."},
    {"learnt": "To wait a little before I answer."},
)
"""What two people say in their progress report that they have learnt."""

PLACE: FormTexts = {"meeting_place": "Second floor, by the maps"}
"""Where Ada and her mentor meet."""
HELP: FormTexts = {
    "case_words": "We like each other, and never know what to talk about. Could you tell me what others do?"
}
"""What Ben asks in confidence."""

_STANDS: FormTexts = {"direction": "3", "next_step": "2", "able": "3", "people": "3"}
BEFORE: Mapping[str, FormTexts] = {
    "U0IVO": {**_STANDS, "people": "2", "matters": ["a_ropes", "a_meeting"], "most": "a_meeting"},
    "U0DORA": {**_STANDS, "able": "4", "people": "5", "matters": ["a_giving", "a_fresh"], "most": "a_giving"},
    "U0ADA": {**_STANDS, "direction": "0", "matters": ["a_future"]},
    "U0BEN": {**_STANDS, "able": "2", "matters": ["a_listens", "a_courage"], "most": "a_courage"},
}
"""What people answer before they first meet; the others leave it. Ivo and Dora do not, if they have met on the day."""
CHECK_IN: FormTexts = {"rating": "4", "trust": "4", "often": "just-right", "decision": "go-on"}
CHECK_INS: Mapping[str, FormTexts] = {
    "U0IVO": {
        "rating": "5",
        "trust": "5",
        "often": "too-seldom",
        "helps": "Walking. It is easier to ask things side by side.",
        "decision": "change",
    },
    "U0DORA": {"rating": "4", "hinders": "The rota, some weeks.", "learn": ["c_growth"], "decision": "go-on"},
    "U0ADA": {"rating": "5", "helps": "A fixed hour each month that never moves.", "decision": "go-on"},
}
SURVEY: FormTexts = {"rating": "4"}
REMARK: FormTexts = {"remark": "A quiet room to meet in would help us all.", "remark_kind": "named"}
"""What Ivo tells the programme."""
LAST_PAGES: Mapping[str, FormTexts] = {
    "U0IVO": {"thanks": "For every “ask June”. I did, and it helped.", "is_named": ["yes"]},
    "U0DORA": {"thanks": "You made me look at this place again.", "places_again": "2", "is_named": ["yes"]},
}
"""What people say on the last page of the closing survey; the others skip it."""
NEVER_MET: FormTexts = {"why_not": ["no-time"]}
SURVEYS: Mapping[str, FormTexts] = {
    "U0IVO": {
        "rating": "5",
        "next_step": "4",
        "people": "5",
        "a_meeting": "5",
        "helps": "I know now whom to ask, and that I may.",
        "better": "Begin before the winter.",
    },
    "U0DORA": {"rating": "5", "helps": "I explained the place until I understood it myself."},
    "U0ADA": {"rating": "4", "helps": "Being asked what I want.", "hinders": "Two months of inventory."},
}
"""People not named here answer with `CHECK_IN` and `SURVEY`."""
