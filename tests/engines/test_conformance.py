"""The proof: every engine accepts exactly the readouts that the reference meaning accepts.

READOUTS_PROOF_EXAMPLES raises the number of libraries tried; each is asked several queries, so 500 libraries are
thousands of pairs.
"""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import conditions, expressions, libraries, readouts

from readouts_cli.analysis.basis import Dating
from readouts_cli.analysis.occurrences import matched
from readouts_cli.analysis.trend import occurrences, volumes
from readouts_cli.engines import engine_class, writer_class
from readouts_cli.engines.base import Engine, Entry, Facet, FileStamp, Order, Ranking
from readouts_cli.query.document import TEXT
from readouts_cli.query.fields import document
from readouts_cli.query.period import DateField
from readouts_cli.query.tokens import terms
from readouts_cli.query.tree import And, Condition, Everything, In, Or, Words
from readouts_cli.readout import Readout

EXAMPLES = int(os.environ.get("READOUTS_PROOF_EXAMPLES", "60"))

proof = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
queries = st.lists(conditions, min_size=6, max_size=10)

#: Conditions that show matches nowhere but in the text, some of which overlap themselves or one another.
shown_in_the_text = st.recursive(
    st.builds(In, st.just(TEXT), expressions)
    | st.builds(Words, st.just(TEXT), st.lists(expressions, min_size=2, max_size=3).map(tuple), st.booleans()),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3).map(lambda found: And(tuple(found)))
        | st.lists(inner, min_size=1, max_size=3).map(lambda found: Or(tuple(found)))
    ),
    max_leaves=4,
)


def entry(readout: Readout) -> Entry:
    return Entry(readout, FileStamp(readout.path, len(readout.text), 1, "digest"))


def commit(name: str, folder: Path, added: Iterable[Readout], deleted: Iterable[str] = ()) -> None:
    with writer_class(name)(folder) as writer:
        writer.delete(deleted)
        for readout in added:
            writer.add(entry(readout))
        writer.commit()


def build(name: str, folder: Path, commits: Iterable[Iterable[Readout]]) -> None:
    writer_class(name).create(folder)
    for batch in commits:
        commit(name, folder, batch)


def ids(engine: Engine, query: Condition, order: Order = Order.RELEVANCE) -> list[str]:
    found = engine.search(query, order, limit=None, offset=0, ranking=Ranking())
    assert found.total == len(found.hits) == engine.count(query)
    return [hit.id for hit in found.hits]


def expected(library: Sequence[Readout], query: Condition) -> list[str]:
    return sorted(readout.id for readout in library if query.accepts(document(readout)))


def check(engine: Engine, library: Sequence[Readout], asked: Sequence[Condition]) -> None:
    for query in asked:
        for order in (Order.RELEVANCE, Order.DATE):
            assert sorted(ids(engine, query, order)) == expected(library, query), query


@proof
@given(library=libraries, asked=queries)
def test_answers_are_the_reference_meaning(
    library: tuple[Readout, ...], asked: list[Condition], engine_name: str
) -> None:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        build(engine_name, Path(folder), [library])
        check(engine_class(engine_name)(Path(folder)), library, asked)


@proof
@given(data=st.data(), library=libraries, asked=queries)
def test_over_segments_updates_and_deletions(
    data: st.DataObject, library: tuple[Readout, ...], asked: list[Condition], engine_name: str
) -> None:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        build(engine_name, folder, [[readout] for readout in library])
        gone = data.draw(st.sets(st.sampled_from([readout.id for readout in library])))
        replaced = [data.draw(readouts(id)) for id in sorted(gone) if data.draw(st.booleans())]
        commit(engine_name, folder, replaced, gone)
        left = [readout for readout in library if readout.id not in gone] + replaced
        check(engine_class(engine_name)(folder), left, asked)


@proof
@given(library=libraries)
def test_stored_readouts_come_back_whole(library: tuple[Readout, ...], engine_name: str) -> None:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        build(engine_name, Path(folder), [library])
        engine = engine_class(engine_name)(Path(folder))
        assert tuple(engine.readouts(readout.id for readout in library)) == library
        assert engine.ids() == sorted(readout.id for readout in library)
        assert dict(engine.stamps()) == {readout.id: entry(readout).stamp for readout in library}
        assert len(engine) == len(library)


