"""`mentor-bot match`, from what was asked to what is printed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from rich.console import Console

from bot.house import House
from bot.match import acts
from bot.match.asked import Asked
from bot.match.changes import Changes, dry_run
from bot.match.explaining import explain
from bot.match.progress import Tell, working
from bot.match.ruling import rule_by_sheet
from bot.match.sheet import sheet_of, write, write_to_stdout
from bot.match.sight import Sight
from bot.match.table import how_many, print_round
from bot.settings import Settings
from messages.text import plural
from storage import Storage

SOME_LINES_WRONG = 1


@dataclass
class _Answer:
    """What is printed: the `sight` as a table, or one line for all of it, and `said` above and `after` below it."""

    said: list[str] = field(default_factory=list)
    sight: Sight | None = None
    changes: Changes | None = None
    table: bool = True
    after: list[str] = field(default_factory=list)
    code: int = 0


def match(settings: Settings, asked: Asked, *, out: Console, aside: Console) -> int:
    """Do what is asked for as the operator, and print it on `out`; `aside` shows what is being done, and what is said
    where `out` is for the spreadsheet alone. Returns the exit code.

    Raises SettingsWrong where there is nothing to match or something to mend first, SlackRefuses, SlackUnreachable,
    DatabaseUnusable.
    """
    asked.check()
    with working(aside) as tell, _at_work(settings, asked) as house:
        answer = _answer(house, asked, tell)
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
def _at_work(settings: Settings, asked: Asked) -> Iterator[House]:
    """The house, with the database up to date; nobody is founded or named where we only look."""
    storage = Storage(settings.database_url.get_secret_value(), create=not asked.only_looks)
    house = None
    try:
        house = House(settings, storage)
        if asked.only_looks:
            storage.migrate()
        else:
            house.found()
        yield house
    finally:
        if house:
            house.stop()
        storage.close()


def _answer(house: House, asked: Asked, tell: Tell) -> _Answer:
    storage, workspace = house.storage, house.identity.workspace
    if asked.explain:
        return _Answer(explain(acts.seen(storage, workspace), *asked.explain, tell), table=False)
    if asked.decisions:
        answer = _decide(house, asked, tell)
    elif asked.dry_run:
        sight, changes = dry_run(acts.seen(storage, workspace), tell)
        return _Answer(sight=sight, changes=changes)
    else:
        answer = _Answer()
        if not asked.release:
            acts.propose(storage, workspace, tell, quietly=asked.approve)
    released, unmatched = 0, 0
    if asked.approve or asked.release:
        tell("Releasing")
        released, unmatched = acts.release(storage, workspace, approving=asked.approve)
    answer.sight = acts.seen(storage, workspace)
    if released:
        tell("Telling people")
        house.delivery.drain()
        answer.after.append(f"Released {released}. The owners are told that it was done here.")
        if unmatched:
            words = plural(unmatched, "person has", "people have")
            answer.after.append(f"{words} nobody yet; they are told so kindly.")
    elif (asked.approve or asked.release) and answer.sight.shown:
        answer.after.append("There was nothing new to release.")
    return answer


def _decide(house: House, asked: Asked, tell: Tell) -> _Answer:
    assert asked.decisions  # noqa: S101 - asked for
    tell("Going by the decisions")
    said, is_right = rule_by_sheet(house.storage, house.identity.workspace, asked.decisions, dry_run=asked.dry_run)
    after = [] if asked.dry_run else [f"`mentor-bot match{how}" for how in _NEXT[asked.release :]]
    return _Answer(said, table=False, after=after, code=0 if is_right else SOME_LINES_WRONG)


_NEXT = (
    " --release` asks everyone whose match is approved, as the owners may do at their desk.",
    "` looks for the best matches for all others, around what is decided.",
)


def _print(console: Console, answer: _Answer) -> None:
    for line in answer.said:
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    if answer.sight and answer.table:
        print_round(console, answer.sight, answer.changes)
    elif answer.sight and (words := how_many(answer.sight)):
        console.print(words, highlight=False)
    for line in answer.after:
        console.print(line, markup=False, highlight=False, soft_wrap=True)
