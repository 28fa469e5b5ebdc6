"""Pictures of an account's state as SVG, drawn by matplotlib without a screen or a browser.

Colours are those of the page: what is drawn here names a role (ink, line, a status), and the page's style its colour,
so that a picture is dark where the page is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from clientimport.reports.account.svg import ROLES, svg_for_page

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

POINTS = 72
"""Of an inch; matplotlib's SVG counts in them."""
WIDTH, ROW_HEIGHT, HEIGHT = 400, 32, 230
"""In points: a picture is as wide as half the page, and its letters are as large as the page's small ones."""
TEXT_SIZE = 13
MOST_DAYS = 4
"""Days that are named below the axis: more would touch each other on a phone."""


@dataclass(frozen=True, slots=True)
class ChartText:
    """What a picture is called, and what it shows, for who cannot see it."""

    key: str
    """Begins its ids, which are unique on a page."""
    title: str
    description: str


def status_chart(text: ChartText, labels: Sequence[str], numbers: Sequence[int], statuses: Sequence[str]) -> str:
    """Return a bar for each status, the first one on top, with its number behind it."""
    with _drawing(len(labels) * ROW_HEIGHT + ROW_HEIGHT // 2) as (figure, axes):
        bars = axes.barh(labels, numbers, height=0.62, color=[_colour(status) for status in statuses])
        axes.bar_label(bars, padding=4, color=_colour("ink"), fontsize=TEXT_SIZE)
        axes.invert_yaxis()
        axes.set_xlim(0, max(numbers, default=1) * 1.12 or 1)
        axes.get_xaxis().set_visible(False)
        _without_frame(axes, "top", "right", "bottom")
        return _svg(figure, text)


def age_chart(text: ChartText, labels: Sequence[str], numbers: Sequence[int]) -> str:
    """Return a column for each age, the youngest first, with its number above it."""
    with _drawing(HEIGHT) as (figure, axes):
        bars = axes.bar(labels, numbers, width=0.62, color=_colour("invited"))
        axes.bar_label(bars, padding=3, color=_colour("ink"), fontsize=TEXT_SIZE)
        axes.set_ylim(0, max(numbers, default=1) * 1.15 or 1)
        axes.get_yaxis().set_visible(False)
        _without_frame(axes, "top", "right", "left")
        return _svg(figure, text)


def time_chart(text: ChartText, days: pd.DataFrame, names: tuple[str, str], day_format: str) -> str:
    """Return two lines that grow in steps: clients added and clients mailed, by day, each named at its end."""
    from matplotlib.dates import date2num
    from matplotlib.ticker import MaxNLocator

    with _drawing(HEIGHT) as (figure, axes):
        moments = list(days["day"].dt.to_pydatetime())
        for column, name, role, dashes in (("added", names[0], "added", "-"), ("mailed", names[1], "mailed", "--")):
            line: dict[str, Any] = {"color": _colour(role), "linestyle": dashes, "linewidth": 2, "label": name}
            axes.step(moments, days[column], where="post", **line)
        ticks = _spread_days(moments[0], moments[-1])
        places = date2num(ticks)  # type: ignore[no-untyped-call]
        axes.set_xticks(places, [day.strftime(day_format) for day in ticks], fontsize=TEXT_SIZE - 2)
        axes.tick_params(axis="x", pad=10)  # the first day stands clear of the zero
        axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))
        axes.set_ylim(0, max(1, int(days[["added", "mailed"]].to_numpy().max())) * 1.1)
        axes.grid(axis="y", color=_colour("line"), linewidth=0.8)
        axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=2, frameon=False, labelcolor=_colour("ink"))
        _without_frame(axes, "top", "right", "left")
        return _svg(figure, text)


@contextmanager
def _drawing(height: int) -> Iterator[tuple[Figure, Axes]]:
    """Yield a figure and its axes, in matplotlib's own defaults and not in those of this computer."""
    import logging

    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # it says when it makes its list of fonts
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "clientimport", "font.size": TEXT_SIZE})
        figure = Figure(figsize=(WIDTH / POINTS, height / POINTS), layout="constrained")
        figure.patch.set_visible(False)
        axes = figure.add_subplot()
        axes.patch.set_visible(False)
        axes.set_axisbelow(True)
        axes.tick_params(length=0, colors=_colour("ink"), labelsize=TEXT_SIZE)
        yield figure, axes


def _spread_days(first: datetime, last: datetime) -> list[datetime]:
    """Return the first day, the last, and a few evenly between them.

    >>> [day.day for day in _spread_days(datetime(2026, 11, 1), datetime(2026, 11, 29))]
    [1, 10, 19, 29]
    >>> [day.day for day in _spread_days(datetime(2026, 11, 1), datetime(2026, 11, 2))]
    [1, 2]
    """
    steps = (first + (last - first) * step / (MOST_DAYS - 1) for step in range(MOST_DAYS))
    return sorted({day.replace(hour=0, minute=0, second=0, microsecond=0) for day in steps})


def _without_frame(axes: Axes, *sides: str) -> None:
    for side, spine in axes.spines.items():
        spine.set_visible(side not in sides)
        spine.set_color(_colour("line"))


def _colour(role: str) -> str:
    return ROLES[role]


def _svg(figure: Figure, text: ChartText) -> str:
    from io import BytesIO

    drawn = BytesIO()
    figure.savefig(drawn, format="svg", metadata={"Date": None, "Creator": None})
    return svg_for_page(drawn.getvalue(), text.key, text.title, text.description)
