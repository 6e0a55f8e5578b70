"""What an update did, told at its end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TextIO

from readouts_cli.indexing.report import Report
from readouts_cli.output.counts import readouts

#: Removed readouts that are named before the rest is counted.
_NAMED = 10


def summary(report: Report, *, dry_run: bool) -> Iterator[str]:
    """Lines for a person: what was done, what is missing a date, what was removed."""
    counts = {
        "added": len(report.added),
        "changed": len(report.changed),
        "moved": len(report.moved),
        "removed": len(report.removed),
        "unchanged": report.unchanged,
    }
    told = [f"{count:,} {done}" for done, count in counts.items() if count] or ["nothing to do"]
    if report.failures:
        told.append(f"{len(report.failures):,} failed")
    yield ("would be: " if dry_run else "") + " · ".join(told) + _pace(report)
    missing = {"published": report.without_published, "meeting": report.without_met}
    for date, count in missing.items():
        if count:
            yield f"{count:,} {readouts(count)} without a {date} date"
    if report.removed:
        more = f" and {len(report.removed) - _NAMED:,} more" if len(report.removed) > _NAMED else ""
        yield f"removed: {', '.join(report.removed[:_NAMED])}{more}"


def write(stream: TextIO, report: Report) -> None:
    """The counts for a program, tab-separated, one a line."""
    stream.writelines(f"{name}\t{count}\n" for name, count in _counts(report).items())


def shape(report: Report, *, dry_run: bool) -> dict[str, Any]:
    """The whole report for JSON."""
    return {
        "schema": "readouts.index/1",
        "dry_run": dry_run,
        "added": list(report.added),
        "changed": list(report.changed),
        "moved": list(report.moved),
        "removed": list(report.removed),
        "unchanged": report.unchanged,
        "failures": [{"path": failure.path, "reason": failure.reason} for failure in report.failures],
        "warnings": list(report.warnings),
        "without_published": report.without_published,
        "without_met": report.without_met,
        "bytes": report.size,
        "seconds": round(report.seconds, 3),
    }


def _counts(report: Report) -> dict[str, int]:
    return {
        "added": len(report.added),
        "changed": len(report.changed),
        "moved": len(report.moved),
        "removed": len(report.removed),
        "unchanged": report.unchanged,
        "failed": len(report.failures),
        "without_published": report.without_published,
        "without_met": report.without_met,
    }


def _pace(report: Report) -> str:
    megabytes = report.size / 1e6
    read = f", {megabytes:.1f} MB" if report.size else ""
    return f" ({report.seconds:.1f} s{read})"
