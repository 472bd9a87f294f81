"""What people do in the course of a year, and what each of them has received of it by the end.

A story is told in a *world*: the bot in this process (`tests.town.Town`), or in another one that may be killed at any
moment. So whoever is not answered tries again, as people do.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from messages import ids
from messages.menus import pressed
from sandbox import ActionResult, Member, Person, Sandbox, Submission
from sandbox.blocks import visible_texts
from storage import Transaction
from tests.handlers.support import plain_value

Json = dict[str, Any]

TRIES = 8
"""How often somebody tries before they give up; each failure is a bot that was killed."""


class World(Protocol):
    """Where the story takes place."""

    @property
    def slack(self) -> Sandbox: ...

    def settle(self) -> None:
        """Wait until all that people did is answered and delivered."""

    def knows(self, *people: str) -> None:
        """Have Slack asked about people beforehand."""

    def database(self) -> AbstractContextManager[Transaction]:
        """What the database holds."""


@dataclass(frozen=True)
class OpenedForm:
    """A form that a person was shown, and when."""

    user: str
    callback_id: str
    at: datetime


class Story:
    """One method for each thing that somebody does; each returns when the bot has done all that follows from it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.forms: list[OpenedForm] = []
        self.logged: list[str] = []
        """Who logged a meeting, once for each."""

    def person(self, user: str) -> Person:
        return self.world.slack.person(user)

    def it_is(self, moment: str) -> None:
        """Time passes, with all that falls due on the way; `moment` is in UTC, such as "2027-01-04 15:00"."""
        to = datetime.fromisoformat(moment).replace(tzinfo=UTC)
        assert to >= self.world.slack.calendar.now(), f"{moment} has passed"
        self.world.slack.run_until(to)
        self.world.settle()

    def asks(self, user: str, says: Mapping[str, Any]) -> None:
        self._applies(user, "/mentor request", says)

    def volunteers(self, user: str, says: Mapping[str, Any]) -> None:
        self._applies(user, "/mentor volunteer", says)

    def _applies(self, user: str, command: str, says: Mapping[str, Any]) -> None:
        self.world.knows(user, says["manager"], says.get("wish") or "")
        self.opens(user, lambda person: person.command(command), ids.APPLICATION_FORM)
        self.sends(user, says)

    def proposes(self, owner: str) -> None:
        """Ask for proposals, unless there are some on the desk."""
        for _ in range(TRIES):
            desk = self.opens(owner, lambda person: person.command("/mentor match"), ids.REVIEW_VIEW)
            if button_values(desk, ids.APPROVE):
                return self.leaves(owner)
            self._click(self.person(owner), ids.PROPOSE)
            self.world.settle()
            self.leaves(owner)
        raise AssertionError(f"{owner} gets no proposals")

    def approves_all(self, owner: str) -> None:
        """Press Approve wherever it can be pressed."""
        self.opens(owner, lambda person: person.command("/mentor match"), ids.REVIEW_VIEW)
        for match in button_values(self.person(owner).view, ids.APPROVE):
            self.clicks(owner, ids.APPROVE, match)
        self.leaves(owner)

    def releases(self, owner: str) -> None:
        self.opens(owner, lambda person: person.command("/mentor match"), ids.REVIEW_VIEW)
        if button_values(self.person(owner).view, ids.RELEASE):
            self.clicks(owner, ids.RELEASE)
        self.leaves(owner)

    def accepts(self, user: str) -> None:
        self.clicks(user, ids.ACCEPT_MATCH)

    def declines(self, user: str) -> None:
        self.clicks(user, ids.DECLINE_MATCH)

    def logs(self, user: str, partner: str, on: str, **says: Any) -> None:
        """Log a meeting from a button under a message about the partnership with `partner`."""
        partnership = self.partnership_of(user, partner)
        self.opens(user, lambda person: self._click(person, ids.LOG_MEETING, partnership), ids.MEETING_FORM)
        self.sends(user, {"met_on": on, "minutes": "60", "way": "in-person", **says})
        self.logged.append(user)

    def ends(self, user: str, partner: str) -> None:
        """Two clicks: End it in one's status, and yes."""
        partnership = self.partnership_of(user, partner)
        self.opens(user, lambda person: person.command("/mentor status"), ids.PARTNERSHIPS_VIEW)
        self.clicks(user, ids.END_PARTNERSHIP, partnership)
        self.leaves(user)

    def goes_back(self, user: str) -> None:
        self.clicks(user, ids.GO_BACK)

    def answers_before(self, user: str, **says: Any) -> None:
        """The survey before the first meeting; the first thing that is offered matters."""
        view = self.opens(user, lambda person: self._click(person, ids.OPEN_BASELINE), ids.BASELINE_FORM)
        (matters,) = (block["element"] for block in view["blocks"] if block.get("block_id") == "matters")
        first = matters["options"][0]["value"]
        stands = {"direction": "3", "next_step": "3", "able": "3", "people": "4"}
        self.sends(user, {**stands, "matters": [first], **says})
        self.leaves(user)

    def answers_the_check_in(self, user: str, **says: Any) -> None:
        self.opens(user, lambda person: self._click(person, ids.OPEN_CHECK_IN), ids.CHECK_IN_FORM)
        self.sends(user, {"rating": "4", "decision": "go-on", **says})

    def answers_the_survey(self, user: str, **says: Any) -> None:
        self.opens(user, lambda person: self._click(person, ids.OPEN_SURVEY), ids.SURVEY_FORM)
        self.sends(user, {"rating": "4", **says})

    def says_why_they_never_met(self, user: str, **says: Any) -> None:
        """The closing survey of two people who have logged no meeting."""
        self.opens(user, lambda person: self._click(person, ids.OPEN_SURVEY), ids.NEVER_MET_FORM)
        self.sends(user, {"why_not": ["no-time"], **says})

    def partnership_of(self, user: str, partner: str) -> str:
        """The id of the running partnership of the two."""
        with self.world.database() as tx:
            (found,) = [p.id for p in tx.partnerships.of(user) if p.is_active and p.other(user) == partner]
        return found

    def opens(self, user: str, how: Callable[[Person], ActionResult], callback_id: str) -> Json:
        """Do something that opens a form; the form."""
        person = self.person(user)
        for _ in range(TRIES):
            how(person)
            self.world.settle()
            if person.view and person.view["callback_id"] == callback_id:
                if person.view.get("submit"):
                    self.forms.append(OpenedForm(user, callback_id, self.world.slack.calendar.now()))
                return person.view
        raise AssertionError(f"{user} saw no {callback_id}; on top is {person.view}")

    def sends(self, user: str, says: Mapping[str, Any]) -> None:
        """Fill in the form on top and send it. Who has no answer sends it again, and closes it if it was taken."""
        person = self.person(user)
        person.fill(says)
        form = (person.view or {}).get("callback_id")
        was_answered = True
        for _ in range(TRIES):
            sent: Submission = person.submit()
            self.world.settle()
            if sent.closed:
                return None
            if person.view and _shows_that_it_was_taken(person.view, str(form)):
                return self.leaves(user)
            if sent.errors:
                assert not was_answered, f"{user} is refused: {sent.errors}"
                return self.leaves(user)
            was_answered = False
        raise AssertionError(f"{user} could not send what they had filled in")

    def clicks(self, user: str, action_id: str, value: str = "") -> None:
        """Press a button, until it is answered, or gone from its view or message: then a press was taken that was not
        answered.
        """
        for attempt in range(TRIES):
            if attempt and _place_of(self.person(user), action_id, value) is None:
                return
            reply = self._click(self.person(user), action_id, value)
            self.world.settle()
            if reply.ok:
                return
        raise AssertionError(f"{user} pressed {action_id} in vain")

    def leaves(self, user: str) -> None:
        """Close whatever is open."""
        person = self.person(user)
        if person.views:
            person.close(everything=True)

    def _click(self, person: Person, action_id: str, value: str = "") -> ActionResult:
        """Press the button with this value, in the view on top if there is one, else in the newest message with it."""
        found = _place_of(person, action_id, value)
        assert found, f"{person.id} sees no button {action_id} {value}"
        place, block_id, option = found
        if option:
            return person.choose(f"{block_id}/{ids.MENU}", option, message=_message(place))
        return person.click(f"{block_id}/{action_id}", message=_message(place))


