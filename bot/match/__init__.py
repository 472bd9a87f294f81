"""`mentor-bot match`: what the owners do at their desk, on the command line and in a spreadsheet."""

from bot.match.asked import Asked
from bot.match.command import match

__all__ = ["Asked", "match"]
