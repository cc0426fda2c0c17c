"""What goes through the feed comes out as it went in."""

from __future__ import annotations

import pytest
from multidict import CIMultiDict, MultiDict

from genauth_mock.activity.journal import Exchange, show_exchange
from genauth_mock.engine.address import Phone
from genauth_mock.engine.outcomes import Outcome
from genauth_mock.engine.pass_code import PassCode
from genauth_mock.faults.fault import Fault, Kind
from genauth_mock.http.messages import (
    ConnectionFault,
    Ending,
    HttpReply,
    HttpRequest,
)
from genauth_mock.storage.interfaces import Message
from genauth_mock.storage.serialization import read_back, written
from tests.mock.support.world import T0


@pytest.mark.parametrize(
    "exchange",
    [
        Exchange("app", HttpRequest("GET", "/")),
        Exchange(
            "app",
            HttpRequest(
                "POST",
                "/api/v3/bind-phone",
                MultiDict({"a": "b"}),
                CIMultiDict({"Content-Type": "application/json"}),
                b'{"passCode": "123456", "phoneNumber": "18812348888"} \xff',
                "http://localhost:1",
            ),
            number=7,
            now=T0,
            user_id="ada",
            effect=Outcome.OK,
            outcome=Outcome.EXPIRED_CODE,
            why={"rule": "lifetime", "left": 1.5},
            reply=HttpReply(
                200, '{"message": "验证码"}'.encode(), connection_fault=ConnectionFault(Ending.CUT)
            ),
            faults=(Fault(Kind.CUT, fault_id="3", times=2),),
        ),
    ],
    ids=["bare", "full"],
)
def test_an_exchange_is_shown_as_where_it_happened(exchange: Exchange) -> None:
    kind, text = written(exchange)
    there = read_back(kind, "app", exchange.number, text)
    assert isinstance(there, Exchange)
    assert show_exchange(there) == show_exchange(exchange)
    assert there.faults == exchange.faults
    assert there.request.body == exchange.request.body


def test_a_message_is_read_back_equal() -> None:
    code = PassCode("id", "CHANNEL_LOGIN", Phone("+86", "18812348888"), "012345", T0, T0)
    message = Message(9, "app", code)
    kind, text = written(message)
    assert read_back(kind, "app", 1, text) == message
