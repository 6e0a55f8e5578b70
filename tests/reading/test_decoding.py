from __future__ import annotations

import codecs

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st
from written_files import chinese

from readouts_cli.errors import ReadError, UsageError
from readouts_cli.reading.decoding import decode, decode_labelled, known_encoding

ENGLISH = (
    "On August 25, the Standing Committee of Yunchuan held a meeting. Lu Huaiyuan’s speech stressed the “two "
    "safeguards” – and “dual carbon” – in the city’s plan…\r\n"
)
FRENCH = "Le maire, M. Rémy Lefèvre, a présidé la séance à l’hôtel de ville. Les élus ont adopté le procès-verbal.\n"
GERMAN = "Der Ausschuß beriet über die Änderungen; Herr Müller eröffnete die Sitzung. „Einstimmig“ gefaßt.\n"
RUSSIAN = "Заседание правительства провёл председатель Лугов. Обсуждались вопросы бюджета и развития района.\n"
POLISH = "Posiedzenie prowadził przewodniczący. Członkowie omówili sprawę budżetu i wyrazili zgodę na działania.\n"
JAPANESE = "会議は議長の谷川氏が主宰し、予算案について話し合われました。参加者は意見を述べ、次回の日程を決めました。\n"
KOREAN = (
    "회의는 의장이 주재하였으며 예산안에 대하여 논의하였다. 참석자들은 지역 경제의 발전에 대하여 의견을 제시하였다.\n"
)

traditional = opencc.OpenCC("s2tw").convert


@pytest.mark.parametrize("start", range(4))
@pytest.mark.parametrize("length", [60, 200, 700, 4000])
@pytest.mark.parametrize("encoding", ["gb18030", "gbk", "utf-16-le", "utf-16-be", "utf-16", "utf-8", "utf-8-sig"])
def test_chinese_text_is_decoded_whatever_it_is_encoded_in(encoding: str, length: int, start: int) -> None:
    text = chinese(length, start)
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("start", range(4))
@pytest.mark.parametrize("length", [60, 200, 700, 4000])
@pytest.mark.parametrize("encoding", ["big5hkscs", "cp950", "gb18030", "utf-16-le", "utf-8"])
def test_traditional_text_is_decoded_whatever_it_is_encoded_in(encoding: str, length: int, start: int) -> None:
    text = traditional(chinese(length, start))
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ENGLISH, "cp1252"),
        (ENGLISH * 20, "cp1252"),
        ("Lu Huaiyuan’s speech", "cp1252"),
        (FRENCH, "cp1252"),
        (FRENCH * 8, "cp1252"),
        (GERMAN, "cp1252"),
        (ENGLISH.replace("–", "——"), "gb18030"),  # English typed in a Chinese editor: only the signs are above ASCII
        ("On March 3, Zhang San (张三), mayor, met Li Si (李四) of Yunchuan (云川).\n", "gb18030"),
        ("On March 3, Zhang San (張三), mayor, met Li Si (李四) of Yunchuan (雲川).\n", "big5hkscs"),
        ("A" * 100_000 + chinese(200), "gb18030"),  # all that tells stands at the end
        (chinese(200) + "𠮷㐂", "gb18030"),  # four bytes a character
        (ENGLISH, "utf-16-le"),
        (ENGLISH, "utf-16-be"),
        (ENGLISH, "utf-32"),
    ],
)
def test_other_texts_are_decoded_too(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (POLISH, "cp1250"),
        (JAPANESE, "cp932"),
        (JAPANESE, "euc-jp"),
        (KOREAN, "cp949"),
    ],
)
@pytest.mark.parametrize("times", [1, 3, 10])
def test_an_encoding_that_is_not_known_is_refused_with_the_remedy(text: str, encoding: str, times: int) -> None:
    with pytest.raises(ReadError, match="--encoding"):
        decode((text * times).encode(encoding))


def test_the_refusal_names_what_it_may_be() -> None:
    with pytest.raises(ReadError, match="perhaps CP1251"):
        decode((RUSSIAN * 3).encode("cp1251"))


