"""The template of a page: what is put into it is escaped and masked, and no style or script but its own may run."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING

from clientimport.model.masking import mask_text

if TYPE_CHECKING:
    from jinja2 import Template


def page_part(folder: Traversable, name: str) -> str:
    """Return a file of ours that a page is made of."""
    return (folder / name).read_text(encoding="utf-8")


def page_template(text: str, *, masks: bool) -> Template:
    """Return the template: every value is escaped on its way onto the page, and numbers of people are masked."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_masked if masks else None,
    )
    return environment.from_string(text)


def content_policy(style: str, script: str | None = None) -> str:
    """Return the content security policy of a page with this one style and, perhaps, this one script."""
    nothing = dict.fromkeys(("default-src", "base-uri", "form-action"), "'none'")
    allowed = {"style-src": f"'{_hash(style)}'", **({"script-src": f"'{_hash(script)}'"} if script else {})}
    return "; ".join(f"{what} {whence}" for what, whence in (nothing | allowed).items())


def _masked(value: object) -> object:
    """Return a value as it may stand on the page; markup is ours and stays."""
    return mask_text(value) if type(value) is str else value


def _hash(text: str) -> str:
    return f"sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
