"""Replies to what people ask about with a word after `/mentor`, such as leaving, privacy, a concern, or goals."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from slack_sdk.models.blocks import Block, ButtonElement

from mentoring.applications.application import Application
from mentoring.core.people import Person
from mentoring.core.programmes import Programme
from mentoring.core.roles import ProgrammeRole
from mentoring.matching.match import Match
from mentoring.partnerships.partnership import Partnership, pause_of
from messages.agenda.guides import as_list, guides_of
from messages.agenda.words import AgendaNames, guide_lines
from messages.blocks import actions, button, section, small_print
from messages.cases.form import help_offer
from messages.command_words import Topic
from messages.feedback.averages import AT_LEAST
from messages.ids import COMMAND, LOG_MEETING, OPEN_HELP, OPEN_STATUS
from messages.next_steps import progress_of, withdraw_button
from messages.partnerships.buttons import end_button, see_button
from messages.payloads import Message, message
from messages.remarks.form import tell_offer
from messages.reports.words import report_button
from messages.roles import capacity
from messages.text import escape, join, mention
from messages.voice import Voice, capital


@dataclass(frozen=True)
class Asker:
    """Who asks, and what they take part in: open `applications`, active `partnerships`, all `matches` of the round.

    `people` (by Slack user id) are the people of the partnerships.
    """

    person: str
    programme: Programme
    roles: Collection[ProgrammeRole] = ()
    applications: Sequence[Application] = ()
    partnerships: Sequence[Partnership] = ()
    matches: Sequence[Match] = ()
    people: Mapping[str, Person] = field(default_factory=dict)
    can_tell: bool = False
    """Whether they can tell the programme something."""

    @property
    def is_owner(self) -> bool:
        return ProgrammeRole.OWNER in self.roles

    @property
    def voice(self) -> Voice:
        return Voice(self.programme)

    @property
    def open_applications(self) -> list[Application]:
        """Those that can be withdrawn: not all their places are taken by partnerships."""
        return [
            each
            for each in self.applications
            if not progress_of(each, (), self.partnerships, self.programme).is_taken_up
        ]

    def asked(self, application: Application) -> int:
        return len(progress_of(application, self.matches, self.partnerships, self.programme).offers)


def reply_about(topic: Topic, asker: Asker) -> Message:
    """What this person can do about `topic` in one programme. A pause is about all: see `messages.leave`."""
    return _REPLIES[topic](asker)


def _leave(asker: Asker) -> Message:
    blocks: list[Block] = []
    for each in asker.partnerships:
        other = mention(each.other(asker.person))
        words = f"*Your {asker.voice.partnership} with {other}.* You can end it at any time, without giving a reason."
        pause = pause_of(each, asker.people)
        blocks += [section(words), actions(end_button(each, asker.programme, pause=pause))]
    for application in asker.open_applications:
        words = f"*Your {asker.voice.sent(application.role)}.* You can withdraw it at any time."
        blocks += [section(words), actions(_withdraw(application, asker))]
    if asker.is_owner:
        words = (
            f"*You’re a programme owner.* To leave, name another owner in Settings (`{COMMAND} setup`), then take "
            "yourself off the list. To close the round, open its status."
        )
        blocks += [section(words), actions(button("See the round", OPEN_STATUS))]
    others = [role for role in ProgrammeRole if role in asker.roles and role is not ProgrammeRole.OWNER]
    blocks += [section(f"*You’re {capacity(role)}.* To leave, ask a programme owner.") for role in others]
    if not blocks:
        blocks += _nothing("There’s nothing to leave or cancel", asker)
    return message("What you can leave or cancel", [*blocks, _questions(asker)])


def _privacy(asker: Asker) -> Message:
    text = "Who sees what"
    voice = asker.voice
    reported = ""
    if asker.programme.has_reports:
        reported = "• *Progress reports:* only the two people, and a person to whom both choose to send one.\n"
    agreed = "• *Agreements:* only the two people. Owners see the end date.\n" if asker.programme.has_agreements else ""
    words = (
        f"*{text}*\n"
        f"• *Your application:* {join(['you', *voice.approver_groups])}. A person you may be matched with sees your "
        "topics, length, ways to meet, languages and department.\n"
        "• *Your answer to a match:* I don’t tell anyone who declined.\n"
        f"• *Meetings:* the two people of {voice.a_partnership} see all of it. {capital(voice.meeting_readers)} see "
        "totals and when you last met, never notes or action items.\n"
        f"{agreed}"
        f"{reported}"
        "• *Surveys and check-ins:* I don’t show your name with your answers, unless you tick that. Owners see "
        f"averages and comments of at least {AT_LEAST} people together, without names, and may pass them on in a "
        "report.\n"
        "• *What you tell the programme:* with your name, the owners read it. Without it, they read it only in a "
        f"group of at least {AT_LEAST} people.\n"
        "• *Help in confidence:* only the people you ask. Nobody else learns that you asked.\n"
        f"{_plans(asker)}"
    )
    return message(text, [section(words), small_print("The app admin can open the database.")])


def _plans(asker: Asker) -> str:
    if not asker.programme.has_plans:
        return ""
    return "• *Plan and goals:* I show them only to you, and to a partner with whom you share them.\n"


def _concern(asker: Asker) -> Message:
    text = "Talk to a person"
    asks_oneself = asker.is_owner and asker.programme.contact in ("", asker.person)
    whom = "another programme owner, or the app admin" if asks_oneself else asker.voice.contact
    words = f"*{text}.* If something isn’t right, message {whom}."
    blocks: list[Block] = [section(words), *help_offer(refers=bool(asker.programme.referrals))]
    blocks += [tell_offer()] if asker.can_tell else []
    for each in asker.partnerships:
        other = mention(each.other(asker.person))
        ends = f"You can end your {asker.voice.partnership} with {other} at any time, without giving a reason."
        pause = pause_of(each, asker.people)
        blocks += [section(ends), actions(end_button(each, asker.programme, pause=pause))]
    if asker.programme.has_reports and asker.partnerships:
        report = "*Looking for your progress report?* The two of you write it together."
        about = asker.partnerships[0].id if len(asker.partnerships) == 1 else ""
        opens = report_button(about, "Open the report") if about else see_button("", asker.programme)
        blocks.append(section(report, opens))
    if asker.is_owner:
        numbers = "*Looking for numbers?* They are in the status of the round."
        blocks += [section(numbers), actions(button("See the round", OPEN_STATUS))]
    return message(text, blocks)


def _remark(asker: Asker) -> Message:
    text = "Tell the programme something"
    if not asker.can_tell:
        words = f"*{text}.* You can do that once you take part in this round."
        return message(text, [section(words), _questions(asker)])
    else_ = f"Looking for a check-in or the closing survey? Type `{COMMAND} status`."
    return message(text, [tell_offer(), small_print(else_)])


def _goals(asker: Asker) -> Message:
    text = "I don’t keep a list of goals"
    if asker.programme.has_plans and asker.partnerships:  # for mentors: the plan of a mentee is shown to them
        text = "No plan is shared with you"
        words = f"*{text}.* {capital(asker.voice.mentees)} can write a plan with goals, and share it with you."
        sees = see_button("", asker.programme)
        return message(text, [section(words), actions(sees), _questions(asker)])
    if asker.partnerships:
        words = (
            f"*{text}.* When you log a meeting, you can write notes, and what one of you will do before the next. Only "
            "the two of you are shown them."
        )
        about = asker.partnerships[0].id if len(asker.partnerships) == 1 else ""
        log = button("Log a meeting", LOG_MEETING, about, style="primary")
        return message(text, [section(words), actions(log, see_button(about, asker.programme)), _questions(asker)])
    if asker.applications:
        words = f"*{text}.* What you’d like to talk about is in your application."
        return message(text, [section(words), actions(button("See your application", OPEN_STATUS)), _questions(asker)])
    return message(text, [*_nothing(text, asker), _questions(asker)])


def _guides(asker: Asker) -> Message:
    """What two people could talk about at their first, every other and their last meeting."""
    text, programme, voice = "What to talk about", asker.programme, asker.voice
    _, other, last = guides_of(programme)
    names = AgendaNames(f"the {voice.mentee} hopes", f"the {voice.mentor}")
    first = as_list(guide_lines(programme.first_guide, names))
    lists = [
        section(f"*First meeting*\n{first}"),
        section(f"*Every other meeting*\n{as_list(map(escape, other))}"),
        section(f"*Last meeting*\n{as_list(map(escape, last))}"),
    ]
    see = [actions(see_button("", programme))] if asker.partnerships else []
    when = small_print("The list also comes the working day before a meeting that you plan with me.")
    return message(text, [section(f"*{text}.* Take what helps you."), *lists, when, *see, _questions(asker)])


def _withdraw(application: Application, asker: Asker) -> ButtonElement:
    return withdraw_button(application, asker.programme, asked=asker.asked(application))


def _nothing(text: str, asker: Asker) -> list[Block]:
    """For people who take part in nothing right now."""
    words = f"*{text}.* You have no open application and no {asker.voice.partnership} right now."
    return [section(words), actions(button("See what I can do", OPEN_HELP))]


def _questions(asker: Asker) -> Block:
    return small_print(f"Questions? Ask {asker.voice.contact}. To see what you can do, type `{COMMAND}`.")


_REPLIES = {
    Topic.LEAVE: _leave,
    Topic.PRIVACY: _privacy,
    Topic.CONCERN: _concern,
    Topic.GOALS: _goals,
    Topic.GUIDES: _guides,
    Topic.REMARK: _remark,
}
