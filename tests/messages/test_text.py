import html
import re
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from messages import text as words
from messages.text import escape, join, length, link, mention, plural, shorten

LONDON = ZoneInfo("Europe/London")
TEA = datetime(2027, 3, 2, 15, 30, tzinfo=LONDON)

# What Slack brings to life in mrkdwn: a token in angle brackets, a broadcast, a fence, a quoted line.
ALIVE = re.compile(r"<|>|(?<!\w)@(?:channel|everyone|here)\b|```|^\s*(?:&gt;|>)", re.IGNORECASE | re.MULTILINE)

PIECES = ["<!channel>", "<@U012345>", "<https://a.org|b>", "@here", "@Channel", "```", ">", "&gt;", "&", "a", "*", "🌱"]
typed = st.text() | st.lists(st.sampled_from([*PIECES, *" \n\r\u2028\u202e\x00"]), max_size=12).map("".join)


@given(typed)
@example("<!channel> <@U012345> <https://evil.example|bank>")
@example("@here\n> quoted\n\r```")
@example("@\x00channel")
def test_nothing_that_people_type_comes_alive(text: str) -> None:
    assert not ALIVE.search(escape(text))


@given(st.text(st.characters(categories=["L", "N", "P", "Z"], exclude_characters="@>`\x85\u2028\u2029")))
def test_ordinary_words_read_the_same_after_escaping(text: str) -> None:
    assert html.unescape(escape(text)) == text or "&" in text


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("Q&A: 1 < 2 > 0", "Q&amp;A: 1 &lt; 2 &gt; 0"),
        ("&amp;", "&amp;amp;"),
        ("*bold* _it_ ~old~ `code`", "*bold* _it_ ~old~ `code`"),
        ("@channel and @here, not ann@here.org or @hereford", "＠channel and ＠here, not ann@here.org or @hereford"),
        ("```rm```", "ˋˋˋrmˋˋˋ"),
        ("> one\n  >>> two\n3 > 2", "› one\n  ››› two\n3 &gt; 2"),
        ("one\r\ntwo\u2028three", "one\ntwo\nthree"),
        ("tab\tstays, bell\x07 goes", "tab\tstays, bell goes"),
        ("ab\u202etxt.exe", "abtxt.exe"),
        ("👩‍🏫 Zoë 王", "👩‍🏫 Zoë 王"),
    ],
)
def test_what_people_type_keeps_its_words(text: str, escaped: str) -> None:
    assert escape(text) == escaped


def test_a_person_is_mentioned_by_id() -> None:
    assert mention("U02ABCDEF") == "<@U02ABCDEF>"


def test_who_was_erased_has_left() -> None:
    assert mention("") == "someone who has left"


@pytest.mark.parametrize("user_id", ["ann", "C012345", "U1|ann", "U012345>", "!channel", "u012345", "U012345\n"])
def test_nothing_but_an_id_is_mentioned(user_id: str) -> None:
    with pytest.raises(ValueError, match="not the id"):
        mention(user_id)


@pytest.mark.parametrize(
    ("url", "label", "linked"),
    [
        ("https://example.org/a?b=1&c=2", "Notes", "<https://example.org/a?b=1&amp;c=2|Notes>"),
        ("http://example.org", "", "<http://example.org>"),
        ("mailto:ann@example.org", "Ann", "<mailto:ann@example.org|Ann>"),
        ("https://example.org/a|b>c", "<!here>", "<https://example.org/a%7Cb%3Ec|&lt;!here&gt;>"),
        ("https://example.org", "two\nlines", "<https://example.org|two lines>"),
    ],
)
def test_an_address_is_linked(url: str, label: str, linked: str) -> None:
    assert link(url, label) == linked


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org",
        "javascript:alert(1)",
        "slack://open",
        "https://",
        "mailto:",
        "https://a.org/b c",
        "ht\ntps://a",
    ],
)
def test_no_other_address_is_linked(url: str) -> None:
    with pytest.raises(ValueError, match="address"):
        link(url, "Go")


@given(st.text(), st.text())
def test_a_link_is_one_link_whatever_is_in_it(path: str, label: str) -> None:
    try:
        linked = link("https://example.org/" + path, label)
    except ValueError:
        return
    assert re.fullmatch(r"<https://example\.org/[^<>|\s]*(\|[^<>\n]+)?>", linked)


def test_a_moment_is_shown_by_each_readers_clock() -> None:
    assert words.date(TEA, "{date_long} at {time}") == (
        "<!date^1804001400^{date_long} at {time}|Tuesday 2 March 2027 at 15:30 (GMT)>"
    )


def test_the_same_moment_is_the_same_date_from_any_zone() -> None:
    assert words.date(TEA, "time", "half past three") == words.date(TEA.astimezone(UTC), "time", "half past three")


def test_a_fallback_is_escaped() -> None:
    assert words.date(TEA, "date", "<!here>\n>").endswith("|&lt;!here&gt; ›>")


