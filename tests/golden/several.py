"""What people read where a workspace has several programmes."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from mentoring.applications.application import Application
from mentoring.core.fields import FieldName
from mentoring.core.outcome import Notification, NotificationKind
from mentoring.core.programmes import Cohort
from mentoring.core.roles import ProgrammeRole
from mentoring.home.home import HomeProgramme
from mentoring.home.needs import Need, NeedKind
from mentoring.oversight.digest import DigestRhythm
from mentoring.people.file_import import FileImport, FileImportState
from mentoring.programmes.membership import Membership
from mentoring.status import RoundStatus, cohort_status
from messages import status
from messages.home import home_message
from messages.ids import OPEN_REQUEST
from messages.notifications import render, render_afterwards
from messages.programmes import overview, roles
from tests.golden.home import WORK
from tests.golden.making import Piece, said, shown, told
from tests.messages.contexts import context_of
from tests.messages.examples import ADA, COHORT, CUSTOM, IN_TIME, OFFER, OWEN, PARTNERSHIP, PLAIN, REQUEST, SUE
from tests.messages.homes import home, in_programme

TANDEMS = replace(CUSTOM, id="P2")
ITS_COHORT = replace(COHORT, id="C2", programme_id="P2")
BOTH = ((PLAIN, COHORT), (TANDEMS, ITS_COHORT))


def _membership(programme: int = 0, **facts: object) -> Membership:
    return Membership(*BOTH[programme], **facts)  # type: ignore[arg-type]


def _round(programme: int, cohort: Cohort) -> RoundStatus:
    applications = (replace(REQUEST, cohort_id=cohort.id), replace(OFFER, cohort_id=cohort.id))
    return RoundStatus(*BOTH[programme], cohort_status(BOTH[programme][0], cohort, applications), None)


def _standing(number: int = 0, *sent: Application, **facts: Any) -> HomeProgramme:
    programme, cohort = BOTH[number]
    return in_programme(*sent, programme=programme, cohort=cohort, **facts)


MINE = (
    _standing(0, REQUEST, roles=(ProgrammeRole.OWNER,)),
    _standing(1, own=(replace(PARTNERSHIP, cohort_id="C2"),)),
)

NOON = datetime(2027, 1, 20, 12, tzinfo=UTC)


OWNS = frozenset({ProgrammeRole.OWNER})


def _asked(file_import: FileImport) -> Piece:
    """The question for which programme a file is, as it is now."""
    owned = (_membership(roles=OWNS), _membership(1, roles=OWNS))
    context = context_of(NotificationKind.FILE_PROGRAMME, OWEN, memberships=owned, file_import=file_import)
    shows = render if file_import.state is FileImportState.UNASSIGNED else render_afterwards
    return said(lambda: shows(Notification("1", NotificationKind.FILE_PROGRAMME, OWEN, {"import": "I1"}), context))


SEVERAL: dict[str, Piece] = {
    "programme-choice": said(lambda: overview.choice(BOTH, IN_TIME, OPEN_REQUEST)),
    "programme-choice-of-many": said(lambda: overview.choice(BOTH * 30, IN_TIME, OPEN_REQUEST)),
    "programmes-overview-newcomer": said(lambda: home_message(home(_standing(), _standing(1)))),
    "programmes-overview-of-mine": said(lambda: home_message(home(*MINE))),
    "programmes-list": said(lambda: roles.programmes_list(BOTH, {"P1": (OWEN, SUE)}, IN_TIME)),
    "programme-start-form": shown(lambda: roles.start_form({FieldName.OWNERS: [OWEN]})),
    "programme-owners-form": shown(lambda: roles.owners_form(PLAIN, {FieldName.OWNERS: [OWEN, SUE]}, restored=True)),
    "notification-programme-started": told(NotificationKind.PROGRAMME_STARTED, ADA, PLAIN, IN_TIME),
    "notification-file-programme": _asked(FileImport("I1", "", OWEN, "F1", NOON, FileImportState.UNASSIGNED)),
    "notification-file-programme-chosen": _asked(FileImport("I1", "P2", OWEN, "F1", NOON, FileImportState.READY)),
    "notification-file-programme-expired": _asked(FileImport("I1", "", OWEN, "F1", NOON, FileImportState.EXPIRED)),
    "week-of-several-urgent-elsewhere": said(
        lambda: status.week(
            (_round(0, COHORT), _round(1, ITS_COHORT)),
            {PLAIN.id: WORK, TANDEMS.id: (Need(NeedKind.NEXT_ROUND),)},
            DigestRhythm.WEEKLY,
        )
    ),
    "week-of-several": said(
        lambda: status.week(
            (_round(0, COHORT), _round(1, ITS_COHORT)),
            {_round(0, COHORT).programme.id: WORK},
            DigestRhythm.FORTNIGHT,
        )
    ),
}
