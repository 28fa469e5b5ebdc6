"""What holds for every merge, tried on lists that nobody would think of."""

from __future__ import annotations

from collections import Counter

from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from client_lists import Row, client_list, merged, values
from clientimport.merging.client_list import ClientList
from clientimport.merging.merge import Merge
from clientimport.schema.loader import load_schema

NUMBERS = ("0403019261", "0419618535", "0403170701")
CELLS = {
    "legal_name": st.sampled_from(
        ["Bakkerij Peeters BV", "BAKKERIJ PEETERS", "Bakerij Peeters", "Claes", "Dubois SRL"]
    ),
    "company_number": st.sampled_from(NUMBERS),
    "vat_number": st.sampled_from([f"BE{number}" for number in NUMBERS]),
    "contact_email": st.sampled_from(["info@office.be", "an@peeters.be", "AN@peeters.be", "jo@claes.be"]),
    "contact_first_name": st.sampled_from(["An", "Jo"]),
    "contact_last_name": st.sampled_from(["Peeters", "Claes"]),
    "street": st.sampled_from(["Kerkstraat", "Markt"]),
    "box": st.sampled_from(["1", "2"]),
    "postal_code": st.sampled_from(["9000", "1000"]),
    "iban": st.sampled_from(["BE71096123456769", "BE62510007547061"]),
    "mandate": st.sampled_from(["yes", "no"]),
}
ROWS = st.lists(st.fixed_dictionaries({}, optional=CELLS).filter(bool), max_size=6)
# Explaining a failure traces every line of pandas, which takes minutes.
EACH = settings(phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink], max_examples=40)
TAKEN = frozenset(load_schema("banqup-partner").fields)


def clients(outcome: Merge) -> Counter[frozenset[tuple[str, int]]]:
    """Return which rows are one client."""
    return Counter(
        frozenset((member.source, row.number) for member in one.members for row in member.rows)
        for one in outcome.clients
    )


def distinct_clients(rows: list[Row]) -> list[Row]:
    """Return rows of which no two share a number or look alike: a list in which each client stands once."""
    kept: list[Row] = []
    for row in rows:
        own = set(row.items())
        if not any(dict(own & set(other.items())).keys() & {"company_number", "vat_number"} for other in kept):
            kept.append(row)
    return kept


@EACH
@given(ROWS)
def test_merging_with_nothing_changes_nothing(rows: list[Row]) -> None:
    outcome = merged(client_list("crm", *rows), client_list("books"))
    assert values(outcome) == [{name: value for name, value in row.items() if name in TAKEN} for row in rows]
    assert (outcome.conflicts, outcome.review, outcome.both) == ((), (), 0)


@EACH
@given(ROWS)
def test_merging_with_itself_changes_no_cell(rows: list[Row]) -> None:
    """Where a number joins a row with its copy; what has none is asked about, and then it is the same."""
    own = distinct_clients(rows)
    lists = client_list("crm", *own), client_list("copy", *own)
    outcome = merged(*lists)
    numbered = [row for row in own if row.keys() & {"company_number", "vat_number"}]
    assert outcome.both >= len(numbered) - len(outcome.contradictions)
    for client in outcome.clients:
        if len(client.members) > 1:
            assert client.disagreements == ()
            assert len({member.rows[0].number for member in client.members}) == 1


@EACH
@given(ROWS, ROWS, ROWS)
def test_every_row_that_goes_in_is_in_one_client(crm: list[Row], books: list[Row], third: list[Row]) -> None:
    lists = client_list("crm", *crm), client_list("books", *books), client_list("third", *third)
    outcome = merged(*lists)
    rows = Counter(row for client in clients(outcome).elements() for row in client)
    assert rows == Counter((one.name, row.number) for one in lists for client in one.clients for row in client.rows)
    only = sum(len(outcome.only_in(one.name)) for one in lists)
    assert outcome.both + only == len(outcome.clients)


@EACH
@given(ROWS, ROWS)
def test_no_value_comes_out_that_did_not_go_in(crm: list[Row], books: list[Row]) -> None:
    outcome = merged(client_list("crm", *crm), client_list("books", *books))
    by_list = {("crm", at): row for at, row in enumerate(crm, 2)} | {
        ("books", at): row for at, row in enumerate(books, 2)
    }
    for client in outcome.clients:
        for row in client.rows:
            for name, cell in row.cells.items():
                assert by_list[cell.source, cell.row][name] == cell.value


@EACH
@given(ROWS, ROWS)
@example(
    [{"company_number": NUMBERS[0], "street": "Kerkstraat"}],
    [{"company_number": NUMBERS[0], "street": "Markt", "box": "2"}],
)
def test_no_value_that_goes_in_is_lost_without_a_word(crm: list[Row], books: list[Row]) -> None:
    outcome = merged(client_list("crm", *crm), client_list("books", *books))
    for client in outcome.clients:
        written = {(name, cell.value.casefold()) for row in client.rows for name, cell in row.cells.items()}
        named = {(one.field, given.value.casefold()) for one in client.disagreements for given in one.values}
        filled = {name for name, _ in written}
        for member in client.members:
            for name, value in member.fields.items():
                if name in TAKEN and (name, value.casefold()) not in written | named:
                    # only another spelling of a name goes without a word
                    assert name in {"legal_name"} & filled


@EACH
@given(ROWS, ROWS, st.permutations(["crm", "books"]))
def test_the_order_of_the_lists_changes_only_what_is_taken(crm: list[Row], books: list[Row], order: list[str]) -> None:
    lists = {"crm": client_list("crm", *crm), "books": client_list("books", *books)}
    one, other = merged(lists["crm"], lists["books"]), merged(*(lists[name] for name in order))
    assert clients(one) == clients(other)
    assert asked(one) == asked(other)
    assert disputed(one) == disputed(other)


def asked(outcome: Merge) -> Counter[str]:
    return Counter(pair.key for pair in outcome.review)


def disputed(outcome: Merge) -> Counter[tuple[str, frozenset[tuple[str, int, str]]]]:
    """Return the fields in which lists differ by themselves."""
    return Counter(
        (
            conflict.disagreement.field,
            frozenset((given.source, given.row, given.value) for given in conflict.disagreement.values),
        )
        for conflict in outcome.conflicts
        if conflict.disagreement.reason not in {"unit", "second_contact"}
    )


@EACH
@given(ROWS, ROWS)
def test_with_a_preference_the_order_of_the_lists_changes_no_cell(crm: list[Row], books: list[Row]) -> None:
    lists: list[ClientList] = [client_list("crm", *crm), client_list("books", *books)]
    prefer = {"*": ["crm", "books"]}
    one, other = merged(*lists, prefer=prefer), merged(*reversed(lists), prefer=prefer)
    assert Counter(map(cells, values(one))) == Counter(map(cells, values(other)))


def cells(row: Row) -> frozenset[tuple[str, str]]:
    return frozenset(row.items())
