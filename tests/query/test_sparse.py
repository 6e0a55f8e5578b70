"""A readout seen only around a query's words shows the same matches as the whole of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import ENGLISH, conditions, readouts

from readouts_cli.query.document import TEXT
from readouts_cli.query.expressions import Near, Phrase, Term, Within
from readouts_cli.query.fields import document
from readouts_cli.query.leaves import Exact
from readouts_cli.query.sparse import seen_by
from readouts_cli.query.tree import Condition, In, Or
from readouts_cli.readout import Fact, Readout, Span

#: Words of the conditions as they may be printed, what only looks like them, and what parts words without being one.
PIECES = [
    *ENGLISH,
    *["“dual", "carbon”", "dual-carbon", "DUAL_carbon", "subdual", "dualist", "ｄｕａｌ", "du\u00adal", "dua\u217c"],
    *["E\u017ftablish", "ＥＳＴablishment", "20ｔh", "３．５", "13.5", "双碳", "党", "İ", "\ud800", "é"],
    *["—", "“”", "•", "?", "_", "\u3000", "\xa0", "\u2028", "\x1c", "." * 100, "—" * 50],
    *["filler"] * 20,
]
GAPS = [*[" "] * 8, "\n", "\n\n", ", ", "\t", ""]

texts = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(GAPS)), max_size=60).map(
    lambda pairs: "".join(piece + gap for piece, gap in pairs)
)
COUNTED = " ".join(f"w{number}" for number in range(100))


def of(text: str) -> Readout:
    return Readout(id="1", path="/made/1.txt", text=text)


@given(conditions, st.builds(of, texts) | readouts("1"))
def test_what_a_condition_accepts_and_shows_is_the_same(condition: Condition, readout: Readout) -> None:
    whole, part = document(readout), seen_by(condition)(readout)
    assert condition.accepts(part) == condition.accepts(whole)
    assert condition.spans(part) == condition.spans(whole)


@given(st.integers(0, 99), st.integers(0, 99), st.integers(0, 6))
def test_the_tokens_beside_a_match_come_with_it(one: int, other: int, beside: int) -> None:
    condition = In(TEXT, Near(Term(Exact(f"w{one}")), Term(Exact(f"w{other}")), 100, ordered=False))
    seen = seen_by(condition, beside)(of(COUNTED)).fields[TEXT]
    first, last = sorted((one, other))
    for number in range(max(0, first - beside), min(100, last + beside + 1)):
        assert f"w{number}" in seen.terms


@pytest.mark.parametrize(
    "expression",
    [
        Term(Exact("w50")),
        Phrase(((0, Exact("w50")), (1, Exact("w51"))), 2),
        Within((Exact("w50"), Exact("w53")), 4),
    ],
)
def test_most_of_a_text_is_left_alone(expression: Term | Phrase | Within) -> None:
    seen = seen_by(In(TEXT, expression))(of(COUNTED)).fields[TEXT]
    assert len(seen) < 20
    assert all(COUNTED[start:end] == term for term, (start, end) in zip(seen.terms, seen.places, strict=True) if term)


def test_what_stands_beside_a_match_in_another_field_comes_too() -> None:
    readout = Readout(id="1", path="/made/1.txt", text="On dual carbon work", title=Fact("carbon", Span(8, 14), "made"))
    asked = In("title", Term(Exact("carbon")))
    for condition in (asked, Or((asked, In(TEXT, Term(Exact("on")))))):
        assert {"dual", "carbon", "work"} <= set(seen_by(condition, 1)(readout).fields[TEXT].terms)


def test_only_fields_that_are_asked_for_are_looked_at() -> None:
    assert not seen_by(In("title", Term(Exact("carbon"))))(of("carbon")).fields[TEXT].terms
