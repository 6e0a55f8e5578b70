"""What may be meant by a name that nobody knows."""

from __future__ import annotations

from collections.abc import Collection

#: The least likeness of a name that is worth naming: the share of both names' letters that stand in the same order.
_LEAST = 0.6


def nearest(name: str, known: Collection[str], most: int = 1) -> list[str]:
    """The known names that are spelt most like another, the likest first; none where all are far from it."""
    from rapidfuzz.distance import Indel
    from rapidfuzz.process import extract

    found = extract(name, known, scorer=Indel.normalized_similarity, limit=most, score_cutoff=_LEAST)
    return [likely for likely, _, _ in found]


def meant(name: str, known: Collection[str], otherwise: str | None = None) -> str:
    """The end of a message about a name: the known one that may be meant, else `otherwise`, else all that there are."""
    near = nearest(name, known)
    if near:
        return f"did you mean {near[0]!r}?"
    return f"there are: {', '.join(known)}" if otherwise is None else otherwise
