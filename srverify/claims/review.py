"""Who has read a claim beside the paper and accepted the reading: ``reviews.json`` in a claims folder.

A review says nothing about truth. It says that a person compared what the paper states with what the
audit states, and it is worth only as long as both stay as they were: a review carries the digest of what
was read, and a claim whose digest has changed since is reopened.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from srverify.claims.claim import Check, Claim
from srverify.claims.obligation import Computation, Theorem
from srverify.language.errors import InputError

SCHEMA = 1
NAME = "reviews.json"


class ReviewState(StrEnum):
    """What is known of a claim's reading."""

    REVIEWED = "reviewed"
    OPEN = "open"
    REOPENED = "reopened"


@dataclass(frozen=True)
class Review:
    """One person's acceptance of one reading.

    Parameters
    ----------
    claim, digest
        The claim, and the digest of what was read (``reading_digest``).
    reviewer, date
        Who, and the day (ISO 8601).
    reading
        Which reading was accepted, in the reviewer's words; may be empty.
    """

    claim: str
    digest: str
    reviewer: str
    date: str
    reading: str = ""


def reading_digest(claim: Claim) -> str:
    """Return the SHA-256 of all that a reader compares: the paper's LaTeX and every statement of ours.

    Prose, notes, engines and proofs may change without reopening a review.
    """
    parts = [claim.id, claim.latex.strip(), claim.paper, *map(str, claim.equations), *claim.assumptions]
    parts += [_stated(check) for check in claim.checks]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _stated(check: Check) -> str:
    obligation = check.obligation
    if isinstance(obligation, Computation):
        what = obligation.claim
    elif isinstance(obligation, Theorem):
        what = f"{obligation.name}: {obligation.claim}"
    else:
        what = obligation.normal_form
    return "\x1f".join((check.id, str(check.role), str(check.expect), what))


def state_of(claim: Claim, reviews: Mapping[str, Review]) -> ReviewState:
    """Return whether a claim's present reading was accepted, was accepted once, or never."""
    review = reviews.get(claim.id)
    if review is None:
        return ReviewState.OPEN
    same = review.digest == reading_digest(claim)
    return ReviewState.REVIEWED if same else ReviewState.REOPENED


def read_reviews(folder: Path) -> dict[str, Review]:
    """Return the reviews of a claims folder by claim; without a file there are none.

    Raises InputError for a file that is not one of reviews.
    """
    path = folder / NAME
    if not path.is_file():
        return {}
    try:
        data: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8-sig"))
        if data["schema"] != SCHEMA:
            raise InputError(f"{path}: written by another version (schema {data['schema']!r})")
        reviews = [Review(**entry) for entry in data["reviews"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path}: not a file of reviews ({error})") from None
    return {review.claim: review for review in reviews}


def reviews_text(reviews: Iterable[Review]) -> str:
    """Return reviews as JSON, by claim: a file that is kept under version control."""
    entries = [asdict(review) for review in sorted(reviews, key=lambda review: review.claim)]
    return json.dumps({"schema": SCHEMA, "reviews": entries}, indent=1, ensure_ascii=False) + "\n"
