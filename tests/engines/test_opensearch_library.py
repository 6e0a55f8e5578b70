"""A library on a real cluster: several machines, commits, order and pages, what the cluster refuses."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("opensearchpy")

from clusters import needs_cluster, place_on_cluster

from readouts_cli.engines import workers
from readouts_cli.engines.base import Batch, Entry, Facet, FileStamp, Order, Ranking, TermCount
from readouts_cli.engines.convert import convert
from readouts_cli.engines.opensearch import engine as engine_module
from readouts_cli.engines.opensearch import layout, lexicon, snapshot, writer
from readouts_cli.engines.opensearch.engine import OpenSearchEngine
from readouts_cli.engines.opensearch.place import load
from readouts_cli.engines.opensearch.server import Server, ServerError
from readouts_cli.engines.opensearch.writer import OpenSearchWriter
from readouts_cli.errors import LibraryBusyError, LibraryError, NotFoundError, QueryError, UsageError
from readouts_cli.query.expressions import Phrase, Term
from readouts_cli.query.leaves import Exact, Family, Fuzzy, Regex, Wildcard
from readouts_cli.query.tree import Condition, Everything, In, Words
from readouts_cli.readout import Person, Readout, Span

pytestmark = needs_cluster


def entry(id: str, text: str = "dual carbon", path: str | None = None) -> Entry:
    path = path or f"/made/{id}"
    return Entry(Readout(id=id, path=path, text=text), FileStamp(path, len(text), 1, "digest"))


def commit(folder: Path, added: Iterable[Entry], deleted: Iterable[str] = ()) -> None:
    with OpenSearchWriter(folder) as change:
        change.delete(deleted)
        for each in added:
            change.add(each)
        change.commit()


def ids(engine: OpenSearchEngine, query: Condition, order: Order = Order.ID, limit: int | None = None) -> list[str]:
    return [hit.id for hit in engine.search(query, order, limit=limit, offset=0, ranking=Ranking()).hits]


def has_word(word: str) -> Condition:
    return In("text", Term(Exact(word)))


@pytest.fixture(autouse=True)
def _several_processes_for_short_tasks_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_TRIAL", 0.0)
    monkeypatch.setattr(workers, "_SHORT", 0.0)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "machine"
    with place_on_cluster(folder):
        OpenSearchWriter.create(folder)
        yield folder


@pytest.fixture
def other(library: Path, tmp_path: Path) -> Iterator[Path]:
    """Another machine that indexes into the same library."""
    folder = tmp_path / "other"
    with place_on_cluster(folder, name=load(library).location.name):
        OpenSearchWriter.create(folder)
        yield folder


# Machines


def test_machines_share_a_library_and_know_their_own_files(library: Path, other: Path) -> None:
    commit(library, [entry("a"), entry("b")])
    commit(other, [entry("c")])
    for folder, own in ((library, {"a", "b"}), (other, {"c"})):
        engine = OpenSearchEngine(folder)
        assert engine.ids() == ids(engine, has_word("dual")) == ["a", "b", "c"]
        assert {id for id, _ in engine.stamps()} == own
        assert {id for id in "abc" if engine.stamp(id) is not None} == own
        assert dict(engine.stamps_of_all()) == {id: entry(id).stamp for id in "abc"}
        assert len(engine) == 3


def test_a_machine_deletes_and_replaces_its_own_readouts_only(library: Path, other: Path) -> None:
    commit(library, [entry("a"), entry("b")])
    commit(other, [entry("c")])
    commit(library, [entry("b", "zebra")], ["a", "b", "c"])
    assert OpenSearchEngine(other).ids() == ["b", "c"]
    assert OpenSearchEngine(other).readout("b").text == "zebra"


def test_two_machines_that_write_at_once(library: Path, other: Path) -> None:
    with OpenSearchWriter(library) as one, OpenSearchWriter(other) as two:
        for number in range(50):
            one.add(entry(f"one {number}"))
            two.add(entry(f"two {number}"))
        two.commit()
        assert len(OpenSearchEngine(library)) == 50
        one.commit()
    assert OpenSearchEngine(library).count(has_word("dual")) == 100


def test_of_two_that_add_the_same_id_at_least_one_is_told(
    library: Path, other: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "SECOND_LOOK", (0.0, 0.0))
    with OpenSearchWriter(library) as one, OpenSearchWriter(other) as two:
        one.add(entry("same"))
        two.add(entry("same", "zebra"))
        one.commit()
        with pytest.raises(LibraryBusyError, match="has meanwhile added a readout with the id 'same'"):
            two.commit()
    assert ids(OpenSearchEngine(other), Everything()) == ["same"]
    commit(other, [entry("another")])
    assert ids(OpenSearchEngine(library), Everything()) == ["another", "same"]


def test_who_waits_until_another_has_given_up_an_id_gets_it(
    library: Path, other: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with OpenSearchWriter(library) as one, OpenSearchWriter(other) as two:
        for number in range(1000):  # so many are sent before a commit
            two.add(entry(f"same {number}", "zebra"))
        one.add(entry("same 1"))

        def give_up(_: float) -> None:
            two.__exit__(None, None, None)

        monkeypatch.setattr("time.sleep", give_up)
        one.commit()
        monkeypatch.undo()
    assert ids(OpenSearchEngine(library), Everything()) == ["same 1"]
    assert OpenSearchEngine(library).count(has_word("zebra")) == 0


def test_two_processes_of_one_machine(library: Path) -> None:
    with OpenSearchWriter(library) as one, OpenSearchWriter(library) as two:
        two.add(entry("b"))
        one.add(entry("a"))
        with pytest.raises(LibraryBusyError, match="another process"):
            one.commit()
        two.commit()
    assert "b" in OpenSearchEngine(library).ids()


# Commits


def test_a_commit_that_arrives_twice_is_made_once(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where the answer is lost on the way."""
    ask = Server.ask

    def ask_twice(server: Server, method: str, path: str, body: object = None, **how: Any) -> dict[str, Any]:
        if method == "PUT":
            ask(server, method, path, body, **how)
        return ask(server, method, path, body, **how)

    with OpenSearchWriter(library) as change:
        monkeypatch.setattr(Server, "ask", ask_twice)
        change.add(entry("a"))
        change.commit(last=False)
        change.add(entry("b"))
        change.commit()
    assert OpenSearchEngine(library).ids() == ["a", "b"]


