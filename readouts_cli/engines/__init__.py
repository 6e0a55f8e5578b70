"""Stores of postings behind one port; the only place that imports an engine."""
