"""Files made to do harm.  What bounds them is shown by limits on processor time and memory, not by a clock."""

from __future__ import annotations

import gzip
import http.server
import io
import json
import os
import random
import resource
import signal
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdf
import pytest
from written_files import WORD, chinese, docx, paragraph, pdf, pdf_file

from readouts_cli.errors import ReadError
from readouts_cli.reading.files import LARGEST_DOCUMENT, load, read, read_stdin_jsonl
from readouts_cli.reading.formats.confined import ConfinedReader
from readouts_cli.reading.formats.lines import LONGEST_LINE
from readouts_cli.reading.sources import Problem, walk

MIB = 1024 * 1024

#: Members of a gzip file may follow one another: each of these is a kilobyte and unpacks to a MiB.
GZIPPED_MIB = gzip.compress(b"a" * MIB)


def none(problem: Problem) -> None:
    pytest.fail(f"{problem.path}: {problem.reason}")


def reason(path: Path, data: bytes) -> str:
    """Why a file with this content is not read."""
    path.write_bytes(data)
    with pytest.raises(ReadError) as raised:
        list(read(load(str(path)), on_problem=none))
    assert "\n" not in str(raised.value)
    return str(raised.value)


def entities(levels: int, width: int) -> str:
    """A document type whose last entity unpacks to `width ** levels` words."""
    nested = (f'<!ENTITY e{i} "{f"&e{i - 1};" * width}">' for i in range(1, levels + 1))
    return f'<!DOCTYPE x [<!ENTITY e0 "lol">{"".join(nested)}]>'


def word_xml(text: str, doctype: str = "") -> str:
    return f'<?xml version="1.0"?>{doctype}<w:document xmlns:w="{WORD}">{paragraph(text)}</w:document>'


def encrypted_pdf() -> bytes:
    writer = pypdf.PdfWriter(io.BytesIO(pdf([[(70, 700, "secret", 12)]])))
    writer.encrypt("password", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def laughing_pdf(levels: int = 12, width: int = 10) -> bytes:
    """A page that draws a form that draws ten forms that draw ten forms …"""
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</XObject<</X 10 0 R>>>>/Contents 4 0 R>>",
        4: b"<</Length 5>>stream\n/X Do\nendstream",
        5: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    }
    for i in range(levels):
        drawn = b"/X Do " * width if i < levels - 1 else b"BT /F 1 Tf (lol) Tj ET"
        head = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length %d" % len(drawn)
        named = b"/Resources<</XObject<</X %d 0 R>>/Font<</F 5 0 R>>>>>>" % (11 + i)
        objects[10 + i] = head + named + b"stream\n" + drawn + b"\nendstream"
    return pdf_file(objects)


@pytest.fixture
def confined() -> Iterator[Callable[..., ConfinedReader]]:
    """Readers with limits of their own, ended after the test."""
    made: list[ConfinedReader] = []

    def make(*, seconds: float = 20, memory: int = 1024 * MIB) -> ConfinedReader:
        made.append(ConfinedReader(seconds=seconds, memory=memory))
        return made[-1]

    yield make
    for reader in made:
        reader.close()


# ── damaged, encrypted, mislabelled ─────────────────────────────────────────────────────────────────────────────────

