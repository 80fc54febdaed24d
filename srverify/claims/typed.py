"""What claim modules write, compared with the types that are declared for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
    for name, hint, fits in _fields(kind):
        value = getattr(instance, name)
        if not fits(value):
            shown = repr(value)
            shown = shown if len(shown) <= _QUOTED else f"{shown[:_QUOTED]}..."
            raise InputError(f"{what}: {name} must be {_described(hint)}, not {shown}")


@cache
def _fields(kind: Any) -> tuple[tuple[str, Any, Callable[[Any], bool]], ...]:
    """Return name, declared type and test of each field."""
    hints = get_type_hints(kind)
    return tuple((f.name, hints[f.name], _test(hints[f.name])) for f in fields(kind))


def _test(hint: Any) -> Callable[[Any], bool]:
    """Return the test for a type, made once: claims have thousands of fields."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        tests = tuple(map(_test, arguments))
        return lambda value: any(test(value) for test in tests)
    if origin is tuple:
        each = _test(arguments[0])
        return lambda value: isinstance(value, tuple | list) and all(map(each, value))
    if origin is Mapping:
        key, item = map(_test, arguments)
        return lambda value: (
            isinstance(value, Mapping) and all(map(key, value)) and all(map(item, value.values()))
        )
    if not isinstance(hint, type):
        return lambda value: True  # a function's type cannot be looked at
    if hint is int:
        return lambda value: isinstance(value, int) and not isinstance(value, bool)
    return lambda value: isinstance(value, hint)


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
