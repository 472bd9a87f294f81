"""Signs requests as Slack does (docs.slack.dev/authentication/verifying-requests-from-slack)."""

import hashlib
import hmac

from sandbox.clocks import real_now


def signed_headers(body: bytes, content_type: str, signing_secret: str) -> dict[str, str]:
    """The headers of a signed request to the app. The timestamp is the real time, so that the app accepts it."""
    timestamp = str(int(real_now().timestamp()))
    base = b"v0:" + timestamp.encode() + b":" + body
    signature = hmac.new(signing_secret.encode(), base, hashlib.sha256).hexdigest()
    return {
        "Content-Type": content_type,
        "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        "Accept": "application/json,*/*",
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": f"v0={signature}",
    }
