"""Mrkdwn: escaping what people typed, mentions, dates, links, and shortening.

All functions return mrkdwn, Slack's markup (https://docs.slack.dev/messaging/formatting-message-text); `length`,
`shorten`, `join` and `plural` also work with plain text.
"""

import re
from collections.abc import Sequence
from datetime import date as Date
from datetime import datetime
from urllib.parse import urlsplit

_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_LINE_BREAK = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# Control characters, surrogates, and marks that change the text direction.
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
_BROADCAST = re.compile(r"(?<!\w)@(?=(?:channel|everyone|here)\b)", re.IGNORECASE)
_FENCE = re.compile(r"`{3,}")
_QUOTE = re.compile(r"^([^\S\n]*)(>+)", re.MULTILINE)

_USER_ID = re.compile(r"[UW][A-Z0-9]{2,}")
_URL_BREAKERS = str.maketrans({"|": "%7C", "<": "%3C", ">": "%3E", '"': "%22", "&": "&amp;"})

# Never cut inside these: a mention, link or date; an escape; a character with its combining characters.
_ATOM = re.compile(
    "<(?:[@#!]|https?:|mailto:)[^<>\n]*>|&(?:amp|lt|gt);|[\U0001f1e6-\U0001f1ff]{2}"
    "|(?s:.)(?:\u200d(?s:.)|[\u0300-\u036f\u200d\u20d0-\u20ff\ufe00-\ufe0f\U0001f3fb-\U0001f3ff])*"
)

_DAY_STYLES = {
    "date_num": "{when:%Y-%m-%d}",
    "date": "{when.day} {when:%B %Y}",
    "date_short": "{when.day} {when:%b %Y}",
    "date_long": "{when:%A} {when.day} {when:%B %Y}",
}
_DAY_STYLES |= {f"{name}_pretty": words for name, words in _DAY_STYLES.items() if name != "date_num"}
_TIME_STYLES = {"time": "{when:%H:%M}", "time_secs": "{when:%H:%M:%S}"}
_STYLE_NAME = re.compile(r"\{([a-z_]*)\}")


def escape(text: str) -> str:
    """Text that a person typed, as mrkdwn that reads the same and has no effect.

    Slack documents escapes for `&`, `<` and `>` only. Three more things have effects beyond their words and no escape:
    `@channel`, `@here` and `@everyone`, which Slack may link; a fence of backticks, which would swallow the lines after
    it; and `>` at the start of a line, which quotes even when escaped. They are replaced by look-alikes (`＠`, `ˋ`,
    `›`), since an invisible character would surprise people who copy the text or hear it read. `*`, `_`, `~` and single
    backticks stay: people use them in Slack, and they affect their own line only.

    Call it once: an escaped `&amp;` would be escaped again. plain_text needs no escaping.
    """
    text = without_controls(text)
    text = _BROADCAST.sub("＠", text)
    text = _FENCE.sub(lambda run: "ˋ" * len(run.group()), text)
    text = _QUOTE.sub(lambda start: start.group(1) + "›" * len(start.group(2)), text)
    return text.translate(_ENTITIES)


def without_controls(text: str) -> str:
    """The text without control characters and marks that change the direction, and with one kind of line break."""
    return _UNPRINTABLE.sub("", _LINE_BREAK.sub("\n", text))


GONE = "someone who has left"


def mention(user_id: str) -> str:
    """`<@U…>`, which Slack shows as the person's name and which notifies them. Raises ValueError for an invalid id.

    An erased person has no id: "" reads as somebody who has left.
    """
    if not user_id:
        return GONE
    if not _USER_ID.fullmatch(user_id):
        raise ValueError("not the id of a person in Slack")
    return f"<@{user_id}>"


def link(url: str, label: str = "") -> str:
    """`<url|label>` for http, https and mailto; without a label, the address itself. Raises ValueError for other
    schemes.

    The label is escaped here.
    """
    if re.search(r"\s", url) or _UNPRINTABLE.search(url):
        raise ValueError("an address has no spaces and no control characters")
    parts = urlsplit(url)
    goes_somewhere = bool(parts.netloc) if parts.scheme in ("http", "https") else bool(parts.path)
    if parts.scheme not in ("http", "https", "mailto") or not goes_somewhere:
        raise ValueError("not an http, https or mailto address")
    words = _one_line(label)
    return f"<{url.translate(_URL_BREAKERS)}|{words}>" if words else f"<{url.translate(_URL_BREAKERS)}>"


