"""One proposal of the review, and the buttons of the review."""

from slack_sdk.models.blocks import Block, ButtonElement

from mentoring.applications.application import Application
from mentoring.matching.decisions import DecisionKind
from mentoring.matching.match import Match
from mentoring.matching.round import MatchingRound
from messages.blocks import actions, button, confirm, context, listing, overflow, section
from messages.ids import APPROVE, MORE, OPEN_APPLICATION, OPEN_REVIEW, PROPOSE, REFUSE, RELEASE, MenuAction
from messages.matching.history import NO_RECORD, ReviewHistory, exception, named, signed
from messages.matching.reasons import because
from messages.matching.unmatched import who_is_told
from messages.text import escape, join, mention, plural
from messages.voice import Voice


def open_review_button(*, style: str | None = None) -> ButtonElement:
    return button("Open the desk", OPEN_REVIEW, style=style)


def propose_button(round_: MatchingRound, *, style: str | None = None) -> ButtonElement:
    """Asks first where proposals would be replaced."""
    if not round_.undecided():
        return button("Propose matches", PROPOSE, style=style)
    asks = confirm(
        "Propose anew?",
        "The proposals that nobody has approved yet are replaced by new ones. The others stay.",
        yes="Propose anew",
        no="Keep them",
    )
    return button("Propose anew", PROPOSE, confirm=asks)


def release_button(round_: MatchingRound, approved: int) -> ButtonElement:
    """So many proposals have all the approvals that they need."""
    if round_.programme.ask_first:
        words = "Both people of each match are asked privately, and have seven days to answer."
    else:
        words = "The two people of each match are introduced to each other at once."
    words = " ".join(filter(None, (words, who_is_told(round_, approved), "This cannot be taken back.")))
    asks = confirm(f"Release {plural(approved, 'match', 'matches')}?", words, yes="Release", no="Not yet")
    return button(f"Release {approved} approved", RELEASE, style="primary", confirm=asks)


def approve_button(match: Match) -> ButtonElement:
    return button("Approve", APPROVE, match.id, style="primary")


def refuse_button(match: Match) -> ButtonElement:
    asks = confirm(
        "Refuse this proposal?",
        "These two are not proposed to each other again in this round. Neither of them hears of it.",
        yes="Refuse",
        no="Go back",
    )
    return button("Refuse", REFUSE, match.id, confirm=asks)


MOST_OF_TOPICS = 300


def proposal(round_: MatchingRound, match: Match, by: str, record: ReviewHistory = NO_RECORD) -> list[Block]:
    """Five blocks, with the buttons that the owner `by` may press."""
    voice = Voice(round_.programme)
    record = record.of(match)
    why = f"{new(match, record)}*{match.score} of 100.* {because(match.reasons, round_.programme, to_owners=True)}"
    apart = exception(match, record, voice, by)
    said = [*next_best(round_, match), _decided(round_, match, by, record)]
    blocks: list[Block] = [
        _person(match.mentee, voice.mentee, round_.applications.get(match.mentee_application)),
        _person(match.mentor, voice.mentor, round_.applications.get(match.mentor_application)),
        section("\n".join(filter(None, (why, apart)))),
        context("\n".join(said)),
    ]
    return [*blocks, *_buttons(round_, match, by)]


def _buttons(round_: MatchingRound, match: Match, by: str) -> list[Block]:
    if by not in match.may_approve(round_.owners):
        return []
    approves = by not in match.approvals and match.still_needs(round_.owners)
    more = [
        (_deed(MenuAction.SWAP, match), f"Swap {Voice(round_.programme, marked=False).mentors} with another"),
        (_deed(MenuAction.FORBID, match), "Never match these two"),
    ]
    if match.pinned_by:
        more.insert(0, (_deed(MenuAction.UNPIN, match), "Let it go again"))
    elif match in round_.undecided():
        more.insert(0, (_deed(MenuAction.PIN, match), "Keep it when proposing anew"))
    return [
        actions(
            *([approve_button(match)] if approves else []),
            refuse_button(match),
            overflow(MORE, more),
        )
    ]


def _deed(deed: MenuAction, match: Match) -> str:
    return f"{deed}:{match.id}"


def _person(person: str, word: str, application: Application | None) -> Block:
    """Who it is, with a button to read all that they sent."""
    if application is None:
        return section(f"*{mention(person)}*, {word}")
    work = [escape(words) for words in (application.department, application.grade) if words]
    topics = listing(application.topics, MOST_OF_TOPICS, "and")
    wish = plural(application.months, "month", "months")
    words = f"*{mention(person)}*, {', '.join([word, *work])}\n{topics or 'No topic'}, {wish}"
    return section(words, button("Read", OPEN_APPLICATION, application.id))


def new(match: Match, record: ReviewHistory) -> str:
    return "New. " if record.is_new(match) else ""


def next_best(round_: MatchingRound, match: Match) -> list[str]:
    """Who would be next for either of the two, whose application is still there; a line, or none."""
    found = [
        (person, other)
        for person, other in ((match.mentee, match.other_mentor), (match.mentor, match.other_mentee))
        if other and round_.is_there(other)
    ]
    said = [f"or {mention(person)}: {mention(other.person)} ({other.score})." for person, other in found]
    return [f"Next best f{' F'.join(said)}"] if said else []


def _decided(round_: MatchingRound, match: Match, by: str, record: ReviewHistory) -> str:
    said = []
    if match.paired_by:
        at = record.when(match.paired_by, DecisionKind.PAIRED, DecisionKind.SWAPPED)
        approved = " and approved" if match.paired_by in match.approvals else ""
        said.append(f"Paired by hand{approved} by {signed(match.paired_by, by, at)}.")
    if match.pinned_by:
        kept = signed(match.pinned_by, by, record.when(match.pinned_by, DecisionKind.PINNED))
        said.append(f"Kept by {kept}: it stays when you propose anew.")
    if others := [owner for owner in match.approvals if owner != match.paired_by]:
        said.append(f"Approved by {join([signed(o, by, record.when(o, DecisionKind.APPROVED)) for o in others])}.")
    missing = match.still_needs(round_.owners)
    if not missing:
        return " ".join([*said, "Ready to be released."])
    left = [owner for owner in match.may_approve(round_.owners) if owner not in match.approvals]
    whose = join([named(owner, by) for owner in left], "or" if missing < len(left) else "and")
    said.append(f"{plural(missing, 'approval', 'approvals')} missing, from {whose}.")
    if by in match.people and by not in match.may_approve(round_.owners):
        said.append("You are part of this one, so somebody else decides.")
    return " ".join(said)