@pytest.mark.parametrize("delete_first", [True, False])
def test_a_readout_is_replaced_whichever_comes_first(delete_first: bool, library: Path) -> None:
    commit(library, [entry("a"), entry("b")])
    with OpenSearchWriter(library) as change:
        if delete_first:
            change.delete(["a"])
        change.add(entry("a", "zebra"))
        if not delete_first:
            change.delete(["a"])
        change.commit()
    engine = OpenSearchEngine(library)
    assert engine.ids() == ["a", "b"]
    assert ids(engine, has_word("zebra")) == ["a"]


def read(number: int) -> Batch[int]:
    return Batch([entry(f"{number:03}", "new " * 500)], number)


@pytest.mark.parametrize("cores", [1, 2])
def test_a_commit_while_adding_holds_all_of_the_outcomes_before(cores: int, library: Path) -> None:
    numbers = range(100)
    commit(library, [entry(f"{number:03}") for number in numbers])
    commits = 0
    with OpenSearchWriter(library, cores=cores, memory=200_000) as change:
        for number in change.add_all(numbers, read):
            if change.pending:
                change.commit(last=False)
                commits += 1
                engine = OpenSearchEngine(library)
                assert len(engine) == len(numbers)
                assert engine.count(has_word("dual")) == len(numbers) - number
            change.delete([f"{number:03}"])
        change.commit()
    assert commits > 1
    assert OpenSearchEngine(library).count(has_word("new")) == len(numbers)
    assert OpenSearchEngine(library).count(has_word("dual")) == 0


