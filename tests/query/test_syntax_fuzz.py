"""Any string is a query or an error: READOUTS_FUZZ_EXAMPLES sets how many are tried (100,000 in a night).

`corpus.jsonl` holds strings that are tried every time: edges of the language, and what once went wrong.
"""

import datetime as dt
import json
import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from readouts_cli.errors import QueryError
from readouts_cli.query.caret import caret
from readouts_cli.query.explain import describe
from readouts_cli.query.expressions import Near
from readouts_cli.query.fields import document
from readouts_cli.query.items import MOST_WORDS
from readouts_cli.query.language import LANGUAGE
from readouts_cli.query.synonyms import parse_synonyms
from readouts_cli.query.syntax import DEEPEST, LONGEST_QUERY, Options, Query, parse
from readouts_cli.readout import Readout

EXAMPLES = int(os.environ.get("READOUTS_FUZZ_EXAMPLES", "400"))
DOCUMENT = document(Readout("1", "/data/2022/a.txt", "The “Dual Carbon” goals: two safeguards, 推进双碳目标 by 3.5%."))
SYNONYMS = parse_synonyms("双碳 = dual carbon\ntwo safeguards = 两个维护 = x", "fuzz")

CORPUS = [json.loads(line) for line in Path(__file__).with_name("corpus.jsonl").read_text("utf-8").splitlines()]
SEEDS = [form.example for section in LANGUAGE for form in section.forms]
FRAGMENTS = [
    *(
        "AND",
        "OR",
        "NOT",
        "NEAR/3",
        "ADJ",
        "NEAR/",
        "-",
        "(",
        ")",
        "（",
        "）",
        '"',
        "“",
        "”",
        "「",
        "」",
        "＂",
        "'",
        "’",
    ),
    *(
        "~",
        "~2",
        "*",
        "?",
        "？",
        "/",
        "\\",
        "|",
        "[",
        "]",
        "{2}",
        "(?",
        ":",
        "：",
        "..",
        ">",
        "<=",
        "title:",
        "date:",
        "since:",
    ),
    *(
        "met:none",
        "foo:",
        "2022-08",
        "2022-13",
        "3m",
        "last month",
        "8/9/2022",
        "carbon",
        "双碳",
        "国",
        "GDP",
        "3.5",
        "²",
        "ß",
        "İ",
    ),
    *("\x00", "\x1b[31m", "\u202e", "\u200b", "\u0301", "\u3000", "\ud800", "🙂", "\n", " ", "  ", "…", "—"),
]
CHARACTERS = st.text(
    st.characters(exclude_categories=()) | st.sampled_from('()"“”/\\-~*?:|.ANDORT 双碳国a2'), max_size=60
)
ASSEMBLED = st.builds(str.join, st.sampled_from(["", " "]), st.lists(st.sampled_from(SEEDS + FRAGMENTS), max_size=12))


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """An example of the language with characters taken out, put in, doubled and moved."""
    source = random.Random(draw(st.integers(0, 2**32)))
    text = list(" ".join(source.sample(SEEDS + CORPUS, source.randint(1, 3))))
    for _ in range(source.randint(1, 8)):
        at, other = source.randrange(len(text) + 1), source.randrange(len(text) + 1)
        first, last = sorted((at, other))
        text[first:last] = source.choice(
            [[], text[first:last] * 2, text[first:last][::-1], [*text[first:last], source.choice(FRAGMENTS)]]
        )
    return "".join(text)


options = st.fixed_dictionaries(
    {},
    optional={
        "any": st.booleans(),
        "exact": st.booleans(),
        "doubtful": st.booleans(),
        "phrase": st.sampled_from([False, False, False, True]),
        "synonyms": st.just(SYNONYMS),
    },
)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(CHARACTERS | ASSEMBLED | mutated(), options)
@example("(" * LONGEST_QUERY, {})
@example('"' * LONGEST_QUERY, {})
@example("-" * LONGEST_QUERY, {})
@example("/" + "(" * (LONGEST_QUERY - 2) + "/", {})
@example("/" + "[" * (LONGEST_QUERY - 2) + "/", {})
@example("a" + "~" * (LONGEST_QUERY - 1), {})
@example("date:" + "9" * (LONGEST_QUERY - 5), {})
@example("a NEAR/" + "9" * (LONGEST_QUERY - 7), {})
@example("title:" * 1_600, {})
@example("国" * LONGEST_QUERY, {"any": True})
@example("*a" * (LONGEST_QUERY // 2), {})
def test_any_string_is_a_query_or_an_error(text: str, given_options: dict[str, Any]) -> None:
    check(text, given_options)


@pytest.mark.parametrize("given_options", [{}, {"any": True, "synonyms": SYNONYMS}, {"phrase": True, "exact": True}])
def test_the_corpus_holds_queries_and_errors(given_options: dict[str, Any]) -> None:
    for text in CORPUS:
        check(text, given_options)


def check(text: str, given_options: dict[str, Any]) -> None:
    try:
        query = parse(text, Options(today=dt.date(2022, 9, 10), **given_options))
    except QueryError as error:
        check_error(error, text)
    else:
        check_query(query, text)


def check_error(error: QueryError, text: str) -> None:
    assert str(error).isprintable()
    assert error.source == text
    assert 0 <= error.start <= len(text)
    assert error.start < error.end
    assert len(caret(error).split("\n")) == 2


def check_query(query: Query, text: str) -> None:
    assert query.text == text
    depths = list(depths_of(query.condition, 0))
    assert len(depths) <= 2 * MOST_WORDS
    assert max(depths) <= 5 * DEEPEST
    assert all(line.isprintable() for line in describe(query.condition).split("\n"))
    try:
        accepted = query.condition.accepts(DOCUMENT)
    except QueryError as error:
        assert "takes too long" in str(error)  # noqa: PT017  # an expression may run away
    else:
        assert accepted or isinstance(query.condition.spans(DOCUMENT), list)


def depths_of(node: object, depth: int) -> Iterator[int]:
    """How deep each leaf of the tree lies."""
    children = [getattr(node, name) for name in ("child", "expression") if not isinstance(getattr(node, name, ""), str)]
    for name in ("children", "words", "options", "leaves"):
        children += getattr(node, name, ())
    if isinstance(node, Near):
        children += [node.left, node.right]
    if not children:
        yield depth
    for child in children:
        yield from depths_of(child, depth + 1)
