"""Lost access: the app was removed from the workspace, or its token was revoked."""

from handlers.context import AppContext, SlackEvent
from storage.workspaces import APP_REMOVED


def app_uninstalled(app: AppContext, event: SlackEvent) -> None:
    """https://docs.slack.dev/reference/events/app_uninstalled"""
    _stop(app, event, APP_REMOVED)


def tokens_revoked(app: AppContext, event: SlackEvent) -> None:
    """Only for the bot's token, not for tokens of people (https://docs.slack.dev/reference/events/tokens_revoked)."""
    if (event.event.get("tokens") or {}).get("bot"):
        _stop(app, event, "tokens_revoked")


def _stop(app: AppContext, event: SlackEvent, why: str) -> None:
    """Stop sending and running jobs for the workspace. Nothing is deleted, and a start with access resumes.

    Ignores unknown workspaces: Bolt accepts these events for any workspace, since the token may be gone.
    """
    if event.workspace not in app.storage.workspaces():
        return
    with app.storage.begin(event.workspace) as tx:
        tx.access.revoke_access(why, event.now)
