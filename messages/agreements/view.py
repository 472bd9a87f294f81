"""An agreement as its two people read it, what it says about itself in their list, and its buttons."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from slack_sdk.models.blocks import Block, ButtonElement, DividerBlock

from mentoring.agreements.agreement import Agreement, AgreementContext, AgreementVersion
from mentoring.agreements.own_agreement import OwnAgreement
from mentoring.agreements.terms import AgreementTerms
from mentoring.core.programmes import Programme
from mentoring.partnerships.partnership import Partnership, Pause
from messages.agreements.form import FIELDS, FORM, AgreementStep
from messages.agreements.words import PROMISE, differences, lines, names_of, what_holds, who_reads
from messages.blocks import actions, button, modal, section, small_print
from messages.forms import FormMetadata
from messages.ids import AGREEMENT_VIEW, CHANGE_AGREEMENT, OPEN_AGREEMENT, SIGN_AGREEMENT
from messages.programmes.cohorts import day_of
from messages.text import mention

MOST_EARLIER: Final = 5
MOST_IN_EARLIER: Final = 60
"""Characters of a text in the differences of an earlier version."""
AGAIN: Final = "Either of you can open it again at any time."


def view(
    context: AgreementContext,
    terms: Mapping[int, AgreementTerms],
    *,
    by: str,
    can_change: bool,
    root: str = "",
    note: str = "",
) -> dict[str, Any]:
    """The agreement for `by`, with at least one version, and the buttons to sign and to change it.

    `terms` are by the number of the version. `root` is the id of the view below, which is updated afterwards. `note`
    (mrkdwn) says what has just happened.
    """
    agreement = context.agreement
    if agreement is None:
        raise ValueError("no version to show")
    partnership, names = context.partnership, names_of(context)
    newest = terms[agreement.latest.number]
    waits = can_change and agreement.waits_for(by)
    blocks: list[Block] = [section(note)] if note else []
    blocks.append(small_print(who_reads(partnership, by)))
    blocks.append(section(f"*{_standing(agreement, partnership, by)}*\n{_signatures(agreement.latest, partnership)}"))
    blocks += _changes(agreement, terms, context)
    blocks.append(section(lines(newest, names, FIELDS[AgreementStep.MEETINGS])))
    until, *texts, review = FIELDS[AgreementStep.EXPECTATIONS]
    blocks.append(section(lines(newest, names, (until, review))))
    blocks += [section(words) for name in texts if (words := lines(newest, names, (name,)))]
    blocks.append(section(what_holds(partnership, context.programme)))
    blocks.append(small_print(PROMISE))
    if can_change:
        blocks.append(actions(*_buttons(agreement, waits=waits)))
    blocks += _earlier(agreement, terms, context)
    programme = context.programme.id
    meta = FormMetadata(form=FORM, version=agreement.version, about=partnership.id, root=root, programme=programme)
    return modal(AGREEMENT_VIEW, "Our agreement", blocks, private_metadata=meta.dump())


def _standing(agreement: Agreement, partnership: Partnership, by: str) -> str:
    latest, partner = agreement.latest, mention(partnership.other(by))
    if latest.is_signed_by_both:
        return f"Signed by both on {day_of(latest.signed_at)}. {AGAIN}"
    if not agreement.waits_for(by):
        return f"You have signed. {partner} reads it now. You can still change it."
    did = "changed" if latest.number > 1 else "drafted"
    return f"{partner} {did} this. It waits for your signature. You can also change it."


def _signatures(version: AgreementVersion, partnership: Partnership) -> str:
    found = [
        f"• {mention(person)}, {day_of(version.signed[person])}"
        if person in version.signed
        else f"• {mention(person)}: not signed yet"
        for person in partnership.people
    ]
    return "\n".join(found)


def _changes(agreement: Agreement, terms: Mapping[int, AgreementTerms], context: AgreementContext) -> list[Block]:
    """What the newest version changes, while it waits: against what holds, or else against the version before."""
    latest = agreement.latest
    if latest.is_signed_by_both or latest.number == 1:
        return []
    holds = agreement.in_force
    before = holds.number if holds else latest.number - 1
    found = differences(terms[before], terms[latest.number], names_of(context))
    title = (
        f"*What changes.* Until you have both signed, what you signed on {day_of(holds.signed_at)} holds."
        if holds
        else "*What changed since the version before*"
    )
    return [section(title), section("\n".join(found) or "Nothing."), DividerBlock()]


def _buttons(agreement: Agreement, *, waits: bool) -> list[ButtonElement]:
    about = agreement.partnership_id
    sign = button("I agree to this", SIGN_AGREEMENT, f"{about}:{agreement.version}", style="primary")
    return [*([sign] if waits else []), button("Change it", CHANGE_AGREEMENT, about)]


def _earlier(agreement: Agreement, terms: Mapping[int, AgreementTerms], context: AgreementContext) -> list[Block]:
    """The versions before the newest, newest first, each with what it had changed."""
    *before, _ = agreement.versions
    if not before:
        return []
    blocks: list[Block] = [DividerBlock(), section("*Earlier versions*")]
    for version in list(reversed(before))[:MOST_EARLIER]:
        blocks.append(section(_one_earlier(version, terms, context)))
    if rest := len(before) - MOST_EARLIER:
        blocks += [small_print(f"And {rest} before.")] if rest > 0 else []
    return blocks


def _one_earlier(version: AgreementVersion, terms: Mapping[int, AgreementTerms], context: AgreementContext) -> str:
    signed = f"signed by both on {day_of(version.signed_at)}" if version.is_signed_by_both else "not signed by both"
    words = [f"Version {version.number}, by {mention(version.written_by)} on {day_of(version.written_at)}, {signed}"]
    if version.number > 1:
        words += differences(
            terms[version.number - 1], terms[version.number], names_of(context), most=MOST_IN_EARLIER
        ) or ["• Nothing changed."]
    return "\n".join(words)


def open_button(
    partnership_id: str, label: str = "See our agreement", *, first: bool = False, partner: str = ""
) -> ButtonElement:
    """Opens the agreement, or its form if nothing is written yet. `partner` (plain text) tells those in a list apart
    for screen readers.
    """
    read_aloud = f"{label}, with {partner}" if partner else ""
    style = "primary" if first else None
    return button(label, OPEN_AGREEMENT, partnership_id, style=style, accessibility_label=read_aloud)


def agreement_buttons(partnership: Partnership, programme: Programme) -> list[ButtonElement]:
    """The button to write an agreement, where the programme has them."""
    if not programme.has_agreements or not partnership.is_active:
        return []
    return [open_button(partnership.id, "Write our agreement")]


def blocks_of(
    partnership: Partnership,
    own: OwnAgreement,
    by: str,
    programme: Programme,
    *,
    pause: Pause | None,
    today: date,
    name: str = "",
    at_home: bool = False,
) -> Sequence[Block]:
    """Where the agreement stands, in one block for the list of somebody's partnerships; none if there is nothing to
    say, which at Home includes that both have signed. `today` is their date, and `name` the partner's in plain text.
    """

    def opens(label: str = "See our agreement", *, first: bool = False) -> ButtonElement:
        return open_button(partnership.id, label, first=first, partner=name)

    agreement = own.agreement
    is_open = programme.has_agreements and partnership.is_active and pause is None and today < partnership.ends_on
    if agreement is None:
        if not is_open:
            return []
        words = "Begun by you, and not sent yet." if own.is_begun else "Not begun."
        return [_line(words, opens("Go on writing it" if own.is_begun else "Write our agreement"))]
    latest, partner = agreement.latest, mention(partnership.other(by))
    if latest.is_signed_by_both:
        return [] if at_home else [_line(f"Signed by both on {day_of(latest.signed_at)}.", opens())]
    if not agreement.waits_for(by):
        words = f"You signed it on {day_of(latest.signed[by])}. {partner} reads it now."
        return [_line(words, opens())]
    did = "changed" if latest.number > 1 else "drafted"
    words = f"{partner} {did} it on {day_of(latest.written_at)}. It waits for your signature."
    return [_line(words, opens("Read and sign", first=is_open))]


def _line(words: str, opens: ButtonElement) -> Block:
    return section(f"*Our agreement.* {words}", opens)
