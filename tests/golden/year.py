"""What there is to read from the first proposal to the close: a name for each variant, and how it is made."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from mentoring.applications.application import Role
from mentoring.cases.yearly import CasesOfYear
from mentoring.core.fields import FieldName
from mentoring.core.outcome import NOTHING, NotificationKind
from mentoring.core.people import AccountStatus
from mentoring.core.programmes import Programme
from mentoring.core.roles import ProgrammeRole
from mentoring.effort import Effort, MonthOfEffort
from mentoring.feedback.answers import Question
from mentoring.feedback.items import ItemAnswer
from mentoring.home.own_partnership import OwnPartnership
from mentoring.matching.approvals import ApprovedTogether, CloserLook
from mentoring.matching.decisions import DecisionKind, MatchDecision
from mentoring.matching.errors import CannotApprove, NeedsCloserLook, NotPending
from mentoring.matching.hard_rules import Exemption, HardRule
from mentoring.matching.held_up import HeldUpMatches
from mentoring.matching.match import Alternative, Match, MatchState, Reason, ReasonKind
from mentoring.matching.review import ProposalRun
from mentoring.matching.waiting import RoundNews
from mentoring.partnerships.errors import LoggedThatDay
from mentoring.partnerships.judgement import PartnershipJobContext
from mentoring.partnerships.partnership import Partnership
from mentoring.people.file_import import FileImport, FileImportState
from mentoring.programmes.settings import Part
from mentoring.status import PartnershipStatus, cohort_status
from messages import (
    applications,
    deleted_meetings,
    matching,
    meetings,
    partnerships,
    programmes,
    saving,
    status,
)
from messages.command_words import Topic
from messages.errors import sentence_for
from messages.feedback import form as feedback
from messages.forms import FormMetadata, Values
from messages.matching.review import opening_view
from messages.notifications import render_afterwards
from messages.topics import Asker, reply_about
from tests.golden.baseline import ANSWERS, ASKS_MORE, BASELINE
from tests.golden.closure import CLOSURE
from tests.golden.doubts import DOUBTS
from tests.golden.home import WORK
from tests.golden.making import Piece, said, shown, told
from tests.golden.what_would_help import WHAT_WOULD_HELP
from tests.golden.why_not import WHY_NOT
from tests.messages.examples import (
    ADA,
    ASKED,
    ASKED_AT,
    BEN,
    CLEO,
    CLOSED,
    COHORT,
    CUSTOM,
    ENDED,
    FIRST,
    HOPES,
    IN_TIME,
    ITEMS,
    LATER,
    LISTED,
    MATCH,
    MATCHING,
    NAMES,
    NOTES,
    OFFERED,
    OTHER_PARTNERSHIP,
    OTHERS_OFFER,
    OWEN,
    PARTNERSHIP,
    PLAIN,
    PLAN,
    REPORT,
    REQUEST,
    RUNNING,
    SECOND,
    SUE,
    late,
    member,
    round_of,
    withdrawn,
)
from tests.messages.homes import helped

DAY_24 = PARTNERSHIP.started_on + timedelta(days=24)
ANSWERING = ASKED_AT.date() + timedelta(days=1)
AT_THE_END = PARTNERSHIP.ends_on
CLOSED_ROUND = replace(COHORT, closed_on=date(2027, 9, 1))

AT_START = replace(PLAIN, introduces_at_start=True)
AGREED = replace(ASKED, accepted_by=(ADA, BEN))
APPROVED = replace(MATCH, id="M2", approvals=(OWEN, SUE), score=64)
HALF = replace(MATCH, id="M3", approvals=(SUE,), score=58)
BY_HAND = replace(MATCH, id="M4", paired_by=OWEN, approvals=(OWEN,), score=20, reasons=MATCH.reasons[:1])
OWNERS_OWN = replace(MATCH, id="M5", mentee=OWEN, mentee_application="gone", score=12, reasons=())
MORE_PEOPLE = (
    REQUEST,
    OTHERS_OFFER,
    replace(REQUEST, id="A3", person=CLEO),
    replace(OTHERS_OFFER, id="A8", person=SUE, places=3),
    late(replace(REQUEST, id="A5", person=OWEN)),
)


ROOM = (REQUEST, replace(OTHERS_OFFER, places=3), replace(REQUEST, id="A3", person=CLEO))
WARNED = replace(MATCH, id="M11", score=61, reasons=(Reason(ReasonKind.NO_SHARED_HOURS),))
SEVERAL = round_of(
    MATCH,
    replace(MATCH, id="M13", mentee=CLEO, mentee_application="A3", score=58),
    WARNED,
    replace(MATCH, id="M12", score=30, reasons=MATCH.reasons[:1]),
    replace(BY_HAND, approvals=(), exempted=(HardRule.GRADES,)),
    applications=ROOM,
)
SO_MANY = [
    replace(MATCH, id=f"M{n:03}", mentee_application=f"A{n:03}", score=90 - n // 4, reasons=MATCH.reasons[:1])
    for n in range(12)
]
MANY_ROUND = round_of(
    *SO_MANY,
    applications=(
        *(replace(REQUEST, id=one.mentee_application, person=f"U{n}") for n, one in enumerate(SO_MANY)),
        replace(OTHERS_OFFER, places=12),
    ),
    programme=replace(PLAIN, most_places=12),
)
NOT_ALL = ApprovedTogether(
    NOTHING,
    4,
    (
        (MATCH, NeedsCloserLook(CloserLook.WARNING)),
        (HALF, NotPending(MatchState.REFUSED)),
        (None, NotPending()),
        (MATCH, CannotApprove(HardRule.AWAY, Role.MENTEE)),
    ),
)


DECIDED_ROUND = round_of(
    replace(MATCH, pinned_by=SUE, other_mentor=Alternative("A8", SUE, 71), other_mentee=Alternative("A3", CLEO, 64)),
    replace(
        MATCH,
        id="M6",
        mentee=CLEO,
        mentee_application="A3",
        mentor=SUE,
        mentor_application="A8",
        score=71,
        paired_by=OWEN,
        approvals=(OWEN,),
        exempted=(HardRule.CHAIN_OF_COMMAND,),
        other_mentor=Alternative("gone", BEN, 64),
    ),
    applications=MORE_PEOPLE,
    owners=(OWEN, SUE, BEN),
)
DECIDED_AT = datetime(2027, 2, 3, 14, 5, tzinfo=UTC)
RECORD = matching.ReviewHistory(
    (
        MatchDecision("C1", DecisionKind.PINNED, SUE, DECIDED_AT, ADA, BEN, "M1"),
        MatchDecision("C1", DecisionKind.PAIRED, OWEN, DECIDED_AT, CLEO, SUE, "M6"),
    ),
    {"M6": Exemption("M6", (HardRule.CHAIN_OF_COMMAND,), "They have *asked* for it,\nboth of them.", OWEN, DECIDED_AT)},
    ProposalRun("C1", done_by=SUE, done_at=DECIDED_AT, added=("M6",), gone=("M2",), kept=1),
)


def _review(*matches: Match, by: str = OWEN, page: int = 0, **more: Any) -> Piece:
    proposed, today = more.pop("just_proposed", False), more.pop("today", MATCHING)
    return shown(lambda: matching.view(round_of(*matches, **more), page, by=by, today=today, just_proposed=proposed))


def _logs(
    *together: Partnership,
    programme: Programme = PLAIN,
    values: Values | None = None,
    form: str = meetings.LOG,
    restored: bool = False,
    same_day: str = "",
) -> Piece:
    about = FIRST.id if form == meetings.CORRECT else PARTNERSHIP.id
    meta = FormMetadata(form=form, about=about, version=1 if form == meetings.CORRECT else 0)
    return shown(
        lambda: meetings.form(
            together,
            NAMES,
            values or {},
            meta=meta,
            today=LATER,
            by=ADA,
            programme=programme,
            restored=restored,
            same_day=same_day,
        )
    )


def _own(*items: tuple[Any, ...], by: str = ADA, programme: Programme = PLAIN, today: date = LATER) -> Piece:
    own = [replace(OwnPartnership(*item), items=ITEMS if item[1:] and item[1] == BOTH_LOGGED else ()) for item in items]
    return _shown_own(own, by, programme, today)


def _shown_own(
    own: Sequence[OwnPartnership], by: str = ADA, programme: Programme = PLAIN, today: date = LATER
) -> Piece:
    return shown(lambda: partnerships.view(own, by=by, programme=programme, today=today))


def _asks(
    question: Question,
    programme: Programme = PLAIN,
    values: Values | None = None,
    *,
    never_met: bool = False,
    partnership: Partnership = PARTNERSHIP,
    baseline: Sequence[ItemAnswer] = (),
) -> Piece:
    return shown(
        lambda: feedback.form(
            question,
            partnership,
            values or {},
            by=ADA,
            programme=programme,
            names=NAMES,
            restored=bool(values),
            never_met=never_met,
            baseline=baseline,
        )
    )


def _stands(*matches: Match, together: tuple[Partnership, ...] = (), programme: Programme = PLAIN) -> Piece:
    return said(lambda: status.mine(programme, COHORT, [(REQUEST, HOPES)], RUNNING, matches, together, member(ADA)))


def _round(report: PartnershipStatus, programme: Programme = PLAIN, today: date = LATER, closed: bool = False) -> Piece:
    sent = (REQUEST, OTHERS_OFFER, replace(REQUEST, id="A9", person=CLEO))
    cohort = CLOSED_ROUND if closed else COHORT
    return said(
        lambda: status.cohort(cohort_status(programme, cohort, sent), programme, cohort, today, report),
    )


MAY = MonthOfEffort(date(2027, 5, 1), Effort(67, 9), Effort(112, 15), 2)

RUNS_OUT = {"cohort": COHORT.id, "day": "2027-02-12"}


def _offer(
    kind: NotificationKind, match: Match = ASKED, reader: str = ADA, programme: Programme = PLAIN, **more: Any
) -> Piece:
    more.setdefault("profiles", {ADA: REQUEST, BEN: OTHERS_OFFER})
    own = {Role.MENTEE: REQUEST} if reader == ADA else {Role.MENTOR: OTHERS_OFFER}
    return told(kind, reader, programme, ANSWERING, match=match, applications=own, owners=(OWEN, SUE), **more)


TOPICS = [topic for topic in Topic if topic not in (Topic.PAUSE, Topic.INVITATIONS)]
"""A pause and invitations are the same in all programmes, and have replies of their own."""


def _topic(topic: Topic, programme: Programme = PLAIN, person: str = ADA, **more: Any) -> Piece:
    more.setdefault("can_tell", bool(more.get("applications") or more.get("partnerships")))
    return said(lambda: reply_about(topic, Asker(person, programme, **more)))


def _sent_form() -> dict[str, Any]:
    """A form to log a meeting, as Slack sends it."""
    meta = FormMetadata(form=meetings.LOG, about=PARTNERSHIP.id)
    view = meetings.form([PARTNERSHIP], NAMES, {}, meta=meta, today=LATER, by=ADA, programme=PLAIN)
    return {**view, "state": {"values": {"notes": {"notes": {"type": "plain_text_input", "value": "We <talked>."}}}}}


MET_ONCE = PartnershipJobContext(PARTNERSHIP, member(BEN), PLAIN, met_on=(FIRST.met_on,))
NEVER_MET = PartnershipJobContext(PARTNERSHIP, member(BEN), PLAIN)


def _list(file_import: FileImport, programme: Programme = PLAIN) -> Piece:
    return told(NotificationKind.IMPORT_PREVIEW, OWEN, programme, IN_TIME, file_import=file_import)


def _between(
    kind: NotificationKind,
    reader: str = ADA,
    partnership: Partnership = PARTNERSHIP,
    programme: Programme = PLAIN,
    today: date = LATER,
    **more: Any,
) -> Piece:
    return told(
        kind,
        reader,
        programme,
        today,
        more.pop("about", None),
        partnership=partnership,
        profiles={ADA: REQUEST, BEN: OTHERS_OFFER},
        applications={Role.MENTEE: REQUEST} if reader == ADA else {Role.MENTOR: OTHERS_OFFER},
        **more,
    )


def _owners(kind: NotificationKind, programme: Programme = PLAIN, **more: Any) -> Piece:
    about = more.pop("about", None)
    return told(kind, OWEN, programme, more.pop("today", LATER), about, owners=(OWEN, SUE), **more)


def _approvals(kind: NotificationKind, *matches: Match, **more: Any) -> Piece:
    owners, programme = more.pop("owners", (OWEN, SUE)), more.pop("programme", PLAIN)
    round_ = round_of(*(matches or (HALF, replace(HALF, id="M7"), MATCH)), owners=owners, programme=programme)
    reader = more.pop("reader", OWEN)
    return told(kind, reader, programme, MATCHING, {"cohort": "C1"}, round=round_, owners=owners)


BOTH_LOGGED = ((FIRST, NOTES), (SECOND, PLAN))
LOST = replace(ASKED, state=MatchState.DECLINED)
EXPIRED = replace(ASKED, state=MatchState.LAPSED)
OVERTAKEN = replace(ASKED, state=MatchState.OVERTAKEN)
ASKED_OTHERS = replace(ASKED, id="M9", mentee=OWEN, mentee_application="A0", mentor=CLEO, mentor_application="A00")
YES = replace(ASKED, accepted_by=(ADA,))
RECALLED = replace(ASKED, state=MatchState.RECALLED)
EXTENDED = replace(ASKED, answer_until=ASKED_AT + timedelta(days=14))
OUT = round_of(
    YES, replace(EXTENDED, id="M7"), replace(ASKED_OTHERS, state=MatchState.EXPIRED), applications=MORE_PEOPLE
)
HELD = round_of(AGREED, replace(YES, id="M7"), programme=AT_START, applications=MORE_PEOPLE)
BACK = replace(ENDED, back=(ADA,))
RATHER_NOT = replace(ENDED, declined_rematch=(ADA,))

YEAR: dict[str, Piece] = {
    "review-nobody-applied": _review(applications=()),
    "review-no-mentors": _review(applications=(REQUEST,)),
    "review-before-proposing": _review(applications=MORE_PEOPLE),
    "review-nothing-found": _review(just_proposed=True),
    "review-nothing-found-by-minimum-score": _review(
        just_proposed=True, programme=replace(PLAIN, weights=replace(PLAIN.weights, at_least=60))
    ),
    "review-nothing-to-do": _review(applications=(OTHERS_OFFER,)),
    "review-proposals": _review(MATCH, BY_HAND, HALF, OWNERS_OWN, applications=MORE_PEOPLE),
    "review-to-release": _review(
        APPROVED, ASKED_OTHERS, applications=MORE_PEOPLE, programme=replace(PLAIN, ask_first=False)
    ),
    "review-rejected": _review(replace(MATCH, state=MatchState.REFUSED), applications=MORE_PEOPLE),
    "review-to-release-the-last": _review(APPROVED, applications=MORE_PEOPLE),
    "review-one-owner-own-words": _review(MATCH, programme=CUSTOM, owners=(OWEN,)),
    "review-second-page": _review(*(replace(MATCH, id=f"M{n:02}", score=n) for n in range(13)), page=1),
    "review-decided": shown(lambda: matching.view(DECIDED_ROUND, 0, by=OWEN, today=MATCHING, history=RECORD)),
    "review-decided-own-words": shown(
        lambda: matching.view(replace(DECIDED_ROUND, programme=CUSTOM), 0, by=SUE, today=MATCHING, history=RECORD)
    ),
    "review-approvals": shown(lambda: matching.approvals_form(SEVERAL, OWEN)),
    "review-approvals-restored": shown(lambda: matching.approvals_form(SEVERAL, OWEN, ticked=("M13",))),
    "review-approvals-of-many": shown(lambda: matching.approvals_form(MANY_ROUND, OWEN)),
    "review-approvals-nothing": shown(lambda: matching.approvals_form(round_of(BY_HAND, WARNED), SUE)),
    "review-approved-several": shown(
        lambda: matching.view(SEVERAL, 0, by=SUE, today=MATCHING, result=matching.approved_text(SEVERAL, NOT_ALL))
    ),
    "notification-approvals-wanted": _approvals(NotificationKind.APPROVALS_WANTED),
    "notification-approvals-wanted-of-one": _approvals(NotificationKind.APPROVALS_WANTED, APPROVED, HALF, reader=OWEN),
    "notification-approvals-wanted-of-many-owners": _approvals(
        NotificationKind.APPROVALS_WANTED,
        *(replace(MATCH, id=f"M{n:02}", approvals=(SUE,) if n < 7 else ()) for n in range(9)),
        owners=(OWEN, SUE, CLEO),
        programme=CUSTOM,
    ),
    "notification-approvals-reminder": _approvals(NotificationKind.APPROVALS_REMINDER),
    "review-opening": shown(lambda: opening_view(CUSTOM)),
    "review-swap": shown(lambda: matching.swap_form(DECIDED_ROUND, MATCH, {}, by=OWEN)),
    "review-swap-restored": shown(
        lambda: matching.swap_form(
            DECIDED_ROUND, MATCH, {"other": "M6", "reason": "They asked for it."}, by=OWEN, restored=True
        )
    ),
    "review-swap-nothing": shown(lambda: matching.swap_form(round_of(MATCH), MATCH, {}, by=OWEN)),
    "review-forbid": shown(lambda: matching.forbid_view((ADA, BEN))),
    **{f"comparison-{name}": piece for name, piece in WHY_NOT.items()},
    **{f"what-would-help-{name}": piece for name, piece in WHAT_WOULD_HELP.items()},
    "review-pair": shown(lambda: matching.pair_form(round_of(applications=MORE_PEOPLE), {}, by=OWEN)),
    "review-pair-own-words": shown(
        lambda: matching.pair_form(
            round_of(applications=MORE_PEOPLE, programme=CUSTOM), {"mentor": "A8"}, by=OWEN, restored=True
        )
    ),
    "review-pair-nobody": shown(lambda: matching.pair_form(round_of(applications=(REQUEST,)), {}, by=OWEN)),
    "meeting-form": _logs(PARTNERSHIP),
    "meeting-form-own-words": _logs(PARTNERSHIP, programme=CUSTOM),
    "meeting-form-second-of-the-day": _logs(
        PARTNERSHIP,
        values=meetings.values_of(FIRST, NOTES),
        same_day=sentence_for(LoggedThatDay(FIRST.met_on, BEN), PLAIN),
    ),
    "meeting-log-deleted": shown(lambda: deleted_meetings.deleted_view(BEN)),
    "meeting-form-which": _logs(PARTNERSHIP, OTHER_PARTNERSHIP, restored=True, values={"minutes": "30", "notes": "x"}),
    "meeting-form-to-correct": _logs(PARTNERSHIP, values=meetings.values_of(FIRST, NOTES), form=meetings.CORRECT),
    "partnerships-none": _own(),
    "partnerships-just-begun": _own((PARTNERSHIP, ()), today=date(2027, 2, 16)),
    "partnerships-before-we-begin": _shown_own(
        [OwnPartnership(PARTNERSHIP, asks_baseline=True)], today=date(2027, 2, 16)
    ),
    "partnerships-one-meeting": _own((PARTNERSHIP, ((FIRST, None),)), by=BEN, today=date(2027, 2, 23)),
    "partnerships-two-meetings": _own((PARTNERSHIP, BOTH_LOGGED)),
    "partnerships-own-words": _own((PARTNERSHIP, BOTH_LOGGED), by=BEN, programme=CUSTOM, today=date(2027, 3, 20)),
    "partnerships-check-in": _own((PARTNERSHIP, BOTH_LOGGED, Question.CHECK_IN)),
    "partnerships-at-the-end": _own((PARTNERSHIP, BOTH_LOGGED, Question.SURVEY), today=AT_THE_END),
    "partnerships-several": _own((OTHER_PARTNERSHIP, ()), (ENDED, BOTH_LOGGED), (replace(CLOSED, back=(ADA,)), ())),
    "partnerships-rather-not-again": _own((replace(RATHER_NOT, back=(ADA,)), ())),
    "partnerships-rather-not-again-said": said(lambda: partnerships.rather_not(RATHER_NOT, ADA)),
    "partnerships-again-after-all-said": said(lambda: partnerships.after_all(ENDED, ADA)),
    "check-in-form": _asks(Question.CHECK_IN),
    "check-in-form-own-words": _asks(Question.CHECK_IN, CUSTOM),
    **BASELINE,
    "survey-form": _asks(Question.SURVEY, values={"rating": "4", "helps": "Walks"}),
    "survey-form-after-a-baseline": _asks(Question.SURVEY, baseline=ANSWERS),
    "survey-form-after-a-baseline-own-words": _asks(Question.SURVEY, CUSTOM, baseline=ANSWERS),
    "check-in-form-after-a-baseline": _asks(Question.CHECK_IN, baseline=ANSWERS),
    "survey-form-with-added-questions": _asks(Question.SURVEY, ASKS_MORE, {"own_1": "1:4"}),
    "survey-form-early": _asks(Question.SURVEY, partnership=ENDED),
    "survey-form-early-never-met": _asks(Question.SURVEY, never_met=True, partnership=ENDED),
    "survey-form-own-words": _asks(Question.SURVEY, CUSTOM),
    "survey-form-never-met": _asks(Question.SURVEY, never_met=True),
    "survey-form-never-met-own-words": _asks(Question.SURVEY, CUSTOM, {"words": "Ask us."}, never_met=True),
    "partnerships-at-the-end-never-met": _own((PARTNERSHIP, (), Question.SURVEY), today=AT_THE_END),
    **{f"doubts-{name}": piece for name, piece in DOUBTS.items()},
    "notification-second-meeting-nudge-short": _between(
        NotificationKind.SECOND_MEETING_NUDGE, today=DAY_24, partnership=replace(PARTNERSHIP, months=0, weeks=11)
    ),
    "status-asked": _stands(ASKED),
    "status-said-yes": _stands(YES),
    "status-in-a-partnership": _stands(together=(PARTNERSHIP,)),
    "status-partnership-over": _stands(together=(ENDED,)),
    "status-back-in-the-pool": _stands(together=(BACK,)),
    "status-mentor-with-a-place-own-words": said(
        lambda: status.mine(CUSTOM, COHORT, [(OTHERS_OFFER, OFFERED)], RUNNING, (), (PARTNERSHIP,))
    ),
    "status-cohort-running": _round(REPORT),
    "status-cohort-running-own-words": _round(REPORT, CUSTOM),
    "status-cohort-all-is-well": _round(replace(REPORT, taken={**REPORT.taken, "A9": 1}, quiet=())),
    "status-cohort-closed": _round(REPORT, closed=True),
    "help-partner": said(lambda: helped(REQUEST, today=RUNNING, own=(PARTNERSHIP,))),
    "help-partner-of-two-own-words": said(
        lambda: helped(REQUEST, programme=CUSTOM, today=RUNNING, own=(PARTNERSHIP, OTHER_PARTNERSHIP, ENDED))
    ),
    "notification-not-proposed": _owners(NotificationKind.NOT_PROPOSED),
    "notification-operator-released": _owners(NotificationKind.OPERATOR_RELEASED),
    "notification-operator-released-and-approved": _owners(NotificationKind.OPERATOR_RELEASED, about={"match": "M1"}),
    "notification-welcome-owner-later": _owners(NotificationKind.WELCOME_OWNER),
    "notification-unmatched": told(NotificationKind.UNMATCHED, ADA, PLAIN, ANSWERING, application=REQUEST),
    "notification-unmatched-who-came-back": told(
        NotificationKind.UNMATCHED,
        ADA,
        PLAIN,
        LATER,
        application=REQUEST,
        own_partnerships=(replace(ENDED, back=(ADA,)),),
    ),
    "notification-unmatched-after-the-last-day": told(
        NotificationKind.UNMATCHED, ADA, PLAIN, COHORT.ends_on + timedelta(days=1), application=REQUEST
    ),
    "notification-unmatched-own-words": told(
        NotificationKind.UNMATCHED, BEN, CUSTOM, ANSWERING, application=OTHERS_OFFER
    ),
    "notification-unmatched-while-applications-are-open": told(
        NotificationKind.UNMATCHED, ADA, PLAIN, IN_TIME, application=REQUEST
    ),
    "review-ready-while-applications-are-open": _review(
        APPROVED, applications=(REQUEST, OTHERS_OFFER, *MORE_PEOPLE), today=IN_TIME
    ),
    "notification-still-waiting": told(
        NotificationKind.STILL_WAITING, ADA, PLAIN, LATER, application=REQUEST, about={"cohort": COHORT.id}
    ),
    "notification-still-waiting-on-the-waiting-list": told(
        NotificationKind.STILL_WAITING, ADA, PLAIN, LATER, application=late(REQUEST), about={"cohort": COHORT.id}
    ),
    "notification-still-waiting-in-a-closed-round": told(
        NotificationKind.STILL_WAITING,
        ADA,
        PLAIN,
        LATER,
        application=REQUEST,
        cohort=replace(COHORT, closed_on=LATER),
        about={"cohort": COHORT.id},
    ),
    "notification-still-waiting-own-words": told(
        NotificationKind.STILL_WAITING, BEN, CUSTOM, ANSWERING, application=OTHERS_OFFER, about={"cohort": COHORT.id}
    ),
    "notification-still-waiting-new-dates": told(
        NotificationKind.STILL_WAITING,
        ADA,
        PLAIN,
        IN_TIME,
        application=REQUEST,
        about={"cohort": COHORT.id, "why": RoundNews.DATES},
    ),
    "notification-still-waiting-next-round-own-words": told(
        NotificationKind.STILL_WAITING,
        BEN,
        CUSTOM,
        IN_TIME,
        application=OTHERS_OFFER,
        about={"cohort": COHORT.id, "why": RoundNews.ROUND},
    ),
    "status-cohort-held-up": _round(replace(REPORT, held_up=HeldUpMatches(3, 2, ASKED_AT + timedelta(days=7), 1))),
    "waiting-told": said(lambda: matching.waiting_told(3)),
    "waiting-told-lately": said(lambda: matching.waiting_told(0)),
    "notification-match-offered": _offer(NotificationKind.MATCH_OFFERED),
    "notification-match-offered-without-shared-hours": _offer(
        NotificationKind.MATCH_OFFERED, replace(ASKED, reasons=(*ASKED.reasons, Reason(ReasonKind.NO_SHARED_HOURS)))
    ),
    "review-without-shared-hours": _review(
        replace(MATCH, id="M2", reasons=(*MATCH.reasons[:1], Reason(ReasonKind.NO_SHARED_HOURS)), score=40)
    ),
    "notification-match-offered-own-words": _offer(NotificationKind.MATCH_OFFERED, reader=BEN, programme=CUSTOM),
    "notification-offer-reminder": _offer(NotificationKind.OFFER_REMINDER),
    "notification-offer-accepted": _offer(NotificationKind.OFFER_ACCEPTED, YES),
    "notification-offer-accepted-second": _offer(
        NotificationKind.OFFER_ACCEPTED, replace(YES, state=MatchState.ACCEPTED, accepted_by=(BEN, ADA))
    ),
    "notification-match-agreed": _offer(NotificationKind.MATCH_AGREED, AGREED, programme=AT_START),
    "notification-match-agreed-not-asked": _offer(
        NotificationKind.MATCH_AGREED, AGREED, BEN, replace(CUSTOM, ask_first=False, introduces_at_start=True)
    ),
    "notification-match-offered-at-start": _offer(NotificationKind.MATCH_OFFERED, programme=AT_START),
    "notification-offer-accepted-second-at-start": _offer(
        NotificationKind.OFFER_ACCEPTED, replace(AGREED, accepted_by=(BEN, ADA)), programme=AT_START
    ),
    "afterwards-offer-agreed": _offer(
        NotificationKind.MATCH_OFFERED, AGREED, render=render_afterwards, programme=AT_START
    ),
    "afterwards-offer-accepted": _offer(NotificationKind.MATCH_OFFERED, YES, render=render_afterwards),
    "afterwards-offer-introduced": _offer(
        NotificationKind.MATCH_OFFERED, replace(YES, state=MatchState.ACCEPTED), render=render_afterwards
    ),
    "afterwards-offer-declined": _offer(NotificationKind.MATCH_OFFERED, LOST, render=render_afterwards, declined=True),
    "afterwards-offer-lost": _offer(NotificationKind.OFFER_REMINDER, LOST, BEN, render=render_afterwards),
    "afterwards-offer-expired": _offer(
        NotificationKind.OFFER_REMINDER, replace(ASKED, state=MatchState.EXPIRED), render=render_afterwards
    ),
    "afterwards-offer-closed": _offer(
        NotificationKind.OFFER_REMINDER, replace(ASKED, state=MatchState.CLOSED), render=render_afterwards
    ),
    "afterwards-offer-recalled": _offer(NotificationKind.MATCH_OFFERED, RECALLED, render=render_afterwards),
    "notification-offer-recalled": _offer(NotificationKind.OFFER_OVER, RECALLED),
    "notification-owners-offer-recalled": _offer(NotificationKind.OWNERS_OFFER_OVER, RECALLED, OWEN, about={"by": SUE}),
    "notification-match-offered-with-hopes": _offer(NotificationKind.MATCH_OFFERED, reader=BEN, hopes=HOPES.hopes),
    "notification-match-offered-extended": _offer(NotificationKind.MATCH_OFFERED, EXTENDED),
    "open-offers": shown(
        lambda: matching.offers_view(OUT, 0, by=OWEN, today=MATCHING, result=matching.reminded_text(ASKED))
    ),
    "open-offers-own-match": shown(
        lambda: matching.offers_view(round_of(YES, owners=(ADA, SUE)), 0, by=ADA, today=MATCHING)
    ),
    "open-offers-at-start": shown(lambda: matching.offers_view(HELD, 0, by=OWEN, today=MATCHING)),
    "review-matches-at-start": shown(lambda: matching.view(HELD, 0, by=OWEN, today=MATCHING)),
    "open-offers-none": shown(lambda: matching.offers_view(round_of(), 0, by=OWEN, today=MATCHING)),
    "open-offers-results": shown(
        lambda: matching.offers_view(
            OUT,
            0,
            by=OWEN,
            today=MATCHING,
            result="\n".join(
                (
                    matching.extended_text(EXTENDED),
                    matching.recalled_text(ASKED),
                    matching.asked_again_text(ASKED, sent=True),
                    matching.asked_again_text(ASKED, sent=False),
                )
            ),
        )
    ),
    "afterwards-offer-withdrawn": _offer(
        NotificationKind.MATCH_OFFERED,
        LOST,
        render=render_afterwards,
        profiles={ADA: withdrawn(REQUEST), BEN: OTHERS_OFFER},
    ),
    "notification-offer-declined": _offer(NotificationKind.OFFER_DECLINED, LOST),
    "notification-offer-over": _offer(NotificationKind.OFFER_OVER, LOST, BEN),
    "notification-offer-over-own-words": _offer(NotificationKind.OFFER_OVER, LOST, programme=CUSTOM),
    "notification-offer-over-expired": _offer(NotificationKind.OFFER_OVER, EXPIRED),
    "notification-offer-over-no-place": _offer(NotificationKind.OFFER_OVER, OVERTAKEN, BEN, about={"why": "place"}),
    "notification-offer-over-after-a-change": _offer(NotificationKind.OFFER_OVER, OVERTAKEN, about={"why": "changed"}),
    "notification-offers-running-out": _offer(
        NotificationKind.OFFERS_RUNNING_OUT, reader=OWEN, round=round_of(ASKED), about=RUNS_OUT
    ),
    "notification-offers-running-out-several-own-words": _offer(
        NotificationKind.OFFERS_RUNNING_OUT,
        reader=OWEN,
        programme=CUSTOM,
        round=round_of(ASKED, replace(ASKED, id="M9", mentor=CLEO, accepted_by=(ADA,))),
        about={**RUNS_OUT, "day": "2027-02-11"},
    ),
    "notification-owners-offer-over": _offer(NotificationKind.OWNERS_OFFER_OVER, LOST, OWEN),
    "notification-owners-offer-over-no-place": _offer(
        NotificationKind.OWNERS_OFFER_OVER, OVERTAKEN, OWEN, about={"why": "no-place", "role": "mentor"}
    ),
    "notification-owners-offer-over-line-of-management-own-words": _offer(
        NotificationKind.OWNERS_OFFER_OVER, OVERTAKEN, OWEN, CUSTOM, about={"why": "chain-of-command"}
    ),
    "notification-introduced": _between(NotificationKind.INTRODUCED),
    "notification-introduced-with-roles": _between(
        NotificationKind.INTRODUCED,
        programme=replace(
            PLAIN, mentee_responsibilities=("Ask",), mentor_responsibilities=("Listen", "Be honest & kind")
        ),
    ),
    "notification-introduced-own-words": _between(
        NotificationKind.INTRODUCED, programme=replace(CUSTOM, ask_first=False)
    ),
    "notification-partnership-entered": _between(
        NotificationKind.PARTNERSHIP_ENTERED,
        partnership=replace(PARTNERSHIP, agreed_end=date(2027, 12, 17), met_before=5, last_met_before=date(2027, 5, 3)),
    ),
    "notification-partnership-entered-own-words": _between(NotificationKind.PARTNERSHIP_ENTERED, programme=CUSTOM),
    "notification-import-preview": _list(LISTED),
    "notification-import-preview-changed": _list(
        replace(LISTED, contents={**LISTED.contents, "kind": "partnerships", "changed": [3]}), CUSTOM
    ),
    "notification-import-preview-nothing-new": _list(
        replace(LISTED, contents={**LISTED.contents, "lines": LISTED.contents["lines"][2:], "summary": "0 new."})
    ),
    "notification-import-refused": _list(
        replace(LISTED, state=FileImportState.REFUSED, contents={"problems": ["Line 2, role: empty.", "Line 3: <b>."]})
    ),
    "notification-import-done": _list(
        replace(LISTED, state=FileImportState.DONE, contents={"summary": "2 new, 0 changed, 1 unchanged."})
    ),
    "notification-import-dismissed": _list(replace(LISTED, state=FileImportState.DISMISSED, contents={})),
    "notification-import-expired": _list(replace(LISTED, state=FileImportState.EXPIRED, contents={})),
    "notification-import-erased": _list(replace(LISTED, contents={})),
    "notification-file-declined": told(NotificationKind.FILE_DECLINED, ADA, PLAIN, IN_TIME),
    "notification-cannot-be-named": told(
        NotificationKind.CANNOT_BE_NAMED,
        ADA,
        PLAIN,
        ANSWERING,
        {"person": CLEO, "field": FieldName.MANAGER},
        application=REQUEST,
        named=frozenset({(FieldName.MANAGER, CLEO)}),
        people={CLEO: replace(member(CLEO), account_status=AccountStatus.GUEST)},
    ),
    "afterwards-cannot-be-named": told(
        NotificationKind.CANNOT_BE_NAMED,
        ADA,
        PLAIN,
        ANSWERING,
        {"person": CLEO, "field": FieldName.MANAGER},
        application=REQUEST,
        render=render_afterwards,
    ),
    "afterwards-cannot-be-named-withdrawn": told(
        NotificationKind.CANNOT_BE_NAMED,
        ADA,
        PLAIN,
        ANSWERING,
        {"person": CLEO, "field": FieldName.MANAGER},
        application=withdrawn(REQUEST),
        render=render_afterwards,
    ),
    "notification-cannot-be-named-own-words": told(
        NotificationKind.CANNOT_BE_NAMED,
        ADA,
        CUSTOM,
        ANSWERING,
        {"person": CLEO, "field": FieldName.WISH},
        application=REQUEST,
        named=frozenset({(FieldName.WISH, CLEO)}),
        people={CLEO: replace(member(CLEO), account_status=AccountStatus.DEACTIVATED)},
    ),
    **{f"topic-{topic}-newcomer": _topic(topic) for topic in TOPICS},
    **{f"topic-{topic}-applicant": _topic(topic, applications=(REQUEST,), matches=(ASKED,)) for topic in TOPICS},
    **{
        f"topic-{topic}-partner-own-words": _topic(topic, CUSTOM, applications=(REQUEST,), partnerships=(PARTNERSHIP,))
        for topic in TOPICS
    },
    **{f"topic-{topic}-owner": _topic(topic, person=OWEN, roles=(ProgrammeRole.OWNER,)) for topic in TOPICS},
    "waiting-view": shown(lambda: applications.waiting(Role.MENTEE, PLAIN)),
    "saving-view": shown(lambda: saving.saving("x")),
    "saved-view": shown(lambda: saving.saved(clears=True)),
    "not-saved-view": shown(lambda: saving.not_saved(_sent_form(), {"met_on": "Choose the day you met."})),
    "given-back-form": shown(lambda: saving.given_back(_sent_form(), {"met_on": "Choose the day you met."})),
    "notification-meeting-saved": _between(NotificationKind.MEETING_SAVED, meeting=FIRST),
    "notification-meeting-logged": _between(NotificationKind.MEETING_LOGGED, BEN, meeting=FIRST, about={"by": ADA}),
    "notification-meeting-deleted": _between(NotificationKind.MEETING_DELETED, BEN, about={"met": "2027-02-22"}),
    "notification-first-meeting-nudge": _between(NotificationKind.FIRST_MEETING_NUDGE),
    "notification-first-meeting-nudge-with-baseline": _between(
        NotificationKind.FIRST_MEETING_NUDGE, asks_baseline=True
    ),
    "notification-first-meeting-nudge-own-words": _between(NotificationKind.FIRST_MEETING_NUDGE, BEN, programme=CUSTOM),
    "notification-second-meeting-nudge": _between(NotificationKind.SECOND_MEETING_NUDGE, today=DAY_24),
    "notification-second-meeting-nudge-after-one": _between(
        NotificationKind.SECOND_MEETING_NUDGE, BEN, today=DAY_24, job=MET_ONCE
    ),
    "notification-monthly-nudge": _between(NotificationKind.MONTHLY_NUDGE, BEN),
    "notification-monthly-nudge-report-due": _between(
        NotificationKind.MONTHLY_NUDGE, BEN, report_due_since=date(2027, 1, 5)
    ),
    "notification-monthly-nudge-with-lines": _between(
        NotificationKind.MONTHLY_NUDGE,
        BEN,
        meeting=FIRST,
        lines=(NotificationKind.MEETING_LOGGED, NotificationKind.PARTNER_BACK),
    ),
    "notification-check-in": _between(NotificationKind.CHECK_IN),
    "notification-check-in-own-words": _between(NotificationKind.CHECK_IN, programme=CUSTOM),
    "notification-check-in-thanks": _between(NotificationKind.CHECK_IN_THANKS),
    "notification-check-in-thanks-change": _between(
        NotificationKind.CHECK_IN_THANKS, programme=replace(PLAIN, has_agreements=True), wants_change=True
    ),
    "notification-check-in-thanks-change-own-words": _between(
        NotificationKind.CHECK_IN_THANKS, programme=CUSTOM, wants_change=True
    ),
    "afterwards-check-in-answered": _between(NotificationKind.CHECK_IN, render=render_afterwards, answered=True),
    "afterwards-check-in-over-own-words": _between(
        NotificationKind.CHECK_IN, partnership=ENDED, programme=CUSTOM, render=render_afterwards
    ),
    "afterwards-survey-answered": _between(NotificationKind.SURVEY_REMINDER, render=render_afterwards, answered=True),
    "notification-word-wanted": _owners(NotificationKind.WORD_WANTED, about={"by": ADA}),
    "notification-word-wanted-may-contact": _owners(NotificationKind.WORD_WANTED, about={"by": ADA, "may": "contact"}),
    "notification-survey": _between(NotificationKind.SURVEY, today=AT_THE_END),
    "notification-survey-own-words": _between(NotificationKind.SURVEY, today=AT_THE_END, programme=CUSTOM),
    "notification-survey-never-met": _between(NotificationKind.SURVEY, today=AT_THE_END, job=NEVER_MET),
    "notification-survey-never-met-own-words": _between(
        NotificationKind.SURVEY, today=AT_THE_END, programme=CUSTOM, job=NEVER_MET
    ),
    "notification-survey-reminder-never-met": _between(
        NotificationKind.SURVEY_REMINDER, BEN, today=AT_THE_END, job=NEVER_MET
    ),
    "notification-survey-reminder": _between(NotificationKind.SURVEY_REMINDER, BEN, today=AT_THE_END),
    "notification-survey-thanks": _between(NotificationKind.SURVEY_THANKS, today=AT_THE_END),
    "notification-survey-thanks-last-page": _between(
        NotificationKind.SURVEY_THANKS, today=AT_THE_END, met=6, can_say_thanks=True
    ),
    "notification-thank-you": _between(NotificationKind.THANK_YOU, thanks="You made me ask.\nAll the best, & more."),
    "notification-thank-you-own-words": _between(
        NotificationKind.THANK_YOU, BEN, CLOSED, CUSTOM, thanks="For all the walks."
    ),
    "afterwards-thank-you": _between(NotificationKind.THANK_YOU, render=render_afterwards),
    "notification-partnership-closed-last-page": _between(
        NotificationKind.PARTNERSHIP_CLOSED, partnership=CLOSED, met=6, can_say_thanks=True
    ),
    "notification-partnership-closed-goes-on": _between(
        NotificationKind.PARTNERSHIP_CLOSED, BEN, replace(CLOSED, back=(BEN,)), met=6
    ),
    "notification-partnership-closed-goes-on-round-over": _between(
        NotificationKind.PARTNERSHIP_CLOSED, BEN, replace(CLOSED, back=(BEN,)), cohort=CLOSED_ROUND, met=6
    ),
    "status-cohort-named": _round(replace(REPORT, named=(CLOSED, replace(CLOSED, mentee=CLEO)))),
    "status-cohort-help-asked": _round(replace(REPORT, asked_for_help=CasesOfYear(2026, 7), remarks=12)),
    "status-cohort-help-asked-a-few": _round(replace(REPORT, asked_for_help=CasesOfYear(2026, None))),
    **{f"closure-{name}": piece for name, piece in CLOSURE.items()},
    "notification-partnership-ended": _between(NotificationKind.PARTNERSHIP_ENDED, partnership=ENDED),
    "notification-partnership-ended-early": _between(
        NotificationKind.PARTNERSHIP_ENDED, partnership=ENDED, met=2, early_survey_until=LATER + timedelta(days=21)
    ),
    "notification-partnership-ended-early-never-met": _between(
        NotificationKind.PARTNERSHIP_ENDED, partnership=ENDED, early_survey_until=LATER + timedelta(days=21)
    ),
    "notification-partnership-ended-own-words": _between(NotificationKind.PARTNERSHIP_ENDED, BEN, ENDED, CUSTOM),
    "notification-partnership-ended-round-over": _between(
        NotificationKind.PARTNERSHIP_ENDED, partnership=ENDED, cohort=CLOSED_ROUND
    ),
    "notification-partnership-closed": _between(NotificationKind.PARTNERSHIP_CLOSED, partnership=CLOSED, met=6),
    "notification-partnership-closed-own-words": _between(
        NotificationKind.PARTNERSHIP_CLOSED, BEN, CLOSED, CUSTOM, met=6
    ),
    "notification-partnership-closed-never-met": _between(NotificationKind.PARTNERSHIP_CLOSED, partnership=CLOSED),
    "notification-partnership-closed-never-met-own-words": _between(
        NotificationKind.PARTNERSHIP_CLOSED, BEN, CLOSED, CUSTOM
    ),
    "notification-back-in-pool": _between(NotificationKind.BACK_IN_POOL, partnership=BACK),
    "notification-back-in-pool-round-over": _between(
        NotificationKind.BACK_IN_POOL, partnership=BACK, cohort=CLOSED_ROUND
    ),
    "notification-back-in-pool-but-withdrawn": told(
        NotificationKind.BACK_IN_POOL, ADA, PLAIN, LATER, None, partnership=BACK
    ),
    "notification-cohort-closed": _owners(NotificationKind.COHORT_CLOSED, cohort=CLOSED_ROUND, about={"by": SUE}),
    "notification-cohort-closed-to-who-was-in-it-own-words": _between(
        NotificationKind.COHORT_CLOSED, programme=CUSTOM, cohort=CLOSED_ROUND
    ),
    "notification-weekly-status": _owners(
        NotificationKind.WEEKLY_STATUS,
        status=cohort_status(PLAIN, COHORT, (REQUEST, OTHERS_OFFER)),
        partnerships=REPORT,
        needs={PLAIN.id: WORK},
    ),
    "notification-weekly-status-new-month": _owners(
        NotificationKind.WEEKLY_STATUS,
        about={"day": "2027-06-07"},
        status=cohort_status(PLAIN, COHORT, (REQUEST, OTHERS_OFFER)),
        partnerships=REPORT,
        effort={PLAIN.id: MAY},
    ),
    "notification-cohort-status-effort": _owners(
        NotificationKind.COHORT_STATUS,
        status=cohort_status(PLAIN, COHORT, (REQUEST, OTHERS_OFFER)),
        partnerships=REPORT,
        effort={PLAIN.id: replace(MAY, own=Effort(1, 1), together=Effort(1, 1), owners=1)},
    ),
    "notification-weekly-status-nothing": _owners(
        NotificationKind.WEEKLY_STATUS,
        status=cohort_status(PLAIN, COHORT, (REQUEST, OTHERS_OFFER)),
        partnerships=REPORT,
    ),
    "notification-offer-over-round-closed": told(
        NotificationKind.OFFER_OVER,
        ADA,
        PLAIN,
        LATER,
        match=LOST,
        applications={Role.MENTEE: REQUEST},
        cohort=CLOSED_ROUND,
    ),
    "status-round-closed": said(lambda: status.mine(PLAIN, CLOSED_ROUND, [(REQUEST, HOPES)], LATER)),
    "settings-form-dates-next-round": shown(lambda: programmes.form(Part.DATES, PLAIN, CLOSED_ROUND, {})),
    "notification-applications-closed-enough-places": _owners(
        NotificationKind.APPLICATIONS_CLOSED,
        today=MATCHING,
        status=cohort_status(PLAIN, COHORT, (REQUEST, OTHERS_OFFER)),
    ),
}
