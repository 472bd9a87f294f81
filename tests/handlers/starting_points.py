"""Where a test may begin: people have applied, are asked, or have been introduced. Kept by the rules, without Slack."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from mentoring.applications.application import Application, ApplicationState, MeetingMode, PrivateAnswers, Role
from mentoring.cases.case import Case, CaseWords
from mentoring.core.outcome import Notification, NotificationKind, Outcome
from mentoring.core.programmes import InvitationMoment
from mentoring.core.roles import ProgrammeRole, RoleGiven
from mentoring.goals.goal import GoalForm, GoalTerm
from mentoring.goals.plan import OwnPlan, PlanForm, PlanShare, add_goal, write_plan
from mentoring.invitations.invitation import InvitationChoice
from mentoring.items.item import tick_item
from mentoring.matching.decisions import forbid, pin, refuse
from mentoring.matching.introductions import introduce
from mentoring.matching.match import MatchState
from mentoring.matching.offers import make_offer
from mentoring.matching.optimiser import manual_match
from mentoring.matching.round import MatchingRound
from mentoring.meetings.place import change_place
from mentoring.meetings.planning import offer, take
from mentoring.meetings.regular_meetings import RegularOffer, offer_regular, take_regular
from mentoring.oversight.asking import OversightKind, ask_both
from mentoring.partnerships.end_plan import EndChoice, EndForm, EndPlan, propose
from mentoring.partnerships.timing import MeetingRhythm
from mentoring.pauses.pause import PauseContext, PauseForm, end_after_pause, pause, resume
from mentoring.remarks.remark import RemarkForm, RemarkKind, tell
from mentoring.sessions.session import SessionAnswer
from mentoring.sponsor_page.sending import SponsorPageStopped
from messages import ids
from sandbox import Member
from services.end_dates import load_end_context
from services.oversight import load_oversight
from services.pauses import load_pause
from services.planned_meetings import load_plan
from storage import Transaction
from tests.handlers.support import rows
from tests.journeys.story import Story
from tests.local_bot import OWNER, SECOND_OWNER, LocalBot
from tests.messages.sessions import ORIENTATION
from tests.one_programme import programme_and_cohort, the_programme

BOSS = "U0BOSS"
TWO_MONTHS_LONGER = date(2027, 7, 23)
"""Than the end of partners who were introduced on 23 November 2026 for half a year."""
ADA, BEN, CHI, DEE = "U0ADA", "U0BEN", "U0CHI", "U0DEE"
MET = {"met_on": "2026-11-24", "minutes": "45", "way": "walking", "notes": "What we said."}
TODO = {"actions_mine": "Read it"}
CHECK_IN_DAY, END_DAY, RUNNING = 92, 183, 45
"""Days after which both are asked how it goes, both are asked to look back, and an owner may close the round."""


def applied(town: LocalBot, mentees: Sequence[str] = (), mentors: Sequence[str] = (), **says: Any) -> None:
    """These have applied, for the same topic and half a year; `says` changes fields of all their applications."""
    for new in {*mentees, *mentors} - town.slack.workspace.members.keys():
        town.slack.add_member(Member(new, new.lower(), new.capitalize()))
    town.knows(*mentees, *mentors, BOSS)
    with town.storage.begin(town.slack.team_id) as tx:
        cohort = _round(tx).cohort
        for role, people in ((Role.MENTEE, mentees), (Role.MENTOR, mentors)):
            for person in people:
                application = Application(
                    id=f"{role}-{person}",
                    cohort_id=cohort.id,
                    person=person,
                    role=role,
                    state=ApplicationState.OPEN,
                    topics=("Career planning",),
                    months=6,
                    ways=(MeetingMode.IN_PERSON,),
                    languages="English",
                    department="",
                    grade="",
                    started_on=date(2020, 1, 7) if role is Role.MENTOR else None,
                    places=1,
                    sent_at=town.slack.calendar.now(),
                    sent_on=town.slack.calendar.now().date(),
                )
                confidence = PrivateAnswers(application.id, "Only for the owners.", BOSS)
                tx.save(Outcome((replace(application, **says), confidence)))


def asked(town: LocalBot, mentee: str, mentor: str) -> str:
    """Both have applied and an owner has released their match; its id."""
    applied(town, [mentee], [mentor])
    with town.storage.begin(town.slack.team_id) as tx:
        round_ = _round(tx)
        match = manual_match(round_, *_applications(round_, mentee, mentor), by=OWNER, new_id=tx.new_id())
        tx.save(Outcome((match,)))
        tx.save(make_offer(round_, match, town.slack.calendar.now()))
    town.settle()
    return match.id


def introduced(town: LocalBot, mentee: str, mentor: str, **says: Any) -> str:
    """Both have applied, were matched and have said yes; the partnership's id."""
    if says or not _has_applied(town, mentee, mentor):
        applied(town, [mentee], [mentor], **says)
    now = town.slack.calendar.now()
    with town.storage.begin(town.slack.team_id) as tx:
        round_ = _round(tx)
        match = manual_match(round_, *_applications(round_, mentee, mentor), by=OWNER, new_id=tx.new_id())
        match = replace(match, state=MatchState.ACCEPTED, offered_at=now, accepted_by=match.people)
        partnership_id = tx.new_id()
        tx.save(Outcome((match,)) + introduce(round_, match, now=now, new_id=partnership_id))
    town.settle()
    return partnership_id


