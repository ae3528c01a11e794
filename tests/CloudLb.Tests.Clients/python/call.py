"""Calls AWS APIs with boto3: call.py JSON, a list of [verb, name, parameters]. Prints a list of answers; a refused call's is {"error": [code, message]}.

Verbs: call (an action; of version 2, elbv2:Action), wait (a waiter, looking every second), presign (a URL for an action; Params, HttpMethod)."""
import json
import os
import re
import sys

import boto3
from botocore.exceptions import ClientError

ENDPOINT = os.environ["AWS_ENDPOINT_URL"]


NEIGHBOURS = {
    "GetCallerIdentity": "sts", "CreateAccessKey": "iam", "DeleteAccessKey": "iam", "GetUser": "iam", "ListAccessKeys": "iam", "UpdateAccessKey": "iam",
}


def client(name):
    service = name.split(":")[0] if ":" in name else NEIGHBOURS.get(name, "elb")
    return boto3.client(service, endpoint_url=ENDPOINT)


def snake(name):
    return re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name.split(":")[-1]).lower()


def answer(verb, name, parameters):
    if verb == "wait":
        return client(name).get_waiter(snake(name)).wait(WaiterConfig={"Delay": 1, "MaxAttempts": 40}, **parameters)
    if verb == "presign":
        return client(name).generate_presigned_url(snake(name), **parameters)
    try:
        answered = getattr(client(name), snake(name))(**parameters)
    except ClientError as error:
        return {"error": [error.response["Error"]["Code"], error.response["Error"].get("Message")]}
    answered.pop("ResponseMetadata")
    return answered


print(json.dumps([answer(*call) for call in json.loads(sys.argv[1])], default=str))
