"""What claim modules write, compared with the types that are declared for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from srverify.language.errors import InputError

#: Longest value that is quoted.
_QUOTED = 60


def check_types(instance: Any, what: str) -> None:
    """Raise InputError if a field of a dataclass has another type than is declared for it.

    ``what`` names the instance. A list may stand for a tuple.
    """
    kind: Any = type(instance)
    hints = _hints(kind)
    for field in fields(instance):
        value = getattr(instance, field.name)
        if not _fits(value, hints[field.name]):
            shown = repr(value)
            shown = shown if len(shown) <= _QUOTED else f"{shown[:_QUOTED]}..."
            raise InputError(
                f"{what}: {field.name} must be {_described(hints[field.name])}, not {shown}"
            )


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _fits(value: Any, hint: Any) -> bool:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return any(_fits(value, each) for each in arguments)
    if origin is tuple:
        return isinstance(value, tuple | list) and all(_fits(each, arguments[0]) for each in value)
    if origin is Mapping:
        return isinstance(value, Mapping) and all(
            _fits(key, arguments[0]) and _fits(each, arguments[1]) for key, each in value.items()
        )
    if not isinstance(hint, type):
        return True  # a function's type cannot be looked at
    if hint is int and isinstance(value, bool):
        return False
    return isinstance(value, hint)


def _described(hint: Any) -> str:
    """Name a type as a reader would.

    >>> _described(tuple[str, ...])
    'a tuple of str'
    """
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return " or ".join(map(_described, arguments))
    if origin is tuple:
        return f"a tuple of {_plain(arguments[0])}"
    if origin is Mapping:
        return f"a mapping of {_plain(arguments[0])} to {_plain(arguments[1])}"
    if isinstance(hint, type) and issubclass(hint, Enum):
        return f"one of {', '.join(f'{hint.__name__}.{member.name}' for member in hint)}"
    return _plain(hint)


def _plain(hint: Any) -> str:
    if get_origin(hint) in (Union, UnionType):
        return " or ".join(map(_plain, get_args(hint)))
    return "None" if hint is NoneType else getattr(hint, "__name__", str(hint))
