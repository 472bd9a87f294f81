"""The world of one seed: time passes from one moment at which something happens to the next."""

import heapq
import itertools
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from bot.manifest import manifest
from mentoring.core.errors import MentoringError
from mentoring.core.lengths import read_length
from mentoring.core.outcome import Outcome
from mentoring.core.programmes import Keeping, ProgrammeType, Rhythm
from mentoring.core.roles import ProgrammeRole, RoleGiven
from sandbox import ApiResponse, Sandbox
from sandbox.blocks import visible_texts as words_of
from services.programmes import prepare_programme
from storage import retry_on_conflict
from tests.one_programme import the_programme
from tests.simulation import forms
from tests.simulation.act import Act
from tests.simulation.acts import Acts
from tests.simulation.almanac import DAY, Almanac
from tests.simulation.cast import BOSS, USUAL, Custom, Player, members
from tests.simulation.chance import Chance
from tests.simulation.clocks import SlackClock, Time
from tests.simulation.copies import Copy, Unkept
from tests.simulation.expectations import Broken, Complaint, SentMessage
from tests.simulation.fake_transport import Caller, Died, FakeTransport
from tests.simulation.faults import InjectedFault
from tests.simulation.homes import Homes
from tests.simulation.ledger import Ledger
from tests.simulation.machines import Machines
from tests.simulation.model import Model
from tests.simulation.pauses import OF_PAUSES
from tests.simulation.people import HOUR, Plan
from tests.simulation.standing import Questions, Standing

_POLLS = tuple(timedelta(seconds=seconds) for seconds in (5, 5, 5, 10, 20, 40, 60))
"""After how long the bot looks again for what could be done and was not. It does so every five seconds itself; what
lies longer waits for Slack to let it, and that moment is known.
"""


_OF_ABSENCES = {"on-leave", "leave-over", "partner-on-leave", "partner-left", "partner-back", "welcome-back"}
"""They come only where somebody goes and returns, and count towards nobody's load."""
_OF_AGREEMENTS = {"agreement-written", "agreement-saved", "agreement-review"}
"""They come only where two people write an agreement, and choose the day to look at it again."""


_OF_REPORTS = {"report-waits", "report-shared"}
"""They come only where two people finish a progress report, or share it."""
_OF_CASES = {"case-sent", "case-passed-on", "case-opened"}
"""They come only where somebody asks for help."""
_OF_REMARKS = {"remark-sent", "remark-made", "remark-read"}
"""They come only where somebody tells the programme something."""
_OF_OVERSIGHT = {"owner-nudge", "help-offered", "standing-asked", "another-offered"}
"""They come only where an owner decides to write to two people."""
_OF_ANNOUNCEMENTS = {"announcement", "channel-post", "announcement-progress"}
"""They come only where owners plan them. The owners of these years do not: what a crash, a lost answer and a stop do to
an announcement is told in tests/handlers/test_announcements.py, and its messages go through the outbox as all others.
"""
_WANTED = _OF_ABSENCES | _OF_AGREEMENTS | _OF_REPORTS | _OF_CASES | _OF_REMARKS | _OF_OVERSIGHT | {*OF_PAUSES}
_WANTED |= _OF_ANNOUNCEMENTS | {"help"}
"""They come only where people wanted something that the programme does not ask of them. Help answers what somebody
wrote to the bot.
"""


class SimulatedPeople(Protocol):
    """The people."""

    def set_out(self, long: timedelta) -> None:
        """Plan what they do of their own accord in that time."""

    def read(self, reader: str, buttons: Iterable[tuple[str, str]]) -> None:
        """Somebody reads a message with these buttons: action ids and values."""


def _months_and_weeks(length: str) -> tuple[int, int]:
    """So "9" are nine months, "6w" six weeks."""
    return (0, int(length[:-1])) if length.endswith("w") else (int(length), 0)


@dataclass(frozen=True)
class WorldConfig:
    """What a world is made of. `start` and `end` are aware. `seed` decides who is quicker, and what is drawn."""

    seed: int
    start: datetime
    end: datetime
    players: tuple[Player, ...]
    almanac: Almanac
    faults: InjectedFault
    folk: Callable[[Acts, Ledger, Time, Plan], SimulatedPeople]
    custom: Custom = USUAL
    waits: bool = False
    approvals: int = 2
    plans: bool = False
    agreements: bool = False
    reports: bool = False
    peers: bool = False
    trouble: Callable[["World"], object] = lambda world: None
    """Plans what else comes to pass, once the programme is founded."""


