"""The first or last name of a person, in a cell of its own."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from clientimport.model.field_type import ParsedValue
from clientimport.model.finding import Problem
from clientimport.schema.types import death_mark, name_annotations
from clientimport.schema.types.cleaning import finish_parse
from clientimport.schema.types.name import Name
from clientimport.schema.types.name_annotations import parse_annotated_name_part

_SURROUNDED = f"{name_annotations.SIGN}|{death_mark.SIGN}"


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name without titles and remarks, on one line."""

    def is_canonical(self, values: pa.StringArray, country: str) -> pa.BooleanArray:
        """Accept one line of everyday letters in which no title, remark or death mark may be."""
        return pc.and_not(Name().is_canonical(values, country), pc.match_substring_regex(values, _SURROUNDED))

    def parse(self, text: str, country: str) -> ParsedValue | Problem:
        """Return the name alone; a second surname that is left out is told.

        >>> PersonName().parse("Dr. Peeters", "BE")
        ParsedValue(value='Peeters', repair='name.remark', notes=())
        >>> PersonName().parse("Dupont ép. Martin", "BE").notes[0].facts
        {'kept': 'Dupont', 'dropped': 'Martin'}
        """
        read = Name().parse(text, country)
        if isinstance(read, Problem) or read.value is None:
            return read
        found = parse_annotated_name_part(read.value)
        while found.name and (again := parse_annotated_name_part(found.name)).name != found.name:
            found = again
        if found.name in ("", read.value):
            return read
        facts = {"kept": found.name, "dropped": found.other}
        notes = (Problem("contact_name.other_surname", facts),) if found.other else ()
        return finish_parse(text, found.name, "name.remark", *notes)