def later(town: LocalBot, **spans: float) -> None:
    """So much time passes, with all that falls due on the way."""
    town.slack.timeline = town.bot
    town.slack.run_until(town.slack.calendar.now() + timedelta(**spans))
    town.settle()


def case_opened(town: LocalBot) -> str:
    """Ada has asked an owner for help; the case's id."""
    one_applied(town)
    with town.storage.begin(town.slack.team_id) as tx:
        programme, _ = programme_and_cohort(tx)
        case = Case("k1", programme.id, ADA, OWNER, (), town.slack.calendar.now())
        tx.save(Outcome((case, CaseWords(case.id, "It is hard."))))
    town.settle()
    return case.id


def orientation_planned(town: LocalBot) -> str:
    """An orientation for everyone is planned, with two places; its id."""
    applied(town, [ADA], [BEN])
    with town.storage.begin(town.slack.team_id) as tx:
        programme, _ = programme_and_cohort(tx)
        tx.save(Outcome((replace(ORIENTATION, programme_id=programme.id),)))
    return ORIENTATION.id


def orientation_full(town: LocalBot) -> str:
    """The same, and both come to it."""
    orientation_planned(town)
    with town.storage.begin(town.slack.team_id) as tx:
        answers = (SessionAnswer(ORIENTATION.id, each, n, True, True) for n, each in enumerate((ADA, BEN), 1))
        tx.save(Outcome(tuple(answers)))
    return ORIENTATION.id


def sponsored(town: LocalBot) -> str:
    """Ada and Ben are sponsors."""
    town.knows(ADA, BEN)
    with town.storage.begin(town.slack.team_id) as tx:
        programme, _ = programme_and_cohort(tx)
        tx.save(Outcome(tuple(RoleGiven(programme.id, ProgrammeRole.SPONSOR, each, OWNER) for each in (ADA, BEN))))
    return ""


def page_stopped(town: LocalBot) -> str:
    """The same, and neither wants the monthly page."""
    sponsored(town)
    with town.storage.begin(town.slack.team_id) as tx:
        programme, _ = programme_and_cohort(tx)
        tx.save(Outcome(tuple(SponsorPageStopped(programme.id, each) for each in (ADA, BEN))))
    return ""


