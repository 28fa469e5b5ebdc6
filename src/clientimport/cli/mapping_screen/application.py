"""The mapping screen on a terminal: keys come in, the view goes out, on stderr, for stdout carries the result."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
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


def edit_mapping(portfolio: ImportFile, screen: Console, save: Save, only: Iterable[int] | None = None) -> ImportFile:
    """Return the portfolio as a person leaves it. Raises KeyboardInterrupt at Ctrl-C."""
    sitting = MappingSession(initial_state(portfolio, only), screen, save)
    sitting.application().run(handle_sigint=False)
    return sitting.state.portfolio


class MappingSession:
    """One person in front of the screen."""

    def __init__(self, state: ScreenState, screen: Console, save: Save) -> None:
        self.state = state
        self._screen = screen
        self._save = save

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
        """Take one key, and return whether the screen stays."""
        if self.state.mode is ScreenMode.COLUMNS:
            return self._in_columns(key)
        (self._in_fields if self.state.mode is ScreenMode.FIELDS else self._in_name)(key)
        return True

    def _in_columns(self, key: str) -> bool:
        state = self.state
        changed = {
            "enter": state.choose_field,
            " ": state.accept_proposal,
            "i": lambda: state.set_field("ignore"),
            "s": state.name_profile,
        }
        if key in changed:
            self.state = changed[key]()
        elif key in _STEPS:
            self.state = state.move_cursor(_STEPS[key])
        return key not in ("q", "escape")

    def _in_fields(self, key: str) -> None:
        state, words = self.state, self._screen.messages
        if key == "escape":
            self.state = state.back()
        elif key == "enter":
            found = state.fields(words)
            self.state = state.set_field(found[state.choice]) if found else state
        elif key in _STEPS:
            self.state = state.move_choice(_STEPS[key], words)
        else:
            self._type(key)

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
        from dataclasses import replace

        words = self._screen.messages
        try:
            self._save(self.state.portfolio, name)
            told = words.phrase("map.saved", name=name)
        except ClientImportError as error:
            told = words.error_message(error.code, error.facts)
        self.state = replace(self.state.back(), notice=told)


_STEPS = {"up": -1, "down": 1, "pageup": -10, "pagedown": 10, "home": -1000, "end": 1000}
