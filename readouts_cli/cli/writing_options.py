"""Options of the commands that change a library."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from readouts_cli.cli.command import FiniteRange, option
from readouts_cli.engines import MEMORY

#: The least memory that makes segments of a useful size, and bytes in a megabyte.
_LEAST_MEMORY, _MEGABYTE = 16, 2**20


def _bytes(_context: click.Context, _parameter: click.Parameter, megabytes: int) -> int:
    return megabytes * _MEGABYTE


def wait_option() -> Callable[[Any], Any]:
    """`--wait SECONDS`."""
    return option(
        "--wait",
        type=FiniteRange(min=0),
        default=60,
        show_default=True,
        metavar="SECONDS",
        help="How long to wait for another writer.",
    )


def memory_option() -> Callable[[Any], Any]:
    """`--memory MB`; the command gets bytes."""
    return option(
        "--memory",
        type=click.IntRange(min=_LEAST_MEMORY),
        default=MEMORY // _MEGABYTE,
        show_default=True,
        metavar="MB",
        callback=_bytes,
        help="How much of the new index to hold in memory, in all processes together.",
    )
