"""A concordance on a screen."""

from __future__ import annotations

import pytest

from readouts_cli.analysis.basis import Dating
from readouts_cli.analysis.kwic import Line
from readouts_cli.output.analysis_kwic import draw, row
from readouts_cli.readout import Readout, Span


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        pytest.param(40, "年前双碳目标要实现达峰中", id="all"),
        pytest.param(37, "年前双碳目标要实现达…", id="cut-beside-a-wide-character"),
        pytest.param(36, "年前双碳目标要实现…", id="no-blank-for-half-a-wide-character"),
    ],
)
def test_a_line_is_cut_at_a_character(width: int, shown: str, capsys: pytest.CaptureFixture[str]) -> None:
    from rich.console import Console

    text = "年前双碳目标要实现达峰中"
    line = Line(Readout(id="a", path="/a", text=text), 1, Span(2, 4), text[:2], text[4:])
    assert draw(Console(width=width), [row(line, Dating())], ids=["a"], context=4, links=False) == 1
    assert capsys.readouterr().out.split()[-1] == shown
