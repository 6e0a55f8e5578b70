"""Exports as other programs read them, and the report as a browser does."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
from asking import MADE, Ask, make_library
from conftest import Run

from readouts_cli.analysis.export import COLUMNS
from readouts_cli.query.tokens import terms

#: Attributes that make a browser fetch something.
_FETCHING = {"src", "href", "data", "action", "poster", "srcset", "xlink:href", "background", "formaction"}


@pytest.fixture(scope="module")
def made(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Ask:
    return Ask(run, make_library(run, tmp_path_factory.mktemp("made")))


@pytest.fixture(scope="module")
def report(made: Ask) -> str:
    result = made("export", "meeting OR claims", "--format", "html")
    assert result.status == 0, result.err
    return result.out


def test_csv(made: Ask) -> None:
    result = made("export", "pillars", "--format", "csv")
    assert result.status == 0, result.err
    rows = list(csv.DictReader(io.StringIO(result.out)))
    assert tuple(rows[0]) == COLUMNS
    assert [(row["doc_id"], row["met_start"], row["presided"], row["matches"]) for row in rows] == [
        ("001", "2022-03-02", "Tan Weimin", "1"),
        ("005", "2022-03-02", "Tan Weimin", "1"),
        ("003", "2023-01-07", "Qiu Lan", "1"),
    ]


def test_texts_are_exact(made: Ask) -> None:
    rows = [json.loads(line) for line in made("export", "--format", "jsonl").lines]
    texts = {row["doc_id"]: row["text"] for row in rows}
    assert texts.keys() == {each["id"] for each in MADE}
    assert all(texts[str(each["id"])].endswith(str(each["text"])) for each in MADE)
    assert [row["tokens"] for row in rows] == [len(terms(row["text"])) for row in rows]
    undated = next(row for row in rows if row["doc_id"] == "004")
    assert (undated["published"], undated["met_start"], undated["presided"]) == (None, None, [])


def test_parquet(made: Ask, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "out.parquet"
    assert made("export", "pillars", "--to", str(path)).status == 0
    rows = parquet.read_table(path).to_pylist()
    assert tuple(rows[0]) == COLUMNS
    assert [(row["doc_id"], row["met_start"].isoformat(), row["presided"]) for row in rows] == [
        ("001", "2022-03-02", ["Tan Weimin"]),
        ("005", "2022-03-02", ["Tan Weimin"]),
        ("003", "2023-01-07", ["Qiu Lan"]),
    ]


def test_files_are_whole_or_not_there(made: Ask, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    assert made("export", "pillars", "--to", str(path)).status == 0
    assert path.read_text("utf-8") == made("export", "pillars", "--format", "csv").out
    assert list(tmp_path.iterdir()) == [path]
    assert made("export", "pillars", "--format", "csv", "--to", "/dev/stdout").out == path.read_text("utf-8")
    missing = made("export", "pillars", "--to", str(tmp_path / "none" / "out.csv"))
    assert (missing.status, missing.out) == (2, "")


def test_a_link_and_its_file_stay_what_they_are(made: Ask, tmp_path: Path) -> None:
    file, link = tmp_path / "private.csv", tmp_path / "link.csv"
    file.write_text("old")
    file.chmod(0o600)
    link.symlink_to(file)
    assert made("export", "pillars", "--to", str(link)).status == 0
    assert link.is_symlink()
    assert file.read_text().startswith("doc_id,")
    assert file.stat().st_mode & 0o777 == 0o600


def test_parquet_is_nothing_for_a_terminal(made: Ask) -> None:
    result = made("export", "pillars", "--format", "parquet", tty=True)
    assert result.status == 2
    assert "--to FILE.parquet" in result.out


@pytest.mark.parametrize("format", ["csv", "jsonl", "html"])
def test_nothing_steers_a_terminal(made: Ask, format: str) -> None:
    result = made("export", "claims", "--format", format, tty=True)
    assert result.status == 0
    assert "claims" in result.out
    assert not {"\x1b", "\u202e"} & set(result.out)


class Parsed(HTMLParser):
    """What a page fetches, runs and marks."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.fetched: list[str] = []
        self.marked: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.fetched += [value or "" for name, value in attrs if name in _FETCHING]
        self.fetched += [name for name, _ in attrs if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        if self.tags[-1:] == ["mark"]:
            self.marked.append(data)
            self.tags.append("")


def test_the_report_needs_nothing_else(report: str) -> None:
    page = Parsed(report)
    assert page.fetched == []
    assert not {"script", "link", "img", "iframe", "object", "base"} & set(page.tags)
    assert not re.search(r"url\(|@import|https?:", report)
    assert page.tags.count("article") == 5


def test_nothing_in_a_readout_is_markup(report: str) -> None:
    assert html.escape("<script>alert(1)</script>") in report
    assert "<script" not in report
    assert "&lt;b&gt;bold" in report
    assert "\x1b" not in report
    assert "\u202e" not in report


def test_highlights_and_trend(report: str) -> None:
    marked = Parsed(report).marked
    assert marked.count("claims") == 2  # in its passage and in the whole text
    assert "5 readouts match, 2022-03-02 to 2023-01-07" in report
    assert "<title>2022-03: 2 of 2 readouts</title>" in report
    assert "<title>2022-04: no readouts</title>" in report


def test_the_report_in_a_browser(report: str, tmp_path: Path) -> None:
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if browser is None:
        pytest.skip("no Chromium is installed to open the report in")
    path = tmp_path / "report.html"
    path.write_text(report, "utf-8")
    command = [browser, "--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}/profile"]
    done = subprocess.run(
        [*command, "--dump-dom", path.as_uri()], capture_output=True, text=True, timeout=60, check=True
    )
    page = Parsed(done.stdout)
    assert page.tags.count("article") == 5
    assert page.tags.count("rect") > 5
    assert page.marked.count("claims") == 2
