"""Who goes with whom at the made-up library, and why: for a reader who would do it by hand otherwise."""

from collections import Counter
from statistics import mean, median

from mentoring.applications.application import Application, Role
from mentoring.matching.optimiser import propose
from mentoring.matching.round import MatchingRound
from messages.matching.reasons import because
from tests.golden.making import Piece
from tests.mentoring.factories import new_ids
from tests.mentoring.library import library


def _matched() -> str:
    round_ = library()
    found = propose(round_, new_ids())
    scores = [one.score for one in found]
    partners = Counter(one.mentor for one in found)
    loads = sorted(Counter(partners.values()).items())
    lines = [
        f"{len(round_.pool(Role.MENTEE))} mentees, {len(round_.pool(Role.MENTOR))} mentors with "
        f"{sum(map(round_.free_places, round_.pool(Role.MENTOR)))} places: {len(found)} proposals.",
        f"Scores: {min(scores)} to {max(scores)}, on average {mean(scores):.1f}, half of them {median(scores):.0f} or "
        "more.",
        f"Partners: {', '.join(f'{many} mentors with {load}' for load, many in loads)}.",
    ]
    for one in found:
        mentee, mentor = round_.applications[one.mentee_application], round_.applications[one.mentor_application]
        lines += ["", f"{one.score}  {_who(round_, mentee)} → {_who(round_, mentor)}"]
        lines.append(f"    {because(one.reasons, round_.programme, to_owners=True, marked=False)}")
        lines += [f"    {round_.private_answers[application.id].hopes}" for application in (mentee, mentor)]
    for role in Role:
        matched = {one.mentee_application if role is Role.MENTEE else one.mentor_application for one in found}
        left = [one for one in round_.pool(role) if one.id not in matched]
        lines += ["", f"Left over as {role}: {len(left)}", *(f"    {_who(round_, one)}" for one in left)]
    return "\n".join((*lines, ""))


def _who(round_: MatchingRound, application: Application) -> str:
    facts = [fact for fact in (application.grade, application.department) if fact]
    if application.sent_on < round_.cohort.opens_on:
        facts.append("waiting since before the round")
    return f"{round_.people[application.person].display_name} ({', '.join(facts)})"


MATCHING: dict[str, Piece] = {"matching-library": _matched}
