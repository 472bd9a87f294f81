"""Messages to owners about the programme and its rounds."""

from collections.abc import Mapping, Sequence
from datetime import date

from mentoring.core.outcome import Notification
from mentoring.core.owners import OPERATOR
from mentoring.effort import tells_effort
from mentoring.evaluation.moments import review_moment
from mentoring.notifications.context import NotificationContext
from mentoring.oversight.digest import is_sent
from mentoring.programmes.naming import OWNERS_PART
from mentoring.programmes.settings import Part
from mentoring.round_charts import RoundCharts
from mentoring.status import RoundStatus, TopicCount
from messages import status
from messages.blocks import actions, button, section, small_print
from messages.evaluation.form import evaluation_button
from messages.evaluation.suggestions import suggestions_button
from messages.ids import COMMAND, OPEN_GUIDE, OPEN_SETUP, OPEN_STATUS
from messages.matching.proposals import open_review_button
from messages.notifications.preconditions import NotificationObsolete, counted, owners_only
from messages.payloads import Message, message
from messages.programmes.cohorts import day, days
from messages.programmes.concerned import which_matches_it_concerns, whom_it_concerns
from messages.programmes.partnership_settings import approval_words
from messages.text import join, mention, plural
from messages.voice import Voice, capital


def welcome(notification: Notification, context: NotificationContext) -> Message:
    owners_only(context)
    voice, cohort = Voice(context.programme), context.cohort
    text = "You’re an owner of the mentoring programme here"
    applications = f"from {days(cohort.opens_on, cohort.apply_by)}"
    if context.committee:
        approve = f" {approval_words(context.programme)}"
    elif context.programme.approvals == 1:
        approve = " One owner approves each match."
    elif len(context.owners) > 2:
        approve = " Two owners approve each match."
    else:
        approve = " Both owners approve each match, unless they’re in it." if len(context.owners) > 1 else ""
    words = f"topics, dates, contact person, and your words for {voice.mentor} and {voice.mentee}"
    status_ = "a message on the first working day of each week with what needs you."
    if context.today <= cohort.apply_by:
        ready = f"It’s ready to use. People can apply with `{COMMAND}` {applications}. The round starts on"
        ready += f" {day(cohort.starts_on)}.{approve}"
        advice = f"Before you announce it, take five minutes for the settings: {words}."
        foot = f"I’ll write to you when applications close, and send {status_}"
    else:
        ready = f"People could apply {applications}. The round goes from"
        ready += f" {days(cohort.starts_on, cohort.ends_on)}.{approve}"
        advice = f"You can change the settings: {words}."
        foot = f"I’ll send you {status_}"
    blocks = [
        section(f"*{text}.* {ready}"),
        section(advice),
        actions(
            button("Set up step by step", OPEN_GUIDE, style="primary"),
            button("Open settings", OPEN_SETUP),
            button("See the round", OPEN_STATUS),
        ),
        small_print(foot),
    ]
    return message(text, blocks)


def started(notification: Notification, context: NotificationContext) -> Message:
    """The receipt for an administrator who started a programme for others to own."""
    owners = join([mention(owner) for owner in context.owners])
    words = f"*{Voice(context.programme).name} has started.* I’ve told its owners: {owners}."
    return message(f"{Voice(context.programme).name} has started", [section(words)])


def applications_closed(notification: Notification, context: NotificationContext) -> Message:
    owners_only(context)
    cohort, voice = context.cohort, Voice(context.programme)
    if context.today <= cohort.apply_by:
        raise NotificationObsolete("deadline-moved")
    counts = counted(context)
    text = "Applications have closed"
    closed = f"*Applications closed on {day(cohort.apply_by)}.*"
    stands = button("See the round", OPEN_STATUS)
    if not counts.waiting:
        words = f"{closed} No one applied in time. To give people more time, set a later last day to apply."
        dates = button("Set dates", OPEN_SETUP, Part.DATES, style="primary")
        return message(text, [section(words), actions(dates, stands)])
    short = counts.mentees - counts.places
    missing = f" You need {plural(short, 'more place', 'more places')} to match everyone." if short > 0 else ""
    step = (
        f"*Next step*\nDecide the matches, so that people hear by {day(cohort.starts_on)}. New applications go on the "
        "waiting list for the next round."
    )
    return message(
        text,
        [
            section(
                f"*Applications closed on {day(cohort.apply_by)}.*\n{capital(status.summary(counts, voice))}.{missing}"
            ),
            section(step),
            actions(open_review_button(style="primary"), stands),
        ],
    )


PARTS: Mapping[str, str] = {
    Part.BASICS: "the basics of the programme",
    Part.OBJECTIVES: "the objectives",
    Part.ROLES: "what mentoring means and who does what",
    Part.CHOICES: "what people choose from in the forms",
    Part.PARTNERSHIPS: "length and rhythm",
    Part.INTRODUCTIONS: "who approves matches and how people are introduced",
    Part.EXTRAS: "the forms for two",
    Part.RULES: "who can be matched",
    Part.MATCHING: "what counts in matching",
    Part.INVITATIONS: "whom we invite",
    Part.RETENTION: "how long data is kept",
    Part.DATES: "the dates and hours of the programme",
    Part.WORDS: "the programme’s own words",
    OWNERS_PART: "who runs the programme",
}


