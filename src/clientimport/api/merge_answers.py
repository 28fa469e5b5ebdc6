"""The answers about pairs of clients, given now or before."""

from __future__ import annotations

from pathlib import Path

from clientimport.api.open_ledger import open_home_ledger
from clientimport.merging.answer_store import keep_answers, load_answers
from clientimport.merging.answers import Answers
from clientimport.merging.review_sheet import read_answers
from clientimport.push.ledger.ledger_key import ledger_key
from clientimport.settings.folders import folders


def merge_answers(decide: Path | None, *, remember: bool) -> Answers:
    """Return the answers, and keep those of the workbook `decide` for the next merge when they are to be remembered."""
    home = folders()
    given = read_answers(decide) if decide else {}
    answers = {**(load_answers(home.merge_answers) if remember else {}), **given}
    if given and remember:
        keep_answers(answers, home.merge_answers)
    with open_home_ledger() as book:
        return Answers(ledger_key(book, home.ledger_key), answers)
