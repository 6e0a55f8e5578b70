"""Numbers of readouts in words."""

from __future__ import annotations


def readouts(count: int) -> str:
    """The noun for so many of them."""
    return "readout" if count == 1 else "readouts"


def undated_left_out(count: int) -> str:
    """How many readouts a date filter could not judge."""
    return f"{count:,} undated {readouts(count)} left out"
