"""How two people write, change and sign an agreement."""

from collections.abc import Mapping
from typing import Any

from handlers import agreements
from handlers.context import AppContext, OpenModal, ReplaceForm, UpdateModal
from messages import ids
from messages.in_programme import split_value
from tests.simulation import forms
from tests.simulation.act import Act, Maker
from tests.simulation.pairs import AgreedTerms


class AgreementActs(Maker):
    def agree(self, person: str, pair: str, terms: AgreedTerms) -> Act:
        """Write the first version, or change the newest; whoever writes has signed."""
        view_id, trigger = self.name("V"), self.name("T")
        before = self.ledger.agreement(pair)
        says = {
            "purpose": f"Something of use, {self.chance.randint(1, 9)}.",
            "rhythm": terms.rhythm,
            "minutes": self.chance.one_of(("30", "60", "90")),
            "ways": ["video"],
            "schedules": terms.schedules,
            "reports": self.chance.one_of(("half-way", "quarterly")),
            "until": terms.until.isoformat(),
            "review_on": terms.review_on.isoformat(),
        }

        def do(app: AppContext) -> None:
            opens = agreements.change if self.ledger.agreement(pair) else agreements.open_agreement
            opened = opens(app, self.visit(app, person, value=pair))
            view: Mapping[str, Any] = _view(opened)
            for _ in range(2):
                chosen = {**says, "goals": forms.choices(view, "goals")[:3]}
                asked = {name: value for name, value in chosen.items() if _asks(view, name)}
                filled = forms.filled(view, view_id, asked)
                view = _view(agreements.submit_step(app, self.visit(app, person, view=filled)))
            signs = [value for action, value in forms.buttons(view["blocks"]) if action == ids.SIGN_DRAFT]
            for value in signs[:1]:  # none: the other has changed it meanwhile, and they look again
                showing = {**view, "id": view_id}
                agreements.sign_draft(
                    app, self.visit(app, person, value=split_value(value)[0], view=showing, trigger_id=trigger)
                )

        def took() -> bool:
            now = self.ledger.agreement(pair)
            return now is not None and now != before and now.written_by == person and now.number > _number(before)

        return Act(
            "writes an agreement", person, do, took, lambda: self.model.pairs.agreement_written(pair, person, terms)
        )

    def sign_agreement(self, person: str, pair: str) -> Act | None:
        """The newest version, as it is now."""
        waiting = self.ledger.agreement(pair)
        if waiting is None or waiting.written_by == person or waiting.countersigned:
            return None
        value = f"{pair}:{self.ledger.agreement_version(pair)}"
        return self.click(
            "signs an agreement",
            person,
            agreements.sign,
            value,
            took=lambda: self.ledger.agreement(pair) == waiting.signed(),
            tell=lambda: self.model.pairs.agreement_signed(pair, person),
        )


def _view(answer: object) -> Mapping[str, Any]:
    assert isinstance(answer, OpenModal | UpdateModal | ReplaceForm), answer
    return answer.view


def _asks(view: Mapping[str, Any], name: str) -> bool:
    return any(block.get("block_id") == name for block in view["blocks"])


def _number(agreement: Any) -> int:
    return agreement.number if agreement else 0
