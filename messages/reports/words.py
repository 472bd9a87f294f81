"""Who reads a progress report, and the button that opens it."""

from datetime import date

from slack_sdk.models.blocks import Block, ButtonElement

from mentoring.core.programmes import Programme
from mentoring.partnerships.partnership import Partnership
from messages.blocks import button, section
from messages.ids import OPEN_REPORT
from messages.programmes.cohorts import day
from messages.text import mention


def who_reads(partnership: Partnership, by: str) -> str:
    """The first line of each form and of the report, in mrkdwn."""
    partner = mention(partnership.other(by))
    return (
        f"*Who reads it?* You and {partner}. It goes to someone else only if you both choose that. The programme "
        "owners never see it otherwise."
    )


def report_button(
    partnership_id: str, label: str = "Progress report", *, first: bool = False, partner: str = ""
) -> ButtonElement:
    """Opens the report that can be written, or else the last one. `partner` (plain text) tells those in a list apart
    for screen readers.
    """
    read_aloud = f"{label}, with {partner}" if partner else ""
    style = "primary" if first else None
    return button(label, OPEN_REPORT, partnership_id, style=style, accessibility_label=read_aloud)


def report_offer(partnership: Partnership, programme: Programme, met: int) -> list[Block]:
    """Offers a report below another message, if the programme has them and the two have logged a meeting."""
    if not (programme.has_reports and partnership.is_active and met):
        return []
    words = (
        "*What have you two done so far?* Your progress report has it on one page: meetings, goals, and what you both "
        "learnt. Only the two of you see it."
    )
    return [section(words, report_button(partnership.id))]


def time_to_write(since: date) -> str:
    """That three months are over since that day, in mrkdwn."""
    return f"It’s time for one, as you agreed: what you two did since {day(since)}, on one page."


def quarterly_offer(partnership: Partnership, since: date | None) -> list[Block]:
    """Offers a report below another message, if it is time for one; `since` is its first day, None if it is not."""
    if since is None:
        return []
    return [section(f"*Progress report.* {time_to_write(since)}", report_button(partnership.id))]
