"""What each person received in the year that `tests.journeys.year` tells, on their own clock, and what is kept of it.

In brackets stands whom a message is about besides those in its first line. The owners' Monday statuses are left out.
"""

from collections import Counter
from datetime import UTC, datetime
from typing import Any

from storage import Transaction
from tests.journeys.year import ADA, BEN, CHI, DEE, ELI, GUS, HAL, KIM, OLGA, SAM

RECEIVED = {
    ADA: """
        Tue 24 Nov 2026 10:00  Your application for a mentor has arrived
        Tue 05 Jan 2027 15:00  We’ve found a mentor for you [Ben]
        Wed 06 Jan 2027 10:00  Thank you for accepting [Ben]
        Wed 06 Jan 2027 15:00  in a group: Ada and Ben, meet each other
        Fri 15 Jan 2027 15:00  Your meeting is saved [Ben]
        Tue 26 Jan 2027 15:00  Ben logged a meeting with you
        Tue 16 Feb 2027 15:00  Your meeting is saved [Ben]
        Tue 09 Mar 2027 15:00  Ben logged a meeting with you
        Tue 30 Mar 2027 16:00  Your meeting is saved [Ben]
        Tue 20 Apr 2027 16:00  Ben logged a meeting with you
        Tue 11 May 2027 16:00  Your meeting is saved [Ben]
        Tue 01 Jun 2027 16:00  Ben logged a meeting with you
        Tue 22 Jun 2027 16:00  Your meeting is saved [Ben]
        Tue 06 Jul 2027 09:00  How is it going? A three-minute check-in [Ben]
        Tue 06 Jul 2027 16:00  Thank you for your answers
        Tue 13 Jul 2027 16:00  Ben logged a meeting with you
        Tue 03 Aug 2027 16:00  Your meeting is saved [Ben]
        Tue 24 Aug 2027 16:00  Ben logged a meeting with you
        Tue 14 Sep 2027 16:00  Your meeting is saved [Ben]
        Tue 12 Oct 2027 09:00  Have you met Ben lately?
        Tue 09 Nov 2027 09:00  Have you met Ben lately?
        Tue 16 Nov 2027 15:00  Ben logged a meeting with you
        Tue 07 Dec 2027 15:00  Your meeting is saved [Ben]
        Thu 06 Jan 2028 09:00  Your partnership has come to its agreed end [Ben]
        Fri 07 Jan 2028 15:00  Thank you for your answers [Ben]
        Fri 07 Jan 2028 15:00  Your partnership is complete [Ben]
    """,
    BEN: """
        Tue 24 Nov 2026 05:00  Your application to be a mentor has arrived
        Tue 05 Jan 2027 10:00  We’ve found a mentee for you [Ada]
        Wed 06 Jan 2027 10:00  Thank you for accepting [Ada]
        Wed 06 Jan 2027 10:00  in a group: Ada and Ben, meet each other
        Fri 15 Jan 2027 10:00  Ada logged a meeting with you
        Tue 26 Jan 2027 10:00  Your meeting is saved [Ada]
        Tue 16 Feb 2027 10:00  Ada logged a meeting with you
        Tue 09 Mar 2027 10:00  Your meeting is saved [Ada]
        Tue 30 Mar 2027 11:00  Ada logged a meeting with you
        Tue 20 Apr 2027 11:00  Your meeting is saved [Ada]
        Tue 11 May 2027 11:00  Ada logged a meeting with you
        Tue 01 Jun 2027 11:00  Your meeting is saved [Ada]
        Tue 22 Jun 2027 11:00  Ada logged a meeting with you
        Tue 06 Jul 2027 09:00  How is it going? A three-minute check-in [Ada]
        Tue 13 Jul 2027 11:00  Your meeting is saved [Ada]
        Tue 03 Aug 2027 11:00  Ada logged a meeting with you
        Tue 24 Aug 2027 11:00  Your meeting is saved [Ada]
        Tue 14 Sep 2027 11:00  Ada logged a meeting with you
        Tue 12 Oct 2027 09:00  Have you met Ada lately?
        Tue 09 Nov 2027 09:00  Have you met Ada lately?
        Tue 16 Nov 2027 10:00  Your meeting is saved [Ada]
        Tue 07 Dec 2027 10:00  Ada logged a meeting with you
        Thu 06 Jan 2028 09:00  Your partnership has come to its agreed end [Ada]
        Fri 07 Jan 2028 10:00  Your partnership is complete [Ada]
    """,
    CHI: """
        Tue 24 Nov 2026 15:30  Your application for a mentor has arrived
        Tue 05 Jan 2027 20:30  We’ve found a mentor for you [Eli]
        Wed 06 Jan 2027 15:30  Thank you for accepting [Eli]
        Wed 06 Jan 2027 20:30  in a group: Chi and Eli, meet each other
        Mon 18 Jan 2027 09:00  Have you met Eli yet?
        Mon 01 Feb 2027 09:00  Have you met Eli yet?
        Mon 01 Mar 2027 09:00  Have you met Eli lately?
        Mon 29 Mar 2027 09:00  Have you met Eli lately?
        Tue 06 Apr 2027 15:30  A partnership of yours has ended [Eli]
        Wed 07 Apr 2027 15:30  You can be matched again [Eli]
        Thu 08 Apr 2027 19:30  We’ve found a mentor for you [Gus]
        Fri 09 Apr 2027 19:00  Thank you for accepting [Gus]
        Fri 09 Apr 2027 19:00  in a group: Chi and Gus, meet each other
        Fri 16 Apr 2027 20:30  Your meeting is saved [Gus]
        Mon 03 May 2027 09:00  Have you met Gus twice?
        Mon 31 May 2027 09:00  Have you met Gus lately?
        Mon 28 Jun 2027 09:00  Have you met Gus lately?
        Mon 26 Jul 2027 09:00  Have you met Gus lately?
        Mon 23 Aug 2027 09:00  Have you met Gus lately?
        Mon 20 Sep 2027 09:00  Have you met Gus lately?
        Mon 11 Oct 2027 09:00  How is it going? A three-minute check-in [Gus]
        Tue 19 Oct 2027 09:00  Have you met Gus lately?
        Tue 16 Nov 2027 09:00  Have you met Gus lately?
        Mon 29 Nov 2027 09:00  There’s nothing to answer here any more [Gus]
        Tue 14 Dec 2027 09:00  Have you met Gus lately?
        Mon 10 Jan 2028 09:00  Your partnership has come to its agreed end [Gus]
        Mon 17 Jan 2028 09:00  There’s still time for the closing survey [Gus]
        Mon 24 Jan 2028 09:00  There’s still time for the closing survey [Gus]
        Mon 31 Jan 2028 09:00  Your partnership is complete [Gus]
    """,
    ELI: """
        Tue 24 Nov 2026 10:00  Your application to be a mentor has arrived
        Tue 05 Jan 2027 15:00  We’ve found a mentee for you [Chi]
        Wed 06 Jan 2027 15:00  Thank you for accepting [Chi]
        Wed 06 Jan 2027 15:00  in a group: Chi and Eli, meet each other
        Mon 18 Jan 2027 09:00  Have you met Chi yet?
        Mon 01 Feb 2027 09:00  Have you met Chi yet?
        Mon 01 Mar 2027 09:00  Have you met Chi lately?
        Mon 29 Mar 2027 09:00  Have you met Chi lately?
        Tue 06 Apr 2027 11:00  A partnership of yours has ended [Chi]
        Wed 07 Apr 2027 11:00  You can be matched again [Chi]
        Thu 08 Apr 2027 15:00  We’ve found a mentee for you [Kim]
        Fri 09 Apr 2027 14:30  Thank you for accepting [Kim]
        Fri 09 Apr 2027 14:30  in a group: Kim and Eli, meet each other
        Mon 19 Apr 2027 09:00  Have you met Kim yet?
        Mon 03 May 2027 09:00  Have you met Kim yet?
        Mon 31 May 2027 09:00  Have you met Kim lately?
        Mon 28 Jun 2027 09:00  Have you met Kim lately?
        Fri 09 Jul 2027 09:00  How is it going? A three-minute check-in [Kim]
        Mon 26 Jul 2027 09:00  Have you met Kim lately?
        Mon 23 Aug 2027 09:00  Have you met Kim lately?
        Mon 30 Aug 2027 09:00  There’s nothing to answer here any more [Kim]
        Mon 20 Sep 2027 09:00  Have you met Kim lately?
        Mon 11 Oct 2027 09:00  Your partnership has come to its agreed end [Kim]
        Mon 18 Oct 2027 09:00  There’s still time for two questions [Kim]
        Mon 25 Oct 2027 09:00  There’s still time for two questions [Kim]
        Mon 01 Nov 2027 09:00  Your partnership is over [Kim]
    """,
    DEE: """
        Tue 24 Nov 2026 10:00  Your application for a mentor has arrived
        Tue 05 Jan 2027 15:00  We’ve found a mentor for you [Gus]
        Wed 06 Jan 2027 10:00  Thank you for accepting [Gus]
        Wed 06 Jan 2027 15:00  A match did not work out this time [Gus]
        Thu 14 Jan 2027 15:00  We’ve found a mentor for you [Hal]
        Fri 15 Jan 2027 10:00  Thank you for accepting [Hal]
        Fri 15 Jan 2027 10:00  in a group: Dee and Hal, meet each other
        Thu 21 Jan 2027 15:00  Your meeting is saved [Hal]
        Thu 04 Feb 2027 15:00  Hal logged a meeting with you
        Wed 03 Mar 2027 15:00  Your meeting is saved [Hal]
        Tue 30 Mar 2027 16:00  Your meeting is saved [Hal]
        Thu 15 Apr 2027 09:00  How is it going? A three-minute check-in [Hal]
        Thu 15 Apr 2027 11:00  Thank you for your answers
        Mon 26 Apr 2027 16:00  Hal logged a meeting with you
        Thu 20 May 2027 16:00  Your meeting is saved [Hal]
        Thu 03 Jun 2027 09:00  There’s nothing to answer here any more [Hal]
        Mon 14 Jun 2027 16:00  Your meeting is saved [Hal]
        Thu 15 Jul 2027 09:00  Your partnership has come to its agreed end [Hal]
        Fri 16 Jul 2027 11:00  Thank you for your answers [Hal]
        Fri 16 Jul 2027 11:00  Your partnership is complete [Hal]
    """,
    GUS: """
        Tue 24 Nov 2026 10:00  Your application to be a mentor has arrived
        Tue 05 Jan 2027 15:00  We’ve found a mentee for you [Dee]
        Wed 06 Jan 2027 15:00  Thank you for your answer [Dee]
        Thu 14 Jan 2027 15:00  News about your application to be a mentor
        Mon 08 Mar 2027 09:00  Where your application to be a mentor stands
        Thu 08 Apr 2027 15:00  We’ve found a mentee for you [Chi]
        Fri 09 Apr 2027 14:30  Thank you for accepting [Chi]
        Fri 09 Apr 2027 14:30  in a group: Chi and Gus, meet each other
        Fri 16 Apr 2027 16:00  Chi logged a meeting with you
        Mon 03 May 2027 09:00  Have you met Chi twice?
        Mon 31 May 2027 09:00  Have you met Chi lately?
        Mon 28 Jun 2027 09:00  Have you met Chi lately?
        Mon 26 Jul 2027 09:00  Have you met Chi lately?
        Mon 23 Aug 2027 09:00  Have you met Chi lately?
        Mon 20 Sep 2027 09:00  Have you met Chi lately?
        Mon 11 Oct 2027 09:00  How is it going? A three-minute check-in [Chi]
        Tue 19 Oct 2027 09:00  Have you met Chi lately?
        Tue 16 Nov 2027 09:00  Have you met Chi lately?
        Mon 29 Nov 2027 09:00  There’s nothing to answer here any more [Chi]
        Tue 14 Dec 2027 09:00  Have you met Chi lately?
        Mon 10 Jan 2028 09:00  Your partnership has come to its agreed end [Chi]
        Mon 17 Jan 2028 09:00  There’s still time for the closing survey [Chi]
        Mon 24 Jan 2028 09:00  There’s still time for the closing survey [Chi]
        Mon 31 Jan 2028 09:00  Your partnership is complete [Chi]
    """,
    KIM: """
        Tue 24 Nov 2026 05:00  Your application for a mentor has arrived
        Tue 05 Jan 2027 10:00  We’ve found a mentor for you [Hal]
        Mon 11 Jan 2027 09:00  A match is waiting for your answer [Hal]
        Tue 12 Jan 2027 10:00  A match has expired [Hal]
        Thu 14 Jan 2027 10:00  News about your application for a mentor
        Mon 08 Mar 2027 09:00  Where your application for a mentor stands
        Thu 08 Apr 2027 10:00  We’ve found a mentor for you [Eli]
        Fri 09 Apr 2027 09:30  Thank you for accepting [Eli]
        Fri 09 Apr 2027 09:30  in a group: Kim and Eli, meet each other
        Mon 19 Apr 2027 09:00  Have you met Eli yet?
        Mon 03 May 2027 09:00  Have you met Eli yet?
        Mon 31 May 2027 09:00  Have you met Eli lately?
        Mon 28 Jun 2027 09:00  Have you met Eli lately?
        Fri 09 Jul 2027 09:00  How is it going? A three-minute check-in [Eli]
        Mon 26 Jul 2027 09:00  Have you met Eli lately?
        Mon 23 Aug 2027 09:00  Have you met Eli lately?
        Mon 30 Aug 2027 09:00  There’s nothing to answer here any more [Eli]
        Mon 20 Sep 2027 09:00  Have you met Eli lately?
        Mon 11 Oct 2027 09:00  Your partnership has come to its agreed end [Eli]
        Mon 18 Oct 2027 09:00  There’s still time for two questions [Eli]
        Mon 25 Oct 2027 09:00  There’s still time for two questions [Eli]
        Mon 01 Nov 2027 09:00  Your partnership is over [Eli]
    """,
    HAL: """
        Tue 24 Nov 2026 15:30  Your application to be a mentor has arrived
        Tue 05 Jan 2027 20:30  We’ve found a mentee for you [Kim]
        Mon 11 Jan 2027 09:00  A match is waiting for your answer [Kim]
        Wed 13 Jan 2027 09:00  A match has expired [Kim]
        Thu 14 Jan 2027 20:30  We’ve found a mentee for you [Dee]
        Fri 15 Jan 2027 15:30  Thank you for accepting [Dee]
        Fri 15 Jan 2027 15:30  in a group: Dee and Hal, meet each other
        Thu 21 Jan 2027 20:30  Dee logged a meeting with you
        Thu 04 Feb 2027 20:30  Your meeting is saved [Dee]
        Wed 03 Mar 2027 20:30  Dee logged a meeting with you
        Tue 30 Mar 2027 20:30  Dee logged a meeting with you
        Thu 15 Apr 2027 09:00  How is it going? A three-minute check-in [Dee]
        Mon 26 Apr 2027 20:30  Your meeting is saved [Dee]
        Thu 20 May 2027 20:30  Dee logged a meeting with you
        Thu 03 Jun 2027 09:00  There’s nothing to answer here any more [Dee]
        Mon 14 Jun 2027 20:30  Dee logged a meeting with you
        Thu 15 Jul 2027 09:00  Your partnership has come to its agreed end [Dee]
        Fri 16 Jul 2027 15:30  Your partnership is complete [Dee]
    """,
    OLGA: """
        Mon 23 Nov 2026 10:00  You’re an owner of the mentoring programme here
        Tue 22 Dec 2026 09:00  Applications have closed
        Wed 06 Jan 2027 15:00  A match did not work out [Dee, Gus]
        Mon 11 Jan 2027 09:00  1 match lacks an answer [Kim, Hal]
        Tue 12 Jan 2027 15:00  A match did not work out [Kim, Hal]
        Thu 14 Jan 2027 15:00  Matches: nothing to decide
        Thu 15 Apr 2027 11:00  Someone would like to talk to a programme owner [Dee]
    """,
    SAM: """
        Mon 23 Nov 2026 05:00  You’re an owner of the mentoring programme here
        Tue 22 Dec 2026 09:00  Applications have closed
        Mon 04 Jan 2027 10:30  4 proposals need your approval
        Wed 06 Jan 2027 10:00  A match did not work out [Dee, Gus]
        Mon 11 Jan 2027 09:00  1 match lacks an answer [Kim, Hal]
        Tue 12 Jan 2027 10:00  A match did not work out [Kim, Hal]
        Thu 08 Apr 2027 10:00  Matches: nothing to decide
        Thu 15 Apr 2027 06:00  Someone would like to talk to a programme owner [Dee]
    """,
}

