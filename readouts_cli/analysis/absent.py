"""Absence: which readouts of a set do not contain what a query asks for."""

from __future__ import annotations

from readouts_cli.query.tree import Condition, Not, conjunction


def lacking(within: Condition, sought: Condition) -> Condition:
    """The readouts of the set `within` that `sought` does not accept."""
    return conjunction((within, Not(sought)))
