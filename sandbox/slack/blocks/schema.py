"""Blocks against the published schema, with faults worded as Slack words them: a sentence and the place."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, cast

from jsonschema import Draft7Validator
from jsonschema.exceptions import ValidationError

from sandbox.slack.shapes import Json

OPTION_VALUE_LENGTH = 150  # the types say 75; the platform takes 150 since 2024


@dataclass(frozen=True, slots=True)
class BlockFault:
    """What is wrong and where, as path parts below the list of blocks."""

    message: str
    path: tuple[str | int, ...]

    def written(self, root: str) -> str:
        """Slack's form, such as `no more than 25 items allowed [json-pointer:/blocks/1/elements]`."""
        return f"{self.message} [json-pointer:{'/'.join([root, *map(str, self.path)])}]"


@cache
def _definitions() -> Json:
    text = (files("sandbox.slack") / "data" / "block-kit.schema.json").read_text(encoding="utf-8")
    definitions: Json = json.loads(text)["definitions"]
    for option in ("PlainTextOption", "MrkdwnOption"):
        definitions[option]["properties"]["value"]["maxLength"] = OPTION_VALUE_LENGTH
    for text_object in ("PlainTextElement", "MrkdwnElement"):
        definitions[text_object]["properties"]["text"] |= {"minLength": 1}
    return definitions


@cache
def _definition_names() -> dict[str, str]:
    """Name of the definition for each type of block or view."""
    names = {"image": "ImageBlock", "modal": "ModalView", "home": "HomeView"}
    for name, definition in _definitions().items():
        kind = definition.get("properties", {}).get("type", {}).get("const")
        if kind and name.endswith("Block"):
            names[kind] = name
    return names


def known_types() -> frozenset[str]:
    """Types of blocks that the schema describes."""
    return frozenset(_definition_names()) - {"modal", "home"}


@cache
def _validator(name: str) -> Draft7Validator:
    return Draft7Validator({"$ref": f"#/definitions/{name}", "definitions": _definitions()})


def schema_faults(thing: Json, kind: str) -> Iterator[BlockFault]:
    """Faults of a block or view against the definition of its type."""
    for error in _validator(_definition_names()[kind]).iter_errors(thing):
        yield from _worded(error)


def _worded(error: ValidationError) -> Iterator[BlockFault]:
    if error.validator in ("anyOf", "oneOf"):
        yield from _best_branch(error)
    else:
        path = tuple(error.absolute_path)
        if error.validator == "const" and path[-1:] == ("type",):
            path = (*path[:-1], "type")
        for message in _sentences(error):
            yield BlockFault(message, path)


def _best_branch(error: ValidationError) -> Iterator[BlockFault]:
    """The faults of the branch that was meant: the one whose type fits."""
    branches: dict[Any, list[ValidationError]] = {}
    for nested in error.context or ():
        branches.setdefault(nested.relative_schema_path[0], []).append(nested)
    meant = [faults for faults in branches.values() if not any(_is_wrong_type(fault) for fault in faults)]
    if not meant:
        kind = error.instance.get("type") if isinstance(error.instance, dict) else None
        path = tuple(error.absolute_path)
        if isinstance(kind, str):
            yield BlockFault(f"unsupported type: {kind}", (*path, "type"))
        else:
            yield BlockFault("failed to match all allowed schemas", path)
        return
    for fault in min(meant, key=len):
        yield from _worded(fault)


def _is_wrong_type(error: ValidationError) -> bool:
    own = list(error.absolute_path)[len(error.parent.absolute_path) if error.parent else 0 :]
    if own == ["type"] and error.validator in ("const", "enum"):
        return True
    if error.validator == "anyOf" and not own:
        return all(
            any(_is_wrong_type(nested) for nested in error.context or () if nested.relative_schema_path[0] == branch)
            for branch in {nested.relative_schema_path[0] for nested in error.context or ()}
        )
    return False


def _sentences(error: ValidationError) -> Iterator[str]:
    value, limit = cast("Any", error.instance), cast("Any", error.validator_value)
    match error.validator:
        case "maxLength":
            yield f"must be less than {limit + 1} characters"
        case "minLength":
            yield f"must be more than {limit - 1} characters"
        case "maxItems":
            yield f"no more than {limit} items allowed"
        case "minItems":
            yield f"no fewer than {limit} items allowed"
        case "required":
            yield from (f"missing required field: {name}" for name in limit if name not in value)
        case "additionalProperties":
            known = error.schema.get("properties", {}) if isinstance(error.schema, dict) else {}
            yield from (f"invalid additional property: {name}" for name in value if name not in known)
        case "type":
            yield f"must provide {_article(limit)}"
        case "const" | "enum":
            yield "must be a valid enum value"
        case _:
            yield "failed to match all allowed schemas"


def _article(kind: object) -> str:
    return {
        "string": "a string",
        "object": "an object",
        "array": "an array",
        "number": "a number",
        "boolean": "a boolean",
    }.get(str(kind), f"a {kind}")