def button_values(view: Mapping[str, Any] | None, action_id: str) -> list[str]:
    """The values of all buttons with this action id in a view or a message, without the programme they name."""
    blocks = view["blocks"] if view else ()
    return [
        plain_value(element) for block in blocks for element in _buttons(block) if element["action_id"] == action_id
    ]


def messages_of(slack: Sandbox, user: str) -> list[Json]:
    """All that the bot sent to `user` in any conversation, oldest first; passing answers left out."""
    person = slack.person(user)
    found = [
        message | {"kind": place["kind"]} for place in person.conversations() for message in person.inbox(place["id"])
    ]
    mine = [one for one in found if one["user"] == slack.bot_user_id and not one.get("is_ephemeral")]
    return sorted(mine, key=lambda one: float(one["ts"]))


def answer_to(slack: Sandbox, user: str) -> str:
    """The sentence that answered `user`'s last act: in a view of its own, or seen by them alone."""
    person = slack.person(user)
    if person.view and person.view["callback_id"] == ids.SENTENCE_VIEW:
        return "\n".join(visible_texts(person.view["blocks"]))
    answers = [one for place in person.conversations() for one in person.inbox(place["id"]) if one.get("is_ephemeral")]
    return str(max(answers, key=lambda one: float(one["ts"]))["text"]) if answers else ""


