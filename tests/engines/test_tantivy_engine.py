"""What the tantivy engine answers beyond which readouts match: order, pages, lexicon, errors."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

import pytest

pytest.importorskip("tantivy")

from readouts_cli.engines.base import Engine, Entry, Facet, FileStamp, Order, Ranking, TermCount, Volume
from readouts_cli.engines.tantivy import engine as engine_module
from readouts_cli.engines.tantivy import lexicon, sharing
from readouts_cli.engines.tantivy.engine import TantivyEngine
from readouts_cli.engines.tantivy.writer import TantivyWriter
from readouts_cli.errors import LibraryError, NotFoundError, QueryError, UsageError
from readouts_cli.query.expressions import Phrase, Term
from readouts_cli.query.leaves import Exact, Family, Regex, Wildcard
from readouts_cli.query.period import DateField, Period
from readouts_cli.query.tree import And, Condition, Dated, Everything, In, Or, Undated, Words
from readouts_cli.readout import Certainty, Fact, Met, Person, Published, Readout, Span

STAMP = FileStamp("/made", 1, 1, "digest")


def build(folder: Path, library: Iterable[Readout]) -> Engine:
    TantivyWriter.create(folder)
    with TantivyWriter(folder) as writer:
        for readout in library:
            writer.add(Entry(readout, STAMP))
        writer.commit()
    return TantivyEngine(folder)


def readout(id: str, text: str = "", published: str | None = None, met: Met | None = None) -> Readout:
    given = None if published is None else Published(published, None, "made")
    return Readout(id=id, path=f"/made/{id}", text=text, published=given, met=met)


def met(day: str, certainty: Certainty = Certainty.STATED) -> Met:
    if certainty is Certainty.PARTIAL:
        return Met(None, None, f"XXXX-{day[5:]}", certainty, "R7", Span(0, 0))
    date = dt.date.fromisoformat(day)
    return Met(date, date, day, certainty, "R1", Span(0, 0))


def ids(engine: Engine, query: Condition, order: Order, limit: int | None = None, offset: int = 0) -> list[str]:
    return [hit.id for hit in engine.search(query, order, limit=limit, offset=offset, ranking=Ranking()).hits]


def word(term: str) -> Condition:
    return In("text", Term(Family(term)))


def test_the_typed_form_ranks_before_others(tmp_path: Path) -> None:
    engine = build(tmp_path, [readout("a", "the goals are"), readout("b", "the goal is"), readout("c", "the goals of")])
    assert ids(engine, word("goal"), Order.RELEVANCE) == ["b", "a", "c"]


def test_neighbours_rank_before_words_apart(tmp_path: Path) -> None:
    engine = build(tmp_path, [readout("a", "dual use of carbon here"), readout("b", "use of dual carbon here")])
    both = Words("text", (Term(Family("dual")), Term(Family("carbon"))))
    assert ids(engine, both, Order.RELEVANCE) == ["b", "a"]
    either = Words("text", (Term(Family("dual")), Term(Family("carbon"))), any=True)
    assert ids(engine, either, Order.RELEVANCE) == ["b", "a"]


def test_a_rare_word_ranks_before_a_common_one(tmp_path: Path) -> None:
    library = [readout(f"common {n}", "carbon here") for n in range(5)] + [readout("rare", "zebra here")]
    engine = build(tmp_path, library)
    either = Words("text", (Term(Exact("carbon")), Term(Exact("zebra"))), any=True)
    assert ids(engine, either, Order.RELEVANCE)[0] == "rare"


def test_scores_fall_and_only_relevance_has_them(tmp_path: Path) -> None:
    engine = build(tmp_path, [readout("a", "carbon"), readout("b", "carbon and more and more and more")])
    hits = engine.search(word("carbon"), Order.RELEVANCE, limit=None, offset=0, ranking=Ranking()).hits
    assert hits[0].score > hits[1].score > 0
    hits = engine.search(word("carbon"), Order.ID, limit=None, offset=0, ranking=Ranking()).hits
    assert [hit.score for hit in hits] == [0, 0]


@pytest.mark.parametrize("walk", [0, 2, 1000])
def test_pages_of_readouts_that_share_scores(walk: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether ties are named one by one or looked for from the first id on, pages follow score and then id."""
    monkeypatch.setattr(engine_module, "_NAMED_FOR_A_WALK", walk)
    monkeypatch.setattr(engine_module, "_SPARE", 1)
    texts = ["carbon carbon", "carbon", "carbon and more and more and more"]
    library = [readout(f"{number * 7919 % 601:03}", texts[number % 3]) for number in range(600)]
    engine = build(tmp_path, library)
    everything = engine.search(word("carbon"), Order.RELEVANCE, limit=None, offset=0, ranking=Ranking()).hits
    assert everything == sorted(everything, key=lambda hit: (-hit.score, hit.id))
    assert len({hit.score for hit in everything}) == 3
    for offset in (0, 5, 195, 200, 399, 590, 600):
        for limit in (1, 7, 210):
            found = engine.search(word("carbon"), Order.RELEVANCE, limit=limit, offset=offset, ranking=Ranking())
            assert (found.total, found.hits) == (600, everything[offset:][:limit])


