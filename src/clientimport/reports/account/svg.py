"""A drawing as it may stand inside a page: no style of its own, which the page's policy forbids, and with a title.

The policy names the page's one style by its hash, so that attributes `style` do nothing there:
https://www.w3.org/TR/CSP3/#directive-style-src. Presentation attributes and classes are no style.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET  # builds alone; what is read goes through defusedxml

STATUS_ROLES = ("draft", "invited", "active", "failed", "archived", "lost", "unknown")
ROLES = {
    role: f"#0000{number:02x}" for number, role in enumerate(("ink", "line", "added", "mailed", *STATUS_ROLES), start=1)
}
"""What has a colour of its own, and by which colour it is known in the drawing; the page's style has the real one."""
_ROLE_OF = {colour: role for role, colour in ROLES.items()}
_PAINT = ("fill", "stroke")
_DROPPED = ("metadata", "style")
_FONT_SIZE = re.compile(r"([\d.]+)px")
_NOT_TURNED = "rotate(-0 "
_REFERENCE = re.compile(r"url\(#([^)]+)\)")


def svg_for_page(drawing: bytes, key: str, title: str, description: str) -> str:
    """Return a drawing of matplotlib as markup; `key` begins its ids, `title` and `description` are read aloud."""
    import defusedxml.ElementTree as SafeET

    root = _element(SafeET.fromstring(drawing), key)
    view = {"viewBox": root.get("viewBox", ""), "class": "chart", "role": "img"}
    root.attrib.clear()
    root.attrib.update({**view, "aria-labelledby": f"{key}-title {key}-description"})
    for position, (name, text) in enumerate((("title", title), ("desc", description))):
        told = ET.Element(name, {"id": f"{key}-{'title' if name == 'title' else 'description'}"})
        told.text = text
        root.insert(position, told)
    _drop_unused_ids(root, key)
    return ET.tostring(root, encoding="unicode", short_empty_elements=False)


def _element(source: ET.Element, key: str) -> ET.Element:
    """Return an element without namespaces and styles, its ids made the picture's own."""
    attributes = dict(_attributes(source, key))
    element = ET.Element(_plain(source.tag), attributes)
    element.text = source.text and source.text.strip()
    element.extend(_element(child, key) for child in source if _plain(child.tag) not in _DROPPED)
    return element


def _attributes(source: ET.Element, key: str) -> Iterator[tuple[str, str]]:
    classes = []
    declarations = (part.partition(":") for part in source.get("style", "").split(";") if part.strip())
    stated = {_plain(name): value for name, value in source.attrib.items() if name != "style"}
    stated.update((name.strip(), value.strip()) for name, _, value in declarations)
    if font := stated.pop("font", ""):
        stated["font-size"] = _FONT_SIZE.findall(font)[0]
    for name, value in stated.items():
        if name == "font-family" or value.startswith(_NOT_TURNED):
            continue  # the page's own letters, and a turn by nothing
        if name in _PAINT and value in _ROLE_OF:
            classes.append(f"{name}-{_ROLE_OF[value]}")
        elif name == "id":
            yield name, f"{key}-{value}"
        elif name == "href":
            yield name, value.replace("#", f"#{key}-", 1)
        else:
            yield name, _REFERENCE.sub(rf"url(#{key}-\1)", value)
    if classes:
        yield "class", " ".join(classes)


def _drop_unused_ids(root: ET.Element, key: str) -> None:
    """Drop the ids that nothing in the drawing refers to; those of title and description stay."""
    used = {f"{key}-title", f"{key}-description"}
    for element in root.iter():
        used.update(name for value in element.attrib.values() for name in _REFERENCE.findall(value))
        if (link := element.get("href", "")).startswith("#"):
            used.add(link[1:])
    for element in root.iter():
        if element.get("id") not in used:
            element.attrib.pop("id", None)


def _plain(name: str) -> str:
    """Return a name without its namespace.

    >>> _plain("{http://www.w3.org/2000/svg}g"), _plain("xlink:href")
    ('g', 'href')
    """
    return re.split("[}:]", name)[-1]