def remark_made(town: LocalBot) -> str:
    """Ada has told the programme something with her name; the remark's id."""
    one_applied(town)
    with town.storage.begin(town.slack.team_id) as tx:
        _, cohort = programme_and_cohort(tx)
        form = RemarkForm("A second room would help.", RemarkKind.NAMED)
        owners = tx.roles.owners(cohort.programme_id)
        now, by = town.slack.calendar.now(), tx.people.get(ADA)
        tx.save(
            tell(form, by=by, cohort=cohort, owners=owners, takes_part=True, remark_id="x1", is_said=False, now=now)
        )
    town.settle()
    return "x1"


def one_applied(town: LocalBot) -> str:
    applied(town, [ADA], [BEN])
    return f"mentee-{ADA}"


def nobody_for_ada(town: LocalBot) -> str:
    """Ada has applied, and no mentor has; the cohort's id."""
    applied(town, [ADA])
    return str(rows(town)["cohorts"][0]["id"])


def two_applied(town: LocalBot) -> str:
    applied(town, [ADA, CHI], [BEN, DEE])
    return ""


def proposed(town: LocalBot) -> str:
    applied(town, [ADA], [BEN])
    Story(town).proposes(OWNER)
    return str(rows(town)["matches"][0]["id"])


def refused(town: LocalBot) -> str:
    """An owner has rejected the only proposal."""
    match_id = proposed(town)
    with town.storage.begin(town.slack.team_id) as tx:
        round_, now = _round(tx), town.slack.calendar.now()
        tx.save(refuse(round_.matches[match_id], by=OWNER, approvers=round_.approvers, now=now))
    return match_id


def two_proposed(town: LocalBot) -> str:
    """Two proposals; the id of one of them."""
    two_applied(town)
    Story(town).proposes(OWNER)
    return str(rows(town)["matches"][0]["id"])


def boss_applied(town: LocalBot) -> str:
    """Ada and her manager have applied."""
    applied(town, [ADA], [BOSS])
    return ""


def kept(town: LocalBot) -> str:
    """A proposal that an owner keeps while the rest is proposed again."""
    match_id = proposed(town)
    with town.storage.begin(town.slack.team_id) as tx:
        round_ = _round(tx)
        now = town.slack.calendar.now()
        tx.save(pin(round_.matches[match_id], by=OWNER, approvers=round_.approvers, now=now))
    return match_id


def forbidden(town: LocalBot) -> str:
    """Ada and Ben are never to be matched."""
    one_applied(town)
    with town.storage.begin(town.slack.team_id) as tx:
        tx.save(forbid(_round(tx), ADA, BEN, by=OWNER, now=town.slack.calendar.now()))
    return f"{ADA}:{BEN}"


def approved(town: LocalBot) -> str:
    match = proposed(town)
    for owner in (OWNER, SECOND_OWNER):
        Story(town).approves_all(owner)
    return match


def offered(town: LocalBot) -> str:
    return asked(town, ADA, BEN)


def expired(town: LocalBot) -> str:
    """Two were asked, and neither has answered; two owners had approved."""
    match = asked(town, ADA, BEN)
    with town.storage.begin(town.slack.team_id) as tx:
        stored = tx.matches.get(match)
        assert stored is not None
        tx.save(Outcome((stored.changed(approvals=(OWNER, SECOND_OWNER)),)))
    later(town, days=8)
    return match


def one_yes(town: LocalBot) -> str:
    match = asked(town, ADA, BEN)
    Story(town).accepts(ADA)
    return match


def partners(town: LocalBot) -> str:
    partnership = introduced(town, ADA, BEN)
    later(town, days=1)
    return partnership


def asked_how_it_stands(town: LocalBot) -> str:
    """Ada and Ben are partners, and an owner has asked how it stands; the value of the buttons to answer."""
    partnership_id = partners(town)
    with town.storage.begin(town.slack.team_id) as tx:
        partnership = tx.partnerships.get(partnership_id)
        assert partnership is not None
        context = load_oversight(tx, partnership, town.slack.calendar.now())
        tx.save(ask_both(context, OversightKind.STANDING, by=OWNER, new_id="a1"))
    town.settle()
    return f"{partnership_id}:1"


