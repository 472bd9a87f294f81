"""`mentor-bot doctor`: check the settings, the database and Slack, and print the results with what to do."""

from bot.doctor.report import print_report, run_checks
from bot.doctor.result import CheckResult, CheckStatus

__all__ = ["CheckResult", "CheckStatus", "print_report", "run_checks"]
