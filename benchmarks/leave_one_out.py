"""What each step of matching brings: none of them, each alone, all but one, and all, on rows that nothing is tuned on.

python benchmarks/leave_one_out.py
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from unittest.mock import patch

from clientimport.matching import abbreviation, candidate, context_words, header_meaning, known_words, value_patterns
from clientimport.matching.address_blocks import choose_address
from clientimport.matching.contact_columns import assign_contact_columns
from clientimport.matching.matcher import match_columns
from clientimport.matching.matching_steps import ALL_STEPS, MatchingSteps
from clientimport.matching.office_emails import map_office_emails
from clientimport.model.platform_schema import PlatformSchema
from clientimport.model.table import Table
from clientimport.schema import header_key
from clientimport.schema.fields import canonical_fields
from header_rows import header_rows
from matching import HEADING, forget, measured

STEPS = ("twins", "blocks", "demand", "costs", "spelling", "platform", "mandate")


def without(steps: set[str]) -> MatchingSteps:
    """Return the steps of matching but for the named ones."""
    readings = [(choose_address, "blocks"), (map_office_emails, "platform"), (assign_contact_columns, "")]
    kept = replace(ALL_STEPS, readings=tuple(read for read, name in readings if name not in steps))
    if "twins" in steps:
        kept = replace(kept, twins=lambda columns, _: (columns, ()), ties=())
    return replace(kept, demand=()) if "demand" in steps else kept


@contextmanager
def words_without(steps: set[str]) -> Iterator[None]:
    """Switch off what is in words and shapes: costs are vetoes again, and spelling and amounts say nothing."""
    real = context_words.context_words()
    roles = {word: "other" if role == "weak" and "costs" in steps else role for word, role in real.roles.items()}
    with ExitStack() as stack:
        if "costs" in steps:
            stack.enter_context(patch.object(header_meaning, "context_words", lambda: replace(real, roles=roles)))
            stack.enter_context(patch.object(header_meaning, "_billed_client_fields", lambda *_: ()))
        if "spelling" in steps:
            stack.enter_context(patch.object(header_meaning, "_prefer_named_field", lambda meaning, _: meaning))
            stack.enter_context(
                patch.object(
                    value_patterns, "_is_date_or_amount", lambda text: bool(value_patterns._DATE.fullmatch(text))
                )
            )
            stack.enter_context(patch.object(candidate, "_BY_VAGUENESS", 0))
        if "mandate" in steps:
            fields = canonical_fields()
            headers = {language: tuple(filter(_is_old, said)) for language, said in fields["mandate"].headers.items()}
            known = {**fields, "mandate": replace(fields["mandate"], headers=headers)}
            for module in (header_key, known_words, abbreviation):
                stack.enter_context(patch.object(module, "canonical_fields", lambda: known))
        forget()
        yield
    forget()


def _is_old(header: str) -> bool:
    words = ("volmacht", "procuration", "mandatsigne", "powerofattorney", "signedmandate")
    return not header_key.normalize_header(header).startswith(words)


def figures(steps: set[str], rows: str) -> str:
    """Return the line of figures for rows matched without these steps."""
    used = without(steps)

    def found(sheet: Table, schema: PlatformSchema) -> list[tuple[str | None, bool]]:
        return [(one.field, one.certain) for one in match_columns(sheet, schema, {}, None, steps=used).matches]

    with words_without(steps):
        tally = measured(header_rows(rows), found, contents=1)
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
