from __future__ import annotations

import csv
import gzip
import io
import json
import sys
from email.message import EmailMessage
from pathlib import Path

import docx as python_docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from written_files import Print, chinese, docx, paragraph
from written_files import pdf as pdf_of

from readouts_cli.errors import MissingExtraError, ReadError, UsageError
from readouts_cli.reading.files import load, read, read_stdin_jsonl
from readouts_cli.reading.formats import mail, markdown, pdf, web, word
from readouts_cli.reading.formats.kinds import SUFFIXES, kind_of
from readouts_cli.reading.raw import RawReadout
from readouts_cli.reading.sources import Problem

TEXT = "On August 25, Yunchuan held a meeting.\n\nLu Huaiyuan presided."


def none(problem: Problem) -> None:
    pytest.fail(f"{problem.path}: {problem.reason}")


def read_all(path: Path, data: bytes, encoding: str | None = None) -> tuple[list[RawReadout], list[str]]:
    """The readouts of a file with this content, and the reasons of its problems."""
    path.write_bytes(data)
    problems: list[Problem] = []
    raws = list(read(load(str(path)), encoding=encoding, on_problem=problems.append))
    assert {raw.path for raw in raws} | {problem.path for problem in problems} == {str(path)}
    return raws, [problem.reason for problem in problems]


def read_one(path: Path, data: bytes, encoding: str | None = None) -> RawReadout:
    [raw], problems = read_all(path, data, encoding)
    assert problems == []
    return raw


# ── plain text ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text", ["a\nb", "a\r\nb\r\n", "a\rb\r", "\n\n a \t\n", chinese(300), "a\u2028b\x85c\x0bd\x0ce"]
)
@pytest.mark.parametrize("suffix", [".txt", ".txt.gz", ".unheard-of", ""])
def test_plain_text_is_kept_to_the_character(tmp_path: Path, text: str, suffix: str) -> None:
    data = text.encode()
    raw = read_one(tmp_path / f"a{suffix}", gzip.compress(data) if suffix.endswith(".gz") else data)
    assert raw.text == text
    assert (raw.record, raw.given_id, raw.title, raw.date, raw.source) == (None, None, None, None, None)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).map(lambda text: "x" + text))
def test_any_text_comes_back(tmp_path: Path, text: str) -> None:
    assert read_one(tmp_path / "a.txt", text.encode()).text == text


def test_an_encoding_can_be_forced(tmp_path: Path) -> None:
    assert read_one(tmp_path / "a.txt", "Луг".encode("cp1251"), "windows-1251").text == "Луг"
    with pytest.raises(ReadError, match="not UTF-8: 0xcb at byte 0"):
        read_one(tmp_path / "a.txt", "Луг".encode("cp1251"), "utf-8")
    with pytest.raises(UsageError, match="unknown encoding"):
        read_one(tmp_path / "a.txt", b"x", "cp99999")


# ── Markdown ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("title: A meeting", {"title": "A meeting"}),
        ('title: "A: meeting"\nTitle2: x', {"title": "A: meeting", "metadata": {"Title2": "x"}}),
        ("Title: A\nDATE: 2022-08-26\nSource: News\nID: 007", {
            "title": "A", "date": "2022-08-26", "source": "News", "id": "007",
        }),
        ("date: 2022-08-26 10:00:00 +08:00", {"date": "2022-08-26 10:00:00 +08:00"}),
        ("version: 1.10\nyes: no\nn: ~\nempty:", {"metadata": {"version": "1.10", "yes": "no"}}),
        ("tags: [a, b]\nmore:\n- c\n- d", {"metadata": {"tags": "a, b", "more": "c, d"}}),
        ("deep: {a: [1, {b: 2}]}", {"metadata": {"deep": "{a: [1, {b: 2}]}"}}),
        ("text: |\n  one\n  two", {"metadata": {"text": "one\ntwo\n"}}),
        ("name: 云川", {"metadata": {"name": "云川"}}),
    ],
)  # fmt: skip
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_front_matter(front: str, expected: dict[str, object], newline: str) -> None:
    text = f"---\n{front}\n---\n\nBody.\n".replace("\n", newline)
    document = markdown.read(text.encode(), None)
    assert document.text == f"Body.{newline}"
    assert {name: getattr(document, name) for name in expected} == expected
    assert document.warnings == ()


