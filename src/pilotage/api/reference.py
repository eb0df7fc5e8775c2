"""The reference page: the API's own description, drawn by the server. No script, nothing from elsewhere."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from pilotage.api.endpoints import REQUESTS, api


@cache
def document() -> dict[str, Any]:
    """The OpenAPI document, from the code: the same until the process ends. Whoever asks only reads it."""
    return dict(api.get_openapi_schema(path_prefix="/api/"))


def openapi(request: HttpRequest) -> JsonResponse:
    """The OpenAPI 3.1 document."""
    response = JsonResponse(document(), json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Access-Control-Allow-Origin"] = "*"
    return response


def reference(request: HttpRequest) -> HttpResponse:
    """The page."""
    described = document()
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            groups.setdefault(operation["tags"][0], []).append(
                {
                    "method": method.upper(),
                    "path": path,
                    "name": operation["operationId"],
                    "summary": operation["summary"],
                    "description": operation.get("description", ""),
                    "parameters": operation.get("parameters", []),
                    "body": _name(operation.get("requestBody", {})),
                    "answer": _answer(operation["responses"]),
                }
            )
    shapes = [
        {"name": name, "description": shape.get("description", ""), "fields": _fields(shape)}
        for name, shape in sorted(described["components"]["schemas"].items())
        if name not in {"Input"}
    ]
    context = {"about": described["info"], "groups": groups, "shapes": shapes, "requests": REQUESTS.split("/")[0]}
    return render(request, "api/reference.html", context)


def _name(described: dict[str, Any]) -> str:
    for content in described.get("content", {}).values():
        return _shape(content["schema"])
    return ""


def _answer(responses: dict[Any, Any]) -> str:
    return next((_name(described) for status, described in responses.items() if str(status).startswith("2")), "")


def _shape(schema: dict[str, Any]) -> str:
    """A schema in few words: ``ActivityOut``, ``list of PhaseOut``, ``string or null``."""
    if "$ref" in schema:
        return str(schema["$ref"].rsplit("/", 1)[-1])
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(_shape(one) for one in schema["anyOf"]))
    if schema.get("type") == "array":
        return f"list of {_shape(schema.get('items', {}))}"
    kind = str(schema.get("format") or schema.get("type") or "any")
    return {"object": "object", "integer": "number", "null": "null"}.get(kind, kind)


def _fields(shape: dict[str, Any]) -> list[dict[str, Any]]:
    required = set(shape.get("required", ()))
    return [
        {
            "name": name,
            "shape": _shape(field),
            "description": field.get("description", ""),
            "required": name in required,
        }
        for name, field in shape.get("properties", {}).items()
    ]