@pytest.mark.parametrize("wrong", [b"\xff", b"\x93", b"\xe4\xba", b"\xc0\xaf", b"\xed\xa0\x80"])
@pytest.mark.parametrize("text", [chinese(300), ENGLISH * 5, ENGLISH + chinese(60)])
def test_utf_8_with_a_wrong_byte_is_called_damaged_and_not_taken_for_something_else(text: str, wrong: bytes) -> None:
    whole = text.encode()
    at = len(text[: len(text) // 2].encode())
    with pytest.raises(ReadError, match=rf"damaged UTF-8: 0x{wrong[0]:02x} at byte {at} does not fit"):
        decode(whole[:at] + wrong + b" " + whole[at:])


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 10,
        b"\x7fELF\x02\x01\x01" + b"\0" * 200,
        bytes(range(256)) * 40,
        b"PK\x03\x04" + bytes(range(128)) * 10,
        b"text\0" * 100,
        b"\x01\x02\x03text" * 50,
    ],
)
def test_binary_content_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError, match="binary content"):
        decode(data)


def test_stray_control_characters_do_not_make_a_report_unreadable() -> None:
    text = ENGLISH.replace("’", "'") * 3 + "\0\x1b[31mred\x1b[0m\f\x1a"
    assert decode(text.encode()) == text


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff")))
def test_utf_8_comes_back_exactly(text: str) -> None:
    assert decode(text.encode()) == text
    assert decode(codecs.BOM_UTF8 + text.encode()) == text


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\n\r", "\u2028", "\x85", "\v", "\f"])
def test_line_ends_are_kept(newline: str) -> None:
    text = f"one{newline}two{newline}{newline}"
    assert decode(text.encode()) == text


def test_a_byte_order_mark_is_no_part_of_the_text_and_only_the_first_is_one() -> None:
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"):
        assert decode("\ufeffa\ufeffb".encode(encoding)) == "a\ufeffb"


def test_a_forced_encoding_is_used() -> None:
    assert decode(RUSSIAN.encode("cp1251"), "cp1251") == RUSSIAN
    assert decode(chinese(50).encode(), "gb18030") != chinese(50)


@pytest.mark.parametrize(
    ("data", "encoding", "message"),
    [
        (b"abc\xffdef", "utf-8", "not UTF-8: 0xff at byte 3 does not fit"),
        (b"abc\x80", "gb18030", "not GB18030: 0x80 at byte 3 does not fit"),
        (b"abcde", "utf_16_le", "not UTF-16: 0x65 at byte 4 does not fit"),
        (b"\x81", "cp1252", "not Windows-1252: 0x81 at byte 0 does not fit"),
    ],
)
def test_a_forced_encoding_that_fails_names_the_byte(data: bytes, encoding: str, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        decode(data, encoding)


@pytest.mark.parametrize("name", ["utf-8", "GB2312", "big5", "windows-1252", "UTF-16", "latin-1", "cp936"])
def test_encodings_have_many_names(name: str) -> None:
    assert codecs.lookup(known_encoding(name))


@pytest.mark.parametrize("name", ["utf-88", "hex", "zip", "rot13", "", "base64", "a\0b", "klingon"])
def test_an_unknown_encoding_is_an_error_of_usage(name: str) -> None:
    with pytest.raises(UsageError, match=r"unknown encoding .*gb18030"):
        known_encoding(name)


@pytest.mark.parametrize(
    ("text", "encoding", "label"),
    [
        ("短标题", "gb18030", "gb2312"),
        ("短標題", "big5", "Big5"),
        ("頭條 镕", "gb18030", "GB2312"),  # characters outside the set of the label
        (chinese(200), "gb18030", "utf-8"),  # the label is wrong
        (chinese(200), "utf-8", "gb2312"),
        (ENGLISH, "cp1252", "iso-8859-1"),
        (chinese(200), "gb18030", "iso-8859-1"),
        (JAPANESE, "cp932", "Shift_JIS"),
        (JAPANESE, "iso2022_jp", "ISO-2022-JP"),
        ("会议纪要", "hz", "hz-gb-2312"),
        ("会议纪要", "utf-8", "hz-gb-2312"),
        ("~ plain", "ascii", "hz-gb-2312"),
        (chinese(200), "gb18030", "unicode_escape"),  # a Python codec that no page may ask for
        (chinese(200), "utf-8", "x-nonsense"),
    ],
)
def test_a_label_is_believed_where_it_fits(text: str, encoding: str, label: str) -> None:
    assert decode_labelled(text.encode(encoding), label) == text
