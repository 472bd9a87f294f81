"""Whether Slack lets us in: the app was removed from the workspace, or its tokens were revoked."""

from handlers.context import AppContext, SlackEvent
from storage.workspaces import APP_REMOVED


def app_uninstalled(desk: AppContext, news: SlackEvent) -> None:
    """https://docs.slack.dev/reference/events/app_uninstalled"""
    _stop(desk, news, APP_REMOVED)


def tokens_revoked(desk: AppContext, news: SlackEvent) -> None:
    """Our own token, and not that of somebody who had signed in with the app
    (https://docs.slack.dev/reference/events/tokens_revoked).
    """
    if (news.event.get("tokens") or {}).get("bot"):
        _stop(desk, news, "tokens_revoked")


def _stop(desk: AppContext, news: SlackEvent, why: str) -> None:
    """Nothing is deleted: the next start that Slack lets in goes on from there.

    Bolt authorizes these events for any workspace, since the token may be gone: so one that is none of ours is left.
    """
    if news.workspace not in desk.storage.workspaces():
        return
    with desk.storage.begin(news.workspace) as tx:
        tx.access.stop(why, news.now)
