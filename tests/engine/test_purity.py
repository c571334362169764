"""The engine is a function of its arguments: it reads no clock, disk, socket, chance or environment."""

import ast
from pathlib import Path

import pytest

import fanlight.policy

FOLDER = Path(fanlight.policy.__file__).parent
FILES = sorted(FOLDER.rglob("*.py"))

# The parts of the standard library that only reckon. Of `zoneinfo`, the zones are data.
RECKONING = {
    "__future__", "abc", "bisect", "calendar", "collections", "contextlib", "copy", "dataclasses", "datetime",
    "decimal", "difflib", "enum", "fractions", "functools", "graphlib", "heapq", "itertools", "json", "math",
    "operator", "re", "string", "textwrap", "tomllib", "types", "typing", "unicodedata", "zoneinfo",
}  # fmt: skip
REACHING_OUT = {"open", "input", "print", "eval", "exec", "compile", "__import__", "breakpoint", "globals"}
CLOCKS = {"now", "today", "utcnow", "fromtimestamp", "localtime"}


def imported(tree: ast.Module) -> set[str]:
    """This function will name every module that a file imports, whole."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add("fanlight.policy" if node.level else str(node.module))
            if node.module == "fanlight":
                names |= {f"fanlight.{alias.name}" for alias in node.names}
    return names - {"fanlight"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_engine_imports_only_what_reckons(file):
    for name in imported(ast.parse(file.read_text(encoding="utf-8"))):
        of_the_engine = name == "fanlight.policy" or name.startswith("fanlight.policy.")
        assert of_the_engine or name.split(".")[0] in RECKONING, f"{file.name} imports {name}"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_engine_reads_no_clock_and_reaches_for_nothing_outside(file):
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name):
            assert node.func.id not in REACHING_OUT, f"{file.name}, line {node.lineno}: {node.func.id}"
        if isinstance(node.func, ast.Attribute) and not (node.args or node.keywords):
            assert node.func.attr not in CLOCKS, f"{file.name}, line {node.lineno}: .{node.func.attr}()"


def test_the_check_itself_sees_an_import_that_reaches_out():
    tree = ast.parse("import os\nfrom fanlight import present\nfrom .clock import x\nfrom urllib.request import y")
    assert imported(tree) == {"os", "fanlight.present", "fanlight.policy", "urllib.request"}


def test_no_table_lets_django_read_the_clock_for_it():
    for file in sorted(FOLDER.parent.rglob("*.py")):
        assert "auto_now" not in file.read_text(encoding="utf-8"), file.name
