"""The quickest zlib at hand, for inflating and checking what a segment keeps."""

from __future__ import annotations

import zlib
from functools import cache
from types import ModuleType


@cache
def fast_zlib() -> ModuleType:
    """What inflates in half of zlib's time and takes checksums in a tenth, but a millisecond to import; else zlib."""
    try:
        from isal import isal_zlib
    except ImportError:
        return zlib
    module: ModuleType = isal_zlib
    return module