@pytest.mark.parametrize(
    ("style", "written"),
    [
        ("date_num", "2027-03-02"),
        ("date", "2 March 2027"),
        ("date_short", "2 Mar 2027"),
        ("date_long", "Tuesday 2 March 2027"),
        ("date_long_pretty", "Tuesday 2 March 2027"),
        ("by {date_short} at the latest", "by 2 Mar 2027 at the latest"),
    ],
)
def test_a_day_is_written_out_so_that_no_zone_moves_it(style: str, written: str) -> None:
    assert words.date(date(2027, 3, 2), style) == written


@pytest.mark.parametrize(
    ("when", "style"),
    [
        (datetime(2027, 3, 2, 15, 30), "date"),  # noqa: DTZ001 - a naive one, to be refused
        (TEA, "date_roman"),
        (TEA, "{date_long} at {clock}"),
        (TEA, "{date_long} at {time"),
        (TEA, "{date}^https://evil.example"),
        (TEA, "{date}|now"),
        (date(2027, 3, 2), "time"),
        (date(2027, 3, 2), "{date} at {time}"),
    ],
)
def test_a_date_that_cannot_be_shown_is_refused(when: datetime | date, style: str) -> None:
    with pytest.raises(ValueError, match=r"a moment|a style"):
        words.date(when, style)


TOKENS = re.compile(r"<[^<>]*>|&(?:amp|lt|gt);")


@given(st.text(), st.integers(1, 80))
def test_nothing_shortened_is_longer_than_the_limit(text: str, limit: int) -> None:
    assert length(shorten(text, limit)) <= limit


@given(st.text(), st.integers(1, 80))
def test_what_fits_is_left_alone(text: str, limit: int) -> None:
    shortened = shorten(text, limit)
    assert (shortened == text) == (length(text) <= limit) or text.endswith("…")


@given(
    st.lists(st.sampled_from(["<@U012345>", "<https://a.org|two words>", "&amp;", "&lt;", " ", "word", "🌱"])),
    st.integers(1, 60),
)
def test_no_mention_link_or_escape_is_cut_in_two(parts: list[str], limit: int) -> None:
    shortened = shorten("".join(parts), limit)
    assert not re.search(r"[<>&]", TOKENS.sub("", shortened))


@pytest.mark.parametrize(
    ("text", "limit", "shortened"),
    [
        ("Plan the first meeting", 22, "Plan the first meeting"),
        ("Plan the first meeting", 21, "Plan the first…"),
        ("Plan the first meeting", 15, "Plan the first…"),
        ("Plan, the first", 6, "Plan…"),
        ("Extraordinarily", 6, "Extra…"),
        ("A extraordinarily", 9, "A extrao…"),
        ("Q&amp;A", 5, "Q…"),
        ("With <@U012345> today", 12, "With…"),
        ("👩‍🏫👩‍🏫", 6, "👩‍🏫…"),
        ("🇬🇧🇫🇷", 6, "🇬🇧…"),
        ("zoe\u0308e", 4, "zo…"),
        ("one\n\ntwo three", 6, "one…"),
        ("long", 1, "…"),
    ],
)
def test_words_are_shortened_between_words(text: str, limit: int, shortened: str) -> None:
    assert shorten(text, limit) == shortened


def test_nothing_is_shortened_to_nothing() -> None:
    with pytest.raises(ValueError, match="less than one"):
        shorten("Hello", 0)


@pytest.mark.parametrize(
    ("items", "joined"),
    [
        ([], ""),
        (["Ann"], "Ann"),
        (["Ann", "Bea"], "Ann and Bea"),
        (("Ann", "Bea", "Cy"), "Ann, Bea and Cy"),
    ],
)
def test_names_are_joined_into_a_sentence(items: list[str], joined: str) -> None:
    assert join(items) == joined


def test_names_are_joined_by_another_word() -> None:
    assert join(["Monday", "Tuesday"], "or") == "Monday or Tuesday"


@pytest.mark.parametrize(("count", "said"), [(0, "0 days"), (1, "1 day"), (2, "2 days"), (1200, "1,200 days")])
def test_a_count_says_one_or_many(count: int, said: str) -> None:
    assert plural(count, "day", "days") == said


ON_SOMEBODYS_CLOCK = {
    "messages/times.py": "of a moment that was put on the reader's clock",
    "messages/matching/offers.py": "the same",
    "messages/partnerships/summary.py": "from the introduction to the end, which count in UTC",
    "messages/errors/partnerships.py": "in plain text, which says that it is UTC",
}
"""Each module of messages that takes the day of a moment, and why it is the right one."""


def test_the_day_of_a_moment_is_that_of_the_readers_clock() -> None:
    """Nearly everything is kept in UTC, where it is still yesterday for half of a working day in New Zealand."""
    root = Path(__file__).parents[2]
    found = {
        path.relative_to(root).as_posix()
        for path in (root / "messages").rglob("*.py")
        if ".date()" in path.read_text(encoding="utf-8")
    }
    assert found == set(ON_SOMEBODYS_CLOCK)
