"""The Bolt app: one workspace, an answer within the acknowledgement, no call to Slack on the way in."""

import logging

from slack_bolt import App, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.error import BoltUnhandledRequestError
from slack_sdk import WebClient

from bot.settings import Settings
from bot.slack import Identity
from handlers import Desk, register
from handlers.drafts import report

log = logging.getLogger(__name__)


def slack_app(settings: Settings, identity: Identity, client: WebClient, desk: Desk) -> App:
    """An app that answers for `identity`'s workspace alone."""
    quiet = logging.getLogger("slack_bolt.mentor-bot")
    quiet.setLevel(logging.ERROR)  # its warnings are about an environment that is as we want it
    us = AuthorizeResult(
        enterprise_id=None,
        team_id=identity.workspace,
        bot_id=identity.bot_id,
        bot_user_id=identity.bot_user_id,
        bot_token=settings.bot_token,
    )

    def authorize(team_id: str | None) -> AuthorizeResult | None:
        return us if team_id == identity.workspace else None

    app = App(
        name="mentor-bot",
        logger=quiet,
        client=client,
        authorize=authorize,  # type: ignore[arg-type]  # None: not ours
        signing_secret=settings.signing_secret or "socket-mode-needs-none",
        process_before_response=True,
        raise_error_for_unhandled_request=True,
        user_facing_authorize_error_message="This app is not set up for your workspace.",
    )

    @app.error
    def nobody_handled_it(error: Exception) -> BoltResponse:
        if isinstance(error, BoltUnhandledRequestError):
            log.info("Slack sent something that we do not use: %s", error.request.body.get("type"))
        else:
            report(error)
        return BoltResponse(status=200, body="")

    register(app, desk)
    return app
