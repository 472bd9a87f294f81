"""The evidence in the evaluation for EMCC's ISMCP programme award (International Standards for Mentoring and Coaching
Programmes), standard by standard.

The six standards and their lines are in our words; EMCC's own template has more lines, and counts.
https://www.emccglobal.org/accreditation/ismcp/standards/
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from mentoring.applications.application import Role
from mentoring.evaluation.counts import FEW
from mentoring.evaluation.figures import Evaluation, RoundFigures
from messages.evaluation.document import BulletList, Document, DocumentSection, DocumentTable, Element, Paragraph
from messages.evaluation.words import QUESTIONS, average_out_of, count, subtitle
from messages.text import plural
from messages.voice import Voice

STANDARDS: Final = (
    "Clarity of purpose",
    "Training and briefing of stakeholders",
    "Selection and matching",
    "Measurement and review",
    "High standards of ethics",
    "Administration and support",
)
_HERE, _PRACTICE, _MISSING = "Evidence here", "Done by the bot", "To add"


@dataclass(frozen=True)
class AwardLine:
    """A line of a standard: what it asks, whether there is evidence, and which."""

    asks: str
    state: str
    evidence: str


def award_evidence(evaluation: Evaluation) -> Document:
    """The second view of the evaluation."""
    plain = Voice(evaluation.programme, marked=False)
    by_standard = [tuple(lines(evaluation, plain)) for lines in _LINES]
    missing = sum(line.state == _MISSING for lines in by_standard for line in lines)
    how: tuple[Element, ...] = (
        Paragraph(
            "ISMCP, the programme award of the EMCC (European Mentoring and Coaching Council), has six standards. "
            "Below is what this programme can show for each. The lines are a summary in our words: use EMCC’s template "
            "for an application."
        ),
        BulletList(
            (
                f"{_HERE}: the evaluation report or the programme’s settings show it.",
                f"{_PRACTICE}: the bot does it for everyone in the programme. Its documentation says how.",
                f"{_MISSING}: nothing shows it yet. {plural(missing, 'line is', 'lines are')} to add.",
            )
        ),
    )
    sections = [
        DocumentSection(f"standard{number}", f"{number}. {name}", (_table(name, lines),))
        for number, (name, lines) in enumerate(zip(STANDARDS, by_standard, strict=True), 1)
    ]
    title = f"{plain.name}: evidence for the ISMCP award"
    return Document(title, subtitle(evaluation), (DocumentSection("how", "How to read this", how), *sections))


def _table(name: str, lines: tuple[AwardLine, ...]) -> DocumentTable:
    rows = tuple((line.asks, line.state, line.evidence) for line in lines)
    return DocumentTable(
        f"What “{name}” asks for", ("The standard asks for", "State", "Evidence"), rows, has_numbers=False
    )


def _shown(asks: str, *, found: bool, evidence: str, missing: str) -> AwardLine:
    return AwardLine(asks, _HERE, evidence) if found else AwardLine(asks, _MISSING, missing)


def _purpose(evaluation: Evaluation, plain: Voice) -> Iterator[AwardLine]:
    programme = evaluation.programme
    yield _shown(
        "Drivers and objectives that are defined",
        found=bool(programme.purpose and programme.objectives),
        evidence=f"Report, “Purpose and objectives”: a purpose and {_counted(len(programme.objectives), 'objective')}.",
        missing="Write down the purpose and the objectives in Settings.",
    )
    yield AwardLine(
        "Outcomes that all involved understand",
        _PRACTICE,
        "Everyone reads the purpose and the objectives with /mentor, before they apply. Sponsors get a page a month."
        + (" The expectations are published." if programme.expectations_url else ""),
    )
    yield _shown(
        "Aims of learning for each pair",
        found=programme.has_plans or programme.has_agreements,
        evidence=_offered(programme.has_plans, "a plan with goals", programme.has_agreements, "a signed agreement"),
        missing="Switch on plans with goals or agreements in Settings. Then people can write them.",
    )


def _briefing(evaluation: Evaluation, plain: Voice) -> Iterator[AwardLine]:
    programme = evaluation.programme
    yield _shown(
        "A shared idea of mentoring, and clear roles",
        found=bool(programme.definition and programme.mentee_responsibilities and programme.mentor_responsibilities),
        evidence="Settings: what mentoring means here, and what each role is responsible for.",
        missing="Write down what mentoring means here and what each role is responsible for, in Settings.",
    )
    yield _shown(
        "Skills that people need, and gaps that are noticed",
        found=bool(evaluation.round.topics),
        evidence="Report, “Training needs”. The check-in asks each person what they would like to learn.",
        missing="The report shows training needs once enough people have applied.",
    )
    yield _shown(
        "Support for learning during the first year",
        found=bool(programme.referrals or programme.contact),
        evidence=_offered(
            bool(programme.contact), "a named contact", bool(programme.referrals), "a list of places to go"
        ),
        missing="Name a contact and places to refer people to, in Settings.",
    )


def _matching(evaluation: Evaluation, plain: Voice) -> Iterator[AwardLine]:
    programme, figures = evaluation.programme, evaluation.round
    mentees = figures.roles[Role.MENTEE]
    approvers = "Two people approve" if programme.approvals > 1 else "An owner approves"
    yield AwardLine(
        "A method of matching that people understand",
        _PRACTICE,
        f"Each match comes with its reasons. {approvers} each one. Exceptions are logged.",
    )
    yield _shown(
        f"{plain.mentors[:1].upper()}{plain.mentors[1:]} who fit what {plain.mentees} need",
        found=mentees.applied != FEW,
        evidence=f"Report, “Who took part” and “Training needs”: {count(mentees.matched)} of "
        f"{count(mentees.applied)} {plain.mentees} found a match.",
        missing="The report shows it once enough people have applied.",
    )
    yield _shown(
        "A say for both in whether they are matched, and with whom",
        found=programme.ask_first,
        evidence="Both are asked before they are introduced, and either can decline without a reason.",
        missing="Switch on “Ask people before we introduce them” in Settings.",
    )
    yield AwardLine(
        "Matches that don’t work are ended, and people matched again",
        _PRACTICE,
        "Either person can end it at any time without a reason, and ask for another match.",
    )


def _review(evaluation: Evaluation, plain: Voice) -> Iterator[AwardLine]:
    figures = evaluation.round
    yield AwardLine(
        "Problems of single pairs are noticed",
        _PRACTICE,
        "Reminders to meet, a check-in with each person alone, help in confidence, and alarms for the owners when no "
        "meeting is logged.",
    )
    yield _shown(
        "Timely changes to the programme",
        found=bool(figures.next_time),
        evidence="Report, “What we’ll do next time”.",
        missing="Write what you’ll do next time: choose Evaluation report in the status.",
    )
    yield _shown(
        "An analysis of impact, costs and benefits",
        found=figures.has_answers,
        evidence=f"Report, “What people said”: {_averages(figures)}. “What the owners did” shows the work it took.",
        missing="Averages appear once at least five people have answered.",
    )


def _ethics(evaluation: Evaluation, plain: Voice) -> Iterator[AwardLine]:
    programme = evaluation.programme
    yield AwardLine(
        "Roles that are defined and communicated",
        _PRACTICE,
        "Owners, committee, sponsors and participants each see what their role may see. Owners’ acts are recorded.",
    )
    yield _shown(
        "Guidelines for behaviour",
        found=bool(programme.expectations_url),
        evidence="The expectations are published, and each person agrees to them when they apply.",
        missing="Publish what you ask of people, and add the link in Settings. Introductions have the ground rules.",
    )
    yield AwardLine(
        "Confidentiality, and a way to raise concerns",
        _PRACTICE,
        "Notes stay between the two. Answers are shown in groups without names. Help can be asked for in confidence.",
    )


def _support(evaluation: Evaluation, plain: Voice) -> Iterator[AwardLine]:
    owners = evaluation.round.owners
    yield AwardLine(
        "People are supported all the way through",
        _PRACTICE,
        "From applying to the end, each step tells what comes next and when, with a contact for questions.",
    )
    yield _shown(
        "A programme that is managed",
        found=bool(owners.effort),
        evidence="Report, “What the owners did”.",
        missing="The report shows it once owners have worked with the round.",
    )
    yield AwardLine(
        "Records that are kept with care",
        _PRACTICE,
        "Each person can read, correct and erase what is kept about them. The privacy page says how long it is kept.",
    )


_LINES: Final = (_purpose, _briefing, _matching, _review, _ethics, _support)


def _counted(number: int, one: str) -> str:
    return plural(number, one, f"{one}s")


def _offered(first: bool, one: str, second: bool, other: str) -> str:
    named = " and ".join(name for is_there, name in ((first, one), (second, other)) if is_there)
    return f"The programme offers {named}."


def _averages(figures: RoundFigures) -> str:
    shown = [each for each in figures.questions if each.summary.shown]
    return ", ".join(f"{QUESTIONS[each.question][0].lower()} {average_out_of(each.summary)}" for each in shown)
