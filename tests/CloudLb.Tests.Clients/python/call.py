"""Calls one Classic ELB action with boto3: call.py ACTION JSON. Prints the answer as JSON; exits with 1 and prints the error code otherwise."""
import json
import os
import re
import sys

import boto3
from botocore.exceptions import ClientError

action, parameters = sys.argv[1], json.loads(sys.argv[2])
elb = boto3.client("elb", endpoint_url=os.environ["AWS_ENDPOINT_URL"])
method = re.sub(r"(?<!^)(?=[A-Z])", "_", action).lower()
try:
    answer = getattr(elb, method)(**parameters)
except ClientError as error:
    print(error.response["Error"]["Code"], error, file=sys.stderr)
    sys.exit(1)
answer.pop("ResponseMetadata")
print(json.dumps(answer, default=str))
