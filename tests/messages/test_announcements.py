"""The communication plan and its posts at the limits of what Slack shows."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mentoring.announcements.announcement import (
    MOST_CHANNELS,
    MOST_ENTRIES,
    MOST_TEXT,
    AnnouncementAudience,
    AnnouncementKind,
    AnnouncementState,
    Planned,
)
from mentoring.core.fields import FieldName
from messages import ids
from messages.announcements.form import parse_announcement
from messages.announcements.plan import ShownPlan, Unsettled, plan_view
from messages.announcements.post import announcement_message
from messages.payloads import limits
from sandbox.blocks import slots
from tests.golden.announcements import CLOCK, NOW, OWN
from tests.messages.examples import ANNOUNCED, COHORT, OWEN, PLAIN, member

FULL = [Planned(replace(OWN, id=f"N{n}"), COHORT, NOW, CLOCK) for n in range(MOST_ENTRIES)]


def buttons_of(plan: ShownPlan, action_id: str) -> list[str]:
    view = plan_view(plan, PLAIN, COHORT, member(OWEN), NOW)
    assert len(view["blocks"]) < limits.VIEW_BLOCKS
    return [str(slot.element.get("value", "")) for slot in slots(view["blocks"]) if slot.action_id == action_id]


def test_a_full_plan_opens_with_every_entry_also_if_many_posts_did_not_arrive() -> None:
    fails = {
        each.announcement.id: [Unsettled(f"C0{n}", f"{n}", "not_in_channel") for n in range(MOST_CHANNELS)]
        for each in FULL[:5]
    }
    assert len(buttons_of(ShownPlan(FULL), ids.CHANGE_ANNOUNCEMENT)) == MOST_ENTRIES
    assert len(buttons_of(ShownPlan(FULL, unsettled=fails), ids.CHANGE_ANNOUNCEMENT)) == MOST_ENTRIES
    assert len(buttons_of(ShownPlan(FULL, unsettled=fails), ids.SEND_AGAIN)) >= MOST_CHANNELS


def test_what_no_owner_approved_in_earlier_rounds_leaves_the_plan_after_two_weeks() -> None:
    before = replace(COHORT, id="C0")
    old = [replace(each, cohort=before, due=NOW - timedelta(days=15)) for each in FULL]
    late = replace(FULL[0], cohort=before, due=NOW - timedelta(days=13))
    waits = replace(old[0], announcement=replace(OWN, id="N99", state=AnnouncementState.APPROVED))
    shown = buttons_of(ShownPlan([*old, late, waits]), ids.CHANGE_ANNOUNCEMENT)
    assert shown == ["N0", "N99"]
    assert buttons_of(ShownPlan([*old, *FULL[1:]]), ids.ADD_ANNOUNCEMENT), "only those of this round count"


@pytest.mark.parametrize("typed", ["99999999999999999", "-99999999999999", "soon"])
def test_a_moment_that_the_form_cannot_have_sent_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r".") as refused:
        parse_announcement({FieldName.SENT_AT: typed, FieldName.ANNOUNCEMENT_TEXT: "Hello"}, AnnouncementKind.OWN)
    assert "Hello" not in str(refused.value)


def test_a_long_text_is_posted_whole() -> None:
    for words in ("&" * MOST_TEXT, "😀" * MOST_TEXT, ("R&D is here. " * 200)[:MOST_TEXT], "{programme} " * 200):
        own = replace(OWN, text=words, audience=AnnouncementAudience.CHANNELS, channels=("C0A",))
        blocks = announcement_message(replace(ANNOUNCED, announcement=own), PLAIN).blocks
        said = "".join(block["text"]["text"] for block in blocks)
        wanted = words.replace("&", "&amp;").replace("{programme}", PLAIN.name)
        assert said.replace(" ", "") == wanted.replace(" ", "")
        assert len(blocks) < limits.MESSAGE_BLOCKS
