"""The evaluation report (D0.17, D0.19, D1.23): what a sponsor reads in five minutes, with all comments at the end."""

from collections.abc import Iterator, Sequence
from typing import Final

from mentoring.applications.application import Role
from mentoring.core.programmes import Programme
from mentoring.evaluation.counts import FEW, ShownCount, shown
from mentoring.evaluation.figures import Evaluation, RoundFigures
from mentoring.evaluation.suggestions import suggestions
from mentoring.feedback.answers import MOST_RATING
from mentoring.feedback.groups import LEAST_PEOPLE
from mentoring.owner_record import OwnerAction
from mentoring.status import LEAST_SHOWN
from messages.evaluation.answers import answers, answers_shown
from messages.evaluation.comments import all_comments, comments
from messages.evaluation.document import (
    BarChart,
    BulletList,
    Document,
    DocumentSection,
    DocumentTable,
    Element,
    Paragraph,
    Typed,
)
from messages.evaluation.outcomes import before_and_after, changes, further_answers, to_learn
from messages.evaluation.suggestions import change, reason
from messages.evaluation.words import QUESTIONS, average, average_out_of, count, round_name, subtitle
from messages.text import plural
from messages.voice import Voice, capital

_ACTIONS: Final = {
    OwnerAction.NUDGED: "Reminded two people to meet",
    OwnerAction.ASKED: "Asked two people how it’s going",
    OwnerAction.OFFERED_HELP: "Offered help",
    OwnerAction.ENTERED: "Entered an application for someone",
}
_EXACT_BELOW: Final = 20
"""From here on, presses are rounded to tens: a press may be lost when the bot stops."""


def report(evaluation: Evaluation) -> Document:
    """The report about the newest round, beside the one before it."""
    plain = Voice(evaluation.programme, marked=False)
    title = f"{plain.name}: evaluation report"
    figures = evaluation.round
    purpose = DocumentSection("purpose", "Purpose and objectives", tuple(_purpose(evaluation.programme)))
    if figures.is_empty:
        nothing = DocumentSection("nothing", "Nothing to show yet", tuple(_nothing(plain)))
        rest = (nothing, *_next_time(figures), _how(plain))
        return Document(title, subtitle(evaluation), (purpose, *rest))
    sections = [
        DocumentSection("glance", "At a glance", (BulletList(tuple(_glance(figures, plain))),)),
        purpose,
        DocumentSection("people", "Who took part", tuple(_people(figures, plain))),
        DocumentSection("meetings", "Meetings", tuple(_meetings(figures, plain))),
        DocumentSection("answers", "What people said", (*answers(figures, plain), *further_answers(figures))),
        *before_and_after(figures),
        *comments(figures),
        DocumentSection("training", "Training needs", (*to_learn(figures), *_topics(figures, plain))),
        DocumentSection("owners", "What the owners did", tuple(_owners(figures))),
        *_compared(evaluation, plain),
        *_suggested(evaluation),
        *_next_time(figures),
        _how(plain),
        *all_comments(figures),
    ]
    return Document(title, subtitle(evaluation), tuple(sections))


def _nothing(plain: Voice) -> Iterator[Element]:
    yield Paragraph(
        f"Fewer than {LEAST_SHOWN} {plain.mentees} and fewer than {LEAST_SHOWN} {plain.mentors} have applied for this "
        "round in time, and no answers can be shown. This page fills by itself as people apply, meet and answer."
    )


def _purpose(programme: Programme) -> Iterator[Element]:
    if programme.purpose:
        yield Typed(programme.purpose)
    if programme.objectives:
        yield Paragraph("What the programme wants to reach:")
        yield BulletList(programme.objectives)
    if programme.definition:
        yield Paragraph("What mentoring means here:")
        yield Typed(programme.definition)
    if programme.is_pilot:
        yield Paragraph("This round was a pilot.")
    if not (programme.purpose or programme.objectives):
        yield Paragraph("The owners haven’t written down a purpose or objectives. They can do so in Settings.")