class World:
    """Lives one year, over a migrated database at `path`. `run` raises Broken where a promise is."""

    def __init__(self, setting: WorldConfig, path: Path) -> None:
        seed, start = setting.seed, setting.start
        self._chance = Chance(seed, "world")
        self.time = Time(start)
        self.end = setting.end
        self.players = setting.players
        self.log: list[str] = []
        self.said: Counter[str] = Counter()
        self.received: dict[str, list[datetime]] = {}
        """By reader, when each of their messages came, without those of `_OF_ABSENCES`."""
        self.faults = setting.faults
        self._trouble = setting.trouble
        self._custom = setting.custom
        self._waits = setting.waits
        self._approvals = setting.approvals
        self._has_plans = setting.plans
        self._agreements = setting.agreements
        self._reports = setting.reports
        self._peers = setting.peers
        self.slack = Sandbox(
            manifest(),
            members(self.players),
            calendar=SlackClock(self.time),
            stopwatch=self.time.seconds,
            own_messages=False,
        )
        self.slack.workspace.send_event = self._slack_tells
        self.event: dict[str, Any] = {}
        self.wire = FakeTransport(self.slack, self.time, self.faults, seed, self._performed)
        self.wire.meanwhile = self._meanwhile
        self.ledger = Ledger(path, self.slack.team_id)
        zones = {player.id: player.zone for player in self.players}
        self.model = Model(setting.almanac, zones, self.time.calendar, self.time.stopwatch)
        self.model.pairs.rhythm = self._custom.rhythm
        if self._custom != USUAL:
            self.model.pairs.longest = max(
                map(_months_and_weeks, self._custom.lengths), key=lambda one: one[0] * 365 // 12 + one[1] * 7
            )
        self.model.approvals.most_needed = self._approvals
        self.time.passed = self._passed
        self.acts = Acts(self.slack.team_id, self.ledger, self.model, Chance(seed, "acts"))
        self.homes = Homes(self.slack, path, self.time)
        self._lookers = Chance(seed, "who looks at Home")
        self.people = setting.folk(self.acts, self.ledger, self.time, self.plan)
        self._url = f"sqlite:///{path}"
        self._agenda: list[tuple[datetime, int, Callable[[], None], bool]] = []
        self._numbers = itertools.count()
        self._acting: list[Act | None] = []
        self.news: list[Act] = []
        """What Slack has told, and may be known from elsewhere."""
        self.gone: set[str] = set()
        """Whose accounts are closed."""
        self._attempts: Counter[str] = Counter()
        """How often each person has tried to do something: who has done another thing meanwhile does not repeat one."""
        self.upon_next_act: list[Callable[[], None]] = []
        """What comes to pass right after somebody has done something."""
        self._newest, self._proposing, self._proposed = 0, list[int](), set[str]()
        self.standing = Standing(self.ledger.desk)
        self.questions = Questions(self.ledger.to_answer, self.ledger.is_absent)
        self._polls = 0
        self._is_founded = False
        self.machines = Machines(seed, self.time, self.ledger, self._new_copy, self.put_off, self.note)
        self.machines.enter, self.machines.leave = lambda: self._acting.append(None), lambda: self._acting.pop()

    def close(self) -> None:
        self.ledger.close()
        self.homes.close()
        self.slack.stop()

    # Living

    def run(self) -> None:
        self.found()
        self.people.set_out(self.end - self.time.start)
        self._open_homes(self.end - self.time.start)
        self._trouble(self)
        self.live_until(self.end)
        self.homes.check()

    def _check_homes(self) -> None:
        self.homes.check()

    def _open_homes(self, long: timedelta) -> None:
        """Everybody looks at Home a few times in a year of that length, some of them while others do something."""
        for player in self.players:
            for _ in range(self._lookers.randint(1, 4)):
                after = self._lookers.between(HOUR, long)
                self.plan(after, lambda player=player: self.acts.open_home(player.id, self.homes.opened))  # type: ignore[misc]
                self.put_off(after + HOUR, self._check_homes)

    def live_until(self, end: datetime) -> None:
        """All that happens until the stopwatch shows `end`, without anybody's further doing."""
        self.machines.run_somebody()
        while (moment := self._next(end)) < end:
            self.time.pass_to(moment)
            self.wire.arrive()
            while self._agenda and self._agenda[0][0] <= self.time.stopwatch():
                heapq.heappop(self._agenda)[2]()
            self.machines.run_somebody()
        self.time.pass_to(end)

    def _next(self, end: datetime) -> datetime:
        moments = [end]
        if self._agenda:
            moments.append(self._agenda[0][0])
        if arrival := self.wire.next_arrival():
            moments.append(arrival)
        if self.machines.alive and (wake := self.ledger.wakes(self.time)):
            moments.append(self._look_again(wake))
        return min(moments)

    def _look_again(self, wake: datetime) -> datetime:
        """When the bot looks for what is there from `wake` on. What has just been left undone is looked for soon."""
        now = self.time.stopwatch()
        if wake > now:
            self._polls = 0
            return wake
        poll = _POLLS[min(self._polls, len(_POLLS) - 1)]
        self._polls += 1
        held = min((rest for copy in self.machines.alive if (rest := copy.held_for())), default=poll)
        return now + min(max(held, _POLLS[0]), _POLLS[-1])

    def plan(self, after: timedelta, make: Callable[[], Act | None]) -> None:
        """An act of a person's."""
        self.put_off(after, lambda: self.perform(make), is_act=True)

    def put_off(self, after: timedelta, do: Callable[[], None], *, is_act: bool = False) -> None:
        heapq.heappush(self._agenda, (self.time.stopwatch() + after, next(self._numbers), do, is_act))

    def found(self) -> None:
        """The first start. The owners choose their country, the days on which they are closed, and their own ways."""
        owners = tuple(player.id for player in self.players if player.role == "owner")
        committee = tuple(player.id for player in self.players if player.role == "committee")

        def start_up(copy: Copy) -> None:
            prepare_programme(copy.storage, self.slack.team_id, owners, self.time.calendar())
            with copy.storage.begin(self.slack.team_id) as tx:
                (programme, _) = tx.programmes.all()[0]
                tx.people.request_profiles(committee, self.time.calendar())
                for person in committee:
                    tx.roles.give(RoleGiven(programme.id, ProgrammeRole.COMMITTEE, person, owners[0]))

        self.machines.start_up = start_up
        while not self.ledger.is_set_up():
            self.machines.begin(0)
            copy = self.machines.copies[0]
            try:
                self._set_up(copy)
            except (Died, Unkept):
                copy.die()
                self.machines.bury(copy)
            self.time.pass_to(self.time.stopwatch() + timedelta(seconds=30))
        self._is_founded = True
        self.model.founded(owners, committee, *self.ledger.cohort(), self.end + DAY)

    def _set_up(self, copy: Copy) -> None:
        almanac = self.model.almanac
        with copy.storage.begin(self.slack.team_id) as tx:
            programme = the_programme(tx)
            if programme is not None:
                closed = tuple(sorted(almanac.closed))
                changed = replace(programme, country=almanac.country, closed_days=closed, version=programme.version + 1)
                changed = replace(changed, introduces_at_start=self._waits, approvals=self._approvals)
                changed = replace(changed, has_plans=self._has_plans, keeping=Keeping(36, 36, 36, 36))
                changed = replace(changed, has_agreements=self._agreements, has_reports=self._reports)
                if self._peers:
                    changed = replace(changed, type=ProgrammeType.PEER, least_gap=1)
                    tx.people.request_profiles([BOSS], self.time.calendar())
                    tx.roles.give(RoleGiven(programme.id, ProgrammeRole.FACILITATOR, BOSS, changed.changed_by))
                if self._custom != USUAL:
                    lengths = tuple(map(read_length, self._custom.lengths))
                    changed = replace(changed, lengths=lengths, rhythm=Rhythm(*self._custom.rhythm))
                tx.save(Outcome((changed,)))

    def _new_copy(self, number: int) -> Copy:
        return Copy(number, self._url, self.slack.team_id, self.time, self.wire, self.faults, self._committed)

    def _slack_tells(self, subscription: str, event: dict[str, Any]) -> None:
        self.event = event

    # Others act while a copy waits

    def _meanwhile(self, caller: Caller) -> None:
        if self.machines.is_deep:
            return
        self.machines.run_other(caller, 0.1)
        if self._agenda and self._chance.happens(0.06):
            moment, _, do, is_act = self._agenda[0]
            if is_act and moment - self.time.stopwatch() < 6 * HOUR:
                heapq.heappop(self._agenda)
                do()

    def _committed(self, copy: Copy) -> None:
        for act in self.news:
            act.look()
        if self._waits and self._is_founded:
            self._look_at_introductions()
        if self._acting and (acting := self._acting[-1]):
            acting.look()
        if self.ledger.has_changed():
            self._look()
        if self._is_founded:
            self.machines.run_other(copy, 0.02)

    def _look(self) -> None:
        """What has come of what was done."""
        self.standing.changed()
        self.questions.changed()
        self.model.pauses.stand(self.ledger.pauses())
        newest, *proposing = self.ledger.marks()
        if newest > self._newest:
            self._name_what_was_caused(newest)
        if proposing != self._proposing:
            self._proposing = proposing
            self._look_at_proposals()
        self.model.approvals.stand(self.ledger.approvals())
        self.model.regular.stand(self.ledger.regular())
        self.model.planned.stand(self.ledger.planned())
        self.model.pauses.check_meetings(self.ledger.planned())
        self.model.items.stand(self.ledger.items())
        self.model.cases.stand(self.ledger.cases(), self.ledger.cases_counted())
        self.model.remarks.stand(self.ledger.remarks())
        self.model.oversight.stand(self.ledger.oversight_requests(), self.ledger.standing_answers())

    def _name_what_was_caused(self, newest: int) -> None:
        """Which notices what has just been done has led to."""
        for name, kind, reader, about in self.ledger.notices(self._newest):
            self.model.book.name(kind, reader, self._about(about), name)
            self.model.approvals.wrote(kind, reader)
        self._newest = newest

    def _look_at_introductions(self) -> None:
        """Who has been introduced because the round has started."""
        for match, partnership, sent in self.ledger.introductions():
            if partnership not in self.model.pairs.all and self.model.is_agreed(match):
                shorter = min(map(self.ledger.length, sent), key=lambda each: each[0] * 365 // 12 + each[1] * 7)
                self.model.introduced(match, partnership, shorter, "")

    def _look_at_proposals(self) -> None:
        """Whether those that somebody asked for have come."""
        proposed = {match for match, *_ in self.ledger.proposals()}
        if proposed - self._proposed:
            approvers = [player.id for player in self.players if player.decides]
            coming = {each for each in approvers if self.ledger.is_coming("desk", each)}
            self.model.proposed(self.ledger.solving()[2], coming)
        self._proposed |= proposed

    # People

    def perform(self, make: Callable[[], Act | None]) -> None:
        """Have an act done, by whichever copy the request reaches; where none answers the person tries again later."""
        if not self.machines.alive:
            self.plan(self._chance.between(timedelta(minutes=5), 3 * HOUR), make)
            return
        act = make()
        if act is None or (act.person in self.gone and not act.is_news):
            return
        before = self._attempts[act.person]
        self._attempt(act, self.machines.somebody())
        is_undisturbed = self._attempts[act.person] == before + 1
        while self.upon_next_act:
            self.upon_next_act.pop()()
        if act.outcome == "failed" and not act.is_told:
            self.plan(self._chance.between(timedelta(minutes=1), HOUR), make)
        elif act.may_repeat and is_undisturbed and self.machines.alive and self._chance.happens(0.15):
            self._attempt(act, self.machines.somebody())

    def _attempt(self, act: Act, copy: Copy) -> None:
        self.note(f"{act.person} {act.name}")
        self._attempts[act.person] += 1
        self._acting.append(act)
        self.machines.depth += 1
        act.outcome = ""
        try:
            retry_on_conflict(partial(act.do, copy.desk))
        except Died:
            act.outcome = "failed"
            self.machines.bury(copy)
        except Unkept:
            act.outcome = "failed"
        except MentoringError as refusal:
            act.outcome = "refused"
            self.note(f"  refused: {type(refusal).__name__}")
        else:
            if act.must_be_taken and not act.is_told:
                raise Broken(Complaint.IGNORED, f"{act.person} {act.name}")
        finally:
            self._acting.pop()
            self.machines.depth -= 1

    # The record

    def _passed(self, since: datetime, until: datetime) -> None:
        is_up = bool(self.machines.alive) and not self.faults.is_stormy(self.time.stopwatch())
        self.model.leaves.pass_time()
        self.model.pauses.pass_time()
        self.model.book.pass_time(since, until, is_up=is_up)
        self.standing.pass_time(since, until, is_up=is_up)
        self.questions.pass_time(since, until, is_up=is_up)

    def _performed(self, method: str, args: Mapping[str, Any], answered: ApiResponse, sent_at: datetime) -> None:
        if method == "views.publish":
            self.homes.published(args["user_id"], sent_at)
        if method == "chat.update":
            self.standing.updated(args["ts"], _words(args))
            self.questions.updated(args["ts"], _actions(args))
        elif method == "chat.delete":
            self.standing.taken_away(args["ts"])
        if method == "files.completeUploadExternal":
            self._shared(args, sent_at)
        if method != "chat.postMessage":
            return
        opaque = args["metadata"]["event_payload"]["id"]
        kind, reader, about = self.ledger.notice(opaque)
        sent = self.time.calendar() - (self.time.stopwatch() - sent_at)
        posted = datetime.fromtimestamp(float(answered.body["ts"]), UTC)
        said = SentMessage(kind, reader, self._about(about), sent, self.time.latest, sent_at, posted, opaque)
        self.note(f"  {said}")
        self.said[kind] += 1
        self.model.saw(said)
        self._travelled(said, args)
        if kind == "desk":
            self.standing.posted(reader, str(answered.body["ts"]), _words(args))
        if kind in ("match-offered", "offer-reminder"):
            self.questions.posted(about["match"], reader, str(answered.body["ts"]), _actions(args))
        for each in reader.split("+"):
            if kind not in _WANTED and not self._is_wanted_oftener(kind, about):
                self.received.setdefault(each, []).append(posted)
            self.people.read(each, forms.buttons(args.get("blocks", ())))

    def _is_wanted_oftener(self, kind: str, about: Mapping[str, str]) -> bool:
        """Whether it reminds two people of meetings that they have agreed to have oftener, or is about one of them."""
        pair = self.model.pairs.all.get(about.get("partnership", ""))
        if kind == "planned-meeting" and self.ledger.is_regular(about["planned"]):
            return True
        return kind == "monthly-nudge" and pair is not None and pair.every_days is not None

    def _shared(self, args: Mapping[str, Any], sent_at: datetime) -> None:
        """A file was shared: the message of the notice that it belongs to. It comes where two people agree on a time,
        or one asks for it, and is no load of the programme: see `most_messages`.
        """
        (file,) = json.loads(args["files"])
        opaque, kind, reader, about = self.ledger.file_notice(file["id"])
        sent = self.time.calendar() - (self.time.stopwatch() - sent_at)
        posted = datetime.fromtimestamp(float(self.slack.workspace.files[file["id"]].ts), UTC)
        said = SentMessage(kind, reader, self._about(about), sent, self.time.latest, sent_at, posted, opaque)
        self.note(f"  {said}")
        self.said[kind] += 1
        self.model.saw(said)

    def _travelled(self, said: SentMessage, args: Mapping[str, Any]) -> None:
        """The lines of others below a message. Raises Broken where they are not those that the bot keeps as such."""
        below = [block for block in args.get("blocks", ()) if block.get("block_id") == "carried-lines"]
        words = [line for block in below for line in block["text"]["text"].splitlines() if line.startswith("• ")]
        lines = self.ledger.lines(said.name)
        if len(words) != len(lines):
            raise Broken(Complaint.UNASKED, f"{len(words)} lines, {len(lines)} notices, with {said}")
        for name, kind, reader, about in lines:
            line = replace(said, kind=kind, reader=reader, about=self._about(about), name=name, is_line=True)
            self.note(f"    and {line}")
            self.said[kind] += 1
            self.model.saw(line)

    def _about(self, about: Mapping[str, str]) -> str:
        if "meeting" in about:
            return self.ledger.partnership_of_meeting(about["meeting"])
        names = ("case", "remark", "partnership", "match", "application", "person", "by")
        return next((about[name] for name in names if name in about), "")

    def note(self, what: str) -> None:
        self.log.append(f"{self.time.calendar():%a %d %b %Y %H:%M:%S}  {what}")


def _actions(args: Mapping[str, Any]) -> list[str]:
    return [action for action, _ in forms.buttons(args.get("blocks", ()))]


def _words(args: Mapping[str, Any]) -> str:
    return "\n".join(words_of(args["blocks"]))
