"""A progress report as its two people see it, what it says about itself in their list, and its buttons."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from slack_sdk.models.blocks import Block, ButtonElement, DividerBlock

from mentoring.core.people import Person
from mentoring.core.programmes import Programme
from mentoring.partnerships.judgement import FollowedTerms
from mentoring.partnerships.partnership import Partnership
from mentoring.reports.own_report import OwnReport
from mentoring.reports.report import ProgressReport, ReportContext, is_quarter_over, role_in
from mentoring.reports.sharing import ReportShare
from messages.blocks import actions, button, confirm, modal, section, small_print
from messages.forms import FormMetadata
from messages.goals.buttons import name_in_button
from messages.ids import (
    AGREE_TO_SHARE,
    DONT_SHARE,
    FINISH_REPORT,
    OPEN_REPORT,
    REOPEN_REPORT,
    REPORT_VIEW,
    SHARE_REPORT,
    WRITE_LEARNT,
    WRITE_REPORT,
)
from messages.partnerships.buttons import see_button
from messages.programmes.cohorts import day, day_of, days
from messages.reports.forms import about_report
from messages.reports.page import page_blocks
from messages.reports.words import report_button, time_to_write, who_reads
from messages.text import mention

TITLE: Final = "Progress report"
MOST_EARLIER: Final = 8
STAYS: Final = "It stays as it is, also if a goal changes later or is no longer shared."


def view(
    context: ReportContext,
    report: ProgressReport,
    shares: Sequence[ReportShare],
    *,
    by: str,
    today: date,
    can_write: bool,
    people: Mapping[str, Person] | None = None,
) -> dict[str, Any]:
    """The report for `by`, whose date is `today`, with its buttons if they can still change or share it.

    `shares` are those of this report, and `people` (by Slack user id) those with whom it is shared.
    """
    partnership = context.partnership
    blocks: list[Block] = [small_print(who_reads(partnership, by)), section(_standing(report, partnership, by))]
    blocks += page_blocks(context.page(report, today), partnership)
    blocks += _titles(context, report, by)
    blocks.append(DividerBlock())
    if report.is_finished:
        blocks += _sharing(report, shares, partnership, by, people or {}, can_share=can_write)
    buttons = _buttons(context, report, by) if can_write else []
    blocks.append(actions(*buttons, see_button(partnership.id, context.programme)))
    blocks += _others(context, report)
    about = about_report(partnership.id, report.number)
    meta = FormMetadata(form=TITLE, version=report.version, about=about, programme=context.programme.id)
    return modal(REPORT_VIEW, TITLE, blocks, private_metadata=meta.dump())


def _titles(context: ReportContext, report: ProgressReport, by: str) -> list[Block]:
    """Who would like to show the titles of the action items, while one of the two has not said so."""
    shows, role = context.words_of(report).shows_titles, role_in(context.partnership, by)
    if report.is_finished or len(shows) != 1:
        return []
    partner = mention(context.partnership.other(by))
    if role in shows:
        return [small_print(f"You’d like to show the titles of your action items. {partner} hasn’t ticked it yet.")]
    words = f"{partner} would like to show the titles of your action items. Tick *Show titles* below what you learnt."
    return [small_print(words)]


def _standing(report: ProgressReport, partnership: Partnership, by: str) -> str:
    partner, role = mention(partnership.other(by)), role_in(partnership, by)
    if report.is_finished:
        return f"*You have both finished this report.* {STAYS}"
    if report.waits_for(role):
        return f"*{partner} has finished this report.* Read it, then finish it too, or change it."
    if role in report.finished:
        return (
            f"*You finished this report on {day_of(report.finished[role])}.* {partner} is asked to finish it too. "
            "If one of you changes it before, you both finish it again."
        )
    return (
        "*I fill this page from what you log.* Add what you learnt and what comes next. When it is right, each of you "
        "finishes it."
    )


def _buttons(context: ReportContext, report: ProgressReport, by: str) -> list[ButtonElement]:
    partnership = context.partnership
    about, role = about_report(partnership.id, report.number), role_in(partnership, by)
    if report.is_finished:
        newest = context.current
        following = [button("Next report", OPEN_REPORT, partnership.id)] if newest else []
        return [button("Share with …", SHARE_REPORT, about), *following]
    learnt = context.words_of(report).learnt.get(role)
    writes = [
        button(
            "Change what I learnt" if learnt else "Write what I learnt",
            WRITE_LEARNT,
            partnership.id,
            style=None if learnt else "primary",
        ),
        button("Edit the page", WRITE_REPORT, partnership.id),
    ]
    if role in report.finished:
        return [*writes, button("Not finished yet", REOPEN_REPORT, partnership.id)]
    asks = confirm(
        "Finish this report?",
        f"Once you both have, it can’t be changed any more. {STAYS}",
        yes="Finish",
        no="Go back",
    )
    return [*writes, button("Finish", FINISH_REPORT, f"{about}:{report.edition}", confirm=asks)]


def _sharing(
    report: ProgressReport,
    shares: Sequence[ReportShare],
    partnership: Partnership,
    by: str,
    people: Mapping[str, Person],
    *,
    can_share: bool,
) -> Iterator[Block]:
    """With whom it is shared, or is to be, each with what `by` can do."""
    partner, role = mention(partnership.other(by)), role_in(partnership, by)
    for share in shares:
        reader, value = mention(share.reader), f"{about_report(partnership.id, report.number)}:{share.reader}"
        name = name_in_button(people.get(share.reader), "them")
        if share.is_sent:
            yield section(f"*Shared with {reader}.*")
        elif share.is_agreed:
            yield section(f"*You both share this report with {reader}.* I send it in their working hours.")
            yield actions(button("Don’t share", DONT_SHARE, value, accessibility_label=f"Don’t share with {name}"))
        elif share.waits_for(role):
            yield section(
                f"*{partner} would like to share this report with {reader}.* If you agree too, I send them the page "
                "above as one message. If not, nothing is sent."
            )
            agrees = button(f"Share with {name}", AGREE_TO_SHARE, value, style="primary")
            refuses = button("Don’t share", DONT_SHARE, value, accessibility_label=f"Don’t share with {name}")
            yield actions(*([agrees] if can_share else []), refuses)
        elif share.is_asked:
            yield section(f"*You’d like to share this report with {reader}.* {partner} is asked.")
            yield actions(button("Don’t share", DONT_SHARE, value, accessibility_label=f"Don’t share with {name}"))


def _others(context: ReportContext, shown: ProgressReport) -> Iterator[Block]:
    """The other finished reports, newest first."""
    others = [each for each in reversed(context.reports) if each.is_finished and each.number != shown.number]
    if others:
        yield section("*Other reports*")
    for each in others[:MOST_EARLIER]:
        about = about_report(context.partnership.id, each.number)
        words = days(each.starts_on, each.ended_on or each.starts_on)
        yield section(f"• {words}", button("Read", OPEN_REPORT, about, accessibility_label=f"Report {each.number}"))


def report_blocks(
    partnership: Partnership,
    own: OwnReport,
    by: str,
    programme: Programme,
    met_on: Sequence[date],
    name: str = "",
    *,
    agreed: FollowedTerms | None = None,
    today: date,
    at_home: bool = False,
) -> Sequence[Block]:
    """Where the report stands, in one block for the list of somebody's partnerships; none if there is nothing to say,
    which `at_home` includes that it waits for nobody. `met_on` are the days of the logged meetings, `name` that of the
    partner in plain text, `agreed` what the bot follows of their agreement, and `today` is the date of `by`.
    """
    if by not in partnership.people:
        return []
    role, partner = role_in(partnership, by), mention(partnership.other(by))
    is_open = programme.has_reports and partnership.is_active
    if not is_open:
        return [_line("Finished.", partnership, name)] if any(each.is_finished for each in own.reports) else []
    if waiting := own.shares_waiting_for(role):
        about = about_report(partnership.id, own.number_of(waiting[0].report_id))
        words = f"{partner} would like to share it with {mention(waiting[0].reader)}."
        return [_line(words, partnership, name, "See and decide", first=True, about=about)]
    current = own.current(partnership, met_on)
    if current is None:
        return [_line("Finished.", partnership, name)] if own.reports and not at_home else []
    if current.waits_for(role):
        words = f"{partner} has finished it. It waits for you."
        return [_line(words, partnership, name, "Read and finish", first=True)]
    if role in current.finished:
        return [_line(f"You finished it. {partner} reads it now.", partnership, name)]
    if is_quarter_over(current, agreed, today):
        return [_line(time_to_write(current.starts_on), partnership, name)]
    return [] if at_home else [_line(f"What you did since {day(current.starts_on)}, on one page.", partnership, name)]


def _line(
    words: str,
    partnership: Partnership,
    name: str,
    label: str = "Progress report",
    *,
    first: bool = False,
    about: str = "",
) -> Block:
    opens = report_button(about or partnership.id, label, first=first, partner=name)
    return section(f"*Progress report.* {words}", opens)
