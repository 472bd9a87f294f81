"""Who has nobody when the owners have decided on all there is, and that each of them is told so."""

from mentoring.application import Application
from mentoring.outcome import Kind, Notice, Outcome
from mentoring.round import Round


def have_nobody(round_: Round) -> tuple[Application, ...]:
    """Who could be matched now, and has neither a proposal nor an offer nor anybody whom they were introduced to; the
    longest waiting first.

    Not among them is who is away, who waits for the next round, and a mentor with one place taken and others free.
    """
    found = [a for a in round_.applications.values() if round_.free_places(a) == a.places]
    return tuple(sorted(found, key=lambda a: (a.sent_at, a.id)))


def tell_unmatched(round_: Round) -> Outcome:
    """Owe each of them one kind word for each application, once in a round, ever."""
    cohort = round_.cohort.id
    return Outcome(
        notices=tuple(
            Notice(
                f"{Kind.UNMATCHED}:{cohort}:{application.id}",
                Kind.UNMATCHED,
                application.person,
                {"application": application.id, "cohort": cohort},
            )
            for application in have_nobody(round_)
        )
    )
