"""Whatever is typed in a year, and however much of it, what we build of it is something that Slack takes."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mentoring.applications.application import Application, ApplicationState, MeetingMode, PrivateAnswers, Role
from mentoring.core.outcome import Notification, NotificationKind
from mentoring.core.owners import OPERATOR
from mentoring.core.paging import Page, PageMark
from mentoring.core.people import AccountStatus, Person
from mentoring.core.programmes import Programme
from mentoring.core.roles import ProgrammeRole
from mentoring.feedback.answers import MOST_WORDS, Question
from mentoring.feedback.figures import Summary
from mentoring.home.own_partnership import OwnPartnership
from mentoring.items.item import MOST_WORDS as MOST_OF_ITEM
from mentoring.items.item import ActionItem, ItemOwner, ItemState
from mentoring.matching.decisions import DecisionKind, MatchDecision
from mentoring.matching.hard_rules import EXEMPTIBLE, MOST_REASON, Exemption, HardRule
from mentoring.matching.match import Alternative, Match, MatchState, Reason, ReasonKind
from mentoring.matching.optimiser.compare import Comparison, PairingCost, PartnerChange, RoundPlan
from mentoring.matching.review import ProposalRun
from mentoring.matching.round import MatchingRound
from mentoring.matching.what_would_help import Gain, RuleChange, WhatWouldHelp
from mentoring.meetings.log import MOST_NOTES, Meeting, MeetingNotes, MeetingTotals
from mentoring.notifications.context import NotificationContext
from mentoring.oversight.asking import HowItStands, OversightKind, OversightRequest, StandingAnswer
from mentoring.partnerships.partnership import Partnership, PartnershipState, Pause
from mentoring.people.listed_partnerships import ListedPartnership, PartnershipFilter
from mentoring.people.people_list import MOST_SEARCHED, Participant
from mentoring.status import PartnershipStatus, Quiet, cohort_status
from messages import matching, meetings, notifications, partnerships, people_list, status
from messages.errors import at_fields
from messages.feedback import baseline
from messages.feedback import form as feedback
from messages.forms import FormMetadata
from messages.items import items_view
from messages.oversight.view import Overseen
from messages.partnerships import owners_view
from messages.partnerships.owners_view import PartnershipsState
from messages.payloads import Message, check_response_action, check_view
from messages.people_list import PeopleState
from tests.golden.baseline import ANSWERS
from tests.golden.refusals_said import REFUSALS
from tests.messages import generated
from tests.messages.contexts import OF_A_DEPARTURE, OF_A_RETURN
from tests.messages.examples import COHORT, LEFT_AT, MATCH, PARTNERSHIP
from tests.messages.homes import helped

pytestmark = pytest.mark.long

OF_AN_ABSENCE = (*OF_A_DEPARTURE, *OF_A_RETURN, NotificationKind.PARTNERSHIP_CLOSED)
ME, THEM = "U" + "0" * 20, "U" + "1" * 20
"""Ids as long as any."""


@dataclass(frozen=True)
class Year:
    programme: Programme
    request: Application
    offer: Application
    words: str
    today: date

    @cached_property
    def names(self) -> dict[str, str]:
        return {ME: self.words[:80], THEM: self.words[:80]}

    @cached_property
    def match(self) -> Match:
        facts = {
            ReasonKind.SHARED_TOPICS: self.request.topics,
            ReasonKind.GRADES_ABOVE: ("99",),
            ReasonKind.SAME_WAYS: tuple(MeetingMode),
            ReasonKind.SAME_MONTHS: ("200",),
            ReasonKind.SAME_HOURS: ("24",),
        }
        reasons = tuple(Reason(kind, tuple(map(str, facts.get(kind, ())))) for kind in ReasonKind)
        asked_at = datetime(2027, 2, 8, 14, tzinfo=UTC)
        return replace(MATCH, mentee=ME, mentor=THEM, reasons=reasons, offered_at=asked_at)

    @cached_property
    def partnership(self) -> Partnership:
        return replace(PARTNERSHIP, mentee=ME, mentor=THEM, topics=self.request.topics)

    def theirs(self, state: PartnershipState) -> tuple[Partnership, ...]:
        """More than anybody can have; with many others and with the reader."""
        over_at = None if state is PartnershipState.ACTIVE else LEFT_AT
        return tuple(
            replace(self.partnership, id=f"R{n}", mentee=mentee, state=state, over_at=over_at)
            for n in range(40)
            for mentee in (f"U{n:020}", ME)
        )

    def round(self) -> MatchingRound:
        """More of both than are named; each is held against each."""
        many = ((self.request, 130), (self.offer, 40))
        crowd = [replace(a, id=f"{a.id}-{n}", state=ApplicationState.OPEN) for a, count in many for n in range(count)]
        owners = tuple(f"U{n:020}" for n in range(20))
        on_the_desk = [
            replace(
                self.match,
                id=f"M{n}",
                approvals=owners[: n % 20],
                paired_by=owners[1] if n % 2 else "",
                pinned_by=owners[2] if n % 3 else "",
                exempted=tuple(EXEMPTIBLE),
                other_mentor=Alternative(self.offer.id, THEM, 100),
                other_mentee=Alternative(self.request.id, ME, 100),
            )
            for n in range(30)
        ]
        offered = [replace(self.match, id=f"O{n}", state=MatchState.OFFERED) for n in range(60)]
        people = {user: Person(user, AccountStatus.MEMBER, name) for user, name in self.names.items()}
        return MatchingRound(
            self.programme,
            COHORT,
            owners,
            {a.id: a for a in (*crowd, self.request, self.offer)},
            {},
            {m.id: m for m in (*on_the_desk, *offered)},
            (),
            people,
        )

    def record(self, round_: MatchingRound) -> matching.ReviewHistory:
        """Everybody has decided everything about everything."""
        decided = tuple(
            MatchDecision("C1", verdict, owner, LEFT_AT, ME, THEM, match.id)
            for match in round_.proposals()
            for owner in match.approvals[-2:]
            for verdict in DecisionKind
        )
        reason = (self.words * MOST_REASON)[:MOST_REASON]
        return matching.ReviewHistory(
            decided,
            {m.id: Exemption(m.id, m.exempted, reason, OPERATOR, LEFT_AT) for m in round_.proposals()},
        )

    def compared(self, **more: Any) -> Comparison:
        crowd = tuple(f"U{n:020}" for n in range(20))
        plan = RoundPlan(9999, 999900)
        changes = tuple(PartnerChange(user, Role.MENTOR, crowd[:3], crowd[3:6]) for user in crowd)
        cost = PairingCost(plan, replace(plan, matched=1), changes, more=9999)
        return Comparison(self.request, self.offer, 100, self.match.reasons, 100, cost=cost, **more)

    def logged(self, count: int) -> list[tuple[Meeting, MeetingNotes | None]]:
        first = self.partnership.started_on
        made: list[tuple[Meeting, MeetingNotes | None]] = []
        for n in range(count):
            day = first + timedelta(days=n)
            meeting = Meeting(f"V{n}", "R1", day, 480, MeetingMode.VIDEO, self.request.topics, ME)
            notes = MeetingNotes(f"V{n}", (self.words * 3000)[:MOST_NOTES])
            made.append((meeting, notes))
        return made

    def items(self) -> tuple[ActionItem, ...]:
        words, added = (self.words * 500)[:MOST_OF_ITEM], self.partnership.introduced_at
        due = self.partnership.started_on
        item = ActionItem("I0", "R1", words, ItemOwner.BOTH, due, added, ME, meeting_id="V0")
        closed = (replace(item, id=f"J{n}", state=ItemState.DROPPED) for n in range(40))
        return (*(replace(item, id=f"I{n}") for n in range(30)), *closed)

    def report(self) -> PartnershipStatus:
        active = tuple(replace(self.partnership, id=f"R{n}") for n in range(90))
        said = tuple((self.words * 2000)[:MOST_WORDS] for _ in range(40))
        summary = Summary(90, 45, 40, 3.9, helps=said, hinders=said)
        quiet = tuple(Quiet(each, 999) for each in active[:40])
        paused = tuple(Pause(each, self.both_gone) for each in active[40:])
        return PartnershipStatus(active, 9, 9, 9, 9, quiet, summary, summary, paused=paused)

    @cached_property
    def both_gone(self) -> tuple[Person, Person]:
        one, other = (Person(user, AccountStatus.DEACTIVATED, left_at=LEFT_AT) for user in (ME, THEM))
        return one, other


def _views(year: Year) -> Iterator[dict[str, Any]]:
    round_, report = year.round(), year.report()
    record, owner = year.record(round_), round_.owners[0]
    for page in range(3):
        yield matching.view(
            round_, page, by=round_.owners[0], today=round_.cohort.opens_on, just_proposed=True, history=record
        )
    both = {each.id: each for each in year.both_gone}
    listed = tuple(ListedPartnership(each, MeetingTotals(9999, year.today), both) for each in report.active[:20])
    marks = PageMark("R" * 32, 999999, is_before=True), PageMark("R" * 32, 999999)
    asked = PartnershipsState(filter=PartnershipFilter.OVER, name="'" * MOST_SEARCHED, mark=marks[0].dump())
    everything = Overseen(
        "U" + "2" * 20,
        ("U" + "2" * 20, ME),
        {
            each.id: [OversightRequest(each.id, kind, 9999, ME, LEFT_AT) for kind in OversightKind]
            for each in report.active
        },
        {
            each.id: [StandingAnswer(each.id, 9999, one, HowItStands.CONTACT, LEFT_AT) for one in each.people]
            for each in report.active
        },
    )
    yield owners_view.all_view(
        Page(listed, marks[0], 999999, *marks, 999999),
        asked,
        year.programme,
        year.today,
        overseen=everything,
        reader=Person("U" + "2" * 20),
    )
    yield owners_view.search_form(asked, root="V" * 20)
    person = Participant(year.offer, both[ME], (year.words * 75)[:75], report.active[:4], {}, both, offers=9)
    words = (year.words * 75)[:75]
    search = PeopleState(name="'" * MOST_SEARCHED, department=words, topic=words, mark=marks[0].dump())
    for programme in (year.programme, replace(year.programme, departments=(words,), topics=(words,))):
        people = Page(((person, person),) * 20, marks[0], 999999, *marks, 999999)
        yield people_list.view(people, search, programme, round_.cohort, year.today, for_owner=True)
        yield people_list.search_form(search, programme, root="V" * 20)
    yield matching.pair_form(round_, {}, by=owner, restored=True)
    yield matching.pair_form(round_, matching.pair_values(round_, year.request, year.offer), by=owner)
    yield matching.swap_form(round_, round_.proposals()[0], {"reason": year.words * 40}, by=owner, restored=True)
    yield matching.why_not(year.programme, (ME, ""))
    yield matching.why_not_soon(year.programme, (ME, THEM))
    yield matching.what_would_help_soon()
    for two in (False, True):
        changes = [tuple(RuleChange)[:2]] if two else [(change,) for change in RuleChange]
        gains = tuple(Gain(each, 9999, is_exact=False) for each in changes)
        yield matching.what_would_help_view(round_, WhatWouldHelp(9999, gains, tuple(RuleChange)))
    yield matching.what_would_help_view(round_, WhatWouldHelp(9999, (), tuple(RuleChange)))
    yield matching.forbid_view((ME, THEM))
    for bar in (None, *HardRule):
        yield matching.why_not_answer(
            round_, year.compared(broken_rule=bar, role=Role.MENTOR), by=owner, history=record
        )
    together = [replace(year.partnership, id=f"R{n}") for n in range(4)]
    for count in (1, 4):
        for values in ({}, meetings.values_of(*year.logged(1)[0])):
            yield meetings.form(
                together[:count],
                year.names,
                values,
                meta=FormMetadata(form=meetings.LOG),
                today=year.today,
                by=ME,
                programme=year.programme,
                restored=True,
            )
    logged, away = year.logged(40), {person.id: person for person in year.both_gone}
    for state in PartnershipState:
        for count in (0, 1, 4, 9):
            items = [
                OwnPartnership(
                    replace(year.partnership, id=f"R{n}", state=state),
                    tuple(logged),
                    items=year.items(),
                    asks_baseline=True,
                )
                for n in range(count)
            ]
            of_items = replace(year.partnership, state=state)
            yield items_view(year.items(), of_items, by=ME, programme=year.programme)
            yield partnerships.view(items, by=ME, programme=year.programme, today=year.today)
            yield partnerships.view(items, by=ME, programme=year.programme, today=year.today, people=away)
            rather_not = [replace(own, partnership=replace(own.partnership, declined_rematch=(ME,))) for own in items]
            yield partnerships.view(rather_not, by=ME, programme=year.programme, today=year.today)
    yield baseline.baseline_form({}, year.partnership, by=ME, until=year.today, programme=year.programme, restored=True)
    for question in (Question.CHECK_IN, Question.SURVEY):
        for before in ((), ANSWERS):
            yield feedback.form(
                question,
                year.partnership,
                {},
                by=ME,
                programme=year.programme,
                names=year.names,
                restored=True,
                baseline=before,
            )


def _messages(year: Year) -> Iterator[Message]:
    own = {
        Role.MENTEE: replace(year.request, state=ApplicationState.OPEN),
        Role.MENTOR: replace(year.offer, state=ApplicationState.OPEN),
    }
    confided = [(a, PrivateAnswers(a.id, (year.words * 2000)[:2000], ME, ME)) for a in own.values()]
    crowd = [replace(a, id=f"{a.id}{n}") for a in own.values() for n in range(40)]
    counted, report = cohort_status(year.programme, COHORT, crowd), year.report()
    yield status.cohort(counted, year.programme, COHORT, year.today, report)
    together = [replace(year.partnership, id=f"R{n}") for n in range(3)]
    runs = (ProgrammeRole.OWNER, ProgrammeRole.SPONSOR, ProgrammeRole.FACILITATOR)
    yield helped(*own.values(), programme=year.programme, roles=runs, today=year.today, own=together)
    staff, many = (ProgrammeRole.COMMITTEE, *runs[1:]), tuple(f"U{n:020}" for n in range(20))
    yield helped(
        *own.values(), programme=year.programme, roles=staff, today=year.today, own=together, facilitators=many
    )
    offer = replace(year.match, state=MatchState.OFFERED, mentee_application=year.request.id)
    over = replace(year.partnership, state=PartnershipState.ENDED)
    yield status.mine(year.programme, COHORT, confided, year.today, [offer], together[:1])
    yield status.mine(year.programme, COHORT, confided, year.today, [offer], [over])
    yield from _desks(year)
    meeting, theirs = year.logged(1)[0][0], {state: year.theirs(state) for state in PartnershipState}
    for kind in NotificationKind:
        for reader, match_state, accepted in (
            (ME, MatchState.OFFERED, ()),
            (ME, MatchState.OFFERED, (ME,)),
            (THEM, MatchState.LAPSED, ()),
        ):
            for state in PartnershipState:
                context = NotificationContext(
                    Person(reader),
                    year.today,
                    year.programme,
                    replace(COHORT, closed_on=year.today) if kind is NotificationKind.COHORT_CLOSED else COHORT,
                    (ME, THEM),
                    own,
                    year.request,
                    counted,
                    replace(year.match, state=match_state, accepted_by=accepted),
                    replace(year.partnership, state=state),
                    meeting,
                    {ME: year.request, THEM: year.offer},
                    report,
                )
                about = {"part": "dates", "by": THEM, "person": THEM, "left": LEFT_AT.isoformat(), "field": "manager"}
                about["met"] = meeting.met_on.isoformat()
                about |= {"deleted": meeting.met_on.isoformat(), "kinds": "notes,answers"}
                for away in ({}, {THEM: year.both_gone[1]}) if kind in OF_AN_ABSENCE else ({},):
                    try:
                        context = replace(context, their_partnerships=theirs[state], people=away)
                        yield notifications.render(Notification("k", kind, reader, about), context)
                    except notifications.NotificationObsolete:
                        continue


def _desks(year: Year) -> Iterator[Message]:
    """The message about the round, of an owner for whom much waits and of one who has approved nearly all."""
    round_ = year.round()
    full = replace(round_, matches={id_: m for id_, m in round_.matches.items() if m.state is MatchState.PROPOSED})
    for owner in (round_.owners[0], round_.owners[-1]):
        for seen in (round_, full, replace(round_, matches={})):
            for asked_at in (None, LEFT_AT):
                solving = ProposalRun(
                    "C1",
                    asked_at=asked_at,
                    done_by=THEM,
                    done_at=LEFT_AT,
                    added=("M0",) * 5000,
                    gone=tuple(round_.matches),
                )
                context = NotificationContext(
                    Person(owner), year.today, year.programme, COHORT, round_.owners, round=seen, proposal_run=solving
                )
                yield notifications.render(
                    Notification("k", NotificationKind.REVIEW, owner, {"cohort": COHORT.id}), context
                )


def _fits(year: Year) -> None:
    for view in _views(year):
        check_view(view)
        for refusal in REFUSALS:
            errors = at_fields.field_errors(refusal, view, year.programme)
            if errors:
                check_response_action(view, {"response_action": "errors", "errors": errors})
    for said in _messages(year):
        said.payload()


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data(), programme=generated.programmes(), words=generated.words(60), now=generated.days())
def test_anything_typed_makes_messages_and_forms_that_slack_takes(
    data: st.DataObject, programme: Programme, words: str, now: datetime
) -> None:
    (request, _), (offer, _) = (data.draw(generated.applications(programme, role)) for role in Role)
    _fits(Year(programme, replace(request, person=ME), replace(offer, person=THEM, id="A7"), words, now.date()))


@pytest.mark.parametrize("unit", ["m", "&", "<", "😀", "many words ", "👩‍👩‍👧"])
@pytest.mark.parametrize("today", [date(2027, 2, 5), date(2027, 5, 3), date(2028, 3, 1)])
def test_the_largest_programme_fits(unit: str, today: date) -> None:
    programme, _, pairs = generated.largest(unit)
    (request, _), (offer, _) = pairs
    _fits(Year(programme, replace(request, person=ME), replace(offer, person=THEM, id="A7"), unit * 30, today))