@pytest.mark.parametrize(
    "text",
    [
        "no front matter",
        "---\nnever closed\n",
        "---\nprose between rules\n---\nmore",
        "----\na: b\n---\n",
        " ---\na: b\n---\n",
        "",
    ],
)
def test_what_is_no_front_matter_stays_in_the_text(text: str) -> None:
    document = markdown.read(text.encode(), None)
    assert (document.text, document.metadata, document.warnings) == (text, {}, ())


@pytest.mark.parametrize("front", ["a: [", "a: b: c", "\tx: y", "a: 'b", "[" * 3000 + "]" * 3000, "a: *b"])
def test_front_matter_that_is_no_yaml_stays_in_the_text_with_a_warning(front: str) -> None:
    text = f"---\n{front}\n---\nBody"
    document = markdown.read(text.encode(), None)
    assert document.text == text
    assert document.warnings[0].startswith("the front matter is not YAML")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# A meeting\n\nBody", "A meeting"),
        ("\n\n#  A meeting ##\nBody", "A meeting"),
        ("# A meeting", "A meeting"),
        ("## A meeting\n", None),
        ("Body\n# A meeting\n", None),
        ("#tag\n", None),
        ("---\ntitle: Other\n---\n# A meeting\n", "Other"),
    ],
)
def test_a_first_heading_is_the_title(text: str, title: str | None) -> None:
    assert markdown.read(text.encode(), None).title == title


# ── titles apart from the text ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("Body.", "A meeting\n\nBody."),
        ("A meeting\n\nBody.", "A meeting\n\nBody."),
        ("# A meeting\n\nBody.", "# A meeting\n\nBody."),
        (" date 2022-08-26 A meeting\n\nBody.", " date 2022-08-26 A meeting\n\nBody."),
        ("\r\n A meeting was held.", "\r\n A meeting was held."),
        ("There was A meeting there.", "A meeting\n\nThere was A meeting there."),
    ],
)
def test_a_title_is_put_before_the_text_unless_it_is_there(tmp_path: Path, body: str, text: str) -> None:
    line = json.dumps({"title": "A meeting", "text": body})
    raw = read_one(tmp_path / "a.jsonl", line.encode())
    assert (raw.text, raw.title) == (text, "A meeting")


# ── HTML ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>one<p>two", "one\n\ntwo"),
        ("<p> one\n  <b>bo</b>ld&amp;more </p>", "one bold&more"),
        ("<div>one<div>two</div>three</div>", "one\n\ntwo\n\nthree"),
        ("one<br>two<br/><br>three", "one\ntwo\n\nthree"),
        ("<ul><li>one<li>two</ul>", "one\n\ntwo"),
        ("<table><tr><td>a<td>b <i>c</i><tr><th>d<td></table>", "a\tb c\n\nd"),
        ("<pre>  a\n   b</pre>", "  a\n   b"),
        ("<p>&ldquo;two&nbsp;safeguards&rdquo;&#8212;&#x4e91;", "“two\xa0safeguards”—云"),
        ("<p>a<script>b</script><style>c</style><noscript>d</noscript><!-- e --><template>f</template>g", "ag"),
        ("<nav>menu</nav><p>a<button>b</button><select><option>c</select>", "a"),
        ("<p>a<p hidden>b<p style='color:red; display : none'>c<p style='color:red'>d", "a\n\nd"),
        ("<p>a<pre hidden>b</pre>", "a"),
        ("<p>a<svg><text>b</text></svg><iframe>c</iframe>", "a"),
        ("<p>unclosed <b>bold <p>next", "unclosed bold\n\nnext"),
        ("<p>1 < 2 & 3 > 2", "1 < 2 & 3 > 2"),
        ("<h2>Part</h2>text<hr>more", "Part\n\ntext\n\nmore"),
        ("<p>两个</p>\n<p>　　维护</p>", "两个\n\n维护"),
    ],
)
def test_html_is_the_text_that_is_seen(body: str, text: str) -> None:
    assert web.read(f"<!doctype html><body>{body}".encode(), None).text == text


