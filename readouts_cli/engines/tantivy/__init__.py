"""The engine for large libraries on one machine: a tantivy index on disk."""

from __future__ import annotations

from readouts_cli.errors import LibraryError

try:
    import tantivy  # noqa: F401
except ImportError:
    raise LibraryError("the engine tantivy needs an extra: pip install 'readouts-cli[tantivy]'") from None
