"""Any string asked of the seeds gives an answer or a one-line error, and in good time.

READOUTS_FUZZ_EXAMPLES sets how many strings are tried (100,000 in a night) beside those of `query/corpus.jsonl`.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import string
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import pytest

from readouts_cli.errors import QueryError
from readouts_cli.indexing.report import UpdateOptions
from readouts_cli.indexing.updating import update
from readouts_cli.library import Library, SearchOptions
from readouts_cli.query.caret import caret
from readouts_cli.query.language import LANGUAGE
from readouts_cli.query.syntax import Options, parse

EXAMPLES = int(os.environ.get("READOUTS_FUZZ_EXAMPLES", "1500"))
SEEDS = Path(__file__).parents[1] / "seeds"
TODAY = dt.date(2026, 11, 22)

CORPUS = [
    json.loads(line) for line in (Path(__file__).parent / "query" / "corpus.jsonl").read_text("utf-8").splitlines()
]
FORMS = [form.example for section in LANGUAGE for form in section.forms]
PIECES = [
    *FORMS,
    *"()\"“”/*?~:-'",
    " AND ",
    " OR ",
    " NOT ",
    " NEAR/3 ",
    "date:",
    "title:",
    "双碳",
    "the",
    "[a-z]+",
    "(a|b)*",
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("fuzz") / "library"
    update(folder, [str(SEEDS)], UpdateOptions(cores=1))
    with Library(folder) as opened:
        yield opened


def queries(count: int) -> Iterator[str]:
    yield from CORPUS
    chance = random.Random(20220826)
    for _ in range(count):
        kind = chance.random()
        if kind < 0.5:
            yield "".join(chance.choices(PIECES, k=chance.randint(1, 6)))
        elif kind < 0.9:
            form = list(chance.choice((chance.choice(FORMS), chance.choice(CORPUS))))
            for _ in range(chance.randint(1, 3)):
                place = chance.randrange(len(form) + 1)
                form[place : place + chance.randint(0, 2)] = chance.choice(PIECES)
            yield "".join(form)
        else:
            yield "".join(chance.choices(string.printable + "双碳“”：（）\u202e\x1b\0", k=chance.randint(1, 60)))


def refusal(library: Library, text: str) -> QueryError | None:
    """Ask, and return the error if there was one."""
    try:
        result = library.search(parse(text, Options(today=TODAY)), SearchOptions(limit=5))
    except QueryError as error:
        return error
    assert len(list(result.hits)) == min(5, result.total)
    return None


def test_every_string_is_answered_or_refused(library: Library) -> None:
    slowest, culprit = 0.0, ""
    for text in queries(EXAMPLES):
        began = perf_counter()
        error = refusal(library, text)
        taken = perf_counter() - began
        if error is not None:
            assert "\n" not in str(error)
            assert len(caret(error).splitlines()) <= 2
        if taken > slowest:
            slowest, culprit = taken, text
    print(f"slowest: {slowest:.3f} s for {culprit!r}")
