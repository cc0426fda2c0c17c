"""The words of JSON Schema that the control calls are described in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Schema = dict[str, object]

TEXT: Final[Schema] = {"type": "string"}
FLAG: Final[Schema] = {"type": "boolean"}
WHOLE: Final[Schema] = {"type": "integer"}
NUMBER: Final[Schema] = {"type": "number"}
MOMENT: Final[Schema] = {"type": "string", "format": "date-time"}
ANYTHING: Final[Schema] = {}


def ref(name: str) -> Schema:
    """Refer to a component."""
    return {"$ref": f"#/components/schemas/{name}"}


def array(items: Schema) -> Schema:
    """Make the schema of a list."""
    return {"type": "array", "items": items}


def record(properties: Mapping[str, Schema], optional: Iterable[str] = ()) -> Schema:
    """Make the schema of an object that is answered: every name is there but the optional ones."""
    there = [name for name in properties if name not in set(optional)]
    return {"type": "object", "properties": dict(properties), "required": there}


def given(properties: Mapping[str, Schema]) -> Schema:
    """Make the schema of an object that is taken: any of the names, and no other."""
    return {"type": "object", "properties": dict(properties), "additionalProperties": False}


def nullable(schema: Schema) -> Schema:
    """Return a schema that allows null for what is not there."""
    return {**schema, "type": [schema["type"], "null"]}


def words(choices: Iterable[str]) -> Schema:
    """Make the schema of a text that is one of some words."""
    return {"type": "string", "enum": list(choices)}
