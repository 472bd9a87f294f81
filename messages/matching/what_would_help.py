"""What would help people without a match, for owners: figures about rules, and about nobody by name."""

from typing import Any

from slack_sdk.models.blocks import Block, ButtonElement

from mentoring.core.programmes import Segment
from mentoring.matching.optimiser import BEST
from mentoring.matching.round import MatchingRound
from mentoring.matching.what_would_help import Gain, RuleChange, WhatWouldHelp, last_day_for_all, late_applications
from mentoring.programmes.settings import Part
from messages.blocks import button, modal, section, small_print
from messages.ids import COMMAND, OPEN_SETUP, WHAT_WOULD_HELP, WHAT_WOULD_HELP_VIEW
from messages.matching.comparison import TITLE as CHECK_A_PAIR
from messages.programmes.cohorts import day
from messages.text import join, plural
from messages.voice import Voice, capital

TITLE = "What would help"


def what_would_help_button() -> ButtonElement:
    return button(TITLE, WHAT_WOULD_HELP)


def what_would_help_soon() -> dict[str, Any]:
    """The view while the figures are computed."""
    words = (
        "*One moment…* I’m working out what would help. This can take a minute if many people have applied. If you "
        f"close this, nothing is lost: press {TITLE} again."
    )
    return modal(WHAT_WOULD_HELP_VIEW, TITLE, [section(words)])


def what_would_help_view(round_: MatchingRound, found: WhatWouldHelp) -> dict[str, Any]:
    """The view with the figures. `found` is about `round_`."""
    blocks: list[Block] = [section(_today(round_, found)), *_gains(round_, found)]
    if found.gains:
        blocks += [small_print(words) for words in (_no_gain(round_, found), _explained(round_, found)) if words]
    return modal(WHAT_WOULD_HELP_VIEW, TITLE, blocks)


def _today(round_: MatchingRound, found: WhatWouldHelp) -> str:
    voice = Voice(round_.programme)
    if not found.without_match:
        return f"If you propose matches now, no {voice.mentee} is left without a match."
    are = "is" if found.without_match == 1 else "are"
    without = plural(found.without_match, voice.mentee, voice.mentees)
    return f"If you propose matches now, *{without} {are} left without a match*."


def _gains(round_: MatchingRound, found: WhatWouldHelp) -> list[Block]:
    """The changes that help, each with a button to the setting; or that nothing does, or need to."""
    if not found.gains and not found.without_match:
        return [section("You don’t need to change anything.")]
    if not found.gains:
        return [section(f"*Nothing you can change would help*\n{_nothing(round_, found)}")]
    first = found.gains[0]
    if len(first.changes) > 1:
        heading = f"*No single change helps, but these two together do: {_more(first)}*"
        return [section(heading), *(_line(change_words(round_, change), change) for change in first.changes)]
    lines = [(f"*{capital(change_words(round_, gain.changes[0]))}:* {_more(gain)}", gain) for gain in found.gains]
    return [section("*One change at a time*"), *(_line(words, gain.changes[0]) for words, gain in lines)]


def _line(words: str, change: RuleChange) -> Block:
    part = _PARTS.get(change)
    if part is None:
        return section(f"• {capital(words)}")
    return section(f"• {capital(words)}", button("Change", OPEN_SETUP, part, accessibility_label=_READS[change]))


def _more(gain: Gain) -> str:
    more = plural(gain.more, "more match", "more matches")
    return more if gain.is_exact else f"at least {more}"


def _nothing(round_: MatchingRound, found: WhatWouldHelp) -> str:
    why = f"To see why two people aren’t matched, press {CHECK_A_PAIR} in Matches."
    if not found.no_gain:
        return f"You have set no rule that could be loosened. {why}"
    if len(found.no_gain) == 1:
        return f"{_no_gain(round_, found)} {why}"
    return f"{_no_gain(round_, found)} Nor would any two of them together. {why}"


def _no_gain(round_: MatchingRound, found: WhatWouldHelp) -> str:
    """The single changes that add nothing, in one line; "" if there are none."""
    words = [change_words(round_, change) for change in found.no_gain]
    if not words:
        return ""
    this = "This" if len(words) == 1 else "Each of these alone"
    return f"{this} would add no match: {'; '.join(words)}."


def _explained(round_: MatchingRound, found: WhatWouldHelp) -> str:
    voice = Voice(round_.programme)
    said = [f"In these figures all other rules stay as they are. After a change, close this and press {TITLE} again."]
    if any(RuleChange.MORE_PLACES in gain.changes for gain in found.gains):
        said.append(f"You can ask {voice.mentors} to offer another place: they type `{COMMAND} volunteer`.")
    return " ".join(said)


def change_words(round_: MatchingRound, change: RuleChange) -> str:
    """The change as part of a sentence, in mrkdwn: "minimum grade gap 1 instead of 2"."""
    voice, programme = Voice(round_.programme), round_.programme
    match change:
        case RuleChange.SMALLER_GAP:
            return f"minimum grade gap {programme.least_gap - 1} instead of {programme.least_gap}"
        case RuleChange.NO_GAP:
            return f"no minimum grade gap (now {programme.least_gap})"
        case RuleChange.ALL_MENTEES:
            return f"{voice.mentees} from {_every(programme.for_mentees)}"
        case RuleChange.ALL_MENTORS:
            return f"{voice.mentors} from {_every(programme.for_mentors)}"
        case RuleChange.ANY_HOURS:
            return "also people who share no working hours"
        case RuleChange.ANY_SCORE:
            return f"no minimum score (now {programme.weights.at_least} out of {BEST})"
        case RuleChange.MORE_PLACES:
            return f"one more place from each {voice.mentor} who offers fewer than {programme.most_places}"
        case RuleChange.LATE_APPLICATIONS:
            return _late(round_)


def _every(segment: Segment) -> str:
    lists = (("department", segment.departments), ("grade", segment.grades))
    return f"every {join([called for called, chosen in lists if chosen])}"


def _late(round_: MatchingRound) -> str:
    counted = plural(len(late_applications(round_)), "late application", "late applications")
    last = last_day_for_all(round_)
    what = "last day to apply" if last <= round_.cohort.starts_on else "last day to apply, and start of the round"
    return f"{counted} counted in this round ({what}: {day(last)})"


_PARTS = {
    RuleChange.SMALLER_GAP: Part.RULES,
    RuleChange.NO_GAP: Part.RULES,
    RuleChange.ALL_MENTEES: Part.RULES,
    RuleChange.ALL_MENTORS: Part.RULES,
    RuleChange.ANY_HOURS: Part.RULES,
    RuleChange.ANY_SCORE: Part.MATCHING,
    RuleChange.LATE_APPLICATIONS: Part.DATES,
}
"""The part of the settings in which each is changed. Places are up to the mentors."""

_READS = {
    RuleChange.SMALLER_GAP: "Change the minimum grade gap to a smaller one",
    RuleChange.NO_GAP: "Change the minimum grade gap to none",
    RuleChange.ALL_MENTEES: "Change which people can ask",
    RuleChange.ALL_MENTORS: "Change which people can offer",
    RuleChange.ANY_HOURS: "Change the rule on shared working hours",
    RuleChange.ANY_SCORE: "Change the minimum score",
    RuleChange.LATE_APPLICATIONS: "Change the last day to apply",
}
"""The buttons, as screen readers read them."""
