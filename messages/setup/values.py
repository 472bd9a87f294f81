"""What stands now, as the forms have it."""

from mentoring.core.fields import Field as About
from mentoring.core.programmes import Cohort, Programme, Term
from mentoring.programmes.settings import Part
from messages.forms import TICKED, Values
from messages.setup.counting import counting_values
from messages.setup.days import list_days
from messages.setup.reading import ADMITS, ASK_FIRST, COUNTRY, several_of
from messages.setup.rules import rule_values
from messages.voice import several


def values_of(part: Part, programme: Programme, cohort: Cohort) -> Values:
    """What stands now, as the form has it. A plural with the usual ending stays empty, so that it follows the word.

    The dates of a round that is closed are gone, since those of the next are asked for.
    """
    match part:
        case Part.BASICS:
            return {
                About.NAME: programme.name,
                About.PURPOSE: programme.purpose or None,
                About.CONTACT: programme.contact or None,
                About.EXPECTATIONS_URL: programme.expectations_url or None,
                ADMITS: sorted(str(standing) for standing in programme.admits),
                ASK_FIRST: [TICKED] if programme.ask_first else [],
            }
        case Part.CHOICES:
            return {
                About.TOPICS: "\n".join(programme.topics),
                About.DEPARTMENTS: "\n".join(programme.departments) or None,
                About.GRADES: "\n".join(programme.grades) or None,
            }
        case Part.RULES:
            return rule_values(programme)
        case Part.MATCHING:
            return counting_values(programme)
        case Part.DATES:
            dates: dict[str, str | list[str] | None] = {
                About.OPENS_ON: cohort.opens_on.isoformat(),
                About.APPLY_BY: cohort.apply_by.isoformat(),
                About.STARTS_ON: cohort.starts_on.isoformat(),
                About.ENDS_ON: cohort.ends_on.isoformat(),
            }
            return {
                **({} if cohort.closed_on else dates),
                About.WORK_STARTS: f"{programme.workday[0]:%H:%M}",
                About.WORK_ENDS: f"{programme.workday[1]:%H:%M}",
                About.WORKING_DAYS: [str(weekday) for weekday in programme.working_days],
                About.CLOSED_DAYS: list_days(programme.closed_days) or None,
                COUNTRY: programme.country or None,
            }
        case Part.WORDS:
            values: dict[str, str | list[str] | None] = {}
            for about, term in terms_of(programme):
                values[about] = term.one
                values[several_of(about)] = term.many if term.many != several(term.one) else None
            return values


def terms_of(programme: Programme) -> tuple[tuple[About, Term], ...]:
    """Each of the three words with its field."""
    terms = programme.terms
    return (
        (About.TERM_MENTOR, terms.mentor),
        (About.TERM_MENTEE, terms.mentee),
        (About.TERM_PARTNERSHIP, terms.partnership),
    )
