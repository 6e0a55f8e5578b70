"""The query language as one table: what `readouts help query` prints, and what the tests hold the parser against."""

from __future__ import annotations

from typing import NamedTuple


class Sample(NamedTuple):
    """A readout in a few words; `met` is an ISO day, with a `?` where it is doubtful."""

    text: str = ""
    title: str = ""
    presided: str = ""
    path: str = "sample.txt"
    met: str = ""
    published: str = ""


class Form(NamedTuple):
    """A form of the language: an example of it and what that means.

    `option` is the one that the example is used with (`any` for `--any`).  `matches` is a readout that the example
    finds, `misses` one that it does not.
    """

    example: str
    meaning: str
    matches: Sample
    misses: Sample
    option: str = ""


class Section(NamedTuple):
    """Forms that belong together."""

    title: str
    forms: tuple[Form, ...]


_WORDS = Section(
    "Words",
    (
        Form(
            "dual carbon",
            "both words, anywhere in the text; side by side and in this form they rank higher",
            Sample("carbon peaking, and dual control"),
            Sample("dual control"),
        ),
        Form(
            "establish",
            "a bare word and its family: establishes, establishment, …",
            Sample("two establishments"),
            Sample("stable growth"),
        ),
        Form(
            '"establishment"',
            "in quotes, that form only; any quotes will do: “ ” „ “ « » 「 」 『 』",
            Sample("the establishment"),
            Sample("two establishments"),
        ),
        Form(
            "“dual carbon”",
            "a phrase: these words in this order, nothing between; no word is too common to count",
            Sample("the Dual Carbon goals"),
            Sample("dual low carbon"),
        ),
        Form(
            "dual-carbon",
            "signs inside a word separate words: the same phrase",
            Sample("the dual carbon goals"),
            Sample("carbon, dual"),
        ),
        Form(
            "双碳",
            "Chinese characters in this order, found inside longer words too; traditional forms are the same",
            Sample("推进双碳目标"),
            Sample("碳双"),
        ),
        Form("碳", "one character, wherever it stands", Sample("推进双碳目标"), Sample("推进目标")),
        Form("revital*", "words that begin so; * is any number of characters", Sample("revitalize"), Sample("revive")),
        Form("wom?n", "? is one character", Sample("women"), Sample("womn")),
        Form(
            '"revital* of the"',
            "patterns inside a phrase; the full-width ＊ and ？ are ordinary signs",
            Sample("revitalization of the Northeast"),
            Sample("revitalization the"),
        ),
        Form("carbn~1", "a word at most 1 edit away, or 2; the first letter stays", Sample("carbon"), Sample("karbn")),
        Form(
            r"/two (safe|main)\w+/",
            "a regular expression for a whole word; with spaces, for words side by side",
            Sample("the “Two Safeguards”"),
            Sample("two unsafe"),
        ),
    ),
)

_TOGETHER = Section(
    "Near one another",
    (
        Form(
            '"green development"~3',
            "these words in any order, with at most 3 others between them in all",
            Sample("development must always stay green"),
            Sample("development must then always stay green"),
        ),
        Form(
            '"双碳 目标"~3',
            "in Chinese, at most 3 other characters",
            Sample("目标是双碳"),
            Sample("双碳的各项新目标"),
        ),
        Form(
            "party NEAR/3 congress",
            "at most 3 words apart, in any order; 5 where no number is given",
            Sample("congress of the party"),
            Sample("congress of the ruling party"),
        ),
        Form(
            'party ADJ/3 "national congress"',
            "the same in this order; words are exact here, and phrases may be joined",
            Sample("the party at its national congress"),
            Sample("national congress of the party"),
        ),
        Form(
            "(party OR people) NEAR/3 congress",
            "alternatives in brackets",
            Sample("the people at the congress"),
            Sample("party and people"),
        ),
    ),
)

