"""What people set out to do, and how they take what they read."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

from tests.simulation.act import Act
from tests.simulation.acts import Acts
from tests.simulation.almanac import DAY, day_of
from tests.simulation.cast import Player, custom, has_plans, has_reports
from tests.simulation.chance import Chance
from tests.simulation.clocks import Time
from tests.simulation.ledger import Ledger
from tests.simulation.pairs import RHYTHMS, AgreedTerms

HOUR = timedelta(hours=1)
Plan = Callable[[timedelta, Callable[[], Act | None]], None]
"""Have an act done after a while; it is made then, and None where there is no point in it any more."""


class People:
    """`plan` puts acts on the world's agenda."""

    def __init__(
        self, seed: int, players: tuple[Player, ...], acts: Acts, ledger: Ledger, time: Time, plan: Plan
    ) -> None:
        self._chance = Chance(seed, "people")
        self._leaves = Chance(seed, "leaves")
        self._plans = Chance(seed, "their plans")
        self._has_plans = has_plans(seed)
        self._agreements = Chance(seed, "agreeing")
        self._items = Chance(seed, "items")
        self._reports = Chance(seed, "reporting")
        self._has_reports = has_reports(seed)
        # Two people can meet oftener than the programme asks for, and not less often.
        self._rhythms = [name for name, days in RHYTHMS.items() if 31 // days >= custom(seed).rhythm[1]]
        self._meets_when = Chance(seed, "planned")
        self._deletions = Chance(seed, "deletions")
        self._agendas = Chance(seed, "agendas")
        self._cases = Chance(seed, "cases")
        self._remarks = Chance(seed, "remarks")
        self._regular = Chance(seed, "regular")
        self._fit = Chance(seed, "fit")
        self._ends = Chance(seed, "their ends")
        self._thanks = Chance(seed, "thanks")
        self._before = Chance(seed, "before they meet")
        self._pauses = Chance(seed, "pauses")
        self._oversight = Chance(seed, "oversight")
        self.players = {player.id: player for player in players}
        self._owners = [player.id for player in players if player.role == "owner"]
        self._approvers = [player.id for player in players if player.decides]
        self._acts = acts
        self._ledger = ledger
        self._time = time
        self._plan = plan
        self._seen: set[tuple[str, str, str]] = set()

    def set_out(self, long: timedelta) -> None:
        """What they do of their own accord in a year of that length."""
        chance = self._chance
        for player in self.players.values():
            if not player.decides:
                self._plan(chance.between(HOUR, 12 * DAY), lambda player=player: self._applies(player))  # type: ignore[misc]
                if chance.happens(0.12):
                    self._plan(chance.between(20 * DAY, long), lambda player=player: self._acts.withdraw(player))  # type: ignore[misc]
                if chance.happens(0.25):
                    self._plan(chance.between(DAY, 26 * DAY), lambda player=player: self._changes(player))  # type: ignore[misc]
            for _ in range(chance.randint(0, 2)):
                self._plan(chance.between(HOUR, long), lambda player=player: self._acts.write(player.id))  # type: ignore[misc]
            for _ in range(chance.randint(0, 2)):
                self._plan(chance.between(HOUR, long), lambda player=player: self._acts.ask_status(player))  # type: ignore[misc]
        session = 3 * DAY
        while session < long:
            self._plan(session + chance.between(HOUR, DAY), self._proposes)
            session += chance.between(4 * DAY, 9 * DAY) if session < 30 * DAY else chance.between(20 * DAY, 50 * DAY)

        self._take_leave(long)
        for owner in self._owners:
            for _ in range(self._oversight.randint(1, 4)):
                self._plan(self._oversight.between(40 * DAY, long), lambda owner=owner: self._oversees(owner))  # type: ignore[misc]
        for player in self.players.values():
            if not player.decides and self._cases.happens(0.15):
                contact = self._cases.one_of(self._owners)
                when = self._cases.between(30 * DAY, long)
                self._plan(when, lambda player=player, contact=contact: self._asks_for_help(player, contact))  # type: ignore[misc]

            if not player.decides and self._remarks.happens(0.4):
                when, kind = (
                    self._remarks.between(10 * DAY, long),
                    self._remarks.one_of(("named", "counted", "counted")),
                )
                self._plan(when, lambda player=player, kind=kind: self._tells(player, kind))  # type: ignore[misc]

    def _tells(self, player: Player, kind: str) -> Act | None:
        """If they take part in something."""
        sent = self._ledger.application(player.id, player.role)
        takes_part = (sent is not None and sent[2] == "open") or self._ledger.is_partner(player.id)
        return self._acts.tell_programme(player.id, kind) if takes_part else None

    def _oversees(self, owner: str) -> Act | None:
        """Some partnership, if there is one."""
        running = self._ledger.active_partnerships()
        action = self._oversight.one_of(("nudge", "help", "ask"))
        return self._acts.oversee(owner, action, self._oversight.one_of(running)) if running else None

    def _asks_for_help(self, player: Player, contact: str) -> Act | None:
        """If they take part in something, and nothing keeps this owner from being asked."""
        sent = self._ledger.application(player.id, player.role)
        takes_part = (sent is not None and sent[2] == "open") or self._ledger.is_partner(player.id)
        return self._acts.ask_for_help(player.id, contact) if takes_part else None

    def _take_leave(self, long: timedelta) -> None:
        """Some are on leave for weeks, put there by themselves or by an owner; some are back early or later."""
        chance = self._leaves
        for player in self.players.values():
            if player.role == "owner" or not chance.happens(0.35):
                continue
            owner = chance.one_of(self._owners) if chance.happens(0.3) else ""
            begins, lasts = chance.between(DAY, long), chance.randint(1, 70)
            self._plan(begins, lambda player=player, lasts=lasts, owner=owner: self._goes(player, lasts, owner))  # type: ignore[misc]
            if chance.happens(0.2):
                another = chance.randint(1, 40)
                self._plan(
                    begins + chance.between(HOUR, lasts * DAY),
                    lambda player=player, another=another: self._goes(player, another, ""),  # type: ignore[misc]
                )
            if chance.happens(0.3):
                self._plan(
                    begins + chance.between(HOUR, lasts * DAY),
                    lambda player=player, owner=owner: self._acts.end_leave(player, owner),  # type: ignore[misc]
                )

    def _goes(self, player: Player, days: int, owner: str) -> Act | None:
        """If they take part in something."""
        sent = self._ledger.application(player.id, player.role)
        if (sent is None or sent[2] != "open") and not self._ledger.is_partner(player.id):
            return None
        return self._acts.go_on_leave(player, day_of(self._time.calendar(), player.zone) + days * DAY, owner)

    def read(self, reader: str, buttons: Iterable[tuple[str, str]]) -> None:
        """Somebody reads a message with these buttons."""
        player = self.players[reader]
        for action, value in buttons:
            if (reader, action, value) in self._seen:
                continue
            match action:
                case "accept-match":
                    self._is_asked(player, value)
                case "open-agreement" if value:
                    self._agrees(player, value)
                case "log-meeting" if value:  # none: they are in several, and would choose
                    self._meets(player, value)
                    self._plans_with(player, value)
                    self._agrees_on_items(player, value)
                    self._reports_on(player, value)
                    self._changes_end(player, value)
                    self._pauses_some_time(player, value)
                case "agree-to-end" if self._ends.happens(0.6):
                    self._answers_about_end(reader, action, value)
                case "decline-end" | "take-back-end" if self._ends.happens(0.2):
                    self._answers_about_end(reader, action, value)
                case "keep-end" if self._ends.happens(0.5):
                    after = timedelta(minutes=2) + 9 * DAY * self._ends.random()
                    self._plan(after, lambda value=value: self._acts.keep_end(reader, value))  # type: ignore[misc]
                case "confirm-pause" if self._pauses.happens(0.5):
                    self._answers_pause(reader, action, value, 1)
                case "resume-partnership" if self._pauses.happens(0.3):
                    self._answers_pause(reader, action, value, 30)
                case "open-pause" if self._pauses.happens(0.15):
                    after = timedelta(minutes=2) + 30 * DAY * self._pauses.random()
                    self._plan(after, lambda value=value: self._pauses_now(player, value))  # type: ignore[misc]
                case "move-end" if self._pauses.happens(0.7):
                    self._answers_pause(reader, action, value, 5)
                case "answer-well" | "answer-more-time" | "answer-contact" if self._oversight.happens(0.3):
                    after = timedelta(minutes=1) + 5 * DAY * self._oversight.random()
                    self._plan(
                        after,
                        lambda action=action, value=value: self._acts.answer_owner(reader, action, value),  # type: ignore[misc]
                    )
                case "say-talked" if self._cases.happens(0.6):
                    after = timedelta(minutes=1) + 7 * DAY * self._cases.random()
                    said = self._cases.one_of(("say-talked", "close-case"))
                    self._plan(after, lambda said=said, value=value: self._acts.settle_case(reader, said, value))  # type: ignore[misc]
                case "mark-remark-read" if self._remarks.happens(0.7):
                    after = timedelta(minutes=1) + 7 * DAY * self._remarks.random()
                    self._plan(after, lambda value=value: self._acts.read_remark(reader, value))  # type: ignore[misc]
                case "open-agenda":
                    self._uses_agenda(player, value)
                case "find-a-time":
                    self._finds(player, value)
                case "take-regular-time":
                    self._answers_regular(player, value)
                case "take-time":
                    self._takes(player, value)
                case "offer-times" if self._meets_when.happens(0.15):
                    self._presses(reader, action, value)
                case "cancel-planned" if self._meets_when.happens(0.1):
                    self._presses(reader, action, value)
                case "change-meeting-place" if self._meets_when.happens(0.1):
                    self._says_place(reader, value)
                case "send-calendar-file" if self._meets_when.happens(0.15):
                    after = timedelta(minutes=1) + DAY * self._meets_when.random()
                    self._plan(after, lambda value=value: self._acts.get_file(reader, value))  # type: ignore[misc]
                case "keep-time" if self._meets_when.happens(0.2):
                    self._presses(reader, action, value)
                case "say-good-match" | "open-doubts" if self._fit.happens(0.4):
                    after = timedelta(minutes=3) + 4 * DAY * self._fit.random()
                    self._plan(after, lambda action=action, value=value: self._acts.say_fit(reader, value, action))  # type: ignore[misc]
                case "open-baseline" if self._before.happens(0.6):
                    self._answers_before(reader, value)
                case "open-check-in" if self._chance.happens(player.keen):
                    self._plan(self._soon(), lambda value=value: self._checks_in(reader, value))  # type: ignore[misc]
                case "open-survey" if self._chance.happens(player.keen * 0.8):
                    self._plan(self._soon(), lambda value=value: self._acts.survey(reader, value))  # type: ignore[misc]
                case "open-closure" if self._thanks.happens(0.6):
                    after = timedelta(minutes=1) + 5 * DAY * self._thanks.random()
                    self._plan(after, lambda value=value: self._acts.say_thanks(reader, value, self._thanks))  # type: ignore[misc]
                case "go-back-to-pool" if self._chance.happens(0.6):
                    self._plan(self._soon(), lambda value=value: self._acts.go_back(reader, value))  # type: ignore[misc]
                case _:
                    continue
            self._seen.add((reader, action, value))

    def _answers_before(self, reader: str, pair: str) -> None:
        """Some too late, and some correct what they answered."""
        after = timedelta(minutes=3) + 24 * DAY * self._before.random() * self._before.random()
        for moment in (after, *([after + 4 * DAY] if self._before.happens(0.2) else [])):
            self._plan(moment, lambda: self._acts.baseline(reader, pair, self._before))

    def _finds(self, player: Player, pair: str) -> None:
        """Most mentees plan a meeting with it, and some mentors."""
        if self._meets_when.happens(0.5 if player.role == "mentee" else 0.1):
            after = timedelta(minutes=2) + 3 * DAY * self._meets_when.random()
            self._plan(after, lambda: self._plans_to_meet(player.id, pair))

        elif self._regular.happens(0.08):
            after = timedelta(minutes=2) + 3 * DAY * self._regular.random()
            self._plan(after, lambda: self._offers_regular(player.id, pair))

    def _offers_regular(self, person: str, pair: str) -> Act | None:
        return self._acts.offer_regular(person, pair) if self._ledger.partnership(pair)[0] == "active" else None

    def _answers_regular(self, player: Player, regular: str) -> None:
        """Most take it, and some end it later."""
        says = "take-regular-time" if self._regular.happens(0.8) else "end-regular-time"
        after = timedelta(minutes=3) + DAY * self._regular.random()
        self._plan(after, lambda: self._acts.decide_on_regular(player.id, says, regular))
        if self._regular.happens(0.3):
            ends = after + 120 * DAY * self._regular.random()
            self._plan(ends, lambda: self._acts.decide_on_regular(player.id, "end-regular-time", regular))

    def _plans_to_meet(self, person: str, pair: str) -> Act | None:
        return self._acts.find_time(person, pair) if self._ledger.partnership(pair)[0] == "active" else None

    def _takes(self, player: Player, value: str) -> None:
        if not self._meets_when.happens(0.8):
            return
        planned, _, seconds = value.partition(":")
        after = timedelta(minutes=3) + DAY * self._meets_when.random()
        self._plan(after, lambda: self._acts.decide_on_time(player.id, "take-time", value))
        begins = datetime.fromtimestamp(int(seconds), UTC) - self._time.calendar()
        for person in (player.id, *([] if self._meets_when.happens(0.5) else [""])):
            said = "say-met" if self._meets_when.happens(0.75) else "say-not-met"
            when = begins + timedelta(hours=2) + 2 * DAY * self._meets_when.random()
            if person:
                self._plan(when, lambda said=said: self._acts.decide_on_time(player.id, said, planned))  # type: ignore[misc]
            else:
                self._plan(when, lambda said=said: self._other_says(player.id, said, planned))  # type: ignore[misc]

    def _other_says(self, person: str, said: str, planned: str) -> Act | None:
        """The other of the two, who may say something else."""
        found = next((row for row in self._ledger.planned() if row.id == planned), None)
        other = self._ledger.other(found.pair, person) if found else ""
        return self._acts.decide_on_time(other, said, planned) if other else None

    def _says_place(self, reader: str, planned: str) -> None:
        place = f"Room {reader}"
        after = timedelta(minutes=1) + DAY * self._meets_when.random()
        self._plan(after, lambda: self._acts.say_place(reader, planned, place))

    def _presses(self, reader: str, action: str, value: str) -> None:
        after = timedelta(minutes=1) + DAY * self._meets_when.random()
        self._plan(after, lambda: self._acts.decide_on_time(reader, action, value))

    def _soon(self) -> timedelta:
        """Minutes, or some days."""
        return timedelta(minutes=2) + 8 * DAY * self._chance.random() ** 3

    def _applies(self, player: Player) -> Act:
        today = day_of(self._time.calendar(), player.zone)
        self._plan(timedelta(minutes=3), lambda: self._acts.apply(player, today))
        return self._acts.look_at_form(player)

    def _changes(self, player: Player) -> Act | None:
        sent = self._ledger.application(player.id, player.role)
        if sent is None or sent[2] != "open":
            return None
        return self._acts.apply(player, day_of(self._time.calendar(), player.zone))

    def _is_asked(self, player: Player, match: str) -> None:
        draw = self._chance.random()
        if draw < 0.12:
            self._plan(self._soon(), lambda: self._acts.decline(player.id, match))
        elif draw < 0.9:
            self._plan(self._soon(), lambda: self._acts.accept(player.id, match))

    def _meets(self, player: Player, pair: str) -> None:
        """They log what they meet, or the first time only, or never; now and then one ends it."""
        chance, after = self._chance, timedelta(0)
        if chance.happens(0.08):
            self._plan(chance.between(5 * DAY, 200 * DAY), lambda: self._acts.end(player.id, pair))
        if player.role != "mentee" and not chance.happens(0.4):
            return
        for _ in range(chance.one_of((0, 1, 2, 4, 8))):
            after += chance.between(4 * DAY, 60 * DAY)
            self._plan(after, lambda: self._logs(player, pair))
            if self._deletions.happens(0.15):
                later = after + self._deletions.between(timedelta(minutes=1), 20 * DAY)
                self._plan(later, lambda: self._deletes_log(player, pair))

    def _uses_agenda(self, player: Player, pair: str) -> None:
        """Some tick and change it, before and after they have met."""
        for _ in range(self._agendas.one_of((0, 0, 2, 5))):
            after = self._agendas.between(timedelta(minutes=1), 25 * DAY)
            self._plan(after, lambda: self._changes_agenda(player, pair))

    def _changes_agenda(self, player: Player, pair: str) -> Act | None:
        if self._ledger.partnership(pair)[0] != "active":
            return None
        make = self._acts.add_to_agenda if self._agendas.happens(0.2) else self._acts.mark_agenda
        return make(player.id, pair)

    def _deletes_log(self, player: Player, pair: str) -> Act | None:
        """Either of the two."""
        if self._ledger.partnership(pair)[0] != "active":
            return None
        other = self._deletions.happens(0.5)
        return self._acts.delete_log(self._ledger.other(pair, player.id) if other else player.id, pair)

    def _plans_with(self, player: Player, pair: str) -> None:
        """A mentee writes where they stand and some goals, says how they are, and shares it, perhaps for a while."""
        chance = self._plans
        for _ in range(chance.randint(0, 3) if self._has_plans else 0):
            reader = player.id if player.role == "mentor" else chance.one_of(list(self.players))
            self._plan(chance.between(DAY, 150 * DAY), lambda reader=reader: self._acts.look_at_plan(reader, pair))  # type: ignore[misc]
        if player.role != "mentee" or not self._has_plans or not chance.happens(0.8):
            return
        acts, person, after = self._acts, player.id, chance.between(HOUR, 20 * DAY)
        self._plan(after, lambda: acts.write_plan(person))
        for _ in range(chance.randint(0, 4)):
            after += chance.between(HOUR, 20 * DAY)
            self._plan(after, lambda: acts.add_goal(person, day_of(self._time.calendar(), player.zone)))
            if chance.happens(0.6):
                self._plan(after + chance.between(DAY, 90 * DAY), lambda: acts.say_progress(person))
        if chance.happens(0.7):
            shares = chance.between(DAY, 60 * DAY)
            self._plan(shares, lambda: acts.share_plan(person, pair))
            if chance.happens(0.3):
                self._plan(shares + chance.between(HOUR, 60 * DAY), lambda: acts.unshare_plan(person, pair))
        if chance.happens(0.1):
            self._plan(chance.between(30 * DAY, 150 * DAY), lambda: acts.delete_plan(person))

    def _agrees_on_items(self, player: Player, pair: str) -> None:
        """They write down what to do, with a day or without, and tick, move, drop or reopen some of it."""
        chance, after = self._items, timedelta(0)
        for _ in range(chance.one_of((0, 0, 1, 2, 4))):
            after += chance.between(HOUR, 40 * DAY)
            days = chance.randint(1, 30) if chance.happens(0.8) else None
            self._plan(after, lambda days=days: self._adds_item(player, pair, days))  # type: ignore[misc]
            if chance.happens(0.6):
                self._plan(
                    after + chance.between(HOUR, 60 * DAY), lambda: self._acts.press_item(player.id, pair, chance)
                )

    def _adds_item(self, player: Player, pair: str, days: int | None) -> Act | None:
        if self._ledger.partnership(pair)[0] != "active":
            return None
        today = day_of(self._time.calendar(), player.zone)
        return self._acts.add_item(player.id, pair, today + days * DAY if days else None, self._items)

    def _reports_on(self, player: Player, pair: str) -> None:
        """They write something, finish the report, share it with an owner or another player, or do not."""
        chance, after = self._reports, timedelta(0)
        for _ in range(chance.one_of((0, 2, 5, 9)) if self._has_reports else 0):
            after += chance.between(HOUR, 30 * DAY)
            self._plan(after, lambda: self._reports_now(player.id, pair))

    def _reports_now(self, person: str, pair: str) -> Act | None:
        if self._ledger.partnership(pair)[0] != "active":
            return None
        acts, draw = self._acts, self._reports.random()
        others = sorted(set(self.players) - {person, self._ledger.other(pair, person)})
        reader = self._owners[0] if self._reports.happens(0.7) else self._reports.one_of(others)
        if draw < 0.5 and (shares := acts.ask_to_share(person, pair, reader)):
            return shares
        if draw > 0.9 and (refuses := acts.do_not_share(person, pair, reader)):
            return refuses
        if draw < 0.65:
            return acts.finish_report(person, pair)
        return acts.say_learnt(person, pair) if draw < 0.8 else acts.edit_report(person, pair)

    def _changes_end(self, player: Player, pair: str) -> None:
        """Some propose another end, some time, or to complete it early."""
        for _ in range(self._ends.one_of((0, 0, 1, 2))):
            self._plan(self._ends.between(DAY, 300 * DAY), lambda: self._proposes_end(player.id, pair))

    def _proposes_end(self, person: str, pair: str) -> Act | None:
        if self._ledger.partnership(pair)[0] != "active":
            return None
        begun, _ = self._ledger.lasts(pair)
        days = self._ends.one_of((42, 91, 184, 213, 245, 300, 365))
        day = None if self._ends.happens(0.15) else begun + days * DAY
        return self._acts.propose_end(person, pair, day)

    def _answers_about_end(self, reader: str, action: str, value: str) -> None:
        after = timedelta(minutes=2) + 6 * DAY * self._ends.random()
        self._plan(after, lambda: self._acts.answer_end(reader, action, value))

    def _pauses_some_time(self, player: Player, pair: str) -> None:
        """Few do."""
        if self._pauses.happens(0.15):
            self._plan(self._pauses.between(DAY, 100 * DAY), lambda: self._pauses_now(player, pair))

    def _pauses_now(self, player: Player, pair: str) -> Act | None:
        """Until a day, soon or after more than the owners bear without a question; or without one."""
        if self._ledger.partnership(pair)[0] != "active":
            return None
        days = self._pauses.randint(1, 40) if self._pauses.happens(0.8) else self._pauses.randint(80, 130)
        until = None if self._pauses.happens(0.25) else day_of(self._time.calendar(), player.zone) + days * DAY
        return self._acts.pause(player.id, pair, until)

    def _answers_pause(self, reader: str, action: str, value: str, within: int) -> None:
        after = timedelta(minutes=2) + within * DAY * self._pauses.random()
        self._plan(after, lambda: self._acts.answer_pause(reader, action, value))

    def _agrees(self, player: Player, pair: str) -> None:
        """They write an agreement, sign what the other has written or change it, some days later; or never."""
        after = timedelta(0)
        for _ in range(self._agreements.one_of((0, 1, 1, 2, 3))):
            after += self._agreements.between(timedelta(minutes=5), 40 * DAY)
            self._plan(after, lambda: self._agrees_now(player, pair))

    def _agrees_now(self, player: Player, pair: str) -> Act | None:
        if self._ledger.partnership(pair)[0] != "active":
            return None
        if self._agreements.happens(0.7) and (signs := self._acts.sign_agreement(player.id, pair)):
            return signs
        return self._acts.agree(player.id, pair, self._terms(pair))

    def _terms(self, pair: str) -> AgreedTerms:
        """Another end than before now and then, between a month and a year after it began; not all are possible."""
        chance = self._agreements
        begun, ends = self._ledger.lasts(pair)
        if chance.happens(0.6):
            ends = begun + timedelta(days=chance.one_of((42, 70, 91, 184, 200, 213, 275, 300, 365)))
        today = self._time.calendar().date()
        review_on = today + chance.randint(2, 150) * DAY
        finds = chance.one_of(("mentee", "mentor", "by-turns"))
        return AgreedTerms(chance.one_of(tuple(self._rhythms)), ends, min(review_on, ends), finds)

    def _logs(self, player: Player, pair: str) -> Act | None:
        if self._ledger.partnership(pair)[0] != "active":
            return None
        return self._acts.log(player.id, pair, day_of(self._time.calendar(), player.zone))

    def _checks_in(self, reader: str, pair: str) -> Act:
        decision = self._chance.one_of(("go-on", "go-on", "change", "a-word", "end"))
        return self._acts.check_in(reader, pair, decision, may_contact=self._chance.happens(0.2))

    def _proposes(self) -> Act:
        """One who decides proposes; then all of them approve, and an owner releases."""
        owner, by = self._chance.one_of(self._owners), self._chance.one_of(self._approvers)
        after = timedelta(minutes=1)
        for each in self._approvers:
            after += self._chance.between(timedelta(minutes=5), 20 * HOUR)
            self._plan(after, lambda each=each: self._approves(each))  # type: ignore[misc]
        self._plan(after + 4 * HOUR, lambda: self._acts.release(owner))
        return self._acts.propose(by)

    def _approves(self, owner: str) -> Act | None:
        """One after the other, some minutes apart."""
        for number, (match, *_) in enumerate(self._ledger.proposals()):
            self._plan(
                timedelta(minutes=2 + number),
                lambda match=match: self._acts.approve(owner, match),  # type: ignore[misc]
            )
        return None
