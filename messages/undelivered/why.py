"""Why a message did not arrive, in words, and what an owner can do about it."""

from mentoring.notifications.undelivered import Fate, Undelivered
from messages.voice import Voice

_UNKNOWN_TO_SLACK = "Slack does not know this person any more, or does not show them to us"
_SHUT = "the conversation with them is closed to us"
_OURS = "we could not write it, and the fault is ours"
_NOT_ALLOWED = "a setting of your workspace does not let us write there"

_WHY = {
    "user_not_found": _UNKNOWN_TO_SLACK,
    "users_not_found": _UNKNOWN_TO_SLACK,
    "user_not_visible": _UNKNOWN_TO_SLACK,
    "user_disabled": "their Slack account is switched off",
    "account_inactive_user": "their Slack account is switched off",
    "cannot_dm_bot": "this is an app and not a person",
    "invalid_user_combination": "Slack does not let these two be in a conversation with us",
    "channel_not_found": _SHUT,
    "not_in_channel": _SHUT,
    "is_archived": _SHUT,
    "restricted_action": _NOT_ALLOWED,
    "messages_tab_disabled": "the Messages tab of this app is switched off",
    "too-much-to-read": "the connection broke off, and too much was written since to find it again",
    "missing_scope": "the connection broke off, and this app may not look whether it arrived",
}
_SETTINGS = frozenset({"restricted_action", "messages_tab_disabled", "missing_scope"})
_PEOPLE = frozenset({_UNKNOWN_TO_SLACK, _SHUT, _WHY["user_disabled"], _WHY["cannot_dm_bot"]})


def why(item: Undelivered) -> str:
    """Half a sentence, in mrkdwn, without its full stop."""
    if item.fate is Fate.UNDECIDED:
        return _WHY.get(item.why, "the connection broke off, and Slack does not let us look whether it arrived")
    return _WHY.get(item.why, _OURS)


def advice(item: Undelivered, voice: Voice) -> str:
    """What to do: a sentence in mrkdwn."""
    if item.why in _SETTINGS:
        return "Whoever looks after Slack at your place can change that; then send it again."
    if item.fate is Fate.UNDECIDED:
        return "Please ask them whether they have it. If not, send it again."
    if why(item) in _PEOPLE:
        return "Please tell them another way, and send it again once Slack knows them."
    if item.why == "invalid_user_combination":
        return "Please introduce them another way."
    return f"Please tell whoever runs this app: the log has more, at notice {item.id} (`{item.why}`)."
