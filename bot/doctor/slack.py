"""The checks of what Slack lets the bot do."""

from collections.abc import Iterator

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.doctor.database import maps_profile_fields
from bot.doctor.result import CheckResult, CheckStatus, isolated
from bot.manifest import READ_PROFILE_FIELDS, SCOPES, SHARE_FILES
from bot.settings import Settings
from bot.slack import SlackAuthFailed, SlackUnreachable, ask_slack, fetch_identity, open_connection, web_client
from messages.home import neutral_view
from scheduler.delivery.slack_errors import TURNED_OFF, classify


def check_slack(settings: Settings) -> Iterator[CheckResult]:
    client = web_client(settings)
    try:
        identity = fetch_identity(client)
    except (SlackAuthFailed, SlackUnreachable) as error:
        yield CheckResult("Token", CheckStatus.ERROR, str(error))
        return
    yield CheckResult("Token", CheckStatus.OK, f"Slack accepts it in the workspace {identity.workspace_name}.")
    optional = {SHARE_FILES}
    if not maps_profile_fields(settings, identity.workspace):
        optional.add(READ_PROFILE_FIELDS)
    needed = [scope for scope in SCOPES if scope not in optional]
    missing = [scope for scope in needed if scope not in identity.scopes]
    extra = sorted(identity.scopes - set(SCOPES))
    if missing:
        do = "Put the manifest (`mentor-bot manifest`) into the app’s settings, and reinstall the app."
        yield CheckResult("Scopes", CheckStatus.ERROR, f"The token lacks {', '.join(missing)}.", do)
    elif SHARE_FILES not in identity.scopes:
        found = f"The token lacks {SHARE_FILES}, so people get no calendar files. Everything else works."
        yield CheckResult("Scopes", CheckStatus.WARNING, found, _FOR_FILES)
    elif extra:
        do = "This works. To grant only what the bot needs, reinstall the app from the manifest."
        yield CheckResult("Scopes", CheckStatus.WARNING, f"The token also has {', '.join(extra)}.", do)
    else:
        yield CheckResult("Scopes", CheckStatus.OK, "The token has exactly the scopes that it needs.")
    if settings.app_token:
        yield _app_token(client, settings.app_token)
    if settings.mentor_owners:
        yield from isolated("Home tab", _home_tab(client, settings.mentor_owners[0]))
    for owner in settings.mentor_owners:
        yield from isolated("Owners", (_owner(client, one) for one in (owner,)))


_FOR_FILES = "To share them, put the manifest (`mentor-bot manifest`) into the app’s settings, and reinstall the app."


def _app_token(client: WebClient, app_token: str) -> CheckResult:
    try:
        open_connection(client, app_token)
    except SlackAuthFailed as error:
        do = "Create a new app-level token with the scope connections:write."
        return CheckResult("App token", CheckStatus.ERROR, str(error), do)
    except SlackUnreachable as error:
        return CheckResult("App token", CheckStatus.ERROR, str(error))
    return CheckResult("App token", CheckStatus.OK, "Slack accepts it for Socket Mode.")


def _home_tab(client: WebClient, person: str) -> Iterator[CheckResult]:
    """Whether the Home tab is on. What `person` sees there stays: a publication with a wrong hash replaces nothing."""

    def publish() -> str:
        try:
            client.views_publish(user_id=person, view=neutral_view(), hash=_NO_HASH)
        except SlackApiError as error:
            return classify(error).reason
        return ""

    reason = ask_slack(publish, address=client.base_url, rejected="Slack does not let the bot publish Home ({}).")
    if reason in TURNED_OFF:
        do = "Put the manifest (`mentor-bot manifest`) into the app’s settings, and reinstall the app."
        yield CheckResult("Home tab", CheckStatus.WARNING, "It is turned off. Everything else works without it.", do)
    elif reason in ("", "hash_conflict"):
        yield CheckResult("Home tab", CheckStatus.OK, "It is on.")


_NO_HASH = "0.0"

_NOT_SHOWN = frozenset({"user_not_found", "user_not_visible", "users_not_found"})


def _owner(client: WebClient, owner: str) -> CheckResult:
    def look_up() -> dict[str, object]:
        try:
            return dict(client.users_info(user=owner)["user"])
        except SlackApiError as error:
            if classify(error).reason in _NOT_SHOWN:
                return {}
            raise

    try:
        user = ask_slack(look_up, address=client.base_url, rejected="Slack does not let the bot look up people ({}).")
    except (SlackAuthFailed, SlackUnreachable) as error:
        return CheckResult("Owners", CheckStatus.ERROR, str(error))
    if not user:
        found = f"Slack does not show {owner}, named in MENTOR_OWNERS."
        return CheckResult("Owners", CheckStatus.ERROR, found, "Copy the member id from their Slack profile, under ⋮.")
    if user.get("deleted") or user.get("is_bot"):
        problem = "is a bot" if user.get("is_bot") else "has a deactivated account"
        return CheckResult(
            "Owners", CheckStatus.ERROR, f"{owner}, named in MENTOR_OWNERS, {problem}.", "Name another person."
        )
    return CheckResult("Owners", CheckStatus.OK, f"{owner} is in the workspace.")
