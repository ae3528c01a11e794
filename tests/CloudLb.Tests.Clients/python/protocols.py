"""Calls the service that has every kind of member: protocols.py MODEL PROTOCOL, one of query, ec2, json10, json11, cbor. Ends with 0 if all was as it must be,
with 3 if this botocore does not speak the protocol. The model is MODEL for that protocol alone."""
import datetime
import json
import os
import sys
import tempfile

import boto3
import botocore.exceptions
import botocore.loaders
import botocore.serialize
import botocore.session

PROTOCOLS = {
    "query": {"protocol": "query"},
    "ec2": {"protocol": "ec2", "apiVersion": "2020-01-02"},
    "json10": {"protocol": "json", "jsonVersion": "1.0"},
    "json11": {"protocol": "json", "jsonVersion": "1.1", "targetPrefix": "Kinds11_20200101"},
    "cbor": {"protocol": "smithy-rpc-v2-cbor"},
}
NOON = datetime.datetime(2026, 11, 29, 12, 0, 0, tzinfo=datetime.timezone.utc)
KINDS = {
    "Text": "ünïcödé 日本 <&> \"😀\"", "Small": 0, "Long": -5000000000, "Double": 0.1, "Boolean": False, "Time": NOON, "Blob": bytes(range(256)), "Secret": "hidden",
    "Texts": ["a", "b"], "Smalls": [1, 100], "Doubles": [1.5, -2e300, 3.0], "Times": [NOON, NOON + datetime.timedelta(days=1)], "FlatTexts": ["x", "y y"],
    "Trees": [{"Name": "root", "Trees": [{"Name": "branch", "Trees": [{"Name": "leaf"}]}, {"Name": "other"}]}],
}
# EC2's form has neither maps nor lists in lists.
MORE = {
    "Lists": [["a"], ["b", "c"]], "Attributes": {"a": "1", "b": ""}, "FlatWeights": {"x y": 0.5, "z": 2.0},
    "TreesByName": {"first": {"Name": "a"}, "second": {"Name": "b", "Trees": [{"Name": "c"}]}},
}


def client(model, protocol):
    with open(model, encoding="utf-8") as file:
        service = json.load(file)
    metadata = service["metadata"]
    for name in ("protocols", "jsonVersion"):
        metadata.pop(name)
    metadata.update(PROTOCOLS[protocol])
    metadata["protocols"] = [metadata["protocol"]]
    if metadata["protocol"] not in botocore.serialize.SERIALIZERS:
        sys.exit(3)
    if protocol == "ec2":
        for operation in service["operations"].values():
            operation.get("output", {}).pop("resultWrapper", None)
    if protocol == "json11":
        # A service that never spoke Query has no codes beside its shapes' names.
        service["shapes"]["BrokenFault"]["error"].pop("code")
    if protocol in ("json11", "ec2"):
        metadata.pop("awsQueryCompatible")
    folder = tempfile.mkdtemp(prefix="kinds-")
    place = os.path.join(folder, "kinds", metadata["apiVersion"])
    os.makedirs(place)
    pages = {"pagination": {"ListThings": {
        "input_token": "NextToken", "output_token": "NextToken", "limit_key": "MaxItems", "result_key": "Things"}}}
    for name, content in ("service-2", service), ("paginators-1", pages):
        with open(os.path.join(place, name + ".json"), "w", encoding="utf-8") as file:
            json.dump(content, file)
    session = botocore.session.Session()
    session.get_component("data_loader").search_paths.append(folder)
    return boto3.Session(botocore_session=session).client("kinds", endpoint_url=os.environ["AWS_ENDPOINT_URL"])


def refused(call, **parameters):
    try:
        call(**parameters)
    except botocore.exceptions.ClientError as error:
        return error.response
    raise AssertionError("not refused")


def equal(expected, found):
    assert expected == found, f"expected {expected!r}, found {found!r}"


def main(model, protocol):
    kinds = client(model, protocol)
    sent = KINDS if protocol == "ec2" else KINDS | MORE
    answer = kinds.echo(**sent)
    equal(200, answer.pop("ResponseMetadata")["HTTPStatusCode"])
    equal(36, len(answer.pop("Token")))
    equal(sent, answer)

    # Nothing but what is required, and lists and maps without anything in them.
    answer = kinds.echo(Text="", Token="t")
    answer.pop("ResponseMetadata")
    equal({"Text": "", "Token": "t"}, answer)
    if protocol != "ec2":
        # A form cannot say that a map is empty.
        answer = kinds.echo(Text="x", Token="t", Trees=[], Attributes={})
        equal(([], {} if protocol != "query" else None), (answer["Trees"], answer.get("Attributes")))

    # More than 10,240 bytes: compressed where the client can do that.
    long = "long text " * 10_000
    equal(long, kinds.echo(Text=long)["Text"])

    equal([f"thing {number}" for number in range(7)], kinds.get_paginator("list_things").paginate(PaginationConfig={"PageSize": 3}).build_full_result()["Things"])
    equal(200, kinds.ping()["ResponseMetadata"]["HTTPStatusCode"])

    error = refused(kinds.echo, Text="broken")
    code = "BrokenFault" if protocol == "json11" else "Broken"
    equal((409, code, "It is broken."), (error["ResponseMetadata"]["HTTPStatusCode"], error["Error"]["Code"], error["Error"]["Message"]))
    if protocol in ("query", "json10", "json11", "cbor"):
        details = error["Error"] if protocol == "query" and "part" not in error else error
        equal(("hinge", 7), (details["part"], int(details["position"])))

    error = refused(kinds.echo, Text="x", Small=101, Texts=["UPPER", "b"], Secret="far too long")
    equal("ValidationException" if protocol == "json11" else "ValidationError", error["Error"]["Code"])
    told = error["Error"]["Message"]
    assert told.startswith("3 validation errors detected: Value '101' at 'small' failed to satisfy constraint: Member must have value less than or equal"), told
    assert "Value '[UPPER, b]' at 'texts' failed to satisfy constraint: Member must satisfy constraint: [" in told, told
    assert "far too long" not in told, told

    error = refused(kinds.echo, Text="internal")
    equal((500, "InternalFailure"), (error["ResponseMetadata"]["HTTPStatusCode"], error["Error"]["Code"]))


main(*sys.argv[1:])
