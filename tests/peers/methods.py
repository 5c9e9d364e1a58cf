"""Prints what PYHANDLE and B2HANDLE offer, a line each: package, kind or class, name. Kinds are "function",
"exception" and "key" (of the configuration).
"""
import ast
import importlib
import inspect
import pathlib
import pkgutil
import re

# The constructors that take configuration, and the lists in which they name its keys.
CONFIGURED = {"EUDATHandleClient", "RESTHandleClient", "PIDClientCredentials", "HandleSystemConnector", "Searcher"}
KEY_LISTS = {"useful_args", "optional_args", "defaults"}


def modules(package):
    yield package
    for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        if ".tests" not in found.name:
            yield importlib.import_module(found.name)


def keys(package):
    """The strings in those lists, and the parameters that the constructors describe."""
    for path in pathlib.Path(package.__path__[0]).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and node.name in CONFIGURED:
                for function in node.body:
                    if isinstance(function, ast.FunctionDef) and function.name == "__init__":
                        yield from keys_of(function)


def keys_of(constructor):
    yield from re.findall(r":param (\w+):", ast.get_docstring(constructor) or "")
    for node in ast.walk(constructor):
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", None) in KEY_LISTS:
            values = node.value.keys if isinstance(node.value, ast.Dict) else node.value.elts
            yield from (value.value for value in values)


for package in map(importlib.import_module, ("b2handle", "pyhandle")):
    found = {("key", key) for key in keys(package)}
    for module in modules(package):
        for name, thing in vars(module).items():
            if name.startswith("_") or getattr(thing, "__module__", None) != module.__name__:
                continue
            if inspect.isfunction(thing):
                found.add(("function", name))
            elif inspect.isclass(thing) and issubclass(thing, Exception):
                found.add(("exception", name))
            elif inspect.isclass(thing):
                found.add((name, "__init__"))
                methods = (m for m, kind in vars(thing).items() if not m.startswith("_") and callable(getattr(thing, m)))
                found.update((name, method) for method in methods)
    for kind, name in sorted(found):
        print(package.__name__, kind, name, sep="\t")
