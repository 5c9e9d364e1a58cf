"""Runs the integration tests of B2HANDLE and PYHANDLE against the sandbox: run.py SANDBOX FOLDER

FOLDER takes what is downloaded, and keeps it. The exit status is 0 if exactly the tests of expected.txt fail, 1 if
not, and 77 if nothing could be tested since something cannot be downloaded.
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
PACKAGES = ("b2handle", "pyhandle")
CANNOT_TEST = 77


def pip(*arguments):
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        print("\n".join(["pip failed:", *done.stdout.splitlines()[-5:]]), file=sys.stderr)
        sys.exit(CANNOT_TEST)


def download(folder):
    """The sources of the packages, and what they import; once."""
    wanted = "".join((HERE / name).read_text() for name in ("sdists.txt", "requirements.txt")) + sys.version
    stamp = folder / "complete"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    pip("install", "--quiet", "--target", folder / "imports", "--requirement", HERE / "requirements.txt")
    # B2HANDLE says that it is not for current versions of Python.
    pip("download", "--quiet", "--no-deps", "--no-binary", ",".join(PACKAGES), "--ignore-requires-python",
        "--dest", folder, "--requirement", HERE / "sdists.txt")
    for package in PACKAGES:
        [archive] = folder.glob(f"{package}-*.tar.gz")
        with tarfile.open(archive) as tar:
            # Versions of Python without it trust what is in archives.
            tar.extraction_filter = getattr(tarfile, "data_filter", lambda member, path: member)
            tar.extractall(folder / "unpacked")
        [source] = (folder / "unpacked").glob(f"{package}-*")
        source.rename(folder / package)
    stamp.write_text(wanted)


def resources(ready):
    """What the packages want to have filled in in testvalues_for_integration_tests_template_PUBLIC.json."""
    url, user = ready["https"].rstrip("/"), ready["users"][0]
    name = "21.T14999/"
    return {
        "user": user["id"],
        "password": user["password"],
        "handle_server_url_read": url,
        "handle_server_url_write": url,
        "url_extension_REST_API": "/api/handles/",
        "reverselookup_username": "search",
        "reverselookup_password": "search-secret",
        "reverselookup_baseuri": url,
        "reverselookup_baseuri_wrong": url + "/wrong",
        "reverselookup_url_extension": "/hrls/handles",
        "handle_for_read_tests": name + "TO_READ",
        "handle_for_read_tests_with_10320LOC": name + "READ_WITH_LOC",
        "handle_for_read_tests_without_10320LOC": name + "READ_WITHOUT_LOC",
        "handle_globally_resolvable": name + "TO_READ",
        "handle_to_be_created": name + "CREATED",
        "handle_to_be_modified": name + "MODIFIED",
        "handle_to_be_modified_with_10320LOC": name + "WITH_LOC",
        "handle_to_be_modified_without_10320LOC": name + "WITHOUT_LOC",
        # The certificate of a Handle server has no name that could be verified.
        "HTTPS_verify": False,
    }


def run(package, sandbox, folder):
    """The problem of each test, against a sandbox of its own."""
    with tempfile.TemporaryDirectory() as scratch:
        ready = pathlib.Path(scratch) / "ready.json"
        server = subprocess.Popen([sandbox, "--listen", "127.0.0.1:0", "--fixture", HERE / "fixture.json",
                                   "--ready-file", ready], stdout=subprocess.DEVNULL)
        try:
            while not ready.exists():
                if server.poll() is not None:
                    sys.exit("the sandbox did not start")
                time.sleep(0.05)
            tests = folder / package / package / "tests"
            values = resources(json.loads(ready.read_text()))
            (tests / "resources" / "testvalues_for_integration_tests_IGNORE.json").write_text(json.dumps(values))
            environment = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
            environment["PYTHONPATH"] = os.pathsep.join([str(folder / package), str(folder / "imports")])
            done = subprocess.run([sys.executable, HERE / "suite.py", package], env=environment, cwd=scratch,
                                  stdout=subprocess.PIPE, text=True)
            if done.returncode != 0:
                sys.exit(f"the tests of {package} broke off")
            return dict(json.loads(line) for line in done.stdout.splitlines() if line.startswith("["))
        finally:
            server.terminate()
            server.wait()


def main():
    sandbox, folder = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
    download(folder)
    problems = {}
    for package in PACKAGES:
        problems.update(run(package, sandbox, folder))
    lines = [line for line in (HERE / "expected.txt").read_text().splitlines() if line and line[0] != "#"]
    expected = dict(line.split(": ", 1) for line in lines)
    failed = {name: problem for name, problem in problems.items() if problem}
    for name in sorted(failed.keys() - expected.keys()):
        print(f"FAILED, and is not expected to: {name}: {failed[name]}")
    for name in sorted(expected.keys() - failed.keys()):
        print(f"{'PASSED' if name in problems else 'MISSING'}, and is expected to fail: {name}: {expected[name]}")
    print(f"{len(problems) - len(failed)} passed, {len(failed)} failed; {len(expected)} are expected to fail")
    return int(failed.keys() != expected.keys())


if __name__ == "__main__":
    sys.exit(main())
