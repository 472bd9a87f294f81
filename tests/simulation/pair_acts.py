"""What people do in a partnership."""

from collections.abc import Mapping
from datetime import date

from handlers import doubts, feedback, meeting_places, meetings, partnerships, planned_meetings, regular_times
from handlers.context import AppContext, OpenModal, ReplaceForm
from messages import ids
from tests.simulation import forms
from tests.simulation.act import Act, Handler, Maker
from tests.simulation.expectations import Broken, Complaint


class PairActs(Maker):
    def log(self, person: str, pair: str, met_on: date) -> Act:
        """Where a meeting of that day is logged already, they are asked, and say that they met twice."""
        before, view_id = self.ledger.meetings(pair), self.name("V")
        is_second = any(day == met_on for _, _, day, _ in self.ledger.logs(pair))
        says = forms.meeting(self.chance, met_on)

        def do(app: AppContext) -> None:
            opened = meetings.open_log(app, self.visit(app, person, value=pair))
            assert isinstance(opened, OpenModal), opened
            view = forms.filled(opened.view, view_id, says)
            answer = meetings.submit(app, self.visit(app, person, view=view))
            if isinstance(answer, ReplaceForm):
                view = forms.filled(answer.view, view_id, {"another": ["yes"]})
                meetings.submit(app, self.visit(app, person, view=view))
            elif is_second and self.ledger.meetings(pair) == before + 1 and not act.is_told:
                raise Broken(Complaint.UNASKED, "a second meeting of a day is logged, and nobody was asked")

        act = Act(
            "logs a meeting",
            person,
            do,
            took=lambda: self.ledger.meetings(pair) > before,
            tell=lambda: self.model.pairs.logged(pair, person, met_on),
            must_be_taken=True,
        )
        return act

    def delete_log(self, person: str, pair: str) -> Act | None:
        """Delete the log of one of their meetings, of either author."""
        logs = self.ledger.logs(pair)
        if not logs:
            return None
        meeting, version, met_on, is_planned = self.chance.one_of(logs)
        self.ledger.partnership_of_meeting(meeting)
        return self.click(
            "deletes the log of a meeting",
            person,
            meetings.delete,
            f"{meeting}:{version}",
            took=lambda: all(id_ != meeting for id_, *_ in self.ledger.logs(pair)),
            tell=lambda: self.model.pairs.log_deleted(pair, person, None if is_planned else met_on),
        )

    def find_time(self, person: str, pair: str) -> Act:
        """Offer the first of the times that are found."""
        before, view_id = self.ledger.planned_of(pair), self.name("V")

        def do(app: AppContext) -> None:
            opened = planned_meetings.find_time(app, self.visit(app, person, value=pair))
            assert isinstance(opened, OpenModal)
            offered = [value for action, value in forms.buttons(opened.view["blocks"]) if action == ids.OFFER_TIMES]
            if offered:
                view = {**opened.view, "id": view_id}
                planned_meetings.offer_times(app, self.visit(app, person, value=offered[0], view=view))

        def took() -> bool:
            now = self.ledger.planned_of(pair)
            return now is not None and now != before and now.offered_by == person

        return Act("offers a time", person, do, took)

    def offer_regular(self, person: str, pair: str) -> Act:
        """Offer the regular time with which the form begins."""
        before = [row for row in self.ledger.regular() if row.pair == pair]
        return self.form(
            "offers a regular time",
            person,
            regular_times.open_form,
            regular_times.submit,
            pair,
            {},
            took=lambda: [row for row in self.ledger.regular() if row.pair == pair] != before,
        )

    def decide_on_regular(self, person: str, name: str, regular: str) -> Act:
        """Take a regular time, decline it, or end it."""
        handler: Mapping[str, Handler] = {
            ids.TAKE_REGULAR: regular_times.take,
            ids.END_REGULAR: regular_times.end,
        }
        return self.click(name, person, handler[name], regular)

    def say_place(self, person: str, planned: str, place: str) -> Act:
        """Say where they meet, for the planned meeting with this id. Somebody else may say the same first."""
        before = self.ledger.place_of(planned)
        return self.form(
            "says where they meet",
            person,
            meeting_places.open_place,
            meeting_places.submit,
            planned,
            {"meeting_place": place},
            took=lambda: self.ledger.place_of(planned) not in (before, ("", "")),
        )

    def decide_on_time(self, person: str, name: str, value: str) -> Act:
        """A button about a planned meeting."""
        handler: Mapping[str, Handler] = {
            ids.TAKE_TIME: planned_meetings.take_time,
            ids.KEEP_TIME: planned_meetings.keep_time,
            ids.CANCEL_PLANNED: planned_meetings.cancel,
            ids.SAY_MET: planned_meetings.say_met,
            ids.SAY_NOT_MET: planned_meetings.say_not_met,
            ids.OFFER_TIMES: planned_meetings.offer_times,
        }
        return self.click(name, person, handler[name], value)

    def get_file(self, person: str, planned: str) -> Act:
        return self.click(
            "asks for a calendar file",
            person,
            meeting_places.send_file,
            planned,
            tell=lambda: self.model.planned.asked_for_file(person, planned),
        )

    def check_in(self, person: str, pair: str, decision: str, *, may_contact: bool = False) -> Act:
        before = self.ledger.has_answered(pair, person, "check-in")

        def tell() -> None:
            self.model.pairs.answered_check_in(pair, person)
            if decision == "a-word" or may_contact:
                self.model.word_wanted(person)
            if decision == "end":
                self.model.ended(pair)

        return self.form(
            "answers the check-in",
            person,
            feedback.open_check_in,
            feedback.submit_check_in,
            pair,
            forms.check_in(self.chance, decision, may_contact=may_contact),
            took=lambda: not before and self.ledger.has_answered(pair, person, "check-in"),
            tell=tell,
            must_be_taken=True,
        )

    def say_fit(self, person: str, pair: str, action: str) -> Act:
        """Whether the match is a good one: nothing comes of it, whatever is pressed."""
        handler: Handler = doubts.say_good_match if action == "say-good-match" else doubts.open_doubts
        return self.click(f"presses {action}", person, handler, pair)

    def survey(self, person: str, pair: str) -> Act:
        before = self.ledger.has_answered(pair, person, "survey")

        def tell() -> None:
            met = bool(self.model.pairs.all[pair].met_on)
            assert self.ledger.has_rated(pair, person) is met, "who never met is asked why, and rates nothing"
            self.model.answered_survey(pair, person)

        return self.form(
            "looks back",
            person,
            feedback.open_survey,
            feedback.submit_survey,
            pair,
            forms.looking_back(self.chance),
            took=lambda: not before and self.ledger.has_answered(pair, person, "survey"),
            tell=tell,
            must_be_taken=True,
        )

    def end(self, person: str, pair: str) -> Act:
        was_active = self.ledger.partnership(pair)[0] == "active"

        def took() -> bool:
            return was_active and self.ledger.partnership(pair)[0] == "ended"

        return self.click(
            "ends it",
            person,
            partnerships.end_partnership,
            pair,
            took=took,
            tell=lambda: self.model.ended(pair),
        )

    def go_back(self, person: str, pair: str) -> Act:
        before = person in self.ledger.partnership(pair)[1]
        return self.click(
            "goes back",
            person,
            partnerships.return_to_pool,
            pair,
            took=lambda: not before and person in self.ledger.partnership(pair)[1],
            tell=lambda: self.model.pairs.went_back(pair, person),
        )

    def rather_not(self, person: str, pair: str) -> Act:
        """Be matched with the other again. Nobody is told."""
        return self.click("would rather not again", person, partnerships.decline_rematch, pair)

    def after_all(self, person: str, pair: str) -> Act:
        return self.click("takes that back", person, partnerships.allow_rematch, pair)
