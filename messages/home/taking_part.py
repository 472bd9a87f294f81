"""What a person takes part in: what they wrote and who can read it, the other ways, and their own settings."""

from dataclasses import replace

from slack_sdk.models.blocks import Block, ButtonElement

from mentoring.applications.application import Application, ApplicationState, Role
from mentoring.core.programmes import Programme
from mentoring.feedback.answers import Question
from mentoring.feedback.groups import LEAST_FOR_BARS
from mentoring.feedback.items import FeedbackItem
from mentoring.goals.eligibility import is_active_mentee, may_plan_in_any
from mentoring.home.home import Home, HomeProgramme
from mentoring.matching.match import Match
from mentoring.pauses.pause import can_pause
from mentoring.remarks.remark import can_tell
from messages.applications.wording import expectations, open_to
from messages.blocks import actions, button, section, small_print
from messages.cases.form import help_offer
from messages.feedback.averages import how_many
from messages.feedback.item_names import value_name
from messages.goals.buttons import own_plan_section
from messages.home.steps import Step, progress_in
from messages.ids import OPEN_LEAVE, OPEN_STATUS
from messages.next_steps import buttons, next_step, open_button, to_do
from messages.own_data.page import home_offer
from messages.programmes.aims import responsibilities
from messages.programmes.cohorts import day, takes_applications
from messages.programmes.facilitators import facilitators_line
from messages.remarks.form import tell_offer
from messages.sessions.view import at_home
from messages.text import address, escape, join
from messages.voice import Voice, capital

MOST_SESSIONS = 3
MOST_THEMES = 3


def facilitators(each: HomeProgramme, home: Home) -> list[Block]:
    """Whom people who take part in a peer programme can ask."""
    others = [person for person in each.facilitators if person != home.reader.id]
    return [section(facilitators_line(others))] if others and takes_part(each) else []


def applications(each: HomeProgramme, home: Home, step: Step | None, *, is_message: bool) -> list[Block]:
    """What the person wrote in each application, who can read it, and what they can do with it."""
    found: list[Block] = []
    for application in each.membership.applications.values():
        if application.state is ApplicationState.OPEN:
            found += _open(application, each, home, step, is_message=is_message)
    return found


def _open(
    application: Application, each: HomeProgramme, home: Home, step: Step | None, *, is_message: bool
) -> list[Block]:
    programme, cohort = each.membership.programme, each.membership.cohort
    progress = progress_in(each, application)
    what = f"*{capital(f'your {Voice(programme).sent(application.role)}')}*\nSent on {day(application.sent_on)}."
    see = button("See your application", OPEN_STATUS)
    if progress.is_taken_up:
        return [] if is_message else [section(what, see), small_print(readers(application, each))]
    is_above = step is not None and step.own is None and step.match is None and step.need is None
    if not is_above and (stands := next_step(progress, programme, cohort, home.today, home.reader)):
        what += f" {stands}"
    shown = _without(progress.offers, step.match if step else None)
    others = to_do(replace(progress, offers=shown, active=(), over=()), programme, cohort, home.today, home.reader)
    does = buttons(application, programme, cohort, home.today, asked=len(progress.offers))
    reads = [] if is_message else [small_print(readers(application, each))]
    return [section(what, see), *others, actions(*does), *reads]


def _without(offers: tuple[Match, ...], match: Match | None) -> tuple[Match, ...]:
    return tuple(each for each in offers if match is None or each.id != match.id)


def readers(application: Application, each: HomeProgramme) -> str:
    """Who can read it, in mrkdwn."""
    voice = Voice(each.membership.programme)
    one = voice.a_mentor if application.role is Role.MENTEE else voice.a_mentee
    everyone = join(["you", *voice.approver_groups])
    return f"Who can read it: {everyone}. {capital(one)} we suggest to you reads the parts that the form names."


