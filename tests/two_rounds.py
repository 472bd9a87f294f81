"""A made-up library of 150 people lives two rounds in the local Slack, and its owner has the evaluation written.

    .venv/bin/python -m tests.two_rounds docs/examples

Some minutes. People apply, are matched, meet, answer surveys and look back, each in their own client; the bot does the
rest. What people do is drawn from a seed. The ids of groups are not, so that the order of comments differs each time.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from bot.app import BotApp
from bot.demo.acts import (
    agree,
    apply,
    approve_and_release,
    each,
    list_choices,
    log_meeting,
    propose,
    save_settings,
    tell_programme,
)
from bot.demo.client import available_person, press, submit, wait_until
from bot.demo.library.people import DEPARTMENTS, GRADES, TOPICS, Worker
from bot.demo.library.scenario import Library, answer_matches, application
from bot.demo.run import settings_for
from bot.demo.surveys import answer_before, answer_surveys
from bot.demo.texts import ALL_FORMS, FormTexts
from bot.demo.year import TimedAct, afternoon, play_until
from bot.manifest import manifest
from bot.run import running
from mentoring.applications.application import Role
from mentoring.core.fields import FieldName
from mentoring.feedback.answers import Question
from mentoring.feedback.items import ALL_AREAS, AREAS, OUTCOMES, MentoringSkill
from mentoring.partnerships.partnership import Partnership
from mentoring.programmes.settings import Part
from messages import ids
from messages.evaluation.files import EvaluationFile, file_content, file_name
from sandbox import Calendar, Sandbox
from services.evaluation import load_evaluation
from tests.evaluation_example import BETTER, HELPS, HINDERS, NEXT_TIME, PROGRAMME

_OWNER = "U0NORA"
_LIBRARIES = (
    Library(people=150, mentees=52, mentors=40, meetings=0, least_gap=1),
    Library(people=150, mentees=61, mentors=49, meetings=0),
)
_MEETS = (0.62, 0.8)
"""How many of the meetings that are asked for take place."""
_RATINGS = ((1, 3, 8, 10, 6), (1, 2, 5, 11, 10))
"""How often ratings from 1 to 5 are given."""
_BEFORE, _AFTER = (1, 4, 8, 6, 2), (0, 2, 6, 9, 5)
_ANSWERS = {Question.BASELINE: 0.75, Question.CHECK_IN: 0.8, Question.SURVEY: 0.75}
_WROTE, _ENDS, _AGREES = 0.4, 0.06, 0.5
_OPENS = (datetime(2026, 11, 2, 10, tzinfo=UTC), datetime(2027, 11, 29, 10, tzinfo=UTC))


@dataclass
class _Round:
    """The round with this `number`, 0 or 1.

    `decided` is what people answer or leave out, once drawn, by person, partnership and question; `said` are the texts
    that somebody has used.
    """

    sandbox: Sandbox
    app: BotApp
    library: Library
    number: int
    random: Random
    decided: dict[tuple[str, str, Question], FormTexts | None] = field(default_factory=dict)
    said: set[tuple[Question, str]] = field(default_factory=set)

    @property
    def opens(self) -> datetime:
        return _OPENS[self.number]

    def live(self) -> None:
        """From the day on which it opens until it is closed."""
        self._open()
        self._apply()
        propose(self.sandbox, self.app, _OWNER)
        approve_and_release(self.sandbox, self.app)
        self._until(afternoon(self.opens, 31))
        answer_matches(self.sandbox, self.app, lambda progress: None, self.random)
        self._until(afternoon(self.opens, 32))
        play_until(self.sandbox, self.app, afternoon(self.opens, 385), list(self._acts()))
        self._close()

    def _open(self) -> None:
        owner = self.sandbox.person(_OWNER)
        save_settings(owner, Part.RULES, {FieldName.LEAST_GAP: str(self.library.least_gap)})
        dates = {"opens_on": 0, "apply_by": 28, "starts_on": 31, "ends_on": 380}
        shown = {name: (self.opens + timedelta(days=after)).date().isoformat() for name, after in dates.items()}
        save_settings(owner, Part.DATES, shown)

    def _apply(self) -> None:
        mentors, mentees = self.library.applicants(self.random)
        for number, worker in enumerate(sorted({*mentors, *mentees}, key=lambda one: one.number)):
            self._until(afternoon(self.opens, number // 5))
            is_mentor = worker in mentors
            command = "/mentor volunteer" if is_mentor else "/mentor request"
            each([partial(apply, self.sandbox, worker.id, command, self._writes(worker, is_mentor=is_mentor))])
        self._until(afternoon(self.opens, 29))

    def _writes(self, worker: Worker, *, is_mentor: bool) -> FormTexts:
        return {**application(self.random, worker, is_mentor=is_mentor), "months": "9"}

    def _acts(self) -> Iterator[TimedAct]:
        for partnership in self._partnerships():
            begun, mentee = partnership.introduced_at, partnership.mentee
            for person in partnership.people:
                if self.random.random() < _ANSWERS[Question.BASELINE]:
                    yield afternoon(begun, 4), partial(self._answer_before, person)
            if self.random.random() < _AGREES:
                yield afternoon(begun, 15), partial(agree, self.sandbox, self.app, mentee)
            day = 8
            while day < 270 and self.random.random() < 0.98:
                if self.random.random() < _MEETS[self.number]:
                    texts = {"minutes": self.random.choice(("30", "45", "60")), "way": "in-person"}
                    yield afternoon(begun, day), partial(log_meeting, self.sandbox, self.app, mentee, texts)
                day += self.random.randrange(24, 33)
        yield afternoon(self.opens, 120), self._remarks
        for day in range(60, 385, 7):
            yield afternoon(self.opens, day), partial(answer_surveys, self.sandbox, self.app, self._says)

    def _remarks(self) -> None:
        texts = {"remark": "A quiet room to meet in would help.", "remark_kind": "named"}
        for partnership in self._partnerships()[:3]:
            each([partial(tell_programme, self.sandbox, self.app, partnership.mentee, texts)])

    def _answer_before(self, person: str) -> None:
        roles = {
            Role.MENTEE if one.mentee == person else Role.MENTOR for one in self._partnerships() if person in one.people
        }
        if len(roles) != 1:  # a person in both roles is asked two different questions, and leaves them
            return
        chosen = self.random.sample([str(area) for area in AREAS[roles.pop()]], 2)
        texts = {str(item): self._score(_BEFORE) for item in OUTCOMES}
        answer_before(self.sandbox, self.app, person, {**texts, "matters": chosen, "most": chosen[0]})

    def _says(self, user: str, partnership: str, question: Question) -> FormTexts | None:
        """What the person answers: the same each time they look at the form; None if they do not answer."""
        about = (user, partnership, question)
        if about not in self.decided:
            self.decided[about] = self._draw(question) if self.random.random() < _ANSWERS[question] else None
        with self.app.storage.read(self.app.identity.workspace) as tx:
            found = tx.partnerships.get(partnership)
        return self.decided[about] if found and found.is_active else None  # the other has just ended it

    def _draw(self, question: Question) -> FormTexts:
        texts = {"rating": self._score(_RATINGS[self.number]), "helps": self._words(question, HELPS)}
        texts["hinders"] = self._words(question, HINDERS)
        if question is Question.CHECK_IN:
            decision = "end" if self.random.random() < _ENDS else "go-on"
            more = {"trust": self._score((0, 1, 3, 9, 9)), "often": self.random.choice(("just-right", "too-seldom"))}
            learn = self.random.sample([str(skill) for skill in MentoringSkill], 2)
            return {**texts, **more, "learn": learn, "decision": decision}
        outcomes = {str(item): self._score(_AFTER) for item in (*OUTCOMES, *ALL_AREAS)}
        return {**texts, **outcomes, "better": self._words(question, BETTER)}

    def _score(self, weights: tuple[int, ...]) -> str:
        return str(self.random.choices(range(1, 6), weights)[0])

    def _words(self, question: Question, texts: tuple[str, ...]) -> str:
        """Everybody says something else, or nothing."""
        left = [text for text in texts if (question, text) not in self.said]
        words = self.random.choice(left) if left and self.random.random() < _WROTE else ""
        self.said.add((question, words))
        return words

    def _partnerships(self) -> list[Partnership]:
        with self.app.storage.read(self.app.identity.workspace) as tx:
            return sorted((one for one in tx.partnerships.all() if one.is_active), key=lambda one: one.id)

    def _close(self) -> None:
        """The owner closes the round, and writes what they will do next time."""
        person = available_person(self.sandbox, _OWNER)
        with self.app.storage.read(self.app.identity.workspace) as tx:
            current = tx.programmes.first()
        assert current
        before = len(person.inbox())
        person.command("/mentor status")
        person.await_message("where the round stands", after=before)
        press(person, ids.OPEN_EVALUATION, "")
        submit(person, ids.EVALUATION_FORM, {"next_time": NEXT_TIME})
        press(person, ids.CLOSE_COHORT, current[1].id)
        self.app.run_until_idle()

        def is_closed() -> bool:
            with self.app.storage.read(self.app.identity.workspace) as tx:
                found = tx.programmes.first()
                return bool(found and found[1].closed_on)

        wait_until(self.sandbox, is_closed)
        assert is_closed(), "the round is not closed"

    def _until(self, moment: datetime) -> None:
        if moment > self.sandbox.calendar.now():
            self.sandbox.run_until(moment)


def live_two_rounds(folder: Path, libraries: tuple[Library, Library] = _LIBRARIES) -> dict[str, bytes]:
    """The files of the evaluation after the second round, by name. The database is kept in `folder`.

    `libraries` are the same people in the first and in the second round.
    """
    slack = Sandbox(
        manifest(),
        tuple(libraries[0].members()),
        calendar=Calendar(_OPENS[0]),
        team_name="Fairfield Library",
        rate_limits=False,
    )
    with slack, running(settings_for(slack, folder / "mentor-bot.db"), calendar=slack.calendar.now, limits=None) as app:
        slack.timeline = app
        slack.wait_connected()
        owner = slack.person(_OWNER)
        list_choices(owner, topics="\n".join(TOPICS), departments="\n".join(DEPARTMENTS), grades="\n".join(GRADES))
        save_settings(owner, Part.EXTRAS, ALL_FORMS)
        save_settings(owner, Part.BASICS, {FieldName.NAME: PROGRAMME.name, FieldName.PURPOSE: PROGRAMME.purpose})
        save_settings(owner, Part.OBJECTIVES, {FieldName.OBJECTIVES: "\n".join(PROGRAMME.objectives)})
        for number, library in enumerate(libraries):
            _Round(slack, app, library, number, Random(number)).live()
            slack.run_until(afternoon(_OPENS[number], 390))
        with app.storage.read(app.identity.workspace) as tx:
            found = tx.programmes.first()
            assert found
            evaluation = load_evaluation(tx, found[0], slack.calendar.now().date())
    return {file_name(file): file_content(evaluation, file) for file in EvaluationFile}


def write(folder: Path) -> None:
    with TemporaryDirectory() as database:
        for name, content in live_two_rounds(Path(database)).items():
            (folder / name).write_bytes(content)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
