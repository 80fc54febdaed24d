"""Compare an audit with an earlier one: differences only, and whether anything got worse."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from srverify.claims.outcome import Trust
from srverify.language.errors import InputError
from srverify.language.text_file import read_text

#: A run counts as slower if it takes this much longer than before, in ratio and in seconds.
SLOWER_RATIO = 2.0
SLOWER_SECONDS = 1.0


@dataclass(frozen=True)
class Difference:
    """One difference between two audits; ``worse`` decides the exit status."""

    place: str
    text: str
    worse: bool


def read_record(path: Path) -> dict[str, Any]:
    """Read the JSON of an earlier audit; raises InputError for a file that is none."""
    try:
        record = json.loads(read_text(path))
    except InputError:
        raise
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path} is not JSON: {error}") from None
    if not isinstance(record, dict) or record.get("schema") != 1 or "claims" not in record:
        raise InputError(f"{path} is not the JSON of an audit (schema 1)")
    return record


def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Difference]:
    """Yield the differences, in the order of the new audit, then what is gone."""
    before = {claim["id"]: claim for claim in old["claims"]}
    for claim in new["claims"]:
        earlier = before.pop(claim["id"], None)
        if earlier is None:
            yield Difference(claim["id"], f"new claim: {claim['verdict']}", worse=not claim["ok"])
        else:
            yield from _claim(earlier, claim)
    for claim_id in before:
        yield Difference(claim_id, "claim is gone", worse=True)


def _claim(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Difference]:
    if old["verdict"] != new["verdict"]:
        yield Difference(new["id"], f"verdict {old['verdict']} -> {new['verdict']}", worse=not new["ok"])
    elif old["ok"] != new["ok"]:
        text = "is as expected again" if new["ok"] else "is no longer as expected"
        yield Difference(new["id"], text, worse=not new["ok"])
    yield from _trust(new["id"], old["trust"], new["trust"])
    before = {check["id"]: check for check in old["checks"]}
    for check in new["checks"]:
        place = f"{new['id']} {check['id']}"
        earlier = before.pop(check["id"], None)
        if earlier is None:
            yield Difference(place, "new check", worse=not check["ok"])
            continue
        if earlier["statement"] != check["statement"]:
            yield Difference(place, "statement changed: earlier outcomes are obsolete", worse=False)
        yield from _check(place, earlier, check)
    for check_id in before:
        yield Difference(f"{new['id']} {check_id}", "check is gone", worse=True)


def _trust(place: str, old: str | None, new: str | None) -> Iterator[Difference]:
    if old == new:
        return
    ranks = [Trust(value).rank if value else len(Trust) for value in (old, new)]
    yield Difference(place, f"trust {old or 'none'} -> {new or 'none'}", worse=ranks[1] > ranks[0])


def _is_worse(old: str, new: str, ok: bool) -> bool:
    """Tell whether an engine decides less than before, or decides otherwise than expected."""
    decisive = ("proved", "refuted")
    if old not in decisive:
        return False
    return not ok if new in decisive else True


def _check(place: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Difference]:
    if old["ok"] and not new["ok"]:
        yield Difference(place, "fails: " + "; ".join(new["problems"]), worse=True)
    elif new["ok"] and not old["ok"]:
        yield Difference(place, "is settled now", worse=False)
    before = {outcome["engine"]: outcome for outcome in old["outcomes"]}
    for outcome in new["outcomes"]:
        earlier = before.pop(outcome["engine"], None)
        if earlier is None:
            continue
        engine = f"{place}, {outcome['engine']}"
        if earlier["status"] != outcome["status"]:
            text = f"{earlier['status']} -> {outcome['status']}"
            yield Difference(
                engine, text, worse=_is_worse(earlier["status"], outcome["status"], new["ok"])
            )
        slow = outcome["seconds"] - earlier["seconds"]
        if slow > SLOWER_SECONDS and outcome["seconds"] > SLOWER_RATIO * earlier["seconds"]:
            text = f"takes {outcome['seconds']:.2f} s instead of {earlier['seconds']:.2f} s"
            yield Difference(engine, text, worse=False)
    for engine_name in before:
        yield Difference(f"{place}, {engine_name}", "engine was not run this time", worse=False)
