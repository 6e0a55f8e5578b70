"""Questions about many readouts, as pure functions."""
