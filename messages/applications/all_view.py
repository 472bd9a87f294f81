"""All open applications of a round, for owners, a page at a time."""

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import Block

from mentoring.applications.application import Application, Role
from mentoring.core.programmes import Cohort, Programme
from messages.blocks import actions, button, modal, section, small_print
from messages.forms import FormMetadata
from messages.ids import ALL_APPLICATIONS_VIEW, OPEN_ALL_APPLICATIONS, OPEN_APPLICATION
from messages.programmes.cohorts import day, sent_on
from messages.text import mention, plural
from messages.voice import Voice

TITLE = "All applications"
ON_A_PAGE = 40


def all_view(
    applications: Sequence[Application], programme: Programme, cohort: Cohort, page: int = 0
) -> dict[str, Any]:
    """A page of open `applications`, in their order; a `page` that does not exist becomes the nearest one."""
    pages = max(1, -(-len(applications) // ON_A_PAGE))
    page = min(max(page, 0), pages - 1)
    meta = FormMetadata(form=ALL_APPLICATIONS_VIEW, about=str(page)).dump()
    if not applications:
        return modal(ALL_APPLICATIONS_VIEW, TITLE, [section("There are no open applications.")], private_metadata=meta)
    count = plural(len(applications), "application", "applications")
    which = f", page {page + 1} of {pages}" if pages > 1 else ""
    blocks: list[Block] = [small_print(f"{count}, oldest first{which}")]
    if page:
        blocks.append(actions(button("Previous page", OPEN_ALL_APPLICATIONS, str(page - 1))))
    blocks += [_one(each, programme, cohort) for each in applications[page * ON_A_PAGE :][:ON_A_PAGE]]
    if page + 1 < pages:
        blocks.append(actions(button("Next page", OPEN_ALL_APPLICATIONS, str(page + 1))))
    return modal(ALL_APPLICATIONS_VIEW, TITLE, blocks, private_metadata=meta)


def _one(application: Application, programme: Programme, cohort: Cohort) -> Block:
    voice, plain = Voice(programme), Voice(programme, marked=False)
    is_mentee = application.role is Role.MENTEE
    late = ", on the waiting list" if application.waits_for_next(cohort) else ""
    role = voice.mentee if is_mentee else voice.mentor
    words = f"{mention(application.person)}, {role}, applied on {sent_on(application)}{late}"
    reads = f"View application of {day(application.sent_on)}: {plain.mentee if is_mentee else plain.mentor}"
    return section(words, button("View", OPEN_APPLICATION, application.id, accessibility_label=reads))
