"""The programme's own words inside our sentences (D0.7)."""

import re
import unicodedata
from dataclasses import dataclass

from mentoring.applications.application import Role
from mentoring.core.owners import OPERATOR
from mentoring.core.programmes import Programme, Term, Terms
from messages.text import escape, join, mention, shorten

MOST_IN_TERM = 24

_OURS = Terms()


@dataclass(frozen=True)
class Voice:
    """The words of one programme.

    In mrkdwn, words that owners typed are escaped and people are mentioned. In plain text (labels, hints, buttons,
    errors of fields) words are unchanged and people are not named. Without a programme, the default words are used.
    """

    programme: Programme | None = None
    marked: bool = True

    @property
    def mentor(self) -> str:
        return self._typed(self._terms.mentor.one or _OURS.mentor.one)

    @property
    def mentors(self) -> str:
        return self._typed(self._terms.mentor.many or _OURS.mentor.many)

    @property
    def mentee(self) -> str:
        return self._typed(self._terms.mentee.one or _OURS.mentee.one)

    @property
    def mentees(self) -> str:
        return self._typed(self._terms.mentee.many or _OURS.mentee.many)

    @property
    def partnership(self) -> str:
        return self._typed(self._terms.partnership.one or _OURS.partnership.one)

    @property
    def partnerships(self) -> str:
        return self._typed(self._terms.partnership.many or _OURS.partnership.many)

    @property
    def a_mentor(self) -> str:
        return f"{article(self._terms.mentor.one)} {self.mentor}"

    @property
    def a_partnership(self) -> str:
        return f"{article(self._terms.partnership.one)} {self.partnership}"

    @property
    def a_mentee(self) -> str:
        return f"{article(self._terms.mentee.one)} {self.mentee}"

    @property
    def name(self) -> str:
        """The name of the programme."""
        return self._typed(self.programme.name if self.programme and self.programme.name else "Mentoring programme", 80)

    @property
    def contact(self) -> str:
        """Whom to ask, for the middle of a sentence."""
        if self.programme is None or not self.programme.contact:
            return "the programme owners"
        return mention(self.programme.contact) if self.marked else "the programme’s contact"

    @property
    def approver_groups(self) -> list[str]:
        """Who reads applications and decides on proposals, for a list in the middle of a sentence."""
        return ["the programme owners", *(["the committee"] if self._has_committee else [])]

    @property
    def approvers(self) -> str:
        """The same as one phrase."""
        return join(self.approver_groups)

    @property
    def meeting_readers(self) -> str:
        """Who sees how often two people have met, besides them, in the middle of a sentence."""
        facilitates = self.programme is not None and self.programme.has_facilitators
        return join([*self.approver_groups, *(["the facilitators"] if facilitates else [])])

    @property
    def another_approver(self) -> str:
        return f"another owner{' or committee member' if self._has_committee else ''}"

    @property
    def only_approvers(self) -> str:
        """Marks what participants are not shown: "Owners only"."""
        return f"Owners{' and committee' if self._has_committee else ''} only"

    @property
    def _has_committee(self) -> bool:
        return self.programme is not None and self.programme.has_committee

    def person(self, user_id: str, otherwise: str) -> str:
        """A mention in mrkdwn, else these words."""
        return mention(user_id) if self.marked and user_id not in ("", OPERATOR) else otherwise

    def a(self, role: Role) -> str:
        """The word for this role, with its article."""
        return self.a_mentee if role is Role.MENTEE else self.a_mentor

    def sent(self, role: Role) -> str:
        """The application for this role: "application for a mentor", "application to be a mentor"."""
        return f"application for {self.a_mentor}" if role is Role.MENTEE else f"application to be {self.a_mentor}"

    def other(self, role: Role) -> str:
        """The word for the other role."""
        return self.mentor if role is Role.MENTEE else self.mentee

    @property
    def _terms(self) -> Terms:
        return self.programme.terms if self.programme else _OURS

    def _typed(self, words: str, most: int = 2 * MOST_IN_TERM) -> str:
        tidy = shorten(" ".join(words.split()), most)
        return escape(tidy) if self.marked else tidy


def capital(words: str) -> str:
    """The words with a capital first letter, for the start of a sentence."""
    return words[:1].upper() + words[1:]


def article(word: str) -> str:
    """`"a"` or `"an"`, by the likely English pronunciation of `word`."""
    plain = unicodedata.normalize("NFKD", word)
    sounds_like_a_vowel = _VOWEL.match(plain) and not _YOU_OR_ONE.match(plain)
    return "an" if sounds_like_a_vowel or _SILENT_H.match(plain) else "a"


def several(word: str) -> str:
    """The regular English plural: a default that owners can change."""
    if not word[-1:].isalpha():
        return word
    if _ENDS_IN_Y.search(word):
        return f"{word[:-1]}ies"
    return f"{word}es" if word.lower().endswith(("s", "x", "z", "ch", "sh")) else f"{word}s"


_SILENT_H = re.compile(r"h(our|onest|onou?r|eir)", re.IGNORECASE)
_VOWEL = re.compile("[aeiou]", re.IGNORECASE)
_YOU_OR_ONE = re.compile(r"eu|one\b|once\b|uni(?![nm])|u[bcfhjkqrst][aeiou]", re.IGNORECASE)
_ENDS_IN_Y = re.compile(r"[^aeiou\W\d]y$", re.IGNORECASE)


def term(one: str, many: str, ours: Term) -> Term:
    """A programme's word from the owner's input, or the default if it is empty."""
    return Term(one, many or several(one)) if one else ours