class ReceivedMessages:
    """What people received, in lines such as "Thu 14 Jan 2027 09:00  Have you met Ben yet?".

    The moment is on the reader's own clock. In brackets stands whom a message is about besides those named in its
    first line; `contact`, who is named everywhere, is left out.
    """

    def __init__(self, slack: Sandbox, people: Sequence[Member], contact: str) -> None:
        self._slack = slack
        self._zones = {member.id: ZoneInfo(member.time_zone) for member in people}
        self._names = {member.id: member.name.split()[0] for member in people}
        self._contact = contact

    def of(self, user: str, *, where: Callable[[Json], bool] = lambda _: True) -> list[str]:
        posted = _posted(self._slack)
        return [
            self.line({**message, **posted.get(message["ts"], {})}, user)
            for message in messages_of(self._slack, user)
            if where(message)
        ]

    def line(self, message: Mapping[str, Any], user: str) -> str:
        moment = datetime.fromtimestamp(float(message["ts"]), self._zones[user])
        body = " ".join(visible_texts(message.get("blocks", ())))
        named = [name for id_, name in self._names.items() if f"<@{id_}>" in body and id_ not in (self._contact, user)]
        text = self._plain(str(message["text"]))
        others = [name for name in named if name not in text]
        group = "in a group: " if message["kind"] == "mpim" else ""
        return f"{moment:%a %d %b %Y %H:%M}  {group}{text}" + (f" [{', '.join(others)}]" if others else "")

    def _plain(self, text: str) -> str:
        for id_, name in self._names.items():
            text = text.replace(f"<@{id_}>", name)
        return text


ANSWERED = "needs no answer any more"


def _posted(slack: Sandbox) -> dict[str, Json]:
    """By timestamp, the text and blocks with which messages arrived that have been answered since."""
    calls = [call.args for call in slack.calls if call.ok and call.method in ("chat.postMessage", "chat.update")]
    posts = {args["metadata"]["event_payload"]["id"]: args for args in calls if "ts" not in args}
    return {
        args["ts"]: {name: posts[id_][name] for name in ("text", "blocks")}
        for args in calls
        if "ts" in args and ANSWERED in str(args["text"]) and (id_ := args["metadata"]["event_payload"]["id"]) in posts
    }


def lines(diary: str) -> list[str]:
    """An expected diary, line by line."""
    return [line.strip() for line in diary.strip().splitlines()]


def _newest_first(person: Person) -> list[Json]:
    found = [message | {"in": place["id"]} for place in person.conversations() for message in person.inbox(place["id"])]
    return sorted(found, key=lambda one: float(one["ts"]), reverse=True)


def _shows_that_it_was_taken(view: Json, form: str) -> bool:
    """Whether it took the place of the survey that was sent: the last page, or thanks."""
    if form == ids.BASELINE_FORM:
        return bool(view["callback_id"] == ids.SENTENCE_VIEW and "Your answers are saved" in str(view["blocks"]))
    return bool(view["callback_id"] == ids.CLOSURE_FORM != form)


def _place_of(person: Person, action_id: str, value: str) -> tuple[Json, str, str] | None:
    """The view or message with a button, the id of its block, and the value of the option that stands for it in a menu,
    or "". Any value does where `value` is "".
    """
    places: list[Json] = [person.view] if person.view else _newest_first(person)
    for place in places:
        for block in place.get("blocks", ()):
            for element in _buttons(block):
                if element["action_id"] == action_id and (not value or plain_value(element) == value):
                    return place, block["block_id"], str(element.get("option", ""))
    return None


def option_of(view: Json | None, action_id: str) -> str:
    """The value of the first option of a menu that stands for a button with this action id, or ""."""
    found = [each for block in (view or {}).get("blocks", ()) for each in _buttons(block)]
    return next((str(each["option"]) for each in found if each["action_id"] == action_id and "option" in each), "")


def _message(place: Json) -> Json | None:
    return place if "ts" in place else None


def _buttons(block: Mapping[str, Any]) -> Iterator[Json]:
    found = [*block.get("elements", ()), *block.get("actions", ()), block.get("accessory") or {}]
    yield from (element for element in found if element.get("type") == "button")
    for element in found:
        for option in element.get("options", ()) if element.get("action_id") == ids.MENU else ():
            chosen = {"action_id": ids.MENU, "selected_option": option}
            yield {**pressed(chosen), "option": option["value"]}
