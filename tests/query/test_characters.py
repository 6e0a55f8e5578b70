"""The ranges in `characters` against the Unicode database."""

import re
import sys
import unicodedata

from readouts_cli.query.characters import HAN, INVISIBLE, MARKS

BMP = [chr(code) for code in range(0x10000) if not 0xD800 <= code <= 0xDFFF]


def test_marks_cover_every_combining_mark_of_the_plane() -> None:
    allowed = re.compile(f"[{MARKS}{INVISIBLE}]")
    missing = [c for c in BMP if unicodedata.category(c) in ("Mn", "Mc") and not allowed.match(c)]
    # A newer Unicode than the ranges were made from may add marks; those of 14.0 are all there.
    assert len(missing) == 0 or unicodedata.unidata_version > "14.0.0"
    assert len(missing) < 40


def test_marks_take_in_no_character_that_separates_words() -> None:
    for character in re.findall(f"[{MARKS}]", "".join(BMP)):
        category = unicodedata.category(character)
        assert category in ("Mn", "Mc", "Cn") or character.isalnum(), hex(ord(character))


def test_invisible_characters_print_nothing() -> None:
    everything = "".join(chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code <= 0xDFFF)
    for character in re.findall(f"[{INVISIBLE}]", everything):
        assert unicodedata.category(character) in ("Cf", "Mn"), hex(ord(character))


def test_han_is_the_han_script() -> None:
    han = re.compile(f"[{HAN}]")
    for character in BMP:
        name = unicodedata.name(character, "")
        if name.startswith(("CJK UNIFIED IDEOGRAPH", "CJK COMPATIBILITY IDEOGRAPH", "KANGXI RADICAL", "CJK RADICAL")):
            assert han.match(character), name
        elif name.startswith(("HIRAGANA", "KATAKANA", "HANGUL", "LATIN", "DIGIT", "FULLWIDTH", "BOPOMOFO")):
            assert not han.match(character), name
    for letter in "𠀀𪜀𰀀":
        assert han.match(letter)
