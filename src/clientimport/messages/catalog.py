"""The messages of one language: every sentence a user sees, from messages/<language>/*.toml.

Findings have a table each (title, message, mend, explain), errors and the terminal's phrases one sentence each.
Placeholders are `{name}`; a phrase that counts has two forms, `key.one` and `key.other`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from string import Formatter
from typing import Any

from clientimport.messages.french_spacing import NO_BREAK_SPACE, with_no_break_spaces
from clientimport.messages.printable import printable

LANGUAGES = ("nl", "fr", "en", "de")
"""The languages of the messages."""

FINDING_FILES = tuple(f"findings_{kind}.toml" for kind in ("values", "rows", "files", "matching", "push", "registers"))
"""Where the sentences of findings are: about single values, about rows and tables, and what four rooms notice."""

PAGES = "pages.toml"
"""What pages and workbooks for colleagues say instead of the sentences that have an option in them."""

PROGRAMS = "programs.toml"
"""What exceptions of the Python API say instead of the sentences of the command line, in English alone."""


@dataclass(frozen=True, slots=True)
class FindingMessages:
    """The sentences of one finding."""

    title: str
    """What it is, in a few words, without placeholders; the heading of a group."""
    message: str
    """What is there and what would be right."""
    mend: str
    """What to do next."""
    explain: str
    """At length, for `explain CODE`, without placeholders."""


@dataclass(frozen=True)
class MessageCatalog:
    """All messages of one language; each file is read when its first sentence is needed."""

    language: str
    for_pages: bool = False
    """Whether for a page or workbook that colleagues read, who have no command line: no sentence has an option."""

    @cached_property
    def findings(self) -> Mapping[str, FindingMessages]:
        """The sentences of each finding, by code."""
        read = (_load(self.language, name) for name in FINDING_FILES)
        instead = _load(self.language, PAGES) if self.for_pages else {}
        return {
            code: FindingMessages(**{**entry, **instead.get(code, {})}) for file in read for code, entry in file.items()
        }

    @cached_property
    def errors(self) -> Mapping[str, str]:
        """The sentence of each error, by code."""
        return _load(self.language, "errors.toml")

    @cached_property
    def reasons(self) -> Mapping[str, str]:
        """Why something failed, by the code of `errors.py`."""
        return _load(self.language, "reasons.toml")

    @property
    def phrases(self) -> Mapping[str, str]:
        """The phrases of the terminal."""
        return load_phrases(self.language)

    @cached_property
    def fields(self) -> Mapping[str, Mapping[str, str]]:
        """Canonical field, or `platform.field` where a platform differs -> label, rule."""
        return _load(self.language, "fields.toml")

    def error_message(self, code: str, facts: Mapping[str, str]) -> str:
        """Return the sentence of an error.

        `{closest}` and `{choice}` are sentences of their own about the facts `meant` and `known`, and nothing when
        there is nothing to name. A code may have another sentence, `code.status`, for a platform that did answer, and
        `code.server` for a ledger that is on a server.
        """
        variants = (f"{code}.{fact}" for fact in ("status", "server") if fact in facts)
        return self._fill_error(self.errors[next(filter(self.errors.get, variants), code)], facts)

    def program_error_message(self, code: str, facts: Mapping[str, str]) -> str:
        """Return the sentence of an error for somebody who writes Python, where there is one of its own."""
        sentences = _load("en", PROGRAMS)  # the language of programmers
        return self._fill_error(sentences[code], facts) if code in sentences else self.error_message(code, facts)

    def _fill_error(self, sentence: str, facts: Mapping[str, str]) -> str:
        closest_name, choices = (facts.get(name, "").strip("–") for name in ("meant", "known"))
        closest = self.phrase("closest", name=closest_name) if closest_name else ""
        choice = self.phrase("choice", names=choices) if choices else ""
        reason = {"reason": self.reason(facts)} if "reason" in facts else {}
        return fill_placeholders(sentence, {**facts, **reason, "closest": closest, "choice": choice})

    def reason(self, facts: Mapping[str, str]) -> str:
        """Return why something failed, in words; what has no code of `errors.py` is shown as it is."""
        known = self.reasons.get(facts["reason"])
        return fill_placeholders(known, facts) if known else facts["reason"]

    def phrase(self, key: str, **facts: object) -> str:
        """Return a phrase of the terminal."""
        return fill_placeholders(self.phrases[key], {name: str(value) for name, value in facts.items()})

    def with_label(self, label: str, value: object) -> str:
        r"""Return a value behind its label, with the space that French has before a colon.

        >>> message_catalog("fr").with_label("créé", 4), message_catalog("nl").with_label("aangemaakt", 4)
        ('créé\xa0: 4', 'aangemaakt: 4')
        """
        return f"{label}{NO_BREAK_SPACE if self.language == 'fr' else ''}: {value}"

    def series(self, parts: Iterable[str]) -> str:
        r"""Return parts that are not empty in one line, with the space that French has before a semicolon.

        >>> message_catalog("fr").series(["a", "", "b"]), message_catalog("nl").series(["a", "b"])
        ('a\xa0; b', 'a; b')
        """
        return f"{NO_BREAK_SPACE if self.language == 'fr' else ''}; ".join(filter(None, parts))

    def plural(self, key: str, number: int, **facts: object) -> str:
        """Return the phrase `key` in the form that fits `number`, which fills `{count}`."""
        is_singular = number == 1 or (number == 0 and self.language == "fr")  # French counts none as one
        return self.phrase(f"{key}.{'one' if is_singular else 'other'}", count=number, **facts)

    def format_date(self, day: date) -> str:
        """Return a day as people write it.

        >>> message_catalog("nl").format_date(date(2026, 11, 22))
        '22 november 2026'
        >>> message_catalog("fr").format_date(date(2026, 1, 1))
        '1er janvier 2026'
        >>> message_catalog("de").format_date(date(2026, 3, 5))
        '5. März 2026'
        """
        month = self.phrases["months"].split()[day.month - 1]
        number = "1er" if self.language == "fr" and day.day == 1 else str(day.day)
        return self.phrase("day", day=number, month=month, year=day.year)

    def client_status(self, status: str, platform: str) -> str:
        """Return the state of a client in the platform's own word where it has one in this language.

        >>> message_catalog("nl").client_status("draft", "banqup-partner")
        'Concept'
        >>> message_catalog("nl").client_status("lost", "banqup-partner")
        'verloren'
        """
        return str(self.phrases.get(f"status.{platform}.{status}") or self.phrase(f"status.{status}"))

    def status_label(self, status: str, platform: str) -> str:
        """Return the state of a client as it stands by itself, in a table: with a capital.

        >>> message_catalog("nl").status_label("invited", "banqup-partner")
        'Uitgenodigd'
        """
        word = self.client_status(status, platform)
        return word[:1].upper() + word[1:]

    def label(self, field: str) -> str:
        """Return what a canonical field is called, or the fields of which one is needed (`rcs_number|vat_number`)."""
        return " / ".join(self.fields[name]["label"] for name in field.split("|"))

    def rule(self, platform: str, field: str) -> str:
        """Return what belongs in a canonical field: the platform's own rule, else the general one."""
        return (self.fields.get(f"{platform}.{field}") or self.fields[field])["rule"]


