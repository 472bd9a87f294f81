"""`mentor-bot match`: its options, its steps and its output."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console

from bot.app import BotApp
from bot.clocks import real_now
from bot.database import migrate
from bot.match.decisions import apply_decisions
from bot.match.explain import explain
from bot.match.round_view import RoundView, load_round_view
from bot.match.spreadsheet import sheet_of, write, write_to_stdout
from bot.match.table import DryRun, dry_run, print_round, summarise
from bot.programme_option import find_programme
from bot.programmes.file_access import is_there
from bot.progress import OnStep, describe_size, progress_line
from bot.settings import InvalidSettings, Settings, no_programme
from mentoring.core.errors import ChangedMeanwhile, CohortOver, MentoringError, NoProgramme
from mentoring.core.outcome import Outcome
from mentoring.core.owners import OPERATOR
from mentoring.owner_record import OwnerAct, OwnerAction
from messages.matching.unmatched import still_open
from messages.rules import rule_sentence
from messages.text import plural
from messages.voice import Voice
from services.matching import Released, release, run_proposals
from storage import Storage

STDOUT = "-"
SOME_LINES_WRONG = 1
"""The exit code if some lines of a spreadsheet have errors."""

_REFUSALS: dict[type[MentoringError], str] = {
    CohortOver: "This round is closed. To open the next one, an owner sets its dates in Slack with /mentor setup.",
    ChangedMeanwhile: "Applications or decisions kept changing, so nothing was saved. Try again in a minute.",
}
"""What the app admin reads for each refusal."""


@dataclass(frozen=True)
class MatchOptions:
    """The options. `csv` is the path of a file that does not exist yet, or STDOUT; `explain` names two people.
    `programme` is a name or an id, needed if there are several.
    """

    approve: bool = False
    release: bool = False
    dry_run: bool = False
    explain: tuple[str, str] | None = None
    csv: str = ""
    decisions: Path | None = None
    programme: str = ""

    @property
    def is_read_only(self) -> bool:
        """Whether nothing is saved, and no one notified."""
        return self.dry_run or self.explain is not None

    @property
    def to_stdout(self) -> bool:
        """Whether standard output is for the spreadsheet alone."""
        return self.csv == STDOUT

    def check(self) -> None:
        """Raise InvalidSettings if options contradict each other, or the spreadsheet cannot be written."""
        if conflict := next(self._conflicts(), None):
            raise InvalidSettings(conflict)
        if not self.csv or self.to_stdout:
            return
        path = Path(self.csv)
        if is_there(path):
            raise InvalidSettings(f"{path} already exists, perhaps with decisions in it. Choose another name.")
        if not path.parent.is_dir():
            raise InvalidSettings(f"The folder {path.parent} does not exist. Create it, or choose another one.")

    def _conflicts(self) -> Iterator[str]:
        if self.explain and (self.approve or self.release or self.dry_run or self.csv or self.decisions):
            yield "--explain cannot be combined with another option."
        if self.decisions and self.csv:
            yield (
                "Use --decisions and --csv one after the other: --decisions reads a spreadsheet, and --csv writes the "
                "next one."
            )
        if self.decisions and self.approve:
            yield (
                "Use either --decisions or --approve: the spreadsheet says line by line what is approved, and "
                "--approve approves everything. To send the approved matches, add --release to --decisions."
            )
        if self.approve and self.release:
            yield (
                "Use either --approve or --release: --approve approves and sends all proposals, and --release sends "
                "what is already approved."
            )
        if self.dry_run and (self.approve or self.release):
            yield "--dry-run cannot be combined with --approve or --release: it saves and sends nothing."


@dataclass
class _MatchOutput:
    """What is printed: the `view` as a table, or one line for all of it, with the lines `before` and `after` it."""

    before: list[str] = field(default_factory=list)
    view: RoundView | None = None
    changes: DryRun | None = None
    table: bool = True
    after: list[str] = field(default_factory=list)
    code: int = 0


def match(settings: Settings, options: MatchOptions, *, out: Console, aside: Console) -> int:
    """Do what the options ask for, as the app admin, and print it on `out`. Returns the exit code.

    `aside` shows the progress, and all output if `out` is for the spreadsheet alone. Raises InvalidSettings if there is
    no open round or something must be corrected first, SlackAuthFailed, SlackUnreachable, DatabaseUnusable.
    """
    options.check()
    with progress_line(aside) as on_step, _open_app(settings, options) as app, _refusals_as_sentences(app.storage):
        output = _run(app, options, on_step)
        if options.csv and output.view:
            _record_export(app, output.view.round.cohort.id)
    if options.csv and output.view:
        sheet = sheet_of(output.view, output.changes.added if output.changes else ())
        if options.to_stdout:
            write_to_stdout(sheet)
            out, output.table = aside, False
        else:
            write(options.csv, sheet)
            output.after.append(
                f"Written to {options.csv}. Fill in the columns “decision” and “reason”, then run: "
                f"mentor-bot match --decisions {options.csv}"
            )
    _print(out, output)
    return output.code


@contextmanager
def _open_app(settings: Settings, options: MatchOptions) -> Iterator[BotApp]:
    """The app, with the schema up to date. With read-only options, no programme is created and no owner set."""
    storage = Storage(settings.database_url.get_secret_value(), create=False)
    app = None
    try:
        app = BotApp(settings, storage)
        if options.is_read_only:
            migrate(storage, settings)
        else:
            app.prepare(create=False)
        yield app
    finally:
        if app:
            app.stop()
        storage.close()


@contextmanager
def _refusals_as_sentences(storage: Storage) -> Iterator[None]:
    """Turn refusals into InvalidSettings with a sentence."""
    try:
        yield
    except NoProgramme:
        raise InvalidSettings(no_programme(storage)) from None
    except tuple(_REFUSALS) as refusal:
        raise InvalidSettings(_REFUSALS[type(refusal)]) from None


def _record_export(app: BotApp, cohort_id: str) -> None:
    """Record that the round is about to be written to a file, as the owners read it."""
    with app.storage.begin(app.identity.workspace) as tx:
        tx.save(Outcome((OwnerAct(tx.new_id(), cohort_id, OwnerAction.EXPORTED, OPERATOR, real_now()),)))


def _load(storage: Storage, workspace: str, programme_id: str) -> RoundView:
    with storage.read(workspace) as tx:
        return load_round_view(tx, programme_id)


def _run(app: BotApp, options: MatchOptions, on_step: OnStep) -> _MatchOutput:
    storage, workspace = app.storage, app.identity.workspace
    with storage.read(workspace) as tx:
        programme = find_programme(tx, options.programme)
    if options.explain:
        return _MatchOutput(explain(_load(storage, workspace, programme), *options.explain, on_step), table=False)
    if options.decisions:
        output = _decide(app, programme, options, options.decisions, on_step)
    elif options.dry_run:
        view, changes = dry_run(_load(storage, workspace, programme), on_step)
        return _MatchOutput(view=view, changes=changes)
    else:
        output = _MatchOutput()
        if not options.release:
            run_proposals(
                storage,
                workspace,
                programme,
                by=OPERATOR,
                now=real_now,
                notify=not options.approve,
                on_loaded=lambda round_: on_step(describe_size(round_)),
                on_saving=lambda: on_step("Saving"),
            )
    released = Released()
    if options.approve or options.release:
        on_step("Sending")
        released = release(storage, workspace, programme, approving=options.approve, now=real_now)
    output.view = _load(storage, workspace, programme)
    if released.sent:
        on_step("Delivering messages")
        app.delivery.drain()
        output.after.append(
            f"Sent {plural(released.sent, 'match', 'matches')}. The owners are told that you sent them."
        )
        if released.unmatched:
            people = plural(released.unmatched, "person is", "people are")
            output.after.append(f"{people} told that there is no match for them yet.")
        if is_open := still_open(output.view.round.cohort, real_now().date()):
            output.after.append(f"{is_open} People without a match stay in the round.")
    elif (options.approve or options.release) and output.view.current:
        output.after.append("There is nothing new to send.")
    voice = Voice(output.view.round.programme, marked=False)
    for match, obstacle in released.blocked:
        why = rule_sentence(obstacle.rule, obstacle.role, voice)
        output.after.append(f"Not sent: {match.mentee} and {match.mentor}. {why}")
    return output


def _decide(app: BotApp, programme: str, options: MatchOptions, path: Path, on_step: OnStep) -> _MatchOutput:
    on_step("Applying the decisions")
    report, is_correct = apply_decisions(app.storage, app.identity.workspace, programme, path, dry_run=options.dry_run)
    after = [] if options.dry_run else list(_NEXT[options.release :])
    return _MatchOutput(report, table=False, after=after, code=0 if is_correct else SOME_LINES_WRONG)


_NEXT = (
    "To send the approved matches: mentor-bot match --release. The owners can also send them in Slack, in Matches.",
    "To match everyone else around these decisions: mentor-bot match",
)


def _print(console: Console, output: _MatchOutput) -> None:
    for line in output.before:
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    if output.view and output.table:
        print_round(console, output.view, output.changes)
    elif output.view and (summary := summarise(output.view)):
        console.print(summary, highlight=False)
    for line in output.after:
        console.print(line, markup=False, highlight=False, soft_wrap=True)
