"""What sponsors read of a programme: its figures, and nothing about a person (D0.3)."""

from datetime import date as Date

from mentoring.core.programmes import Cohort, Programme
from mentoring.status import LEAST_SHOWN, ProgrammeFigures
from messages.blocks import facts, header, section, small_print
from messages.payloads import Message, message
from messages.programmes.cohorts import timetable
from messages.sponsor_page import monthly_choice
from messages.voice import Voice, capital


def figures(
    figures: ProgrammeFigures, programme: Programme, cohort: Cohort, today: Date, *, gets_page: bool | None = None
) -> Message:
    """The figures of a programme; `today` is the reader's date. `gets_page`: they get the monthly page; None if there
    is none.
    """
    voice = Voice(programme)
    counts = [
        (f"{capital(voice.mentees)} applied", _count(figures.mentees)),
        (f"{capital(voice.mentors)} applied", _count(figures.mentors)),
        ("Places offered", "not shown" if figures.mentors is None else _count(figures.places)),
    ]
    pairs = [
        ("Active", _count(figures.active)),
        ("Completed or ended", _count(figures.over)),
        ("Meetings this month", "not shown" if figures.active is None else _count(figures.meetings_this_month)),
    ]
    return message(
        f"{voice.name}: the figures",
        [
            header(f"{Voice(programme, marked=False).name}: the figures"),
            section(timetable(cohort, today)),
            *facts(counts, "Applications in this round"),
            *facts(pairs, capital(voice.partnerships)),
            *([] if gets_page is None else [monthly_choice(gets_page=gets_page)]),
            small_print(
                f"Numbers below {LEAST_SHOWN} are not shown exactly, so that no one can be recognised. Questions? Ask "
                f"{voice.contact}."
            ),
        ],
    )


def _count(number: int | None) -> str:
    return f"fewer than {LEAST_SHOWN}" if number is None else f"{number:,}"