@cache
def placeholders(sentence: str) -> frozenset[str]:
    """Return the names of what a sentence leaves open.

    >>> sorted(placeholders("{value} has {count} digits, {{not}} 10"))
    ['count', 'value']
    """
    return frozenset(name for _, name, _, _ in Formatter().parse(sentence) if name)


def fill_placeholders(sentence: str, facts: Mapping[str, str]) -> str:
    """Return `sentence` with its placeholders filled; a fact that is not known leaves nothing behind.

    Facts come from strangers' files and platforms, so what is in them cannot change a screen.

    >>> fill_placeholders("Did you mean {meant}?", {"meant": "iban"})
    'Did you mean iban?'
    """
    return sentence.format_map({name: printable(facts.get(name, "")) for name in placeholders(sentence)})


@cache
def message_catalog(language: str, *, for_pages: bool = False) -> MessageCatalog:
    """Return the messages in `nl`, `fr`, `en` or `de`."""
    return MessageCatalog(language, for_pages)


@cache
def load_phrases(language: str) -> Mapping[str, Any]:
    """Return the phrases alone: a few of them are looked for in every file, in every language."""
    return _load(language, "screen.toml")


def _load(language: str, name: str) -> dict[str, Any]:
    from importlib.resources import files

    import tomli  # 9 ms together that help does not need

    file = files("clientimport") / "messages" / language / name
    text = file.read_text(encoding="utf-8")
    return tomli.loads(with_no_break_spaces(text) if language == "fr" else text)
