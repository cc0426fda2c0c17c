"""What every call answers with: the envelope, the confirmation, and what every shape can do.

Every shape can be returned by an application, held in a model, cached and hashed.
"""

from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Final, Literal, cast

import attrs
from attrs import define, field, frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

ConfirmedBy = Literal["answer", "profile"]
"""What showed that a call took effect: GenAuth's answer, or the account as it was read later."""

SUCCESS: Final = 200
"""Source: API reference, CommonResponseDto."""


@define(unsafe_hash=True)
class Envelope:
    """What every call of the API is answered with.

    Made for every answer, and a frozen one would take three times as long to make.

    Attributes:
        status_code: Business status; 200 means success, whatever the HTTP status.
        message: Text for people, in the language asked for.
        api_code: What happened exactly; absent, 0 or 20001 on success.
        request_id: Identifies the call to GenAuth's support.
        data: What was asked for; None where the call has nothing to say.

    Source: API reference, CommonResponseDto.
    """

    status_code: int
    message: str | None = field(default=None, repr=False)
    api_code: int | None = None
    request_id: str | None = field(default=None, repr=False)
    data: object = field(default=None, repr=False)


class Result:
    """Base of all shapes. Nothing here is needed to call GenAuth, and nothing imports pydantic.

    `dict(result)` gives the fields by their names, and so does pydantic when it writes JSON. That
    shows what a `repr` hides, such as tokens and whole phone numbers.
    """

    __slots__ = ()

    def __iter__(self) -> "Iterator[tuple[str, object]]":
        """Yield the fields with their names, as the models of pydantic do."""
        for each in attrs.fields(cast("type[Any]", type(self))):
            yield each.name, getattr(self, each.name)

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: object, handler: "GetCoreSchemaHandler"
    ) -> "CoreSchema":
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


@frozen
class Confirmation(Result):
    """What the caller asked for holds now.

    Attributes:
        request_id: Identifies the call to GenAuth's support; None when confirmed by the profile.
        message: Text for people; None when confirmed by the profile.
        confirmed_by: `"answer"`, or `"profile"` when the answer was lost and the account, read
            afterwards, was found in the state that was asked for.
    """

    request_id: str | None = None
    message: str | None = None
    confirmed_by: ConfirmedBy = "answer"


_DESCRIBED: Final = ContextVar[dict[str, bool]]("shapes whose schema is being made")
"""By reference: whether the shape was met inside itself, as a node of a tree is."""


def _typed_dict(cls: type[Result], handler: "GetCoreSchemaHandler") -> "CoreSchema":
    """Return the fields of a shape as pydantic describes a dict."""
    from pydantic_core import core_schema  # noqa: PLC0415 - as said

    fields = attrs.fields(attrs.resolve_types(cast("type[Any]", cls)))
    return core_schema.typed_dict_schema(
        {
            each.name: core_schema.typed_dict_field(
                handler.generate_schema(each.type), required=each.default is attrs.NOTHING
            )
            for each in fields
        },
        cls_name=cls.__name__,
    )


def _made_of(cls: type[Result], typed: "CoreSchema", ref: str | None) -> "CoreSchema":
    """Return the schema of a shape, which is also made of a dict of its fields."""
    from pydantic_core import core_schema  # noqa: PLC0415 - as said

    make = cast("Callable[..., Result]", cls)

    def made(known: "Mapping[str, object]") -> Result:
        return make(**known)

    return core_schema.no_info_after_validator_function(
        lambda given: given if isinstance(given, cls) else made(given),
        core_schema.union_schema([core_schema.is_instance_schema(cls), typed]),
        serialization=core_schema.plain_serializer_function_ser_schema(dict, return_schema=typed),
        ref=ref,
    )
