"""Asks two data sets of others whether AWS offers something.

Standard input: a list of {"schema": file below cfn-lint's extensions, "region": name or null, "value": object or text}
{"classOf": [engine, version], "value": text} or {"enum": [service, shape], "value": text}. Standard output: the indices of those that do not fit, with the reason.
"""

import json
import os
import sys

import botocore.session
import cfnlint
from jsonschema import Draft7Validator

FOLDER = os.path.join(os.path.dirname(cfnlint.__file__), "data", "schemas", "extensions")
validators = {}
session = botocore.session.get_session()
models = {}


def validator(path, region):
    if (path, region) not in validators:
        with open(os.path.join(FOLDER, path), encoding="utf-8") as file:
            schema = json.load(file)
        if region is not None and region not in schema:
            raise KeyError(f"{path} does not know the region {region}")
        validators[(path, region)] = Draft7Validator(schema if region is None else schema[region])
    return validators[(path, region)]


def words(service, shape):
    if service not in models:
        models[service] = session.get_service_model(service)
    found = models[service].shape_for(shape).enum
    if not found:
        raise KeyError(f"{service} has no words for {shape}")
    return found


def classes(engine, version):
    """Sizes of an engine in any version that begins so."""
    with open(os.path.join(FOLDER, "aws_rds_dbinstance/db_instance_class.json"), encoding="utf-8") as file:
        rules = json.load(file)["allOf"]
    found = set()
    for rule in rules:
        asked = rule["if"]["properties"]
        begins = asked["EngineVersion"].get("pattern", "").replace("\\", "").lstrip("^(")
        if asked["Engine"].get("const") == engine and begins.startswith(version):
            found.update(rule["then"]["properties"]["DBInstanceClass"]["enum"])
    return found


def mistake(item):
    if "classOf" in item:
        allowed = classes(*item["classOf"])
        return None if item["value"] in allowed else f"is none of the {len(allowed)} sizes"
    if "enum" in item:
        allowed = words(*item["enum"])
        return None if item["value"] in allowed else f"is none of {', '.join(allowed)}"
    error = next(validator(item["schema"], item["region"]).iter_errors(item["value"]), None)
    return None if error is None or is_short_for_one(error) else error.message[:200]


def is_short_for_one(error):
    """A version may be given by its first numbers: AWS takes its newest of these."""
    versions = error.validator == "enum" and error.path and error.path[-1] == "EngineVersion"
    return versions and any(str(each).startswith(f"{error.instance}.") for each in error.validator_value)


found = [{"index": index, "says": says} for index, item in enumerate(json.load(sys.stdin)) if (says := mistake(item))]
json.dump(found, sys.stdout)
