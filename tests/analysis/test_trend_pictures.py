"""Trends as pictures."""

from __future__ import annotations

from pathlib import Path

import pytest
from asking import Ask, make_library
from conftest import Run
from libraries import made as made_readout
from libraries import query

from readouts_cli.analysis.basis import Dating
from readouts_cli.analysis.bins import Unit
from readouts_cli.analysis.occurrences import matched
from readouts_cli.analysis.trend import Shelves, occurrences, volumes
from readouts_cli.output.analysis_plot import save

pytest.importorskip("matplotlib", reason="the extra plot is not installed")


@pytest.fixture(scope="module")
def made(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Ask:
    return Ask(run, make_library(run, tmp_path_factory.mktemp("made")))


def test_svg_and_png(made: Ask, tmp_path: Path) -> None:
    svg, png = tmp_path / "trend.svg", tmp_path / "trend.png"
    result = made("trend", '"green growth"', "双碳", "$x_1$ OR pillars", "--svg", str(svg), "--png", str(png))
    assert result.status == 0
    assert result.err in {"", "readouts: the picture has no font for 双碳; for Han install Noto Sans CJK\n"}
    drawn = svg.read_text("utf-8")
    assert '"green growth"' in drawn
    assert "双碳" in drawn
    assert "$x_1$ OR pillars" in drawn
    assert "2022-03" in drawn
    assert png.read_bytes().startswith(b"\x89PNG")


def test_a_character_without_a_glyph_is_told_once(made: Ask, tmp_path: Path) -> None:
    svg, png = tmp_path / "trend.svg", tmp_path / "trend.png"
    result = made("trend", "growth", "𓀀𓀁𓀀", "--svg", str(svg), "--png", str(png))
    assert result.status == 0
    assert result.err == "readouts: the picture has no font for 𓀀𓀁; for Han install Noto Sans CJK\n"
    assert made("trend", "growth", "𓀀", "--svg", str(svg)).err == ""


def test_a_picture_is_the_same_every_time(tmp_path: Path) -> None:
    readout = made_readout("a", "green growth", "2022-03-02")
    shelves = Shelves(Unit.MONTH, Dating(), volumes([readout], Dating()))
    found = occurrences(matched([readout], query("growth")), Dating())
    trend = shelves.trend([("growth", shelves.uses(found))])
    one, other = tmp_path / "one.svg", tmp_path / "other.svg"
    for path in (one, other):
        save(trend, path, "svg")
    assert one.read_bytes() == other.read_bytes()
