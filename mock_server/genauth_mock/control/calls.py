"""Every control call: its path, what it takes, what it answers, and what carries it out.

The router, the refusal of names that a call does not know, and the OpenAPI document are made of this table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from genauth_mock.control import (
    answers,
    apps,
    clock,
    faults,
    keys,
    messages,
    requests,
    second_devices,
    states,
    users,
    webhooks,
)
from genauth_mock.control.control_call import MANY, USERS, ControlCall
from genauth_mock.control.health import HEALTH
from genauth_mock.control.json_schema import (
    FLAG,
    NUMBER,
    TEXT,
    WHOLE,
    Schema,
    array,
    given,
    record,
    ref,
    words,
)
from genauth_mock.engine.push_codes import PushAction
from genauth_mock.engine.qr_codes import QrAction

if TYPE_CHECKING:
    from collections.abc import Mapping

_LIMIT: Final[Schema] = {**WHOLE, "description": "How many at most."}
_WAIT: Final[Schema] = {**NUMBER, "description": "How many seconds to wait for one."}
_AFTER: Final[Schema] = {**TEXT, "description": "A cursor: only what came after it."}

_REQUEST_FILTERS: Final[Mapping[str, Schema]] = {
    **dict.fromkeys(requests.FILTERS, TEXT),
    "after": _AFTER,
    "wait": _WAIT,
    "limit": _LIMIT,
    "count": {**FLAG, "description": "true asks only how many."},
}

_COUNT_FILTERS: Final = {
    name: schema for name, schema in _REQUEST_FILTERS.items() if name not in {"limit", "count"}
}

_COUNT: Final[Schema] = record(
    {"count": WHOLE, "nearMisses": array(ref("NearMiss"))}, optional=("nearMisses",)
)

CONTROL_CALLS: Final = (
    HEALTH,
    ControlCall(
        "GET",
        "/_mock/apps",
        "listApps",
        apps.list_apps,
        "List the apps that there are, and how many messages each sent.",
        record({"apps": array(ref("App"))}),
    ),
    ControlCall(
        "POST",
        "/_mock/users",
        "createUser",
        users.create_user,
        "Make a user and sign it in; with a list, or a list under users, many of them or none.",
        {"oneOf": [ref("NewUser"), record({"users": array(ref("NewUser"))})]},
        body=ref("UserGiven"),
        listed="users",
        limit=USERS,
    ),
    ControlCall(
        "GET",
        "/_mock/users",
        "listUsers",
        users.list_users,
        "List the users that fit, oldest first.",
        record({"users": array(ref("User"))}),
        query=dict.fromkeys(users.FILTERS, TEXT),
    ),
    ControlCall(
        "GET",
        "/_mock/users/{userId}",
        "getUser",
        users.one_user,
        "Show a user.",
        ref("User"),
    ),
    ControlCall(
        "PATCH",
        "/_mock/users/{userId}",
        "changeUser",
        users.change_user,
        "Change a user, signed in or not: the names given; null takes away.",
        ref("User"),
        body=ref("UserChange"),
    ),
    ControlCall(
        "DELETE",
        "/_mock/users/{userId}",
        "deleteUser",
        users.delete_user,
        "Delete a user: its tokens are refused, and what it had is free for others.",
        record({"deleted": TEXT}),
    ),
    ControlCall(
        "GET",
        "/_mock/users/{userId}/sessions",
        "listSessions",
        users.list_sessions,
        "List the sessions of a user: when each access token that is good was given.",
        record({"sessions": array(ref("Session"))}),
    ),
    ControlCall(
        "POST",
        "/_mock/users/{userId}/access-token",
        "signUserIn",
        users.sign_user_in,
        "Give a user one more access token.",
        record({"accessToken": TEXT, "expiresIn": NUMBER}),
    ),
    ControlCall(
        "GET",
        "/_mock/messages",
        "listMessages",
        messages.list_messages,
        "List what would have been texted or mailed, newest first, pass codes included.",
        record({"messages": array(ref("Message")), "cursor": TEXT}),
        query={
            **dict.fromkeys(messages.FILTERS, TEXT),
            "after": _AFTER,
            "limit": _LIMIT,
            "wait": _WAIT,
        },
    ),
    ControlCall(
        "GET",
        "/_mock/qr-codes",
        "listQrCodes",
        second_devices.list_qr_codes,
        "List the QR codes that are shown to sign in by, newest first.",
        record({"qrCodes": array(ref("QrCode"))}),
    ),
    ControlCall(
        "POST",
        "/_mock/qr-codes/{qrcodeId}",
        "changeQrCode",
        second_devices.change_qr_code,
        "Scan a QR code as a user, confirm it or refuse it.",
        ref("QrCode"),
        body=given({"action": words(QrAction), "userId": TEXT}),
    ),
    ControlCall(
        "GET",
        "/_mock/push-codes",
        "listPushCodes",
        second_devices.list_push_codes,
        "List the push messages that were sent to sign in by, newest first.",
        record({"pushCodes": array(ref("PushCode"))}),
    ),
    ControlCall(
        "POST",
        "/_mock/push-codes/{pushCodeId}",
        "decidePushCode",
        second_devices.decide_push_code,
        "Confirm a push message or refuse it, as the user it was sent to would.",
        ref("PushCode"),
        body=given({"action": words(PushAction)}),
    ),
    ControlCall(
        "GET",
        "/_mock/webhooks",
        "listWebhooks",
        webhooks.list_webhooks,
        "List the webhooks that were sent and what became of them, newest first, secrets masked.",
        record({"webhooks": array(ref("Webhook"))}),
        query={**dict.fromkeys(webhooks.FILTERS, TEXT), "limit": _LIMIT, "wait": _WAIT},
    ),
    ControlCall(
        "GET",
        "/_mock/clock",
        "readClock",
        clock.read_clock,
        "Show the app's clock.",
        ref("Clock"),
    ),
    ControlCall(
        "POST",
        "/_mock/clock",
        "moveClock",
        clock.move_clock,
        "Set, scale, freeze or advance the app's clock.",
        ref("Clock"),
        body=ref("ClockMove"),
    ),
    ControlCall(
        "POST",
        "/_mock/keys/rotate",
        "rotateKeys",
        keys.rotate_keys,
        "Have a new key sign the tokens of every app; the one before stays published until its tokens have expired.",
        record({"kid": TEXT, "published": array(TEXT)}),
        body=given({"forget": FLAG}),
    ),
    ControlCall(
        "POST",
        "/_mock/reset",
        "reset",
        apps.reset,
        "Bring the app that is named back to its seed data; where none is named, all of them.",
        record({"reset": array(TEXT)}),
    ),
    ControlCall(
        "GET",
        "/_mock/state",
        "dumpState",
        states.dump_state,
        "Write down all that the app has. It holds passwords, tokens and pass codes.",
        ref("State"),
    ),
    ControlCall(
        "POST",
        "/_mock/state",
        "loadState",
        states.load_state,
        "Put a state in the place of what the app has; and those of other apps in it, in their places.",
        ref("Loaded"),
        body=ref("State"),
        limit=MANY,
    ),
    ControlCall(
        "GET",
        "/_mock/settings",
        "readSettings",
        apps.get_settings,
        "Show the rules of the app.",
        ref("Settings"),
    ),
    ControlCall(
        "POST",
        "/_mock/settings",
        "changeSettings",
        apps.set_settings,
        "Change the rules of the app: the names given.",
        ref("Settings"),
        body=ref("SettingsChange"),
    ),
    ControlCall(
        "GET",
        "/_mock/faults",
        "listFaults",
        faults.list_faults,
        "List the faults that are armed, oldest first.",
        record({"faults": array(ref("Fault"))}),
    ),
    ControlCall(
        "POST",
        "/_mock/faults",
        "addFault",
        faults.add_faults,
        "Arm a fault; with a list, or a list under faults, many of them or none.",
        {"oneOf": [ref("Fault"), record({"faults": array(ref("Fault"))})]},
        body=ref("FaultGiven"),
        listed="faults",
    ),
    ControlCall(
        "DELETE",
        "/_mock/faults",
        "removeFaults",
        faults.remove,
        "Remove the faults of one id or route, else all of the app.",
        record({"removed": WHOLE}),
        query={"id": TEXT, "route": TEXT},
        body=given({"id": TEXT, "route": TEXT}),
    ),
    ControlCall(
        "DELETE",
        "/_mock/faults/{faultId}",
        "removeFault",
        faults.remove,
        "Remove one fault.",
        record({"removed": WHOLE}),
    ),
    ControlCall(
        "GET",
        "/_mock/answers",
        "listAnswers",
        answers.list_answers,
        "List the answers that were given for calls that are not imitated, oldest first.",
        record({"answers": array(ref("Answer"))}),
    ),
    ControlCall(
        "POST",
        "/_mock/answers",
        "giveAnswer",
        answers.give_answer,
        "Say what a call that is not imitated is answered with, in the place of HTTP 501.",
        ref("Answer"),
        body=ref("AnswerGiven"),
    ),
    ControlCall(
        "DELETE",
        "/_mock/answers",
        "removeAnswers",
        answers.remove_answers,
        "Take back the answer of one route, else every answer of the app.",
        record({"removed": WHOLE}),
        query={"route": TEXT},
        body=given({"route": TEXT}),
    ),
    ControlCall(
        "GET",
        "/_mock/requests",
        "listRequests",
        requests.list_requests,
        "List what was asked and answered, newest first, secrets masked.",
        record(
            {
                "requests": array(ref("Request")),
                "count": WHOLE,
                "cursor": TEXT,
                "nearMisses": array(ref("NearMiss")),
            },
            optional=("requests", "cursor", "nearMisses"),
        ),
        query=_REQUEST_FILTERS,
    ),
    ControlCall(
        "GET",
        "/_mock/requests/count",
        "countRequests",
        requests.count_requests,
        "Tell how many requests fit.",
        _COUNT,
        query=_COUNT_FILTERS,
    ),
    ControlCall(
        "DELETE",
        "/_mock/requests",
        "clearRequests",
        requests.clear_requests,
        "Begin the journal of the app anew.",
        record({"removed": WHOLE}),
    ),
)
"""Every call that is answered with JSON; the stream of events and the OpenAPI document are beside it in `routes`."""
