"""`mentor-bot match`: what the owners do at their desk, on the command line and in a spreadsheet."""

from bot.match.command import MatchOptions, match

__all__ = ["MatchOptions", "match"]
