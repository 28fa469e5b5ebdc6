"""What a check passes over without a look is never what it would notice."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa
from hypothesis import example, given
from hypothesis import strategies as st

from clientimport.model.table import Column, Table
from clientimport.schema.checks.email_domain_typo import misspelt_domains
from clientimport.schema.checks.former_client import former_clients, is_former_name
from clientimport.schema.checks.legal_form import OLD_FORMS, legal_forms
from clientimport.schema.reference.email_domains import WELL_KNOWN, meant_domain
from records_of import records_of

LETTERS = st.characters(codec="utf-8", exclude_characters="@")


@st.composite
def slips(draw: st.DrawFn) -> str:
    """A well-known domain with one letter more, less, changed or in the place of its neighbour."""
    known = draw(st.sampled_from(WELL_KNOWN))
    at = draw(st.integers(0, len(known)))
    letter = draw(st.sampled_from("abemx.") | LETTERS)
    ways = (
        known[:at] + letter + known[at:],
        known[:at] + letter + known[at + 1 :],
        known[:at] + known[at + 1 :],
        known[:at] + known[at + 1 : at + 2] + known[at : at + 1] + known[at + 2 :],
    )
    return draw(st.sampled_from([*ways, known.upper()]))


@given(slips())
@example("gmial.com")
def test_no_slip_in_a_domain_is_passed_over(domain: str) -> None:
    noticed = list(misspelt_domains(records_of(contact_email=[f"an@{domain}"])))
    assert [one.facts["known"] for one in noticed] == [known for known in [meant_domain(domain.casefold())] if known]


FORMER = st.lists(
    st.sampled_from(
        ["ZZZ", "xxx", "(", ")", "*", "inactief", "niet", "pas de", "stopgezet", "En Faillite", "radié", " ", ".", "-"]
    )
    | st.text(max_size=2),
    max_size=6,
).map("".join)


@given(FORMER.filter(lambda name: bool(name.strip())))
@example("Peeters BV niet-meer gebruiken")
def test_no_name_that_says_that_its_client_left_is_passed_over(name: str) -> None:
    column = Column(0, "Naam", pa.array([name]))
    table = Table("x", None, 1, (column,), np.array([2]))
    noticed = list(former_clients(table, (), [column], date(2026, 11, 29)))
    assert bool(noticed) == is_former_name(name)


NAMES = st.lists(
    st.sampled_from([*OLD_FORMS, "BV", "s.a.", "Peeters", " ", ".", "-", "&", "B.V.B.A.", "é", "\n"])
    | st.text(max_size=2),
    max_size=5,
).map("".join)


@given(NAMES.filter(bool))
def test_no_odd_legal_form_is_passed_over(name: str) -> None:
    """Beside a name that is looked at in any case, for it is not in ASCII, each is noticed as it is alone."""
    alone = [one.code for one in legal_forms(records_of(legal_name=[name], country=["BE"]))]
    looked_at = [one.code for one in legal_forms(records_of(legal_name=[f"{name}\u00a0"], country=["BE"]))]
    assert alone == looked_at
