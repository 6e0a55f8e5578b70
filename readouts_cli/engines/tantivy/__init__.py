"""The engine for large libraries on one machine: a tantivy index on disk."""

from __future__ import annotations

from readouts_cli.errors import MissingExtraError

try:
    import tantivy  # noqa: F401
except ImportError:
    raise MissingExtraError("the engine tantivy", "tantivy") from None
