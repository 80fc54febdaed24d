"""Surveys: one comparison over many exact instances, with the smallest slack and its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from srverify.claims.obligation import Finding

#: An instance (name to exact text) with the slack of the comparison there, a rational of Python's or
#: FLINT's: negative means violated.
Instance = tuple[Any, Mapping[str, str]]


class Printed(Mapping[str, str]):
    """An instance that is printed only if somebody reads it: of a survey that is one among all."""

    def __init__(self, make: Callable[[], dict[str, str]]) -> None:
        self._make = make

    @cached_property
    def _text(self) -> dict[str, str]:
        return self._make()

    def __getitem__(self, name: str) -> str:
        return self._text[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._text)

    def __len__(self) -> int:
        return len(self._text)


def survey(instances: Iterable[Instance], strict: bool = False) -> Finding:
    """Return whether every slack is nonnegative (positive if ``strict``), with the smallest one.

    Raises ValueError when there is no instance: an empty survey cannot fail.
    """
    count, least, where = 0, None, None
    for slack, instance in instances:
        count += 1
        if least is None or slack < least:
            least, where = slack, instance
    if least is None or where is None:
        raise ValueError("a survey of no instance")
    holds = least > 0 if strict else least >= 0
    place = ", ".join(f"{name} = {value}" for name, value in where.items())
    detail = f"{count} instances, smallest slack {float(least):.4g} at {place}"
    return Finding(holds, detail, None if holds else dict(where))


def equalities(instances: Iterable[tuple[object, object, Mapping[str, str]]]) -> Finding:
    """Return whether left equals right exactly at every instance (left, right, instance)."""
    count = 0
    for left, right, instance in instances:
        count += 1
        if left != right:
            place = ", ".join(f"{name} = {value}" for name, value in instance.items())
            return Finding(False, f"{left} != {right} at {place}", dict(instance))
    if count == 0:
        raise ValueError("a survey of no instance")
    return Finding(True, f"equal at {count} instances")
