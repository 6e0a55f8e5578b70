"""A trend as a picture, drawn by Matplotlib."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from readouts_cli.analysis.trend import Trend, share
from readouts_cli.errors import UsageError

#: Fonts with Han characters, the first of those that are installed.
_FONTS = ("DejaVu Sans", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "WenQuanYi Micro Hei", "SimHei",
          "PingFang SC", "Microsoft YaHei")  # fmt: skip

#: Lines and points that show one another through.
_LINE: Any = {"alpha": 0.8, "fillstyle": "none", "markeredgewidth": 2}
_MARKERS = "os^Dvp*"

#: What Matplotlib says of a character that no font has.
_NO_GLYPH = re.compile(r"Glyph ([0-9]+) .*missing from")

_INCHES = (8.0, 4.5)
_DOTS = 150


def save(trend: Trend, path: Path, format: str) -> list[str]:
    """Write a line for each formulation, the share of readouts by bin, as `svg` or `png`.

    A line is broken where a bin has no readouts.  Returns what the picture lacks.  Raises UsageError where Matplotlib
    is not installed.
    """
    try:
        from matplotlib import rc_context
        from matplotlib.figure import Figure
    except ImportError:
        raise UsageError(f"--{format} needs Matplotlib: pip install 'readouts-cli[plot]'") from None
    settings: Any = {"font.sans-serif": list(_FONTS), "svg.fonttype": "none", "svg.hashsalt": "readouts"}
    with rc_context(settings):
        figure = Figure(figsize=_INCHES, layout="constrained")
        axes = figure.add_subplot()
        names = [str(bin) for bin in trend.bins]
        for number, series in enumerate(trend.series):
            pairs = zip(series.uses, trend.shelves, strict=True)
            values = [float("nan") if value is None else value * 100 for value in (share(*pair) for pair in pairs)]
            marker = _MARKERS[number % len(_MARKERS)]
            axes.plot(range(len(names)), values, marker=marker, label=_literal(series.query), **_LINE)
        for number, shelf in enumerate(trend.shelves):
            if not shelf.readouts:
                axes.axvspan(number - 0.5, number + 0.5, color="0.93", label="_no readouts")
        step = max(len(names) // 12, 1)
        axes.set_xticks(range(0, len(names), step), names[::step], rotation=30, ha="right")
        axes.set_ylabel("readouts with it, %")
        axes.set_ylim(bottom=0)
        axes.legend(loc="upper left")  # the best place takes long to find among many bins
        axes.set_title(_basis(trend), fontsize="small")
        metadata = {"Date": None} if format == "svg" else {"Software": None}
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            figure.savefig(path, format=format, dpi=_DOTS, metadata=metadata)
    return list(_faults(dict.fromkeys(str(warning.message) for warning in caught), format))


def _faults(said: Iterable[str], format: str) -> Iterator[str]:
    """What is worth telling of Matplotlib's warnings, which name each character without a glyph by itself.

    SVG keeps text as text, and whoever shows it finds a font for it.
    """
    missing = ""
    for message in said:
        if match := _NO_GLYPH.match(message):
            missing += chr(int(match[1]))
        else:
            yield message
    if missing and format != "svg":
        yield f"the picture has no font for {missing}; for Han install Noto Sans CJK"


def _literal(text: str) -> str:
    """A label in which nothing is mathematics; one that begins with `_` would be left out of the legend."""
    return text.replace("\\", "\\\\").replace("$", r"\$") if not text.startswith("_") else f" {text}"


def _basis(trend: Trend) -> str:
    basis = trend.basis
    days = f"{basis.first} to {basis.last}, {basis.undated:,} undated"
    return f"in this library: {basis.readouts:,} readouts, {days}; grey: no readouts"
