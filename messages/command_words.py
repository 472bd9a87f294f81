"""The words that people try after `/mentor`, and what they mean.

What is typed is looked at and forgotten: it is neither stored, logged nor repeated.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from mentoring.core.roles import ProgrammeRole
from messages.ids import Subcommand


class Topic(StrEnum):
    """What people ask about that has no form of its own."""

    LEAVE = "leave"
    PAUSE = "pause"
    PRIVACY = "privacy"
    CONCERN = "concern"
    GOALS = "goals"
    GUIDES = "guides"
    REMARK = "remark"
    INVITATIONS = "invitations"


Meaning = Subcommand | Topic


@dataclass(frozen=True)
class Understood:
    """`is_exact` is false for a word that only resembles a known one, and for a subcommand with something around it."""

    meaning: Meaning
    is_exact: bool


OWNERS_ONLY = frozenset(
    {Subcommand.PEOPLE, Subcommand.MATCH, Subcommand.PROGRAMMES, Subcommand.SETUP, Subcommand.ANNOUNCEMENTS}
)
COMMITTEE_TOO = frozenset({Subcommand.PEOPLE, Subcommand.MATCH})


def reserved_for(roles: Collection[ProgrammeRole]) -> frozenset[Subcommand]:
    """The subcommands that are for owners and the committee, and that a person with these roles may use."""
    if ProgrammeRole.OWNER in roles:
        return OWNERS_ONLY
    return COMMITTEE_TOO if ProgrammeRole.COMMITTEE in roles else frozenset()


_INSTEAD: Mapping[Meaning, Meaning] = {
    Subcommand.PEOPLE: Subcommand.STATUS,
    Subcommand.MATCH: Subcommand.STATUS,
    Subcommand.PROGRAMMES: Subcommand.HELP,
    Subcommand.SETUP: Subcommand.HELP,
    Subcommand.ANNOUNCEMENTS: Subcommand.HELP,
}
"""What a word for owners means from somebody else."""
_SIMILARITY = 0.7
"""Similarity from which a misspelt word is recognised: "reqest", "volonteer", "statsu", "cancle", but not "banana"."""
_SUBCOMMANDS = frozenset(map(str, Subcommand))
_MOST_WORDS, _LONGEST = 12, 40

_WORDS: Mapping[Meaning, str] = {
    Subcommand.REQUEST: "request ask find need findmentor findamentor getamentor needamentor",
    Subcommand.VOLUNTEER: "volunteer offer beamentor becomeamentor",
    Subcommand.LOG: "log meeting meetings met meet logmeeting logameeting",
    Subcommand.AGREEMENT: "agreement agreements agree sign",
    Subcommand.STATUS: (
        "status state progress application applications me my mine partner partnership "
        "mentorship notes note actions action todo task tasks accept "
        "decline answer yes no change edit update survey checkin history round cohort overview numbers "
        "statistics stats chart charts graph graphs figures sponsor sponsors "
        "export exports download spreadsheet excel csv evaluation evaluate impact outcomes "
        "evaluationreport exportdata dataexport whatpeoplesay answers results baseline beforewebegin"
    ),
    Subcommand.PEOPLE: "people person participants participant applicants applicant members everyone everybody list",
    Subcommand.PARTNERSHIPS: "partnerships partners",
    Subcommand.MATCH: "match matches matching review propose proposal proposals pair pairs pairing approve release",
    Subcommand.SETUP: "setup settings setting config configure configuration preferences options admin",
    Subcommand.ANNOUNCEMENTS: "announcements announcement announce communication communications posts news",
    Subcommand.PROGRAMMES: "programmes programs programme program administrator administrators owner owners",
    Subcommand.SESSIONS: "sessions session orientation orientations information infosession briefing",
    Subcommand.HELP: (
        "help join signup register apply enrol enroll start begin participate mentor mentee mentors mentees mentoring "
        "info about hi hello hey menu commands faq"
    ),
    Topic.LEAVE: (
        "leave quit stop cancel end exit withdraw unsubscribe optout dropout resign remove finish close bye goodbye"
    ),
    Topic.PAUSE: "pause break holiday holidays vacation away absent sick snooze mute hold sabbatical resume",
    Topic.PRIVACY: "privacy private data mydata gdpr confidential confidentiality delete erase forget retention",
    Topic.CONCERN: (
        "report concern complaint complain problem issue harassment abuse unsafe bug contact owner owners human talk "
        "support escalate referral referrals counselling counseling"
    ),
    Topic.GOALS: "goals goal objective objectives plan plans myplan idp",
    Topic.REMARK: (
        "feedback suggest suggestion suggestions idea ideas tell comment comments remark remarks opinion praise improve"
    ),
    Topic.INVITATIONS: "invitations invitation invite invited notforme",
    Topic.GUIDES: "guides guide agenda checklist questions whattotalkabout",
}
_MEANINGS: Mapping[str, Meaning] = {word: meaning for meaning, words in _WORDS.items() for word in words.split()}


def understand(text: str, allowed: Collection[Subcommand] = ()) -> Understood | None:
    """What the text after the command means; None if it resembles nothing.

    Words of OWNERS_ONLY count only if they are `allowed`, so that nobody is led to what they may not do.
    """
    words = list(_plain(text))
    for word in ("".join(words[:2]), "".join(words[:3]), *words):
        if word in _MEANINGS:
            meaning = _MEANINGS[word]
            meant = meaning if meaning in allowed else _INSTEAD.get(meaning, meaning)
            return Understood(meant, is_exact=word not in _SUBCOMMANDS)
    known = [word for word, meaning in _MEANINGS.items() if meaning in allowed or meaning not in OWNERS_ONLY]
    for word in words[:1]:
        for nearest in get_close_matches(word, known, n=1, cutoff=_SIMILARITY):
            return Understood(_MEANINGS[nearest], is_exact=False)
    return None


def _plain(text: str) -> Iterator[str]:
    """The first words in lower case, without punctuation: "Sign-up!" is "signup". Mentions and links are left out."""
    for word in text[: _MOST_WORDS * _LONGEST].split()[:_MOST_WORDS]:
        plain = re.sub(r"[\W_]", "", word.lower())[:_LONGEST]
        if plain and not word.startswith("<"):
            yield plain
