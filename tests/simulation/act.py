"""An act of a person's: it goes through the handlers, and knows by the database whether it was taken."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from handlers.context import AppContext, InBackground, OpenModal, OpenWhenKnown, Request
from tests.simulation import forms
from tests.simulation.chance import Chance
from tests.simulation.ledger import Ledger
from tests.simulation.model import Model

Handler = Callable[[AppContext, Request], object]


@dataclass
class Act:
    """`do` goes through the handlers; `took` says whether it was taken, and `tell` tells the model, once.

    `may_repeat`: a second click does the same. `must_be_taken`: where it is not refused, it is not to come to nothing.
    `is_news`: nobody does it, Slack tells of it, and it may be known already or only later. `outcome` is "failed" or
    "refused" where it was not done.
    """

    name: str
    person: str
    do: Callable[[AppContext], None]
    took: Callable[[], bool] = lambda: True
    tell: Callable[[], None] = lambda: None
    may_repeat: bool = True
    is_news: bool = False
    must_be_taken: bool = False
    is_told: bool = False
    outcome: str = ""

    def look(self) -> None:
        """After a commit: is it taken?"""
        if not self.is_told and self.took():
            self.is_told = True
            self.tell()


@dataclass
class Maker:
    """What every act is made with. `workspace` is Slack's id of it."""

    workspace: str
    ledger: Ledger
    model: Model
    chance: Chance
    _serial: int = field(default=0)

    def visit(self, app: AppContext, person: str, **known: Any) -> Request:
        return Request(workspace=self.workspace, person=person, now=app.calendar(), **known)

    def name(self, prefix: str) -> str:
        self._serial += 1
        return f"{prefix}{self._serial:08X}"

    def click(self, name: str, person: str, handler: Handler, value: str, **of: Any) -> Act:
        """A button. The trigger is the same when it is clicked twice, as Slack may send it twice."""
        trigger = self.name("T")

        def do(app: AppContext) -> None:
            answer = handler(app, self.visit(app, person, value=value, trigger_id=trigger))
            if isinstance(answer, InBackground):
                app.background.run(answer.work)

        return Act(name, person, do, **of)

    def form(
        self,
        name: str,
        person: str,
        opens: Handler,
        sends: Handler,
        value: str,
        says: Any,
        *,
        is_closed: Callable[[Any], bool] = lambda view: False,
        took: Callable[[], bool] = lambda: True,
        **of: Any,
    ) -> Act:
        """A form that is opened, filled and sent; `says` are its values by block id, or makes them when it is open.

        With `is_closed`, of the opened view, the person closes it without sending. It is not taken before it is sent,
        even if another form that they sent meanwhile did the same.
        """
        view_id, was_sent = self.name("V"), False

        def do(app: AppContext) -> None:
            nonlocal was_sent
            opened = opens(app, self.visit(app, person, value=value))
            if isinstance(opened, OpenWhenKnown):
                app.profiles.look_up(person)
                opened = opened.then()
            assert isinstance(opened, OpenModal), opened
            if is_closed(opened.view):
                return
            values = says() if callable(says) else says
            was_sent = True
            sends(app, self.visit(app, person, view=forms.filled(opened.view, view_id, values)))

        return Act(name, person, do, lambda: was_sent and took(), **of)
