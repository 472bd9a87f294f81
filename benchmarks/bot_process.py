"""The bot as a process of its own, and the local Slack that it serves."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from enum import StrEnum
from pathlib import Path

from benchmarks.filling import OWNER
from bot.http_server import PATH
from bot.manifest import manifest
from sandbox import Member, Sandbox

PATIENCE = 30.0
"""Seconds that the bot may take to start."""
_BOT = Path(sys.executable).with_name("mentor-bot")


class Way(StrEnum):
    """How requests reach the bot."""

    HTTP = "HTTP"
    SOCKET_MODE = "Socket Mode"


@contextmanager
def serving(folder: Path, way: Way, users: list[str]) -> Iterator[tuple[Sandbox, int]]:
    """A Slack with these people and an owner, its bot that has started and has nothing to do, and the bot's port."""
    port = _free_port()
    slack = Sandbox(
        manifest(),
        [Member(user, user.lower(), user) for user in (OWNER, *users)],
        rate_limits=False,
        request_url=f"http://127.0.0.1:{port}{PATH}" if way is Way.HTTP else None,
    )
    with slack, _bot(slack, folder, way, port):
        slack.person(OWNER).await_message(timeout=PATIENCE)
        yield slack, port


@contextmanager
def _bot(slack: Sandbox, folder: Path, way: Way, port: int) -> Iterator[None]:
    """`mentor-bot run`, killed in the end, for it would wait for what Slack does not answer."""
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(Path(__file__).parents[1]),  # this checkout, whichever is installed
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_API_URL": slack.api_url,
        "SLACK_APP_TOKEN": slack.app_token if way is Way.SOCKET_MODE else "",
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "MENTOR_OWNERS": OWNER,
        "PORT": str(port),
    }
    with (folder / "log").open("w") as log:
        process = subprocess.Popen([_BOT, "run"], env=environment, cwd=folder, stderr=log)  # noqa: S603 - our own
        try:
            _await_ready(process, folder / "log")
            yield
        finally:
            process.kill()
            process.wait()


def _await_ready(process: "subprocess.Popen[bytes]", log: Path) -> None:
    while "Ready: " not in (said := log.read_text()):
        try:
            process.wait(0.05)
        except subprocess.TimeoutExpired:
            continue
        raise RuntimeError(f"The bot has ended: {said}")


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
