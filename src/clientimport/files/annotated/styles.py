"""Styles: for every style of a cell the same one with our colour, so that formats and borders stay."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from clientimport.model.finding import Severity

COLOURS = {
    Severity.ERROR: "FFF8CBC6",
    Severity.WARNING: "FFFCE3B6",
    Severity.REPAIR: "FFD3E5F8",
    Severity.INFO: "FFE6E7EA",
}
"""Exact colours of ours, by which a cell that we coloured before is known again."""

_XF = re.compile(r"<xf\b[^>]*?(?:/>|>.*?</xf>)", re.DOTALL)
_FILL = re.compile(r"<fill\b[^>]*?(?:/>|>.*?</fill>)", re.DOTALL)
_FONT = re.compile(r"<font\b[^>]*?(?:/>|>.*?</font>)", re.DOTALL)
_BOLD = '<font><b/><sz val="11"/><name val="Calibri"/></font>'
_FILL_ID = re.compile(r'\bfillId="(\d+)"')


@dataclass
class Styles:
    """The styles part of one workbook, to which ours are added as they are asked for."""

    xml: str
    _xfs: list[str] = field(default_factory=list)
    _given: dict[tuple[int, Severity | None], int] = field(default_factory=dict)
    _fills: dict[Severity, int] = field(default_factory=dict)
    _ours: frozenset[int] = frozenset()
    """The fills that are ours, from an earlier time too."""

    def __post_init__(self) -> None:
        self._xfs = _XF.findall(_section(self.xml, "cellXfs")) or ["<xf/>"]
        fills = _FILL.findall(_section(self.xml, "fills"))
        self._ours = frozenset(
            index for index, fill in enumerate(fills) if any(colour in fill for colour in COLOURS.values())
        )
        self._fills = {severity: len(fills) + index for index, severity in enumerate(COLOURS)}

    @property
    def has_our_colours(self) -> bool:
        """Whether cells may have been coloured by us before."""
        return bool(self._ours)

    def with_colour(self, style: int, severity: Severity) -> int:
        """Return the style that is `style` in the colour of `severity`."""
        return self._changed(style, severity)

    def without_colour(self, style: int) -> int:
        """Return the style without our colour; itself where it has none."""
        return self._changed(style, None) if self._is_ours(style) else style

    def column_style(self) -> int:
        """Return the style of our own column: text that breaks into lines, at the top."""
        return self._added('<xf applyAlignment="1"><alignment horizontal="left" vertical="top" wrapText="1"/></xf>')

    def with_quote_prefix(self, style: int) -> int:
        """Return the style with Excel's mark of quoted text, so that what looks like a formula never runs."""
        style = style if style < len(self._xfs) else 0
        xf = self._xfs[style]
        return style if "quotePrefix" in xf else self._added(xf.replace("<xf", '<xf quotePrefix="1"', 1))

    def header_style(self) -> int:
        """Return the style of our own header."""
        fill = self._fills[Severity.INFO]
        return self._added(
            f'<xf fontId="{self._bold}" fillId="{fill}" applyFont="1" applyFill="1" applyAlignment="1">'
            '<alignment vertical="center" wrapText="1"/></xf>'
        )

    def title_style(self) -> int:
        """Return the style of a line in bold."""
        return self._added(f'<xf fontId="{self._bold}" applyFont="1"/>')

    @property
    def _bold(self) -> int:
        """The font that is added; the workbook's own where it has no list of fonts."""
        return len(_FONT.findall(_section(self.xml, "fonts")))

    def to_bytes(self) -> bytes:
        """Return the part with all that was asked for."""
        fills = "".join(
            f'<fill><patternFill patternType="solid"><fgColor rgb="{colour}"/></patternFill></fill>'
            for colour in COLOURS.values()
        )
        fonts = _section(self.xml, "fonts")
        xml = _with(self.xml, "fonts", fonts + _BOLD, _FONT) if fonts else self.xml
        xml = _with(xml, "fills", _section(self.xml, "fills") + fills, _FILL)
        return _with(xml, "cellXfs", "".join(self._xfs), _XF).encode()

    def _is_ours(self, style: int) -> bool:
        fill = _FILL_ID.search(self._xfs[style]) if style < len(self._xfs) else None
        return fill is not None and int(fill[1]) in self._ours

    def _changed(self, style: int, severity: Severity | None) -> int:
        style = style if style < len(self._xfs) else 0
        if (style, severity) not in self._given:
            fill = 0 if severity is None else self._fills[severity]
            xf = _FILL_ID.sub("", self._xfs[style]).replace(' applyFill="1"', "").replace(' applyFill="0"', "")
            self._given[style, severity] = self._added(xf.replace("<xf", f'<xf fillId="{fill}" applyFill="1"', 1))
        return self._given[style, severity]

    def _added(self, xf: str) -> int:
        if xf not in self._xfs:
            self._xfs.append(xf)
        return self._xfs.index(xf)


def _section(xml: str, name: str) -> str:
    match = re.search(rf"<{name}\b[^>]*>(.*?)</{name}>", xml, re.DOTALL)
    return match[1] if match else ""


def _with(xml: str, name: str, content: str, item: re.Pattern[str]) -> str:
    """Return the part with a section's content replaced and counted; a section that was missing is added."""
    section = f'<{name} count="{len(item.findall(content))}">{content}</{name}>'
    pattern = re.compile(rf"<{name}\b[^>]*?(?:/>|>.*?</{name}>)", re.DOTALL)
    if pattern.search(xml):
        return pattern.sub(lambda _: section, xml, count=1)
    return xml.replace("</styleSheet>", f"{section}</styleSheet>")


_FILLS = '<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
EMPTY_STYLES = (
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    f'<fills count="2">{_FILLS}</fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf xfId="0"/><xf xfId="0" quotePrefix="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
"""The styles of a workbook that has none: one for texts, and one for those that look like a formula."""
