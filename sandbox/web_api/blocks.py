"""blocks.validate: https://docs.slack.dev/reference/methods/blocks.validate"""

from collections.abc import Iterable

from sandbox.block_kit import Problem, check_message, check_view
from sandbox.errors import MissingArgumentError, SlackError
from sandbox.types import JSON
from sandbox.web_api.method import SPECIAL, Args, Method, MethodContext

_KINDS = ("blocks", "message", "view")
_ONE_OF_THEM = "must provide exactly one of `blocks`, `view`, or `message`"


def validate(context: MethodContext, args: Args) -> JSON:
    """Check a payload that is sent nowhere. The errors have no `constraint`, which Slack adds."""
    given = [kind for kind in _KINDS if kind in args]
    if len(given) != 1:
        raise SlackError("invalid_arguments", [_ONE_OF_THEM])
    (kind,) = given
    if found := list(_problems(kind, args)):
        raise SlackError(f"invalid_{kind}", extra={"errors": found})
    return {}


def _problems(kind: str, args: Args) -> Iterable[JSON]:
    if kind == "blocks":
        blocks = args.values["blocks"]
        return _errors(check_message({"text": "-", "blocks": blocks}), "/blocks")
    payload = args.object(kind)
    if payload is None:
        raise MissingArgumentError(kind)
    return _errors(check_message(payload), "") if kind == "message" else _errors(check_view(payload, None), "/view")


def _errors(problems: Iterable[Problem], root: str) -> Iterable[JSON]:
    """With pointers from the given payload on."""
    for problem in problems:
        pointer = problem.pointer.removeprefix(root)
        yield {"code": "failed_constraint", "message": problem.message, "pointer": pointer}


METHODS = (Method("blocks.validate", validate, SPECIAL),)