WHOLE = docx(paragraph("text " * 500))


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.docx", WHOLE[: len(WHOLE) // 2], "damaged .docx: File is not a zip file"),
        ("a.docx", b"x" + WHOLE[:200], "damaged .docx"),
        ("a.docx", WHOLE.replace(b"PK\x03\x04", b"PK\x03\x05"), "damaged .docx"),
        ("a.docx", WHOLE[:320] + b"\xff" * 8 + WHOLE[328:], "damaged .docx"),
        ("a.docx", docx("", document="<w:document><unclosed>"), "damaged .docx: XML"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "not .docx, but a format of Word before 2007"),
        ("a.docx", b"plain text", "damaged .docx: File is not a zip file"),
        ("a.pdf", encrypted_pdf(), "encrypted: save a copy without a password"),
        ("a.pdf", b"%PDF-1.7 and nothing more", "damaged PDF"),
        ("a.pdf", pdf([[(70, 700, "x", 12)]])[:200], "damaged PDF"),
        ("a.pdf", b"plain text", "damaged PDF"),
        ("a.txt.gz", gzip.compress(b"text" * 1000)[:-20], "damaged gzip"),
        ("a.txt.gz", gzip.compress(b"text")[:-8] + b"\0" * 8, "damaged gzip: CRC check failed"),
        ("a.txt.gz", b"plain text", "damaged gzip: Not a gzipped file"),
        ("a.jsonl.gz", b"\x1f\x8b\x08\0\0\0\0\0\0\0\xff\xff\xff\xff", "damaged gzip"),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 10, "binary content"),
        ("a.html", b"\x7fELF" + b"\0" * 500, "binary content"),
        ("a.csv", b"PK\x03\x04" + bytes(range(256)) * 10, "binary content"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",  # the bytes hold the time at which they were made
)
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, name: str, data: bytes, expected: str) -> None:
    assert expected in reason(tmp_path / name, data)


@pytest.mark.parametrize("main", ["xl/workbook.xml", "ppt/presentation.xml", "word/gone.xml"])
def test_a_zip_file_of_another_kind_is_no_word_document(tmp_path: Path, main: str) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr(
            "_rels/.rels", f'<Relationships><Relationship Type="x/officeDocument" Target="{main}"/></Relationships>'
        )
        package.writestr("xl/workbook.xml", "<workbook/>")
        package.writestr("ppt/presentation.xml", "<presentation/>")
    assert reason(tmp_path / "a.docx", packed.getvalue()) == "a zip file that is no Word document"


def test_a_file_without_permission_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "a.txt").chmod(0)
    answer, child_answer = os.pipe()
    if not (child := os.fork()):
        if os.geteuid() == 0:
            os.setuid(65534)  # the superuser may read everything
        try:
            load(str(tmp_path / "a.txt"))
        except ReadError as error:
            os.write(child_answer, str(error).encode())
        os._exit(0)
    os.close(child_answer)
    with os.fdopen(answer) as said:
        assert said.read() == "cannot be opened: Permission denied"
    os.waitpid(child, 0)


# ── special files and names ─────────────────────────────────────────────────────────────────────────────────────────


def test_fifos_sockets_and_devices_are_neither_waited_for_nor_read(tmp_path: Path) -> None:
    fifo = tmp_path / "a.txt"
    os.mkfifo(fifo)
    for path in (str(fifo), "/dev/zero", "/dev/null", str(tmp_path)):
        with pytest.raises(ReadError, match="not a regular file"):
            load(path)


@pytest.mark.parametrize("name", [b"two\nlines.txt", b"\xff\xfe\x93.txt", b"\x1b]52;c;eA==\x07.txt"])
def test_files_with_names_of_any_bytes_are_read(tmp_path: Path, name: bytes) -> None:
    path = os.fsencode(tmp_path) + b"/" + name
    Path(os.fsdecode(path)).write_text("text")
    [file] = walk([str(tmp_path)], on_problem=none)
    [raw] = read(load(file.path), on_problem=none)
    assert (os.fsencode(raw.path), raw.text) == (path, "text")


def test_a_file_that_grows_while_it_is_read_is_left_for_the_next_run(tmp_path: Path) -> None:
    log = tmp_path / "a.txt"
    log.write_bytes(b"x" * 32 * MIB)
    stop = threading.Event()

    def grow() -> None:
        with log.open("ab", buffering=0) as file:
            while not stop.is_set():
                file.write(b"x")

    writer = threading.Thread(target=grow)
    writer.start()
    try:
        with pytest.raises(ReadError, match="changed while it was read"):
            load(str(log))
    finally:
        stop.set()
        writer.join()


# ── too large ───────────────────────────────────────────────────────────────────────────────────────────────────────


