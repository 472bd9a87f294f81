"""All active partnerships for owners: the people and the time since their last meeting, without notes."""

from typing import Any

from slack_sdk.models.blocks import Block

from mentoring.core.programmes import Programme
from mentoring.status import PartnershipStatus
from messages.blocks import actions, button, fit, modal, section, small_print
from messages.forms import FormMetadata
from messages.ids import ALL_PARTNERSHIPS_VIEW, OPEN_ALL_PARTNERSHIPS
from messages.partnerships.buttons import end_button
from messages.partnerships.summary import paused
from messages.programmes.cohorts import days as days_of
from messages.text import mention, plural
from messages.voice import Voice, capital

ON_A_PAGE = 40


def all_view(partnerships: PartnershipStatus, programme: Programme, page: int = 0) -> dict[str, Any]:
    """A page of partnerships, quiet ones first and paused ones last; a `page` that does not exist becomes the nearest
    one.
    """
    voice, plain = Voice(programme), Voice(programme, marked=False)
    title = fit(f"All {plain.partnerships}", "All active pairs")
    quiet = {each.partnership.id: each.days for each in partnerships.quiet}
    order = [each.partnership for each in partnerships.quiet]
    pauses = {each.partnership.id: each for each in partnerships.paused}
    order += [each for each in partnerships.active if each.id not in quiet and each.id not in pauses]
    order += [each.partnership for each in partnerships.paused]
    pages = max(1, -(-len(order) // ON_A_PAGE))
    page = min(max(page, 0), pages - 1)
    if not order:
        words = f"There are no active {voice.partnerships}."
        return modal(ALL_PARTNERSHIPS_VIEW, title, [section(words)], private_metadata=_meta(page))
    blocks: list[Block] = []
    if pages > 1:
        blocks.append(
            small_print(f"{plural(len(order), voice.partnership, voice.partnerships)}, page {page + 1} of {pages}")
        )
    if page:
        blocks.append(actions(button("Previous page", OPEN_ALL_PARTNERSHIPS, str(page - 1))))
    for number, partnership in list(enumerate(order, 1))[page * ON_A_PAGE :][:ON_A_PAGE]:
        silence = quiet.get(partnership.id)
        silent = f" No meeting logged for {plural(silence, 'day', 'days')}." if silence is not None else ""
        waits = f"\n{paused(pauses[partnership.id])}" if partnership.id in pauses else ""
        words = (
            f"{mention(partnership.mentee)} and {mention(partnership.mentor)}\n"
            f"{days_of(partnership.started_on, partnership.ends_on)}.{silent}{waits}"
        )
        is_paused = partnership.id in pauses
        end = end_button(partnership, programme, by_owner=True, is_paused=is_paused)
        end.accessibility_label = f"End it: number {number} in this list"
        blocks.append(section(words, end))
    if page + 1 < pages:
        blocks.append(actions(button("Next page", OPEN_ALL_PARTNERSHIPS, str(page + 1))))
    blocks.append(small_print(f"{capital(voice.mentee)} first, then {voice.mentor}. Meeting notes are not shown here."))
    return modal(ALL_PARTNERSHIPS_VIEW, title, blocks, private_metadata=_meta(page))


def _meta(page: int) -> str:
    return FormMetadata(form=ALL_PARTNERSHIPS_VIEW, about=str(page)).dump()
