from __future__ import annotations

import pytest

from clientimport.errors import SchemaUnusable
from clientimport.schema.registry import build, require_known_keys


def _times(*, factor: int, of: tuple[int, ...] = ()) -> tuple[int, ...]:
    return tuple(factor * number for number in of)


def test_the_named_function_gets_the_other_keys_as_parameters() -> None:
    assert build({"times": _times}, {"name": "times", "factor": 2, "of": [1, 3]}, "x.toml") == (2, 6)


def test_an_unknown_name_is_refused_with_its_neighbour() -> None:
    with pytest.raises(SchemaUnusable) as refused:
        build({"times": _times}, {"name": "tims", "factor": 2}, "x.toml")
    assert refused.value.code == "schema.unknown_name"
    assert refused.value.facts == {"where": "x.toml", "name": "tims", "meant": "times"}


def test_an_unknown_parameter_is_refused_with_its_neighbour() -> None:
    with pytest.raises(SchemaUnusable) as refused:
        build({"times": _times}, {"name": "times", "facto": 2}, "x.toml")
    assert (refused.value.code, refused.value.facts["meant"]) == ("schema.unknown_key", "factor")


def test_a_missing_parameter_is_refused() -> None:
    with pytest.raises(SchemaUnusable) as refused:
        build({"times": _times}, {"name": "times"}, "x.toml")
    assert refused.value.code == "schema.bad_parameters"
    assert "factor" in refused.value.facts["detail"]


def test_a_name_like_no_other_has_no_neighbour() -> None:
    with pytest.raises(SchemaUnusable) as refused:
        require_known_keys({"colour": 1}, {"iban": 1}, "x.toml")
    assert refused.value.facts["meant"] == "–"
