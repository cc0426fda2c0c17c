"""What every shape can do in an application: be returned, held in a model, cached, and hashed."""

from __future__ import annotations

from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema


_DESCRIBED: Final = ContextVar[dict[str, bool]]("shapes whose schema is being made")
"""By reference: whether the shape was met inside itself, as a node of a tree is."""


class Result:
    """Base of all shapes. Nothing here is needed to call GenAuth, and nothing imports pydantic.

    `dict(result)` gives the fields by their names, and so does pydantic when it writes JSON. That
    shows what a `repr` hides, such as tokens and whole phone numbers.
    """

    __slots__ = ()

    def __iter__(self) -> Iterator[tuple[str, object]]:
        """Yield the fields with their names, as the models of pydantic do."""
        for field in attrs.fields(cast("type[Any]", type(self))):
            yield field.name, getattr(self, field.name)

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Return pydantic, and with it FastAPI, the fields. Called by pydantic alone."""
        from pydantic_core import core_schema  # noqa: PLC0415 - it is there where this is called

        ref = f"{cls.__module__}.{cls.__qualname__}"
        described = _DESCRIBED.get({})
        if ref in described:
            described[ref] = True
            return core_schema.definition_reference_schema(ref)
        token, described[ref] = _DESCRIBED.set(described), False
        try:
            typed = _typed_dict(cls, handler)
        finally:
            _DESCRIBED.reset(token)
            meets_itself = described.pop(ref)
        return _made_of(cls, typed, ref if meets_itself else None)


def _typed_dict(cls: type[Result], handler: GetCoreSchemaHandler) -> CoreSchema:
    """Return the fields of a shape as pydantic describes a dict."""
    from pydantic_core import core_schema  # noqa: PLC0415 - as said

    fields = attrs.fields(attrs.resolve_types(cast("type[Any]", cls)))
    return core_schema.typed_dict_schema(
        {
            field.name: core_schema.typed_dict_field(
                handler.generate_schema(field.type), required=field.default is attrs.NOTHING
            )
            for field in fields
        },
        cls_name=cls.__name__,
    )


def _made_of(cls: type[Result], typed: CoreSchema, ref: str | None) -> CoreSchema:
    """Return the schema of a shape, which is also made of a dict of its fields."""
    from pydantic_core import core_schema  # noqa: PLC0415 - as said

    make = cast("Callable[..., Result]", cls)

    def made(known: Mapping[str, object]) -> Result:
        return make(**known)

    return core_schema.no_info_after_validator_function(
        lambda given: given if isinstance(given, cls) else made(given),
        core_schema.union_schema([core_schema.is_instance_schema(cls), typed]),
        serialization=core_schema.plain_serializer_function_ser_schema(dict, return_schema=typed),
        ref=ref,
    )