def sparse(path: Path, size: int) -> Path:
    with path.open("wb") as file:
        file.truncate(size)
    return path


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".docx", ".pdf", ".eml", ".txt.gz"])
def test_a_document_of_two_gigabytes_is_refused_unread(tmp_path: Path, suffix: str) -> None:
    with pytest.raises(ReadError, match="2048 MiB, and the largest document that is read has 64 MiB"):
        load(str(sparse(tmp_path / f"a{suffix}", 2048 * MIB)))


def test_records_may_be_larger_than_memory(tmp_path: Path) -> None:
    line = json.dumps({"text": "word " * 200_000}).encode() + b"\n"
    (tmp_path / "a.jsonl").write_bytes(line * (LARGEST_DOCUMENT // len(line) + 2))
    content = load(str(tmp_path / "a.jsonl"))
    assert content.data is None
    assert content.digest == load(str(tmp_path / "a.jsonl")).digest
    records = list(read(load(str(tmp_path / "a.jsonl")), on_problem=none))
    assert len(records) == LARGEST_DOCUMENT // len(line) + 2


def test_a_large_file_of_records_that_changes_meanwhile_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    line = json.dumps({"text": "word " * 200_000}).encode() + b"\n"
    path.write_bytes(line * (LARGEST_DOCUMENT // len(line) + 2))
    records = read(load(str(path)), on_problem=none)
    next(records)
    with path.open("ab") as file:
        file.write(line)
    with pytest.raises(ReadError, match="changed while it was read"):
        list(records)


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv"])
def test_an_endless_line_is_reported_and_not_held(tmp_path: Path, name: str) -> None:
    first, rest = (b"text\nzero\n", b"one\n") if name == "a.csv" else (b'{"text": "zero"}\n', b'{"text": "one"}\n')
    (tmp_path / name).write_bytes(first + b"a" * (LONGEST_LINE + 1) + b"\n" + rest)
    problems: list[Problem] = []
    texts = [raw.text for raw in read(load(str(tmp_path / name)), encoding="utf-8", on_problem=problems.append)]
    [problem] = problems
    assert "longer than 16 MiB" in problem.reason
    assert texts == (["zero"] if name == "a.csv" else ["zero", "one"])


def test_a_quotation_mark_that_is_never_closed_is_reported_and_its_row_not_held(tmp_path: Path) -> None:
    row = b'"' + b"x" * 1000 + b",\n" + (b"x" * 1000 + b",\n") * (LONGEST_LINE // 1000)
    (tmp_path / "a.csv").write_bytes(b"text\nzero\n" + row + b"three\n")
    problems: list[Problem] = []
    assert [raw.text for raw in read(load(str(tmp_path / "a.csv")), on_problem=problems.append)] == ["zero"]
    assert [problem.reason for problem in problems] == [
        "line 3: a row longer than 16 MiB: is a quotation mark missing?; the rest of the file was not read"
    ]


# ── bombs ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_gzip_bombs_are_unpacked_no_further_than_is_sensible(tmp_path: Path) -> None:
    assert reason(tmp_path / "a.txt.gz", GZIPPED_MIB * 400) == "unpacks to more than 64 MiB"
    assert reason(tmp_path / "a.jsonl.gz", GZIPPED_MIB * 300) == "unpacks to more than 200 times its size"


def test_a_gzip_bomb_of_lines_is_stopped_too(tmp_path: Path) -> None:
    lines = gzip.compress((json.dumps({"text": "word " * 800}).encode() + b"\n") * 256)
    (tmp_path / "a.jsonl.gz").write_bytes(lines * 400)
    with pytest.raises(ReadError, match="unpacks to more than 200 times its size"):
        for _ in read(load(str(tmp_path / "a.jsonl.gz")), on_problem=none):
            pass


def word_bomb(mebibytes: int) -> bytes:
    """A package of a few hundred kilobytes whose document unpacks to so much text."""
    packed = io.BytesIO(docx("", document="x").replace(b"word/document.xml", b"word/replaced.xml"))
    before, after = word_xml("|").encode().split(b"|")
    with (
        zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as package,
        package.open("word/document.xml", "w") as part,
    ):
        part.write(before)
        for _ in range(mebibytes):
            part.write(b"a" * MIB)
        part.write(after)
    return packed.getvalue()


def test_a_zip_bomb_is_unpacked_no_further_than_is_sensible(tmp_path: Path) -> None:
    bomb = word_bomb(140)
    assert len(bomb) < MIB
    assert reason(tmp_path / "a.docx", bomb) == "unpacks to more than 128 MiB"


def test_a_text_longer_than_any_report_is_refused(tmp_path: Path) -> None:
    assert reason(tmp_path / "a.docx", word_bomb(70)) == "its text is longer than 64 million characters"


@pytest.mark.parametrize(
    ("doctype", "text"),
    [
        (entities(9, 10), "&e9;"),
        (f'<!DOCTYPE x [<!ENTITY e "{"a" * 100_000}">]>', "&e;" * 10_000),
        ('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>', "&e;"),
        ('<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">', "x"),
        ('<!DOCTYPE x [<!ENTITY a "&b;"><!ENTITY b "&a;">]>', "&a;"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_that_declares_entities_is_refused(tmp_path: Path, doctype: str, text: str, encoding: str) -> None:
    data = docx("", document=word_xml(text, doctype).encode(encoding))
    assert reason(tmp_path / "a.docx", data) == "its XML declares a document type, which no Word document does"


def test_word_xml_nested_a_million_deep_is_read_in_a_stream(tmp_path: Path) -> None:
    deep = "<w:sdt>" * 200_000 + paragraph("at the bottom") + "</w:sdt>" * 200_000
    (tmp_path / "a.docx").write_bytes(docx(deep))
    assert [raw.text for raw in read(load(str(tmp_path / "a.docx")), on_problem=none)] == ["at the bottom"]


@pytest.mark.parametrize(
    "front", ["a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]", "a: &a [*a]", "a: &a {b: *a}"]
)
def test_yaml_aliases_are_not_expanded(tmp_path: Path, front: str) -> None:
    (tmp_path / "a.md").write_text(f"---\n{front}\n---\ntext")
    [raw] = read(load(str(tmp_path / "a.md")), on_problem=none)
    assert raw.text == "text"
    assert sum(map(len, raw.metadata.values())) < len(front)


def test_yaml_makes_no_objects(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"---\na: !!python/object/apply:os.mkdir [{tmp_path}/made]\n---\ntext")
    list(read(load(str(tmp_path / "a.md")), on_problem=none))
    assert not (tmp_path / "made").exists()


# ── loops, depth, crashes: the process that intricate formats are read in ───────────────────────────────────────────


def test_a_pdf_that_draws_for_ever_is_stopped(confined: Callable[..., ConfinedReader]) -> None:
    reader = confined(seconds=1)
    with pytest.raises(ReadError, match="reading it takes more than 1 seconds"):
        reader.read("pdf", laughing_pdf(), None)
    assert reader.read("pdf", laughing_pdf(levels=3, width=1), None).text == "lol"


def test_html_nested_so_deeply_that_it_takes_for_ever_is_stopped(confined: Callable[..., ConfinedReader]) -> None:
    reader = confined(seconds=1)
    with pytest.raises(ReadError, match="reading it takes more than 1 seconds"):
        reader.read("web", b"<div>" * 500_000, None)
    assert reader.read("web", b"<div>" * 2000 + b"text", None).text == "text"


def test_a_file_that_needs_too_much_memory_is_stopped(confined: Callable[..., ConfinedReader]) -> None:
    reader = confined(memory=120 * MIB)
    with pytest.raises(ReadError, match=r"memory|need more than 120 MiB"):
        reader.read("word", word_bomb(60), None)
    assert reader.read("word", docx(paragraph("text")), None).text == "text"


@pytest.mark.parametrize("signal_sent", [signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT])
def test_a_crash_costs_one_file(confined: Callable[..., ConfinedReader], signal_sent: signal.Signals) -> None:
    reader = confined()
    document = docx(paragraph("text"))
    assert reader.read("word", document, None).text == "text"
    assert reader._process is not None
    reader._process.send_signal(signal_sent)
    with pytest.raises(ReadError, match="crash"):
        reader.read("word", document, None)
    assert reader.read("word", document, None).text == "text"


def test_an_interrupt_does_not_leave_its_answer_to_the_next_file(confined: Callable[..., ConfinedReader]) -> None:
    reader = confined()
    document = docx(paragraph("text"))
    reader.read("word", document, None)

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    try:
        with pytest.raises(KeyboardInterrupt):
            reader.read("pdf", laughing_pdf(), None)
    finally:
        signal.signal(signal.SIGALRM, before)
    assert reader.read("word", document, None).text == "text"


def test_what_fails_in_a_reader_is_an_error_of_the_file(confined: Callable[..., ConfinedReader]) -> None:
    with pytest.raises(ReadError, match="its reader fails: ModuleNotFoundError"):
        confined().read("nonexistent", b"", None)


def test_a_forked_process_reads_on_its_own(confined: Callable[..., ConfinedReader]) -> None:
    reader = confined()
    document = docx(paragraph("text"))
    reader.read("word", document, None)
    child = os.fork()
    if not child:
        done = reader.read("word", document, None).text == "text"
        reader.close()
        os._exit(0 if done else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert reader.read("word", document, None).text == "text"


def test_the_process_ends_with_the_program(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(docx(paragraph("text")))
    script = (
        "from readouts_cli.reading.files import load, read; from readouts_cli.reading.formats.confined import shared;"
        "list(read(load(sys.argv[1]), on_problem=print)); print(shared()._process.pid)"
    )
    for ending in ("", "; import os, signal; sys.stdout.flush(); os.kill(os.getpid(), signal.SIGKILL)"):
        done = python(script + ending, str(tmp_path / "a.docx"))
        pid = int(done.stdout)
        for _ in range(100):
            if not Path(f"/proc/{pid}").exists() or "Z" in Path(f"/proc/{pid}/stat").read_text().split()[2]:
                break
            threading.Event().wait(0.05)
        else:
            pytest.fail("the process lives on")


def test_modules_in_the_current_folder_are_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("pypdfium2", "zipfile", "readouts_cli", "msgspec"):
        (tmp_path / f"{module}.py").write_text("from pathlib import Path; Path('run').touch(); raise SystemExit")
    monkeypatch.chdir(tmp_path)
    reader = ConfinedReader()
    assert reader.read("pdf", pdf([[(70, 700, "text", 12)]]), None).text == "text"
    reader.close()
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize(
    "data",
    [
        pdf_file({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[2 0 R]/Count 1>>"}),
        pdf_file(
            {
                1: b"<</Type/Catalog/Pages 2 0 R>>",
                2: b"<</Type/Pages/Kids[3 0 R]/Count 9>>",
                3: b"<</Type/Pages/Kids[2 0 R]/Parent 3 0 R/Count 9>>",
            }
        ),
        pdf_file({1: b"<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]/Count 1>>"}),
        pdf_file({1: b"1 0 R"}),
        pdf_file({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"[" * 100_000}),
    ],
)
def test_pdfs_that_lead_back_to_themselves_are_refused(tmp_path: Path, data: bytes) -> None:
    assert reason(tmp_path / "a.pdf", data).startswith(("damaged PDF", "no text in it"))


def test_a_pdf_of_too_many_pages_is_refused(tmp_path: Path) -> None:
    made = {1: b"<</Type/Catalog/Pages 2 0 R>>", 3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"}
    made[2] = b"<</Type/Pages/Kids[" + b"3 0 R " * 6000 + b"]/Count 6000>>"
    assert reason(tmp_path / "a.pdf", pdf_file(made)) == "6000 pages, and 5000 are the most that are read"


def test_an_email_of_parts_in_parts_is_refused(tmp_path: Path) -> None:
    parts = (f'--b{i}\nContent-Type: multipart/mixed; boundary="b{i + 1}"\n\n' for i in range(1200))
    data = 'Subject: x\nContent-Type: multipart/mixed; boundary="b0"\n\n' + "".join(parts)
    assert reason(tmp_path / "a.eml", data.encode()) == "its parts are nested too deeply"


# ── nothing is fetched, nothing is run ──────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """The address of a server on this machine, and what it was asked for."""
    paths: list[str] = []

    class Server(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", paths
        server.shutdown()
        thread.join()


def test_nothing_is_fetched_and_nothing_is_run(tmp_path: Path, asked: tuple[str, list[str]]) -> None:
    url, paths = asked
    relationships = (
        f'<Relationships><Relationship Type="x/image" Target="{url}/docx" TargetMode="External"/></Relationships>'
    )
    script = f"app.launchURL('{url}/script'); this.submitForm('{url}/form');"
    for name, data in {
        "a.html": (
            f"<html><head><base href={url}/><link rel=stylesheet href=style><script src=script></script>"
            f"<meta http-equiv=refresh content='0;url={url}/refresh'></head><body background=back>text<img src=image>"
            f"<iframe src=frame></iframe><object data=object></object><style>@import '{url}/import'</style>"
        ).encode(),
        "a.docx": docx(paragraph("text"), others={"word/_rels/document.xml.rels": relationships}),
        "a.pdf": pdf(
            [[(70, 700, "text", 12)]],
            objects=[f"<</S/JavaScript/JS({script})>>", f"<</S/URI/URI({url}/uri)>>"],
            catalog="/OpenAction 10 0 R/AA<</WC 11 0 R/DS 10 0 R>>",
        ),
        "a.eml": f"Content-Type: text/html\n\n<p>text<img src={url}/mail>".encode(),
        "a.md": f"text\n![]({url}/markdown)".encode(),
    }.items():
        (tmp_path / name).write_bytes(data)
        [raw] = read(load(str(tmp_path / name)), on_problem=none)
        assert raw.text.startswith("text")
    assert paths == []


# ── all of it at once, in a process that may use little ─────────────────────────────────────────────────────────────


def python(script: str, *arguments: str, memory: int | None = None) -> subprocess.CompletedProcess[str]:
    """Another Python with this one's modules, and with a limit on its address space."""

    def limit() -> None:
        if memory is not None:
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))

    start = f"import sys; sys.path[:] = {sys.path!r}\n"
    return subprocess.run(
        [sys.executable, "-c", start + script, *arguments],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=limit,
    )


def test_a_folder_of_hostile_files_is_read_in_half_a_gigabyte(tmp_path: Path) -> None:
    for name, data in {
        "zip.docx": word_bomb(140),
        "text.docx": word_bomb(70),
        "laughs.docx": docx("", document=word_xml("&e9;", entities(9, 10))),
        "gzip.txt.gz": GZIPPED_MIB * 300,
        "gzip.jsonl.gz": GZIPPED_MIB * 300,
        "line.jsonl": b"a" * (LONGEST_LINE + 1),
        "deep.jsonl": b"[" * 1_000_000,
        "quote.csv": b'text\n"' + (b"x" * 1000 + b",\n") * (LONGEST_LINE // 1000),
        "yaml.md": b"---\na: &a [*a]\n---\ntext",
        "page.pdf": pdf_file({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[2 0 R]/Count 1>>"}),
        "good.txt": b"text",
    }.items():
        (tmp_path / name).write_bytes(data)
    sparse(tmp_path / "huge.txt", 4096 * MIB)
    sparse(tmp_path / "huge.jsonl", 80 * MIB)
    os.mkfifo(tmp_path / "fifo.txt")
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    (tmp_path / "self.txt").symlink_to("self.txt")
    script = """
from readouts_cli.errors import ReadError
from readouts_cli.reading.files import load, read
from readouts_cli.reading.sources import Problem, walk
def say(problem): print(f"{problem.path.rpartition('/')[2]}: {problem.reason}")
for file in walk(sys.argv[1:], on_problem=say):
    try:
        for raw in read(load(file.path), on_problem=say):
            print(f"read {raw.path.rpartition('/')[2]}")
    except ReadError as error:
        say(Problem(file.path, str(error)))
"""
    done = python(script, str(tmp_path), memory=512 * MIB)
    assert done.stderr == ""
    assert done.returncode == 0
    assert {line.partition(": ")[0] for line in done.stdout.splitlines()} == {
        f"read {path.name}" if path.name in {"good.txt", "yaml.md"} else path.name for path in tmp_path.iterdir()
    }


def test_standard_input_is_bounded_too() -> None:
    stream = io.BufferedReader(io.BytesIO(b"a" * (LONGEST_LINE + 5) + b'\n{"text": "x"}\n'))
    problems: list[Problem] = []
    assert [raw.record for raw in read_stdin_jsonl(stream, on_problem=problems.append)] == [2]
    assert [problem.reason for problem in problems] == ["line 1: longer than 16 MiB"]


# ── damage at random ────────────────────────────────────────────────────────────────────────────────────────────────

HTML = (
    f"<html><head><meta charset=utf-8><title>t</title></head><body><h1>x</h1><p>{chinese(200)}<table><tr><td>a</table>"
)
WHOLE_FILES = {
    "a.txt": chinese(300).encode("gb18030"),
    "b.txt": chinese(100).encode("utf-16"),
    "a.txt.gz": gzip.compress(chinese(300).encode()),
    "a.md": f'---\ntitle: "x"\ntags: [a, {{b: c}}]\nd: &a 2022\n---\n# h\n{chinese(100)}'.encode(),
    "a.html": HTML.encode(),
    "a.docx": docx(paragraph(chinese(300)) + f"<w:tbl><w:tr><w:tc>{paragraph('x')}</w:tc></w:tr></w:tbl>"),
    "a.pdf": pdf([[(70, 700, "text", 12), (70, 680, "会议", 12)], [(70, 700, "more", 12)]]),
    "a.eml": f"Subject: =?utf-8?q?x=20y?=\nDate: Fri, 26 Aug 2022 23:30:00 -0500\n\n{chinese(100)}".encode(),
    "a.jsonl": b'{"id":1,"text":"x\\u1234","a":[1,{"b":2}]}\n' * 5,
    "a.jsonl.gz": gzip.compress(b'{"text":"x"}\n' * 50),
    "a.csv": b'id,text,k\n1,"a ""b""\nc",d\n2,x,y\n',
}
SPLINTERS = [
    b"\0",
    b"\xff\xfe",
    b'"',
    b"--",
    b"\r",
    b"99999999999",
    b"<<>>",
    b"\n---\n",
    b"&#xD800;",
    b"=?gb2312?b?/w==?=",
]


def damaged(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.choice((1, 1, 2, 5))):
        at = chance.randrange(len(data))
        put_in = chance.choice([*SPLINTERS, chance.randbytes(3), data[at : at + 50], b""])
        data = data[:at] + put_in + data[at + chance.choice((0, 1, 30)) :] or b"x"
    return data


@pytest.mark.parametrize("name", WHOLE_FILES)
def test_a_damaged_file_is_read_or_refused_in_one_line(tmp_path: Path, name: str) -> None:
    chance = random.Random(name)
    for _ in range(40):
        (tmp_path / name).write_bytes(damaged(WHOLE_FILES[name], chance))
        reasons: list[str] = []
        try:
            for raw in read(load(str(tmp_path / name)), on_problem=lambda problem: reasons.append(problem.reason)):  # noqa: B023
                raw.text.encode()
        except ReadError as error:
            reasons.append(str(error))
        assert not [reason for reason in reasons if len(reason.splitlines()) != 1]