def _glance(figures: RoundFigures, plain: Voice) -> Iterator[str]:
    mentees, mentors = (figures.roles[role] for role in (Role.MENTEE, Role.MENTOR))
    yield f"Applied in time: {count(mentees.applied)} {plain.mentees} and {count(mentors.applied)} {plain.mentors}."
    yield f"{capital(plain.partnerships)}: {count(figures.partnerships)}."
    if figures.months:
        yield f"Meetings: {figures.logged:,} logged, {figures.asked:,} asked for{_share(figures)}."
    for each in figures.questions:
        if each.summary.shown:
            name, asked = QUESTIONS[each.question]
            yield f"{name}, “{asked}”: {average_out_of(each.summary)}, from {answers_shown(each.summary)}."
    if told := list(changes(figures)):
        yield f"The same people before and after, from 1 to {MOST_RATING}. {'; '.join(told)}."
    if mentees.unmatched.least:
        yield f"{capital(plain.mentees)} without a match: {count(mentees.unmatched)}."


def _share(figures: RoundFigures) -> str:
    return f", which is {round(100 * figures.logged / figures.asked)}%" if figures.asked else ""


def _people(figures: RoundFigures, plain: Voice) -> Iterator[Element]:
    yield DocumentTable(
        "People who applied in time",
        ("", capital(plain.mentees), capital(plain.mentors)),
        (
            ("Applied", *(count(figures.roles[role].applied) for role in _ROLES)),
            ("Found a match", *(count(figures.roles[role].matched) for role in _ROLES)),
            ("Found no one", *(count(figures.roles[role].unmatched) for role in _ROLES)),
        ),
    )
    counted = [("Formed", figures.partnerships)]
    if figures.active.exact:  # else nearly all are over, or have just begun
        counted += [("Active now", figures.active), ("Completed or ended", figures.over)]
    yield DocumentTable(
        capital(plain.partnerships),
        ("", capital(plain.partnerships)),
        tuple((name, count(number)) for name, number in counted),
    )
    yield Paragraph("People who found no one keep their application for the next round, and their wait counts.", True)


_ROLES: Final = (Role.MENTEE, Role.MENTOR)


def _meetings(figures: RoundFigures, plain: Voice) -> Iterator[Element]:
    months = figures.months
    if not months:
        yield Paragraph(f"No month has at least {LEAST_SHOWN} meetings of at least {LEAST_SHOWN} people yet.")
        return
    yield Paragraph(
        f"{figures.logged:,} meetings were logged, and {figures.asked:,} were asked for{_share(figures)}. "
        f"The programme asks of each of its {plain.partnerships} a number of meetings in a month, without pauses."
    )
    names = tuple(f"{each.month:%b} {each.month.year}" for each in months)
    told = "; ".join(
        f"{name}: {each.logged} logged, {each.asked} asked for" for name, each in zip(names, months, strict=True)
    )
    yield BarChart(
        "Meetings in each month",
        f"Meetings in each month. {told}.",
        names,
        (
            ("Logged", tuple(float(each.logged) for each in months)),
            ("Asked for", tuple(float(each.asked) for each in months)),
        ),
    )
    yield DocumentTable(
        "Meetings in each month",
        ("Month", "Logged", "Asked for"),
        tuple((name, f"{each.logged:,}", f"{each.asked:,}") for name, each in zip(names, months, strict=True)),
    )
    if figures.left_out:
        yield Paragraph(f"{plural(figures.left_out, 'month', 'months')} with few meetings not shown.", True)


def _topics(figures: RoundFigures, plain: Voice) -> Iterator[Element]:
    if not figures.topics:
        yield Paragraph(f"No topic was asked for or offered by at least {LEAST_SHOWN} people.")
        return
    yield Paragraph(f"What {plain.mentees} would like to talk about, and what {plain.mentors} offer.")
    yield DocumentTable(
        "Topics",
        ("Topic", f"{capital(plain.mentees)} who ask", f"{capital(plain.mentors)} who offer"),
        tuple((each.topic, count(each.asked), count(each.offered)) for each in figures.topics),
    )
    if gaps := [each.topic for each in figures.topics if each.asked.least > (each.offered.most or 0)]:
        yield Paragraph("More people ask than offer:")
        yield BulletList(tuple(gaps))


