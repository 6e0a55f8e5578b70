"""The default engine: a plain Whoosh index on disk."""
