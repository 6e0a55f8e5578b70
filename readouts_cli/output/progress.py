"""A progress bar for updates, on standard error."""

from __future__ import annotations

from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn


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
