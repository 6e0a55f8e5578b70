"""Files made from nothing: Word packages, PDFs and Chinese texts, so that each test says what is in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

RELATIONSHIPS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

#: Invented sentences of the kind readouts are made of, 340 characters in all.
SENTENCES = (
    "八月二十五日下午，云川市委常委会召开扩大会议，传达学习上级会议精神，研究部署贯彻落实工作。",
    "市委书记陆怀远主持会议并讲话，市长苏敏、副市长高志强等同志出席会议。",
    "会议指出，要坚持以人民为中心的发展思想，着力解决群众关心的就业、教育、医疗和养老问题。",
    "会议强调，各级领导干部要带头学习，把思想和行动统一到决策部署上来，切实做到“两个维护”。",
    "要加快产业结构调整，推动传统制造业转型升级，培育新的增长点，确保全年目标任务顺利完成。",
    "要严格落实安全生产责任制，抓好防汛抗旱、森林防火和食品药品监管，坚决守住安全底线。",
    "全区共有企业1,280家，其中规模以上工业企业96家，上半年实现产值同比增长百分之七点三。",
    "会议还审议了《云川市城乡规划管理办法》，听取了关于水利工程建设情况的汇报，并研究了其他事项。",
)


def chinese(length: int, start: int = 0) -> str:
    """A text of so many characters, beginning with another sentence for another `start`."""
    sentences = SENTENCES[start % len(SENTENCES) :] + SENTENCES[: start % len(SENTENCES)]
    text = ""
    while len(text) < length:
        text += "".join(sentences) + "\n"
    return text[:length]


def docx(body: str, *, document: str | bytes | None = None, others: dict[str, str] | None = None) -> bytes:
    """A Word package whose body is this XML (`w:` is bound), or whose document part is `document` as it stands."""
    if document is None:
        document = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("_rels/.rels", RELATIONSHIPS)
        package.writestr("word/document.xml", document)
        for name, part in (others or {}).items():
            package.writestr(name, part)
    return packed.getvalue()


def paragraph(text: str) -> str:
    """A paragraph of Word's XML."""
    return f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


#: A line of print: distance from the left and from the bottom of the page in points, text, size.
Print = tuple[float, float, str, float]


def pdf(pages: Sequence[Sequence[Print]], *, objects: Sequence[str] = (), catalog: str = "") -> bytes:
    """A PDF with lines of print.  Text with Han is set in a Chinese font that is not embedded, in GBK.

    `objects` are added as they stand, numbered on from 10; `catalog` goes into the catalog.
    """
    made: dict[int, bytes] = {
        3: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        4: b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/GBK-EUC-H/DescendantFonts[5 0 R]>>",
        5: b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/FontDescriptor 6 0 R/DW 1000"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>>>",
        6: b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[-25 -254 1000 880]/ItalicAngle 0"
        b"/Ascent 880/Descent -120/CapHeight 880/StemV 93>>",
    }
    made.update({10 + i: text.encode("latin-1") for i, text in enumerate(objects)})
    first = 10 + len(objects)
    for i, lines in enumerate(pages):
        content = b"".join(_drawn(*line) for line in lines)
        made[first + 2 * i] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>"
            f"/Contents {first + 2 * i + 1} 0 R>>"
        ).encode()
        made[first + 2 * i + 1] = b"<</Length %d>>stream\n%b\nendstream" % (len(content), content)
    kids = " ".join(f"{first + 2 * i} 0 R" for i in range(len(pages)))
    made[1] = f"<</Type/Catalog/Pages 2 0 R{catalog}>>".encode()
    made[2] = f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode()
    return pdf_file(made)


def pdf_file(objects: dict[int, bytes]) -> bytes:
    """A PDF of these objects; the first is its catalog."""
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, content in sorted(objects.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (max(objects) + 1, table)
    return bytes(out)


def _drawn(left: float, base: float, text: str, size: float) -> bytes:
    han = any(character > "\u2e80" for character in text)
    font, encoding = (b"F2", "gbk") if han else (b"F1", "cp1252")
    return b"BT /%b %g Tf %g %g Td <%b> Tj ET\n" % (font, size, left, base, text.encode(encoding).hex().encode())
