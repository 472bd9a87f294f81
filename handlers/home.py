"""Home: opening it, and the same as a reply."""

from handlers.context import AppContext, Reply, Request, Response, SlackEvent
from messages.home import home_message
from services.home import load_home


def opened(app: AppContext, event: SlackEvent) -> None:
    """Publish the Home of the person who opens it (https://docs.slack.dev/reference/events/app_home_opened).

    Slack sends this for the other tabs, too, and may send it more than once.
    """
    person = event.event.get("user")
    if event.event.get("tab") != "home" or not isinstance(person, str) or not person:
        return
    with app.storage.begin(event.workspace) as tx:
        tx.people.request_profiles([person], event.now)
        tx.open_home(person)


def show(app: AppContext, request: Request) -> Response:
    """Reply with what is at Home: of the programme that the button names, or of all that the person can see."""
    with app.storage.begin(request.workspace) as tx:
        tx.people.request_profiles([request.person], request.now)
    with app.storage.read(request.workspace) as tx:
        home = load_home(tx, request.person, request.now, acting=request.acting, programme_id=request.programme)
    return Reply(home_message(home))
