"""The progress bar of questions that read many readouts."""

from __future__ import annotations

import io

from readouts_cli.output.analysis_progress import shown


def test_items_pass_and_the_bar_is_gone_at_the_end() -> None:
    stream = io.StringIO()
    assert list(shown(iter(range(250)), 250, "reading", stream, width=80, colour=False)) == list(range(250))
    drawn = stream.getvalue()
    assert "reading" in drawn
    assert "250/250" in drawn
    assert drawn.endswith("\x1b[2K")  # the line of the bar is wiped out


def test_stopping_early_is_no_harm() -> None:
    stream = io.StringIO()
    items = shown(iter(range(250)), 250, "reading", stream, width=80, colour=False)
    assert next(items) == 0
    del items
    assert stream.getvalue()
