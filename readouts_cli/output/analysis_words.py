"""Collocates and key words: rows for machine formats, tables on a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from readouts_cli.analysis.collocates import Collocate
from readouts_cli.analysis.keyness import KeyWord
from readouts_cli.engines.base import Volume
from readouts_cli.output.analysis_answer import Shape, columns

if TYPE_CHECKING:
    from rich.console import Console

COLLOCATE_COLUMNS = columns("term", "near", "total", "readouts", "log_dice", "log_likelihood")
KEY_COLUMNS = columns("term", "focus", "reference", "log_ratio", "log_likelihood")

#: Decimals of measures in machine formats.
_DECIMALS = 4


def collocate_shape(each: Collocate) -> Shape:
    """A collocate as JSON has it."""
    return {
        "term": each.term,
        "near": each.near,
        "total": each.total,
        "readouts": each.readouts,
        "log_dice": round(each.log_dice, _DECIMALS),
        "log_likelihood": round(each.log_likelihood, _DECIMALS),
    }


def key_shape(each: KeyWord) -> Shape:
    """A key word as JSON has it."""
    return {
        "term": each.term,
        "focus": each.focus,
        "reference": each.reference,
        "log_ratio": round(each.log_ratio, _DECIMALS),
        "log_likelihood": round(each.log_likelihood, _DECIMALS),
    }


def side_shape(side: Volume) -> Shape:
    """One of two sets as JSON has it."""
    return {"readouts": side.readouts, "tokens": side.tokens}


def draw_collocates(console: Console, rows: Iterable[Collocate]) -> None:
    """Draw a table."""
    from readouts_cli.output.analysis_table import Head, draw_rows

    heads = (
        Head("collocate", "title", gives_way=True),
        Head("near", number=True),
        Head("in all", number=True),
        Head("readouts", number=True),
        Head("logDice", number=True),
        Head("log-likelihood", number=True),
    )
    draw_rows(
        console,
        heads,
        (
            [
                each.term,
                f"{each.near:,}",
                f"{each.total:,}",
                f"{each.readouts:,}",
                f"{each.log_dice:.2f}",
                f"{each.log_likelihood:+.2f}",
            ]
            for each in rows
        ),
    )


def draw_key_words(console: Console, rows: Iterable[KeyWord]) -> None:
    """Draw a table."""
    from readouts_cli.output.analysis_table import Head, draw_rows

    heads = (
        Head("word", "title", gives_way=True),
        Head("focus", number=True),
        Head("reference", number=True),
        Head("log ratio", number=True),
        Head("log-likelihood", number=True),
    )
    draw_rows(
        console,
        heads,
        (
            [
                each.term,
                f"{each.focus:,}",
                f"{each.reference:,}",
                f"{each.log_ratio:+.2f}",
                f"{each.log_likelihood:+.2f}",
            ]
            for each in rows
        ),
    )
