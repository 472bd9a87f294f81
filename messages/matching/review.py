"""The review of proposals, a page at a time, and its view while proposals are computed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import Block, ButtonElement, DividerBlock

from mentoring.applications.application import Application, ApplicationState, Role
from mentoring.core.programmes import Programme
from mentoring.matching.match import Match, MatchState
from mentoring.matching.round import MatchingRound
from messages.blocks import actions, button, context, facts, modal, section
from messages.forms import FormMetadata, meta_of
from messages.ids import COMMAND, PAIR_BY_HAND, REVIEW_PAGE, REVIEW_VIEW, WHY_NOT
from messages.matching.history import NO_RECORD, ReviewHistory, proposed
from messages.matching.proposals import proposal, propose_button, release_button
from messages.matching.unmatched import offers, unmatched, who_is_told
from messages.programmes.cohorts import day
from messages.text import plural
from messages.voice import Voice, capital

PROPOSALS_ON_A_PAGE = 12


@dataclass(frozen=True)
class ReviewData:
    """A round, and what there is to see in it, found out once: to ask who is free means to look through everything."""

    round: MatchingRound
    proposals: Sequence[Match]
    approved: int
    mentees: Sequence[Application]
    mentors: Sequence[Application]

    @property
    def can_pair(self) -> bool:
        return bool(self.mentees and self.mentors)


def view(
    round_: MatchingRound, page: int, *, by: str, just_proposed: bool = False, record: ReviewHistory = NO_RECORD
) -> dict[str, Any]:
    """For the owner `by`; a `page` that is not there (any more) is the nearest one.

    `just_proposed` when they have just asked for proposals, so that an empty answer is explained; `record` is what was
    decided in the round.
    """
    proposals = round_.proposals()
    pages = max(1, -(-len(proposals) // PROPOSALS_ON_A_PAGE))
    page = min(max(page, 0), pages - 1)
    meta = FormMetadata(form=REVIEW_VIEW, about=str(page)).dump()
    if round_.cohort.closed_on:
        closed = f"This round was closed on {day(round_.cohort.closed_on)}, and nobody is matched in it any more."
        return modal(REVIEW_VIEW, TITLE, [section(closed)], private_metadata=meta)
    approved = sum(not match.still_needs(round_.owners) for match in proposals)
    seen = ReviewData(round_, proposals, approved, round_.pool(Role.MENTEE), round_.pool(Role.MENTOR))
    blocks: list[Block] = [*facts(_counts(seen))]
    if said := proposed(record.solving, round_, by):
        blocks.append(context(said))
    blocks.append(section(_next_step(seen, just_proposed)))
    if buttons := _buttons(seen):
        blocks.append(actions(*buttons))
    blocks += _proposals(seen, page, pages, by, record)
    blocks += offers(round_)
    blocks += unmatched(round_)
    return modal(REVIEW_VIEW, TITLE, blocks, private_metadata=meta)


def page_of(view: Mapping[str, Any]) -> int:
    """Which page an open review shows, to show it again. Raises ValueError for a view that is no review of ours."""
    return int(meta_of(view).about)


def _counts(seen: ReviewData) -> list[tuple[str, str]]:
    voice = Voice(seen.round.programme)
    places = sum(seen.round.free_places(mentor) for mentor in seen.mentors)
    waiting = sum(match.state is MatchState.OFFERED for match in seen.round.matches.values())
    return [
        (f"{capital(voice.mentees)} without a match", str(len(seen.mentees))),
        (f"{capital(voice.mentors)} with a place", f"{len(seen.mentors)} ({plural(places, 'place', 'places')})"),
        ("Proposals to decide on", str(len(seen.proposals))),
        ("Waiting for an answer", str(waiting)),
    ]


def _next_step(seen: ReviewData, just_proposed: bool) -> str:
    voice = Voice(seen.round.programme)
    if seen.approved:
        ready = f"{plural(seen.approved, 'proposal has', 'proposals have')} all the approvals needed. Press Release"
        ready += f" when you would like {'it' if seen.approved == 1 else 'them'} to go out."
        return " ".join(filter(None, (f"*Next step*\n{ready}", who_is_told(seen.round, seen.approved))))
    if seen.proposals:
        decide = "two owners approve each" if len(seen.round.owners) > 1 else "approve each one that you agree with"
        return f"*Next step*\nLook through the proposals below: {decide}. Then they can be released."
    if seen.can_pair and just_proposed:
        return (
            "*No proposals*\nAmong the people who are free, no two go together: they have no topic in common, one is "
            "the other’s manager, or it was tried before. A change to an application may help, or somebody new."
        )
    if seen.can_pair:
        return "*Next step*\nPress Propose matches. Nobody hears of a proposal before you release it."
    if seen.mentees:
        words = f"A word to possible {voice.mentors} may help: they find the form with `{COMMAND}`."
        return f"*Next step*\nThere is no free place. {words}"
    if any(a.state is ApplicationState.OPEN for a in seen.round.applications.values()):
        return f"*Nothing to do*\nThere is no {voice.mentee} without a match at the moment."
    return f"*Next step*\nNobody has applied yet. Tell people about `{COMMAND}`, and they find the form there."


def _buttons(seen: ReviewData) -> list[ButtonElement]:
    buttons = [release_button(seen.round, seen.approved)] if seen.approved else []
    if seen.round.undecided() or seen.can_pair:
        buttons.append(propose_button(seen.round, style=None if seen.approved else "primary"))
    if seen.can_pair or (seen.round.undecided() and (seen.mentees or seen.mentors)):
        buttons.append(button("Pair two by hand", PAIR_BY_HAND))
    if {a.role for a in seen.round.applications.values() if not a.waits_for_next(seen.round.cohort)} == set(Role):
        buttons.append(button("Why not these two?", WHY_NOT))
    return buttons


def _proposals(seen: ReviewData, page: int, pages: int, by: str, record: ReviewHistory) -> list[Block]:
    if not seen.proposals:
        return []
    which = f", page {page + 1} of {pages}" if pages > 1 else ""
    blocks: list[Block] = [section(f"*Proposals, best first*{which}")]
    if page:
        blocks.append(actions(button("Previous page", REVIEW_PAGE, str(page - 1))))
    for match in seen.proposals[page * PROPOSALS_ON_A_PAGE :][:PROPOSALS_ON_A_PAGE]:
        blocks += [DividerBlock(), *proposal(seen.round, match, by, record)]
    blocks.append(DividerBlock())
    if page + 1 < pages:
        blocks.append(actions(button("Next page", REVIEW_PAGE, str(page + 1))))
    return blocks


TITLE = "Match people"


def looking(programme: Programme, round_: MatchingRound | None = None) -> dict[str, Any]:
    """The view; with the `round_` that is being matched it says how many people that is."""
    meta = FormMetadata(form=REVIEW_VIEW, about="0").dump()
    words = (
        f"*{at_it(programme, round_)}* You can wait here, or close this: the proposals come onto the desk as soon as "
        "we have them, and nobody hears of them before you release them."
    )
    return modal(REVIEW_VIEW, TITLE, [section(words)], private_metadata=meta)


def at_it(programme: Programme, round_: MatchingRound | None = None) -> str:
    """That we are at it, as a sentence in mrkdwn."""
    if round_ is None:
        return "Looking for the best matches."
    voice = Voice(programme)
    found = round_.without_undecided()
    mentees, mentors = len(found.pool(Role.MENTEE)), len(found.pool(Role.MENTOR))
    return (
        f"Looking for the best matches: {plural(mentees, voice.mentee, voice.mentees)}, "
        f"{plural(mentors, voice.mentor, voice.mentors)}."
    )
