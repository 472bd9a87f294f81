"""What two partners read of the agenda of their first meeting."""

from dataclasses import replace
from datetime import UTC, datetime

from mentoring.agenda.agenda import Agenda, AgendaStep, AgendaStepId, AgendaStepState, agenda_of, key_of_line
from mentoring.core.outcome import NotificationKind
from mentoring.core.programmes import Programme
from mentoring.home.own_partnership import OwnPartnership
from mentoring.partnerships.partnership import Partnership
from messages import meetings, partnerships
from messages.agenda.step_form import step_form
from messages.agenda.view import talked_about, view
from messages.agenda.words import as_notes
from messages.agreements.form import AgreementStep
from messages.command_words import Topic
from messages.forms import FormMetadata
from messages.topics import Asker, reply_about
from tests.golden.agreements import first_step
from tests.golden.making import Piece, said, shown, told
from tests.golden.planned import BOOKED, told_planned
from tests.messages.examples import ADA, BEN, CUSTOM, ENDED, ITEMS, LATER, PARTNERSHIP, PLAIN, RUNNING, member

PEOPLE = {ADA: member(ADA), BEN: member(BEN)}
_TICKED, _LEFT_OUT = AgendaStepState.TICKED, AgendaStepState.LEFT_OUT
GUIDED = replace(
    PLAIN,
    first_guide=("What made you choose <this> work?", "Where to find us"),
    meeting_guide=("What went well?", "What comes next?"),
    last_guide=("Say goodbye",),
)
NEAR_THE_END = replace(BOOKED, starts_at=datetime(2027, 7, 20, 14, tzinfo=UTC))
USED = (
    AgendaStep("R1", AgendaStepId.HELLO, _TICKED),
    AgendaStep("R1", AgendaStepId.HOPES, _TICKED),
    AgendaStep("R1", AgendaStepId.STRAIGHT, _LEFT_OUT),
    AgendaStep("R1", "k1", _TICKED, "The talk in May & what is *hard* about it", 1),
    AgendaStep("R1", "k2", words="A walk through the archive", number=2),
)


def _agenda(*stored: AgendaStep, has_met: bool = False, partnership: Partnership = PARTNERSHIP) -> Agenda:
    return agenda_of(partnership, stored, has_met=has_met)


def _shows(agenda: Agenda, by: str = ADA, programme: Programme = PLAIN) -> Piece:
    return shown(lambda: view(agenda, by=by, programme=programme, people=PEOPLE))


def _own(agenda: Agenda) -> Piece:
    own = OwnPartnership(PARTNERSHIP, agenda=agenda)
    return shown(lambda: partnerships.view([own], by=ADA, programme=PLAIN, today=RUNNING, people=PEOPLE))


AGENDAS: dict[str, Piece] = {
    "agenda": _shows(_agenda()),
    "agenda-used-to-mentor-own-words": _shows(_agenda(*USED), BEN, replace(CUSTOM, has_agreements=True)),
    "agenda-after-the-meeting": _shows(_agenda(*USED, has_met=True)),
    "agenda-over": _shows(_agenda(*USED, partnership=ENDED)),
    "agenda-with-a-guide": _shows(
        agenda_of(
            PARTNERSHIP,
            (AgendaStep("R1", key_of_line(GUIDED.first_guide[0]), _TICKED, GUIDED.first_guide[0]), USED[3]),
            has_met=False,
            guide=GUIDED.first_guide,
        ),
        programme=GUIDED,
    ),
    "topic-guides-of-the-programme": said(lambda: reply_about(Topic.GUIDES, Asker(ADA, GUIDED))),
    "notification-introduced-with-a-guide": told(
        NotificationKind.INTRODUCED, ADA, GUIDED, RUNNING, partnership=PARTNERSHIP
    ),
    "notification-planned-meeting-agenda-near-the-end": told_planned(NEAR_THE_END, met=2),
    "notification-planned-meeting-with-a-guide-near-the-end": told_planned(
        NEAR_THE_END, met=3, programme=GUIDED, items=ITEMS
    ),
    "agenda-step-form": shown(lambda: step_form(PARTNERSHIP, {}, by=ADA)),
    "agenda-step-form-restored": shown(lambda: step_form(PARTNERSHIP, {"step": "x"}, by=BEN, restored=True)),
    "partnerships-agenda-begun": _own(_agenda(*USED)),
    "meeting-form-from-the-agenda": shown(
        lambda: meetings.form(
            [PARTNERSHIP],
            {},
            {},
            meta=FormMetadata(form=meetings.LOG, about=PARTNERSHIP.id),
            today=LATER,
            by=ADA,
            programme=PLAIN,
            notes=as_notes(_agenda(*USED).ticked, PARTNERSHIP, PEOPLE),
        )
    ),
    "agreement-form-1-from-the-agenda": first_step(
        AgreementStep.MEETINGS, added=(USED[3].words,), note=talked_about(_agenda(*USED), ADA)
    ),
}
