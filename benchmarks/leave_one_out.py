"""What each step of matching brings: none of them, each alone, all but one, and all, on rows that nothing is tuned on.

python benchmarks/leave_one_out.py
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from unittest.mock import patch

from clientimport.mapping import candidate, header_evidence, header_key, qualifiers, shape
from clientimport.mapping.blocks import one_address
from clientimport.mapping.family import reread
from clientimport.mapping.match import match
from clientimport.mapping.office import of_office
from clientimport.mapping.steps import ALL, Steps
from clientimport.schema import Schema
from clientimport.table import Table
from header_rows import header_rows
from matching import HEADING, forget, measured

STEPS = ("twins", "blocks", "demand", "costs", "spelling", "platform", "mandate")


def without(steps: set[str]) -> Steps:
    """Return the steps of matching but for the named ones."""
    readings = [(one_address, "blocks"), (of_office, "platform"), (reread, "")]
    kept = replace(ALL, readings=tuple(read for read, name in readings if name not in steps))
    if "twins" in steps:
        kept = replace(kept, twins=lambda columns, _: (columns, ()), ties=())
    return replace(kept, demand=lambda *_: ()) if "demand" in steps else kept


@contextmanager
def words_without(steps: set[str]) -> Iterator[None]:
    """Switch off what is in words and shapes: costs are vetoes again, and spelling and amounts say nothing."""
    real = qualifiers.qualifiers()
    roles = {word: "other" if role == "weak" and "costs" in steps else role for word, role in real.roles.items()}
    with ExitStack() as stack:
        if "costs" in steps:
            stack.enter_context(patch.object(header_evidence, "qualifiers", lambda: replace(real, roles=roles)))
            stack.enter_context(patch.object(header_evidence, "_outweighed", lambda *_: ()))
        if "spelling" in steps:
            stack.enter_context(patch.object(header_evidence, "_unless_named", lambda found, _: found))
            stack.enter_context(
                patch.object(shape, "_is_date_or_amount", lambda text: bool(shape._DATE.fullmatch(text)))
            )
            stack.enter_context(patch.object(candidate, "_BY_VAGUENESS", 0))
        if "mandate" in steps:
            words = ("volmacht", "procuration", "mandatsigne", "powerofattorney", "signedmandate")
            known = {word: meant for word, meant in header_key.lexicon().items() if not word.startswith(words)}
            stack.enter_context(patch.object(header_evidence, "lexicon", lambda: known))
        forget()
        yield
    forget()


def figures(steps: set[str], rows: str) -> str:
    """Return the line of figures for rows matched without these steps."""
    used = without(steps)

    def found(sheet: Table, schema: Schema) -> list[tuple[str | None, bool]]:
        return [(one.field, one.certain) for one in match(sheet, schema, {}, None, steps=used).matches]

    with words_without(steps):
        tally = measured(header_rows(rows), found)
    left = "all steps" if not steps else "no step" if len(steps) == len(STEPS) else None
    alone = [name for name in STEPS if name not in steps]
    return tally.line(left or (f"{alone[0]} alone" if len(alone) == 1 else f"all but {' and '.join(steps)}"))


def _main() -> None:
    every = set(STEPS)
    for rows in ("held_out", "later_held_out"):
        print(f"\n{rows}\n{HEADING}")
        for steps in (every, *(every - {name} for name in STEPS), *({name} for name in STEPS), set[str]()):
            print(figures(steps, rows), flush=True)


if __name__ == "__main__":
    _main()
