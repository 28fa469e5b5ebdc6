"""Similar headers: the fields of a header that begins or is spelled as a known one, or holds the word of a number."""

from __future__ import annotations

from clientimport.schema.header_key import fields_by_header, header_words, known_header_words

_SHORTEST_MISSPELLING, _SHORTEST_BEGINNING = 6, 5
"""Letters of a misspelled header, and of a beginning. Chosen, not measured."""
_MIN_LIKENESS = 90.0
"""Percent of letters (rapidfuzz's ratio) from which a header is a known one misspelled. Chosen, not measured."""
_IDENTIFIERS = frozenset({"vat_number", "rcs_number", "national_register_number", "iban"})
"""Fields whose values show what they are under any header."""


def fields_of_beginning(header: str) -> tuple[str, ...]:
    """Return the fields of the known headers that begin with the key `header`; none when these mean different fields.

    >>> fields_of_beginning("woonpl"), fields_of_beginning("adres")
    (('city',), ())
    """
    if len(header) < _SHORTEST_BEGINNING or header in known_header_words():
        return ()
    meanings = {
        fields_by_header()[known]
        for known in known_header_words() & fields_by_header().keys()
        if known.startswith(header)
    }
    return meanings.pop() if len(meanings) == 1 else ()


def fields_of_misspelling(header: str) -> tuple[str, ...]:
    """Return the fields of the known header that is nearest to the key `header`; none when two are equally near.

    >>> fields_of_misspelling("ondernemmingsnummer"), fields_of_misspelling("adresregel2")
    (('company_number',), ())
    """
    from rapidfuzz import fuzz, process

    if len(header) < _SHORTEST_MISSPELLING:
        return ()
    digits = [c for c in header if c.isdigit()]
    near = process.extract(header, fields_by_header().keys(), scorer=fuzz.ratio, score_cutoff=_MIN_LIKENESS, limit=5)
    # "Adresregel 2" is not "Adresregel 1"
    near = [match for match in near if [c for c in match[0] if c.isdigit()] == digits]
    best = {fields_by_header()[known] for known, score, _ in near if score == near[0][1]}
    return best.pop() if len(best) == 1 else ()


def field_of_identifier(header: str) -> str | None:
    """Return the number that its own word names among unknown words, and no other one does.

    >>> field_of_identifier("EU-USt-IdNr."), field_of_identifier("Reference of the file")
    ('vat_number', None)
    """
    words = header_words(header)
    spans = ("".join(words[begin:end]) for end in range(len(words), 0, -1) for begin in range(end))
    named = {fields_by_header().get(span, ()) for span in spans if len(span) >= _SHORTEST_BEGINNING}
    fields = {found[0] for found in named if len(found) == 1 and found[0] in _IDENTIFIERS}
    return fields.pop() if len(fields) == 1 else None
