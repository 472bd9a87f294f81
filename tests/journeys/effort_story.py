"""A story that counts what the owners press and type, at their clients."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from messages import ids
from sandbox import ActionResult, Person, Submission
from tests.journeys.story import Story, World, button_values, messages_of
from tests.local_bot import LocalBot


class CountedPerson:
    """A person whose presses (buttons, menus, sent forms and commands) and fields are counted."""

    def __init__(self, person: Person, counts: "Counts") -> None:
        self._person = person
        self._counts = counts

    def __getattr__(self, name: str) -> Any:
        return getattr(self._person, name)

    def command(self, line: str) -> ActionResult:
        self._counts.press(self._person.id, line)
        return self._person.command(line)

    def click(self, button: str, **how: Any) -> ActionResult:
        self._counts.press(self._person.id, button.rpartition("/")[2])
        return self._person.click(button, **how)

    def choose(self, select: str, value: Any, **how: Any) -> ActionResult:
        self._counts.press(self._person.id, str(value))
        return self._person.choose(select, value, **how)

    def submit(self) -> Submission:
        self._counts.press(self._person.id, (self._person.view or {}).get("callback_id", ""))
        return self._person.submit()

    def fill(self, values: Mapping[str, Any]) -> None:
        self._counts.typed.extend(values)
        self._person.fill(values)


class Counts:
    """`presses` are in their order: who, and what."""

    def __init__(self) -> None:
        self.presses: list[tuple[str, str]] = []
        self.typed: list[str] = []

    def press(self, user: str, what: str) -> None:
        self.presses.append((user, what))


class OwnersStory(Story):
    """What the `owners` do is counted; what everybody else does is not."""

    def __init__(self, world: LocalBot, owners: Sequence[str]) -> None:
        super().__init__(cast(World, world))
        self.counts = Counts()
        self._owners = owners

    def person(self, user: str) -> Person:
        person = super().person(user)
        return cast(Person, CountedPerson(person, self.counts)) if user in self._owners else person

    def sets_up(self, owner: str, says: Mapping[str, Mapping[str, Any]]) -> None:
        """Go through the guided set-up, from the first message to its overview; `says` is filled in, by the step."""
        self.opens(owner, lambda person: self._click(person, ids.OPEN_GUIDE), ids.SETUP_FORM)
        while (view := self.person(owner).view) and view["callback_id"] == ids.SETUP_FORM:
            step = view["title"]["text"]
            self.person(owner).fill(says.get(step, {}))
            sent = self.person(owner).submit()
            self.world.settle()
            assert not sent.errors, (step, sent.errors)

    def ticks(self, owner: str, *steps: str) -> None:
        """Tick these steps of the start-up plan, which they open where it is offered."""
        self.opens(owner, lambda person: self._click(person, ids.OPEN_PLAN), ids.PLAN_VIEW)
        for step in steps:
            self.clicks(owner, ids.TICK_STEP, step)
        self.leaves(owner)

    def opens_matches(self, owner: str) -> Any:
        """From the newest message that leads there."""
        return self.opens(owner, lambda person: self._click(person, ids.OPEN_REVIEW), ids.REVIEW_VIEW)

    def proposes_and_approves(self, owner: str) -> None:
        self.opens_matches(owner)
        self._click(self.person(owner), ids.PROPOSE)
        self.world.settle()
        self.approves_what_is_left(owner)
        self.leaves(owner)

    def approves_what_is_left(self, owner: str) -> None:
        """In Matches: several at once, and one by one what needs a closer look."""
        if button_values(self.person(owner).view, ids.APPROVE_SEVERAL):
            self.opens(owner, lambda person: self._click(person, ids.APPROVE_SEVERAL), ids.APPROVALS_FORM)
            sent = self.person(owner).submit()
            self.world.settle()
            assert sent.closed, sent
        for match in button_values(self.person(owner).view, ids.APPROVE):
            self.clicks(owner, ids.APPROVE, match)

    def approves_and_sends(self, owner: str) -> None:
        self.opens_matches(owner)
        self.approves_what_is_left(owner)
        self.clicks(owner, ids.RELEASE)
        self.leaves(owner)

    def reads_applications(self, owner: str, many: int) -> None:
        """Open the list of people, and so many applications in it."""
        self.opens(owner, lambda person: person.command("/mentor people"), ids.PEOPLE_VIEW)
        for application in button_values(self.person(owner).view, ids.OPEN_APPLICATION)[:many]:
            self._click(self.person(owner), ids.OPEN_APPLICATION, application)
            self.world.settle()
            self.person(owner).close()
        self.leaves(owner)

    def approves_announcements(self, owner: str, many: int) -> None:
        """Approve so many of what the plan proposes, as it is."""
        self.opens(owner, lambda person: person.command("/mentor announcements"), ids.ANNOUNCEMENTS_VIEW)
        for announcement in button_values(self.person(owner).view, ids.APPROVE_ANNOUNCEMENT)[:many]:
            self.clicks(owner, ids.APPROVE_ANNOUNCEMENT, announcement)
        self.leaves(owner)

    def asks_for_status(self, owner: str) -> None:
        self.clicks(owner, ids.OPEN_STATUS)

    def settles_alarms(self, owner: str, how: Callable[[int], str]) -> int:
        """Press a button for each alarm in the newest message of the week; how many there were."""
        (*_, newest) = [each for each in messages_of(self.world.slack, owner) if is_weekly(each)]
        pairs = button_values(newest, ids.SNOOZE_ALARM)
        for number, pair in enumerate(pairs):
            if how(number) == "snooze":
                self.clicks(owner, ids.SNOOZE_ALARM, pair)
            else:
                asks = [each for each in button_values(newest, ids.OVERSEE) if each.endswith(pair)]
                self.clicks(owner, ids.OVERSEE, asks[0])
            self.leaves(owner)
        return len(pairs)


def is_weekly(message: Mapping[str, Any]) -> bool:
    return str(message["text"]).endswith("what needs you this week")
