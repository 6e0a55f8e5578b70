"""Made-up readouts, for machines that have no others."""

from __future__ import annotations

import datetime as dt
import random
from itertools import accumulate
from pathlib import Path

_FIRST_DAY, _DAYS = dt.date(2010, 1, 1), 6_000

_IN_A_FOLDER = 1_000


def make(folder: Path, count: int) -> None:
    """Write `count` readouts of four kilobytes, with words as unevenly frequent as real ones; always the same."""
    chance = random.Random(20220826)
    words = ["".join(chance.choices("abcdefghilmnoprstuvwy", k=chance.randint(2, 10))) for _ in range(50_000)]
    frequencies = list(accumulate(1 / (rank + 3) for rank in range(len(words))))
    for number in range(count):
        below = folder / f"{number // _IN_A_FOLDER:05}"
        below.mkdir(parents=True, exist_ok=True)
        day = _FIRST_DAY + dt.timedelta(days=chance.randrange(_DAYS))
        paragraphs = [" ".join(chance.choices(words, cum_weights=frequencies, k=100)) + "." for _ in range(6)]
        opening = f"On {day:%B} {day.day}, the Yunchuan Municipal Government held a meeting. Lu Huaiyuan presided."
        text = "\n\n".join([f" date {day.isoformat()} {opening}", *paragraphs])
        (below / f"{number:06}_{number:016x}.txt").write_text(text, "utf-8")
