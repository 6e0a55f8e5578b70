"""Progress bars for what changes a library, on standard error."""

from __future__ import annotations

from typing import TextIO

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)


class ProgressBar:
    """Shows files and bytes done, their rate and the time left, and is gone when the update is over."""

    def __init__(self, stream: TextIO, *, width: int, colour: bool) -> None:
        self._bar = Progress(
            TextColumn("{task.fields[read]:,} of {task.fields[files]:,} files"),
            BarColumn(),
            DownloadColumn(),
            TransferSpeedColumn(),
            TimeRemainingColumn(),
            console=Console(file=stream, width=width, force_terminal=True, no_color=not colour),
            transient=True,
        )
        self._read = 0

    def start(self, files: int, size: int) -> None:
        if files:
            self._task = self._bar.add_task("", total=size, files=files, read=0)
            self._bar.start()

    def advance(self, files: int, size: int) -> None:
        if self._bar.tasks:
            self._read += files
            self._bar.update(self._task, advance=size, read=self._read)

    def finish(self) -> None:
        self._bar.stop()


class ConversionBar:
    """Shows how many readouts have been copied, then how many compared, and is gone when the block is left."""

    def __init__(self, stream: TextIO, *, width: int, colour: bool) -> None:
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("readouts"),
            TimeRemainingColumn(),
            console=Console(file=stream, width=width, force_terminal=True, no_color=not colour),
            transient=True,
        )

    def __enter__(self) -> ConversionBar:
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def start(self, what: str, readouts: int) -> None:
        for task in self._bar.task_ids:
            self._bar.remove_task(task)
        self._task = self._bar.add_task(what, total=readouts)
        self._bar.start()

    def advance(self, readouts: int) -> None:
        self._bar.advance(self._task, readouts)
