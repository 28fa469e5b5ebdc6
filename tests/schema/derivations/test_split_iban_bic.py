"""What is passed over when accounts are looked at never holds a BIC beside its account."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc
from hypothesis import example, given
from hypothesis import strategies as st

from clientimport.schema.derivations.split_cells import COMBINED_CELLS
from clientimport.schema.derivations.split_iban_bic import split_iban_bic

(SIGN,) = (shared.sign for shared in COMBINED_CELLS if shared.code == "derived.bic")
PARTS = st.sampled_from(
    ["BE71 0961 2345 6769", "be71096123456769", "GKCCBEBB", "gkccbebb", "GKCC BE BB", "KREDBEBB", "IBAN", "BIC", "BIC:"]
)
BETWEEN = st.sampled_from([" ", " / ", "-", "\n", "(", ")", "", "\u00a0", ", "])


@given(st.lists(st.tuples(PARTS, BETWEEN), min_size=1, max_size=4).map(lambda pairs: "".join(map("".join, pairs))))
@example("GKCCBEBB / BE71 0961 2345 6769")
def test_no_account_with_a_bic_is_passed_over(cell: str) -> None:
    looked_at = pc.match_substring_regex(pa.array([cell]), SIGN).to_pylist() == [True]
    assert looked_at or split_iban_bic(cell) is None


def test_an_account_alone_needs_no_look() -> None:
    alone = ["BE71 0961 2345 6769", "NL91ABNA0417164300", "BE71096123456769", "GKCCBEBB", None]
    assert pc.match_substring_regex(pa.array(alone), SIGN).to_pylist() == [False, False, False, False, None]
