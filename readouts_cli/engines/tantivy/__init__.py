"""The engine for large libraries on one machine: a tantivy index on disk."""
