"""What this machine lets a program do with several processes."""

from __future__ import annotations

import os
from pathlib import Path


def usable_cores() -> int:
    """How many cores this process may use; a container or `taskset` gives it fewer than there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def may_fork() -> bool:
    """Whether forking, which gives a process all that this one has loaded and opened at once, is known to be safe.

    A fork copies the locks that other threads hold and not the threads.  Only Linux tells of all threads, those of
    libraries too.
    """
    try:
        return len(list(Path("/proc/self/task").iterdir())) == 1
    except OSError:
        return False
