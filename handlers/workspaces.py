"""Whether Slack lets us in: the app was removed from the workspace, or its tokens were revoked."""

from handlers.context import AppContext, SlackEvent
from storage.workspaces import APP_REMOVED


def app_uninstalled(app: AppContext, event: SlackEvent) -> None:
    """https://docs.slack.dev/reference/events/app_uninstalled"""
    _stop(app, event, APP_REMOVED)


def tokens_revoked(app: AppContext, event: SlackEvent) -> None:
    """Our own token, and not that of somebody who had signed in with the app
    (https://docs.slack.dev/reference/events/tokens_revoked).
    """
    if (event.event.get("tokens") or {}).get("bot"):
        _stop(app, event, "tokens_revoked")


def _stop(app: AppContext, event: SlackEvent, why: str) -> None:
    """Nothing is deleted: the next start that Slack lets in goes on from there.

    Bolt authorizes these events for any workspace, since the token may be gone: so one that is none of ours is left.
    """
    if event.workspace not in app.storage.workspaces():
        return
    with app.storage.begin(event.workspace) as tx:
        tx.access.revoke_access(why, event.now)
