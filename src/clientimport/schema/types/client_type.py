"""What kind of client it is: a company, a person or a sole trader."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from clientimport.model.columns import is_one_of
from clientimport.model.field_type import ParsedValue
from clientimport.model.finding import Issue
from clientimport.model.normalize import normalize
from clientimport.schema.types.cleaning import clean, finish_parse
from clientimport.schema.types.missing_value import MISSING, is_missing

CLIENT_TYPES = ("company", "person", "sole_trader")
_WORDS = {
    "company": (
        "company, legal entity, legal person, corporation, organisation, organization, business, corporate, "
        "bedrijf, vennootschap, onderneming, rechtspersoon, firma, organisatie, vereniging, vzw, "
        "société, personne morale, entreprise, organisation, asbl, "
        "unternehmen, gesellschaft, juristische person, firma"
    ),
    "person": (
        "person, individual, natural person, private, private person, consumer, "
        "persoon, natuurlijk persoon, natuurlijke persoon, particulier, privé, privépersoon, "
        "personne, personne physique, particulier, individu, "
        "natürliche person, privatperson, privat"
    ),
    "sole_trader": (
        "sole trader, self employed, sole proprietor, sole proprietorship, freelancer, "
        "eenmanszaak, zelfstandige, freelance, vrij beroep, "
        "indépendant, indépendante, entreprise individuelle, indépendant personne physique, profession libérale, "
        "einzelunternehmen, einzelunternehmer, selbständiger, selbstständiger, selbständig, freiberufler"
    ),
}
_MEANT = {normalize(word): kind for kind, words in _WORDS.items() for word in (kind, *words.split(", "))}


@dataclass(frozen=True, slots=True)
class ClientType:
    """`company`, `person` or `sole_trader`."""

    def is_canonical(self, values: pa.StringArray, country: str) -> pa.BooleanArray:  # noqa: ARG002 -- the same everywhere
        """Accept the three words."""
        return is_one_of(values, CLIENT_TYPES)

    def parse(self, text: str, country: str) -> ParsedValue | Issue:  # noqa: ARG002
        """Return the kind that a word in our languages means.

        >>> ClientType().parse("Eenmanszaak", "BE").value, ClientType().parse("SRL", "BE").code
        ('sole_trader', 'client_type.unknown')
        """
        value = _MEANT.get(normalize(clean(text)))
        if value:
            return finish_parse(text, value, "client_type.word")
        return MISSING if is_missing(text) else Issue("client_type.unknown")
