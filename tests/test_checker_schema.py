"""The published schema of proof objects says what the checker reads."""

import json
from importlib.resources import files

import jsonschema
import pytest
from mutating import mutants
from proof_objects import PROOFS

from srverify.checker.certificate import recheck, written
from srverify.checker.rejected import RejectedError
from srverify.checker.rules import RULES
from srverify.language.statement import Statement

SCHEMA = json.loads((files("srverify.checker") / "proof.schema.json").read_text())
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def test_the_schema_is_one_and_knows_every_rule():
    VALIDATOR.check_schema(SCHEMA)
    node = SCHEMA["$defs"]["node"]
    assert set(node["properties"]["rule"]["enum"]) == set(RULES)
    assert {entry["then"]["$ref"].rsplit("/", 1)[1] for entry in node["allOf"]} == set(RULES)


@pytest.mark.parametrize("name", PROOFS)
def test_accepted_proofs_follow_the_schema(name):
    VALIDATOR.validate(json.loads(written(*PROOFS[name])))


def test_what_the_schema_refuses_the_checker_refuses():
    refused = 0
    for name in PROOFS:
        for kind, statement, proof in mutants(*PROOFS[name]):
            if kind in ("a parameter dropped", "another index", "a factor's kind", "another rule"):
                text = written(statement, proof)
                if not VALIDATOR.is_valid(json.loads(text)):
                    refused += 1
                    with pytest.raises(RejectedError):
                        recheck(text)
    assert refused > 100


@pytest.mark.parametrize(
    "node",
    [
        {"rule": "cover", "tree": ["x", 1, "i"]},
        {"rule": "cover", "tree": "i", "trust": True},
        {"rule": "split", "var": "x", "at": 0.5},
        {"rule": "magic"},
        {"rule": "combine", "terms": [{"coeff": "1", "factors": [["hyp", "0"]]}]},
    ],
)
def test_the_schema_refuses_what_is_no_proof_object(node):
    data = json.loads(written(Statement.parse("x < 1"), node))
    assert not VALIDATOR.is_valid(data)