@pytest.mark.parametrize(
    ("head", "body", "title", "text"),
    [
        ("<title>A - Site</title>", "<p>x", "A - Site", "x"),
        ("<title>A - Site</title>", "<h1>A</h1><p>x", "A", "x"),
        ("<title>A</title>", "<h1>B</h1><h1>C</h1>", "A", "B\n\nC"),
        ("<title>A</title>", "<p>A<p>x<p>A", "A", "x\n\nA"),
        ("", "<h1>two<br>lines <i>there</i></h1>x", "two lines there", "x"),
        ("<meta name=ArticleTitle content='A'><title>S</title>", "<h1>Site</h1>x", "A", "Site\n\nx"),
        ("<meta property='og:title' content=' A  b '>", "x", "A b", "x"),
        ("<title> </title>", "x", None, "x"),
        ("", "<nav><h1>Site</h1></nav>x", "Site", "x"),
    ],
)
def test_the_title_of_a_page(head: str, body: str, title: str | None, text: str) -> None:
    document = web.read(f"<html><head>{head}</head><body>{body}".encode(), None)
    assert (document.title, document.text) == (title, text)


def test_what_a_page_says_of_itself() -> None:
    head = (
        "<meta name=PubDate content='2022-08-26 10:00'><meta name='date' content='1999'>"
        "<meta name=ContentSource content='云川日报'><meta name=keywords content='会议,部署'>"
        "<meta name=viewport content='width=device-width'><meta name=author content=''>"
    )
    document = web.read(f"<head>{head}</head>x".encode(), None)
    assert (document.date, document.source, document.metadata) == (
        "2022-08-26 10:00",
        "云川日报",
        {"keywords": "会议,部署"},
    )


@pytest.mark.parametrize("name", ["pubdate", "article:published_time", "PublishDate", "DC.date", "date"])
def test_names_of_the_published_date(name: str) -> None:
    for attribute in ("name", "property", "itemprop"):
        assert web.read(f"<meta {attribute}='{name}' content='2022-08-26'>x".encode(), None).date == "2022-08-26"


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("gb18030", "<meta charset=gb2312>"),
        ("gb18030", '<meta http-equiv="Content-Type" content="text/html; charset=GBK">'),
        ("gb18030", "<meta charset='utf-8'>"),
        ("gb18030", "<meta charset=iso-8859-1>"),
        ("utf-8", "<meta charset=gb2312>"),
        ("utf-8-sig", ""),
        ("utf-16", ""),
    ],
)
def test_the_encoding_of_a_page(encoding: str, declared: str) -> None:
    text = chinese(120).split("\n")[0]
    assert web.read(f"<html><head>{declared}</head><body><p>{text}".encode(encoding), None).text == text


