"""What comes out: terminal views (Rich) and machine formats (no Rich)."""
