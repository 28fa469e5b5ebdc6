"""The state of the mapping screen: the columns, the cursor, and what each key changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum, auto

from clientimport.matching.column_mapping import ColumnMatch
from clientimport.matching.column_overrides import IGNORE
from clientimport.matching.mapping_findings import candidate_fields
from clientimport.messages.catalog import MessageCatalog
from clientimport.model.normalize import normalize
from clientimport.validation.import_file import ImportFile

AUTOMATIC = ""
"""The choice that takes a decision back."""


class ScreenMode(Enum):
    """What the keys are for."""

    COLUMNS = auto()
    FIELDS = auto()
    """Choosing what a column is."""
    NAME = auto()
    """Typing the name of a profile."""
    LEAVING = auto()
    """Saving decisions that no profile keeps, or not, before the screen is left."""


@dataclass(frozen=True, slots=True)
class ScreenState:
    """Everything that the screen shows."""

    portfolio: ImportFile
    listed: tuple[int, ...]
    """The positions of the columns that are listed."""
    cursor: int = 0
    mode: ScreenMode = ScreenMode.COLUMNS
    typed: str = ""
    """What was typed to find a field, or as a name."""
    choice: int = 0
    notice: str = ""
    """What happened last."""
    previous: ScreenState | None = None
    """The state before the last decision, for undoing it."""

    @property
    def matches(self) -> tuple[ColumnMatch, ...]:
        """The columns that are listed."""
        return tuple(match for match in self.portfolio.mapping.matches if match.column.index in self.listed)

    @property
    def match(self) -> ColumnMatch:
        """The column under the eye."""
        return self.matches[self.cursor]

    def move_cursor(self, by: int) -> ScreenState:
        """Return the state with the eye so many lines further; it stops at both ends."""
        return replace(self, cursor=max(0, min(len(self.matches) - 1, self.cursor + by)), notice="")

    def choose_field(self, messages: MessageCatalog) -> ScreenState:
        """Return the state in which the column's field is chosen, with the eye on the one that it has."""
        choosing = replace(self, mode=ScreenMode.FIELDS, typed="", choice=0, notice="")
        return (
            replace(choosing, choice=choosing.fields(messages).index(self.match.field))
            if self.match.field
            else choosing
        )

    def name_profile(self) -> ScreenState:
        """Return the state in which the name of a profile is typed."""
        return replace(self, mode=ScreenMode.NAME, typed=self.portfolio.mapping.profile or "", notice="")

    def back(self) -> ScreenState:
        """Return the state in which columns are looked at again."""
        return replace(self, mode=ScreenMode.COLUMNS, typed="", choice=0)

    def type_text(self, text: str) -> ScreenState:
        """Return the state with `text` typed; a backspace takes the last letter away."""
        typed = self.typed[:-1] if text == "\b" else self.typed + text
        return replace(self, typed=typed, choice=0)

    def move_choice(self, by: int, messages: MessageCatalog) -> ScreenState:
        """Return the state with another field under the eye."""
        return replace(self, choice=max(0, min(len(self.fields(messages)) - 1, self.choice + by)))

    def fields(self, messages: MessageCatalog) -> tuple[str, ...]:
        """Return the fields to choose from: the missing ones, those it may be, all that the platform takes.

        Typing narrows them.
        """
        schema, match = self.portfolio.schema, self.match
        likely = [*([match.field] if match.field else []), *candidate_fields(match)]
        missing = sorted(self.missing, key=lambda name: name not in likely)
        others = sorted(schema.fields, key=lambda name: normalize(messages.label(name)))
        every = dict.fromkeys((*missing, *likely, IGNORE, AUTOMATIC, *others))
        wanted = normalize(self.typed)
        return tuple(name for name in every if wanted in normalize(f"{choice_label(name, messages)} {name}"))

    @property
    def missing(self) -> tuple[str, ...]:
        """The fields that are required and have no column; of those of which one is enough, each."""
        return tuple(field for name in self.portfolio.missing for field in name.split("|"))

    def column_of(self, field: str) -> ColumnMatch | None:
        """Return the other column that gives a field now, if any."""
        others = (match for match in self.portfolio.mapping.matches if match.column.index != self.match.column.index)
        return next((match for match in others if match.field == field), None)

    def set_field(self, name: str) -> ScreenState:
        """Return the state with the column being `name`; another column that was said to be it is free again."""
        index = self.match.column.index
        overrides = {
            position: field
            for position, field in self.portfolio.overrides.items()
            if position != index and (field != name or field == IGNORE)
        }
        if name != AUTOMATIC:
            overrides[index] = name
        portfolio = self.portfolio.with_overrides(overrides)
        return replace(self.back(), portfolio=portfolio, notice="", previous=self.back())

    def accept_proposal(self) -> ScreenState:
        """Return the state with the proposal for this column taken."""
        return self.set_field(self.match.field) if self.match.field else self


def choice_label(name: str, messages: MessageCatalog) -> str:
    """Return what a choice is called."""
    if name == IGNORE:
        return messages.phrase("screen.ignore")
    return messages.label(name) if name else messages.phrase("screen.automatic")


def initial_state(portfolio: ImportFile, only: Iterable[int] | None = None) -> ScreenState:
    """Return the first state; `only` lists just these columns."""
    positions = (match.column.index for match in portfolio.mapping.matches if not match.is_ours)
    return ScreenState(portfolio, tuple(positions if only is None else only))
