"""`--template` fills in columns and nothing else."""

from __future__ import annotations

import pytest

from readouts_cli.errors import UsageError
from readouts_cli.output.template import template
from readouts_cli.readout import Fact, Readout, Span
from readouts_cli.results import ShownHit

HIT = ShownHit(
    rank=3,
    score=1.23456,
    readout=Readout(
        id="a1", path="/data/a1.txt", text="Text", title=Fact("A\ttitle\nof two lines", Span(0, 4), "test")
    ),
    matches=(Span(0, 4),),
    passages=(),
)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("{id} {title}", "a1 A title of two lines"),
        ("{rank}: {score:.2f}", "3: 1.23"),
        ("[{id:>5}] [{id:<5}]", "[   a1] [a1   ]"),
        (r"{id}\t{path}\n", "a1\t/data/a1.txt\n"),
        (r"back\\slash\0", "back\\slash\0"),
        ("{{literal}} {id}", "{literal} a1"),
        ("{met}|{published}|{body}", "||"),
        ("no column", "no column"),
    ],
)
def test_filled(text: str, line: str) -> None:
    assert template(text, matched=True)(HIT) == line


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{ide}", "there is no column 'ide'; did you mean 'id'?"),
        ("{id.__class__}", "there is no column 'id.__class__'"),
        ("{id[0]}", "there is no column 'id[0]'"),
        ("{0}", "there is no column '0'"),
        ("{}", "empty braces"),
        ("{id!r}", "leave out !r"),
        ("{id", "not complete"),
        ("id}", "not complete"),
        ("{id:{rank}}", "is too much"),
        ("{id:>999999999}", "is too much"),
        ("{id:d}", "does not suit 'a1'"),
        (r"{id}\x", r"the template has \x"),
    ],
)
def test_refused(text: str, message: str) -> None:
    with pytest.raises(UsageError) as error:
        template(text, matched=True)(HIT)
    assert message in str(error.value)


def test_columns_of_matches_need_a_query() -> None:
    with pytest.raises(UsageError, match="there is no column 'score'"):
        template("{score}", matched=False)
