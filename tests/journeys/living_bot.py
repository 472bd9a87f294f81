"""The bot in a process of its own, with other clocks than ours: `tests.journeys.killing` starts and kills it.

It reads moments, a line each, moves its calendar there, does and delivers all that is due by then, and answers with a
line. So it can be killed in the middle of anything.
"""

import sys
from datetime import datetime, timedelta

from bot.clocks import Clock, real_now
from bot.run import running
from bot.settings import read_settings
from tests.local_bot import _finish


class ProcessReport:
    """A calendar that stands where it was last told to stand."""

    def __init__(self, moment: str) -> None:
        self.moment = datetime.fromisoformat(moment)

    def now(self) -> datetime:
        return self.moment


def main() -> None:
    calendar, ahead = ProcessReport(sys.argv[1]), timedelta(seconds=float(sys.argv[2]))
    stopwatch: Clock = lambda: real_now() + ahead  # noqa: E731
    with running(read_settings(), calendar=calendar.now, stopwatch=stopwatch, limits=None) as bot:
        print("ready", flush=True)  # noqa: T201 - that is how it answers
        for line in sys.stdin:
            calendar.moment = datetime.fromisoformat(line.strip())
            _finish(bot._opener._threads, 8)
            _finish(bot._answers._threads, 4)
            bot.run_until_idle()
            _finish(bot._opener._threads, 8)  # what was looked for meanwhile is shown
            print("settled", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
