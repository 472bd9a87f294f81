"""The programme's own words inside our sentences (D0.7)."""

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from mentoring.applications.application import Role
from mentoring.core.programmes import Programme, Term, Terms
from mentoring.matching.match import OPERATOR
from messages.text import escape, mention, shorten

if TYPE_CHECKING:
    import inflect

MOST_IN_TERM = 24

_OURS = Terms()
_OUR_WORDS = frozenset({_OURS.mentor.one, _OURS.mentee.one, _OURS.partnership.one})


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


@cache
def article(word: str) -> str:
    """`"a"` or `"an"`, as the word sounds."""
    if word in _OUR_WORDS or not word[:1].isalpha():
        return "a"
    first = _engine().a(word).split(" ", 1)[0]
    return first if first in ("a", "an") else "a"


@cache
def several(word: str) -> str:
    """The word for more than one, as English makes it: a suggestion, which the owner may replace."""
    return _engine().plural_noun(word) or word if word[-1:].isalpha() else word


def term(one: str, many: str, ours: Term) -> Term:
    """A programme's word from what an owner typed; ours where they left it empty."""
    return Term(one, many or several(one)) if one else ours


@cache
def _engine() -> "inflect.engine":
    """Only own words need it. It takes itself apart to check its types at run time, which takes seconds, and Slack
    waits for three: so it is loaded as Python's own switch for that (`-O`) would have it.
    """
    import typeguard

    checking = typeguard.typechecked
    typeguard.typechecked = lambda checked: checked  # type: ignore[assignment]
    try:
        import inflect
    finally:
        typeguard.typechecked = checking
    return inflect.engine()
