"""The JSON Schemas of everything that comes out as JSON, and the one way to read them."""

from __future__ import annotations

#: What there is a schema of: the part of `"schema": "readouts.NAME/1"`; a hit and a summary stand inside others too.
NAMES = (
    *("search", "hit", "list", "summary", "readout", "count", "facet", "index", "info", "config", "verify", "convert"),
    *("kwic", "trend", "first", "absent", "compare", "contrast", "phrases", "damaged", "ngrams"),
    *("collocates", "keyness", "people", "bodies", "similar", "copies"),
)


def schema(name: str) -> str:
    """The text of a schema."""
    from importlib.resources import files

    return files(__package__).joinpath(f"{name}.json").read_text("utf-8")
