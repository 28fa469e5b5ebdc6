from __future__ import annotations

import ast
from pathlib import Path

import pycountry

from clientimport.sandbox import __file__ as sandbox_file
from clientimport.sandbox.rules.addresses import COUNTRIES

SHARED = ("clientimport.sandbox", "clientimport.errors", "clientimport.model.termination_signals")
"""How a process ends at a signal says nothing of clients."""
MODULES = sorted(Path(sandbox_file).parent.rglob("*.py"))


def test_the_sandbox_knows_nothing_of_the_importers_rules() -> None:
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                assert not name.startswith("clientimport") or name.startswith(SHARED), module


def test_the_country_codes_are_those_of_the_standard() -> None:
    assert {country.alpha_2 for country in pycountry.countries} == COUNTRIES


def test_an_unknown_client_or_state_cannot_be_switched() -> None:
    from sandbox.api_caller import PARTNER, banqup, sandbox

    with sandbox() as anyone:
        assert anyone.post("/_sandbox/clients/nobody/status", {"status": "lost"}).status == 404
        client_id = banqup(anyone).create("/clients", PARTNER)
        assert anyone.post(f"/_sandbox/clients/{client_id}/status", {"status": "asleep"}).status == 400
