"""What the contract reads out of its OpenAPI document."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final, cast

import attrs

from genauth_contract.api.document import TEXT, to_json
from genauth_contract.outcomes.models import is_list, is_object

Schema = Mapping[str, object]

JSON: Final = "application/json"


@attrs.frozen
class Operation:
    """One operation of the document.

    Attributes:
        name: Last part of the path, or `x-operation` where several paths end alike.
        method: Upper-case HTTP method.
        path: The path below the host.
        outcomes: Names of everything it can end with.
    """

    name: str
    method: str
    path: str
    outcomes: tuple[str, ...]


@attrs.frozen
class OpenApi:
    """An OpenAPI 3.1 document."""

    document: Mapping[str, object] = attrs.field(repr=False)

    @property
    def operations(self) -> tuple[Operation, ...]:
        """Every operation, in the order of the document."""
        return tuple(
            Operation(
                str(spec.get("x-operation") or path.rpartition("/")[2]),
                method.upper(),
                path,
                tuple(cast("list[str]", spec.get("x-outcomes", []))),
            )
            for path, method, spec in self._specs()
        )

    def answer_schema(self, method: str, path: str, http: int = 200) -> Schema | None:
        """Return the schema of the JSON that an operation answers, None if it is unknown."""
        for spec in self._specs_of(method, path):
            if JSON in _content(spec, http):
                return self._self_contained(cast("Schema", _content(spec, http)[JSON]["schema"]))
        return None

    def is_bare(self, method: str, path: str, http: int) -> bool:
        """Return whether an operation answers with no body under an HTTP status."""
        answers = (_answers(spec) for spec in self._specs_of(method, path))
        return any(str(http) in each and "content" not in each[str(http)] for each in answers)

    def is_text(self, method: str, path: str, http: int) -> bool:
        """Return whether an operation answers with a text under an HTTP status."""
        return any(TEXT in _content(spec, http) for spec in self._specs_of(method, path))

    def gives_data(self, method: str, path: str) -> bool:
        """Return whether the `data` of a success is described; where it is not, there is none."""
        schema = self.answer_schema(method, path) or {}
        return "$ref" not in schema

    def enumerated(self) -> frozenset[str]:
        """Return every text that is an enum value somewhere: those may be written in clear."""
        return frozenset(_enum_values(self.document))

    def _self_contained(self, schema: Schema) -> Schema:
        return {**schema, "components": self.document["components"]}

    def _specs_of(self, method: str, path: str) -> Iterator[Schema]:
        """Yield what is said of an operation; a path without variable parts goes first."""
        verb, paths = method.lower(), self._paths
        fitting = [path] if path in paths else [each for each in paths if _is_path(each, path)]
        return (paths[each][verb] for each in fitting if verb in paths[each])

    @property
    def _paths(self) -> Mapping[str, Mapping[str, Schema]]:
        return cast("Mapping[str, Mapping[str, Schema]]", self.document["paths"])

    def _specs(self) -> Iterator[tuple[str, str, Schema]]:
        for path, methods in self._paths.items():
            for method, spec in methods.items():
                yield path, method, spec


@cache
def declared() -> OpenApi:
    """Return the document of the declared endpoints."""
    return OpenApi(json.loads(to_json()))


def _is_path(documented: str, path: str) -> bool:
    """Return whether a path is the documented one, or one with its variable parts filled in."""
    if "{" not in documented:
        return documented == path
    return re.fullmatch(re.sub(r"{\w+}", "[^/]+", documented), path) is not None


def _answers(spec: Schema) -> Mapping[str, Schema]:
    return cast("Mapping[str, Schema]", spec["responses"])


def _content(spec: Schema, http: int) -> Mapping[str, Schema]:
    answer = _answers(spec).get(str(http), {})
    return cast("Mapping[str, Schema]", answer.get("content", {}))


def _enum_values(node: object) -> Iterator[str]:
    if is_object(node):
        for key, value in node.items():
            if key == "enum" and is_list(value):
                yield from (item for item in value if isinstance(item, str))
            else:
                yield from _enum_values(value)
    elif is_list(node):
        for item in node:
            yield from _enum_values(item)
