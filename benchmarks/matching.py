"""How well columns are recognised: real header rows with made-up contents, by this program and by others' ways.

    make bench-matching

`--errors` prints each column that was taken wrongly or not at all, of the tuning half and the known programs alone.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from zlib import crc32

import numpy as np
import pyarrow as pa

import other_contents
from baselines import BASELINES, matched
from client import clients
from clientimport.matching import abbreviation, header_meaning, known_software, known_words
from clientimport.matching.duplicate_columns import is_filled
from clientimport.matching.matcher import match_columns
from clientimport.model.platform_schema import PlatformSchema
from clientimport.model.table import Column, Table
from clientimport.schema import header_key
from clientimport.schema.derivations.dependencies import contributes_to
from clientimport.schema.fields import canonical_fields
from clientimport.schema.header_key import normalize_header
from clientimport.schema.loader import load_schema
from contents import column
from header_rows import HeaderRow, header_rows
from stopped import right_fields, unseen

PLATFORMS = ("banqup-partner", "banqup-console-be", "banqup-console-lu", "accounton", "billit")
HEADING = (
    f"| {'':<34} | sure: p |       r |  all: p |       r |   wrong | of the sure |  stopped |  no flaw | columns |"
)
_SEEDS = 3
_ROWS = ((8, 40), (40, 150), (150, 500))

Matcher = Callable[[Table, PlatformSchema], list[tuple[str | None, bool]]]
"""Field and certainty of each column."""


@dataclass(slots=True)
class Tally:
    """What became of the columns."""

    rows: int = 0
    flawless: int = 0
    held: int = 0
    """Columns that hold a field the platform uses and that nobody may leave alone."""
    stopped: int = 0
    """Tables with which no push could start, though they hold the field that is missing."""
    counts: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)

    def add(
        self, row: HeaderRow, sheet: Table, found: Sequence[tuple[str | None, bool]], schema: PlatformSchema
    ) -> None:
        """Add one table."""
        flaws = 0
        lacking = unseen(row, sheet, [name for name, _ in found], schema)
        self.stopped += bool(lacking)
        self.errors.update(f"{row.name}: STOPPED {schema.id}: {name}" for name in lacking)
        given = {taken for one, (taken, _) in zip(row.columns, found, strict=True) if taken in one.fields}
        filled = [is_filled(column) for column in sheet.columns]
        for at, (one, (taken, certain)) in enumerate(zip(row.columns, found, strict=True)):
            if not filled[at] or (taken is None and not given.isdisjoint(one.fields)):
                continue  # whatever it is taken for, nothing is sent; or another column that is as right was taken
            right = tuple(name for name in right_fields(one, row, schema) if contributes_to(name, schema.fields))
            got = taken if taken and contributes_to(taken, schema.fields) else None
            forgiven = one.forgiven_on(schema)
            self.held += bool(right) and not forgiven
            outcome = _outcome(got, right or (one.fields if forgiven else ()), optional=forgiven)
            self.counts[outcome] += 1
            self.counts[f"{outcome}, certain"] += certain and bool(got)
            flaws += outcome not in ("right", "alone", "kept")
            if outcome not in ("right", "alone", "kept"):
                said = "!" if certain and got else ""
                self.errors[f"{row.name}: {one.header} [{one.kind}] -> {got}{said}"] += 1
        self.rows += 1
        self.flawless += not flaws

    def line(self, name: str) -> str:
        """Return the figures as one row of the table."""
        c = self.counts
        taken = c["right"] + c["kept"] + c["wrong"] + c["none"]
        sure = sum(c[f"{outcome}, certain"] for outcome in ("right", "kept", "wrong", "none"))
        figures = (
            _share(c["right, certain"] + c["kept, certain"], sure),
            _share(c["right, certain"], self.held),
            _share(c["right"] + c["kept"], taken),
            _share(c["right"], self.held),
        )
        wrong = c["wrong, certain"] + c["none, certain"]
        cells = [*figures, str(c["wrong"] + c["none"]), f"{wrong}/{sure}", f"{self.stopped}/{self.rows}"]
        cells += [f"{self.flawless}/{self.rows}", str(self.held)]
        return f"| {name:<34} | " + " | ".join(f"{cell:>7}" for cell in cells) + " |"


def _outcome(got: str | None, right: tuple[str, ...], *, optional: bool) -> str:
    if got is None:
        return "missed" if right and not optional else "alone"
    if got in right:
        return "kept" if optional else "right"
    return "wrong" if right else "none"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.4f}" if whole else "-"


def table(row: HeaderRow, seed: int) -> Table:
    """Return a table with this header row, its contents made from the seed and the row's name."""
    rng = random.Random(crc32(f"{row.name} {seed}".encode()))
    people = clients(rng, rng.randint(*rng.choice(_ROWS)), _home(row, rng), row.language, mixed=row.mixed)
    return _filled(row, [column(one.kind, people, rng) for one in row.columns])


def other_table(row: HeaderRow, seed: int) -> Table:
    """Return a table with this header row and contents in other ways of writing (other_contents.py)."""
    rng = random.Random(crc32(f"{row.name} other {seed}".encode()))
    people = clients(
        rng, other_contents.ROWS[seed % len(other_contents.ROWS)], _home(row, rng), row.language, mixed=row.mixed
    )
    formed = rng.choice((0.2, 0.5, 0.9))
    others = [other_contents.other_client(client, rng, formed=formed) for client in people]
    return _filled(row, [other_contents.other_column(one.kind, others, rng) for one in row.columns])


def _home(row: HeaderRow, rng: random.Random) -> str:
    return rng.choice(("BE", "BE", "LU", row.country if row.country in ("FR", "DE", "NL", "LU") else "BE"))


