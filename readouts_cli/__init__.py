"""Full-text search over meeting readouts, for the shell."""

__version__ = "0.1.0"
