"""The engine for large libraries on one machine: a tantivy index on disk."""

from __future__ import annotations

from readouts_cli.errors import MissingEngineError

try:
    import tantivy  # noqa: F401
except ImportError:
    raise MissingEngineError("tantivy") from None
