"""Every cell of the notebook runs, as in Jupyter, over sockets of this machine alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    """Return the cells with code, after they have run."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("jupyter")
        for name in ("JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR", "IPYTHONDIR"):
            patch.setenv(name, str(folder))
        notebook = nbformat.read(DOCS / "clientimport.ipynb", as_version=4)  # type: ignore[no-untyped-call]
        NotebookClient(notebook, timeout=200, resources={"metadata": {"path": str(DOCS)}}).execute()
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def html(cell: Any) -> str:
    """Return how the result of a cell shows itself."""
    return "".join(output.get("data", {}).get("text/html", "") for output in cell.outputs)


def text(cell: Any) -> str:
    """Return the result of a cell as text."""
    return "".join(output.get("data", {}).get("text/plain", "") for output in cell.outputs)


def test_nothing_is_printed_by_any_cell(executed: list[Any]) -> None:
    assert len(executed) > 12
    assert [output for cell in executed for output in cell.outputs if output.output_type != "execute_result"] == []


@pytest.mark.parametrize("title", ["Clients", "Report", "Plan", "Preview", "Run", "Runs", "Merged"])
def test_each_result_shows_itself_as_a_table(executed: list[Any], title: str) -> None:
    shown = [html(cell) for cell in executed if f"<strong>{title}</strong>" in html(cell)]
    assert shown
    assert all("<th scope='col'" in page for page in shown)


def test_a_second_push_sends_nothing_and_the_loop_does_the_same(executed: list[Any]) -> None:
    counts = next(text(cell) for cell in executed if "again.counts" in cell.source)
    assert "'created': 0" in counts
    assert "'unchanged': 9" in counts
    assert next(text(cell) for cell in executed if "await" in cell.source) == "1"