# ── Word ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_document_that_word_would_write(tmp_path: Path) -> None:
    document = python_docx.Document()
    document.core_properties.title = "template"
    document.core_properties.author = "Gu Yan"
    document.add_heading("A meeting", 0)
    document.add_paragraph("On August 25,\tYunchuan\nheld “a meeting”.").add_run(" Bold").bold = True
    table = document.add_table(2, 2)
    for row, texts in zip(table.rows, [("Name", "Office"), ("Lu Huaiyuan", "Secretary")], strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.rows[1].cells[1].add_paragraph("of the committee")
    document.add_paragraph("会议强调“两个维护”。")
    document.save(str(tmp_path / "a.docx"))
    raw = read_one(tmp_path / "a.docx", (tmp_path / "a.docx").read_bytes())
    assert raw.text == (
        "A meeting\n\nOn August 25,\tYunchuan\nheld “a meeting”. Bold\n\n"
        "Name\tOffice\nLu Huaiyuan\tSecretary of the committee\n\n会议强调“两个维护”。"
    )
    assert (raw.title, raw.date) == (None, None)  # what a template says is no fact
    assert raw.metadata["title"] == "template"
    assert raw.metadata["creator"] == "Gu Yan"
    assert raw.metadata["created"].startswith("20")


def in_paragraph(runs: str) -> str:
    return f"<w:p>{runs}</w:p>"


def table(rows: list[list[str]]) -> str:
    cells = ("".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (paragraph("a") + paragraph("") + paragraph("b"), "a\n\nb"),
        (f"<w:sdt><w:sdtContent>{paragraph('control')}</w:sdtContent></w:sdt>", "control"),
        (
            in_paragraph(
                "<w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del>"
            ),
            "new",
        ),
        (in_paragraph("<w:del><w:r><w:t>old</w:t><w:tab/></w:r></w:del><w:r><w:t>new</w:t></w:r>"), "new"),
        (in_paragraph("<w:moveFrom><w:r><w:t>there</w:t></w:r></w:moveFrom><w:r><w:t>here</w:t></w:r>"), "here"),
        (in_paragraph("<w:hyperlink><w:r><w:t>linked</w:t></w:r></w:hyperlink>"), "linked"),
        (in_paragraph("<w:r><w:instrText>PAGE</w:instrText><w:t>1</w:t></w:r>"), "1"),
        (in_paragraph("<w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r>"), "a\tb"),
        (in_paragraph("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r>"), "a\nb"),
        (in_paragraph("<w:r><w:t>high</w:t><w:noBreakHyphen/><w:t>quality</w:t></w:r>"), "high\u2011quality"),
        (in_paragraph(f"<w:r><w:t>a</w:t><w:txbxContent>{paragraph('boxed')}</w:txbxContent></w:r>"), "boxed\n\na"),
        (in_paragraph("<w:r><Choice><w:t>one</w:t></Choice><Fallback><w:t>two</w:t></Fallback></w:r>"), "one"),
        (table([[paragraph("a"), table([[paragraph("b")]])], ["<w:p/>"]]), "a\tb"),
        (table([[paragraph("a") + paragraph("b"), paragraph("c")], [paragraph("d")]]), "a b\tc\nd"),
    ],
)
def test_nothing_that_stands_in_a_document_is_left_out(body: str, text: str) -> None:
    assert word.read(docx(body), None).text == text


def test_footnotes_come_after_the_text() -> None:
    notes = f'<w:footnotes xmlns:w="x"><w:footnote>{paragraph("note")}</w:footnote></w:footnotes>'
    assert word.read(docx(paragraph("a"), others={"word/footnotes.xml": notes}), None).text == "a\n\nnote"


# ── PDF ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

LEFT, RIGHT_EDGE = 70.0, 525.0


def page(*lines: tuple[float, str], top: float = 780, pitch: float = 16, size: float = 12) -> list[Print]:
    """Lines of print, each with its own distance from the left."""
    return [(left, top - i * pitch, text, size) for i, (left, text) in enumerate(lines)]


FULL_1 = "The meeting pointed out that the city must keep to the overall plan and carry out all"
FULL_2 = "the tasks of the year, improve the livelihood of the people and hold on to the bottom"


def test_lines_are_joined_into_paragraphs() -> None:
    lines = page((70, FULL_1), (70, FULL_2), (70, "line."), (70, FULL_1), (70, "tasks."))
    assert pdf.read(pdf_of([lines]), None).text == f"{FULL_1} {FULL_2} line.\n\n{FULL_1} tasks."


def test_a_first_line_that_is_set_in_begins_a_paragraph_after_a_full_one() -> None:
    lines = page((94, FULL_1[:-4]), (70, FULL_2[:-6] + "line."), (94, FULL_1[:-4]), (70, FULL_2))
    assert pdf.read(pdf_of([lines]), None).text == f"{FULL_1[:-4]} {FULL_2[:-6]}line.\n\n{FULL_1[:-4]} {FULL_2}"


