"""How well the ranking finds what people judged relevant.

    python tests/benchmarks/relevance.py FOLDER [--k1 0.9] [--b 0.4] [--limit QUERIES]

FOLDER is in BEIR layout: corpus.jsonl[.gz] and queries.jsonl[.gz] with `_id`, `title`, `text`; qrels.tsv with a header
line, then query-id, corpus-id, score.  Each query's words are searched as `--any` searches them.  Printed are the means
over all judged queries of nDCG@10 (Järvelin & Kekäläinen 2002, gain 2^grade − 1), average precision over the first
1,000, recall at 100, and precision at 10.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from math import log2
from pathlib import Path
from statistics import mean
from time import perf_counter
from typing import Any

from readouts_cli.engines import engine_class, writer_class
from readouts_cli.engines.base import Entry, FileStamp, Order, Ranking
from readouts_cli.query.document import TEXT
from readouts_cli.query.expressions import Phrase, Term
from readouts_cli.query.leaves import Exact, word_leaf
from readouts_cli.query.tokens import is_han, terms
from readouts_cli.query.tree import Condition, Words
from readouts_cli.readout import Readout

DEPTH = 1000


def records(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    plain = folder / f"{name}.jsonl"
    with plain.open(encoding="utf-8") if plain.exists() else gzip.open(f"{plain}.gz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def judgements(folder: Path) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = defaultdict(dict)
    with (folder / "qrels.tsv").open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, delimiter="\t")
        next(rows)
        for query, document, grade in rows:
            found[query][document] = int(grade)
    return found


def any_word(text: str) -> Condition | None:
    """What `--any` makes of bare words: each word's family, each pair of Han characters."""
    found = [
        Phrase(((0, Exact(term)),), 2) if is_han(term) else Term(word_leaf(term, exact=False))
        for term in terms(text)
        if not is_han(term) or len(term) > 1
    ]
    return Words(TEXT, tuple(found), any=True) if found else None


def build(folder: Path, corpus: Iterator[dict[str, Any]]) -> None:
    writer_class("whoosh").create(folder)
    with writer_class("whoosh")(folder) as writer:
        for record in corpus:
            text = "\n\n".join(filter(None, (record.get("title"), record["text"])))
            readout = Readout(id=record["_id"], path=f"/{record['_id']}", text=text)
            writer.add(Entry(readout, FileStamp(readout.path, 0, 0, "")))
        writer.commit()


def scores(ranked: list[str], grades: dict[str, int]) -> tuple[float, float, float, float]:
    gains = [2 ** grades.get(id, 0) - 1 for id in ranked[:10]]
    best = sorted((2**grade - 1 for grade in grades.values()), reverse=True)[:10]
    ideal = sum(gain / log2(place + 2) for place, gain in enumerate(best))
    ndcg = sum(gain / log2(place + 2) for place, gain in enumerate(gains)) / ideal
    relevant = {id for id, grade in grades.items() if grade > 0}
    places = [place for place, id in enumerate(ranked, start=1) if id in relevant]
    precisions = [number / place for number, place in enumerate(places, start=1)]
    recall = sum(place <= 100 for place in places) / len(relevant)
    return ndcg, sum(precisions) / len(relevant), recall, sum(place <= 10 for place in places) / 10


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--k1", type=float, default=Ranking().k1)
    parser.add_argument("--b", type=float, default=Ranking().b)
    parser.add_argument("--limit", type=int)
    arguments = parser.parse_args()
    judged = judgements(arguments.folder)
    asked = [query for query in records(arguments.folder, "queries") if any(judged.get(query["_id"], {}).values())]
    with tempfile.TemporaryDirectory() as index:
        build(Path(index), records(arguments.folder, "corpus"))
        engine = engine_class("whoosh")(Path(index))
        results, began = [], perf_counter()
        for query in asked[: arguments.limit]:
            condition = any_word(query["text"])
            ranking = Ranking(arguments.k1, arguments.b)
            found = condition and engine.search(condition, Order.RELEVANCE, limit=DEPTH, offset=0, ranking=ranking)
            results.append(scores([hit.id for hit in found.hits] if found else [], judged[query["_id"]]))
    print(f"{len(results)} queries, {1000 * (perf_counter() - began) / len(results):.1f} ms each")
    for name, column in zip(("nDCG@10", "MAP", "Recall@100", "P@10"), zip(*results, strict=True), strict=True):
        print(f"{name:>10}  {mean(column):.3f}")


if __name__ == "__main__":
    main()
