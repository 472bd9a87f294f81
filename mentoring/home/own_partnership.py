"""A partnership as one of its two people sees it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from mentoring.agenda.agenda import Agenda
from mentoring.agreements.own_agreement import OwnAgreement
from mentoring.feedback.answers import Question
from mentoring.goals.goal import Goal
from mentoring.items.item import ActionItem
from mentoring.meetings.log import Meeting, MeetingNotes
from mentoring.meetings.place import MeetingPlace
from mentoring.meetings.planned import PlannedMeeting
from mentoring.meetings.regular_time import OwnRegularTime
from mentoring.partnerships.end_plan import EndPlan
from mentoring.partnerships.partnership import Partnership
from mentoring.reports.own_report import OwnReport


@dataclass(frozen=True)
class OwnPartnership:
    """A partnership with what one of the two may read of it. A feature that shows something of its own for each
    partnership adds a field here: `services/own_partnerships.py` loads it, and `messages/partnerships/own_view.py`
    shows it, at Home too.

    `logged` are the meetings with their notes, newest first. `asked` is the question that waits for the person's
    answer. `goals` are what the goals say, by id, as far as the person may read them; `open_goals` are those that the
    mentee is working on, and `reads_plan` says that the person reads the plan of the mentee. `planned` is the meeting
    of the two that lies ahead, `items` their action items. `agenda` is that of their first meeting, and `place` where
    they meet. `regular` is the regular time that is offered or has meetings ahead. `scheduler` is who finds the time
    for the next one (a Slack user id), "" for the mentee. `end_plan` is what the two have said about the end.
    `is_named` says that the person has agreed to be named in a celebration, and `asks_baseline` that they can still
    answer the survey before the first meeting, and have not.
    """

    partnership: Partnership
    logged: tuple[tuple[Meeting, MeetingNotes | None], ...] = ()
    asked: Question | None = None
    goals: Mapping[str, str] = field(default_factory=dict)
    open_goals: tuple[Goal, ...] = ()
    reads_plan: bool = False
    agreement: OwnAgreement = field(default_factory=OwnAgreement)
    planned: PlannedMeeting | None = None
    items: tuple[ActionItem, ...] = ()
    report: OwnReport = field(default_factory=OwnReport)
    agenda: Agenda | None = None
    scheduler: str = ""
    place: MeetingPlace | None = None
    regular: OwnRegularTime | None = None
    end_plan: EndPlan = field(default_factory=EndPlan)
    is_named: bool = False
    asks_baseline: bool = False

    def finds_time(self, person: str) -> bool:
        """Whether finding a time is this person's next step: always, unless the agreement in force names the other."""
        return self.agreement.followed is None or person == (self.scheduler or self.partnership.mentee)

    @property
    def met_on(self) -> tuple[date, ...]:
        """The days of all meetings."""
        return self.partnership.met_on(meeting.met_on for meeting, _ in self.logged)
