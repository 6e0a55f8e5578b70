"""Copies and shingles."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from asking import Ask
from conftest import Run
from hypothesis import given, settings
from hypothesis import strategies as st
from libraries import made, seeds

from readouts_cli.analysis.basis import Dating
from readouts_cli.analysis.copies import Copies, copies, shared_run, sketches
from readouts_cli.analysis.shingles import SHINGLE, ShingleIndex, containment, kept, shingles, window_for
from readouts_cli.query.tokens import terms
from readouts_cli.readout import Readout

WORDS = [f"word{number}" for number in range(500)]


def prose(seed: int, length: int = 200) -> list[str]:
    return random.Random(seed).choices(WORDS, k=length)


def spun(words: Sequence[str], every: int) -> list[str]:
    """The words, one in `every` replaced."""
    return [f"other{at}" if at % every == 0 else word for at, word in enumerate(words)]


def found_among(readouts: list[Readout], *, least: float = 0.5, total: int = 0) -> Copies:
    by_id = {readout.id: readout for readout in readouts}
    window = window_for(total or len(readouts))
    return copies(sketches(readouts, Dating(), window=window), by_id.__getitem__, window=window, least=least)


def ids(found: Copies) -> list[list[str]]:
    return [[member.id for member in cluster] for cluster in found.clusters]


ORIGINAL = prose(1)

MADE = [
    made("late", " ".join(ORIGINAL), "2022-09-01"),
    made("undated", " ".join(ORIGINAL) + " and more"),
    made("early", "Title\n\n" + " ".join(ORIGINAL), "2022-08-01"),
    made("spun", " ".join(spun(ORIGINAL, 10)), "2022-10-01"),
    made("cut", " ".join(ORIGINAL[50:100]), "2022-11-01"),
    made("other", " ".join(prose(2)), "2022-08-02"),
    made("quoting", " ".join(prose(3) + ORIGINAL[:40]), "2022-08-03"),
]


def test_clusters_begin_with_the_earliest() -> None:
    found = found_among(MADE)
    assert ids(found) == [["early", "late", "spun", "cut", "undated"]]
    assert found.repeated == {"late", "spun", "cut", "undated"}
    assert (found.reach, found.basis.readouts, found.basis.undated) == (SHINGLE, 7, 1)


def test_containment_in_the_first() -> None:
    [cluster] = found_among(MADE).clusters
    told = {member.id: member.containment for member in cluster}
    assert told["early"] is None
    assert (told["late"], told["cut"]) == (1.0, 1.0)
    assert told["spun"] is not None
    assert 0.5 <= told["spun"] < 0.7


@pytest.mark.parametrize(("id", "tokens"), [("late", 200), ("spun", 9), ("cut", 50)])
def test_shared_run(id: str, tokens: int) -> None:
    readouts = {readout.id: readout for readout in MADE}
    found = shared_run(readouts[id], readouts["early"])
    assert found is not None
    assert found.tokens == tokens
    assert readouts[id].text[slice(*found.span)] == readouts["early"].text[slice(*found.other_span)]


def test_nothing_shared() -> None:
    assert shared_run(made("a", "one two"), made("b", "three")) is None


def test_a_copy_of_a_copy_is_no_copy() -> None:
    one, two, three = prose(4), prose(5), prose(6)
    chain = [made("a", " ".join(one + two)), made("b", " ".join(two + three)), made("c", " ".join(three + prose(7)))]
    assert ids(found_among(chain, least=0.4)) == [["a", "b"]]


def test_a_part_of_two_texts_is_a_copy_of_the_earlier() -> None:
    part = prose(4, 40)
    whole = [made("a", " ".join(part + prose(5)), "2022-05-01"), made("b", " ".join(part + prose(6)), "2022-04-01")]
    assert ids(found_among([*whole, made("cut", " ".join(part), "2022-06-01")])) == [["b", "cut"]]


def test_of_one_meeting_day_the_first_published_is_the_earliest() -> None:
    days = {"a": "2022-06-20", "b": "2022-03-03", "c": None}
    told = [made(id, " ".join(ORIGINAL), "2022-03-02", published=day) for id, day in days.items()]
    assert ids(found_among(told)) == [["b", "a", "c"]]


@pytest.mark.parametrize(("least", "expected"), [(0.9, ["early", "late", "cut", "undated"]), (0.15, None)])
def test_least(least: float, expected: list[str] | None) -> None:
    found = ids(found_among(MADE, least=least))
    if expected is None:
        assert "quoting" in found[0]
        assert "other" not in found[0]
    else:
        assert found == [expected]


def test_many_copies_of_a_text_are_one_cluster() -> None:
    many = [made(f"{n:03}", " ".join(ORIGINAL), f"2022-01-{n % 28 + 1:02}") for n in range(60)]
    assert [len(cluster) for cluster in found_among(many).clusters] == [60]
    assert [len(cluster) for cluster in found_among(many[::-1]).clusters] == [60]


def test_copies_of_which_every_sentence_stands_in_many_texts_are_found(run: Run, tmp_path: Path) -> None:
    formulas = [" ".join(prose(100 + n, 30)) for n in range(8)]
    records = [{"id": f"{n}", "text": f"{formulas[n % 8]} {' '.join(prose(200 + n, 60))}"} for n in range(200)]
    records += [{"id": id, "text": " ".join(formulas)} for id in ("one", "two")]
    source = tmp_path / "made.jsonl"
    source.write_text("".join(json.dumps(record) + "\n" for record in records))
    run("-L", str(tmp_path / "library"), "index", str(source))
    [cluster] = Ask(run, tmp_path / "library").json("copies")["clusters"]
    assert [(each["id"], each["containment"]) for each in cluster["readouts"]] == [("one", None), ("two", 1.0)]


def test_copies_are_found_in_a_sample_too() -> None:
    others = [made(f"x{n}", " ".join(prose(n + 10))) for n in range(40)]
    found = found_among([*MADE, *others], total=100_000)
    assert found.reach > SHINGLE
    assert ids(found)[0] == ["early", "late", "spun", "cut", "undated"]


def test_the_seeds_are_no_copies() -> None:
    assert found_among(list(seeds().values())).clusters == ()
    assert found_among([]).clusters == ()


def test_short_texts() -> None:
    short = [made("a", "dual carbon"), made("b", "Dual-carbon"), made("c", "low carbon"), made("d", ""), made("e", "")]
    assert ids(found_among(short)) == [["a", "b"]]


letters = st.lists(st.sampled_from("ab"), max_size=12)


@settings(deadline=None)
@given(letters, letters)
def test_containment_is_the_definition(one: list[str], other: list[str]) -> None:
    def every(words: list[str]) -> set[str]:
        return {"".join(words[at : at + SHINGLE]) for at in range(max(len(words) - SHINGLE + 1, bool(words)))}

    fewer = min(len(every(one)), len(every(other)))
    expected = len(every(one) & every(other)) / fewer if fewer else 0.0
    assert containment(shingles(one), shingles(other)) == expected


@settings(deadline=None)
@given(st.integers(1, 30), st.integers(0, 40), st.integers(0, 40), st.randoms(use_true_random=False))
def test_a_shared_run_within_reach_is_never_missed(window: int, before: int, behind: int, rng: random.Random) -> None:
    run = [str(rng.randrange(1000)) for _ in range(SHINGLE + window - 1)]
    index = ShingleIndex(window)
    index.add(kept([f"a{n}" for n in range(before)] + run + [f"b{n}" for n in range(behind)], window))
    index.add(kept([f"c{n}" for n in range(behind)] + run + [f"d{n}" for n in range(before)], window))
    assert index.pairs(0.0) == [(0, 1)]


@pytest.mark.parametrize(("texts", "window"), [(0, 1), (5, 1), (5_000, 1), (100_000, 35), (1_000_000, 350)])
def test_the_window_grows_with_the_library(texts: int, window: int) -> None:
    assert window_for(texts) == window


def test_all_pairs_without_a_window() -> None:
    index = ShingleIndex(1)
    for text in (ORIGINAL, prose(2), ORIGINAL[:20], terms("nothing")):
        index.add(kept(text, 1))
    assert index.pairs(0.1) == [(0, 2)]


def test_of_copies_the_first_by_the_date_that_counts_is_kept(run: Run, tmp_path: Path) -> None:
    body = "Tan Weimin, Mayor, presided over the meeting. “Green growth” was sought in every district and every county."
    told = {
        "late": ("2022-06-20", "On March 2, 2022, the Lanzhu Municipal Government held a meeting."),
        "early": ("2022-03-03", "The Lanzhu Municipal Government held a meeting."),
    }
    lines = [json.dumps({"id": id, "date": date, "text": f"{opening} {body}"}) for id, (date, opening) in told.items()]
    (tmp_path / "made.jsonl").write_text("\n".join(lines))
    assert run("-L", str(tmp_path / "library"), "index", str(tmp_path / "made.jsonl")).status == 0
    ask = Ask(run, tmp_path / "library")
    assert ask.rows("phrases", "--by", "pub", "--dedupe")[0][3:5] == ["2022-03-03", "early"]
    assert ask.rows("phrases", "--dedupe")[0][3:5] == ["2022-03-02", "late"]


def test_many_texts_are_told_apart() -> None:
    index, nothing = ShingleIndex(1), kept([], 1)
    for _ in range(2**20):
        index.add(nothing)
    index.add(kept(ORIGINAL, 1))
    index.add(kept(ORIGINAL, 1))
    assert index.pairs(0.5) == [(2**20, 2**20 + 1)]
