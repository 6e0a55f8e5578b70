"""Which language a readout is written in."""

from __future__ import annotations

import re

from readouts_cli.query.characters import HAN

_HAN_RUN = re.compile(f"[{HAN}]+")

#: The share of Han characters from which a text counts as Chinese.  English that quotes Chinese stays far below it, and
#: Chinese full of figures and company names far above.
_CHINESE_FROM = 0.25


def language_of(text: str) -> str:
    """The language of a text: `zh` where Han characters carry it, otherwise `en`."""
    # A Han character takes three bytes or four: without so many bytes more than characters there is nothing to count.
    if len(text.encode("utf-8", "surrogatepass")) - len(text) < 2 * _CHINESE_FROM * len(text) or not text:
        return "en"
    han = sum(map(len, _HAN_RUN.findall(text)))
    return "zh" if han >= _CHINESE_FROM * len(text) else "en"