def paused(town: LocalBot) -> str:
    """Ada and Ben are partners, and Ada has paused that until March; the partnership's id."""
    partnership = partners(town)
    _pauses(town, partnership, lambda context: pause(context, PauseForm(date(2027, 3, 15)), by=ADA, seen=1))
    return partnership


def carried_on(town: LocalBot) -> str:
    """They carry on a week later; the partnership's id."""
    partnership = paused(town)
    later(town, days=7)
    _pauses(town, partnership, lambda context: resume(context, by=BEN))
    return partnership


def moved_by_pause(town: LocalBot, pair: str) -> str:
    """The value of the button that moves the end by the last pause."""
    with town.database() as tx:
        partnership = tx.partnerships.get(pair)
    assert partnership is not None
    return f"{pair}:{end_after_pause(partnership) or partnership.ends_on}"


def _pauses(town: LocalBot, pair: str, rule: Callable[[PauseContext], Outcome]) -> None:
    with town.storage.begin(town.slack.team_id) as tx:
        partnership = tx.partnerships.get(pair)
        assert partnership is not None
        tx.save(rule(load_pause(tx, partnership, town.slack.calendar.now())))
    town.settle()


TIME = datetime(2026, 12, 2, 15, tzinfo=UTC)
ANOTHER_TIME = datetime(2026, 12, 3, 15, tzinfo=UTC)
"""A Wednesday and a Thursday afternoon in London, and the morning in New York."""


def time_offered(town: LocalBot) -> str:
    """Ada has offered Ben a time; what the button to take it says."""
    return f"{_plans(town, partners(town), offer, (TIME,), 60, by=ADA, new_id='planned1')}:{int(TIME.timestamp())}"


def time_booked(town: LocalBot) -> str:
    """Ben has taken it; the planned meeting's id."""
    time_offered(town)
    return _plans(town, str(rows(town)["partnerships"][0]["id"]), take, TIME, by=BEN)


def place_said(town: LocalBot) -> str:
    """Ada has said where they meet, and has the calendar file; the planned meeting's id."""
    planned = time_booked(town)
    pair = str(rows(town)["partnerships"][0]["id"])
    _plans(town, pair, change_place, None, "Room 3", by=ADA, seen_version=0)
    return planned


def regular_offered(town: LocalBot) -> str:
    """Ada has offered Ben a regular time; its id."""
    pair = partners(town)
    chosen = RegularOffer(TIME, MeetingRhythm.EVERY_SECOND_WEEK, 60)
    _plans(town, pair, offer_regular, chosen, by=ADA, new_id="regular1", new_ids=str)
    return "regular1"


def regular_agreed(town: LocalBot) -> str:
    """Ben has taken it; its id."""
    regular_offered(town)
    pair = str(rows(town)["partnerships"][0]["id"])
    _plans(town, pair, take_regular, by=BEN, new_ids="regular-meeting-{}".format)
    return "regular1"


def end_proposed(town: LocalBot) -> str:
    """Ada has proposed to go on for two months; the value of the buttons of the answer."""
    pair = partners(town)
    with town.storage.begin(town.slack.team_id) as tx:
        partnership = tx.partnerships.get(pair)
        assert partnership is not None
        form = EndForm(EndChoice.DAY, TWO_MONTHS_LONGER)
        context, now = load_end_context(tx, partnership), town.slack.calendar.now()
        tx.save(propose(context, EndPlan(), form, by=ADA, now=now))
    town.settle()
    return f"{pair}:1"


def time_moving(town: LocalBot) -> str:
    """Ada has asked to move it."""
    time_booked(town)
    pair = str(rows(town)["partnerships"][0]["id"])
    return _plans(town, pair, offer, (ANOTHER_TIME,), 60, by=ADA, new_id="")


def meeting_over(town: LocalBot) -> str:
    """The time has passed, and nobody has said whether they met."""
    planned = time_booked(town)
    later(town, days=9)
    return planned


