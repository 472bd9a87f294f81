"""A document as one web page: no scripts, nothing loaded, readable with a screen reader, on paper and in the dark.

Everything in it is escaped, and what people typed has its own direction of text.
"""

from collections.abc import Iterator
from html import escape
from itertools import count as numbers

from messages.evaluation.document import (
    LANGUAGE,
    BarChart,
    BulletList,
    Document,
    DocumentSection,
    DocumentTable,
    Element,
    Paragraph,
    Quotations,
    Subheading,
    Typed,
)
from messages.evaluation.svg import bar_chart


def as_html(document: Document) -> str:
    charts = numbers(1)
    return _PAGE.format(
        language=LANGUAGE,
        title=escape(document.title),
        subtitle=escape(document.subtitle),
        contents="".join(f'<li><a href="#{each.id}">{escape(each.title)}</a></li>' for each in document.sections),
        sections="".join(_section(each, charts) for each in document.sections),
    )


def _section(section: DocumentSection, charts: Iterator[int]) -> str:
    elements = "\n".join(_element(each, charts) for each in section.elements)
    return (
        f'<section aria-labelledby="{section.id}"><h2 id="{section.id}">{escape(section.title)}</h2>\n'
        f"{elements}</section>\n"
    )


def _element(element: Element, charts: Iterator[int]) -> str:
    match element:
        case Paragraph(text, is_small):
            return f'<p class="small">{escape(text)}</p>' if is_small else f"<p>{escape(text)}</p>"
        case Subheading(text):
            return f"<h3>{escape(text)}</h3>"
        case Typed(text):
            return f'<p class="typed" dir="auto">{escape(text)}</p>'
        case BulletList(items):
            listed = "".join(f'<li dir="auto">{escape(each)}</li>' for each in items)
            return f"<ul>{listed}</ul>"
        case Quotations(heading, texts):
            quoted = "".join(f'<blockquote class="typed" dir="auto">{escape(each)}</blockquote>' for each in texts)
            return f"<h3>{escape(heading)}</h3>{quoted}"
        case DocumentTable():
            return _table(element)
        case BarChart():
            return f"<figure>{bar_chart(element, next(charts))}</figure>"


def _table(table: DocumentTable) -> str:
    kind = ' class="numbers"' if table.has_numbers else ""
    head = "".join(f'<th scope="col">{escape(each)}</th>' if each else "<td></td>" for each in table.head)
    rows = "".join(
        f'<tr><th scope="row" dir="auto">{escape(first)}</th>'
        f"{''.join(f'<td>{escape(each)}</td>' for each in others)}</tr>"
        for first, *others in table.rows
    )
    # Wide tables scroll by themselves, also with the keyboard.
    name = escape(table.caption)
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="Table: {name}">'
        f"<table{kind}><caption>{name}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; --paper: #fff; }}
:root {{ --ink: #1c1c1c; --soft: #555; --line: #bbb; --s0: #1f5fa8; --s1: #7a90aa; }}
@media (prefers-color-scheme: dark) {{
  :root {{ --paper: #161616; --ink: #eee; --soft: #bbb; --line: #666; --s0: #7db3ef; --s1: #6f8299; }}
}}
body {{ font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }}
a {{ color: var(--s0); }}
body {{ max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }}
h1 {{ line-height: 1.2; }}
h2 {{ margin-top: 2.5rem; border-bottom: 1px solid var(--line); }}
h3 {{ font-size: 1rem; margin-bottom: .25rem; }}
.subtitle, .small, caption {{ color: var(--soft); }}
.small {{ font-size: .9rem; }}
.typed {{ white-space: pre-wrap; overflow-wrap: anywhere; }}
blockquote {{ margin: .5rem 0; padding: .1rem .9rem; border-inline-start: 3px solid var(--s0); }}
.scroll {{ overflow-x: auto; margin: 1rem 0; }}
table {{ border-collapse: collapse; width: 100%; }}
caption {{ text-align: start; font-size: .9rem; }}
th, td {{ text-align: start; padding: .3rem .75rem .3rem 0; vertical-align: top; }}
th, td {{ border-bottom: 1px solid var(--line); }}
tbody th {{ font-weight: 400; overflow-wrap: anywhere; }}
.numbers td, .numbers thead th:not(:first-child) {{ text-align: end; font-variant-numeric: tabular-nums; }}
figure {{ margin: 1rem 0; }}
svg {{ max-width: 100%; height: auto; }}
svg text, svg .axis {{ fill: var(--ink); }}
svg .s0 {{ fill: var(--s0); }}
svg .s1 {{ fill: var(--s1); }}
@media print {{
  :root {{ color-scheme: light; --paper: #fff; --ink: #000; --soft: #444; --line: #999; --s0: #1f5fa8; --s1: #7a90aa; }}
  @page {{ margin: 2cm; }}
  body {{ max-width: none; margin: 0; font-size: 10.5pt; }}
  nav {{ display: none; }}
  h2, h3, caption {{ break-after: avoid; }}
  figure, tr, blockquote {{ break-inside: avoid; }}
}}
</style>
</head>
<body>
<header>
<h1 dir="auto">{title}</h1>
<p class="subtitle">{subtitle}</p>
<nav aria-label="Contents"><ul>{contents}</ul></nav>
</header>
<main>
{sections}
</main>
</body>
</html>
"""
