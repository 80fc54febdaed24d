"""Put the files of a folder into one, so that Rocq loads the libraries once for all of them.

Loading takes a file of some hundred lines as long as its proofs. ``Topic/A.v`` and ``Topic/B.v``
become the modules ``A`` and ``B`` of one library ``Topic``, in which every name is what it was: the full
name of ``x`` is ``SRVerify.Topic.A.x`` either way. Sources are compiled as they stand but for their
commands that require files of the development, since these are modules now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from srverify.kernels.rocq.development import LOGICAL_NAME, Development, Requirement, file_of

#: Module to the library that holds it: itself, or its folder.
Libraries = Callable[[str], str]


@dataclass(frozen=True)
class Unit:
    """What one run of the compiler makes: a file by itself, or the files of a folder in their order."""

    library: str
    modules: tuple[str, ...]

    @property
    def is_folder(self) -> bool:
        """Whether the modules are put into one file."""
        return self.modules != (self.library,)

    def __str__(self) -> str:
        return f"{self.library}/*.v" if self.is_folder else file_of(self.library)


def folders_of(development: Development) -> Mapping[str, Unit]:
    """Return the folders that are compiled as one file, by name.

    These are folders of more than one file, none of which requires anything in a way that cannot be said
    of a module. Of folders that require each other, the smallest are compiled file by file.
    """
    members: dict[str, list[str]] = {}
    for module in development.sources:
        folder, _, file = module.partition(".")
        if file and "." not in file:
            members.setdefault(folder, []).append(module)
    unusual = {
        name.partition(".")[0]
        for requirements in development.requirements.values()
        for requirement in requirements
        if not requirement.is_plain
        for name in requirement.modules
    }
    joined = {
        folder
        for folder, modules in members.items()
        if len(modules) > 1 and folder not in development.sources and folder not in unusual
    }
    while cycle := joined & set(_circle(development, joined)):
        joined.remove(min(cycle, key=lambda folder: (len(members[folder]), folder)))
    return {folder: Unit(folder, _ordered(development, members[folder])) for folder in sorted(joined)}


def _ordered(development: Development, modules: list[str]) -> tuple[str, ...]:
    order: dict[str, None] = {}
    for module in modules:
        order.update((name, None) for name in development.closure(module) if name in modules)
    return tuple(order)


def _circle(development: Development, joined: set[str]) -> tuple[str, ...]:
    """Return libraries that require each other in a circle; empty if there are none."""

    def library(module: str) -> str:
        folder = module.partition(".")[0]
        return folder if folder in joined else module

    requires: dict[str, set[str]] = {}
    for module, required in development.requires.items():
        requires.setdefault(library(module), set()).update(map(library, required))
    finished: set[str] = set()

    def visit(name: str, above: tuple[str, ...]) -> tuple[str, ...]:
        if name in above:
            return above[above.index(name) :]
        if name not in finished:
            for required in sorted(requires[name] - {name}):
                if found := visit(required, (*above, name)):
                    return found
            finished.add(name)
        return ()

    return next((found for name in sorted(requires) if (found := visit(name, ()))), ())


def source_of(development: Development, unit: Unit, libraries: Libraries) -> str:
    """Return the text of the file that a unit is compiled from."""
    if not unit.is_folder:
        return _with_modules(development, unit, unit.library, libraries)
    # A library is better loaded outside of a module, where its files say it again.
    loaded = {
        requirement.without_import: None
        for module in unit.modules
        for requirement in development.requirements[module]
        if not requirement.modules and requirement.is_plain
    }
    for module in unit.modules:
        for required in development.requires[module]:
            if required not in unit.modules:
                loaded[f"From {LOGICAL_NAME} Require {libraries(required)}."] = None
    parts = [*loaded]
    for module in unit.modules:
        name = module.rpartition(".")[2]
        parts += [f"Module {name}.", _with_modules(development, unit, module, libraries), f"End {name}."]
    return "\n".join((*parts, ""))


def _with_modules(development: Development, unit: Unit, module: str, libraries: Libraries) -> str:
    """Return a source whose requirements are libraries that hold modules."""
    source = development.sources[module]
    parts, position = [], 0
    for requirement in development.requirements[module]:
        if all(libraries(name) == name for name in requirement.modules):
            continue
        parts += [source[position : requirement.start], *_commands(requirement, unit, libraries)]
        position = requirement.end
    return "".join((*parts, source[position:]))


def _commands(requirement: Requirement, unit: Unit, libraries: Libraries) -> Iterator[str]:
    folders = [name for name in map(libraries, requirement.modules) if name != unit.library]
    if not unit.is_folder:
        yield from (f"From {LOGICAL_NAME} Require {name}. " for name in dict.fromkeys(folders))
    # So that A.x, of a file that is not imported, means what it means of a library.
    for name in dict.fromkeys(folders):
        if name not in requirement.modules:
            yield f"Import {LOGICAL_NAME}.{name}. "
    if requirement.how:
        for name in requirement.modules:
            yield f"{requirement.how} {LOGICAL_NAME}.{name}. "