def _plans(town: LocalBot, pair: str, rule: Callable[..., Outcome], *what: Any, **how: Any) -> str:
    """Apply a rule about the planned meeting of these two; its id."""
    with town.storage.begin(town.slack.team_id) as tx:
        partnership = tx.partnerships.get(pair)
        assert partnership is not None
        tx.save(rule(load_plan(tx, partnership, town.slack.calendar.now()), *what, **how))
    town.settle()
    return next((str(row["id"]) for row in rows(town)["planned_meetings"]), "")


def ended(town: LocalBot) -> str:
    partnership = partners(town)
    Story(town).ends(ADA, BEN)
    return partnership


def rather_not(town: LocalBot) -> str:
    """Ada has said that she would rather not be matched with Ben again."""
    partnership = ended(town)
    Story(town).clicks(ADA, ids.NOT_AGAIN)
    return partnership


def with_plans(town: LocalBot) -> None:
    """The owners have switched plans on."""
    with town.storage.begin(town.slack.team_id) as tx:
        programme = the_programme(tx)
        assert programme is not None
        if not programme.has_plans:
            tx.save(Outcome((replace(programme, has_plans=True, version=programme.version + 1),)))


STANDS = PlanForm("Listening", "", "", "Lead a team of my own", "", ("Career planning",))
LEAD = GoalForm(
    "Lead a meeting", GoalTerm.QUARTER, "The minutes say so", date(2027, 1, 29), first_step="Ask my manager"
)
GOAL_ID = "goal1"


def planner(town: LocalBot) -> str:
    """Ada and Ben are partners, and may have a plan; the partnership's id."""
    with_plans(town)
    return partners(town)


def planned(town: LocalBot) -> str:
    """Ada has written where she stands, and a goal; the partnership's id."""
    partnership_id = planner(town)
    with town.storage.begin(town.slack.team_id) as tx:
        now, programme = town.slack.calendar.now(), the_programme(tx)
        assert programme is not None
        own = OwnPlan(tx.people.get(ADA), programmes=(programme,))
        tx.save(write_plan(own, STANDS, seen_version=0, now=now))
        tx.save(add_goal(own, LEAD, goal_id=GOAL_ID, now=now))
    return partnership_id


def goal_written(town: LocalBot) -> str:
    """The same; the goal's id."""
    planned(town)
    return GOAL_ID


def plan_shared(town: LocalBot) -> str:
    """Ada shares her plan with Ben, who has been told; the partnership's id."""
    partnership_id = planned(town)
    with town.storage.begin(town.slack.team_id) as tx:
        tx.save(Outcome((PlanShare(partnership_id, ADA, town.slack.calendar.now()),)))
    return partnership_id


def logged(town: LocalBot) -> str:
    partners(town)
    story = Story(town)
    story.opens(ADA, lambda person: person.command("/mentor log"), ids.MEETING_FORM)
    story.sends(ADA, {**MET, **TODO})
    return str(rows(town)["meetings"][0]["id"])


def with_item(town: LocalBot) -> str:
    """The two have agreed on one thing to do, by the first of December."""
    partnership = partners(town)
    story = Story(town)
    story.opens(ADA, lambda person: person.command("/mentor log"), ids.MEETING_FORM)
    story.sends(ADA, {**MET, **TODO, "action_by": "2026-12-01"})
    return f"{partnership}:{rows(town)['action_items'][0]['id']}:1"


def item_ticked(town: LocalBot) -> str:
    value = with_item(town)
    with town.storage.begin(town.slack.team_id) as tx:
        partnership = tx.partnerships.get(value.split(":")[0])
        assert partnership
        (item,) = tx.items.read_by(ADA, partnership)
        tx.save(tick_item(partnership, item, by=ADA, seen_version=1))
    return value


def logged_and_seen(town: LocalBot) -> str:
    """The meeting and its version, as the button that deletes its log has them."""
    return f"{logged(town)}:1"