def programme_changed(notification: Notification, context: NotificationContext) -> Message:
    """One line, and whom the change concerns who has applied or is matched already.

    The guided set-up confirms by itself, so that its owner gets this only if it concerns somebody.
    """
    line = programme_changed_line(notification, context)
    parts, concerned = notification.refs.get("part", "").split(","), list[str]()
    if Part.PARTNERSHIPS in parts:
        concerned += whom_it_concerns(counted(context), context.partnerships, context.programme, context.today)
    if Part.INTRODUCTIONS in parts:
        concerned += which_matches_it_concerns(context.partnerships, context.programme)
    if "guided" in notification.refs and not concerned:
        raise NotificationObsolete("concerns-nobody")
    blocks = [section(line, button("See settings", OPEN_SETUP)), *map(section, concerned)]
    return message("Settings have changed", blocks)


def programme_changed_line(notification: Notification, context: NotificationContext) -> str:
    owners_only(context)
    by = notification.refs.get("by", "")
    known = [PARTS[part] for part in notification.refs.get("part", "").split(",") if part in PARTS]
    what = join(known) or "the settings"
    if by == OPERATOR:
        return f"The app admin changed {what} from the command line."
    who = "You" if by == context.reader.id else Voice(context.programme).person(by, "Another owner")
    return f"{who} changed {what}."


def cohort_status(notification: Notification, context: NotificationContext) -> Message:
    """The status that an owner has requested, or the figures that a sponsor has."""
    if context.figures:
        return status.figures(
            context.figures, context.programme, context.cohort, context.today, gets_page=context.gets_sponsor_page
        )
    owners_only(context)
    return status.cohort(
        counted(context),
        context.programme,
        context.cohort,
        context.today,
        context.partnerships,
        has_sponsors=bool(context.sponsors),
        effort=context.effort.get(context.programme.id),
    )


def round_charts(notification: Notification, context: NotificationContext) -> Message:
    charts, topics = _charts(context)
    return status.charts(charts, topics, context.programme, context.cohort, context.today)


def round_figures(notification: Notification, context: NotificationContext) -> Message:
    charts, topics = _charts(context)
    chosen = status.FileFormat(notification.refs["format"])
    return status.figures_file(charts, topics, context.programme, context.cohort, context.today, chosen)


def _charts(context: NotificationContext) -> tuple[RoundCharts, Sequence[TopicCount]]:
    owners_only(context)
    if context.charts is None:
        raise NotificationObsolete("no-charts")
    return context.charts, counted(context).topics


def weekly_status(notification: Notification, context: NotificationContext) -> Message:
    """On the first working day of a week: what needs the owner, in all their programmes, as often as they like."""
    owners_only(context)
    day = date.fromisoformat(notification.refs["day"]) if "day" in notification.refs else context.today
    if not is_sent(context.digest, day, needs_something=any(context.needs.values())):
        raise NotificationObsolete("not-wanted-now")
    this = RoundStatus(context.programme, context.cohort, counted(context), context.partnerships)
    rounds = (this, *context.other_rounds)
    effort = context.effort if tells_effort(day, context.digest) else {}
    moments = {
        each.programme.id: moment
        for each in rounds
        if each.partnerships
        and each.partnerships.has_any
        and (moment := review_moment(each.cohort, day, context.digest))
    }
    return status.week(
        rounds,
        context.needs,
        context.digest,
        context.needs_told,
        context.sponsor_page_on,
        effort=effort,
        moments=moments,
    )


def cohort_closed(notification: Notification, context: NotificationContext) -> Message:
    """To owners and participants: the round is closed."""
    voice, cohort = Voice(context.programme), context.cohort
    if cohort.closed_on is None:
        raise NotificationObsolete("not-closed")
    text = f"The round of {voice.name} has closed"
    if not context.is_owner:
        words = (
            f"*{text}.* Thank you for waiting. When the next one opens, your application moves into it. You don’t need "
            "to do anything. If you’d rather not wait, you can withdraw."
        )
        return message(text, [section(words), actions(button("See your application", OPEN_STATUS))])
    by = notification.refs.get("by", "")
    who = f" {'You' if by == context.reader.id else mention(by)} closed it on {day(cohort.closed_on)}." if by else ""
    words = (
        f"*{text}.*{who} No one can apply or be matched now. Active {voice.partnerships} continue to their end dates. "
        "To open the next round, set its dates. People without a match move into it."
    )
    dates = button("Set dates", OPEN_SETUP, Part.DATES)
    return message(
        text,
        [
            section(words),
            actions(dates, button("See the round", OPEN_STATUS), evaluation_button(), suggestions_button()),
        ],
    )
