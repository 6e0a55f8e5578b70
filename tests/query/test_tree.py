"""The spans that conditions show, and what relaxing them does."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from strategies import conditions, libraries

from readouts_cli.query.expressions import Near, Phrase, Term, Within
from readouts_cli.query.fields import document
from readouts_cli.query.leaves import Exact, Family, HanCharacter
from readouts_cli.query.sought import within
from readouts_cli.query.tree import And, Condition, In, Not, Or, Words, including_undated
from readouts_cli.readout import Readout, Span


@given(conditions, libraries)
def test_spans_lie_in_the_text_and_only_matches_have_them(condition: Condition, library: tuple[Readout, ...]) -> None:
    for readout in library:
        seen = document(readout)
        spans = condition.spans(seen)
        assert spans == sorted(spans)
        assert all(0 <= span.start < span.end <= len(readout.text) for span in spans)
        assert all(a.end <= b.end and a.start < b.start for a, b in pairwise(spans))


@given(conditions, libraries)
def test_relaxing_date_filters_only_adds(condition: Condition, library: tuple[Readout, ...]) -> None:
    relaxed = including_undated(condition)
    if relaxed is not None:
        assert all(relaxed.accepts(document(r)) for r in library if condition.accepts(document(r)))


def word(term: str) -> Term:
    return Term(Exact(term))


DUAL, CARBON, CONTROL = word("dual"), word("carbon"), word("control")
DUAL_CARBON = Phrase(((0, Exact("dual")), (1, Exact("carbon"))), 2)

SPANS: list[tuple[str, Condition, str, list[str]]] = [
    ("phrase", In("text", DUAL_CARBON), "the “dual-carbon” work", ["dual-carbon"]),
    ("no lone word of a phrase", In("text", DUAL_CARBON), "dual control, dual carbon", ["dual carbon"]),
    ("words together win", Words("text", (DUAL, CARBON)), "dual control, dual carbon, low carbon", ["dual carbon"]),
    ("words apart", Words("text", (DUAL, CARBON)), "dual control, low carbon", ["dual", "carbon"]),
    ("words, one missing", Words("text", (DUAL, CARBON)), "dual control", []),
    ("any word", Words("text", (DUAL, CARBON), any=True), "dual control", ["dual"]),
    (
        "or shows what holds",
        Or((In("text", DUAL), And((In("text", CARBON), In("text", CONTROL))))),
        "dual carbon",
        ["dual"],
    ),
    ("not shows nothing", Not(In("text", DUAL)), "carbon", []),
    ("inside another", And((In("text", DUAL_CARBON), In("text", CARBON))), "dual carbon", ["dual carbon"]),
    ("overlapping twice", In("text", Phrase(((0, Exact("a")), (1, Exact("a"))), 2)), "a a a", ["a a"]),
    (
        "near takes the stretch",
        In("text", Near(DUAL, CONTROL, 3, ordered=False)),
        "control of the dual",
        ["control of the dual"],
    ),
    ("near too far", In("text", Near(DUAL, CONTROL, 2, ordered=False)), "control of the dual", []),
    ("adjacent in order", In("text", Near(DUAL, CONTROL, 1, ordered=True)), "control dual", []),
    (
        "within",
        In("text", Within((Exact("green"), Exact("development")), 1)),
        "development is green",
        ["development is green"],
    ),
    ("within, pairs", In("text", within("双碳 目标", 1).whole), "推进双碳目标", ["双碳目标"]),
    ("within, pairs the other way round", In("text", within("双碳 目标", 1).whole), "目标即双碳工作", ["目标即双碳"]),
    ("within, pairs too far apart", In("text", within("双碳 目标", 1).whole), "双碳的新目标", []),
    ("within, a run", In("text", within("双碳目标", 0).whole), "推进双碳目标", ["双碳目标"]),
    ("within, a run and words", In("text", within("GDP 增长率", 1).whole), "增长率与GDP，增长", ["增长率与GDP"]),
    ("within, a character", In("text", within("碳 目标", 0).whole), "碳目标，目标碳，碳的目标", ["碳目标", "目标碳"]),
    ("within, own positions", In("text", Within((Exact("a"), Exact("a")), 3)), "a b", []),
    ("han pair", In("text", Phrase(((0, Exact("确立")),), 2)), "两个确立的", ["确立"]),
    ("han character", In("text", Term(HanCharacter("碳"))), "双碳，碳", ["碳", "碳"]),
    (
        "family",
        In("text", Term(Family("establish"))),
        "two establishments established",
        ["establishments", "established"],
    ),
    ("possessive is covered", In("text", word("people")), "the people’s", ["people’s"]),
]  # fmt: skip


@pytest.mark.parametrize(("condition", "text", "shown"), [row[1:] for row in SPANS], ids=[row[0] for row in SPANS])
def test_spans(condition: Condition, text: str, shown: list[str]) -> None:
    spans = condition.spans(document(Readout(id="a", path="/a", text=text)))
    assert [text[span.start : span.end] for span in spans] == shown
    assert all(isinstance(span, Span) for span in spans)
