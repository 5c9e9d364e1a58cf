"""Performs operations with PYHANDLE or B2HANDLE as it is told on standard input.

    driver.py pyhandle|b2handle CREDENTIALS.json

Each line is an operation: fields between tabs, percent-encoded. The answer is a line too: "ok" or the name of
the exception, and what was read. driver.c does the same with the C library.
"""
import json
import sys
import warnings
from urllib.parse import quote, unquote

warnings.simplefilter("ignore")  # The sandbox's certificate has no name, so nobody could verify it.

PEER, CREDENTIALS = sys.argv[1:]
if PEER == "pyhandle":
    from pyhandle.client.resthandleclient import RESTHandleClient as Client
    from pyhandle.clientcredentials import PIDClientCredentials
else:
    from b2handle.handleclient import EUDATHandleClient as Client
    from b2handle.clientcredentials import PIDClientCredentials

client = Client.instantiate_with_credentials(PIDClientCredentials.load_from_JSON(CREDENTIALS))


def pairs(fields):
    return dict(zip(fields[::2], fields[1::2]))


def register(handle, fields, overwrite):
    values = pairs(fields)
    if PEER == "pyhandle":
        return client.register_handle_kv(handle, overwrite, **values)
    url, checksum = values.pop("URL"), values.pop("CHECKSUM", None)
    return client.register_handle(handle, url, checksum, overwrite=overwrite, **values)


def text(data):
    """Data as text: structures as JSON."""
    return data if isinstance(data, str) else json.dumps(data)


def perform(verb, handle, *fields):
    """What an operation returns, as texts."""
    if verb == "register" or verb == "overwrite":
        return [register(handle, fields, verb == "overwrite")]
    if verb == "register_json" or verb == "overwrite_json":
        return [client.register_handle_json(handle, json.loads(fields[0]), verb == "overwrite_json")]
    if verb == "generate":
        return [client.generate_and_register_handle(handle, pairs(fields)["URL"])]
    if verb == "modify":
        ttl = int(fields[0]) if fields[0] else None
        client.modify_handle_value(handle, ttl=ttl, **pairs(fields[1:]))
    elif verb == "modify_only":
        client.modify_handle_value(handle, add_if_not_exist=False, **pairs(fields))
    elif verb == "add":
        client.add_handle_value(handle, **pairs(fields))
    elif verb == "delete_values":
        client.delete_handle_value(handle, list(fields))
    elif verb == "delete":
        client.delete_handle(handle)
    elif verb == "register_loc":
        client.register_handle(handle, fields[0], additional_URLs=list(fields[1:]))
    elif verb == "loc_empty":
        return [str(client.is_10320LOC_empty(handle))]
    elif verb == "loc_has":
        return [str(client.is_URL_contained_in_10320LOC(handle, fields[0]))]
    elif verb == "loc_add":
        client.add_additional_URL(handle, *fields)
    elif verb == "loc_set":
        client.add_additional_URL(handle, fields[0], **pairs(fields[1:]))
    elif verb == "loc_exchange":
        client.exchange_additional_URL(handle, *fields)
    elif verb == "loc_remove":
        client.remove_additional_URL(handle, *fields)
    elif verb == "get":
        value = client.get_value_from_handle(handle, fields[0])
        return None if value is None else [text(value)]
    elif verb == "record":
        record = client.retrieve_handle_record_json(handle)
        if record is None:
            return None
        values = sorted(record["values"], key=lambda value: value["index"])
        return [
            text(field)
            for value in values
            for field in (value["index"], value["type"], value["data"]["value"], value["ttl"])
        ]
    elif verb == "search":
        prefix = {"prefix": handle} if handle else {}
        return sorted(client.search_handle(**prefix, **pairs(fields)))
    else:
        raise ValueError(verb)
    return []


for line in sys.stdin:
    try:
        result = perform(*map(unquote, line.rstrip("\n").split("\t")))
        # Where there is nothing to read, the peers return None and raise no exception.
        answer = ["None"] if result is None else ["ok", *result]
    except Exception as problem:
        answer = [type(problem).__name__, str(problem)]
    print(*(quote(field, safe=" ") for field in answer), sep="\t", flush=True)
