"""An offer: both are asked in private; then they are introduced, or it did not work out and nobody is to blame."""

from dataclasses import replace
from datetime import datetime

from mentoring.application import Application
from mentoring.application import withdraw as withdraw_application
from mentoring.cadence import promises_of, promises_of_offer
from mentoring.error import AlreadyAccepted
from mentoring.match import STANDING, Match, MatchState, check_offered
from mentoring.outcome import Kind, Notice, Outcome
from mentoring.partnership import Partnership
from mentoring.person import Person
from mentoring.round import Round


def offer(round_: Round, match: Match, now: datetime) -> Outcome:
    """Ask both; a reminder and a lapse are promised."""
    offered = match.changed(state=MatchState.OFFERED, offered_at=now)
    notices = tuple(
        Notice(f"{Kind.MATCH_OFFERED}:{match.id}:{person}", Kind.MATCH_OFFERED, person, {"match": match.id})
        for person in match.people
    )
    people = tuple(round_.people.get(person, Person(person)) for person in match.people)
    return Outcome((offered, *promises_of_offer(offered, people, round_.programme)), notices)


def introduce(round_: Round, match: Match, *, now: datetime, new_id: str) -> Outcome:
    """Both have accepted: a partnership begins, for the shorter of the two wishes, and its promises are made."""
    mentee, mentor = round_.applications[match.mentee_application], round_.applications[match.mentor_application]
    partnership = Partnership(
        id=new_id,
        cohort_id=match.cohort_id,
        match_id=match.id,
        mentee_application=mentee.id,
        mentor_application=mentor.id,
        mentee=mentee.person,
        mentor=mentor.person,
        topics=tuple(topic for topic in mentee.topics if topic in mentor.topics),
        months=min(mentee.months, mentor.months),
        introduced_at=now,
    )
    people = tuple(round_.people.get(person, Person(person)) for person in partnership.people)
    introduced = Notice(
        f"{Kind.INTRODUCED}:{partnership.id}",
        Kind.INTRODUCED,
        partnership.mentee,
        {"partnership": partnership.id},
        also=partnership.mentor,
    )
    return Outcome((partnership, *promises_of(partnership, people, round_.programme)), (introduced,))


def answer(round_: Round, match: Match, *, by: str, accepts: bool, now: datetime, new_id: str) -> Outcome:
    """One of the two answers. Raises NotYourOffer, OfferOver, AlreadyAccepted."""
    check_offered(match, by)
    if accepts and by in match.accepted_by:
        raise AlreadyAccepted(introduced=False)
    if not accepts:
        return over(match, MatchState.DECLINED, owners=round_.owners, declined_by=by)
    accepted = match.changed(accepted_by=(*match.accepted_by, by))
    if set(accepted.accepted_by) == set(match.people):
        accepted = replace(accepted, state=MatchState.ACCEPTED)
        return Outcome((accepted,)) + introduce(round_, accepted, now=now, new_id=new_id)
    thanks = Notice(f"{Kind.OFFER_ACCEPTED}:{match.id}:{by}", Kind.OFFER_ACCEPTED, by, {"match": match.id}, asked=True)
    return Outcome((accepted,), (thanks,))


def over(match: Match, state: MatchState, *, owners: tuple[str, ...], declined_by: str = "") -> Outcome:
    """An offer did not work out: who declined is thanked, the other hears only that, the owners hear it without
    blame.
    """
    about = {"match": match.id}
    told = tuple(
        Notice(f"{Kind.OFFER_OVER}:{match.id}:{person}", Kind.OFFER_OVER, person, about)
        if person != declined_by
        else Notice(f"{Kind.OFFER_DECLINED}:{match.id}:{person}", Kind.OFFER_DECLINED, person, about, asked=True)
        for person in match.people
    )
    heard = tuple(
        Notice(f"{Kind.OWNERS_OFFER_OVER}:{match.id}:{owner}", Kind.OWNERS_OFFER_OVER, owner, about)
        for owner in owners
        if owner not in match.people
    )
    return Outcome((match.changed(state=state),), told + heard)


def withdraw(round_: Round, application: Application, *, by: str) -> Outcome:
    """Withdraw an application; an offer that is open with it is over like a declined one, a proposal leaves the desk.

    Raises NotForYou, AlreadyWithdrawn.
    """
    outcome = withdraw_application(application, by=by)
    for match in round_.matches.values():
        if application.id not in (match.mentee_application, match.mentor_application) or match.state not in STANDING:
            continue
        if match.state is MatchState.PROPOSED:
            outcome += Outcome((match.changed(state=MatchState.OVERTAKEN),))
        else:
            # Not a no to the other: in a later round they may be asked about each other.
            declined = over(match, MatchState.LAPSED, owners=round_.owners, declined_by=by)
            outcome += Outcome(declined.changes, tuple(n for n in declined.notices if n.to != by))
    return outcome