def _filled(row: HeaderRow, contents: Sequence[Sequence[str]]) -> Table:
    cells = [pa.array([cell or None for cell in listed], pa.string()) for listed in contents]
    columns = (Column(at, one.header, cells[at]) for at, one in enumerate(row.columns))
    return Table("list.csv", None, 1, tuple(columns), np.arange(2, 2 + len(contents[0])))


def ours(sheet: Table, schema: PlatformSchema) -> list[tuple[str | None, bool]]:
    """Return what this program takes the columns for."""
    return [(one.field, one.certain) for one in match_columns(sheet, schema, {}, None).matches]


def names_alone(baseline: str) -> Matcher:
    """Return a matcher that looks at nothing but the headers."""

    def found(sheet: Table, schema: PlatformSchema) -> list[tuple[str | None, bool]]:
        wanted = frozenset(name for name in canonical_fields() if contributes_to(name, schema.fields))
        taken = matched([one.header for one in sheet.columns], baseline, wanted)
        return [(name, True) for name in taken]

    return found


@contextmanager
def left_out(row: HeaderRow, others: Iterable[HeaderRow], *, words: bool) -> Iterator[None]:
    """Switch off what is known of one program: its signature, and with `words` the headers that it alone has."""
    headers = {normalize_header(one.header) for one in row.columns}
    shared = {normalize_header(one.header) for other in others if other is not row for one in other.columns}
    own = headers - shared if words else set()
    programs = tuple(one for one in known_software.known_software() if not _same(one.columns, headers))
    fields = {
        name: replace(
            one,
            headers={
                lang: tuple(h for h in said if normalize_header(h) not in own) for lang, said in one.headers.items()
            },
        )
        for name, one in canonical_fields().items()
    }
    modules = (header_key, abbreviation, known_words)
    kept = known_software.known_software
    known_software.known_software = lambda: programs  # type: ignore[assignment]
    for module in modules:
        module.canonical_fields = lambda: fields  # type: ignore[attr-defined]
    forget()
    try:
        yield
    finally:
        known_software.known_software = kept
        for module in modules:
            module.canonical_fields = canonical_fields  # type: ignore[attr-defined]
        forget()


def _same(columns: Mapping[str, str], headers: set[str]) -> bool:
    """Tell whether a signature is this program's, or one so alike that it knows the same headers."""
    return len(headers & columns.keys()) > len(headers | columns.keys()) / 2 or len(headers & columns.keys()) == len(
        headers
    )


def forget() -> None:
    """Empty what was remembered of the vocabulary."""
    header_key.fields_by_header.cache_clear()
    abbreviation._phrases.cache_clear()
    known_words.headers_by_words.cache_clear()
    known_words.fields_by_words.cache_clear()
    header_key.known_header_words.cache_clear()
    header_meaning.header_meaning.cache_clear()


def measured(
    rows: Iterable[HeaderRow],
    matcher: Matcher,
    platforms: Iterable[str] = PLATFORMS,
    contents: int = _SEEDS,
    fill: Callable[[HeaderRow, int], Table] = table,
) -> Tally:
    """Return what a matcher makes of these rows, on all platforms and with several contents."""
    tally = Tally()
    for row in rows:
        for seed in range(contents):
            _add(tally, row, fill(row, seed), matcher, platforms)
    return tally


def _add(tally: Tally, row: HeaderRow, sheet: Table, matcher: Matcher, platforms: Iterable[str]) -> None:
    for platform in platforms:
        schema = load_schema(platform)
        tally.add(row, sheet, matcher(sheet, schema), schema)


def known_without_itself(*, words: bool) -> Tally:
    """Return what becomes of the known programs when each is unknown."""
    rows, tally = header_rows("known"), Tally()
    for row in rows:
        with left_out(row, rows, words=words):
            for seed in range(_SEEDS):
                _add(tally, row, table(row, seed), ours, PLATFORMS)
    return tally


def _main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--quick", action="store_true", help="the two halves alone")
    parser.add_argument("--known", action="store_true", help="the known programs alone, each without itself")
    options = parser.parse_args()
    print(HEADING)
    if options.known:
        tally = known_without_itself(words=False)
        print(tally.line("known programs, without signature"))
        _print_errors([("known", tally)])
        return
    tuning, held_out = header_rows("tuning"), header_rows("held_out")
    later, later_held_out = header_rows("later_tuning"), header_rows("later_held_out")
    shown = [("tuning half", measured(tuning, ours)), ("later rows, tuning half", measured(later, ours))]
    for name, tally in shown:
        print(tally.line(name))
    print(measured(held_out, ours).line("held-out half"))
    print(measured(later_held_out, ours).line("later rows, held-out half"))
    if not options.quick:
        _the_rest(tuning + held_out, shown)
    if options.errors:
        _print_errors(shown)


def _print_errors(shown: list[tuple[str, Tally]]) -> None:
    for name, tally in shown:
        print(f"\n{name}")
        for error, count in sorted(tally.errors.items()):
            print(f"  {count:3} {error}")


def _the_rest(rows: tuple[HeaderRow, ...], shown: list[tuple[str, Tally]]) -> None:
    for words in (False, True):
        name = f"known programs, without {'own words' if words else 'signature'}"
        tally = known_without_itself(words=words)
        shown.append((name, tally))
        print(tally.line(name))
    for platform in PLATFORMS:
        print(measured(rows, ours, (platform,)).line(f"both halves, {platform}"))
    for baseline in BASELINES:
        print(measured(rows, names_alone(baseline)).line(f"both halves, {baseline}"))


if __name__ == "__main__":
    _main()