@pytest.mark.parametrize("order", [Order.RELEVANCE, Order.DATE, Order.DATE_DESCENDING, Order.MET, Order.ID])
def test_equals_follow_by_id_however_many_and_wherever_they_lie(order: Order, tmp_path: Path) -> None:
    """Written backwards and in several commits, so that neither place nor segment gives the order away."""
    names = [f"{n:03}" for n in range(450)]
    TantivyWriter.create(tmp_path)
    for third in range(3):
        with TantivyWriter(tmp_path) as writer:
            for name in reversed(names[third::3]):
                writer.add(Entry(readout(name, "carbon", "2022-08-20"), STAMP))
            writer.commit()
    engine = TantivyEngine(tmp_path)
    assert ids(engine, word("carbon"), order) == names
    assert ids(engine, word("carbon"), order, 10) == names[:10]
    assert ids(engine, word("carbon"), order, 10, 205) == names[205:215]
    assert ids(engine, word("carbon"), order, 300, 145) == names[145:445]
    assert ids(engine, word("carbon"), order, 10, 445) == names[445:]
    assert ids(engine, word("carbon"), order, 10, 450) == []
    assert engine.search(word("carbon"), order, limit=0, offset=0, ranking=Ranking()).total == 450


@pytest.mark.parametrize("cores", [1, 2, 5, 64])
@pytest.mark.parametrize("order", Order)
def test_hard_queries_have_one_answer_on_any_number_of_cores(
    order: Order, cores: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Over several commits, whose numbers lie far apart, and with a deletion at the beginning of one."""
    monkeypatch.setattr(sharing, "LEAST_SHARE", 7)
    monkeypatch.setattr(sharing, "usable_cores", lambda: cores)
    texts = ["dual carbon", "carbon dual", "dual carbon dual carbon", "dual carbon and more and more and more"]
    library = [readout(f"{n * 37 % 101:03}", texts[n % 4], f"2022-08-{n % 9 + 10}") for n in range(100)]
    TantivyWriter.create(tmp_path)
    for start, end in ((0, 3), (3, 60), (60, 100)):
        with TantivyWriter(tmp_path) as writer:
            for each in library[start:end]:
                writer.add(Entry(each, STAMP))
            writer.delete([library[0].id] if start else ())
            writer.commit()
    engine = TantivyEngine(tmp_path)
    phrase = In("text", Phrase(((0, Exact("dual")), (1, Exact("carbon"))), 2))
    whole = engine.search(phrase, order, limit=None, offset=0, ranking=Ranking()).hits
    expected = sorted(each.id for each in library[1:] if "dual carbon" in each.text)
    assert sorted(hit.id for hit in whole) == expected
    assert engine.count(phrase) == len(expected)
    if order is Order.RELEVANCE:
        assert list(whole) == sorted(whole, key=lambda hit: (-hit.score, hit.id))
    for offset in (0, 10, 70, 80):
        for _ in range(2):  # the second time from memory
            page = engine.search(phrase, order, limit=10, offset=offset, ranking=Ranking())
            assert (page.total, page.hits) == (len(expected), whole[offset:][:10])


def test_days_of_a_volume_are_summed_over_segments(tmp_path: Path) -> None:
    TantivyWriter.create(tmp_path)
    for given in ([readout("a", "one two", "2022-08-20"), readout("b", "three")], [readout("c", "four", "2022-08-20")]):
        with TantivyWriter(tmp_path) as writer:
            for each in given:
                writer.add(Entry(each, STAMP))
            writer.commit()
    volumes = TantivyEngine(tmp_path).volumes(Everything(), DateField.DATE, doubtful=False)
    assert volumes == {dt.date(2022, 8, 20): Volume(2, 3), None: Volume(1, 1)}


DATED = [
    readout("published", published="2022-08-20"),
    readout("met", published="2022-08-25", met=met("2022-08-01")),
    readout("doubtful", met=met("2022-08-10", Certainty.DOUBTFUL)),
    readout("month", published="2022-08"),
    readout("partial", met=met("2022-08-15", Certainty.PARTIAL)),
    readout("undated"),
]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (Order.DATE, ["met", "month", "doubtful", "published", "partial", "undated"]),
        (Order.DATE_DESCENDING, ["published", "doubtful", "met", "month", "partial", "undated"]),
        (Order.MET, ["met", "doubtful", "month", "partial", "published", "undated"]),
        (Order.PUBLISHED, ["month", "published", "met", "doubtful", "partial", "undated"]),
        (Order.ID, ["doubtful", "met", "month", "partial", "published", "undated"]),
    ],
)
def test_orders_put_what_has_no_date_last(order: Order, expected: list[str], tmp_path: Path) -> None:
    engine = build(tmp_path, DATED)
    assert ids(engine, Everything(), order) == expected
    assert [id for offset in range(6) for id in ids(engine, Everything(), order, 1, offset)] == expected


def test_dates_with_and_without_doubtful_ones(tmp_path: Path) -> None:
    engine = build(tmp_path, DATED)
    august = Period(dt.date(2022, 8, 1), dt.date(2022, 8, 31))
    assert ids(engine, Dated(DateField.DATE, august), Order.ID) == ["met", "published"]
    doubtful = ["doubtful", "met", "month", "partial", "published"]
    assert ids(engine, Dated(DateField.DATE, august, doubtful=True), Order.ID) == doubtful
    september = Period(dt.date(2022, 9, 1), dt.date(2022, 9, 30))
    assert ids(engine, Dated(DateField.DATE, september, doubtful=True), Order.ID) == []
    assert ids(engine, Undated(DateField.DATE), Order.ID) == ["doubtful", "month", "partial", "undated"]
    assert ids(engine, Undated(DateField.DATE, doubtful=True), Order.ID) == ["undated"]


def test_facets(tmp_path: Path) -> None:
    library = [
        Readout(
            id=name,
            path=f"/{name}",
            text="dual",
            published=Published(day, None, "made"),
            body=Fact(body, None, "made") if body else None,
            presided=tuple(Person(person, None, Span(0, 0), None, "made") for person in people),
        )
        for name, day, body, people in [
            ("a", "2022-08-20", "Cabinet", ["Ann Li", "Bo Chen"]),
            ("b", "2022-09-01", "Cabinet", ["Ann Li"]),
            ("c", "2023-01-01", "", []),
            ("d", "2023-01-02", "", ["Bo Chen", "Bo Chen"]),
        ]
    ]
    engine = build(tmp_path, library)
    assert engine.facet(Everything(), Facet.YEAR) == {"2022": 2, "2023": 2}
    assert engine.facet(Everything(), Facet.MONTH) == {"2022-08": 1, "2022-09": 1, "2023-01": 2}
    assert engine.facet(Everything(), Facet.BODY) == {"Cabinet": 2, "": 2}
    assert engine.facet(Everything(), Facet.PRESIDER) == {"Ann Li": 2, "Bo Chen": 3, "": 1}
    first = Dated(DateField.DATE, Period(None, dt.date(2022, 8, 31)))
    assert engine.facet(first, Facet.PRESIDER) == {"Ann Li": 1, "Bo Chen": 1}


def test_expand_counts_living_readouts_only(tmp_path: Path) -> None:
    build(tmp_path, [readout("a", "carbon carbonate"), readout("b", "carbon"), readout("c", "carbonic")]).close()
    with TantivyWriter(tmp_path) as writer:
        writer.delete(["b", "c"])
        writer.commit()
    engine = TantivyEngine(tmp_path)
    assert engine.expand("text", Wildcard("carb*"), 10) == [TermCount("carbon", 1), TermCount("carbonate", 1)]


def test_patterns_that_stand_for_too_much_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicon, "MOST_TERMS", 2)
    engine = build(tmp_path, [readout("a", "one two three")])
    with pytest.raises(QueryError, match="2 words, more than 1"):
        engine.expand("text", Regex("t.*"), 1)
    with pytest.raises(QueryError, match="3 words, more than 2"):
        engine.count(In("text", Phrase(((0, Wildcard("*")), (1, Exact("two"))), 2)))


STRANGE = ["plain", "\udcff raw byte", "双碳", "\ue000 private", "new\nline", "\U0001f389", "é", "e\u0301", 'a"b\\c']


def test_ids_and_paths_that_are_not_unicode(tmp_path: Path) -> None:
    library = [Readout(id=name, path=f"/made/{name}", text="dual") for name in STRANGE]
    TantivyWriter.create(tmp_path)
    with TantivyWriter(tmp_path) as writer:
        for each in library:
            writer.add(Entry(each, FileStamp(each.path, 1, 2, "digest")))
        writer.commit()
    engine = TantivyEngine(tmp_path)
    assert engine.ids() == ids(engine, Everything(), Order.ID) == sorted(STRANGE)
    assert ids(engine, word("dual"), Order.RELEVANCE) == sorted(STRANGE)
    assert list(engine.readouts(STRANGE)) == library
    assert dict(engine.stamps()) == {each.id: FileStamp(each.path, 1, 2, "digest") for each in library}
    with TantivyWriter(tmp_path) as writer:
        writer.delete(STRANGE[1:])
        writer.commit()
    assert TantivyEngine(tmp_path).ids() == ["plain"]


def test_what_a_score_is_made_of(tmp_path: Path) -> None:
    texts = {"a": "dual carbon goals and carbons", "b": "dual use", "c": "carbon of dual use", "d": "zebra"}
    engine = build(tmp_path, [readout(id, text) for id, text in texts.items()])
    dual, carbon = Term(Family("dual")), Term(Family("carbon"))
    zebra = And((word("zebra"), word("goal")))
    query = Or((Words("text", (dual, carbon), any=True), In("text", Term(Exact("use"))), zebra))
    for hit in engine.search(query, Order.RELEVANCE, limit=None, offset=0, ranking=Ranking()).hits:
        parts = engine.score_parts(query, hit.id, Ranking())
        assert sum(part.score for part in parts) == pytest.approx(hit.score)
        assert any(part.neighbours for part in parts) is (hit.id == "a")
    assert {part.expression for part in engine.score_parts(query, "b", Ranking())} == {dual, Term(Exact("use"))}


def test_a_stamp_by_id(tmp_path: Path) -> None:
    engine = build(tmp_path, [readout("a"), readout("b")])
    assert engine.stamp("b") == STAMP
    with pytest.raises(NotFoundError):
        engine.stamp("c")


def test_unknown_ids(tmp_path: Path) -> None:
    engine = build(tmp_path, [readout("a")])
    assert engine.has("a")
    assert not engine.has("b")
    with pytest.raises(NotFoundError, match="'b'"):
        engine.readout("b")


def test_a_ranking_of_ones_own_is_refused(tmp_path: Path) -> None:
    engine = build(tmp_path, [readout("a", "dual")])
    with pytest.raises(UsageError, match="k1"):
        engine.search(word("dual"), Order.RELEVANCE, limit=1, offset=0, ranking=Ranking(k1=2.0))


def test_a_folder_without_an_index(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="holds no index"):
        TantivyEngine(tmp_path)
    with pytest.raises(LibraryError, match="holds no index"):
        TantivyEngine(tmp_path / "missing")


def exchange(path: Path, content: bytes) -> None:
    """Put other content where a file is; who has mapped the file into memory keeps the old one."""
    path.unlink()
    path.write_bytes(content)


@pytest.mark.parametrize("suffix", [".term", ".idx", ".store", ".fast", "meta.json"])
def test_files_cut_short_are_reported(suffix: str, tmp_path: Path) -> None:
    build(tmp_path, [readout(f"{n}", "dual carbon goals") for n in range(50)]).close()
    for path in tmp_path.iterdir():
        if path.name.endswith(suffix):
            exchange(path, path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(LibraryError, match=r"the index in .* (cannot be read|is damaged)"):
        list(TantivyEngine(tmp_path).readouts(ids(TantivyEngine(tmp_path), word("dual"), Order.RELEVANCE)))


def test_a_missing_file_is_reported(tmp_path: Path) -> None:
    build(tmp_path, [readout("a", "dual")]).close()
    next(tmp_path.glob("*.idx")).unlink()
    with pytest.raises(LibraryError, match="cannot be read"):
        TantivyEngine(tmp_path)


def test_an_intact_index_verifies(tmp_path: Path) -> None:
    build(tmp_path, [readout("a", "dual"), readout("b", "dual")]).close()
    with TantivyWriter(tmp_path) as writer:
        writer.delete(["a"])
        writer.commit()
    assert list(TantivyEngine(tmp_path).verify()) == []


def test_many_readouts_are_read_in_the_order_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "_READ_TOGETHER", 7)
    library = {f"{n:02}": readout(f"{n:02}", f"text {n}") for n in range(40)}
    engine = build(tmp_path, library.values())
    asked = [*reversed(library), "03", "03", "39"]
    assert list(engine.readouts(asked)) == [library[id] for id in asked]
    found = engine.readouts(["05", "missing", "06"])
    assert next(found) == library["05"]
    with pytest.raises(NotFoundError, match="'missing'"):
        next(found)


@pytest.mark.parametrize("suffix", ["term", "idx", "pos", "store", "fast", "fieldnorm", "del"])
def test_a_flipped_bit_anywhere_is_found(suffix: str, tmp_path: Path) -> None:
    build(tmp_path, [readout(f"{n}", "dual carbon goals") for n in range(20)]).close()
    with TantivyWriter(tmp_path) as writer:
        writer.delete(["3"])
        writer.commit()
    engine = TantivyEngine(tmp_path)
    path = next(tmp_path.glob(f"*.{suffix}"))
    data = bytearray(path.read_bytes())
    data[0] ^= 4
    exchange(path, bytes(data))
    assert f"{path} is damaged: its checksum is another" in list(engine.verify())


def test_a_file_that_is_gone_or_cut_short_is_found(tmp_path: Path) -> None:
    engine = build(tmp_path, [readout("a", "dual")])
    gone, cut = next(tmp_path.glob("*.pos")), next(tmp_path.glob("*.fieldnorm"))
    gone.unlink()
    exchange(cut, cut.read_bytes()[:-1])
    assert list(engine.verify()) == [
        f"{gone} cannot be read (No such file or directory)",
        f"{cut} is damaged: its checksum is another",
    ]


def test_closing_twice_does_no_harm(tmp_path: Path) -> None:
    engine = build(tmp_path, [readout("a")])
    engine.close()
    engine.close()
