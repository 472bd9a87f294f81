"""One proposal on the desk: two people, why, and who has approved it."""

from slack_sdk.models.blocks import Block

from mentoring.application import Application
from mentoring.match import Match
from mentoring.round import Round
from messages.blocks import actions, button, confirm, context, listing, section
from messages.ids import APPROVE, OPEN_APPLICATION, REFUSE
from messages.reasons import because
from messages.text import escape, join, mention, plural
from messages.voice import Voice

MOST_OF_TOPICS = 300


def proposal(round_: Round, match: Match, by: str) -> list[Block]:
    """Five blocks, with the buttons that the owner `by` may press."""
    voice = Voice(round_.programme)
    reasons = because(match.reasons, round_.programme, to_owners=True)
    asks = confirm(
        "Refuse this proposal?",
        "These two are not proposed to each other again in this round. Neither of them hears of it.",
        yes="Refuse",
        no="Go back",
    )
    decides = by in match.may_approve(round_.owners)
    buttons = [button("Refuse", REFUSE, match.id, confirm=asks)] if decides else []
    if _may_approve(round_, match, by):
        buttons.insert(0, button("Approve", APPROVE, match.id, style="primary"))
    return [
        _person(match.mentee, voice.mentee, round_.applications.get(match.mentee_application)),
        _person(match.mentor, voice.mentor, round_.applications.get(match.mentor_application)),
        section(f"*{match.score} of 100.* {reasons}"),
        context(_approvals(round_, match, by)),
        *([actions(*buttons)] if buttons else []),
    ]


def _person(person: str, word: str, application: Application | None) -> Block:
    """Who it is, with a button to read all that they sent."""
    if application is None:
        return section(f"*{mention(person)}*, {word}")
    work = [escape(words) for words in (application.department, application.grade) if words]
    topics = listing(application.topics, MOST_OF_TOPICS, "and")
    wish = plural(application.months, "month", "months")
    words = f"*{mention(person)}*, {', '.join([word, *work])}\n{topics or 'No topic'}, {wish}"
    return section(words, button("Read", OPEN_APPLICATION, application.id))


def _may_approve(round_: Round, match: Match, by: str) -> bool:
    return (
        by in match.may_approve(round_.owners) and by not in match.approvals and bool(match.still_needs(round_.owners))
    )


def _approvals(round_: Round, match: Match, by: str) -> str:
    said = [f"Paired by hand by {_named(match.paired_by, by)}."] if match.paired_by else []
    if match.approvals:
        said.append(f"Approved by {join([_named(owner, by) for owner in match.approvals])}.")
    missing = match.still_needs(round_.owners)
    if not missing:
        return " ".join([*said, "Ready to be released."])
    left = [owner for owner in match.may_approve(round_.owners) if owner not in match.approvals]
    whose = join([_named(owner, by) for owner in left], "or" if missing < len(left) else "and")
    said.append(f"{plural(missing, 'approval', 'approvals')} missing, from {whose}.")
    if by in match.people and by not in match.may_approve(round_.owners):
        said.append("You are part of this one, so somebody else decides.")
    return " ".join(said)


def _named(owner: str, by: str) -> str:
    return "you" if owner == by else mention(owner)
