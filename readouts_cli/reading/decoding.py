"""Bytes to text, exactly or not at all: no character is ever replaced or dropped.

UTF-8 and byte-order marks speak for themselves.  For the rest a library proposes an encoding, and the proposal is
held against the text it makes: nearly every character of a Chinese text is one of the few thousand that the national
standards put first ("level 1"), and in the wrong encoding half of them or more are not.  Where nothing fits, the file
is not read, and the message asks for `--encoding`.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Sequence
from contextlib import suppress
from functools import cache

from readouts_cli.errors import ReadError, UsageError

#: What is looked for beside UTF-8, and how a message calls it.  `big5hkscs` holds the extensions that are in use.
ENCODINGS = {
    "utf_16_le": "UTF-16",
    "utf_16_be": "UTF-16",
    "gb18030": "GB18030",
    "big5hkscs": "Big5",
    "cp1252": "Windows-1252",
}

#: Encodings whose common characters have the bytes of GB18030's or Big5's, so that only the library can tell them
#: apart; and how many characters above ASCII, as a number and as a share, it must have seen to be believed.
_RIVALS = ("cp949", "euc_jp", "cp932")
_LEAST_OF_RIVAL = 20
_LEAST_RIVAL_SHARE = 0.1

#: How much is judged, in bytes from the first one above ASCII: far more than a decision needs, and quick.
_SAMPLE = 40_000

#: The least share of common characters in a text that is taken to be in an encoding.  Measured over 240 stretches of
#: 60 to 4,000 characters each: right encodings 0.88 and more, wrong ones 0.72 and less (0.6 from 200 characters on).
_LEAST_SHARE = 0.85

#: How many characters UTF-16 without a byte-order mark must have: any few bytes are Han characters in it.
_LEAST_WIDE = 10

#: Western text is mostly ASCII: Cyrillic or Greek, read as Windows-1252, is accented letters throughout.
_MOST_ACCENTS = 0.25

#: Control characters that text does not hold (tabs, line ends, form feeds, backspaces and escapes are left out), and
#: the share of them at which a file is binary: a stray NUL does not make a report unreadable.
_CONTROLS = bytes({*range(32), 127} - set(b"\b\t\n\v\f\r\x1a\x1b"))
_MOST_CONTROLS = 0.02

#: The share of bytes above ASCII that may be wrong in a text that is still called damaged UTF-8, not another encoding.
_MOST_DAMAGE = 0.1

#: Signs of Chinese print beside the full-width forms of ASCII.  Not all the signs of the standards: English quotation
#: marks in GB18030 are other, rarer signs in Big5.
_SIGNS = frozenset("\u3000、。〃々〇〈〉《》「」『』【】〔〕·…—～“”‘’′″℃№→×①②③④⑤⑥⑦⑧⑨⑩○●△□★※") | frozenset(
    map(chr, range(0xFF01, 0xFF5F))
)

#: Labels that pages and messages give themselves, and the codec of each.  GB 2312 and Big5 are labels of smaller sets
#: than what is written under them (WHATWG, "Encoding").  Western labels are not among them: programs write those that
#: know nothing of the text.  Seven-bit encodings look like ASCII, so that only the label tells them.
_LABELS = {
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc-jp": "euc_jp",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "koi8-r": "koi8_r",
    "windows-1250": "cp1250",
    "windows-1251": "cp1251",
    "hz-gb-2312": "hz",
    "iso-2022-jp": "iso2022_jp",
    "iso-2022-kr": "iso2022_kr",
}
_SEVEN_BIT = {"hz", "iso2022_jp", "iso2022_kr"}

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf_8"),
    (codecs.BOM_UTF32_LE, "utf_32_le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf_32_be"),
    (codecs.BOM_UTF16_LE, "utf_16_le"),
    (codecs.BOM_UTF16_BE, "utf_16_be"),
)
_WESTERN = re.compile("(?<![À-ÿ])[À-ÿ](?![À-ÿ])|[“”‘’‚„–—…•€£§°·«»™®©½¼¾´¨ªº¿¡\u00a0\u00adŒœŠšŽžŸ†‡‰‹›ˆ˜]")
_ABOVE_ASCII = re.compile("[^\x00-\x7f]")
_HIGH_BYTE = re.compile(rb"[\x80-\xff]")


def decode(data: bytes, encoding: str | None = None) -> str:
    """The text of `data`, line ends as they are, without a byte-order mark.

    Raises ReadError where `data` is not text, is not in the `encoding` that was asked for, or is in none that is known.
    """
    if encoding is None and b"\0" not in data:
        try:
            text = data.decode("utf-8").removeprefix("\ufeff")
        except UnicodeDecodeError:
            pass
        else:
            _refuse_binary(data)
            return text
    return strictly(data, encoding or detect(data)).removeprefix("\ufeff")


def decode_labelled(data: bytes, label: str, encoding: str | None = None) -> str:
    """The text of a page or message that calls its encoding `label`; a label that does not fit is not believed."""
    labelled = _LABELS.get(label.lower())
    if encoding is None and labelled is not None and (labelled in _SEVEN_BIT or not _is_utf_8(data)):
        with suppress(ReadError):
            return strictly(data, labelled).removeprefix("\ufeff")
    return decode(data, encoding)


def strictly(data: bytes, encoding: str) -> str:
    """`data` decoded from `encoding`; ReadError names the first byte that does not fit."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadError(
            f"not {called(encoding)}: 0x{data[error.start]:02x} at byte {error.start} does not fit"
        ) from None
    except UnicodeError as error:
        raise ReadError(f"not {called(encoding)}: {error}") from None


