"""A look-up as text for files: CSV, and a page of its own."""

from __future__ import annotations

import csv
import io

from clientimport.messages.catalog import MessageCatalog
from clientimport.reports.csv_report import DELIMITER, escape_formula
from clientimport.reports.lookup_table import LookupTable

_PAGE = """<!doctype html>
<html lang="{{ language }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{{ title }}</title>
<style>
body { font-family: Calibri, Arial, sans-serif; margin: 2em; color: #000; background: #fff }
table { border-collapse: collapse } caption { text-align: left; padding-bottom: .6em }
th, td { border: 1px solid #8ea9db; padding: .3em .6em; vertical-align: top; text-align: left; white-space: pre-line }
th { background: #1f3864; color: #fff }
.good { background: #e2efda } .doubt { background: #fff2cc } .bad { background: #fce4d6; font-weight: bold }
</style>
</head>
<body>
<main>
<h1>{{ title }}</h1>
<table>
<caption>{{ caption }}</caption>
<thead><tr>{% for heading in table.headings %}<th scope="col">{{ heading }}</th>{% endfor %}</tr></thead>
<tbody>
{% for row in table.rows %}<tr>{% for cell in row %}<td class="{{ cell.tone }}">{{ cell.text }}</td>{% endfor %}</tr>
{% endfor %}</tbody>
</table>
</main>
</body>
</html>
"""


def lookup_csv(table: LookupTable) -> str:
    """Return the rows under their headings, as Excel in Belgium splits them; what would run has an apostrophe."""
    made = io.StringIO()
    writer = csv.writer(made, delimiter=DELIMITER, lineterminator="\n")
    writer.writerow(table.headings)
    for row in table.rows:
        writer.writerow([escape_formula(cell.text.replace("\n", " | ")) for cell in row])
    return "\ufeff" + made.getvalue()


def lookup_page(table: LookupTable, caption: str, words: MessageCatalog) -> str:
    """Return a page that stands alone."""
    from jinja2 import Environment

    template = Environment(autoescape=True).from_string(_PAGE)
    return template.render(table=table, title=words.phrase("lookup.title"), caption=caption, language=words.language)
