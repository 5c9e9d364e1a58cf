"""Reads one value after the other with PYHANDLE: pyhandle_get.py CREDENTIALS value UNMEASURED COUNT

Prints, like the programs in c/, nanoseconds: wall, and user and system together.
"""

import json
import resource
import sys
import time

from pyhandle.handleclient import PyHandleClient

with open(sys.argv[1], encoding="utf-8") as file:
    credentials = json.load(file)
client = PyHandleClient("rest").instantiate_for_read_access(
    handle_server_url=credentials["handle_server_url"], HTTPS_verify=credentials["HTTPS_verify"]
)


def get(count):
    for nth in range(count):
        url = client.get_value_from_handle(f"21.T12345/EXAMPLE-{nth:06}", "URL")
        assert url.startswith("h")


def used():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


get(int(sys.argv[3]))
wall, cpu = time.monotonic_ns(), used()
get(int(sys.argv[4]))
print(time.monotonic_ns() - wall, round((used() - cpu) * 1e9))
