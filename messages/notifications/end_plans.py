"""Messages about the end of a partnership: whether to go on, what was proposed, and what became of it."""

from mentoring.core.outcome import Notification
from mentoring.notifications.context import NotificationContext
from mentoring.partnerships.end_plan import NUMBER, EndProposal, EndProposalState
from mentoring.partnerships.partnership import Partnership, latest_end
from messages.blocks import actions, section
from messages.end_plans import keep_button, open_form_button, proposal_blocks, settled_words
from messages.notifications.preconditions import NotificationObsolete, active_partnership, own_partnership
from messages.partnerships.buttons import see_button
from messages.payloads import Message, message
from messages.programmes.cohorts import day
from messages.text import mention
from messages.voice import Voice


def end_question(notification: Notification, context: NotificationContext) -> Message:
    """To each, at three quarters of the time: go on, or end as planned? Afterwards it says what became of it."""
    partnership, by = _before_its_end(context), context.reader.id
    plan, word = context.end_plan, Voice(context.programme).partnership
    other, end = mention(partnership.other(by)), day(partnership.ends_on)
    if proposal := plan.open_proposal(partnership, context.today):
        return message(_title(context), proposal_blocks(proposal, partnership, by, context.programme))
    if _is_agreed(plan.proposal, partnership):
        return _settled(partnership, context)
    change = open_form_button(partnership, "Choose another end")
    see = see_button(partnership.id, context.programme)
    if plan.keeps(by, partnership):
        if plan.keeps(partnership.other(by), partnership):
            words = f"*You’d both like to end as planned, on {end}.* You can still change it together until then."
        else:
            words = (
                f"*You’d like to end as planned, on {end}.* You’ll see here what {other} says once they’d like that, "
                "too, or propose another end."
            )
        return message(_title(context), [section(words), actions(change, see)])
    longest = latest_end(partnership, context.programme)
    if longest <= partnership.ends_on:  # a pause has moved the end since
        raise NotificationObsolete("longest")
    latest = day(longest)
    words = (
        f"*Your {word} with {other} ends on {end}.* Would you like to go on for a while, or end as planned? You can go "
        f"on until {latest} at most, if you both agree. I ask {other} the same. Without an answer, it ends as planned."
    )
    return message(_title(context), [section(words), actions(keep_button(partnership), change, see)])


def end_proposed(notification: Notification, context: NotificationContext) -> Message:
    """To the other person: another end, to agree to or not."""
    partnership, proposal = _before_its_end(context), _proposal(notification, context)
    if proposal != context.end_plan.open_proposal(partnership, context.today):
        raise NotificationObsolete("answered-or-moved")
    return message(_title(context), proposal_blocks(proposal, partnership, context.reader.id, context.programme))


def proposed_afterwards(notification: Notification, context: NotificationContext) -> Message:
    """In place of a proposal that is no longer open: what became of it."""
    partnership, proposal = own_partnership(context), context.end_plan.proposal
    if proposal is None or str(proposal.number) != notification.refs.get(NUMBER) or not partnership.is_active:
        return end_afterwards(notification, context)
    if _is_agreed(proposal, partnership):
        return _settled(partnership, context)
    other, word = mention(partnership.other(context.reader.id)), Voice(context.programme).partnership
    end = day(partnership.ends_on)
    said = {
        EndProposalState.WITHDRAWN: f"*{other} has taken back what they proposed.* Your {word} ends on {end}.",
        EndProposalState.DECLINED: f"*You’d like to keep the end as it is.* Your {word} with {other} ends on {end}.",
    }
    if proposal.state not in said:
        return end_afterwards(notification, context)
    see = see_button(partnership.id, context.programme)
    return message(_title(context), [section(said[proposal.state]), actions(see)])


def end_answered(notification: Notification, context: NotificationContext) -> Message:
    """To who proposed it: the other agrees, or would like to keep the end as it is."""
    partnership, proposal = active_partnership(context), _proposal(notification, context)
    other, word = mention(partnership.other(context.reader.id)), Voice(context.programme).partnership
    see = actions(see_button(partnership.id, context.programme))
    if _is_agreed(proposal, partnership):
        words = settled_words(partnership, context.programme, agreed=f"{other} agrees.")
        return message(_title(context), [section(words), see])
    if proposal.state is not EndProposalState.DECLINED:
        raise NotificationObsolete("moved-since")
    words = f"*{other} would like to keep the end as it is.* Your {word} ends on {day(partnership.ends_on)}."
    return message(_title(context), [section(words), see])


def end_afterwards(notification: Notification, context: NotificationContext) -> Message:
    """In place of the question or the proposal, once it can no longer be answered."""
    partnership = own_partnership(context)
    word, other = Voice(context.programme).partnership, mention(partnership.other(context.reader.id))
    text = "There’s nothing to answer here any more"
    if not partnership.is_active:
        now = f"Your {word} with {other} is over."
    elif context.today >= partnership.ends_on:
        now = f"Your {word} with {other} came to its agreed end on {day(partnership.ends_on)}."
    else:
        now = f"Your {word} with {other} ends on {day(partnership.ends_on)}."
    return message(text, [section(f"*{text}.* {now}"), actions(see_button(partnership.id, context.programme))])


def _before_its_end(context: NotificationContext) -> Partnership:
    partnership = active_partnership(context)
    if context.today >= partnership.ends_on:
        raise NotificationObsolete("end-has-come")
    return partnership


def _proposal(notification: Notification, context: NotificationContext) -> EndProposal:
    """The proposal that the message is about, if no newer one has taken its place."""
    found = context.end_plan.proposal
    if found is None or str(found.number) != notification.refs.get(NUMBER):
        raise NotificationObsolete("newer-proposal")
    return found


def _is_agreed(proposal: EndProposal | None, partnership: Partnership) -> bool:
    """Whether the agreed end is the one of this proposal."""
    if proposal is None or proposal.state is not EndProposalState.AGREED:
        return False
    return partnership.completed_on is not None if proposal.ends_on is None else proposal.ends_on == partnership.ends_on


def _settled(partnership: Partnership, context: NotificationContext) -> Message:
    agreed = "" if partnership.completed_on else "You’ve both agreed."
    words = settled_words(partnership, context.programme, agreed=agreed)
    see = actions(see_button(partnership.id, context.programme))
    return message(_title(context), [section(words), see])


def _title(context: NotificationContext) -> str:
    """Short, and without an answer: it shows on lock screens."""
    return f"About the end of your {Voice(context.programme).partnership}"
