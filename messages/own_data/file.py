"""The file with what is kept about a person: as JSON for machines, and as a page of HTML for people.

The page has no scripts and loads nothing. Everything in it is escaped, and each value has its own direction of text.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from html import escape
from typing import Any

from mentoring.own_data.records import Category, OwnData, OwnRecord
from messages.own_data.words import TITLES, how_long, read_by, record_name, value_in_words, value_name
from messages.payloads import AttachedFile, Message
from messages.programmes.cohorts import day

_FORMAT_VERSION = 1
NOT_HERE = (
    "Not in this file: what others wrote, also about you, proposals and decisions about matches, and forms you have "
    "not sent yet. What you and a partner write together is where you both read it."
)


class OwnDataFormat(StrEnum):
    HTML = "html"
    JSON = "json"


def file_message(data: OwnData, form: OwnDataFormat, made_at: datetime) -> Message:
    """The message that brings the file. `made_at` is on the calendar (aware)."""
    content = as_html(data, made_at) if form is OwnDataFormat.HTML else as_json(data, made_at)
    what = "to read in a browser" if form is OwnDataFormat.HTML else "for other programs"
    text = f"*What I keep about you*, as a file {what}. Only you get it."
    otherwise = "I may not send files in this workspace. Ask the app admin to allow it, or to send you the data."
    name = f"my-data-{made_at.astimezone(data.person.zone):%Y-%m-%d}.{form}"
    return Message(text, file=AttachedFile(name, "My data", content.encode(), otherwise))


def as_json(data: OwnData, made_at: datetime) -> str:
    """Times are ISO 8601 with their zone, days ISO 8601 without one."""
    document = {
        "format": _FORMAT_VERSION,
        "made_at": made_at.astimezone(data.person.zone).isoformat(timespec="seconds"),
        "person": data.person.id,
        "names": dict(sorted(data.names.items())),
        "not_in_this_file": NOT_HERE,
        "categories": {
            category: {
                "title": TITLES[category],
                "read_by": read_by(data, category),
                "kept": how_long(data, category),
                "records": [{"what": each.table, **_plain(each, data)} for each in data.of(category)],
            }
            for category in data.categories
        },
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _plain(record: OwnRecord, data: OwnData) -> dict[str, Any]:
    def plain(value: Any) -> Any:
        if isinstance(value, datetime):
            return value.astimezone(data.person.zone).isoformat(timespec="seconds")
        if isinstance(value, date):
            return value.isoformat()
        return list(value) if isinstance(value, tuple) else value

    return {name: plain(value) for name, value in record.values.items()}


def as_html(data: OwnData, made_at: datetime) -> str:
    """A page that can be read without Slack, with a screen reader, on paper and in the dark."""
    made = day(data.person.today(made_at))
    who = data.person.display_name or data.person.id
    nothing = "<p>Nothing is kept about you.</p>" if data.is_empty else ""
    return _PAGE.format(
        who=escape(who),
        made=escape(made),
        not_here=escape(NOT_HERE),
        contents="".join(
            f'<li><a href="#{category}">{escape(TITLES[category])}</a> ({len(data.of(category))})</li>'
            for category in data.categories
        ),
        sections=nothing + "".join(_section(category, data) for category in data.categories),
    )


def _section(category: Category, data: OwnData) -> str:
    entries = "".join(_entry(each, number, data) for number, each in enumerate(data.of(category), 1))
    told = f"Who else reads it: {read_by(data, category)}. Kept: {how_long(data, category)}."
    return (
        f'<section aria-labelledby="{category}"><h2 id="{category}">{escape(TITLES[category])}</h2>'
        f"<p>{escape(told)}</p>{entries}</section>"
    )


def _entry(record: OwnRecord, number: int, data: OwnData) -> str:
    pairs = "".join(_pairs(record.values, data))
    return f"<h3>{number}. {escape(record_name(record.table))}</h3><dl>{pairs}</dl>"


def _pairs(values: Mapping[str, Any], data: OwnData) -> Iterator[str]:
    for name, value in values.items():
        words = escape(value_in_words(name, value, data))
        yield f'<div><dt>{escape(value_name(name))}</dt><dd dir="auto">{words}</dd></div>'


_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>My data in the mentoring programme</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }}
h2 {{ margin-top: 2.5rem; border-bottom: 1px solid; }}
dl {{ margin: 0; }}
dl div {{ display: grid; grid-template-columns: minmax(9rem, 1fr) 2fr; gap: 1rem; padding: .25rem 0; }}
dt {{ font-weight: 600; }}
dd {{ margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }}
@media (max-width: 32rem) {{ dl div {{ display: block; }} }}
</style>
</head>
<body>
<main>
<h1>What is kept about <bdi>{who}</bdi></h1>
<p>Made on {made}. {not_here}</p>
<nav aria-label="Contents"><ul>{contents}</ul></nav>
{sections}
</main>
</body>
</html>
"""
