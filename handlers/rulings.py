"""What an owner rules about a proposal, or about two people for good."""

from collections.abc import Callable

from handlers.comparing import about_two
from handlers.desk import Answer, Desk, Open, Visit
from handlers.matches import show_desk
from handlers.pairings import open_swap_form
from handlers.rounds import desk_again, owners_ground, owners_round, proposal_of, root_of
from mentoring.core.outcome import Outcome
from mentoring.matching.decisions import allow, approve, check_decides, forbid, pin, refuse, unpin
from mentoring.matching.errors import NotOnTheDesk
from messages import matching as views
from messages.ids import Deed

_Rule = Callable[..., Outcome]


def approve_match(desk: Desk, visit: Visit) -> Answer:
    return _rule(desk, visit, approve, visit.value)


def refuse_match(desk: Desk, visit: Visit) -> Answer:
    return _rule(desk, visit, refuse, visit.value)


def do_more(desk: Desk, visit: Visit) -> Answer:
    """What was chosen from the menu of a proposal."""
    deed, _, match_id = visit.value.partition(":")
    match deed:
        case Deed.PIN:
            return _rule(desk, visit, pin, match_id)
        case Deed.UNPIN:
            return _rule(desk, visit, unpin, match_id)
        case Deed.SWAP:
            return open_swap_form(desk, visit, match_id)
        case Deed.FORBID:
            return _open_forbid(desk, visit, match_id)
        case _:
            with desk.storage.read(visit.workspace) as tx:
                owners_ground(tx, visit)
            raise NotOnTheDesk


def forbid_two(desk: Desk, visit: Visit) -> Answer:
    """Never match the two whom the button names."""
    return _rule_on_two(desk, visit, forbid)


def allow_two(desk: Desk, visit: Visit) -> Answer:
    """The two whom the button names may be matched again."""
    return _rule_on_two(desk, visit, allow)


def _rule(desk: Desk, visit: Visit, rule: _Rule, match_id: str) -> Answer:
    with desk.storage.begin(visit.workspace) as tx:
        round_ = owners_round(tx, visit)
        tx.keep(rule(proposal_of(round_, match_id), by=visit.person, owners=round_.owners, now=visit.now))
    return show_desk(desk, visit)


def _rule_on_two(desk: Desk, visit: Visit, rule: _Rule) -> Answer:
    """Afterwards what is shown is how these two stand, and the desk below brought up to date."""
    two = views.two_from(visit.value)
    with desk.storage.begin(visit.workspace) as tx:
        tx.keep(rule(owners_round(tx, visit), *two, by=visit.person, now=visit.now))
    with desk.storage.read(visit.workspace) as tx:
        also = desk_again(tx, owners_round(tx, visit), visit)
    return about_two(desk, visit, two, root_of(visit), also=also)


def _open_forbid(desk: Desk, visit: Visit, match_id: str) -> Answer:
    with desk.storage.read(visit.workspace) as tx:
        round_ = owners_round(tx, visit)
    match = proposal_of(round_, match_id)
    check_decides(match.people, visit.person, round_.owners)
    return Open(views.forbid_view(match.people, root=root_of(visit)))
