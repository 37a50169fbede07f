"""Checks JSON documents against a JSON Schema: validate.py SCHEMA[,SCHEMA] DOCUMENT ...; the first schema is the one that holds,
the others are those it names."""

import json
import sys

from jsonschema import Draft202012Validator
from referencing import Registry, Resource


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


schemas = [load(path) for path in sys.argv[1].split(",")]
registry = Registry().with_resources((schema["$id"], Resource.from_contents(schema)) for schema in schemas)
for schema in schemas:
    Draft202012Validator.check_schema(schema)
validator = Draft202012Validator(schemas[0], registry=registry)
wrong = [f"{path}: {error.json_path}: {error.message}" for path in sys.argv[2:] for error in validator.iter_errors(load(path))]
print("\n".join(wrong))
sys.exit(1 if wrong else 0)
