"""The first or last name of a person, in a cell of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import ClassVar

import pyarrow as pa
import pyarrow.compute as pc

from clientimport.model.field_type import ParsedValue
from clientimport.model.finding import Issue
from clientimport.schema.types import death_mark, name_annotations
from clientimport.schema.types.cleaning import finish_parse
from clientimport.schema.types.common_spelling import SPACES
from clientimport.schema.types.name import Name
from clientimport.schema.types.name_annotations import parse_annotated_name_part

_COUPLE = re.compile(r"[^\W\d]\s?[&+]\s?[^\W\d]|[^\W\d]\s(?:/|en|et|und|and|e/o)\s[^\W\d]", re.IGNORECASE)
"""What stands between the names of a couple; a hyphen joins those of one person."""
_PERHAPS_COUPLE = r"[&+/]|\s(?:en|et|und|and)\s"
"""An expression of Arrow's for some part of each of these, to pass over the others."""
_SURROUNDED = f"{name_annotations.SIGN}|{death_mark.SIGN}|{_PERHAPS_COUPLE}"


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name without titles and remarks, on one line."""

    common_spellings: ClassVar = (SPACES,)

    def is_canonical(self, values: pa.StringArray, country: str) -> pa.BooleanArray:
        """Accept one line of everyday letters in which no title, remark or death mark may be."""
        return pc.and_not(Name().is_canonical(values, country), pc.match_substring_regex(values, _SURROUNDED))

    def parse(self, text: str, country: str) -> ParsedValue | Issue:
        """Return the name alone; a second surname that is left out is reported, and so is a couple, which stays.

        >>> PersonName().parse("Dr. Peeters", "BE")
        ParsedValue(value='Peeters', repair='name.remark', notes=())
        >>> PersonName().parse("Dupont ép. Martin", "BE").notes[0].facts
        {'kept': 'Dupont', 'dropped': 'Martin'}
        >>> PersonName().parse("Jan & Mieke", "BE").notes[0].code, PersonName().parse("Anne-Marie", "BE").notes
        ('contact_name.two_people', ())
        """
        read = Name().parse(text, country)
        if isinstance(read, Issue) or read.value is None:
            return read
        annotated = parse_annotated_name_part(read.value)
        while annotated.name and (again := parse_annotated_name_part(annotated.name)).name != annotated.name:
            annotated = again
        couple = (Issue("contact_name.two_people"),) if _COUPLE.search(annotated.name) else ()
        if annotated.name in ("", read.value):
            return replace(read, notes=(*read.notes, *couple))
        facts = {"kept": annotated.name, "dropped": annotated.other}
        notes = (*((Issue("contact_name.other_surname", facts),) if annotated.other else ()), *couple)
        return finish_parse(text, annotated.name, "name.remark", *notes)
