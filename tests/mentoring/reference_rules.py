"""The hard rules of matching once more, in the plainest words. No code of the rules that are judged is used here."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from mentoring.applications.application import Application
from mentoring.matching.match import Match
from mentoring.matching.round import MatchingRound


def is_fixed(one: Match) -> bool:
    """Whether it stays while the rest is solved: the two are asked, or somebody has decided on their proposal."""
    if one.state == "offered":
        return True
    return one.state == "proposed" and bool(one.approvals or one.paired_by or one.pinned_by or one.exempted)


def places(round_: MatchingRound, one: Application) -> int:
    """How many somebody may get besides what is fixed."""
    if one.state == "withdrawn" or is_absent(round_, one.person) or round_.cohort.closed_on is not None:
        return 0
    if one.sent_on > round_.cohort.apply_by:
        return 0
    left = one.places
    for running in round_.partnerships:
        if running.state == "active" or one.person not in running.back:
            left -= one.id in (running.mentee_application, running.mentor_application)
    for fixed in round_.matches.values():
        left -= is_fixed(fixed) and one.id in (fixed.mentee_application, fixed.mentor_application)
    return max(0, left)


def pool(round_: MatchingRound, role: str) -> list[Application]:
    return [one for one in round_.applications.values() if one.role == role and places(round_, one)]


def may_match(round_: MatchingRound, ask: Application, offer: Application) -> bool:
    """Whether no hard rule keeps these two apart; places are not asked."""
    programme, one, other = round_.programme, ask.person, offer.person
    if one == other or is_absent(round_, one) or is_absent(round_, other):
        return False
    if not any(topic in offer.topics for topic in ask.topics):
        return False
    for who, segment in ((ask, programme.for_mentees), (offer, programme.for_mentors)):
        if segment.departments and department(round_, who) not in segment.departments:
            return False
        if segment.grades and grade(round_, who) not in segment.grades:
            return False
    if stands_above(round_, one, other) or stands_above(round_, other, one):
        return False
    grades = [grade(round_, ask), grade(round_, offer)]
    if programme.type == "mentoring" and programme.least_gap and all(each in programme.grades for each in grades):
        lower, upper = map(programme.grades.index, grades)
        if upper < lower + programme.least_gap:
            return False
    if programme.shared_hours and not work_together(round_, one, other):
        return False
    return not were_excluded(round_, {one, other})


def work_together(round_: MatchingRound, one: str, other: str) -> bool:
    """Whether there is an hour in which both work, on the day on which the round begins; so it is if nobody knows."""
    working = []
    for person in (one, other):
        name = round_.people[person].time_zone if person in round_.people else ""
        if name not in available_timezones():
            return True
        noon = datetime.combine(round_.cohort.starts_on, time(12), UTC)
        starts, ends = (at.hour * 60 + at.minute for at in round_.programme.workday)
        east = (noon.astimezone(ZoneInfo(name)).utcoffset() or timedelta()) // timedelta(minutes=1)
        working.append({(minute - east) % (24 * 60) for minute in range(starts, ends)})
    return len(working[0] & working[1]) >= 60


def were_excluded(round_: MatchingRound, two: set[str]) -> bool:
    """By the committee, by what came of it before, or by being together already."""
    if any({ban.one, ban.other} == two for ban in round_.exclusions) or any(
        two == set(each) for each in round_.declined
    ):
        return True
    for one in round_.matches.values():
        if {one.mentee, one.mentor} == two and (is_fixed(one) or one.state in ("refused", "declined")):
            return True
        if {one.mentee, one.mentor} == two and one.state == "lapsed" and len(one.accepted_by) > 0:
            return True
    return any(
        {one.mentee, one.mentor} == two
        and (one.state == "active" or one.cohort_id == round_.cohort.id or len(one.declined_rematch) > 0)
        for one in round_.partnerships
    )


def stands_above(round_: MatchingRound, upper: str, lower: str) -> bool:
    """Whether one gets from `lower` to `upper` by going from report to manager, by what anybody said."""
    steps = {(record.person, record.manager) for record in round_.staff.values()}
    steps |= {(round_.applications[id_].person, said.manager) for id_, said in round_.private_answers.items()}
    reached = {lower}
    for _ in range(len(steps) + 1):
        reached |= {manager for report, manager in steps if report in reached and manager}
    return upper in reached and upper != lower


def is_absent(round_: MatchingRound, person: str) -> bool:
    """Somebody who has left, or is on leave."""
    return person in round_.people and (
        round_.people[person].account_status == "deactivated" or round_.people[person].leave is not None
    )


def department(round_: MatchingRound, one: Application) -> str:
    return one.department or (round_.staff[one.person].department if one.person in round_.staff else "")


def grade(round_: MatchingRound, one: Application) -> str:
    return one.grade or (round_.staff[one.person].grade if one.person in round_.staff else "")
