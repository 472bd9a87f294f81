"""What has become of an application: asked about a match, in a partnership, or still in the pool."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from slack_sdk.models.blocks import Block

from mentoring.applications.application import Application, ApplicationState
from mentoring.core.people import Person
from mentoring.core.programmes import Cohort, Programme
from mentoring.matching.match import Match, MatchState
from mentoring.partnerships.partnership import Partnership
from messages.blocks import actions, section
from messages.matching.offers import answer_by, answers
from messages.partnerships.buttons import go_back_button, see_button
from messages.programmes.cohorts import Phase, day, phase, prospect
from messages.text import mention, plural
from messages.voice import Voice


@dataclass(frozen=True)
class ApplicationProgress:
    """Of one application: the `offers` that are open, the partnerships `active`, and those `over` that its author has
    not come back from; `came_back` says whether there are others.
    """

    application: Application
    offers: tuple[Match, ...]
    active: tuple[Partnership, ...]
    over: tuple[Partnership, ...]
    came_back: bool

    @property
    def free(self) -> int:
        """Places nobody has been found for."""
        return max(0, self.application.places - len(self.offers) - len(self.active) - len(self.over))

    @property
    def is_taken_up(self) -> bool:
        """Whether it has all the partners it asked for, so that there is nothing left to change or withdraw."""
        return len(self.active) >= self.application.places


def progress_of(
    application: Application, matches: Sequence[Match], partnerships: Sequence[Partnership]
) -> ApplicationProgress:
    """Of `application` among its author's `matches` and `partnerships`."""
    own = [p for p in partnerships if application.id in (p.mentee_application, p.mentor_application)]
    return ApplicationProgress(
        application,
        tuple(
            m
            for m in matches
            if m.state is MatchState.OFFERED and application.id in (m.mentee_application, m.mentor_application)
        ),
        tuple(p for p in own if p.is_active),
        tuple(p for p in own if not p.is_active and application.person not in p.back),
        any(not p.is_active and application.person in p.back for p in own),
    )


def next_step(place: ApplicationProgress, programme: Programme, cohort: Cohort, today: date) -> str:
    """What happens next with it, in mrkdwn; what asks for a click is left to `to_do`."""
    voice, application = Voice(programme), place.application
    found = place.offers or place.active or place.over
    runs = phase(cohort, today) is Phase.RUNNING
    if not found and place.came_back and runs and application.state is ApplicationState.OPEN:
        asks = " We’ll ask you before we introduce you." if programme.ask_first else ""
        return f"You can be matched again.{asks}"
    if not found or application.state is ApplicationState.WITHDRAWN:
        waiting_counts = bool(programme.weights.waiting) and not place.came_back
        return prospect(application, cohort, today, waiting_counts=waiting_counts)
    said = [
        f"Your {voice.partnership} with {mention(each.other(application.person))} lasts until {day(each.ends_on)}."
        for each in place.active
    ]
    if place.free and phase(cohort, today) is not Phase.OVER and not application.waits_for_next(cohort):
        places = "one free place" if place.free == 1 else plural(place.free, "free place", "free places")
        said.append(f"You have {places} and can be matched.")
    return " ".join(said)


def to_do(
    place: ApplicationProgress, programme: Programme, cohort: Cohort, today: date, reader: Person | None = None
) -> list[Block]:
    """Answering offers, looking at partnerships, going back to the pool: each with its button. `reader` is its author,
    on whose clock the time to answer is.
    """
    voice, person = Voice(programme), place.application.person
    blocks: list[Block] = []
    for match in place.offers:
        other = mention(match.other(person))
        if person in match.accepted_by:
            words = f"You accepted the match with {other}. They can answer until {answer_by(match, reader)}."
            blocks.append(section(words))
        else:
            words = f"We’ve found a match for you: {other}. Please answer by {answer_by(match, reader)}."
            blocks += [section(words), answers(match)]
    for partnership in place.over:
        other = mention(partnership.other(person))
        over = f"Your {voice.partnership} with {other} has ended."
        if phase(cohort, today) is Phase.OVER:
            blocks.append(section(over))
        else:
            again = section(f"{over} Would you like another match?")
            blocks += [again, actions(go_back_button(partnership))]
    if place.active:
        blocks.append(actions(see_button(place.active[0].id, programme)))
    return blocks
