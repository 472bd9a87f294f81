"""The programme's own words inside our sentences (D0.7)."""

import re
import unicodedata
from dataclasses import dataclass

from mentoring.applications.application import Role
from mentoring.core.owners import OPERATOR
from mentoring.core.programmes import Programme, Term, Terms
from messages.text import escape, mention, shorten

MOST_IN_TERM = 24

_OURS = Terms()


@dataclass(frozen=True)
class Voice:
    """How we speak in one programme.

    In mrkdwn what the owners typed is escaped and people are mentioned; in plain text (labels, hints, buttons, a form's
    errors) the words stand as they are and nobody is named. Without a programme we use our own words.
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
        """What the programme is called."""
        return self._typed(self.programme.name if self.programme and self.programme.name else "Mentoring programme", 80)

    @property
    def contact(self) -> str:
        """Whom to ask, in the middle of a sentence."""
        if self.programme is None or not self.programme.contact:
            return "the programme owners"
        return mention(self.programme.contact) if self.marked else "the programme’s contact"

    def person(self, user_id: str, otherwise: str) -> str:
        """A mention where it shows as a name, else these words."""
        return mention(user_id) if self.marked and user_id not in ("", OPERATOR) else otherwise

    def sent(self, role: Role) -> str:
        """What somebody in this role has sent: "application for a mentor", "application to be a mentor"."""
        return f"application for {self.a_mentor}" if role is Role.MENTEE else f"application to be {self.a_mentor}"

    def other(self, role: Role) -> str:
        """The one on the other side of the partnership."""
        return self.mentor if role is Role.MENTEE else self.mentee

    @property
    def _terms(self) -> Terms:
        return self.programme.terms if self.programme else _OURS

    def _typed(self, words: str, most: int = 2 * MOST_IN_TERM) -> str:
        tidy = shorten(" ".join(words.split()), most)
        return escape(tidy) if self.marked else tidy


def capital(words: str) -> str:
    """The words as a sentence begins them."""
    return words[:1].upper() + words[1:]


def article(word: str) -> str:
    """`"a"` or `"an"`, by the sound that `word` begins with in English, as far as its spelling tells."""
    plain = unicodedata.normalize("NFKD", word)
    sounds_like_a_vowel = _VOWEL.match(plain) and not _YOU_OR_ONE.match(plain)
    return "an" if sounds_like_a_vowel or _SILENT_H.match(plain) else "a"


def several(word: str) -> str:
    """The regular English plural: a suggestion, which the owner may replace."""
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
    """A programme's word from what an owner typed; ours where they left it empty."""
    return Term(one, many or several(one)) if one else ours
