"""What a service does with a result: return it, hold it in a model, cache it, use it as a key."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from importlib import import_module

import attrs
import pytest
from cattrs.preconf.json import make_converter
from fastapi import FastAPI
from fastapi.encoders import jsonable_encoder
from fastapi.testclient import TestClient
from pydantic import BaseModel, ValidationError

from aiogenauth import Confirmation, UserProfile, shapes
from aiogenauth.models import Result

PROFILE = UserProfile(
    "u",
    name="Ann",
    created_at=datetime(2001, 1, 1, tzinfo=UTC),
    department_ids=("d",),
    identities=({"provider": "wechat"},),
    custom_data={"level": [1]},
    extra={"new": None},
)


class Held(BaseModel):
    """A model of the application."""

    profile: UserProfile


app = FastAPI()


@app.get("/typed")
async def typed() -> UserProfile:
    return PROFILE


@app.get("/untyped", response_model=None)
async def untyped() -> Confirmation:
    return Confirmation("r-1", "操作成功")


def test_a_handler_returns_it() -> None:
    with TestClient(app) as client:
        body = client.get("/typed").json()
        assert body["created_at"] == "2001-01-01T00:00:00Z"
        assert body["identities"] == [{"provider": "wechat"}]
        assert client.get("/untyped").json() == {
            "request_id": "r-1", "message": "操作成功", "confirmed_by": "answer",
        }  # fmt: skip
        schema = client.get("/openapi.json").json()["paths"]["/typed"]["get"]["responses"]["200"]
        answer = schema["content"]["application/json"]["schema"]
        assert "custom_data" in json.dumps(answer)


def test_a_model_holds_it_and_reads_it_back() -> None:
    held = Held(profile=PROFILE)
    assert Held.model_validate_json(held.model_dump_json()) == held
    with pytest.raises(ValidationError, match="user_id"):
        Held.model_validate({"profile": {"name": "Ann"}})


def test_json_and_a_cache_take_it() -> None:
    assert json.loads(json.dumps(dict(Confirmation("r-1"))))["request_id"] == "r-1"
    assert jsonable_encoder(PROFILE)["department_ids"] == ["d"]
    converter = make_converter()
    assert converter.loads(converter.dumps(PROFILE), UserProfile) == PROFILE


def test_it_can_be_a_key() -> None:
    assert {PROFILE: 1}[attrs.evolve(PROFILE)] == 1


def test_every_shape_can_do_so() -> None:
    """Also one that was added later."""
    found = [getattr(shapes, name) for name in import_module("aiogenauth.shapes").__all__]
    assert len(found) > 5
    for shape in found:
        if attrs.has(shape):
            assert issubclass(shape, Result)
            for field in attrs.fields(shape):
                assert "Mapping" not in str(field.type) or field.hash is False
