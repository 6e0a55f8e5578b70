"""One module for each kind of file; `kinds` says which suffix goes to which."""
