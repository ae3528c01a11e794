"""Runs the AWS CLI once for each list of arguments: aws_cli.py JSON, a list of such lists. Prints a list of [exit code, output, errors].

Its modules are loaded once, which is most of what a run of it costs; each run is a process of its own."""
import json
import os
import sys
import tempfile
import traceback

import awscli.clidriver
import awscli.handlers  # Loaded by the CLI itself when it is asked for something.


def run(arguments):
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        child = os.fork()
        if child == 0:
            os.dup2(output.fileno(), 1)
            os.dup2(errors.fileno(), 2)
            os._exit(main(arguments))
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        return [code] + [file.seek(0) or file.read().decode() for file in (output, errors)]


def main(arguments):
    sys.argv = ["aws"] + arguments
    try:
        return awscli.clidriver.main()
    except SystemExit as end:
        return end.code or 0
    except BaseException:
        traceback.print_exc()
        return 255
    finally:
        sys.stdout.flush()
        sys.stderr.flush()


print(json.dumps([run(arguments) for arguments in json.loads(sys.argv[1])]))
