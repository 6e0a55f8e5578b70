"""HTML: the text that a reader of the page sees, in paragraphs.

Nothing is fetched: images, frames, style sheets and scripts are neither loaded nor run.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from readouts_cli.errors import ReadError
from readouts_cli.reading.decoding import decode_labelled
from readouts_cli.reading.formats.document import Document

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_LEFT_OUT_NAMES = (
    "script style template noscript head title nav svg math canvas iframe object audio video select button textarea "
    "datalist"
)
#: Elements whose content is no part of the text: never shown, or made to get about the site.
_LEFT_OUT = frozenset(_LEFT_OUT_NAMES.split())

_BLOCK_NAMES = (
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu ol p section summary table tbody tfoot thead "
    "tr ul"
)
#: Elements that stand on lines of their own.
_BLOCKS = frozenset(_BLOCK_NAMES.split())

#: Names of `<meta>` elements, best first.  ArticleTitle, PubDate and ContentSource are those that Chinese government
#: sites must carry (State Council, guidelines for the development of government websites, 2017).
_TITLES = ("articletitle", "og:title", "dc.title", "dcterms.title")
_DATES = (
    "pubdate",
    "article:published_time",
    "datepublished",
    "publishdate",
    "publish_date",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.date",
    "dc.date",
    "date",
)
_SOURCES = ("contentsource", "dc.source", "source")
_METADATA = ("author", "description", "keywords", "sitename", "columnname", "url", "og:site_name", "og:url")

#: How far into a file its encoding is looked for, in bytes (WHATWG, "prescan a byte stream").
_PRESCAN = 1024
_CHARSET = re.compile(rb"""<meta[^>]+?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)

_SPACE = re.compile(r"[ \t\n\f\r]+")
_SPACES = re.compile(" {2,}")
_AROUND_BREAK = re.compile(r" *([\t\n]) *")
_PARAGRAPH_BREAK = re.compile(r"\n{2,}")
_NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def read(data: bytes, encoding: str | None) -> Document:
    """The visible text; the title of the page's `<meta>`, only `<h1>` or `<title>`; its published date and source."""
    label = _CHARSET.search(data[:_PRESCAN])
    return read_text(decode_labelled(data, label[1].decode("ascii", "replace") if label else "", encoding))


def read_text(html: str) -> Document:
    """The same from HTML that is decoded."""
    from selectolax.lexbor import LexborHTMLParser

    page = LexborHTMLParser(html)
    if page.body is None:
        raise ReadError("no HTML in it")
    meta = _meta(page)
    paragraphs = _paragraphs(page.body)
    title = _first(meta, _TITLES) or _heading(page)
    same = next((i for i, paragraph in enumerate(paragraphs) if _one_line(paragraph) == title), None)
    if same is not None:
        del paragraphs[same]
    return Document(
        "\n\n".join(paragraphs),
        title=title,
        date=_first(meta, _DATES),
        source=_first(meta, _SOURCES),
        metadata={name: meta[name] for name in _METADATA if name in meta},
    )


def _meta(page: LexborHTMLParser) -> dict[str, str]:
    """What the `<meta>` elements say, by name in lower case; the first of a name counts."""
    found: dict[str, str] = {}
    for element in page.css("meta[content]"):
        attributes = element.attributes
        name = attributes.get("name") or attributes.get("property") or attributes.get("itemprop")
        content = _one_line(attributes["content"] or "")
        if name and content:
            found.setdefault(name.lower(), content)
    return found


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((meta[name] for name in names if name in meta), None)


def _heading(page: LexborHTMLParser) -> str | None:
    """The only `<h1>` of the page, or else its `<title>`."""
    headings = [text for node in page.css("h1") if (text := _one_line(" ".join(_paragraphs(node))))]
    if len(headings) == 1:
        return headings[0]
    title = page.css_first("title")
    return (_one_line(title.text()) or None) if title else None


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _paragraphs(top: LexborNode) -> list[str]:
    """The text below `top`, block by block.  No recursion: pages are nested as deeply as their makers please."""
    done: list[str] = []
    pieces: list[str] = []
    pending: list[LexborNode | None] = [top]  # None: a block ends here
    while pending:
        node = pending.pop()
        if node is None:
            _end_paragraph(pieces, done)
        elif node.is_text_node:
            pieces.append(_SPACE.sub(" ", node.text_content or ""))
        elif not _shown(node):
            continue
        elif node.tag == "br":
            pieces.append("\n")
        elif node.tag == "pre":
            _end_paragraph(pieces, done)
            done.append(node.text().strip("\r\n"))
        else:
            if node.tag in _BLOCKS:
                _end_paragraph(pieces, done)
                pending.append(None)
            elif node.tag in {"td", "th"} and pieces:
                pieces.append("\t")
            pending.extend(reversed(list(node.iter(include_text=True))))
    _end_paragraph(pieces, done)
    return [paragraph for paragraph in done if paragraph]


def _shown(node: LexborNode) -> bool:
    """Whether a browser shows an element at all, as far as the element itself says."""
    if node.tag in _LEFT_OUT or not node.is_element_node:
        return False
    attributes = node.attributes
    return "hidden" not in attributes and not _NOT_SHOWN.search(attributes.get("style") or "")


def _end_paragraph(pieces: list[str], done: list[str]) -> None:
    """Move the pieces of text to `done` as one paragraph, or several where lines were broken twice."""
    text = _AROUND_BREAK.sub(r"\1", _SPACES.sub(" ", "".join(pieces)))
    done.extend(part.strip() for part in _PARAGRAPH_BREAK.split(text))
    pieces.clear()
