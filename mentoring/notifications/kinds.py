"""What the rules know of each kind of notification, in one entry. How it reads: `messages.notifications`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from mentoring.applications.application import Application
from mentoring.core.outcome import Notification, NotificationKind
from mentoring.core.people import ProfileUpdate, StaffRecord, StaffRecords
from mentoring.core.programmes import Cohort, Programme
from mentoring.matching.hard_rules import Exclusion, ExclusionLifted
from mentoring.matching.match import Match
from mentoring.matching.review import ProposalRun
from mentoring.partnerships.partnership import Partnership


class LoadClass(StrEnum):
    """Why a notification may take its reader's time.

    REPLY: to what they have just done. DEADLINE: something of theirs ends, or waits for their answer. MEETING: a
    meeting to have, or not to have for now. CARRIED: good to know, and can wait; `delivery_rules` sends one of these a
    week at most.
    """

    REPLY = "reply"
    DEADLINE = "deadline"
    MEETING = "meeting"
    CARRIED = "carried"


class Presence(StrEnum):
    """Whose account has to be open: the recipient's, or those of both partners. Until then the notification waits."""

    RECIPIENT = "recipient"
    BOTH = "both"


class ContextPart(StrEnum):
    """What is loaded for some kinds only, since it takes long."""

    COHORT_STATUS = "cohort status"
    PARTNERSHIP_STATUS = "partnership status"
    OWN_PARTNERS = "own partners"
    MATCHING_ROUND = "matching round"
    MEETING_DAYS = "meeting days"


@dataclass(frozen=True)
class KindRules:
    """`valid_for` is how late it still makes sense, else it is cancelled: counted from the day that it is about
    (`refs["day"]`), or from when it was enqueued. None: as long as its renderer finds something to say.

    `context` is what its renderer needs besides what is always loaded. `outdated_by` are the types of changes that a
    live view shows; any other message shows what was the case when it was sent.
    """

    load_class: LoadClass
    waits_for: Presence = Presence.RECIPIENT
    valid_for: timedelta | None = None
    context: frozenset[ContextPart] = frozenset()
    outdated_by: tuple[type, ...] = ()

    @property
    def is_live(self) -> bool:
        return bool(self.outdated_by)


def load_class_of(notification: Notification) -> LoadClass:
    """That of its kind, unless it is a reply."""
    return LoadClass.REPLY if notification.is_reply else KIND_RULES[notification.kind].load_class


def kinds_of(load_class: LoadClass) -> frozenset[NotificationKind]:
    return frozenset(kind for kind, rules in KIND_RULES.items() if rules.load_class is load_class)


def is_too_late(notification: Notification, today: date, late: timedelta) -> bool:
    """Whether it makes no sense any more on the reader's `today`, `late` after it was enqueued."""
    valid_for = KIND_RULES[notification.kind].valid_for
    if valid_for is None:
        return False
    day = notification.refs.get("day")
    return today > date.fromisoformat(day) + valid_for if day else late > valid_for


_NEXT_DAY, _TWO_WEEKS, _A_MONTH = timedelta(days=1), timedelta(days=14), timedelta(days=30)
_ROUND_STATUS = frozenset({ContextPart.COHORT_STATUS, ContextPart.PARTNERSHIP_STATUS})
_MEETING_DAYS = frozenset({ContextPart.MEETING_DAYS})
_OF_MATCHING = (Application, Cohort, Exclusion, ExclusionLifted, Match, Partnership, Programme, ProposalRun)
_OF_PEOPLE = (ProfileUpdate, StaffRecord, StaffRecords)