FOREVER = datetime(2100, 1, 1, tzinfo=UTC)


def end_of(tx: Transaction) -> dict[str, Any]:
    """What the database holds, without ids."""
    partnerships = tx.partnerships.all()
    who = {p.id: (p.mentee, p.mentor) for p in partnerships}
    cohorts = {p.cohort_id for p in partnerships}
    return {
        "partnerships": sorted(
            (*p.people, p.months, str(p.state), p.over_at.date().isoformat() if p.over_at else "") for p in partnerships
        ),
        "matches": Counter(str(match.state) for cohort in cohorts for match in tx.matches.of_cohort(cohort)),
        "meetings": Counter(who[meeting.partnership_id] for meeting in tx.meetings.of(who)),
        "answers": sorted((str(a.question), a.person, str(a.audience)) for a in tx.feedback.to_count()),
        "promised": sorted(promise.key for promise in tx.scheduled_jobs.due(FOREVER, 100)),
    }


END = {
    "partnerships": [
        (ADA, BEN, 12, "closed", "2028-01-07"),
        (CHI, ELI, 9, "ended", "2027-04-06"),
        (CHI, GUS, 9, "closed", "2028-01-30"),
        (DEE, HAL, 6, "closed", "2027-07-16"),
        (KIM, ELI, 6, "closed", "2027-10-30"),
    ],
    "matches": {"accepted": 5, "declined": 1, "expired": 1},
    "meetings": {(ADA, BEN): 15, (DEE, HAL): 7, (CHI, GUS): 1},
    "answers": [
        ("baseline", ADA, "counted"),
        ("baseline", BEN, "counted"),
        ("check-in", ADA, "counted"),
        ("check-in", DEE, "counted"),
        ("survey", ADA, "counted"),
        ("survey", BEN, "counted"),
        ("survey", DEE, "counted"),
        ("survey", HAL, "counted"),
    ],
    "promised": [
        "count-answers",
        "invitations",
        "remarks",
        "retention",
        "still-waiting",
        f"weekly:{OLGA}",
        f"weekly:{SAM}",
    ],
}
