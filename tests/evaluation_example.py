"""The evaluation of a made-up library of 150 people after two rounds, the same each time and at once: for tests.
`tests.two_rounds` lives such rounds in the local Slack.

What people did is drawn from a seed, and goes through the same rules as in a programme: answers are counted on Mondays
and put in groups, and the report shows what these rules give.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import count
from random import Random

from bot.demo.library.people import TOPICS
from mentoring.applications.application import Application, ApplicationState, MeetingMode, Role
from mentoring.core.lengths import add_months
from mentoring.core.programmes import Cohort, Programme
from mentoring.effort import Effort
from mentoring.evaluation.figures import Evaluation, RoundFigures, owner_figures, round_figures
from mentoring.feedback.answers import Audience, CheckInChoice, Feedback, Question
from mentoring.feedback.counts import AnswerCount, AnswersCounted
from mentoring.feedback.forming import count_answers
from mentoring.feedback.groups import FeedbackGroup, GroupFormed
from mentoring.feedback.items import OUTCOMES, FeedbackItem, HowOften, ItemAnswer, MentoringSkill
from mentoring.matching.decisions import DecisionKind
from mentoring.meetings.log import Meeting
from mentoring.owner_record import OwnerAction
from mentoring.partnerships.partnership import Partnership, PartnershipState

PROGRAMME = Programme(
    "p1",
    "Mentoring at the library",
    purpose="Help colleagues grow in their work, and help new ones to find their place here.",
    objectives=(
        "Each new colleague knows someone outside their team after six months.",
        "Colleagues who think about their next step have talked it through with someone experienced.",
        "People from all branches take part.",
    ),
    definition="A learning partnership: two people meet as equals, and both learn.",
    topics=TOPICS,
    contact="U0NORA",
    referrals=("Occupational health: for worries about health at work.",),
    has_agreements=True,
)
MADE_ON = date(2029, 3, 12)
NEXT_TIME = (
    "We’ll ask people when they can meet before we match them, because finding a time was the most common difficulty.\n"
    "We’ll invite the branches outside the city by name.\n"
    "A second evening for new mentors, in the first month."
)
HELPS = (
    "Someone who listens and has time.",
    "That we wrote down our goals in the first meeting.",
    "An outside view on my work.",
    "Walking instead of sitting in an office 🚶‍♀️",
    "I met people I would never have met otherwise.",
    "Honest feedback, given kindly.",
    "The list of questions for the first meeting.",
    "The reminders. Without them we would have let it slip.",
    "وجود شخص أثق به خارج فريقي.",
    "I learned as much as the other did.",
    "Talking about things that went wrong for both of us.",
    "To have one hour a month that is only about me.",
    "That nothing was passed on.",
    "Planning the next meeting at the end of each one.",
    "We agreed early on what we would not talk about.",
    "Coffee, and no agenda 🙂",
    "A look into another branch.",
    "Small steps between the meetings.",
    "Being asked questions instead of being told what to do.",
    "That we could change the goals when my job changed.",
    "Practising an interview together.",
    "Knowing that I could stop at any time.",
)
HINDERS = (
    "Finding a time. Our shifts rarely overlap.",
    "We work in different branches, and travelling takes an hour.",
    "My goals changed half-way.",
    "Hard to start the first conversation.",
    "Not enough time before the branch opens.",
    "The video calls broke off a lot.",
    "I was not sure what to ask.",
    "Too many other projects in spring.",
    "No quiet room.",
    "A long summer break, and then we had to start over.",
    "Opening hours changed, so nothing fitted any more.",
    "I would have liked to know more about the role before we began.",
)
BETTER = (
    "Tell us at the start how others arrange their meetings.",
    "A list of quiet rooms in each branch.",
    "Ask about working hours before you match us.",
    "An evening where all pairs meet once.",
    "Start after the summer.",
)
_ROUNDS = (
    Cohort("c1", "p1", date(2026, 12, 1), date(2027, 1, 31), date(2027, 2, 15), date(2027, 12, 15), date(2027, 12, 20)),
    Cohort("c2", "p1", date(2027, 12, 27), date(2028, 1, 31), date(2028, 2, 14), date(2028, 12, 15), date(2029, 1, 8)),
)
_SIZES = ((52, 40, 34), (61, 49, 45))
"""Mentees, mentors and partnerships of each round."""
_MEETS = (0.62, 0.78)
"""How many of the meetings that are asked for are logged."""
_SATISFIED = ((1, 3, 8, 10, 6), (1, 2, 5, 11, 10))
"""How often ratings from 1 to 5 are given."""


@cache
def example() -> Evaluation:
    """The evaluation after the second round."""
    return Evaluation(PROGRAMME, tuple(_figures(number) for number in reversed(range(len(_ROUNDS)))), MADE_ON)


def _figures(number: int) -> RoundFigures:
    random, cohort = Random(number + 1), _ROUNDS[number]
    mentees, mentors, pairs = _SIZES[number]
    applications = [
        *(_application(random, cohort, Role.MENTEE, each) for each in range(mentees)),
        *(_application(random, cohort, Role.MENTOR, each) for each in range(mentors)),
    ]
    partnerships = [_partnership(random, cohort, each) for each in range(pairs)]
    meetings = [meeting for each in partnerships for meeting in _meetings(random, each, _MEETS[number])]
    said: Said = {question: (set(), set()) for question in Question}
    answers = [answer for each in partnerships for answer in _answers(random, each, _SATISFIED[number], said)]
    counts, groups = counted(partnerships, answers)
    decisions = [DecisionKind.APPROVED] * (2 * pairs + 6) + [DecisionKind.REFUSED] * 7
    actions = {OwnerAction.NUDGED: 9 + number * 3, OwnerAction.ASKED: 6, OwnerAction.OFFERED_HELP: 2}
    return round_figures(
        PROGRAMME,
        cohort,
        applications,
        partnerships,
        meetings,
        counts,
        groups,
        {},
        owner_figures(Effort(412 - 70 * number, 96 - 9 * number), decisions, actions),
        MADE_ON,
        next_time=NEXT_TIME if number else "",
    )


def cohorts() -> tuple[Cohort, Cohort]:
    """Its two rounds."""
    return _ROUNDS


def _application(random: Random, cohort: Cohort, role: Role, number: int) -> Application:
    sent = cohort.opens_on + timedelta(days=random.randrange(30))
    favoured = TOPICS[: 3 if role is Role.MENTEE else len(TOPICS)]
    return application(cohort, role, number, sent, tuple(random.sample(favoured, 2)))


def application(
    cohort: Cohort, role: Role, number: int, sent: date, topics: tuple[str, ...] = TOPICS[:1]
) -> Application:
    """The application of the person with this number, whom `partnership` pairs."""
    return Application(
        id=f"{cohort.id}-{role}-{number}",
        cohort_id=cohort.id,
        person=f"U0{role.upper()}{number}",
        role=role,
        state=ApplicationState.OPEN,
        topics=topics,
        months=9,
        ways=(MeetingMode.IN_PERSON,),
        languages="English",
        department="",
        grade="",
        started_on=None,
        places=1,
        sent_at=datetime.combine(sent, time(10), UTC),
        sent_on=sent,
    )


def _partnership(random: Random, cohort: Cohort, number: int) -> Partnership:
    begun = datetime.combine(cohort.starts_on + timedelta(days=random.randrange(12)), time(10), UTC)
    is_early = random.random() < 0.1
    over = begun + timedelta(days=random.randrange(90, 200)) if is_early else None
    return partnership(cohort, number, begun, over)


def partnership(
    cohort: Cohort, number: int, begun: datetime | None = None, over: datetime | None = None
) -> Partnership:
    """Of nine months, which began at `begun` or else when the round started. With `over`, it was ended early."""
    begun = begun or datetime.combine(cohort.starts_on, time(10), UTC)
    end = datetime.combine(add_months(begun.date(), 9) + timedelta(days=21), time(10), UTC)
    return Partnership(
        id=f"{cohort.id}-s{number}",
        cohort_id=cohort.id,
        match_id=f"{cohort.id}-m{number}",
        mentee_application=f"{cohort.id}-{Role.MENTEE}-{number}",
        mentor_application=f"{cohort.id}-{Role.MENTOR}-{number}",
        mentee=f"U0{Role.MENTEE.upper()}{number}",
        mentor=f"U0{Role.MENTOR.upper()}{number}",
        topics=(TOPICS[number % len(TOPICS)],),
        months=9,
        introduced_at=begun,
        state=PartnershipState.ENDED if over else PartnershipState.CLOSED,
        over_at=over or end,
    )


def _meetings(random: Random, partnership: Partnership, share: float) -> Iterator[Meeting]:
    assert partnership.over_at
    day, number = partnership.started_on + timedelta(days=10), count()
    while day < min(partnership.over_at.date(), partnership.ends_on):
        if random.random() < share:
            id = f"{partnership.id}-{next(number)}"
            yield Meeting(id, partnership.id, day, 60, MeetingMode.IN_PERSON, partnership.topics, partnership.mentee)
        day += timedelta(days=random.randrange(24, 33))


Said = dict[Question, tuple[set[str], set[str]]]
"""What somebody has said already: everybody says something else."""


def _comment(random: Random, comments: tuple[str, ...], said: set[str]) -> str:
    left = [each for each in comments if each not in said]
    comment = random.choice(left) if left and random.random() < 0.4 else ""
    said.add(comment)
    return comment


def _answers(random: Random, partnership: Partnership, weights: tuple[int, ...], said: Said) -> Iterator[Feedback]:
    assert partnership.over_at
    ended = partnership.state is PartnershipState.ENDED
    for question, day, likely in (
        (Question.BASELINE, partnership.started_on + timedelta(days=2), 0.75),
        (Question.CHECK_IN, partnership.check_in_on, 0.8),
        (Question.SURVEY, partnership.survey_on, 0.7),
    ):
        if ended and day > partnership.over_at.date():
            continue
        for person in partnership.people:
            if random.random() < likely:
                yield Feedback(
                    partnership.id,
                    person,
                    question,
                    random.choices(range(1, 6), weights)[0] if question is not Question.BASELINE else None,
                    _comment(random, HELPS, said[question][0]) if question is not Question.BASELINE else "",
                    _comment(random, HINDERS, said[question][1]) if question is not Question.BASELINE else "",
                    CheckInChoice.GO_ON if question is Question.CHECK_IN else None,
                    Audience.COUNTED,
                    datetime.combine(day + timedelta(days=random.randrange(10)), time(9), UTC),
                    items=tuple(_items(random, question, said)),
                )


def _items(random: Random, question: Question, said: Said) -> Iterator[ItemAnswer]:
    """The further answers of one person: at the end they are a little surer than before."""
    match question:
        case Question.BASELINE | Question.SURVEY:
            weights = (1, 4, 8, 6, 2) if question is Question.BASELINE else (0, 2, 6, 9, 5)
            for item in OUTCOMES:
                yield ItemAnswer(item, score=random.choices(range(1, 6), weights)[0])
        case Question.CHECK_IN:
            yield ItemAnswer(FeedbackItem.TRUST, score=random.choices(range(1, 6), (0, 1, 3, 9, 9))[0])
            yield ItemAnswer(FeedbackItem.OFTEN, chosen=(random.choices(list(HowOften), (4, 9, 1))[0],))
            yield ItemAnswer(FeedbackItem.LEARN, chosen=tuple(random.sample(list(MentoringSkill), 2)))
    if question is Question.SURVEY and (words := _comment(random, BETTER, said[Question.BASELINE][0])):
        yield ItemAnswer(FeedbackItem.BETTER, words=words)


def counted(partnerships: list[Partnership], answers: list[Feedback]) -> tuple[list[AnswerCount], list[FeedbackGroup]]:
    """What the count of answers makes of them, once no one can answer any more."""
    numbers = count()
    outcome = count_answers(
        partnerships,
        answers,
        (),
        now=datetime.combine(MADE_ON, time(12), UTC),
        new_id=lambda: f"g{next(numbers):03}",
        order=lambda group, words: f"{Random(f'{group}{words}').random()}",
    )
    counts = [each for each in outcome.changes if isinstance(each, AnswerCount)]
    groups = [each.group for each in outcome.changes if isinstance(each, GroupFormed)]
    assert all(isinstance(each, AnswerCount | AnswersCounted | GroupFormed) for each in outcome.changes)
    return counts, groups