KIND_RULES: Mapping[NotificationKind, KindRules] = {
    NotificationKind.WELCOME_OWNER: KindRules(LoadClass.REPLY),
    NotificationKind.HELP: KindRules(LoadClass.REPLY, context=frozenset({ContextPart.OWN_PARTNERS})),
    NotificationKind.APPLICATION_RECEIVED: KindRules(LoadClass.REPLY),
    NotificationKind.APPLICATION_CHANGED: KindRules(LoadClass.REPLY),
    NotificationKind.APPLICATION_WITHDRAWN: KindRules(LoadClass.REPLY),
    NotificationKind.APPLICATIONS_CLOSED: KindRules(LoadClass.DEADLINE, context=frozenset({ContextPart.COHORT_STATUS})),
    NotificationKind.PROGRAMME_CHANGED: KindRules(LoadClass.CARRIED, valid_for=_TWO_WEEKS),
    NotificationKind.COHORT_STATUS: KindRules(LoadClass.REPLY, context=_ROUND_STATUS),
    # The next one says it better.
    NotificationKind.WEEKLY_STATUS: KindRules(LoadClass.CARRIED, valid_for=_NEXT_DAY, context=_ROUND_STATUS),
    NotificationKind.REVIEW: KindRules(
        LoadClass.DEADLINE, context=frozenset({ContextPart.MATCHING_ROUND}), outdated_by=_OF_MATCHING + _OF_PEOPLE
    ),
    NotificationKind.NOT_PROPOSED: KindRules(LoadClass.REPLY),
    NotificationKind.OPERATOR_RELEASED: KindRules(LoadClass.CARRIED, valid_for=_A_MONTH),
    NotificationKind.UNMATCHED: KindRules(LoadClass.DEADLINE),
    NotificationKind.MATCH_OFFERED: KindRules(LoadClass.DEADLINE),
    NotificationKind.OFFER_REMINDER: KindRules(LoadClass.DEADLINE),
    NotificationKind.OFFER_ACCEPTED: KindRules(LoadClass.REPLY),
    NotificationKind.OFFER_DECLINED: KindRules(LoadClass.REPLY),
    NotificationKind.OFFER_OVER: KindRules(LoadClass.DEADLINE),
    # Two people are free again, and the owners can match them anew only as long as the round is open.
    NotificationKind.OWNERS_OFFER_OVER: KindRules(LoadClass.DEADLINE),
    NotificationKind.INTRODUCED: KindRules(LoadClass.MEETING, Presence.BOTH),
    NotificationKind.MEETING_LOGGED: KindRules(LoadClass.CARRIED, valid_for=_TWO_WEEKS),
    NotificationKind.FIRST_MEETING_NUDGE: KindRules(LoadClass.MEETING, Presence.BOTH, context=_MEETING_DAYS),
    NotificationKind.SECOND_MEETING_NUDGE: KindRules(LoadClass.MEETING, Presence.BOTH, context=_MEETING_DAYS),
    NotificationKind.MONTHLY_NUDGE: KindRules(LoadClass.MEETING, Presence.BOTH, context=_MEETING_DAYS),
    NotificationKind.CHECK_IN: KindRules(LoadClass.DEADLINE, Presence.BOTH),
    NotificationKind.CHECK_IN_THANKS: KindRules(LoadClass.REPLY),
    NotificationKind.WORD_WANTED: KindRules(LoadClass.DEADLINE),
    NotificationKind.SURVEY: KindRules(LoadClass.DEADLINE, Presence.BOTH),
    NotificationKind.SURVEY_REMINDER: KindRules(LoadClass.DEADLINE, Presence.BOTH),
    NotificationKind.SURVEY_THANKS: KindRules(LoadClass.REPLY),
    NotificationKind.PARTNERSHIP_ENDED: KindRules(LoadClass.DEADLINE),
    NotificationKind.PARTNERSHIP_CLOSED: KindRules(LoadClass.DEADLINE),
    NotificationKind.BACK_IN_POOL: KindRules(LoadClass.REPLY),
    NotificationKind.PARTNER_LEFT: KindRules(LoadClass.MEETING),
    NotificationKind.PARTNER_BACK: KindRules(LoadClass.CARRIED, valid_for=_A_MONTH),
    NotificationKind.WELCOME_BACK: KindRules(LoadClass.REPLY),
    # The owners decide whether the partnership waits or ends.
    NotificationKind.OWNERS_PERSON_LEFT: KindRules(LoadClass.DEADLINE),
    NotificationKind.OWNERS_PERSON_BACK: KindRules(LoadClass.CARRIED, valid_for=_A_MONTH),
    NotificationKind.COHORT_CLOSED: KindRules(LoadClass.DEADLINE),
    NotificationKind.UNDELIVERED: KindRules(LoadClass.DEADLINE),
}

OUTDATED_BY = {kind: rules.outdated_by for kind, rules in KIND_RULES.items() if rules.is_live}
"""The types of changes that each live view shows. A profile update counts if the account was closed or opened."""


def cohort_of(change: object) -> str | None:
    """The id of the only cohort that `change` is about; None if it may show in any."""
    if isinstance(change, Cohort):
        return change.id
    return change.cohort_id if isinstance(change, Match | ProposalRun | Application) else None
