"""The titles of the settings forms."""

from mentoring.programmes.settings import Part
from messages.programmes.aims import OBJECTIVES_TITLE, ROLES_TITLE
from messages.programmes.extras import EXTRAS_TITLE
from messages.programmes.invitation_settings import INVITATIONS_TITLE
from messages.programmes.matching_settings import COUNTS_TITLE
from messages.programmes.matching_settings import TITLE as TITLE_OF_RULES
from messages.programmes.partnership_settings import INTRODUCTIONS_TITLE, PARTNERSHIPS_TITLE
from messages.programmes.retention_settings import RETENTION_TITLE
from messages.programmes.survey_settings import SURVEYS_TITLE

TITLES = {
    Part.BASICS: "The programme",
    Part.OBJECTIVES: OBJECTIVES_TITLE,
    Part.ROLES: ROLES_TITLE,
    Part.CHOICES: "What people choose from",
    Part.PARTNERSHIPS: PARTNERSHIPS_TITLE,
    Part.INTRODUCTIONS: INTRODUCTIONS_TITLE,
    Part.EXTRAS: EXTRAS_TITLE,
    Part.RULES: TITLE_OF_RULES,
    Part.MATCHING: COUNTS_TITLE,
    Part.INVITATIONS: INVITATIONS_TITLE,
    Part.SURVEYS: SURVEYS_TITLE,
    Part.RETENTION: RETENTION_TITLE,
    Part.DATES: "Dates and hours",
    Part.WORDS: "Your own words",
}
