"""The commands: one file each, imported only when it is called.

Every module has a `command`, which carries the module's name.  A new one needs its file and its name in SECTIONS.
"""

#: The commands in the order of the help, under their headings.
SECTIONS = {
    "Find and read": ("search", "show", "list"),
    "Ask about many readouts": ("kwic", "trend", "first", "absent", "compare", "phrases", "collocates", "keyness"),
    "People and copies": ("people", "bodies", "similar", "copies", "export"),
    "The library": ("index", "info", "verify", "optimize", "forget", "convert"),
    "Help and settings": ("help", "fields", "schema", "config", "completion"),
}

#: Every command's name, which is also the name of its module here.
NAMES = tuple(name for names in SECTIONS.values() for name in names)
