"""The usual texts of announcements, and what their placeholders become."""

from collections.abc import Mapping, Sequence

from mentoring.announcements.announcement import Announcement, AnnouncementContext, AnnouncementKind
from mentoring.announcements.placeholders import Placeholder, fill_in
from mentoring.core.programmes import Programme
from messages.ids import COMMAND
from messages.programmes.cohorts import day, weekday
from messages.text import escape, join, mention
from messages.voice import Voice

MOST_NAMED = 40
"""Pairs that are named in one post."""

TITLES: Mapping[AnnouncementKind, str] = {
    AnnouncementKind.CALL: "Call for applications",
    AnnouncementKind.LAST_WEEK: "Last week to apply",
    AnnouncementKind.MATCHES_OUT: "Matches are out",
    AnnouncementKind.LAUNCH: "Launch",
    AnnouncementKind.HALF_WAY: "Half-way",
    AnnouncementKind.CELEBRATION: "Celebration",
    AnnouncementKind.THANKS: "Thank you",
    AnnouncementKind.CHANGES: "What we change",
    AnnouncementKind.OWN: "Announcement",
}

_TEXTS: Mapping[AnnouncementKind, str] = {
    AnnouncementKind.CALL: (
        "*{programme}: applications are open*\n"
        "Would you like {a_mentor}, or would you like to be one? The form takes five minutes.\n"
        "• Apply by {apply_by}.\n"
        "• The round starts on {starts_on}.\n"
        "Questions? Ask {contact}."
    ),
    AnnouncementKind.LAST_WEEK: (
        "*{programme}: apply by {apply_by}*\n"
        "There’s still time to ask for {a_mentor}, or to offer to be one. The form takes five minutes.\n"
        "Questions? Ask {contact}."
    ),
    AnnouncementKind.MATCHES_OUT: (
        "*{programme}: the matches are out*\n"
        "If you applied, look at your direct message from me. The round starts on {starts_on}.\n"
        "Questions? Ask {contact}."
    ),
    AnnouncementKind.LAUNCH: (
        "*{programme} starts now*\n"
        "Thank you for taking part. What makes a good start:\n"
        "• Meet soon, in person if you can. The {mentee} suggests a time.\n"
        "• Say what each of you hopes for, and how often you’d like to meet.\n"
        "• Agree what stays between the two of you.\n"
        f"To see what you can do here, type `{COMMAND}`. Questions? Ask {{contact}}."
    ),
    AnnouncementKind.HALF_WAY: (
        "*{programme}: we’re half-way*\n"
        "A good moment to look back together. What helps, and what would you like to change for the rest of the time, "
        "until {ends_on}?\n"
        "Is something difficult? {contact} can help."
    ),
    AnnouncementKind.CELEBRATION: (
        "*{programme}: a round comes to its end*\n"
        "Thank you to everyone who gave time, asked questions and listened.\n"
        "With special thanks to {names}."
    ),
    AnnouncementKind.THANKS: (
        "*Thank you for taking part in {programme}*\n"
        "If you’ve been asked for the closing survey, please answer it: it shapes the next round.\n"
        "Would you like to go on? {contact} can tell you when the next round opens."
    ),
    AnnouncementKind.CHANGES: (
        "*{programme}: you told us, and this is what we change*\n"
        "• …\n"
        "• …\n"
        "Thank you to everyone who answered the surveys. Have another idea? Tell {contact}."
    ),
    AnnouncementKind.OWN: "",
}


def usual_text(kind: AnnouncementKind) -> str:
    """The text of this kind, with its placeholders, until an owner changes it. "" for one that an owner adds."""
    return _TEXTS[kind]


def text_of(announcement: Announcement) -> str:
    """The text with its placeholders."""
    return announcement.text or usual_text(announcement.kind)


def title_of(announcement: Announcement) -> str:
    """What owners call it, in plain text."""
    return announcement.name or TITLES[announcement.kind]


def filled_text(shown: AnnouncementContext, programme: Programme) -> str:
    """The text as it is sent, in mrkdwn."""
    return fill_in(escape(text_of(shown.announcement)), lambda each: _value(each, shown, programme))


def _value(placeholder: Placeholder, shown: AnnouncementContext, programme: Programme) -> str:
    voice, cohort = Voice(programme), shown.cohort
    match placeholder:
        case Placeholder.PROGRAMME:
            return voice.name
        case Placeholder.APPLY_BY:
            return weekday(cohort.apply_by)
        case Placeholder.STARTS_ON:
            return weekday(cohort.starts_on)
        case Placeholder.ENDS_ON:
            return day(cohort.ends_on)
        case Placeholder.CONTACT:
            return voice.contact
        case Placeholder.A_MENTOR:
            return voice.a_mentor
        case Placeholder.MENTOR:
            return voice.mentor
        case Placeholder.MENTORS:
            return voice.mentors
        case Placeholder.A_MENTEE:
            return voice.a_mentee
        case Placeholder.MENTEE:
            return voice.mentee
        case Placeholder.MENTEES:
            return voice.mentees
        case Placeholder.NAMES:
            return _names(shown.named)


def _names(named: Sequence[tuple[str, str]]) -> str:
    pairs = [join([mention(one), mention(other)]) for one, other in named if one and other]
    rest = len(pairs) - MOST_NAMED
    return ", ".join([*pairs[:MOST_NAMED], *([f"and {rest} more pairs"] if rest > 0 else [])])
