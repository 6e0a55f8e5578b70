"""Bringing a library up to date with its sources."""

from readouts_cli.indexing.report import Progress, Report, UpdateOptions
from readouts_cli.indexing.updating import update

__all__ = ["Progress", "Report", "UpdateOptions", "update"]