def test_a_gap_begins_a_paragraph() -> None:
    lines = page((70, FULL_1), (70, FULL_2)) + page((70, FULL_1), (70, FULL_2), top=700)
    assert pdf.read(pdf_of([lines]), None).text == f"{FULL_1} {FULL_2}\n\n{FULL_1} {FULL_2}"


def test_a_larger_or_centred_line_is_a_paragraph() -> None:
    title = page((180, "Yunchuan holds a meeting"), size=18)
    lines = page((240, "August 25, 2022"), (70, FULL_1), (70, FULL_2), top=756)
    assert pdf.read(pdf_of([title + lines]), None).text == (
        f"Yunchuan holds a meeting\n\nAugust 25, 2022\n\n{FULL_1} {FULL_2}"
    )


def test_english_lines_are_joined_by_spaces_beside_quotation_marks_too() -> None:
    lines = page((70, FULL_1[:-18] + "the “two safeguards”"), (70, "“dual carbon” and so on."))
    assert pdf.read(pdf_of([lines]), None).text == f"{FULL_1[:-18]}the “two safeguards” “dual carbon” and so on."


def test_paragraphs_go_on_over_pages_without_the_page_number() -> None:
    first = page((70, FULL_1), (70, FULL_2)) + page((290, "- 1 -"), top=40)
    second = page((290, "2"), top=40) + page((70, FULL_1), (70, "end."))
    assert pdf.read(pdf_of([first, second]), None).text == f"{FULL_1} {FULL_2} {FULL_1} end."


def test_chinese_lines_are_joined_without_spaces() -> None:
    text = chinese(150).replace("\n", "").replace(",", "，")
    lines = page(*((94 if not i else 70, text[max(0, i - 2) : i + 36]) for i in range(0, 148, 38)))
    lines = page(
        (94, text[:36]), (70, text[36:74]), (70, text[74:112]), (70, text[112:130]), (94, text[:36]), (70, "同意。")
    )
    assert pdf.read(pdf_of([lines]), None).text == f"{text[:130]}\n\n{text[:36]}同意。"


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ([f"{FULL_1[:-3]}sympo-", "sium was held."], f"{FULL_1[:-3]}sympo-sium was held."),
        ([f"a symposium: {FULL_1[:-17]}sympo-", "sium was held."], f"a symposium: {FULL_1[:-17]}symposium was held."),
        ([f"{FULL_1[:-3]}high-", "quality work."], f"{FULL_1[:-3]}high-quality work."),
    ],
)
def test_a_word_cut_by_a_line_end_is_whole_where_the_document_shows_how(lines: list[str], text: str) -> None:
    assert pdf.read(pdf_of([page(*((70, line) for line in lines))]), None).text == text


def test_columns_are_read_one_after_another() -> None:
    left = page(
        (70, "The first column goes on with"), (70, "the second in mid-sentence,"), (70, "and this is how columns do")
    )
    right = page((320, "so here at the top, and it"), (320, "ends."))
    assert pdf.read(pdf_of([left + right]), None).text == (
        "The first column goes on with the second in mid-sentence, and this is how columns do "
        "so here at the top, and it ends."
    )


def test_a_pdf_file(tmp_path: Path) -> None:
    raw = read_one(tmp_path / "a.pdf", pdf_of([page((70, "On August 25.")), page((70, "会议强调两个维护。"))]))
    assert raw.text == "On August 25.\n\n会议强调两个维护。"
    assert raw.metadata == {"pages": "2"}
    assert (raw.title, raw.date) == (None, None)


# ── JSON Lines ──────────────────────────────────────────────────────────────────────────────────────────────────────

