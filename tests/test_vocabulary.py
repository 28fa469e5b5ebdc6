"""The words of the house: one meaning for a name, the field's terms, plain English in docstrings."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import PurePath

from clientimport import __all__
from house import TEXTS, TREES, bound_names, classes, docstrings, room

VARIABLES_LEFT: set[str] = set()
"""Rooms whose variables are not gone through yet. The list only shrinks."""

VARIABLES = {"one", "found", "said", "told", "held", "meant", "own", "some", "there"}
"""Names that do not say what they hold."""
MOST_VARIABLES = 20
PHRASES = re.compile(
    r"\b(hear(s|d|ing)?|who(so)?ever|whomever|whatever|whatsoever|nobody('s)?|(say(s|ing)?|said)\s+whether"
    r"|ones?\s+of\s+ours|had\s+better)\b",
    re.IGNORECASE,
)
"""What a docstring says when it is a riddle."""
MOST_PHRASES = 40

OLD_WORDS = frozenset(
    """
    course trail journal echo rivals wave fuse material nothing portfolio interpretation oddity remarks unsure settled
    noticed located hardened softened intend occasion asking answering unasked untold typed surroundings recall
    recognised bundled unlocking initials vocabulary locating unprinted obtainable foreseen guarded observed neighbours
    remark wanted feeds seal boundary
    """.split()  # noqa: SIM905 -- a few lines instead of one a word
)
"""Words of an earlier vocabulary: in no name of a module or class."""
OLD_NAMES = frozenset(
    """
    book tab span grid place places pace turn hold lost refused refusal screen access opened checked told leave world
    former sending plain reading taking putoff exported meaning how pushing on against speaking office wrong kinds
    family shape decisions suggestion distinct folding look_up taken_apart shared_word side_by_side one_push one_client
    typed_line someone_else given_file passed_over odd_words creating updating inviting growing working damage bounds
    opening ending renewal couple control signing_in setup schema_column entry mapping match lists configuration
    answer space client_json comparison compared outcome action break words failure fate mark package
    heading block textbook web_page old_workbook open_document
    """.split()  # noqa: SIM905 -- a few lines instead of one a word
)
"""Names of an earlier vocabulary: no module or class has one of them as its whole name."""


PUBLIC_FORMS = {"Plan", "Report"}
"""Classes of the Python API that are called as what they show to a program: the plan and the report of other rooms."""


def words(name: str) -> list[str]:
    """Return the words of a name in snake or camel case.

    >>> words("group_commit"), words("_PutOff"), words("HttpClient")
    (['group', 'commit'], ['put', 'off'], ['http', 'client'])
    """
    return [word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+", name)]


def named() -> list[tuple[str, str]]:
    """Return the names of all modules, folders and classes, each with its module."""
    modules = [(part.removesuffix(".py"), module) for module in TREES for part in PurePath(module).parts]
    return [*modules, *((definition.name, module) for module, tree in TREES.items() for definition in classes(tree))]


def test_a_class_name_means_one_thing_in_all_rooms() -> None:
    names = Counter(
        definition.name.lstrip("_")
        for module, tree in TREES.items()
        for definition in classes(tree)
        if not (room(module) == "api" and definition.name in PUBLIC_FORMS)
    )
    assert [name for name, times in names.items() if times > 1] == []


def test_a_public_form_is_public_and_has_an_inner_one() -> None:
    inner = {definition.name for module, tree in TREES.items() if room(module) != "api" for definition in classes(tree)}
    assert set(__all__) & inner >= PUBLIC_FORMS


def test_no_module_and_no_class_has_a_word_of_the_earlier_vocabulary() -> None:
    assert {(name, module) for name, module in named() if OLD_WORDS.intersection(words(name))} == set()
    assert {(name, module) for name, module in named() if "_".join(words(name)) in OLD_NAMES} == set()


def test_variables_are_called_by_what_they_hold() -> None:
    uses = Counter(
        (module, name)
        for module, tree in TREES.items()
        for name in bound_names(tree)
        if name in VARIABLES and room(module) not in VARIABLES_LEFT
    )
    assert uses.total() <= MOST_VARIABLES, uses


def test_docstrings_say_what_is_returned_or_done() -> None:
    riddles = Counter(
        (module, phrase[0].lower())
        for module, tree in TREES.items()
        for text in docstrings(tree)
        for phrase in PHRASES.finditer(text)
    )
    assert riddles.total() <= MOST_PHRASES, riddles


def test_the_rooms_that_are_left_exist() -> None:
    assert {room(module) for module in TEXTS} >= VARIABLES_LEFT
