"""What a user may do with data resources, as lists and as trees."""

from __future__ import annotations

from typing import cast

import pytest

from genauth_mock.engine.data_permissions import by_namespace, struct_of
from genauth_mock.engine.memberships import DataResource, Memberships
from genauth_mock.engine.outcomes import Outcome, Refusal

HELD = Memberships(
    dataResources=[  # type: ignore[call-arg]  # named as in JSON
        DataResource("files/2024/may", "TREE", "default", ["get"], "May", "31 days"),
        DataResource("/files/2023/", "TREE", "default", ["get", "put"]),
        DataResource("files", "TREE", "default", ["list"]),
        DataResource("motto", "STRING", "blog", ["read"], "", "per aspera"),
        DataResource("ports", "ARRAY", "blog", ["use"], "", "", ["80", "443"]),
    ]
)


def test_resources_are_listed_by_namespace_and_a_tree_is_one_of_them() -> None:
    default, blog = by_namespace(HELD, "u1")
    assert (default["namespaceCode"], blog["namespaceCode"]) == ("default", "blog")
    assert default["resourceList"] == [
        {
            "resourceCode": "files",
            "resourceType": "TREE",
            "treeAuthorize": {
                "authList": [
                    _listed("/2024/may", "May", ["get"], "31 days"),
                    _listed("/2023", "2023", ["get", "put"], ""),
                    _listed("/", "files", ["list"], ""),
                ]
            },
        }
    ]
    text, many = cast("list[dict[str, object]]", blog["resourceList"])
    assert text["strAuthorize"] == {"value": "per aspera", "actions": ["read"]}
    assert many["arrAuthorize"] == {"values": ["80", "443"], "actions": ["use"]}


def _listed(path: str, name: str, actions: list[str], value: str) -> object:
    return {"nodePath": path, "nodeName": name, "nodeActions": actions, "nodeValue": value}


def test_nodes_of_a_tree_stand_in_one_another() -> None:
    """A node that only leads to another one has no actions."""
    shown = struct_of(HELD, "files")
    assert shown["treeResourceAuthAction"] == {
        "nodeAuthActionList": [
            _node("2023", "2023", "", ["get", "put"]),
            _node("2024", "2024", "", [], _node("may", "May", "31 days", ["get"])),
        ]
    }


def _node(code: str, name: str, value: str, actions: list[str], *children: object) -> object:
    shown = {"code": code, "name": name, "value": value, "actions": actions}
    return {**shown, "children": list(children)}


def test_a_resource_that_one_may_do_nothing_with_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        struct_of(HELD, "file")
    assert refused.value.outcome is Outcome.UNKNOWN_RESOURCE