def other_ways(each: HomeProgramme, home: Home) -> list[Block]:
    """To apply in a role in which the person has not, or again."""
    membership, voice = each.membership, Voice(each.membership.programme)
    if not takes_applications(membership.cohort, home.today):
        return []
    has_applied = any(sent.state is ApplicationState.OPEN for sent in membership.applications.values())
    blocks: list[Block] = []
    for role in Role:
        sent = membership.applications.get(role)
        if sent is not None and sent.state is not ApplicationState.WITHDRAWN:
            continue
        if sent is not None:
            words = f"You withdrew your {voice.sent(role)}. You can apply again."
        elif not membership.is_inside(role):
            continue
        else:
            what = f"*Find {voice.a_mentor}.*" if role is Role.MENTEE else f"*Be {voice.a_mentor}.*"
            words = f"{what} {open_to(membership.programme, role)}"
            words += "" if membership.takes_part else " The form takes five minutes."
        if has_applied and home.today > membership.cohort.apply_by:
            words += " If you apply now, you join the waiting list for the next round."
        opens = open_button(role, membership.programme)
        opens.style = None if membership.takes_part else opens.style
        blocks.append(section(words, opens))
    return blocks


def sessions(each: HomeProgramme, home: Home) -> list[Block]:
    """Information sessions and orientations ahead, with what the person can say."""
    return [block for seen in each.sessions[:MOST_SESSIONS] for block in at_home(seen, home.reader)]


def own_plan(home: Home) -> list[Block]:
    """The plan of a person who may have one and has no mentor yet: afterwards its button is at the partnership."""
    memberships = [each.membership for each in home.programmes]
    if any(is_active_mentee(home.reader.id, each.partnerships) for each in memberships):
        return []
    return [own_plan_section()] if may_plan_in_any(home.reader.id, memberships) else []


def help_in_confidence(home: Home) -> list[Block]:
    """To ask one person for help, for everybody who takes part."""
    own = [each.membership.programme for each in home.programmes if takes_part(each)]
    return help_offer(refers=any(each.referrals for each in own)) if own else []


def to_tell(home: Home) -> list[Block]:
    """To tell the programme something, for everybody who takes part in a round."""
    tells = any(
        can_tell(each.membership.cohort, each.membership.applications.values(), each.membership.partnerships)
        for each in home.programmes
    )
    return [tell_offer()] if tells else []


def own_settings(home: Home) -> list[Block]:
    """To go on leave: for who takes part and is not on leave, which is said above."""
    if home.reader.leave or not any(takes_part(each) for each in home.programmes):
        return []
    words = (
        "*Going away for a while?* Go on leave until a day you choose: you get no matches and no reminders. You don’t "
        "need a reason."
    )
    active = [own.partnership for each in home.programmes for own in each.partnerships]
    if any(can_pause(one, home.people, home.today) for one in active):
        words += " To pause with one person only, choose *Pause* in the menu below their name."
    return [section(words, _leave())]


def own_data(home: Home) -> list[Block]:
    """What is kept about the person, for everybody about whom there is something."""
    is_in = any(each.membership.takes_part or each.membership.applications for each in home.programmes)
    return home_offer() if is_in else []


def _leave() -> ButtonElement:
    return button("Go on leave", OPEN_LEAVE)


def takes_part(each: HomeProgramme) -> bool:
    """Whether the person has an open application or an active partnership in it."""
    is_partner = any(own.partnership.is_active for own in each.partnerships)
    return is_partner or any(sent.state is ApplicationState.OPEN for sent in each.membership.applications.values())


def ground_rules(each: HomeProgramme, home: Home) -> list[Block]:
    """What the programme asks of the person, for each role that they have in it."""
    by, found = home.reader.id, set[Role]()
    for own in each.partnerships:
        if own.partnership.is_active:
            found.add(Role.MENTEE if own.partnership.mentee == by else Role.MENTOR)
    found |= {role for role, sent in each.membership.applications.items() if sent.state is ApplicationState.OPEN}
    rules: list[Block] = [section(_rules(each.membership.programme, role)) for role in Role if role in found]
    return rules[:1]


def _rules(programme: Programme, role: Role) -> str:
    if not programme.expectations_url:
        return expectations(programme, role)
    page = address(programme.expectations_url, "What we ask of you")
    return "\n".join(filter(None, (page, responsibilities(programme, role))))


def themes(each: HomeProgramme) -> list[Block]:
    """For a mentor: what people of the programme would like to learn."""
    if not each.themes:
        return []
    lines = [
        f"• {escape(value_name(FeedbackItem.LEARN, Question.CHECK_IN, bar.value))}: {how_many(bar)}"
        for bar in each.themes[:MOST_THEMES]
    ]
    people = f"How often each was chosen, in groups of at least {LEAST_FOR_BARS} people."
    return [section("\n".join(["*What people here would like to learn or practise*", *lines])), small_print(people)]
