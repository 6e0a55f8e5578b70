"""The questions that every engine is asked, in words that the documents themselves suggest."""

from __future__ import annotations

from collections import Counter
from enum import Enum
from itertools import islice, pairwise
from pathlib import Path
from typing import NamedTuple

from records import files

from readouts_cli.query.tokens import terms

#: How many documents the words are taken from.
_LOOKED_AT = 2_000

#: A rare word stands in at most so many of them, and has more letters than these.
_RARE, _LONG = 2, 6

#: The days of a period of ten years, as numbers.
TEN_YEARS = (20130101, 20221231)


class Form(Enum):
    """What is wanted of the words; the last three forms have one word."""

    ALL = "all"
    PHRASE = "phrase"
    PREFIX = "prefix"
    ENDING = "ending"
    FUZZY = "fuzzy"


class Answer(Enum):
    """What is asked for: the ten best, the ten earliest, how many there are, or how many in each month."""

    BEST = "best"
    EARLIEST = "earliest"
    COUNT = "count"
    MONTHS = "months"


class Question(NamedTuple):
    """What to find, when, and what to tell of it."""

    words: tuple[str, ...] = ()
    form: Form = Form.ALL
    period: tuple[int, int] | None = None
    answer: Answer = Answer.BEST

    def as_query(self) -> str:
        """The question in the language of `readouts`: exact words, in the text."""
        match self.form:
            case Form.PREFIX:
                parts = [f"{self.words[0]}*"]
            case Form.ENDING:
                parts = [f"*{self.words[0]}"]
            case Form.FUZZY:
                parts = [f"{self.words[0]}~1"]
            case Form.PHRASE:
                parts = ['"' + " ".join(self.words) + '"']
            case Form.ALL:
                parts = [f'"{word}"' for word in self.words]
        if self.period:
            parts.append(f"date:{self.period[0]}..{self.period[1]}")
        return " AND ".join(parts)


class Vocabulary(NamedTuple):
    """Words of a collection: the commonest pair of neighbours, a rare word and pair, a long word that is not rare."""

    common: tuple[str, str]
    rare: str
    rare_pair: tuple[str, str]
    long: str


def vocabulary(folder: Path) -> Vocabulary:
    """The words to ask for in the text files of a folder.  Raises SystemExit where they hold too few."""
    documents: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    read = 0
    for path in islice(files(str(folder)), _LOOKED_AT):
        words = terms(Path(path).read_text("utf-8"))
        documents.update(word for word in set(words) if _is_plain(word))
        pairs.update(pairwise(words))
        read += 1
    rare = {word for word, count in documents.items() if count <= _RARE and len(word) > _LONG}
    try:
        return Vocabulary(
            common=max((pair for pair in pairs if all(map(_is_plain, pair))), key=lambda pair: (pairs[pair], pair)),
            rare=min(word for word in rare if documents[word] == _RARE),
            rare_pair=min(pair for pair in pairs if rare.issuperset(pair)),
            long=min(
                (word for word in documents if len(word) > _LONG),
                key=lambda word: (abs(documents[word] - read / 20), word),
            ),
        )
    except ValueError:
        raise SystemExit(f"the {read} documents in {folder} have no words to ask for: too few or too short") from None


def _is_plain(word: str) -> bool:
    """Whether every engine takes the word for one, and the same."""
    return word.isascii() and word.isalpha()


def cold_questions(words: Vocabulary) -> dict[str, Question]:
    """Asked of whole processes."""
    return {
        "rare word": Question((words.rare,)),
        "phrase of rare words": Question(words.rare_pair, Form.PHRASE),
        "rare word, ten years": Question((words.rare,), period=TEN_YEARS),
    }


def hard_questions(words: Vocabulary) -> dict[str, Question]:
    """Asked of opened engines."""
    first = words.common[0]
    misspelt = words.long[:4] + words.long[5:]
    return {
        "rare word": Question((words.rare,)),
        "common word": Question((first,)),
        "phrase of two common words": Question(words.common, Form.PHRASE),
        "AND of two common words": Question(words.common),
        "ten years": Question(period=TEN_YEARS),
        "rare word, ten years": Question((words.rare,), period=TEN_YEARS),
        "common word, ten years": Question((first,), period=TEN_YEARS),
        "prefix of two letters": Question((words.long[:2],), Form.PREFIX),
        "`*ing`": Question(("ing",), Form.ENDING),
        "fuzzy, one edit": Question((misspelt,), Form.FUZZY),
        "count of a common word": Question((first,), answer=Answer.COUNT),
        "months of a common word": Question((first,), answer=Answer.MONTHS),
        "common word by date": Question((first,), answer=Answer.EARLIEST),
    }
