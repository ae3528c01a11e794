"""Calls AWS services with boto3, one after the other: calls.py JSON, a list of [SERVICE, ACTION, PARAMETERS]. Prints the list of answers as JSON; an
error is {"error": [CODE, MESSAGE]}."""
import json
import os
import re
import sys

import boto3
from botocore.exceptions import ClientError

clients = {}
answers = []
for service, action, parameters in json.loads(sys.argv[1]):
    if service not in clients:
        clients[service] = boto3.client(service, endpoint_url=os.environ["AWS_ENDPOINT_URL"])
    try:
        answer = getattr(clients[service], re.sub(r"(?<!^)(?=[A-Z])", "_", action).lower())(**parameters)
        answer.pop("ResponseMetadata")
        answers.append(answer)
    except ClientError as error:
        answers.append({"error": [error.response["Error"]["Code"], error.response["Error"]["Message"]]})
print(json.dumps(answers, default=str))