LINES = (
    b'{"id": "a-1", "date": "2022-08-26", "title": "T", "text": "one", "source": "News"}\n'
    b"\n"
    b'{"id": 7, "text": "two\\r\\n\\u0000\\ud83d\\ude00", "met": {"start": 1.10}, "n": null, "k": true, "s": "x"}\r\n'
    b'{"text": "three", "title": "", "date": null}'
)


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "-"])
def test_json_lines(tmp_path: Path, name: str) -> None:
    if name == "-":
        raws = list(read_stdin_jsonl(io.BytesIO(LINES), on_problem=none))
    else:
        raws, _ = read_all(tmp_path / name, gzip.compress(LINES) if name.endswith(".gz") else LINES)
    path = name if name == "-" else str(tmp_path / name)
    assert raws == [
        RawReadout(path, "T\n\none", 1, "a-1", "T", "2022-08-26", "News"),
        RawReadout(path, "two\r\n\0😀", 3, "7", metadata={"met": '{"start": 1.10}', "k": "true", "s": "x"}),
        RawReadout(path, "three", 4),
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "truncated"),
        (b"nonsense", "malformed"),
        (b"[1]", "Expected `object`"),
        (b'{"title": "t"}', 'no "text"'),
        (b'{"text": null}', 'no "text"'),
        (b'{"text": ["x"]}', 'no "text"'),
        (b'{"text": " \\n "}', "no text in it"),
        (b'{"text": "\xff"}', "not UTF-8: 0xff at byte 10"),
        (b'{"text": "\\ud83d"}', "no JSON object"),
        (b'{"text": "x"} {"text": "y"}', "trailing"),
        (b'{"text": "x", "deep": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "recursion"),
    ],
)
def test_a_bad_line_is_reported_and_the_others_are_read(tmp_path: Path, line: bytes, reason: str) -> None:
    raws, problems = read_all(tmp_path / "a.jsonl", b'{"text": "one"}\n' + line + b'\n{"text": "three"}\n')
    assert [(raw.text, raw.record) for raw in raws] == [("one", 1), ("three", 3)]
    [problem] = problems
    assert problem.startswith("line 2: ")
    assert reason in problem


def test_a_file_that_is_not_json_lines_is_one_error(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"not JSON Lines: no readout in 20 lines \(line 20"):
        read_all(tmp_path / "a.jsonl", json.dumps([{"text": "x"}] * 50, indent=1).encode())


@pytest.mark.parametrize("data", [b"\n\n", b" "])
def test_a_file_without_a_record_is_an_error(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(ReadError, match="no readouts in it"):
        read_all(tmp_path / "a.jsonl", data)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
def test_json_lines_in_other_encodings(tmp_path: Path, encoding: str) -> None:
    data = (
        json.dumps({"text": "会议\n纪要"}, ensure_ascii=False) + "\n" + json.dumps({"text": "二"}, ensure_ascii=False)
    )
    told = None if encoding in {"utf-8-sig", "utf-16"} else encoding
    raws, _ = read_all(tmp_path / "a.jsonl", data.encode(encoding), told)
    assert [raw.text for raw in raws] == ["会议\n纪要", "二"]


# ── CSV ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_csv(tmp_path: Path) -> None:
    data = (
        'ID,Date,title,TEXT,source,Region\r\n007,2022-08-26,T,"one ""quoted""\r\n\r\nparagraph",News,North\r\n'
        ",,,two,,\r\n\r\n9,,,three,,\n"
    )
    raws, problems = read_all(tmp_path / "a.csv", data.encode())
    assert problems == []
    assert raws == [
        RawReadout(
            str(tmp_path / "a.csv"), 'T\n\none "quoted"\r\n\r\nparagraph', 2, "007", "T", "2022-08-26", "News",
            {"Region": "North"},
        ),
        RawReadout(str(tmp_path / "a.csv"), "two", 5),
        RawReadout(str(tmp_path / "a.csv"), "three", 7, "9"),
    ]  # fmt: skip


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_csv_with_line_ends_of_any_kind(tmp_path: Path, newline: str) -> None:
    data = newline.join(["id,text", "1,one", "", '2,"two\r\nlines\rthere"', "3,three", ""])
    raws, problems = read_all(tmp_path / "a.csv", data.encode())
    assert [(raw.given_id, raw.text) for raw in raws] == [("1", "one"), ("2", "two\r\nlines\rthere"), ("3", "three")]
    assert problems == []


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_csv_as_spreadsheets_write_it(tmp_path: Path, delimiter: str, encoding: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([["id", "text"], ["1", chinese(200)], ["2", 'a,b;c\t"d"']])
    raws, _ = read_all(tmp_path / "a.csv", out.getvalue().encode(encoding))
    assert [(raw.given_id, raw.text) for raw in raws] == [("1", chinese(200)), ("2", 'a,b;c\t"d"')]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1).map(lambda s: f"x{s}"),
        min_size=1,
        max_size=5,
    )
)
def test_any_text_comes_back_from_records(tmp_path: Path, texts: list[str]) -> None:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([["text"], *([text] for text in texts)])
    raws, problems = read_all(tmp_path / "a.csv", out.getvalue().encode(), "utf-8")
    assert ([raw.text for raw in raws], problems) == (texts, [])
    raws, problems = read_all(tmp_path / "a.jsonl", "\n".join(json.dumps({"text": text}) for text in texts).encode())
    assert ([raw.text for raw in raws], problems) == (texts, [])


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("2,x,y", "line 3: 3 fields where the header has 2"),
        ("2", "line 3: 1 fields where the header has 2"),
        ('2,"x"y', "line 3: ',' expected after '\"': is a quotation mark missing or not doubled?"),
        ("2,", "line 3: no text in it"),
    ],
)
def test_a_bad_row_is_reported_and_the_others_are_read(tmp_path: Path, row: str, reason: str) -> None:
    raws, problems = read_all(tmp_path / "a.csv", f"id,text\n1,one\n{row}\n3,three\n".encode())
    assert [(raw.given_id, raw.record) for raw in raws] == [("1", 2), ("3", 4)]
    assert problems == [reason]


