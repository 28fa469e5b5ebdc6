"""A column is folded as each of its values is."""

from __future__ import annotations

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from clientimport.model.normalize import normalize, normalize_column

TEXTS = st.text(max_size=20) | st.sampled_from(
    ["N° T.V.A. ", "Straße", "Gemeente/stad", "", " ", "ÉÉN", "İ", "ﬁrma", "a\nb"]
)


@given(st.lists(st.none() | TEXTS, max_size=8))
def test_a_column_is_folded_as_each_of_its_values_is(texts: list[str | None]) -> None:
    wanted = [None if text is None else normalize(text) for text in texts]
    assert normalize_column(pa.array(texts, pa.string())).to_pylist() == wanted
