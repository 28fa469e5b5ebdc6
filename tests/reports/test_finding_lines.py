from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from clientimport.messages.catalog import message_catalog
from clientimport.messages.column_messages import column_messages
from clientimport.messages.finding_messages import finding_message
from clientimport.model.finding import Severity
from clientimport.model.findings import FindingColumn, FindingSequence
from clientimport.reports.finding_lines import column_lines
from clientimport.reports.json_report import FindingObjects, finding_data
from clientimport.schema.finding_catalog import finding_kinds

REPAIRS = [code for code, kind in finding_kinds().items() if kind.severity is Severity.REPAIR]
cells = (
    st.none()
    | st.sampled_from(
        ["85.07.30-033.28", "85073003328", "BE", "0403019261", " ", "\0", "a\x9bb", "BE68 5390 0754 7034", 'é "%s" {x}']
    )
    | st.text(max_size=12)
)


@st.composite
def finding_columns(draw: st.DrawFn) -> FindingColumn:
    count = draw(st.integers(1, 6))
    texts = [pa.array(draw(st.lists(cells, min_size=count, max_size=count)), pa.string()) for _ in range(3)]
    return FindingColumn(
        draw(st.sampled_from(REPAIRS)),
        Severity.REPAIR,
        np.array(draw(st.lists(st.integers(2, 10**6), min_size=count, max_size=count, unique=True)), np.int64),
        texts[0],
        draw(st.sampled_from(("A", "BC", None))),
        draw(st.sampled_from(("iban", "national_register_number", None))),
        draw(st.sampled_from(("Nr", "%s", "100% {value}", "85.07.30-033.28", None))),
        draw(st.sampled_from((texts[1], None))),
        draw(st.sampled_from(({"apart": texts[2].fill_null("–")}, {}))),
    )


@pytest.mark.parametrize("language", ["nl", "en"])
@settings(deadline=None)
@given(column=finding_columns(), masks=st.booleans())
@example(
    column=FindingColumn(
        "iban.spaces", Severity.REPAIR, np.array([2]), pa.array(["a"]), facts={"count": pa.array(["3"])}
    ),
    masks=True,
)
def test_a_column_says_what_its_findings_say_one_by_one(language: str, column: FindingColumn, masks: bool) -> None:
    messages = message_catalog(language)
    sentences = [finding_message(messages, finding, show_personal_data=not masks) for finding in column]
    assert column_messages(messages, column, show_personal_data=not masks) == sentences
    lines = [json.dumps(finding_data(finding, messages, masks=masks)) for finding in column]
    assert column_lines(column, messages, masks=masks) == lines


@settings(deadline=None, max_examples=30)
@given(column=finding_columns())
def test_objects_of_findings_are_written_as_they_are_read(column: FindingColumn) -> None:
    messages = message_catalog("en")
    later = replace(column, code="text.spaces", rows=column.rows + 1)
    findings = FindingSequence([column, *column, later]).sorted()
    objects = FindingObjects(findings, messages, masks=True)
    assert [json.loads(line) for lines in objects.lines() for line in lines] == list(objects)
    assert objects[-1] == list(objects)[-1]
    assert len(objects) == len(findings)
    assert "85.07.30-033" not in repr(objects)
