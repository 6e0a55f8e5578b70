"""What matches what: tokens of English, Chinese and mixed text, and their exact places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readouts_cli.query.tokens import LONGEST, fold, is_han, terms, tokenize

CASES = [
    ("hyphens separate", "dual-carbon", ["dual", "carbon"]),
    ("slashes separate", "and/or", ["and", "or"]),
    ("underscores separate", "aug_2022", ["aug", "2022"]),
    ("straight quotes", '"dual carbon"', ["dual", "carbon"]),
    ("curly quotes", "“dual carbon”", ["dual", "carbon"]),
    ("corner quotes", "「双碳」", ["双碳", "碳"]),
    ("dashes separate", "plan—do–check", ["plan", "do", "check"]),
    ("case", "DUAL Carbon", ["dual", "carbon"]),
    ("case beyond ASCII", "Straße ÉTÉ", ["strasse", "été"]),
    ("stop words stay", "revitalization of the Northeast", ["revitalization", "of", "the", "northeast"]),
    ("possessive, curly", "Jinping’s", ["jinping"]),
    ("possessive, straight", "Jinping's", ["jinping"]),
    ("possessive, full-width", "Jinping＇s", ["jinping"]),
    ("possessive, capital", "PARTY’S", ["party"]),
    ("plural possessive", "workers’ rights", ["workers", "rights"]),
    ("other apostrophes join", "o’clock don't", ["o'clock", "don't"]),
    ("single quotes around a word", "‘dual’ 'carbon'", ["dual", "carbon"]),
    ("ordinal", "20th", ["20th"]),
    ("decimal", "3.5 percent", ["3.5", "percent"]),
    ("decimal at the end of a sentence", "It rose 3.5. Then", ["it", "rose", "3.5", "then"]),
    ("decimal and unit", "12.5km", ["12.5km"]),
    ("full-width decimal", "３．５", ["3.5"]),
    ("dotted date", "2022.08.20", ["2022", "08", "20"]),
    ("version", "1.2.3", ["1", "2", "3"]),
    ("thousands", "1,000", ["1", "000"]),
    ("full-width letters", "ＧＤＰ", ["gdp"]),
    ("ligature", "ﬁnance", ["finance"]),
    ("combining accent", "cafe\u0301", ["café"]),
    ("precomposed accent", "café", ["café"]),
    ("soft hyphen", "estab\u00adlish", ["establish"]),
    ("zero-width joiner", "du\u200dal", ["dual"]),
    ("byte-order mark inside", "\ufeffdual", ["dual"]),
    ("emoji separate", "dual🎉carbon", ["dual", "carbon"]),
    ("keycap", "1️⃣ first", ["1", "first"]),
    ("Arabic with marks", "مُحَمَّد", ["مُحَمَّد"]),
    ("Hebrew", "שָׁלוֹם עולם", ["שָׁלוֹם", "עולם"]),
    ("Devanagari vowel signs", "हिन्दी", ["हिन्दी"]),
    ("Han pairs", "两个确立", ["两个", "个确", "确立", "立"]),
    ("one Han character", "党", ["党"]),
    ("Han punctuation separates", "会议，强调", ["会议", "议", "强调", "调"]),
    ("mixed", "推进GDP增长", ["推进", "进", "gdp", "增长", "长"]),
    ("Chinese date", "8月25日", ["8", "月", "25", "日"]),
    ("traditional is simplified", "雙碳 發展", ["双碳", "碳", "发展", "展"]),
    ("compatibility Han", "\uf9e1", ["李"]),
    ("radical", "⼈", ["人"]),
    ("invisible inside Han", "双\u200b碳", ["双碳", "碳"]),
    ("kana stays one word", "カタカナ", ["カタカナ"]),
    ("nothing", "… — “”", []),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_terms(text: str, expected: list[str]) -> None:
    assert terms(text) == expected
    assert tokenize(text).terms == expected


def test_a_span_covers_the_token_as_printed() -> None:
    text = "In Jinping’s 雙碳 speech"
    tokens = tokenize(text)
    printed = [text[start:end] for start, end in tokens.places]
    assert printed == ["In", "Jinping’s", "雙", "碳", "speech"]


def test_offsets_can_be_shifted() -> None:
    assert tokenize("a b", offset=10).span(0, 1) == (10, 13)


def test_an_endless_word_is_cut_but_still_tells_itself_from_others() -> None:
    first, second = fold("a" * 10**6), fold("a" * 10**6 + "b")
    assert len(first) < LONGEST + 20
    assert first != second
    assert first.startswith("a" * LONGEST)


@given(st.text())
def test_terms_and_tokens_agree_and_offsets_are_sound(text: str) -> None:
    tokens = tokenize(text)
    assert tokens.terms == terms(text)
    assert all(tokens.terms)
    previous = 0
    assert len(tokens.places) == len(tokens)
    for start, end in tokens.places:
        assert previous <= start < end <= len(text)
        previous = end


@given(st.text())
def test_folding_twice_changes_nothing_for_terms_without_apostrophes(text: str) -> None:
    for term in terms(text):
        if "'" not in term and "…" not in term and not is_han(term):
            assert fold(term) == term


@given(st.text(alphabet=st.characters(max_codepoint=127) | st.sampled_from("’‘“”„–—‐‑…•·")))
def test_english_text_is_cut_as_any_other(text: str) -> None:
    found = tokenize(text)
    beside = tokenize(text + " é")
    assert found.terms == terms(text) == beside.terms[:-1]
    assert found.places == beside.places[:-1]