@proof
@given(library=libraries, asked=conditions)
def test_pages_are_slices_of_the_whole(library: tuple[Readout, ...], asked: Condition, engine_name: str) -> None:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        build(engine_name, Path(folder), [library[:2], library[2:]])
        engine = engine_class(engine_name)(Path(folder))
        for order in Order:
            whole = ids(engine, asked, order)
            paged = [
                hit.id
                for offset in range(0, len(whole) + 2, 2)
                for hit in engine.search(asked, order, limit=2, offset=offset, ranking=Ranking()).hits
            ]
            assert paged == whole


@proof
@given(library=libraries, asked=conditions)
def test_facets_count_the_hits(library: tuple[Readout, ...], asked: Condition, engine_name: str) -> None:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        build(engine_name, Path(folder), [library])
        engine = engine_class(engine_name)(Path(folder))
        hits = [readout for readout in library if asked.accepts(document(readout))]
        sources = [readout.source.value if readout.source else "" for readout in hits]
        assert engine.facet(asked, Facet.SOURCE) == {value: sources.count(value) for value in sources}
        assert engine.facet(asked, Facet.LANGUAGE) == Counter(readout.language for readout in hits)
        assert sum(engine.facet(asked, Facet.YEAR).values()) == len(hits)
        presiders = [person.name for readout in hits for person in readout.presided]
        assert sum(engine.facet(asked, Facet.PRESIDER).values()) == len(presiders) + sum(
            not readout.presided for readout in hits
        )


@proof
@given(library=libraries, asked=conditions, which=st.sampled_from(DateField), doubtful=st.booleans())
def test_volumes_are_what_reading_would_count(
    library: tuple[Readout, ...], asked: Condition, which: DateField, engine_name: str, *, doubtful: bool
) -> None:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        build(engine_name, folder, [library[:2], library[2:]])
        commit(engine_name, folder, (), [library[0].id])
        engine = engine_class(engine_name)(folder)
        hits = [readout for readout in library[1:] if asked.accepts(document(readout))]
        assert engine.volumes(asked, which, doubtful=doubtful) == volumes(hits, Dating(which, doubtful))


@proof
@given(
    library=libraries,
    asked=conditions | shown_in_the_text,
    among=conditions,
    which=st.sampled_from(DateField),
    doubtful=st.booleans(),
)
def test_occurrences_are_what_reading_would_count(
    library: tuple[Readout, ...],
    asked: Condition,
    among: Condition,
    which: DateField,
    engine_name: str,
    *,
    doubtful: bool,
) -> None:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        build(engine_name, folder, [library[:2], library[2:]])
        commit(engine_name, folder, (), [library[0].id])
        hits = [readout for readout in library[1:] if And((among, asked)).accepts(document(readout))]
        told = engine_class(engine_name)(folder).occurrences(asked, among, which, doubtful=doubtful)
        assert told in (None, occurrences(matched(hits, asked), Dating(which, doubtful)))


@proof
@given(library=libraries)
def test_holding_leaves_out_deleted_readouts(library: tuple[Readout, ...], engine_name: str) -> None:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        build(engine_name, folder, [library[:2], library[2:]])
        words = [*sorted({term for readout in library for term in terms(readout.text)}), "nowhere"]
        for left in (library, library[1:]):
            commit(engine_name, folder, (), {readout.id for readout in library} - {readout.id for readout in left})
            held = Counter(term for readout in left for term in set(terms(readout.text)))
            assert engine_class(engine_name)(folder).holding(TEXT, words) == {word: held[word] for word in words}


def test_a_reader_keeps_its_commit(tmp_path: Path, engine_name: str) -> None:
    first, second = Readout(id="a", path="/a", text="dual"), Readout(id="b", path="/b", text="dual")
    build(engine_name, tmp_path, [[first]])
    reader = engine_class(engine_name)(tmp_path)
    commit(engine_name, tmp_path, [second], ["a"])
    assert ids(reader, Everything()) == ["a"]
    assert reader.readout("a") == first
    assert ids(engine_class(engine_name)(tmp_path), Everything()) == ["b"]


def test_what_is_not_committed_is_discarded(tmp_path: Path, engine_name: str) -> None:
    build(engine_name, tmp_path, [])
    with writer_class(engine_name)(tmp_path) as writer:
        writer.add(entry(Readout(id="a", path="/a", text="dual")))
    assert ids(engine_class(engine_name)(tmp_path), Everything()) == []
