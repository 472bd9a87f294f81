"""`mentor-bot match`: its options, the order of work, and its output."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console

from bot.app import BotApp
from bot.clocks import real_now
from bot.match.decisions import apply_decisions
from bot.match.explain import explain
from bot.match.round_view import RoundView, load_round_view
from bot.match.spreadsheet import sheet_of, write, write_to_stdout
from bot.match.table import DryRun, dry_run, how_many, print_round
from bot.progress import OnStep, describe_size, working
from bot.settings import NO_PROGRAMME, InvalidSettings, Settings
from mentoring.core.errors import ChangedMeanwhile, CohortOver, MentoringError, NoProgramme
from mentoring.matching.match import OPERATOR
from messages.text import plural
from services.matching import release, run_proposals
from storage import Storage

STDOUT = "-"
SOME_LINES_WRONG = 1
"""The exit code where some lines of a spreadsheet were wrong."""

_REFUSALS: dict[type[MentoringError], str] = {
    NoProgramme: NO_PROGRAMME,
    CohortOver: "The cohort is closed; an owner opens the next one in /mentor setup.",
    ChangedMeanwhile: "People keep changing what they sent just now. Please try again in a minute.",
}
"""What the operator reads when a rule refuses."""


@dataclass(frozen=True)
class MatchOptions:
    """The options. `csv` is the path of a file that is not there yet, or STDOUT; `explain` the names of two people."""

    approve: bool = False
    release: bool = False
    dry_run: bool = False
    explain: tuple[str, str] | None = None
    csv: str = ""
    decisions: Path | None = None

    @property
    def only_looks(self) -> bool:
        """Whether nothing is kept, and nobody told."""
        return self.dry_run or self.explain is not None

    @property
    def to_stdout(self) -> bool:
        """Whether nothing but the spreadsheet may be there."""
        return self.csv == STDOUT

    def check(self) -> None:
        """Raise InvalidSettings where two options are at odds, or there is no place for the spreadsheet."""
        if wrong := next(self._at_odds(), None):
            raise InvalidSettings(wrong)
        if not self.csv or self.to_stdout:
            return
        path = Path(self.csv)
        if path.exists():
            raise InvalidSettings(f"{path} is there already, perhaps with decisions in it. Please give another name.")
        if not path.parent.is_dir():
            raise InvalidSettings(f"There is no folder {path.parent} to put {path.name} into.")

    def _at_odds(self) -> Iterator[str]:
        if self.explain and (self.approve or self.release or self.dry_run or self.csv or self.decisions):
            yield "--explain answers a question about two people, and goes with no other option."
        if self.decisions and self.csv:
            yield (
                "--decisions takes a spreadsheet in and --csv gives one out, with proposals around what was decided: "
                "please run one after the other."
            )
        if self.decisions and self.approve:
            yield (
                "--decisions says line by line what is approved, and --approve approves everything: please give one of "
                "them. With --decisions, --release asks everyone whose match is approved."
            )
        if self.approve and self.release:
            yield "--approve releases all that is on the desk, --release what is approved: please give one of them."
        if self.dry_run and (self.approve or self.release):
            yield "--dry-run changes nothing, so it goes neither with --approve nor with --release."


@dataclass
class _MatchOutput:
    """What is printed: the `sight` as a table, or one line for all of it, and `said` above and `after` below it."""

    said: list[str] = field(default_factory=list)
    sight: RoundView | None = None
    changes: DryRun | None = None
    table: bool = True
    after: list[str] = field(default_factory=list)
    code: int = 0


def match(settings: Settings, asked: MatchOptions, *, out: Console, aside: Console) -> int:
    """Do what is asked for as the operator, and print it on `out`; `aside` shows what is being done, and what is said
    where `out` is for the spreadsheet alone. Returns the exit code.

    Raises InvalidSettings where there is nothing to match or something to mend first, SlackAuthFailed,
    SlackUnreachable, DatabaseUnusable.
    """
    asked.check()
    with working(aside) as tell, _open_app(settings, asked) as app, _refusals_in_words():
        answer = _answer(app, asked, tell)
    if asked.csv and answer.sight:
        sheet = sheet_of(answer.sight, answer.changes.added if answer.changes else ())
        if asked.to_stdout:
            write_to_stdout(sheet)
            out, answer.table = aside, False
        else:
            write(asked.csv, sheet)
            answer.after.append(
                f"Written to {asked.csv}. Once the columns “decision” and “reason” are filled in: "
                f"mentor-bot match --decisions {asked.csv}"
            )
    _print(out, answer)
    return answer.code


@contextmanager
def _open_app(settings: Settings, asked: MatchOptions) -> Iterator[BotApp]:
    """The app, with the schema up to date. No programme is founded and no owner named if nothing may be changed."""
    storage = Storage(settings.database_url.get_secret_value(), create=not asked.only_looks)
    app = None
    try:
        app = BotApp(settings, storage)
        if asked.only_looks:
            storage.migrate()
        else:
            app.prepare()
        yield app
    finally:
        if app:
            app.stop()
        storage.close()


@contextmanager
def _refusals_in_words() -> Iterator[None]:
    """Raise InvalidSettings with a sentence where a rule refuses."""
    try:
        yield
    except tuple(_REFUSALS) as refusal:
        raise InvalidSettings(_REFUSALS[type(refusal)]) from None


def _load(storage: Storage, workspace: str) -> RoundView:
    with storage.read(workspace) as tx:
        return load_round_view(tx)


def _answer(app: BotApp, asked: MatchOptions, tell: OnStep) -> _MatchOutput:
    storage, workspace = app.storage, app.identity.workspace
    if asked.explain:
        return _MatchOutput(explain(_load(storage, workspace), *asked.explain, tell), table=False)
    if asked.decisions:
        answer = _decide(app, asked, tell)
    elif asked.dry_run:
        sight, changes = dry_run(_load(storage, workspace), tell)
        return _MatchOutput(sight=sight, changes=changes)
    else:
        answer = _MatchOutput()
        if not asked.release:
            run_proposals(
                storage,
                workspace,
                by=OPERATOR,
                now=real_now,
                quietly=asked.approve,
                on_loaded=lambda round_: tell(describe_size(round_)),
                on_saving=lambda: tell("Keeping what was found"),
            )
    released, unmatched = 0, 0
    if asked.approve or asked.release:
        tell("Releasing")
        released, unmatched = release(storage, workspace, approving=asked.approve, now=real_now)
    answer.sight = _load(storage, workspace)
    if released:
        tell("Telling people")
        app.delivery.drain()
        answer.after.append(f"Released {released}. The owners are told that it was done here.")
        if unmatched:
            words = plural(unmatched, "person has", "people have")
            answer.after.append(f"{words} nobody yet; they are told so kindly.")
    elif (asked.approve or asked.release) and answer.sight.shown:
        answer.after.append("There was nothing new to release.")
    return answer


def _decide(app: BotApp, asked: MatchOptions, tell: OnStep) -> _MatchOutput:
    assert asked.decisions  # noqa: S101 - asked for
    tell("Going by the decisions")
    said, is_right = apply_decisions(app.storage, app.identity.workspace, asked.decisions, dry_run=asked.dry_run)
    after = [] if asked.dry_run else [f"`mentor-bot match{how}" for how in _NEXT[asked.release :]]
    return _MatchOutput(said, table=False, after=after, code=0 if is_right else SOME_LINES_WRONG)


_NEXT = (
    " --release` asks everyone whose match is approved, as the owners may do at their desk.",
    "` looks for the best matches for all others, around what is decided.",
)


def _print(console: Console, answer: _MatchOutput) -> None:
    for line in answer.said:
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    if answer.sight and answer.table:
        print_round(console, answer.sight, answer.changes)
    elif answer.sight and (words := how_many(answer.sight)):
        console.print(words, highlight=False)
    for line in answer.after:
        console.print(line, markup=False, highlight=False, soft_wrap=True)
