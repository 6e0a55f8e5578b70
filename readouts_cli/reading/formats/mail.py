"""E-mail (.eml): the plain body, or the HTML one where there is no other.  Attachments are named, and not read."""

from __future__ import annotations

from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import EmailMessage, MIMEPart
from email.policy import default
from email.utils import parsedate_to_datetime

from readouts_cli.errors import ReadError
from readouts_cli.reading.decoding import decode, decode_labelled
from readouts_cli.reading.formats.document import Document
from readouts_cli.reading.formats.kinds import SUFFIXES

_METADATA = ("to", "cc", "reply-to", "message-id", "list-id")


def read(data: bytes, encoding: str | None) -> Document:
    """The body; the subject as title, the day that the sender's clock showed as date, the sender as source."""
    try:
        message = message_from_bytes(data, policy=default)
        raw = {name.lower(): str(value) for name, value in reversed(list(message.raw_items()))}
        body = message.get_body(("plain", "html"))
    except RecursionError:
        raise ReadError("its parts are nested too deeply") from None
    if not raw:
        raise ReadError("not an e-mail: it has no headers")
    if body is None:
        raise ReadError("no text in it")
    label = str(body.get_content_charset() or "")
    text = decode_labelled(_payload(body), label, encoding)
    if body.get_content_subtype() == "html":
        text = SUFFIXES[".html"].reader().read_text(text).text
    headers = {name: _decoded(value, label, encoding) for name, value in raw.items()}
    day = _day(headers.get("date", ""))
    return Document(
        text,
        title=headers.get("subject") or None,
        date=day,
        source=headers.get("from") or None,
        metadata={name: headers[name] for name in (*_METADATA, *(() if day else ("date",))) if headers.get(name)},
        warnings=(*_not_read(message), *(f"damaged message: {type(defect).__name__}" for defect in body.defects)),
    )


def _payload(part: MIMEPart) -> bytes:
    """The bytes of a part, its transfer encoding undone."""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _decoded(value: str, label: str, encoding: str | None) -> str:
    """A header as text: encoded words (RFC 2047) by their own labels, bytes above ASCII as the body is encoded."""
    one_line = " ".join(value.split())
    plain = decode_labelled(one_line.encode("utf-8", "surrogateescape"), label, encoding)
    try:
        words = decode_header(plain)
        return "".join(
            word if isinstance(word, str) else decode_labelled(word, charset) if charset else decode(word)
            for word, charset in words
        )
    except (ReadError, HeaderParseError, ValueError):
        return plain


def _day(date: str) -> str | None:
    """The day of a Date header, in the zone it names."""
    try:
        return parsedate_to_datetime(date).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _not_read(message: EmailMessage) -> list[str]:
    """A warning that names the attachments, if there are any."""
    names = [
        (part.get_filename() or part.get_content_type()).encode("utf-8", "replace").decode()
        for part in message.iter_attachments()
    ]
    return [f"attachments not read: {', '.join(names)}"] if names else []
