"""The engines by name; each lives in its own module and is imported only when asked for."""

from __future__ import annotations

import importlib
from functools import cache
from typing import TYPE_CHECKING

from srverify.claims.vocabulary import ENGINES
from srverify.language.errors import InputError

if TYPE_CHECKING:
    from srverify.engines.base import Engine

#: The table of ``srverify.claims.vocabulary``: claims name engines, so the names are known there.
REGISTRY = ENGINES


@cache
def engine(name: str) -> Engine:
    """Return the engine of a name; raises InputError for an unknown one."""
    if name not in REGISTRY:
        raise InputError(f"unknown engine {name!r} (known: {', '.join(REGISTRY)})")
    module, _, attribute = REGISTRY[name].partition(":")
    instance: Engine = getattr(importlib.import_module(module), attribute)()
    return instance
