"""Calls in process, without a server or a thread."""

from datetime import UTC, datetime

from sandbox import Calendar, Member, Sandbox

_MANIFEST = {
    "features": {"bot_user": {"display_name": "bot"}, "app_home": {"messages_tab_enabled": True}},
    "oauth_config": {"scopes": {"bot": ["chat:write", "im:write"]}},
}


def _slack(seconds: list[float] | None = None) -> Sandbox:
    passed = seconds or [0.0]
    calendar = Calendar(datetime(2027, 1, 4, tzinfo=UTC))
    people = [Member("U0ADA", "ada", "Ada Adams")]
    return Sandbox(_MANIFEST, people, calendar=calendar, stopwatch=lambda: passed[0], own_messages=False)


def test_a_call_in_process_is_performed_and_recorded() -> None:
    slack = _slack()
    opened = slack.call("conversations.open", {"users": "U0ADA"}, slack.bot_token)
    channel = opened.body["channel"]["id"]
    posted = slack.call("chat.postMessage", {"channel": channel, "text": "Hello"}, slack.bot_token)
    assert posted.status == 200
    assert [message["text"] for message in slack.person("U0ADA").inbox()] == ["Hello"]
    assert [(call.method, call.ok) for call in slack.calls] == [
        ("conversations.open", True),
        ("chat.postMessage", True),
    ]


def test_a_call_in_process_is_refused_as_slack_refuses_it() -> None:
    slack = _slack()
    assert slack.call("chat.postMessage", {"channel": "D1", "text": "Hello"}, "wrong").body["error"] == "invalid_auth"
    missing = slack.call("users.info", {"user": "U0ADA"}, slack.bot_token)
    assert (missing.body["error"], missing.body["needed"]) == ("missing_scope", "users:read")
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": ""}}]
    illegal = slack.call("chat.postMessage", {"channel": "U0ADA", "text": "x", "blocks": blocks}, slack.bot_token)
    assert illegal.body["error"] == "invalid_blocks"


def test_rate_limits_follow_the_stopwatch() -> None:
    seconds = [100.0]
    slack = _slack(seconds)

    def post() -> tuple[int, str]:
        answered = slack.call("chat.postMessage", {"channel": "U0ADA", "text": "Hello"}, slack.bot_token)
        return answered.status, answered.headers.get("Retry-After", "")

    assert [post()[0] for _ in range(5)] == [200, 200, 200, 200, 429]
    assert post() == (429, "1")
    seconds[0] += 1.0
    assert post() == (200, "")
