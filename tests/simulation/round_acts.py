"""What people do before they are introduced: they apply, and are matched."""

from datetime import date

from handlers import applications, commands
from handlers.context import AppContext, OpenWhenKnown, Request, Response
from handlers.matching import decisions, review
from tests.simulation import forms
from tests.simulation.act import Act, Maker
from tests.simulation.cast import BOSS, Player

_COMMANDS = {"mentee": "request", "mentor": "volunteer"}


class RoundActs(Maker):
    # Applying

    def look_at_form(self, player: Player) -> Act:
        """Opening it has Slack asked who they are, and picking the manager who that is."""

        def do(app: AppContext) -> None:
            opened = commands.run(app, self.visit(app, player.id, text=_COMMANDS[player.role]))
            if isinstance(opened, OpenWhenKnown):
                app.profiles.look_up(player.id)
            with app.storage.begin(self.workspace) as tx:
                tx.people.request_profiles([BOSS], app.calendar())

        return Act("looks at the form", player.id, do)

    def apply(self, player: Player, today: date) -> Act:
        role = player.role
        before = [self.ledger.application(player.id, role)]
        opens = applications.open_request if role == "mentee" else applications.open_volunteer
        says = forms.application(player, self.chance, today)

        def took() -> bool:
            now = self.ledger.application(player.id, role)
            return now is not None and now != before[0] and now[2] == "open"

        def tell() -> None:
            now = self.ledger.application(player.id, role)
            assert now is not None
            fresh = before[0] is None or before[0][2] == "withdrawn"
            self.model.applied(player.id, now[0], fresh=fresh)

        def sends(app: AppContext, request: Request) -> Response:
            """They may have sent another form while this one was open."""
            before[0] = self.ledger.application(player.id, role)
            return applications.submit(app, request)

        return self.form("applies", player.id, opens, sends, "", says, took=took, tell=tell)

    def withdraw(self, player: Player) -> Act | None:
        sent = self.ledger.application(player.id, player.role)
        if sent is None or sent[2] != "open":
            return None
        application = sent[0]
        offers: list[str] = []

        def do(app: AppContext) -> None:
            offers[:] = [match for match, *_ in self.ledger.offers() if application in self.ledger.match(match)[2]]
            applications.withdraw(app, self.visit(app, player.id, value=application))

        def took() -> bool:
            now = self.ledger.application(player.id, player.role)
            return now is not None and now[2] == "withdrawn"

        def tell() -> None:
            over = [match for match in offers if self.ledger.match(match)[0] in ("lapsed", "overtaken")]
            self.model.withdrew(player.id, application, over)

        return Act("withdraws", player.id, do, took, tell)

    # Matching

    def propose(self, owner: str) -> Act:
        before = self.ledger.solving()
        return self.click(
            "proposes",
            owner,
            review.propose_matches,
            "",
            took=lambda: self.ledger.solving() != before,
            tell=lambda: self.model.asked_for_proposals(owner),
            must_be_taken=True,
        )

    def approve(self, owner: str, match: str) -> Act:
        before = self._has_approved(owner, match)

        def tell() -> None:
            (proposal,) = [each for each in self.ledger.approvals() if each[0] == match]
            self.model.approvals.approved(owner, proposal)

        return self.click(
            "approves",
            owner,
            decisions.approve_match,
            match,
            took=lambda: not before and self._has_approved(owner, match),
            tell=tell,
        )

    def _has_approved(self, owner: str, match: str) -> bool:
        return any(id_ == match and owner in approvals for id_, _, _, approvals in self.ledger.approvals())

    def release(self, owner: str) -> Act:
        told: list[tuple[str, str, str]] = []
        before, on_the_desk = self.ledger.offers(), self.ledger.proposals()

        def took() -> bool:
            told[:] = [offer for offer in self.ledger.offers() if offer not in before]
            return bool(told)

        def tell() -> None:
            for match, mentee, mentor in told:
                self.model.offered(match, mentee, mentor)
            if self.ledger.proposals():
                return
            asked = {person for _, *two in self.ledger.offers() for person in two}
            gone = [two for match, *two in on_the_desk if self.ledger.match(match)[0] == "overtaken"]
            self.model.released(asked, {person for two in gone for person in two})

        return self.click("releases", owner, review.release, "", took=took, tell=tell)

    def accept(self, person: str, match: str) -> Act:
        before = person in self.ledger.match(match)[1]

        def took() -> bool:
            return not before and person in self.ledger.match(match)[1]

        def tell() -> None:
            state, _, sent = self.ledger.match(match)
            if state == "accepted":
                lengths = (self.ledger.length(each) for each in sent)
                shorter = min(lengths, key=lambda each: each[0] * 365 // 12 + each[1] * 7)
                self.model.introduced(match, self.ledger.partnership_of(match), shorter, person)
            elif len(self.ledger.match(match)[1]) == 2:
                self.model.agreed(match, person)
            else:
                self.model.accepted(match, person)

        return self.click("accepts", person, decisions.accept_match, match, took=took, tell=tell, must_be_taken=True)

    def decline(self, person: str, match: str) -> Act:
        was_open: list[bool] = []

        def do(app: AppContext) -> None:
            was_open[:] = [self.ledger.match(match)[0] == "offered"]
            decisions.decline_match(app, self.visit(app, person, value=match))

        def took() -> bool:
            return was_open == [True] and self.ledger.match(match)[0] == "declined"

        return Act("declines", person, do, took, lambda: self.model.declined(match, person))
