"""What a person types: one file per command; parse, call, hand to output."""