def date(when: datetime | Date, style: str = "date_long", fallback: str = "") -> str:
    """A time in each reader's time zone, or a date without a time zone.

    `style` is one of Slack's (`date_num`, `date`, `date_short`, `date_long`, each but the first also with `_pretty`,
    `time`, `time_secs`), or a sentence with some of them in braces: `"{date_long} at {time}"`.

    An aware datetime becomes `<!date^…>`, and Slack puts it into the reader's zone. `fallback` is read where Slack
    cannot (old clients, some notifications); left out, it is the same sentence in the zone of `when`, which it names.
    A plain date is written out in words, without Slack's token: a token holds a moment, and as zones span 26 hours no
    moment falls on the same day everywhere. Raises ValueError for a naive datetime, an unknown style, or a date's time.
    """
    template = style if "{" in style else f"{{{style}}}"
    if isinstance(when, datetime):
        if when.utcoffset() is None:
            raise ValueError("a moment needs a time zone")
        plain = _spell(template, when, _DAY_STYLES | _TIME_STYLES)
        words = _one_line(fallback) or _one_line(f"{plain} ({when:%Z})")
        token = template.translate(_ENTITIES)
        if re.search(r"[\^|\n]", token):
            raise ValueError("a style has no ^, | or line break")
        return f"<!date^{int(when.timestamp())}^{token}|{words}>"
    return escape(_spell(template, when, _DAY_STYLES))


def length(text: str) -> int:
    """The number of characters as Slack counts them, including escapes, mentions and links in their written form.

    Slack does not document whether an emoji counts as one character or, as in JavaScript, as two. Two is always safe.
    """
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def shorten(text: str, limit: int) -> str:
    """`text` within `limit` characters (see `length`), cut between words and ended with "…" if it had to be cut.

    Takes mrkdwn that is already escaped, or plain text. Never cuts an escape, a mention, a link, a date or a joined
    emoji in two. A word that alone fills half the room is cut inside. Raises ValueError for a limit under 1.
    """
    if limit < 1:
        raise ValueError("nothing fits into less than one character")
    if length(text) <= limit:
        return text
    kept, room, boundary = 0, limit - 1, 0
    for atom in _ATOM.finditer(text):
        if atom.group().isspace():
            boundary = kept
        room -= length(atom.group())
        if room < 0:
            break
        kept = atom.end()
    if not text[kept : kept + 1].isspace() and boundary * 2 >= kept:
        kept = boundary
    return text[:kept].rstrip().rstrip(",") + "…"


def clusters(text: str) -> list[str]:
    """The characters as people see them: an emoji of several parts, or a letter with its marks, is one."""
    return [each.group() for each in _ATOM.finditer(text)]


def join(items: Sequence[str], word: str = "and") -> str:
    """`"a, b and c"`, or "" for no items. Items are not escaped."""
    *firsts, last = items or [""]
    return f"{', '.join(firsts)} {word} {last}" if firsts else last


def plural(count: int, one: str, many: str) -> str:
    """`plural(3, "meeting", "meetings")` is `"3 meetings"`."""
    return f"{count:,} {one if count == 1 else many}"


def _one_line(text: str) -> str:
    return " ".join(escape(text).split())


def _spell(template: str, when: datetime | Date, styles: dict[str, str]) -> str:
    def words(name: re.Match[str]) -> str:
        if name.group(1) not in styles:
            raise ValueError("a style Slack does not have, or a time of day asked of a date")
        return styles[name.group(1)].format(when=when)

    spelt = _STYLE_NAME.sub(words, template)
    if re.search(r"[{}]", spelt):
        raise ValueError("a style Slack does not have")
    return spelt


def address(url: str, label: str) -> str:
    """A link in mrkdwn, or the text itself if it is not an address."""
    try:
        return link(url, label)
    except ValueError:
        return escape(url)
