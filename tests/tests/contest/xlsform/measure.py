#!/usr/bin/env python3
"""How many of the same mistakes pyxform with ODK Validate names on the right row.

    python3 -m venv v && v/bin/pip install pyxform && v/bin/python tests/tests/contest/xlsform/measure.py

ODK Validate comes with pyxform and needs Java. Nothing is sent anywhere.
"""

import re
import sys
import tempfile
import tomllib
from pathlib import Path

from pyxform import __version__
from pyxform.errors import PyXFormError
from pyxform.validators.odk_validate import ODKValidateError, check_xform
from pyxform.xls2xform import convert

HERE = Path(__file__).parent


def ask(form):
    """Everything that is said to a form, errors and warnings."""
    warnings = []
    try:
        result = convert(form, warnings=warnings, validate=False, pretty_print=False)
        warnings.extend(result.warnings or [])
        with tempfile.NamedTemporaryFile("w", suffix=".xml", encoding="utf-8") as file:
            file.write(result.xform)
            file.flush()
            warnings.extend(check_xform(file.name) or [])
    except (PyXFormError, ODKValidateError) as error:
        return "refused", "\n".join([*map(str, warnings), str(error)])
    return "taken", "\n".join(map(str, warnings))


def row_of(form, text):
    """The number of the row in its sheet, the header being the first, and the name in it."""
    number = 0
    for line in form.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if cells[0]:
            number = 0
        else:
            number += 1
        if text in line:
            return number, cells[2] if len(cells) > 2 else ""
    sys.exit(f"no row with {text!r}")


def main():
    form = (HERE / "form.md").read_text(encoding="utf-8")
    verdict, said = ask(form)
    if verdict != "taken":
        sys.exit(f"the form without mistakes is refused: {said}")
    plain = set(said.splitlines())
    counts = {"right row": 0, "its name only": 0, "elsewhere": 0, "nothing": 0}
    mistakes = tomllib.loads((HERE / "mistakes.toml").read_text(encoding="utf-8"))["mistake"]
    for mistake in mistakes:
        text = form
        for old, new in mistake["change"]:
            if text.count(old) != 1:
                sys.exit(f"{mistake['name']}: {old!r} occurs {text.count(old)} times")
            text = text.replace(old, new)
        row, name = row_of(text, mistake["row"])
        verdict, said = ask(text)
        said = "\n".join(line for line in said.splitlines() if line not in plain)
        rows = {int(number) for number in re.findall(r"\brow\s*:?\s*(\d+)", said, re.IGNORECASE)}
        if row in rows:
            found = "right row"
        elif name and re.search(rf"\b{re.escape(name)}\b", said):
            found = "its name only"
        else:
            found = "elsewhere" if said.strip() else "nothing"
        counts[found] += 1
        first = " ".join(said.split())[:150]
        print(f"{mistake['name']:24} row {row:2}  {verdict:8} {found:14} {first}")
    print(f"pyxform {__version__} with ODK Validate, {len(mistakes)} mistakes:", counts)


main()