def after_days(days: int) -> Callable[[LocalBot], str]:
    def begin(town: LocalBot) -> str:
        partnership = introduced(town, ADA, BEN)
        later(town, days=days)
        return partnership

    return begin


def met_and_at_the_end(town: LocalBot) -> str:
    """The two have logged a meeting, and are asked to look back; the partnership's id."""
    logged(town)
    later(town, days=END_DAY)
    return str(rows(town)["partnerships"][0]["id"])


def met_and_closed(town: LocalBot) -> str:
    """It has closed by itself; the partnership's id."""
    partnership = met_and_at_the_end(town)
    later(town, days=30)
    return partnership


def running(town: LocalBot) -> str:
    applied(town, [ADA], [])
    later(town, days=RUNNING)
    return str(rows(town)["cohorts"][0]["id"])


def founded(town: LocalBot) -> str:
    town.knows(ADA, "U0BOSS")
    return ""


LIST = b"""\
person,role,topics,hopes,months,ways,languages,manager
U0ADA,mentee,Career planning,To find my way.,6,video,English,U0BOSS
"""


def listed(town: LocalBot) -> str:
    """An owner has sent a list and sees its preview; what its buttons say."""
    town.person(OWNER).share_file("list.csv", LIST)
    town.settle()
    (found,) = rows(town)["file_imports"]
    return f"{found['id']}:{found['version']}"


def entered(town: LocalBot) -> str:
    """Ada's application was entered from a list; what the button to confirm it says."""
    town.knows(ADA, "U0BOSS")
    listed(town)
    town.person(OWNER).click(ids.IMPORT_LIST)
    town.settle()
    (found,) = rows(town)["applications"]
    return f"{found['id']}:{found['version']}"


def undelivered(town: LocalBot) -> str:
    """A message to Ada that Slack would not take, and the owners have read of it; its id."""
    town.slack.faults.fail("chat.postMessage", "restricted_action")
    with town.storage.begin(town.slack.team_id) as tx:
        tx.save(Outcome(notifications=(Notification("lost", NotificationKind.HELP, ADA),)))
    town.settle()
    later(town, minutes=11)
    return _lost(town)[0]


def undelivered_report(town: LocalBot) -> str:
    """The same; the id of what the owners read."""
    undelivered(town)
    return _lost(town)[1]


def _lost(town: LocalBot) -> tuple[str, str]:
    (lost,) = (row for row in rows(town)["outbox"] if row["state"] == "failed")
    return str(lost["id"]), str(lost["report_id"])


def _has_applied(town: LocalBot, mentee: str, mentor: str) -> bool:
    with town.database() as tx:
        sent = _round(tx).applications
    return {f"{Role.MENTEE}-{mentee}", f"{Role.MENTOR}-{mentor}"} <= set(sent)


def _applications(round_: MatchingRound, mentee: str, mentor: str) -> tuple[Application, Application]:
    return round_.applications[f"{Role.MENTEE}-{mentee}"], round_.applications[f"{Role.MENTOR}-{mentor}"]


def _round(tx: Transaction) -> MatchingRound:
    programme = the_programme(tx)
    cohort = tx.cohorts.current(programme.id) if programme else None
    assert programme is not None
    assert cohort is not None
    return tx.rounds.get(programme, cohort)


def inviting(town: LocalBot) -> str:
    """The programme invites new colleagues."""
    town.knows(ADA, BEN)
    with town.storage.begin(town.slack.team_id) as tx:
        programme, _ = programme_and_cohort(tx)
        rule = frozenset({InvitationMoment.JOINED})
        tx.save(Outcome((replace(programme, invites_at=rule, version=programme.version + 1),)))
    return ""


def without_invitations(town: LocalBot) -> str:
    """Ada and Ben want no invitations."""
    town.knows(ADA, BEN)
    with town.storage.begin(town.slack.team_id) as tx:
        tx.save(Outcome(tuple(InvitationChoice(person, is_on=False) for person in (ADA, BEN))))
    return ""
