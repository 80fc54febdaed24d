"""What a paper's own package adds to the general machinery: commands, experiments and their plots.

A package declares an entry point of the group ``srverify.plugins`` that names a ``Plugin``; nothing here
knows which packages there are. The package of the audit that ships with srverify comes in the same way.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from srverify.language.errors import InputError

GROUP = "srverify.plugins"


@dataclass(frozen=True)
class Command:
    """A command of the command line: its summary, and the module that configures and runs it."""

    summary: str
    module: str


@dataclass(frozen=True)
class Plugin:
    """What one package offers.

    Parameters
    ----------
    name
        The package's name, for messages.
    commands
        Command names to commands; a module offers ``configure(parser)`` and ``run(arguments)``.
    experiments
        Names that claims may give in ``Claim.experiments``.
    plots
        ``module:function`` that draws the experiments of an audit's claims for the HTML page, or empty.
    """

    name: str
    commands: Mapping[str, Command] = field(default_factory=dict)
    experiments: tuple[str, ...] = ()
    plots: str = ""


@cache
def plugins() -> tuple[Plugin, ...]:
    """Return the installed plugins, by name; raises InputError for one that does not load."""
    from importlib.metadata import entry_points

    found = []
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name):
        try:
            plugin = entry.load()
        except Exception as error:
            raise InputError(
                f"the plugin {entry.name!r} ({entry.value}) does not load: {error}"
            ) from None
        if not isinstance(plugin, Plugin):
            raise InputError(f"the plugin {entry.name!r} ({entry.value}) is not a Plugin")
        found.append(plugin)
    return tuple(found)


def commands() -> dict[str, Command]:
    """Return the commands of all plugins by name."""
    return {name: command for plugin in plugins() for name, command in plugin.commands.items()}


def experiments() -> tuple[str, ...]:
    """Return the names of the experiments of all plugins."""
    return tuple(name for plugin in plugins() for name in plugin.experiments)


def resolve(entry: str) -> Any:
    """Return what a ``module:name`` stands for."""
    module, _, name = entry.partition(":")
    return getattr(importlib.import_module(module), name)
