"""What `mentor-bot match` is asked to do."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.settings import SettingsWrong

STDOUT = "-"


@dataclass(frozen=True)
class Asked:
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
        """Raise SettingsWrong where two options are at odds, or there is no place for the spreadsheet."""
        if wrong := next(self._at_odds(), None):
            raise SettingsWrong(wrong)
        if not self.csv or self.to_stdout:
            return
        path = Path(self.csv)
        if path.exists():
            raise SettingsWrong(f"{path} is there already, perhaps with decisions in it. Please give another name.")
        if not path.parent.is_dir():
            raise SettingsWrong(f"There is no folder {path.parent} to put {path.name} into.")

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
