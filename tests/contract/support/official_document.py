"""The shapes of the official document of the authentication API, without its sentences.

`python -m tests.contract.support.official_document DOCUMENT` writes them anew from a copy of the document.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from genauth_contract.outcomes.models import is_list, is_object

Json = Any

KEPT: Final = Path(__file__).parents[1] / "official_document.json"

_SHAPE: Final = frozenset(
    [
        "$ref",
        "allOf",
        "anyOf",
        "enum",
        "in",
        "items",
        "name",
        "oneOf",
        "parameters",
        "requestBody",
        "required",
        "schema",
        "type",
    ]
)
_NAMED: Final = frozenset(["content", "properties"])
"""What holds any names, each with a shape."""
_ANSWERS: Final = ("200", "default")


def read_official_document() -> Json:
    """Return the paths and schemas of the document."""
    return json.loads(KEPT.read_text("utf-8"))


def main() -> None:
    """Write the shapes of a document, a line for each path and schema, so that a change can be read."""
    document = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    paths = {path: _members(methods) for path, methods in document["paths"].items()}
    schemas = {name: _shape(schema) for name, schema in document["components"]["schemas"].items()}
    used = {name: schemas[name] for name in _referred(paths, schemas)}
    KEPT.write_text(
        f'{{"paths":{_lines(paths)},"components":{{"schemas":{_lines(used)}}}}}\n', "utf-8"
    )


def _shape(node: object) -> Json:
    if is_list(node):
        return [_shape(one) for one in node]
    if not is_object(node):
        return node
    shape: Json = {}
    for name, value in node.items():
        if name in _SHAPE:
            shape[name] = _shape(value)
        elif is_object(value) and name in _NAMED:
            shape[name] = _members(value)
        elif is_object(value) and name == "responses":
            shape[name] = _members({one: value[one] for one in _ANSWERS if one in value})
    return shape


def _members(node: Mapping[str, object]) -> Json:
    return {name: _shape(value) for name, value in node.items()}


def _referred(node: Json, schemas: Json) -> list[str]:
    found: set[str] = set()
    left = [node]
    while left:
        one = left.pop()
        if isinstance(one, str) and one.startswith("#/components/schemas/"):
            name = one.rpartition("/")[2]
            left += [] if name in found else [schemas[name]]
            found.add(name)
        elif isinstance(one, dict | list):
            left += one.values() if isinstance(one, dict) else one
    return sorted(found)


def _lines(named: Json) -> str:
    rows = (
        f"{json.dumps(name)}:{json.dumps(named[name], ensure_ascii=False, separators=(',', ':'))}"
        for name in sorted(named)
    )
    return "{\n" + ",\n".join(rows) + "\n}"


if __name__ == "__main__":
    main()
