"""Action, block and callback ids, by which Slack identifies what people use."""

from enum import StrEnum
from typing import Final

COMMAND: Final = "/mentor"


class Subcommand(StrEnum):
    """The words after `/mentor`."""

    REQUEST = "request"
    VOLUNTEER = "volunteer"
    LOG = "log"
    STATUS = "status"
    PEOPLE = "people"
    PARTNERSHIPS = "partnerships"
    MATCH = "match"
    SETUP = "setup"
    PROGRAMMES = "programmes"
    HELP = "help"


class MenuAction(StrEnum):
    """Actions in the menu of a proposal in the review."""

    PIN = "keep"
    UNPIN = "let-go"
    SWAP = "swap"
    FORBID = "forbid"


OPEN_REQUEST: Final = "open-request"
OPEN_VOLUNTEER: Final = "open-volunteer"
OPEN_STATUS: Final = "open-status"
OPEN_SETUP: Final = "open-setup"
"""Its value is a `mentoring.setup.Part`, or empty for the card with all of them."""
CHOOSE_COUNTRY: Final = "choose-country"
"""A country was chosen in the form of the dates, which then asks for its region."""
OPEN_HELP: Final = "open-help"
CONFIRM_APPLICATION: Final = "confirm-application"
"""Its value is the id of the application and, after a colon, the version that the person saw."""
WITHDRAW: Final = "withdraw-application"
"""Its value is the application's id."""
OPEN_APPLICATION: Final = "open-application"
"""Its value is the application's id."""
CORRECT_APPLICATION: Final = "correct-application"
WITHDRAW_FOR: Final = "withdraw-for"
"""For owners, on behalf of somebody else; their value is the application's id."""
OPEN_PEOPLE: Final = "open-all-applications"
"""For owners; its value is a `PeopleFilter`, or anything else for everyone."""
PEOPLE_PAGE: Final = "people-page"
"""Its value is a `PageMark`. What the list is narrowed to is in the view."""
PEOPLE_FILTER: Final = "filter-people"
"""A `PeopleFilter` was chosen."""
SEARCH_PEOPLE: Final = "search-people"
"""Opens the form to search; what the list is narrowed to is in the view."""
LOOK_UP_PERSON: Final = "look-up-person"
"""A person was picked in a form: requests their profile before the form is sent."""

OPEN_PROGRAMMES: Final = "open-programmes"
START_PROGRAMME: Final = "start-programme"
"""For administrators."""
OPEN_OWNERS: Final = "open-owners"
"""To name the owners of a programme."""
OPEN_OWNER_RECORD: Final = "open-owner-record"
OWNER_RECORD_PAGE: Final = "owner-record-page"
"""Its value is a `PageMark`."""

OPEN_REVIEW: Final = "open-desk"
REVIEW_PAGE: Final = "desk-page"
"""Its value is a page's number, from 0."""
PROPOSE: Final = "propose-matches"
APPROVE: Final = "approve-match"
REFUSE: Final = "refuse-match"
UNDO_REFUSAL: Final = "undo-refusal"
"""Their value is the match's id, as is that of ACCEPT_MATCH and DECLINE_MATCH."""
MORE: Final = "more-about-match"
"""What was chosen from its menu: a `MenuAction` and the match's id, with a colon between."""
FORBID: Final = "forbid-two"
ALLOW: Final = "allow-two"
"""Their value is the two people, mentee and mentor, with a colon between."""
WHY_NOT: Final = "why-not-these-two"
"""Its value is like theirs, or empty if the two are still to be chosen."""
CHOOSE_TWO: Final = "choose-two"
"""A person was picked, to compare two people."""
WHAT_WOULD_HELP: Final = "what-would-help"
RELEASE: Final = "release-matches"
TELL_WAITING: Final = "tell-waiting"
"""Its value is the cohort's id, so that an old button never speaks of the next round."""
PAIR_BY_HAND: Final = "pair-by-hand"
"""Its value is like that of `WHY_NOT`."""
ACCEPT_MATCH: Final = "accept-match"
DECLINE_MATCH: Final = "decline-match"

