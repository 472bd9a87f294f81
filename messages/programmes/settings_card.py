"""The settings in short."""

from collections.abc import Collection
from datetime import date as Date

from slack_sdk.models.blocks import Block, DividerBlock

from mentoring.core.people import AccountStatus
from mentoring.core.programmes import Cohort, Programme
from mentoring.core.roles import RoleHolders
from mentoring.core.working_hours import next_holiday, regional_holidays, regions
from mentoring.programmes.settings import Part
from mentoring.programmes.setup_steps import guided_parts
from messages.blocks import button, listing, section
from messages.ids import OPEN_ANNOUNCEMENTS, OPEN_OWNERS, OPEN_PLAN, OPEN_SESSIONS, OPEN_SETUP, OPEN_SPONSOR_PAGE
from messages.payloads import Message, message
from messages.programmes.aims import objective_words, role_words
from messages.programmes.cohorts import days
from messages.programmes.days import country_name, working_days
from messages.programmes.extras import extra_words
from messages.programmes.guide import invitation_to_guide
from messages.programmes.invitation_settings import invitation_words
from messages.programmes.matching_settings import counting_words, rule_words
from messages.programmes.partnership_settings import introduction_words, partnership_words
from messages.programmes.retention_settings import retention_words
from messages.programmes.survey_settings import survey_words
from messages.text import address, date, escape, join, mention, plural, shorten
from messages.voice import Voice

SESSIONS = "*Sessions*: plan an information session or an orientation, and see who comes."
SPONSOR_PAGE = "*Sponsors’ page*: three figures, a chart and your sentence, each month."
MOST_OF_PURPOSE = 600
MOST_OF_LIST = 600
MOST_MISSING = 3
"""Holidays that are named as not counted."""


def card(
    programme: Programme, cohort: Cohort, holders: RoleHolders, today: Date, done: Collection[Part] = ()
) -> Message:
    """The current settings, with a button for each part; `today` is the reader's date.

    `done` are the parts that were saved in the guided set-up.
    """
    parts = {
        Part.BASICS: _basics(programme),
        Part.OBJECTIVES: objective_words(programme),
        Part.ROLES: role_words(programme),
        Part.CHOICES: _choices(programme),
        Part.PARTNERSHIPS: partnership_words(programme),
        Part.INTRODUCTIONS: introduction_words(programme),
        Part.EXTRAS: extra_words(programme),
        Part.RULES: rule_words(programme),
        Part.MATCHING: counting_words(programme),
        Part.INVITATIONS: invitation_words(programme),
        Part.SURVEYS: survey_words(programme),
        Part.RETENTION: retention_words(programme),
        Part.DATES: _dates(programme, cohort, today),
        Part.WORDS: _words(programme),
    }
    plan = section(
        "*Start-up plan.* Dated steps to tick, from the sponsor to the last review.", button("Open", OPEN_PLAN)
    )
    announcements = section(
        "*Communication plan.* What people hear of the programme, and when. You approve each announcement.",
        button("Open", OPEN_ANNOUNCEMENTS, accessibility_label="Open the communication plan"),
    )
    blocks: list[Block] = [invitation_to_guide(guided_parts(cohort), done), plan, announcements, DividerBlock()]
    blocks += [section(words, button("Change", OPEN_SETUP, part)) for part, words in parts.items()]
    blocks.append(section(SESSIONS, button("Open", OPEN_SESSIONS, accessibility_label="Open sessions")))
    blocks.append(section(_people(holders), button("Change", OPEN_OWNERS)))
    if holders.sponsors:
        blocks.append(section(SPONSOR_PAGE, button("Open", OPEN_SPONSOR_PAGE)))
    return message(f"Settings for {Voice(programme).name}", blocks)


def _basics(programme: Programme) -> str:
    voice = Voice(programme)
    lines = [f"*{voice.name}*"]
    if programme.purpose:
        lines.append(shorten(escape(programme.purpose), MOST_OF_PURPOSE))
    lines.append(f"Questions go to {voice.contact}.")
    if programme.expectations_url:
        lines.append(address(programme.expectations_url, "What you ask of people"))
    else:
        lines.append("What you ask of people: our standard text. You haven’t linked a page of your own.")
    admitted = {AccountStatus.GUEST: "guests", AccountStatus.STRANGER: "people from connected workspaces"}
    besides = [words for standing, words in admitted.items() if standing in programme.admits]
    lines.append(f"Open to {join(['members of this workspace', *besides])}.")
    return "\n".join(lines)


def _choices(programme: Programme) -> str:
    return "\n".join(
        f"*{label}*: {listing(items, MOST_OF_LIST) or 'none. The form skips this question.'}"
        for label, items in (
            ("Topics", programme.topics),
            ("Departments", programme.departments),
            ("Grades", programme.grades),
        )
    )


def _dates(programme: Programme, cohort: Cohort, today: Date) -> str:
    first, last = programme.workday
    return (
        f"*Applications*: {days(cohort.opens_on, cohort.apply_by)}\n"
        f"*Round*: {days(cohort.starts_on, cohort.ends_on)}\n"
        f"*Working hours*: {first:%H:%M} to {last:%H:%M}, in each person’s own time zone\n"
        f"*Working days*: {working_days(programme, today)}\n"
        f"*Time zone*: {_time_zone(programme)}\n"
        f"{_holidays(programme, today)}"
    )


def _time_zone(programme: Programme) -> str:
    if programme.time_zone:
        return f"{escape(programme.time_zone.replace('_', ' '))}, for people whose own we don’t know"
    return "not set. For people whose own we don’t know, we use the one of an owner."


def _holidays(programme: Programme, today: Date) -> str:
    country, region = programme.country, programme.region
    if not country:
        return "*Country*: not set. Public holidays count as working days."
    coming = next_holiday(country, today, region)
    if coming is None:
        return f"*Country*: {escape(country_name(country))}. We don’t know its public holidays."
    on, name = coming
    missing = [] if region in regions(country) else _missing(country, today)
    if not missing:
        return f"*Next public holiday*: {escape(name)}, on {date(on)}"
    such_as = escape(join(missing[:MOST_MISSING]))
    return (
        f"*Next public holiday in all regions*: {escape(name)}, on {date(on)}\n"
        f"*Not counted*: holidays of single regions, such as {such_as}. To count those of yours, choose a region."
    )


def _missing(country: str, today: Date) -> list[str]:
    """The names of the coming holidays that only some regions have, the next ones first."""
    coming = (one for year in (today.year, today.year + 1) for one in regional_holidays(country, year).items())
    return list(dict.fromkeys(name for on, name in coming if on >= today))


def _words(programme: Programme) -> str:
    voice = Voice(programme)
    return f"*Your own words*: {voice.mentor}, {voice.mentee}, {voice.partnership}"


def _people(holders: RoleHolders) -> str:
    if not holders.owners:
        return "This programme has no owner."
    named = [
        (plural(len(holders.owners), "owner", "owners"), holders.owners),
        ("Committee", holders.committee),
        (plural(len(holders.sponsors), "sponsor", "sponsors"), holders.sponsors),
        (plural(len(holders.facilitators), "facilitator", "facilitators"), holders.facilitators),
    ]
    return "\n".join(f"*{what}*: {join([mention(each) for each in who])}." for what, who in named if who)