def test_a_row_that_is_not_decoded_ends_the_reading(tmp_path: Path) -> None:
    raws, problems = read_all(tmp_path / "a.csv", b"id,text\n1,one\n2,\xff\n3,three\n", "utf-8")
    assert [raw.text for raw in raws] == ["one"]
    assert problems == ["line 3: not UTF-8: 0xff at byte 2 does not fit; the rest of the file was not read"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"id,body\n1,x\n", 'no column called "text" in the first line'),
        (b"text,Text\nx,y\n", "two columns are called 'text'"),
        (b"id,text\n", "no readouts in it"),
        (b"id," + b"x" * 200_000 + b"\n1,x\n", 'no column called "text" in the first line'),
        (b"id,te\0xt\n1,x\n", 'no column called "text" in the first line|line 1: line contains NUL'),
    ],
    ids=lambda value: value[:20],
)
def test_a_table_without_texts_is_an_error(tmp_path: Path, data: bytes, message: str) -> None:
    csv.field_size_limit(128 * 1024)  # as in a new process
    with pytest.raises(ReadError, match=message):
        read_all(tmp_path / "a.csv", data, "utf-8")


def test_the_name_of_a_column_may_be_long(tmp_path: Path) -> None:
    csv.field_size_limit(128 * 1024)
    name = "x" * 200_000
    raw = read_one(tmp_path / "a.csv", f"text,{name}\none,1\n".encode())
    assert (raw.text, raw.metadata) == ("one", {name: "1"})


# ── e-mail ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def message(**headers: str) -> EmailMessage:
    made = EmailMessage()
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    return made


def test_an_email(tmp_path: Path) -> None:
    made = message(
        Subject="A meeting “held” 会议", From="云川日报 <news@example.org>", To="a@example.org",
        Date="Fri, 26 Aug 2022 23:30:00 -0500", Message_ID="<1@example.org>",
    )  # fmt: skip
    made.set_content("plain “text”\n会议\n")
    made.add_alternative("<p>html", subtype="html")
    made.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="扫描.pdf")
    raw = read_one(tmp_path / "a.eml", made.as_bytes())
    assert raw.text == "A meeting “held” 会议\n\nplain “text”\n会议\n"
    assert (raw.title, raw.date, raw.source) == ("A meeting “held” 会议", "2022-08-26", "云川日报 <news@example.org>")
    assert raw.metadata == {"to": "a@example.org", "message-id": "<1@example.org>"}
    assert raw.warnings == ("attachments not read: 扫描.pdf",)