LOG_MEETING: Final = "log-meeting"
"""Its value is the partnership's id, or empty where the form asks which."""
CORRECT_MEETING: Final = "correct-meeting"
SETTLE_ACTION: Final = "settle-action"
"""Their value is the meeting's id; the latter's also says, after a colon, which version of it was seen."""
OPEN_PARTNERSHIPS: Final = "open-partnerships"
"""A person's own; its value is the partnership's id, to see that one first, or empty."""
OPEN_ALL_PARTNERSHIPS: Final = "open-all-partnerships"
"""Those of the programme, for its owners; its value is a `PartnershipFilter`, or anything else for the active ones."""
PARTNERSHIPS_PAGE: Final = "partnerships-page"
PARTNERSHIPS_FILTER: Final = "filter-partnerships"
SEARCH_PARTNERSHIPS: Final = "search-partnerships"
"""As those of the list of people."""
END_PARTNERSHIP: Final = "end-partnership"
GO_BACK: Final = "go-back-to-pool"
NOT_AGAIN: Final = "not-again"
AGAIN_AFTER_ALL: Final = "again-after-all"
OPEN_CHECK_IN: Final = "open-check-in"
OPEN_SURVEY: Final = "open-survey"
"""The value of these six is the partnership's id."""
CLOSE_COHORT: Final = "close-cohort"
"""Its value is the cohort's id, so that an old button never closes the next round."""

IMPORT_LIST: Final = "import-list"
DISMISS_LIST: Final = "dismiss-list"
"""Their value is the id of a file import and, after a colon, the version of its preview."""

SEND_AGAIN: Final = "send-again"
LET_REST: Final = "let-rest"
"""Their value is a notification's id."""
SEND_ALL_AGAIN: Final = "send-all-again"
"""Its value is a report's id."""

OPENS: Final = {
    Subcommand.REQUEST: OPEN_REQUEST,
    Subcommand.VOLUNTEER: OPEN_VOLUNTEER,
    Subcommand.LOG: LOG_MEETING,
    Subcommand.STATUS: OPEN_STATUS,
    Subcommand.PEOPLE: OPEN_PEOPLE,
    Subcommand.PARTNERSHIPS: OPEN_ALL_PARTNERSHIPS,
    Subcommand.MATCH: OPEN_REVIEW,
    Subcommand.SETUP: OPEN_SETUP,
    Subcommand.PROGRAMMES: OPEN_PROGRAMMES,
    Subcommand.HELP: OPEN_HELP,
}
"""The button that does what the subcommand does."""

START_FORM: Final = "start-form"
OWNERS_FORM: Final = "owners-form"
APPLICATION_FORM: Final = "application-form"
CORRECTION_FORM: Final = "correction-form"
SETUP_FORM: Final = "setup-form"
APPLICATION_VIEW: Final = "application-view"
PEOPLE_VIEW: Final = "people-view"
PEOPLE_SEARCH_FORM: Final = "people-search-form"
OWNER_RECORD_VIEW: Final = "owner-record-view"
SENTENCE_VIEW: Final = "sentence-view"
SAVING_VIEW: Final = "saving-view"
WAITING_VIEW: Final = "waiting-view"
REVIEW_VIEW: Final = "desk-view"
PAIR_FORM: Final = "pair-form"
SWAP_FORM: Final = "swap-form"
FORBID_VIEW: Final = "forbid-view"
WHY_NOT_VIEW: Final = "why-not-view"
WHAT_WOULD_HELP_VIEW: Final = "what-would-help-view"
MEETING_FORM: Final = "meeting-form"
PARTNERSHIPS_VIEW: Final = "partnerships-view"
ALL_PARTNERSHIPS_VIEW: Final = "all-partnerships-view"
PARTNERSHIPS_SEARCH_FORM: Final = "partnerships-search-form"
CHECK_IN_FORM: Final = "check-in-form"
SURVEY_FORM: Final = "survey-form"
UNKNOWN_FORM_VIEW: Final = "unknown-form-view"
