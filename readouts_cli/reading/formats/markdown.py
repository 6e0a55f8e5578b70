"""Markdown: the text as it is written, and the YAML front matter before it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from readouts_cli.reading.decoding import decode
from readouts_cli.reading.formats.document import FIELDS, Document

if TYPE_CHECKING:
    import yaml

#: The longest front matter, in characters: people write a few hundred, and hostile YAML is slow to read.
LONGEST_FRONT_MATTER = 16 * 1024

_OPENING = re.compile(r"---[ \t]*(?:\r\n?|\n)")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r\n?|\n|\Z)", re.MULTILINE)
_HEADING = re.compile(r"\s*#[ \t]+([^\r\n]*?)[ \t]*#*[ \t]*(?:[\r\n]|\Z)")
_NULL = "tag:yaml.org,2002:null"


def read(data: bytes, encoding: str | None) -> Document:
    """The text after the front matter; `title`, `date`, `source` and `id` of the front matter, the rest as metadata.

    Front matter that is no YAML stays in the text, with a warning.  Without a title there, a first heading is the
    title.
    """
    text = decode(data, encoding)
    fields: dict[str, str] = {}
    warnings: tuple[str, ...] = ()
    if opening := _OPENING.match(text):
        closing = _CLOSING.search(text, opening.end(), opening.end() + LONGEST_FRONT_MATTER)
        if closing:
            found = _front_matter(text[opening.end() : closing.start()])
            if isinstance(found, dict):
                fields, text = found, text[closing.end() :].lstrip("\r\n")
            elif found:
                warnings = (found,)
    heading = _HEADING.match(text)
    if heading and heading[1]:
        fields.setdefault("title", heading[1])
    return Document.with_fields(text, fields, warnings)


def _front_matter(block: str) -> dict[str, str] | str | None:
    """The fields of a block between `---` lines; what is wrong with it; or None where it is prose between rules.

    YAML is composed to nodes and never constructed: a value stays as it is written (`007`, `1.10`, `2022-08-26`), no
    tag makes an object, and no alias is expanded.
    """
    import yaml

    try:
        root = yaml.compose(block, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        return f"the front matter is not YAML (line {line}: {error.problem}) and was read as text"
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        return f"the front matter is not YAML ({type(error).__name__}) and was read as text"
    if not isinstance(root, yaml.MappingNode):
        return None
    return {
        key.value.lower() if key.value.lower() in FIELDS else key.value: _as_written(value, block)
        for key, value in root.value
        if isinstance(key, yaml.ScalarNode) and value.tag != _NULL
    }


def _as_written(node: yaml.Node, block: str) -> str:
    """A value as a line of text: a plain one itself, a list joined by commas, anything deeper as its YAML."""
    import yaml

    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    if isinstance(node, yaml.SequenceNode) and all(isinstance(item, yaml.ScalarNode) for item in node.value):
        return ", ".join(str(item.value) for item in node.value)
    return block[node.start_mark.index : node.end_mark.index].strip()
