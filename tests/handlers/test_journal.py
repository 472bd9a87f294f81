"""What the local Slack's calendar says has happened, in the words of the programme."""

from collections import Counter

from tests.handlers.starting_points import CHECK_IN_DAY, introduced, later
from tests.handlers.support import direct_messages
from tests.local_bot import LocalBot
from tests.sandbox.page.test_api import ask

ADA, BEN = "U0ADA", "U0BEN"


def test_what_the_bot_sent_by_itself_is_counted_by_what_it_is(town: LocalBot) -> None:
    introduced(town, ADA, BEN)
    later(town, days=CHECK_IN_DAY)
    posts = [post for entry in ask(town.slack, "/sandbox/calendar")["journal"] for post in entry["posts"]]
    for user in (ADA, BEN):
        counts = Counter(post["singular"] for post in posts if post["people"] == [user])
        assert counts["check-in"] == 1
        assert counts["reminder to meet"] > 1
        assert counts["message"] == 0
    [asked] = [post for post in posts if post["singular"] == "check-in" and post["people"] == [ADA]]
    sent = next(message for message in direct_messages(town, ADA) if message["ts"] == asked["ts"])
    assert sent["text"] == "How is it going? A three-minute check-in"
