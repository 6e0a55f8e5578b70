"""From strings to meaning: tokens, tree, syntax, periods."""
