"""A progress bar for questions that must read many readouts, on standard error."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TextIO, TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

Item = TypeVar("Item")

#: Where items are single readouts, the bar moves once in so many.
_STEP = 50


def shown(
    items: Iterable[Item], total: int, what: str, stream: TextIO, *, each: int = 1, width: int, colour: bool
) -> Iterator[Item]:
    """The items, with a bar that shows how many of `total` readouts have passed and is gone at the end.

    `each` is how many readouts an item stands for.
    """
    bar = Progress(
        TextColumn(what),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("readouts"),
        TimeRemainingColumn(),
        console=Console(file=stream, width=width, force_terminal=True, no_color=not colour),
        transient=True,
    )
    with bar:
        task = bar.add_task("", total=total)
        for number, item in enumerate(items, start=1):
            yield item
            if each > 1 or number % _STEP == 0:
                bar.update(task, completed=min(number * each, total))
