"""`mentor-bot match`: proposals and the owners' decisions, on the command line and in a spreadsheet."""

from bot.match.command import MatchOptions, match

__all__ = ["MatchOptions", "match"]
