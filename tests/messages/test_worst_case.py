"""Whatever owners and applicants type, what we build of it is something that Slack takes."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mentoring.applications.application import Application, ApplicationState, PrivateAnswers, Role
from mentoring.core.outcome import Notification, NotificationKind
from mentoring.core.programmes import Cohort, Programme
from mentoring.core.roles import ProgrammeRole, RoleHolders
from mentoring.notifications.context import NotificationContext
from mentoring.programmes.settings import Part
from mentoring.status import cohort_status
from messages import applications, blocks, help, notifications, programmes, status
from messages.errors import at_fields, sentence_for, too_slow
from messages.ids import OPEN_REQUEST, OPENS, Subcommand
from messages.payloads import Message, check_response_action, check_view
from tests.golden.refusals_said import REFUSALS
from tests.messages import generated
from tests.messages.examples import COHORT, member
from tests.messages.homes import helped

Pairs = list[tuple[Application, PrivateAnswers]]


def _views(programme: Programme, cohort: Cohort, pairs: Pairs, now: datetime) -> list[dict[str, Any]]:
    made = []
    for application, confidence in pairs:
        values = applications.values_of(application, confidence)
        role = application.role
        made.append(applications.form(role, programme, cohort, values, today=now.date(), restored=True))
        made.append(applications.form(role, programme, cohort, values, today=now.date(), known=True))
        made.append(applications.owner_view(application, confidence, programme, cohort))
    for part in Part:
        values = programmes.values_of(part, programme, cohort)
        made.append(programmes.form(part, programme, cohort, values, restored=True))
    made.append(blocks.sentence_view(programme.name, sentence_for(REFUSALS[0], programme)))
    return made


def _messages(programme: Programme, cohort: Cohort, pairs: Pairs, now: datetime) -> list[Message]:
    own = {application.role: application for application, _ in pairs}
    crowd = [replace(a, id=f"{a.id}{n}", state=ApplicationState.OPEN) for a in own.values() for n in range(30)]
    counted = cohort_status(programme, cohort, crowd)
    today = now.date()
    made = [
        helped(*own.values(), programme=programme, cohort=cohort, roles=(ProgrammeRole.OWNER,), today=today),
        helped(programme=programme, cohort=cohort, today=today),
        *(help.did_you_mean(nearest, programme) for nearest in (*Subcommand, None)),
        status.mine(programme, cohort, pairs, today),
        status.mine(programme, cohort, [], today),
        status.cohort(counted, programme, cohort, today),
        status.on_its_way(programme),
        programmes.card(programme, cohort, RoleHolders(tuple(f"UOWNER{n}" for n in range(50))), today),
        too_slow(OPEN_REQUEST),
    ]
    for kind in NotificationKind:
        for application in own.values():
            context = NotificationContext(
                member("UOWEN"), today, programme, cohort, ("UOWEN",), own, application, counted
            )
            try:
                made.append(
                    notifications.render(
                        Notification("k", kind, "UOWEN", {"part": "dates", "by": "UBEN", "field": "manager"}), context
                    )
                )
            except notifications.NotificationObsolete:
                continue
    return made


def _fit(programme: Programme, cohort: Cohort, pairs: Pairs, now: datetime) -> None:
    for view in _views(programme, cohort, pairs, now):
        check_view(view)
        for refusal in REFUSALS:
            errors = at_fields.field_errors(refusal, view, programme)
            if errors:
                check_response_action(view, {"response_action": "errors", "errors": errors})
    for said in _messages(programme, cohort, pairs, now):
        said.payload()


@pytest.mark.long
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data(), programme=generated.programmes(), now=generated.days())
def test_anything_typed_makes_messages_and_forms_that_slack_takes(
    data: st.DataObject, programme: Programme, now: datetime
) -> None:
    pairs = [data.draw(generated.applications(programme, role)) for role in Role]
    _fit(programme, COHORT, pairs, now)


@pytest.mark.parametrize("unit", ["m", "&", "<", "😀", "many words ", "👩‍👩‍👧"])
@pytest.mark.parametrize("days_after_the_deadline", [0, 3, 30])
def test_the_largest_programme_fits(unit: str, days_after_the_deadline: int) -> None:
    programme, cohort, pairs = generated.largest(unit)
    midday = datetime.fromisoformat(f"{cohort.apply_by}T12:00:00+00:00")
    _fit(programme, cohort, pairs, midday + timedelta(days=days_after_the_deadline))


def test_every_subcommand_has_a_button() -> None:
    assert set(OPENS) == set(Subcommand)
