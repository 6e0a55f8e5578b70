"""How answers name the readouts that they speak of."""

from __future__ import annotations

import datetime as dt

from readouts_cli.analysis.basis import Dating
from readouts_cli.output.analysis_answer import Shape
from readouts_cli.output.facts import met_shown, published_shown
from readouts_cli.readout import Readout


def reference_shape(readout: Readout, dating: Dating) -> dict[str, object]:
    """A readout's id, its date as it is known (`2022-08-22~`), and the day that it counts for; null where none."""
    return {"id": readout.id, "date": date_shown(readout), "day": day_shape(dating.day(readout))}


def mention_shape(id: str, day: dt.date | None) -> Shape:
    """A readout's id and the day that it counts for."""
    return {"id": id, "day": day_shape(day)}


def day_shape(day: dt.date | None) -> str | None:
    """A day as JSON has it."""
    return day.isoformat() if day else None


def day_shown(day: dt.date | None) -> str:
    """A day for reading."""
    return day.isoformat() if day else "undated"


def date_shown(readout: Readout) -> str:
    """The meeting date with its mark, else the published date; empty where neither is known."""
    return met_shown(readout.met) or published_shown(readout)
