"""How a readout is laid out in an index on a cluster, and what the index is made with.

Every setting that answers depend on is given here, none is left to a server's default.
"""

from __future__ import annotations

from typing import Any

from readouts_cli.engines.base import Ranking
from readouts_cli.engines.columns import DAY_PARTS, FACET_COLUMNS, SORT_COLUMNS, TEXT_TOKENS, day_column
from readouts_cli.engines.opensearch.location import Location
from readouts_cli.query.fields import FIELDS
from readouts_cli.query.period import DateField

#: The layout.  Another number is another layout: such a library is rebuilt.
FORMAT = 2

#: The suffix of the index with one document for each machine: its last commit.  It is tiny, and copied to every node,
#: so that it can be read as long as any node answers.
ORIGINS = "-origins"

#: Fields by what they hold: `terms` the terms, `roots` at the same positions what word families and single Han
#: characters are found by, `words` each term once, to look patterns up in.
TERMS, ROOTS, WORDS = "terms", "roots", "words"

#: Up to which hit a cluster pages by counting.
WINDOW = 10_000

_KEYWORD = {"type": "keyword"}
_STORED = {"type": "keyword", "index": False, "doc_values": False}
_COUNTED = {"type": "keyword", "index": False}
_DAY = {"type": "integer"}
_NUMBER = {"type": "long"}
_TEXT = {"type": "text", "analyzer": "whitespace", "position_increment_gap": 1, "index_options": "positions"}


def readouts_index(location: Location) -> dict[str, Any]:
    """Settings and mapping of the index of readouts."""
    ranking = Ranking()
    days = {day_column(which, part): _DAY for which in DateField for part in DAY_PARTS}
    return {
        "settings": {
            "index.number_of_shards": location.shards,
            "index.number_of_replicas": location.replicas,
            "index.refresh_interval": "-1",
            "index.max_result_window": WINDOW,
            "index.similarity.default": {"type": "BM25", "k1": ranking.k1, "b": ranking.b},
        },
        "mappings": {
            "dynamic": "strict",
            "_meta": {"readouts": {"format": FORMAT}},
            "_source": {"excludes": [f"{kind}.*" for kind in (TERMS, ROOTS, WORDS)]},
            "properties": {
                "key": _KEYWORD,
                "origin": _KEYWORD,
                "added": _NUMBER,
                "removed": _NUMBER,
                "record": _STORED,
                "stamp": _STORED,
                **dict.fromkeys(FACET_COLUMNS.values(), _KEYWORD),
                **dict.fromkeys(SORT_COLUMNS.values(), _DAY),
                **days,
                TEXT_TOKENS: _NUMBER,
                TERMS: {"properties": {field.name: _TEXT for field in FIELDS}},
                ROOTS: {"properties": {field.name: _TEXT for field in FIELDS}},
                WORDS: {"properties": {field.name: _COUNTED for field in FIELDS}},
            },
        },
    }


def origins_index() -> dict[str, Any]:
    """Settings and mapping of the index of machines."""
    return {
        "settings": {"index.number_of_shards": 1, "index.auto_expand_replicas": "0-all"},
        "mappings": {
            "dynamic": "strict",
            "properties": {"commit": _NUMBER, "times": {"type": "object", "enabled": False}},
        },
    }