def known_encoding(name: str) -> str:
    """`name` as Python spells it; UsageError where there is no such text encoding."""
    try:
        io.TextIOWrapper(io.BytesIO(), name)  # refuses codecs that do not make text, such as hex
        return codecs.lookup(name).name
    except (LookupError, ValueError):
        raise UsageError(f"unknown encoding {name!r}: try utf-8, utf-16, gb18030, big5 or windows-1252") from None


def called(encoding: str) -> str:
    """How people call an encoding."""
    return ENCODINGS.get(encoding, encoding.upper().replace("_", "-"))


def byte_order_mark(data: bytes) -> str | None:
    """The encoding that the first bytes announce."""
    return next((encoding for mark, encoding in _BYTE_ORDER_MARKS if data.startswith(mark)), None)


def detect(data: bytes) -> str:
    """The encoding of `data`; ReadError where it is no text, or in no encoding that is known."""
    if marked := byte_order_mark(data):
        return marked
    try:
        data.decode("utf-8")
        first_wrong = None
    except UnicodeDecodeError as error:
        first_wrong = error.start
    if (first_wrong is not None or b"\0" in data) and (wide := _wide(data)):
        return wide
    _refuse_binary(data)
    if first_wrong is None:
        return "utf_8"
    _refuse_damaged_utf_8(data, first_wrong)
    return _narrow(data)


def _is_utf_8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _wide(data: bytes) -> str | None:
    """Which UTF-16 this is, without a byte-order mark."""
    usual = _common_characters() | set(map(chr, range(32, 127))) | set("\t\n\r")
    for encoding in ("utf_16_le", "utf_16_be"):
        text = _start(data, encoding)
        if len(text) >= _LEAST_WIDE and sum(map(usual.__contains__, text)) >= len(text) * _LEAST_SHARE:
            return encoding
    return None


def _narrow(data: bytes) -> str:
    """Which of the encodings that extend ASCII this is; ReadError where none fits."""
    first = _HIGH_BYTE.search(data)
    sample = data[first.start() if first else 0 :][:_SAMPLE]
    candidates = [encoding for encoding in ENCODINGS if not encoding.startswith("utf")]
    proposed = _proposed(sample, [*candidates, *_RIVALS])
    if not (proposed and _is_rival(sample, proposed[0])):
        for encoding in dict.fromkeys([*proposed, *candidates]):
            if encoding in candidates and _plausible(_start(sample, encoding), encoding):
                return encoding
    proposed = _proposed(sample, None)
    perhaps = f" (perhaps {called(proposed[0])})" if proposed else ""
    raise ReadError(f"its encoding cannot be told{perhaps}: name it with --encoding")


def _is_rival(sample: bytes, proposed: str) -> bool:
    """Whether the library has good reason to take a sample for an encoding that is none of ours."""
    text = _start(sample, proposed)
    return proposed in _RIVALS and len(_ABOVE_ASCII.findall(text)) >= max(
        _LEAST_OF_RIVAL, len(text) * _LEAST_RIVAL_SHARE
    )


def _proposed(sample: bytes, among: Sequence[str] | None) -> list[str]:
    """What the library takes a sample for, best first."""
    from charset_normalizer import from_bytes

    return [match.encoding for match in from_bytes(sample, cp_isolation=list(among) if among else None)]


def _start(data: bytes, encoding: str) -> str:
    """The first part of `data` decoded, a character cut short at its end left out; empty where it is not valid."""
    try:
        return codecs.getincrementaldecoder(encoding)().decode(data[:_SAMPLE])
    except UnicodeDecodeError:
        return ""


def _plausible(text: str, encoding: str) -> bool:
    """Whether people write such a text; one that could not be decoded is empty, and is not."""
    above = _ABOVE_ASCII.findall(text)
    if not above:
        return False
    if encoding == "cp1252":
        usual = len(_WESTERN.findall(text))
        return len(above) <= len(text) * _MOST_ACCENTS and usual >= len(above) * _LEAST_SHARE
    usual = sum(map(_common_characters().__contains__, above))
    return usual >= len(above) * _LEAST_SHARE


def _refuse_binary(data: bytes) -> None:
    """Raise ReadError for bytes that nobody wrote."""
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if controls > len(data) * _MOST_CONTROLS:
        raise ReadError("binary content, not text")


def _refuse_damaged_utf_8(data: bytes, first: int) -> None:
    """Raise ReadError for what is UTF-8 but for a few bytes: in any other encoding it would be nonsense."""
    high = len(_HIGH_BYTE.findall(data))
    valid = len(_HIGH_BYTE.findall(data.decode("utf-8", "ignore").encode()))
    if high - valid <= high * _MOST_DAMAGE:
        raise ReadError(f"damaged UTF-8: 0x{data[first]:02x} at byte {first} does not fit")


@cache
def _common_characters() -> frozenset[str]:
    """Level 1 of GB 2312 (3,755 characters) and of Big5 (5,401), from the codecs' own tables, and the usual signs."""
    levels = (
        ("gb2312", range(0xB0, 0xD8), range(0xA1, 0xFF)),
        ("big5", range(0xA4, 0xC7), (*range(0x40, 0x7F), *range(0xA1, 0xFF))),
    )
    return _SIGNS.union(
        *(
            b"".join(bytes((lead, trail)) for trail in trails).decode(codec, "ignore")
            for codec, leads, trails in levels
            for lead in leads
        )
    )