_COMBINED = Section(
    "Combined",
    (
        Form("carbon AND energy", "both; operators are upper case", Sample("energy and carbon"), Sample("carbon")),
        Form("carbon OR energy", "either", Sample("energy"), Sample("coal")),
        Form("carbon NOT energy", "without what follows", Sample("carbon"), Sample("carbon energy")),
        Form(
            "carbon -energy",
            "the same; alone, -energy finds all readouts without it",
            Sample("carbon"),
            Sample("energy carbon"),
        ),
        Form(
            "coal OR carbon NOT energy",
            "NOT binds before AND, and AND (written or not) before OR",
            Sample("coal energy"),
            Sample("carbon energy"),
        ),
        Form("(coal OR carbon) -energy", "brackets bind first", Sample("coal"), Sample("coal energy")),
        Form(
            '坚持"两个确立"',
            "what is written together with quotes or brackets is an item of its own: both, anywhere",
            Sample("两个确立，要坚持"),
            Sample("坚持两个维护"),
        ),
        Form(
            'coal "green energy" -oil',
            "one of the words and phrases is enough; exclusions, fields, periods and brackets hold all the same",
            Sample("green energy"),
            Sample("coal and oil"),
            "any",
        ),
        Form(
            "双碳目标 coal",
            "in Chinese, one pair of neighbouring characters is enough",
            Sample("碳目"),
            Sample("目的"),
            "any",
        ),
        Form(
            "NOT so fast",
            "the whole query is one phrase, signs and all",
            Sample("not so fast"),
            Sample("so fast"),
            "phrase",
        ),
        Form("establish", "no word families", Sample("to establish"), Sample("establishes"), "exact"),
    ),
)

_FIELDS = Section(
    "Fields",
    (
        Form("title:carbon", "in that field; `readouts fields` lists them", Sample(title="Carbon"), Sample("carbon")),
        Form('title:"dual carbon"', "a phrase there", Sample(title="On dual carbon"), Sample(title="carbon, dual")),
        Form(
            "title:(coal OR carbon)",
            "any query there but fields and dates",
            Sample(title="On coal"),
            Sample("coal", title="On oil"),
        ),
        Form('presided:"An Deming"', "who presided", Sample(presided="An Deming"), Sample("An Deming")),
        Form(
            "path:/data/2022", "a path; between slashes it is an expression", Sample(path="/data/2022/a.txt"), Sample()
        ),
        Form(
            '"note: carbon"',
            "a colon after a word names a field; in quotes it is a sign",
            Sample("Note: carbon"),
            Sample("note"),
        ),
    ),
)

_MET = Sample(met="2022-08-20")
_DATES = Section(
    "Dates",
    (
        Form(
            "date:2022-08",
            "met in that month; published then, where the meeting day is unknown",
            _MET,
            Sample(met="2022-09-01"),
        ),
        Form("met:2022-08-20", "met on that day", _MET, Sample(published="2022-08-20")),
        Form("pub:202208", "published in that month", Sample(met="2022-07-31", published="2022-08-01"), _MET),
        Form("date:none", "undated", Sample("carbon"), _MET),
        Form(
            "date:2022-07-01..2022-08",
            "first day of the first to last day of the second",
            _MET,
            Sample(met="2022-09-01"),
        ),
        Form("date:2022-08..", "from then on; ..2022-08 is up to then", _MET, Sample(met="2022-07-31")),
        Form("date:>2022-07", "after it; >= < <= likewise", _MET, Sample(met="2022-07-31")),
        Form(
            "after:2022-07 until:2022-08-20",
            "> and <=; before: and since: are < and >=",
            _MET,
            Sample(met="2022-08-21"),
        ),
        Form("date:2022-Q3", "a quarter; 2022-H2 is a half, 2022-W33 an ISO week", _MET, Sample(met="2022-10-01")),
        Form('date:"aug 2022"', "a month by name; also aug_2022", _MET, Sample(met="2022-09-01")),
        Form(
            "date:last_month",
            "today, yesterday, this_ or last_ week, month, quarter, year",
            _MET,
            Sample(met="2022-09-01"),
        ),
        Form(
            "date:3w",
            "the last three weeks up to today; d, w, m and y count back from today",
            _MET,
            Sample(met="2022-08-19"),
        ),
        Form("date:1m..2w", "from a month ago to two weeks ago", _MET, Sample(met="2022-08-28")),
        Form(
            "date:2022-08",
            "doubtful and partial dates too",
            Sample(met="2022-08-20?"),
            Sample(met="2022-09-01?"),
            "doubtful",
        ),
    ),
)

#: Every form of the language.  The relative periods are seen from 10 September 2022.
LANGUAGE = (_WORDS, _TOGETHER, _COMBINED, _FIELDS, _DATES)
