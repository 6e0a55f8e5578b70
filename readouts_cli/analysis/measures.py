"""Measures of association between two counts, each with its source.

A 2×2 table of counts:

                      in the one   in the other
    with the word         a             b
    without it            c             d
"""

from __future__ import annotations

from math import log, log2

#: What stands for a count of nothing in a ratio (Hardie 2014).
_HALF = 0.5


def log_likelihood(a: int, b: int, c: int, d: int) -> float:
    """How much evidence a 2×2 table holds against independence: G² = 2 Σ O ln(O ÷ E), over all four cells.

    Dunning 1993, "Accurate methods for the statistics of surprise and coincidence"; 3.84 is p = 0.05, 6.63 p = 0.01,
    10.83 p = 0.001.  Rayson & Garside 2000 add up the first two cells only: the same for words among millions of
    tokens, but not for words that many readouts hold.
    """
    total = a + b + c + d
    rows, columns = (a + b, c + d), (a + c, b + d)
    cells = ((a, rows[0], columns[0]), (b, rows[0], columns[1]), (c, rows[1], columns[0]), (d, rows[1], columns[1]))
    return 2 * sum(observed * log(observed * total / (row * column)) for observed, row, column in cells if observed)


def log_ratio(a: int, b: int, c: int, d: int) -> float:
    """How many times more frequent, in doublings: log₂ of the one relative frequency ÷ the other.

    Hardie 2014, "Log Ratio: an informal introduction"; a count of 0 stands as ½.  Both sides must hold something.
    """
    return log2((a or _HALF) / (a + c) / ((b or _HALF) / (b + d)))


def log_dice(together: int, one: int, other: int) -> float:
    """How typically two words go together, whatever the size of the corpus: 14 + log₂(2 f(x,y) ÷ (f(x) + f(y))).

    Rychlý 2008, "A lexicographer-friendly association score"; the most is 14, and one more is twice as typical.
    """
    return 14 + log2(2 * together / (one + other))