def _owners(figures: RoundFigures) -> Iterator[Element]:
    owners = figures.owners
    yield DocumentTable(
        "What the owners did",
        ("", "Times"),
        (
            ("Buttons, forms and commands", _presses(owners.effort.presses)),
            ("Messages that reached them", count(shown(owners.effort.messages))),
            ("Approved a proposal for a match", count(owners.approved)),
            ("Rejected a proposal", count(owners.refused)),
            *((_ACTIONS[action], count(times)) for action, times in owners.actions.items()),
        ),
    )


def _presses(presses: int) -> str:
    return count(shown(presses)) if presses < _EXACT_BELOW else f"about {round(presses, -1):,}"


def _compared(evaluation: Evaluation, plain: Voice) -> Iterator[DocumentSection]:
    earlier = evaluation.earlier
    if earlier is None:
        return
    rounds = (evaluation.round, earlier)
    rows: list[tuple[str, ...]] = []

    def row(name: str, numbers: Sequence[ShownCount]) -> None:
        if any(number != FEW for number in numbers):
            rows.append((name, *map(count, numbers)))

    for role, name in zip(_ROLES, (plain.mentees, plain.mentors), strict=True):
        row(f"{capital(name)} applied", [each.roles[role].applied for each in rounds])
        row(f"{capital(name)} who found no one", [each.roles[role].unmatched for each in rounds])
    row(capital(plain.partnerships), [each.partnerships for each in rounds])
    shares = [f"{each.logged:,} of {each.asked:,}" if each.months else "not shown" for each in rounds]
    rows.append(("Meetings logged, of those asked for", *shares))
    by_question = [{each.question: each.summary for each in figures.questions} for figures in rounds]
    for question, (name, _) in QUESTIONS.items():
        found = [summaries.get(question) for summaries in by_question]
        if any(each and each.shown for each in found):
            rows.append((f"{name}, average from 1 to {MOST_RATING}", *map(average, found)))
    head = ("", *(capital(round_name(each.cohort)) for each in rounds))
    table = DocumentTable("Two rounds", head, tuple(rows))
    words = "Different people took part in the two rounds, and months with few meetings are left out."
    yield DocumentSection("compared", "Two rounds side by side", (table, Paragraph(words, True)))


def _suggested(evaluation: Evaluation) -> Iterator[DocumentSection]:
    programme, figures = evaluation.programme, evaluation.round
    found = tuple(
        f"{change(each, programme)}. {reason(each, figures, programme)}." for each in suggestions(programme, figures)
    )
    if found:
        words = "The owners decide. Nothing changes by itself."
        elements = (BulletList(found), Paragraph(words, True))
        yield DocumentSection("suggested", "What the figures suggest", elements)


def _next_time(figures: RoundFigures) -> Iterator[DocumentSection]:
    if figures.next_time:
        yield DocumentSection("next", "What we’ll do next time", (Typed(figures.next_time),))


def _how(plain: Voice) -> DocumentSection:
    return DocumentSection(
        "how",
        "How the figures were made",
        (
            BulletList(
                (
                    f"Numbers below {LEAST_SHOWN} are not shown, and neither are numbers from which they could be "
                    "computed. “Or more” stands where a smaller number beside it is not shown.",
                    f"Answers are counted on Mondays, in groups of at least {LEAST_PEOPLE} people. A group never "
                    "changes. Averages near the end of the scale read “4.5 or more” or “1.5 or less”.",
                    "Comments are shown without names, as they were typed, in no order. Someone may recognise what "
                    "or how a person writes.",
                    f"Nothing shows what someone decided: how a check-in was answered, or which {plain.partnership} "
                    "ended early.",
                    "Meetings are those that people logged. A meeting that no one logged is missing.",
                    "“Applied” counts each person once in a role. People whose application was withdrawn or late are "
                    "not counted.",
                    "The bot sends this report to the programme owners alone. They decide who else gets it.",
                )
            ),
        ),
    )
