"""The agreement of a partnership as one of its two people sees it."""

from dataclasses import dataclass

from mentoring.agreements.agreement import Agreement
from mentoring.partnerships.judgement import FollowedTerms


@dataclass(frozen=True)
class OwnAgreement:
    """The agreement of one of somebody's partnerships, as their list needs it: where it stands, what the reminders take
    from it, and whether they have a draft that is not sent.
    """

    agreement: Agreement | None = None
    followed: FollowedTerms | None = None
    is_begun: bool = False
