"""What mentees do with their plans."""

from datetime import date, timedelta

from handlers import goals
from handlers.context import AppContext
from mentoring.core.errors import MentoringError
from tests.simulation.act import Act, Maker
from tests.simulation.expectations import Broken, Complaint

_STATES = ("begun", "half-way", "nearly-there", "reached", "let-go", "resting")


class PlanActs(Maker):
    def write_plan(self, person: str) -> Act:
        before = self.ledger.plan_version(person)
        says = {"direction": f"Something new, {self.chance.randint(1, 99)}.", "other_skills": "Courage."}
        return self.form(
            "writes where they stand",
            person,
            goals.open_plan_form,
            goals.submit_plan,
            "",
            says,
            took=lambda: self.ledger.plan_version(person) > before,
            tell=lambda: self.model.plans.changed(person),
        )

    def add_goal(self, person: str, today: date) -> Act:
        """A fourth one puts the first to rest."""
        before = set(self.ledger.goals(person))
        until = (today + timedelta(days=self.chance.randint(20, 150))).isoformat()
        says = {
            "goal": f"Learn it, {self.chance.randint(1, 9999)}.",
            "term": "quarter",
            "proof": "Seen.",
            "until": until,
        }

        def fill_in() -> dict[str, str]:
            is_open = self.ledger.open_goals(person)
            return {**says, "rests": is_open[0]} if len(is_open) == 3 else says

        return self.form(
            "adds a goal",
            person,
            goals.open_goal_form,
            goals.submit_goal,
            "",
            fill_in,
            took=lambda: bool(set(self.ledger.goals(person)) - before),
            tell=lambda: self.model.plans.changed(person),
        )

    def say_progress(self, person: str) -> Act | None:
        is_open = self.ledger.open_goals(person)
        if not is_open:
            return None
        goal = self.chance.one_of(is_open)
        before = self.ledger.goals(person)[goal]
        says = {"state": self.chance.one_of(_STATES), "since": f"Something, {self.chance.randint(1, 9999)}."}
        return self.form(
            f"says how a goal is: {says['state']}",
            person,
            goals.open_progress,
            goals.submit_progress,
            goal,
            says,
            took=lambda: self.ledger.goals(person).get(goal, before) > before,
            tell=lambda: self.model.plans.changed(person),
        )

    def share_plan(self, person: str, pair: str) -> Act:
        before = self.ledger.is_plan_shared(pair)
        return self.click(
            "shares the plan",
            person,
            goals.share,
            pair,
            took=lambda: not before and self.ledger.is_plan_shared(pair),
            tell=lambda: self.model.plans.shared(self.model.pairs.all[pair]),
        )

    def unshare_plan(self, person: str, pair: str) -> Act:
        before = self.ledger.is_plan_shared(pair)
        return self.click(
            "shares the plan no more",
            person,
            goals.unshare,
            pair,
            took=lambda: before and not self.ledger.is_plan_shared(pair),
            tell=lambda: self.model.plans.unshared(self.model.pairs.all[pair]),
        )

    def look_at_plan(self, person: str, pair: str) -> Act:
        """Anybody tries; only the mentor with whom it is shared reads it, and the mentee their own."""

        def do(app: AppContext) -> None:
            reads = self.model.plans.reads(person, pair) and self.ledger.partnership(pair)[0] == "active"
            is_own = self.model.pairs.all[pair].mentee == person
            try:
                goals.open_plan(app, self.visit(app, person, value=pair))
            except MentoringError:
                if reads:
                    raise Broken(Complaint.IGNORED, f"{person} cannot read a plan that is shared") from None
                return
            if not (reads or is_own):
                raise Broken(Complaint.UNASKED, f"{person} reads a plan that is not shared with them")

        return Act("looks at a plan", person, do)

    def delete_plan(self, person: str) -> Act:
        before = self.ledger.plan_version(person) + len(self.ledger.goals(person))
        return self.click(
            "deletes the plan",
            person,
            goals.delete_plan,
            "",
            took=lambda: before > 0 and not (self.ledger.plan_version(person) or self.ledger.goals(person)),
            tell=lambda: self.model.plans.deleted(person),
        )
