"""`mentor-bot match`: what the owners do at their desk, on the command line and in a spreadsheet."""

from bot.match.command import Asked, match

__all__ = ["Asked", "match"]