def test_a_reader_keeps_its_commit_until_what_went_is_cleared_away(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(library, [entry("a"), entry("b")])
    reader = OpenSearchEngine(library)
    commit(library, [entry("c")], ["a"])
    commit(library, [entry("d")], ["b"])
    assert ids(reader, Everything()) == ["a", "b"]
    assert reader.readout("a").text == "dual carbon"
    monkeypatch.setattr(writer, "KEPT_FOR", -1.0)
    commit(library, [entry("e")])
    assert ids(OpenSearchEngine(library), Everything()) == ["c", "d", "e"]
    assert ids(reader, Everything()) == []


WRITE_ON = """
    import sys
    from pathlib import Path
    from readouts_cli.engines.base import Entry, FileStamp
    from readouts_cli.engines.opensearch.writer import OpenSearchWriter
    from readouts_cli.readout import Readout
    with OpenSearchWriter(Path(sys.argv[1])) as writer:
        writer.delete(["old"])
        for number in range(10**9):
            id = f"{number:06}"
            writer.add(Entry(Readout(id=id, path=id, text="dual " * 2_000), FileStamp(id, 1, 1, "d")))
            if number == 2_500:
                print("sending", flush=True)
"""


def test_a_killed_writer_leaves_the_last_commit_and_the_next_clears_up(library: Path) -> None:
    commit(library, [entry("old")])
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(WRITE_ON), str(library)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "sending\n"
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    engine = OpenSearchEngine(library)
    assert engine.ids() == ["old"]
    server, path = Server(load(library).location), f"/{load(library).location.name}"
    server.ask("POST", f"{path}/_refresh")
    assert server.ask("GET", f"{path}/_count")["count"] > 1000
    commit(library, [entry("new")])
    server.ask("POST", f"{path}/_refresh")
    assert server.ask("GET", f"{path}/_count")["count"] == 2
    assert OpenSearchEngine(library).ids() == ["new", "old"]
    assert list(OpenSearchEngine(library).verify()) == []


def test_optimize(library: Path) -> None:
    with OpenSearchWriter(library) as change:
        change.add(entry("a"))
        change.optimize()
    assert OpenSearchEngine(library).ids() == ["a"]


def test_a_library_is_made_once_and_found_again(library: Path) -> None:
    commit(library, [entry("a")])
    OpenSearchWriter.create(library)
    assert OpenSearchEngine(library).ids() == ["a"]


# Order and pages


@pytest.fixture
def many(library: Path, monkeypatch: pytest.MonkeyPatch) -> OpenSearchEngine:
    """More readouts than fit on a page."""
    monkeypatch.setattr(engine_module, "WINDOW", 40)
    for module in (snapshot, engine_module, writer):
        monkeypatch.setattr(module, "PAGE_OF_KEYS", 7)
        monkeypatch.setattr(module, "PAGE_OF_RECORDS", 5)
    commit(library, [entry(f"{n:03}", f"dual {'x ' * (n % 9)}word{n}") for n in reversed(range(100))])
    return OpenSearchEngine(library)


@pytest.mark.parametrize("order", [Order.RELEVANCE, Order.DATE_DESCENDING, Order.ID])
def test_pages_inside_and_behind_the_window(order: Order, many: OpenSearchEngine) -> None:
    whole = many.search(has_word("dual"), order, limit=None, offset=0, ranking=Ranking())
    assert whole.total == len(whole.hits) == 100
    assert [hit.score for hit in whole.hits] == sorted((hit.score for hit in whole.hits), reverse=True)
    for offset in range(0, 110, 10):
        page = many.search(has_word("dual"), order, limit=10, offset=offset, ranking=Ranking())
        assert page.total == 100
        assert list(page.hits) == list(whole.hits[offset : offset + 10])


def test_everything_is_read_page_by_page(many: OpenSearchEngine) -> None:
    names = [f"{n:03}" for n in range(100)]
    assert many.ids() == names
    assert [readout.id for readout in many.readouts(reversed(names))] == names[::-1]
    assert {id for id, _ in many.stamps()} == set(names)
    assert [count.term for count in many.expand("text", Wildcard("word*"), 200)] == sorted(
        f"word{n}" for n in range(100)
    )


# Words


def test_the_lexicon(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(library, [entry("a", "carbon carbonate x"), entry("b", "carbon"), entry("c", "carbonic")])
    commit(library, [], ["c"])
    engine = OpenSearchEngine(library)
    assert engine.expand("text", Wildcard("carb*"), 10) == [TermCount("carbon", 2), TermCount("carbonate", 1)]
    assert engine.expand("text", Exact("carbon"), 10) == [TermCount("carbon", 2)]
    assert engine.expand("text", Regex("x|carbon"), 10) == [TermCount("carbon", 2), TermCount("x", 1)]
    assert engine.expand("text", Fuzzy("carbn", 1), 10) == [TermCount("carbon", 2)]
    with pytest.raises(QueryError, match="2 words, more than 1"):
        engine.expand("text", Wildcard("carb*"), 1)
    monkeypatch.setattr(lexicon, "MOST_TERMS", 2)
    with pytest.raises(QueryError, match="more than 2 words"):
        OpenSearchEngine(library).count(In("text", Phrase(((0, Wildcard("*")), (1, Exact("x"))), 2)))


def test_ranking(tmp_path: Path) -> None:
    """On one shard, for each shard scores by its own statistics."""
    with place_on_cluster(tmp_path / "machine", shards=1):
        OpenSearchWriter.create(tmp_path / "machine")
        check_ranking(tmp_path / "machine")


def check_ranking(library: Path) -> None:
    texts = {"a": "the goals of dual use carbon", "b": "the goal of dual carbon use", "c": "the goals of use"}
    commit(library, [entry(id, text) for id, text in texts.items()])
    engine = OpenSearchEngine(library)
    assert ids(engine, In("text", Term(Family("goal"))), Order.RELEVANCE)[0] == "b"
    both = Words("text", (Term(Family("dual")), Term(Family("carbon"))))
    hits = engine.search(both, Order.RELEVANCE, limit=5, offset=0, ranking=Ranking()).hits
    assert [hit.id for hit in hits] == ["b", "a"]
    for hit in hits:
        parts = engine.score_parts(both, hit.id, Ranking())
        assert sum(part.score for part in parts) == pytest.approx(hit.score, rel=1e-5)
        assert any(part.neighbours for part in parts) is (hit.id == "b")
    with pytest.raises(UsageError, match="k1"):
        engine.search(both, Order.RELEVANCE, limit=5, offset=0, ranking=Ranking(b=0.5))


def test_repeated_presiders_count_as_often_as_they_are_named(library: Path) -> None:
    people = tuple(Person(name, None, Span(0, 0), None, "made") for name in ("Ann Li", "Bo Chen", "Ann Li"))
    commit(library, [Entry(Readout(id="a", path="/a", text="", presided=people), FileStamp("/a", 0, 1, "d"))])
    assert OpenSearchEngine(library).facet(Everything(), Facet.PRESIDER) == {"Ann Li": 2, "Bo Chen": 1}


STRANGE = ["plain", "\udcff raw byte", "双碳", "\ue000 private", "new\nline", "\U0001f389", "é", 'a"b\\c', "x" * 600]


def test_ids_and_paths_that_are_not_unicode(library: Path) -> None:
    commit(library, [entry(id, path=f"/made/{id}\udc80") for id in STRANGE])
    engine = OpenSearchEngine(library)
    assert engine.ids() == sorted(STRANGE)
    assert [readout.path for readout in engine.readouts(STRANGE)] == [f"/made/{id}\udc80" for id in STRANGE]
    assert {stamp.path for _, stamp in engine.stamps()} == {f"/made/{id}\udc80" for id in STRANGE}
    commit(library, [], STRANGE[1:])
    assert OpenSearchEngine(library).ids() == ["plain"]


def test_words_longer_than_the_tokenizer_takes(library: Path) -> None:
    word = "\U00010330" * 150
    assert layout.kept(word) != word
    commit(library, [entry("a", f"dual {word} carbon"), entry("b", f"dual {word}\U00010330 carbon")])
    engine = OpenSearchEngine(library)
    assert ids(engine, has_word(word)) == ["a"]
    assert ids(engine, In("text", Phrase(((0, Exact("dual")), (1, Exact(word)), (2, Exact("carbon"))), 3))) == ["a"]


# Refusals


def test_a_library_that_is_not_there(tmp_path: Path) -> None:
    with place_on_cluster(tmp_path / "machine"), pytest.raises(LibraryError, match=r"no library .* make one with"):
        OpenSearchEngine(tmp_path / "machine")


def test_an_index_of_somebody_else(tmp_path: Path) -> None:
    with place_on_cluster(tmp_path / "machine") as name:
        server = Server(load(tmp_path / "machine").location)
        server.ask("PUT", f"/{name}", {"mappings": {"properties": {"title": {"type": "text"}}}})
        with pytest.raises(LibraryError, match="is no library of readouts"):
            OpenSearchWriter.create(tmp_path / "machine")


def test_a_read_only_index(library: Path) -> None:
    server, path = Server(load(library).location), f"/{load(library).location.name}/_settings"
    with OpenSearchWriter(library) as change:
        change.add(entry("a"))
        server.ask("PUT", path, {"index.blocks.write": True})
        with pytest.raises(ServerError, match="is read-only"):
            change.commit()
        server.ask("PUT", path, {"index.blocks.write": None})
    assert OpenSearchEngine(library).ids() == []


def test_unknown_ids(library: Path) -> None:
    commit(library, [entry("a")])
    engine = OpenSearchEngine(library)
    assert engine.has("a")
    assert not engine.has("b")
    with pytest.raises(NotFoundError, match="'b'"):
        engine.readout("b")


# Conversion


def test_a_library_moves_to_a_cluster_and_back(library: Path, tmp_path: Path) -> None:
    from readouts_cli.engines.whoosh.engine import WhooshEngine
    from readouts_cli.engines.whoosh.writer import WhooshWriter

    def made(name: str) -> Path:
        (tmp_path / name).mkdir()
        WhooshWriter.create(tmp_path / name)
        return tmp_path / name

    source = made("source")
    with WhooshWriter(source) as here:
        for number in range(30):
            here.add(entry(f"{number}"))
        here.commit()
    with OpenSearchWriter(library) as change:
        there = convert(WhooshEngine(source), change, lambda: OpenSearchEngine(library, strict=True))
    back = made("back")
    with WhooshWriter(back) as here:
        again = convert(OpenSearchEngine(library, strict=True), here, lambda: WhooshEngine(back))
    assert there == again
    assert there.copied == 30
