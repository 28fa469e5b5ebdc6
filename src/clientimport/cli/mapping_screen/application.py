"""The mapping screen on a terminal: it reads keys and draws on stderr, for stdout carries the result."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from clientimport.cli.console import Console
from clientimport.cli.mapping_screen.state import ScreenMode, ScreenState, initial_state
from clientimport.cli.mapping_screen.view import view
from clientimport.errors import ClientImportError
from clientimport.validation.import_file import ImportFile

if TYPE_CHECKING:
    from prompt_toolkit import Application
    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

Save = Callable[[ImportFile, str], None]
"""Keeps a mapping as a profile under a name."""


def edit_mapping(portfolio: ImportFile, console: Console, save: Save, only: Iterable[int] | None = None) -> ImportFile:
    """Return the portfolio as a person leaves it. Raises KeyboardInterrupt at Ctrl-C."""
    sitting = MappingSession(initial_state(portfolio, only), console, save)
    sitting.application().run(handle_sigint=False)
    return sitting.state.portfolio


class MappingSession:
    """One session with the mapping screen."""

    def __init__(self, state: ScreenState, console: Console, save: Save) -> None:
        self.state = state
        self._screen = console
        self._save = save
        self._saved = state.portfolio.overrides
        """The decisions that are kept elsewhere: in a profile, or on the command line."""
        self._asks_to_save = len(state.listed) == len(state.portfolio.mapping.matches)
        """Not where a push asks about a few columns, and goes on with the answers."""

    def application(self) -> Application[None]:
        """Return the screen as prompt_toolkit runs it."""
        from prompt_toolkit import Application
        from prompt_toolkit.layout import FormattedTextControl, Layout, Window
        from prompt_toolkit.output import create_output

        shown = Window(FormattedTextControl(self._drawn, show_cursor=False), always_hide_cursor=True)
        return Application(
            Layout(shown), key_bindings=self._keys(), full_screen=True, output=create_output(stdout=sys.stderr)
        )

    def _drawn(self) -> StyleAndTextTuples:
        from prompt_toolkit.application import get_app

        size = get_app().output.get_size()
        return [(style, f"{line}\n") for style, line in view(self.state, self._screen, size.columns, size.rows)]

    def _keys(self) -> KeyBindings:
        from prompt_toolkit.key_binding import KeyBindings

        keys = KeyBindings()
        for name in ("up", "down", "pageup", "pagedown", "home", "end", "enter", "escape", "backspace", "c-c", "<any>"):
            keys.add(name, eager=name == "escape")(self._pressed(name))
        return keys

    def _pressed(self, name: str) -> Callable[[KeyPressEvent], None]:
        def act(event: KeyPressEvent) -> None:
            if name == "c-c":
                event.app.exit(exception=KeyboardInterrupt())
            elif not self.press(event.data if name == "<any>" else name):
                event.app.exit()

        return act

    def press(self, key: str) -> bool:
        """Handle one key, and return whether the screen stays open."""
        if self.state.mode is ScreenMode.LEAVING:
            return self._in_leaving(key)
        if self.state.mode is ScreenMode.COLUMNS:
            return self._in_columns(key)
        (self._in_fields if self.state.mode is ScreenMode.FIELDS else self._in_name)(key)
        return True

    def _in_columns(self, key: str) -> bool:
        state, messages = self.state, self._screen.messages
        changed = {
            "enter": lambda: state.choose_field(messages),
            "u": self._undone,
            " ": state.accept_proposal,
            "i": lambda: state.set_field("ignore"),
            "s": state.name_profile,
        }
        if key in changed:
            self.state = changed[key]()
        elif key in _STEPS:
            self.state = state.move_cursor(_STEPS[key])
        return key not in ("q", "escape") or self._asks_before_leaving()

    def _asks_before_leaving(self) -> bool:
        """Ask what to do with decisions that would be lost, and return whether there are any."""
        if not self._asks_to_save or self.state.portfolio.overrides == self._saved:
            return False
        notice = self._screen.messages.phrase("screen.unsaved")
        self.state = replace(self.state, mode=ScreenMode.LEAVING, notice=notice)
        return True

    def _in_leaving(self, key: str) -> bool:
        """Save under a name, stay, or leave; what is not saved is an option of the next command."""
        if key == "s":
            self.state = self.state.name_profile()
        elif key == "escape":
            self.state = replace(self.state.back(), notice="")
        return key != "q"

    def _in_fields(self, key: str) -> None:
        state, messages = self.state, self._screen.messages
        if key == "escape":
            self.state = state.back()
        elif key == "enter":
            fields = state.fields(messages)
            self.state = self._with_field(fields[state.choice]) if fields else state
        elif key in _STEPS:
            self.state = state.move_choice(_STEPS[key], messages)
        else:
            self._type(key)

    def _with_field(self, name: str) -> ScreenState:
        """Return the state with the field chosen; another column that gave it until now is named."""
        messages, giver = self._screen.messages, self.state.column_of(name)
        chosen = self.state.set_field(name)
        if giver is None:
            return chosen
        column, other = (f"{match.column.letter} ({match.column.header})" for match in (chosen.match, giver))
        notice = messages.phrase("screen.taken", label=messages.label(name), column=column, other=other)
        return replace(chosen, notice=notice)

    def _undone(self) -> ScreenState:
        before, messages = self.state.previous, self._screen.messages
        if before is None:
            return replace(self.state, notice=messages.phrase("screen.nothing_undone"))
        return replace(before, notice=messages.phrase("screen.undone"))

    def _in_name(self, key: str) -> None:
        if key == "escape":
            self.state = self.state.back()
        elif key == "enter":
            self._keep(self.state.typed.strip())
        else:
            self._type(key)

    def _type(self, key: str) -> None:
        if key == "backspace":
            self.state = self.state.type_text("\b")
        elif len(key) == 1 and key.isprintable():
            self.state = self.state.type_text(key)

    def _keep(self, name: str) -> None:

        messages = self._screen.messages
        try:
            self._save(self.state.portfolio, name)
            self._saved = self.state.portfolio.overrides
            notice = messages.phrase("map.saved", name=name)
        except ClientImportError as error:
            notice = messages.error_message(error.code, error.facts)
        self.state = replace(self.state.back(), notice=notice)


_STEPS = {"up": -1, "down": 1, "pageup": -10, "pagedown": 10, "home": -1000, "end": 1000}