def test_an_email_of_html_alone() -> None:
    made = message(Subject="A")
    made.set_content("<h1>A</h1><p>one<p>two &amp; three<script>x</script>", subtype="html")
    assert mail.read(made.as_bytes(), None).text == "one\n\ntwo & three"


@pytest.mark.parametrize("label", ["gb2312", "gbk", "utf-8", "iso-8859-1", ""])
def test_an_email_of_bytes_above_ascii(label: str) -> None:
    head = f"Subject: 云川市委召开常委会会议\nContent-Type: text/plain; charset={label}\n\n"
    document = mail.read((head + chinese(200)).encode("gb18030"), None)
    assert (document.title, document.text) == ("云川市委召开常委会会议", chinese(200))


def test_headers_that_are_not_what_they_say() -> None:
    document = mail.read(b"Subject: =?utf-8?q?a=ff?=\nDate: rubbish\n\nx", None)
    assert (document.title, document.date, document.metadata) == ("=?utf-8?q?a=ff?=", None, {"date": "rubbish"})


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"no header here", "not an e-mail"),
        (b"Subject: x\nContent-Type: application/pdf\n\nx", "no text in it"),
    ],
)
def test_what_is_no_email_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        mail.read(data, None)


# ── all of them ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_an_empty_file_is_an_error(tmp_path: Path, suffix: str) -> None:
    with pytest.raises(ReadError, match=r"^empty$"):
        read_all(tmp_path / f"a{suffix}", b"")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", b" \r\n\t "),
        ("a.txt.gz", gzip.compress(b"", mtime=0)),
        ("a.md", b"---\ndate: 2022-08-26\n---\n"),
        ("a.html", b"<title>a shell that scripts would fill</title><p> <script>x</script>"),
        ("a.eml", b"Subject: a subject alone\n\n"),
        ("a.docx", docx(paragraph(""))),
        ("a.pdf", pdf_of([[]])),
    ],
    ids=lambda value: value if isinstance(value, str) else "",  # the bytes hold the time at which they were made
)
def test_a_file_without_text_is_an_error(tmp_path: Path, name: str, data: bytes) -> None:
    with pytest.raises(ReadError, match="no text in it"):
        read_all(tmp_path / name, data)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.TXT", "plain text"),
        ("a", "plain text"),
        ("a.b.md", "Markdown"),
        ("/x.pdf/a", "plain text"),
        ("a.pdf.gz", "PDF"),
        ("a.Html", "HTML"),
        (".docx", "Word documents"),
    ],
)
def test_the_kind_goes_by_the_name(name: str, kind: str) -> None:
    assert kind_of(name).name == kind


@pytest.mark.parametrize(
    ("suffix", "package", "extra"), [(".pdf", "pypdfium2", "pdf"), (".html", "selectolax", "html")]
)
def test_a_missing_extra_is_an_error_that_names_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, package: str, extra: str
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtraError, match=rf"pip install 'readouts-cli\[{extra}\]'"):
        read_all(tmp_path / f"a{suffix}", b"<p>x")


def test_the_digest_is_of_the_content_alone(tmp_path: Path) -> None:
    for name, data in {"a.txt": b"one", "b.txt": b"one", "c.txt": b"two"}.items():
        (tmp_path / name).write_bytes(data)
    a, b, c = (load(str(tmp_path / name)) for name in ("a.txt", "b.txt", "c.txt"))
    assert a.digest == b.digest != c.digest
    assert len(a.digest) == 32
    assert (a.size, a.mtime_ns, a.data) == (3, (tmp_path / "a.txt").stat().st_mtime_ns, b"one")


def test_what_was_loaded_is_what_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one")
    content = load(str(tmp_path / "a.txt"))
    (tmp_path / "a.txt").write_text("two")
    assert [raw.text for raw in read(content, on_problem=none)] == ["one"]
