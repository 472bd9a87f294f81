"""The doctor's findings as a table."""

from rich.console import Console
from rich.table import Table

from bot.doctor import TO_TICK, Verdict, examine

_MARKS = {Verdict.RIGHT: "[green]✓[/]", Verdict.LOOK: "[yellow]![/]", Verdict.WRONG: "[red]✗[/]"}


def print_checkup() -> int:
    """Print the table and the list to tick. Returns the exit code: 1 where something is wrong."""
    console = Console()
    table = Table("", "What", "How it is", "What to do")
    worst_is_wrong = False
    for finding in examine():
        worst_is_wrong |= finding.verdict is Verdict.WRONG
        table.add_row(_MARKS[finding.verdict], finding.what, finding.says, finding.do)
    console.print(table)
    console.print("\nWhat only you can see, at https://api.slack.com/apps:")
    for line in TO_TICK:
        console.print(f"  ☐ {line}", markup=False)
    return 1 if worst_is_wrong else 0
