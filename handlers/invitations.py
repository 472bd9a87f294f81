"""Invitations to apply: the form with the topic that was chosen, and whether a person wants any."""

from handlers import applications
from handlers.context import DONE, AppContext, Reply, Request, Response
from mentoring.applications.application import Role
from mentoring.invitations.invitation import choose
from messages.invitations.view import about_invitations, choice_saved
from services.invitations import load_choice, may_choose


def apply_as_mentee(app: AppContext, request: Request) -> Response:
    """Open the form with the topic of the menu."""
    return applications.open_invited(app, request, Role.MENTEE)


def apply_as_mentor(app: AppContext, request: Request) -> Response:
    """Open the form with the topic of the menu."""
    return applications.open_invited(app, request, Role.MENTOR)


def show(app: AppContext, request: Request) -> Response:
    """Show whether this person may get invitations, and the other choice."""
    with app.storage.read(request.workspace) as tx:
        is_on = load_choice(tx, tx.people.get(request.person))
    return Reply(about_invitations(is_on), "Invitations")


def stop(app: AppContext, request: Request) -> Response:
    """Send this person no invitations any more."""
    return _choose(app, request, is_on=False)


def allow(app: AppContext, request: Request) -> Response:
    """Let programmes invite this person again."""
    return _choose(app, request, is_on=True)


def _choose(app: AppContext, request: Request, *, is_on: bool) -> Response:
    """Save the choice of a person whom it can concern. Of others nothing is stored, and nothing is promised: those who
    were erased, and everybody while no programme sends invitations.
    """
    with app.storage.begin(request.workspace) as tx:
        concerns_them = may_choose(tx, request.person)
        if concerns_them:
            tx.save(choose(request.person, is_on=is_on, before=tx.invitations.wants_some(request.person)))
    saved = choice_saved(is_on) if concerns_them else about_invitations(None)
    return DONE if request.at_home else Reply(saved, "Invitations")
