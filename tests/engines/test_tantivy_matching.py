"""Whichever way tantivy is made to compare positions, it accepts what the reference meaning accepts."""

from __future__ import annotations

import os
import random
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from strategies import conditions, expressions, leaves, libraries, phrases

pytest.importorskip("tantivy")

from readouts_cli.engines import bounding, necessary, patterns
from readouts_cli.engines.base import Engine, Entry, FileStamp, Order, Ranking
from readouts_cli.engines.tantivy import matching, sharing, words
from readouts_cli.engines.tantivy.engine import TantivyEngine
from readouts_cli.engines.tantivy.writer import TantivyWriter
from readouts_cli.query.expressions import Either, Near, Phrase, Term, Within
from readouts_cli.query.fields import document
from readouts_cli.query.leaves import Exact, HanCharacter, Wildcard
from readouts_cli.query.tree import And, Condition, In, Not, Or
from readouts_cli.readout import Readout

EXAMPLES = int(os.environ.get("READOUTS_PROOF_EXAMPLES", "60")) // 4

proof = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.fixture(params=["phrases", "on all cores", "automata", "bounds", "few bounds", "stored text"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each way of comparing positions, forced by leaving no room for the ones before it."""
    if request.param == "on all cores":
        monkeypatch.setattr(sharing, "LEAST_SHARE", 1)
        monkeypatch.setattr(sharing, "usable_cores", lambda: 3)
    if request.param not in ("phrases", "on all cores"):
        monkeypatch.setattr(words, "MOST_PHRASES", 0)
    if request.param not in ("phrases", "on all cores", "automata"):
        monkeypatch.setattr(words, "MOST_PHRASES_IN_ALL", 0)
        monkeypatch.setattr(words, "_MOST_AUTOMATON_TERMS", 0)
        monkeypatch.setattr(patterns, "MOST_PATTERNS", 1)
        monkeypatch.setattr(necessary, "MOST_PATTERNS", 1)
    if request.param != "stored text":
        monkeypatch.setattr(matching, "MANY", 0)
        monkeypatch.setattr(matching, "MANY_OF_ALL", 0)
    if request.param == "few bounds":
        monkeypatch.setattr(bounding, "MOST_BOUNDS", 5)
        monkeypatch.setattr(matching, "MOST_BOUNDS", 20)
    way: str = request.param
    return way


def opened(folder: str, library: Sequence[Readout]) -> Engine:
    TantivyWriter.create(Path(folder))
    with TantivyWriter(Path(folder)) as writer:
        for readout in library:
            writer.add(Entry(readout, FileStamp(readout.path, 1, 1, "digest")))
        writer.commit()
    return TantivyEngine(Path(folder))


def check(library: Sequence[Readout], asked: Sequence[Condition]) -> None:
    documents = {readout.id: document(readout) for readout in library}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        engine = opened(folder, library)
        for query in asked:
            expected = sorted(id for id, found in documents.items() if query.accepts(found))
            for order in (Order.RELEVANCE, Order.ID):
                hits = engine.search(query, order, limit=None, offset=0, ranking=Ranking()).hits
                assert sorted(hit.id for hit in hits) == expected, (query, order)


many_within = st.builds(Within, st.lists(leaves, min_size=3, max_size=4).map(tuple), st.integers(0, 5))
several = st.lists(expressions | many_within)


@proof
@given(library=libraries, asked=several.map(lambda found: [In("text", expression) for expression in found]))
def test_positions(library: tuple[Readout, ...], asked: list[Condition], way: str) -> None:
    check(library, asked)


@proof
@given(library=libraries, asked=st.lists(conditions, max_size=6))
def test_conditions_around_them(library: tuple[Readout, ...], asked: list[Condition], way: str) -> None:
    check(library, asked)


nested = st.recursive(
    leaves.map(Term) | phrases,
    lambda inner: (
        st.builds(Near, inner, inner, st.integers(1, 6), st.booleans())
        | st.lists(inner, min_size=1, max_size=2).map(lambda found: Either(tuple(found)))
    ),
    max_leaves=4,
)


@proof
@given(library=libraries, asked=st.lists(nested.map(lambda found: In("text", found)), max_size=6))
def test_nested_nears(library: tuple[Readout, ...], asked: list[Condition], way: str) -> None:
    check(library, asked)


def readout(text: str, id: str = "a") -> Readout:
    return Readout(id=id, path=f"/made/{id}.txt", text=text)


@pytest.mark.parametrize("distance", range(1, 9))
@pytest.mark.parametrize("ordered", [True, False])
def test_two_words_at_every_distance(distance: int, ordered: bool, tmp_path: Path) -> None:
    """Odd and even distances take different queries; each side of the limit must come out right."""
    library = [readout(f"dual {'x ' * gap}carbon", f"ahead {gap}") for gap in range(10)]
    library += [readout(f"carbon {'x ' * gap}dual", f"behind {gap}") for gap in range(10)]
    engine = opened(str(tmp_path), library)
    near = Near(Term(Exact("dual")), Term(Exact("carbon")), distance, ordered)
    found = engine.search(In("text", near), Order.ID, limit=None, offset=0, ranking=Ranking())
    expected = [f"ahead {gap}" for gap in range(distance)]
    expected += [] if ordered else [f"behind {gap}" for gap in range(distance)]
    assert [hit.id for hit in found.hits] == expected


@pytest.mark.parametrize(
    ("text", "expression", "accepted"),
    [
        ("dual", Near(Term(Exact("dual")), Term(Exact("dual")), 5, False), False),
        ("dual x dual", Near(Term(Exact("dual")), Term(Exact("dual")), 2, False), True),
        ("dual x x dual", Near(Term(Exact("dual")), Term(Exact("dual")), 2, False), False),
        ("dual", Within((Exact("dual"), Wildcard("du*")), 0), False),
        ("dual duty", Within((Exact("dual"), Wildcard("du*")), 0), True),
        ("两个确立", Near(Term(HanCharacter("两")), Term(HanCharacter("确")), 2, True), True),
        ("两个确立", Near(Term(HanCharacter("两")), Term(HanCharacter("确")), 1, True), False),
        ("a.b dual", Phrase(((0, Wildcard("*")), (1, Exact("dual"))), 2), True),
        ("o’clock dual", Phrase(((0, Exact("o'clock")), (1, Wildcard("d?al"))), 2), True),
        ("3.5 dual", Phrase(((0, Wildcard("3.*")), (1, Exact("dual"))), 2), True),
        ("345 dual", Phrase(((0, Wildcard("3.*")), (1, Exact("dual"))), 2), False),
    ],
)
def test_edges(text: str, expression: Condition, accepted: bool, way: str, tmp_path: Path) -> None:
    engine = opened(str(tmp_path), [readout(text)])
    assert engine.count(In("text", expression)) == int(accepted)  # type: ignore[arg-type]


def test_positions_in_more_readouts_than_tantivy_looks_ahead(tmp_path: Path) -> None:
    """It gathers the readouts of alternatives 4,096 at a time, and skips what other parts of a query leave out."""
    chance = random.Random(4096)
    texts = [" ".join(chance.choices(["dual", "carbon", "goal", "x"], (2, 2, 1, 3), k=9)) for _ in range(5000)]
    library = [readout(text, f"{number:04}") for number, text in enumerate(texts)]
    documents = {readout.id: document(readout) for readout in library}
    engine = opened(str(tmp_path), library)
    dual, carbon, goal = (Term(Exact(word)) for word in ("dual", "carbon", "goal"))
    for expression in (
        Within((dual.leaf, carbon.leaf, goal.leaf), 3),
        Near(Near(dual, carbon, 2, ordered=False), goal, 2, ordered=True),
        Near(Within((dual.leaf, carbon.leaf), 1), Either((goal, Phrase(((0, dual.leaf), (1, dual.leaf)), 2))), 3, True),
    ):
        condition = In("text", expression)
        found = engine.search(condition, Order.ID, limit=None, offset=0, ranking=Ranking())
        assert [hit.id for hit in found.hits] == [id for id, text in documents.items() if condition.accepts(text)]


def test_a_part_verified_beside_a_negation_and_an_alternative(way: str, tmp_path: Path) -> None:
    texts = {"a": "dual carbon goal set", "b": "dual carbon goal", "c": "goal of dual carbon"}
    library = [readout(text, id) for id, text in texts.items()]
    engine = opened(str(tmp_path), library)
    three = In("text", Within((Exact("dual"), Exact("carbon"), Exact("goal")), 9))
    set_ = In("text", Term(Exact("set")))
    assert engine.count(And((three, Not(set_)))) == 2
    assert engine.count(Or((set_, Not(three)))) == 1
    assert engine.count(And((set_, Not(three)))) == 0


@example(pattern="*.*'")
@example(pattern="?" * 300)
@given(st.text(st.sampled_from("ab.'*?双é-[(|\\"), min_size=1, max_size=6))
@settings(max_examples=EXAMPLES, deadline=None)
def test_wildcards_inside_phrases(pattern: str) -> None:
    library = [readout(f"a.b' 双a aé ab a'b {word} dual", word) for word in ("a", "ab", "双é", "a'b", "1.5")]
    check(library, [In("text", Phrase(((0, Wildcard(pattern)), (1, Wildcard("du*"))), 2))])
