"""A small app to try the page with: a book club that knows one command, one form and a message with buttons."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from slack_bolt import Ack, App, BoltRequest
from slack_sdk import WebClient

from sandbox import Calendar, Member, Sandbox

ADA, GRACE, JOAN, ALAN = "U0ADA", "U0GRACE", "U0JOAN", "U0ALAN"

MEMBERS = (
    Member(ADA, "ada", "Ada Lovelace", title="Head of engines"),
    Member(GRACE, "grace", "Grace Hopper", title="Rear admiral", time_zone="America/New_York"),
    Member(JOAN, "joan", "Joan Clarke", is_guest=True),
    Member(ALAN, "alan", "Alan Turing", deactivated=True),
)

MANIFEST: dict[str, Any] = {
    "display_information": {"name": "Book Club", "description": "Reads with you, at your own pace."},
    "features": {
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        "bot_user": {"display_name": "Book Club", "always_online": True},
        "slash_commands": [
            {
                "command": "/club",
                "description": "All the club can do for you",
                "usage_hint": "join | leave",
                "should_escape": True,
            },
            {"command": "/clubs", "description": "Other clubs", "should_escape": True},
        ],
    },
    "oauth_config": {
        "scopes": {"bot": ["chat:write", "commands", "im:history", "im:write", "mpim:write", "users:read"]}
    },
    "settings": {
        "event_subscriptions": {"bot_events": ["message.im", "app_home_opened"]},
        "interactivity": {"is_enabled": True},
        "socket_mode_enabled": True,
    },
}

Block = dict[str, Any]


def plain(text: str) -> Block:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Block:
    return {"type": "mrkdwn", "text": text}


def option(text: str, value: str) -> Block:
    return {"text": plain(text), "value": value}


def asked(block_id: str, label: str, kind: str, *, optional: bool = False, **more: Any) -> Block:
    """An input block around one element."""
    element = {"type": kind, "action_id": "value", **more}
    return {"type": "input", "block_id": block_id, "label": plain(label), "optional": optional, "element": element}


FORM: Block = {
    "type": "modal",
    "callback_id": "join",
    "title": plain("Join the club"),
    "submit": plain("Send"),
    "blocks": [
        {
            "type": "section",
            "block_id": "intro",
            "text": mrkdwn("Read by the *host* alone."),
            "accessory": {"type": "button", "action_id": "explain", "text": plain("How it works")},
        },
        asked("name", "What shall we call you?", "plain_text_input", max_length=40),
        asked("hope", "What do you hope for?", "plain_text_input", multiline=True, optional=True),
        asked(
            "kind",
            "Favourite kind",
            "static_select",
            option_groups=[
                {"label": plain("Prose"), "options": [option("Novels", "novels"), option("Essays", "essays")]},
                {"label": plain("Verse"), "options": [option("Poems", "poems")]},
            ],
        ),
        asked("host", "Who told you of us?", "users_select"),
        asked("friends", "Readers you know", "multi_users_select", optional=True),
        asked(
            "topics",
            "Topics",
            "multi_static_select",
            optional=True,
            max_selected_items=2,
            options=[option("Sea", "sea"), option("Sky", "sky"), option("Land", "land")],
        ),
        asked("day", "First evening", "datepicker"),
        asked("hour", "Best hour", "timepicker", optional=True),
        asked("days", "Days", "checkboxes", options=[option("Tuesday", "tue"), option("Thursday", "thu")]),
        asked("pace", "Pace", "radio_buttons", options=[option("Slow", "slow"), option("Fast", "fast")]),
        asked("books", "Books last year", "number_input", is_decimal_allowed=False),
        asked("mail", "E-mail", "email_text_input", optional=True),
        asked("site", "Your page", "url_text_input", optional=True),
    ],
}

EXPLAINED: Block = {
    "type": "modal",
    "title": plain("How it works"),
    "close": plain("Back"),
    "blocks": [{"type": "section", "text": mrkdwn("We read, then we talk.")}],
}

LEAVE: Block = {
    "type": "button",
    "action_id": "leave",
    "style": "danger",
    "text": plain("Leave the club"),
    "confirm": {
        "title": plain("Leave the club?"),
        "text": mrkdwn("Your seat goes to the *next reader*."),
        "confirm": plain("Leave"),
        "deny": plain("Stay"),
        "style": "danger",
    },
}

PICK: Block = {
    "type": "static_select",
    "action_id": "pick",
    "placeholder": plain("Choose a book"),
    "options": [option("Middlemarch", "middlemarch"), option("The Waves", "waves")],
    "confirm": {
        "title": plain("Read this next?"),
        "text": plain("All will read it."),
        "confirm": plain("Yes"),
        "deny": plain("No"),
    },
}

SILENT: Block = {"type": "button", "action_id": "silent", "text": plain("Nobody listens")}


def home(text: str) -> Block:
    """The Home tab, with one thing to press."""
    coming = {"type": "button", "action_id": "coming", "text": plain("I will come")}
    return {"type": "home", "blocks": [section(text), {"type": "actions", "elements": [coming]}]}


@dataclass
class Club:
    """The app, in a workspace of its own. `received` holds the state values of each form that was accepted."""

    sandbox: Sandbox
    client: WebClient
    received: list[Block] = field(default_factory=list)

    def tell(self, person: str, text: str, *blocks: Block) -> None:
        """Post to somebody's conversation with the app."""
        self.client.chat_postMessage(channel=person, text=text, blocks=list(blocks))

    def join(self, ack: Ack, body: Block, client: WebClient) -> None:
        """The command: opens the form, or says what it did not understand."""
        if body["text"] != "join":
            ack(f"I do not know “{body['text']}”. Try `/club join`.")
            return
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=FORM)

    def take(self, ack: Ack, body: Block, view: Block) -> None:
        """The form sent in: a name needs two letters."""
        values = view["state"]["values"]
        name = values["name"]["value"]["value"]
        if len(name) < 2:
            ack(response_action="errors", errors={"name": "Two letters at least, please."})
            return
        ack()
        self.received.append(values)
        buttons = {"type": "actions", "block_id": "seat", "elements": [LEAVE, SILENT]}
        self.tell(body["user"]["id"], "A seat is kept.", section(f"A seat is kept for *{name}*."), buttons)

    def leave(self, ack: Ack, body: Block, client: WebClient) -> None:
        """The button: says so in place of the message it stood in."""
        ack()
        text = "You have left the club."
        client.chat_update(channel=body["channel"]["id"], ts=body["message"]["ts"], text=text, blocks=[section(text)])


