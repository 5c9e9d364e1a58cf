"""Runs the integration tests of a package: suite.py PACKAGE

Prints a line of JSON for each test, [name, problem], with an empty problem where it passed.
"""

import glob
import importlib
import json
import os
import socket
import sys
import unittest
import warnings


def only_loopback(host, *args, _resolve=socket.getaddrinfo, **kwargs):
    """No test may reach anything but the sandbox; whether others can be reached must not decide its outcome."""
    if host not in ("127.0.0.1", "localhost"):
        raise socket.gaierror(socket.EAI_NONAME, f"the tests are not let through to {host}")
    return _resolve(host, *args, **kwargs)


class Result(unittest.TestResult):
    def startTest(self, test):
        super().startTest(test)
        self.problem = ""

    def addError(self, test, error):
        super().addError(test, error)
        self.problem = f"{error[0].__name__}: {error[1]}"
        if not hasattr(test, "_testMethodName"):
            raise SystemExit(f"{test}: {self.problem}")  # not in a test, but in what surrounds it

    addFailure = addError

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.problem = f"skipped: {reason}"

    def stopTest(self, test):
        super().stopTest(test)
        print(json.dumps([f"{PACKAGE} {FILE}.{test._testMethodName}", " ".join(self.problem.split())[:500]]))


PACKAGE = sys.argv[1]
warnings.simplefilter("ignore")
socket.getaddrinfo = only_loopback
# As when the packages start their tests: some rely on what this imports.
importlib.import_module(f"{PACKAGE}.tests.main_test_script")
folder = os.path.dirname(importlib.import_module(f"{PACKAGE}.tests.testcases").__file__)
for path in sorted(glob.glob(f"{folder}/*_integration_test.py")):
    FILE = os.path.basename(path)[: -len(".py")]
    try:
        module = importlib.import_module(f"{PACKAGE}.tests.testcases.{FILE}")
    except Exception as error:
        print(json.dumps([f"{PACKAGE} {FILE}", f"cannot be imported: {type(error).__name__}: {error}"]))
        continue
    unittest.defaultTestLoader.loadTestsFromModule(module).run(Result())
