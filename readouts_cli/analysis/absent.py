"""Absence: which readouts of a set do not contain what a query asks for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from readouts_cli.query.tree import Condition, Not, conjunction
from readouts_cli.readout import Readout


@dataclass(frozen=True, slots=True)
class Absence:
    """`missing` of the `total` readouts of a set do not contain something; `readouts` are these, to be walked once."""

    missing: int
    total: int
    readouts: Iterator[Readout]


def lacking(within: Condition, sought: Condition) -> Condition:
    """The readouts of the set `within` that `sought` does not accept."""
    return conjunction((within, Not(sought)))


def present(within: Condition, sought: Condition) -> Condition:
    """The readouts of the set `within` that `sought` accepts."""
    return conjunction((within, sought))