def section(text: str) -> Block:
    return {"type": "section", "text": mrkdwn(text)}


def open_club(port: int = 0, calendar: Calendar | None = None) -> Club:
    """A started workspace with the club installed; stop its `sandbox` when done."""
    handlers: list[Callable[[BoltRequest], Any]] = []

    def deliver(headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str], bytes]:
        answer = handlers[0](BoltRequest(body=body.decode(), headers=dict(headers)))
        return answer.status, answer.first_headers(), answer.body.encode()

    sandbox = Sandbox(
        MANIFEST, MEMBERS, calendar=calendar, deliver=deliver, port=port, rate_limits=False, own_messages=False
    )
    sandbox.start()
    client = WebClient(sandbox.bot_token, base_url=sandbox.api_url)
    app = App(client=client, signing_secret=sandbox.signing_secret, process_before_response=True)
    club = Club(sandbox, client)
    app.command("/club")(club.join)
    app.view("join")(club.take)
    app.action("leave")(club.leave)

    @app.action("pick")
    def pick(ack: Ack) -> None:
        ack()

    @app.action("explain")
    def explain(ack: Ack, body: Block, client: WebClient) -> None:
        ack()
        client.views_push(trigger_id=body["trigger_id"], view=EXPLAINED)

    @app.event("app_home_opened")
    def welcome(event: Block, client: WebClient) -> None:
        if event["tab"] == "home" and "view" not in event:
            client.views_publish(user_id=event["user"], view=home("We meet on *Friday*."))

    @app.action("coming")
    def expect_reader(ack: Ack, body: Block, client: WebClient) -> None:
        ack()
        client.views_publish(user_id=body["user"]["id"], view=home("A seat is kept for you on *Friday*."))

    @app.event("message")
    def listen(event: Block) -> None:
        """What people write is taken in silence."""

    handlers.append(app.dispatch)
    return club
