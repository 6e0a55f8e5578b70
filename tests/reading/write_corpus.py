"""Writes the files in `corpus/`, from which the fuzz run makes its mutations: every kind and encoding that is read.

    python tests/reading/write_corpus.py

The texts are the seeds' first paragraphs and the invented sentences of `written_files`.  Files whose names begin with
`found_` are none of these: each once made a reader fail, and stays as it was found.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
from email.message import EmailMessage
from pathlib import Path

from written_files import SENTENCES, chinese, docx, paragraph, pdf

CORPUS = Path(__file__).parent / "corpus"
SEEDS = Path(__file__).parents[2] / "seeds"

ENGLISH = [path.read_text("utf-8")[:1200] for path in sorted(SEEDS.iterdir())]
CHINESE = f"云川市委常委会召开扩大会议\n发布日期：2022-08-26　来源：云川日报\n\n{chinese(500)}"
TRADITIONAL = (
    "雲川市召開會議\n發佈日期：2022-08-26\n\n八月二十五日，雲川市召開會議，傳達學習會議精神，研究部署工作。" * 6
)
WESTERN = "“Café” – naïve résumé’s coöperation, £3.5 million.  On August 25, the council met. " * 8
PROPERTIES = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
    "<dc:title>Minutes &amp; notes</dc:title><dc:creator>Lu Huaiyuan</dc:creator>"
    "<dcterms:created>2022-08-26T09:00:00Z</dcterms:created></cp:coreProperties>"
)
FRONT_MATTER = (
    '---\ntitle: "Minutes: August"\ndate: 2022-08-26\nsource: Yunchuan Daily\ntags: [a, "b, c"]\n'
    "nested: {x: &x 007, y: [1.10, *x]}\nempty:\n---\n\n# Minutes\n\n"
)


def texts() -> dict[str, bytes]:
    """Plain text in every encoding that is told apart."""
    return {
        **{f"seed_{number}.txt": text.encode() for number, text in enumerate(ENGLISH)},
        "utf8_marked.txt": CHINESE.encode("utf-8-sig"),
        "utf16_marked.txt": CHINESE.encode("utf-16"),
        "utf16_unmarked.txt": CHINESE.encode("utf-16-be"),
        "utf32.txt": ENGLISH[1][:300].encode("utf-32"),
        "gb18030.txt": CHINESE.encode("gb18030"),
        "big5.txt": TRADITIONAL.encode("big5hkscs"),
        "windows1252.txt": WESTERN.encode("cp1252"),
        "returns.txt": ENGLISH[2].replace("\n", "\r").encode(),
        "front_matter.md": (FRONT_MATTER + ENGLISH[2]).encode(),
        "packed.txt.gz": gzip.compress(ENGLISH[3].encode(), mtime=0),
    }


def pages() -> dict[str, bytes]:
    """Web pages, Word documents, PDFs and e-mail."""
    page = (
        '<!DOCTYPE html><html lang="zh"><head><meta charset="gbk"><title>云川市召开会议_云川网</title>'
        '<meta name="PubDate" content="2022-08-26 10:00"><style>p {color: red}</style></head><body><nav>首页</nav>'
        f"<div id=content><h1>云川市召开会议</h1>{''.join(f'<p>&nbsp;&#12288;{line}</p>' for line in SENTENCES)}"
        "<table><tr><td>1<td>2</table><!-- --><script>if (1 < 2) {}</script></div><footer>版权</body></html>"
    )
    cells = "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in ("name", "陆怀远"))
    body = "".join(map(paragraph, ["Minutes", ENGLISH[0][:400], *SENTENCES])) + f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"
    lines = [(70.0, 760.0 - 18 * i, text[:40], 12.0) for i, text in enumerate([ENGLISH[1][17:200], *SENTENCES])]
    return {
        "page.html": page.encode("gbk"),
        "report.docx": docx(body, others={"docProps/core.xml": PROPERTIES}),
        "report.pdf": pdf([lines, lines[:2]], objects=["<</Title(Minutes)>>"]),
        "parts.eml": message(html=True),
        "plain.eml": message(html=False),
    }


def message(*, html: bool) -> bytes:
    """An e-mail with encoded words, in Chinese; with a page and an attachment as well."""
    made = EmailMessage()
    made["Subject"] = "云川市召开会议"
    made["From"] = "陆怀远 <lu@yunchuan.example>"
    made["Date"] = "Fri, 26 Aug 2022 10:00:00 +0800"
    made.set_content(CHINESE, charset="gb2312", cte="base64" if html else "quoted-printable")
    if html:
        made.add_alternative(f"<p>{SENTENCES[0]}", subtype="html")
        made.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="附件.pdf")
    for number, part in enumerate(made.walk()):
        if part.is_multipart():
            part.set_boundary(f"=-={number}=-=")
    return made.as_bytes()


def records() -> dict[str, bytes]:
    """Files of several readouts."""
    fields = {"id": "a", "date": "2022-08-26", "title": "云川", "source": "Daily"}
    bodies = ("On August 25, the “council” met.\nIt rose, at 5.", SENTENCES[0], "\ud83d\ude42 \u0000 \\ /")
    rows = io.StringIO()
    writer = csv.DictWriter(rows, [*fields, "text"])
    writer.writeheader()
    writer.writerows({**fields, "text": text.replace("\ud83d\ude42", ":)")} for text in bodies)
    lines = "".join(json.dumps({**fields, "text": text, "extra": {"x": [1, None]}}) + "\n" for text in bodies)
    return {
        "records.jsonl": lines.encode(),
        "packed.jsonl.gz": gzip.compress(lines.encode(), mtime=0),
        "rows.csv": rows.getvalue().encode(),
        "rows_gb18030.csv": f"id;date;text\r\n1;2022-08-26;{SENTENCES[0]}\r\n2;;{SENTENCES[1]}\r\n".encode("gb18030"),
    }


if __name__ == "__main__":
    CORPUS.mkdir(exist_ok=True)
    for name, data in {**texts(), **pages(), **records()}.items():
        (CORPUS / name).write_bytes(data)
