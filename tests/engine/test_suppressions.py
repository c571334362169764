"""Whoever silences a check says why, on the line."""

import io
import re
import tokenize
from pathlib import Path

ROOT = Path(__file__).parents[2]
SILENCED = re.compile(r"#\s*(noqa|type:\s*ignore)")
EXPLAINED = re.compile(r"#\s*(noqa:\s*[A-Z]+\d+(,\s*[A-Z]+\d+)*|type:\s*ignore\[[a-z, -]+\])\W*\w+\W+\w+")


def unexplained(text: str) -> list[int]:
    """This function will give the lines on which a check is silenced without a code and a reason."""
    lines = []
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT and SILENCED.search(token.string) and not EXPLAINED.search(token.string):
            lines.append(token.start[0])
    return lines


def test_every_silenced_check_has_a_code_and_a_reason():
    for folder in ("src", "tests"):
        for file in sorted((ROOT / folder).rglob("*.py")):
            assert not unexplained(file.read_text(encoding="utf-8")), f"{file.relative_to(ROOT)}"


def test_a_bare_one_is_seen_and_one_with_its_reason_is_let_be():
    assert unexplained("x = 1  # noqa\ny = 2  # noqa: S101 - the reason why\n") == [1]
    assert unexplained("x = 1  # type: ignore[arg-type]\ny = 2  # type: ignore[arg-type]  # stubs are wrong\n") == [1]
