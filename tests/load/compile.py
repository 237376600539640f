"""Compiling and checking 500 questions, beside pyxform: CPU time, the two by turns.

compile.py COMPILE COMMAND: the built example `compile` and the command `amtsweg`; needs the packages pyxform and
openpyxl. Both in a process that is warm: ours with every check, theirs the conversion without validation. The whole
command, from its start to its end with the regions of the country loaded, is measured beside it.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time

import openpyxl
from pyxform.xls2xform import convert

COUNT = 500
ROUNDS = 5
TIMES = 20


def ours(path):
    """The same questions as in the other file, in the Amtsweg language."""
    kinds = ["Text, at most 200 characters", "Whole number, 0 to 999", "Date", "Yes or no", "Decimal, 0 to 999, 2 decimal places"]
    lines = ["Language: English", 'Application survey "A survey"', "  Texts: English", "  Version: 1, valid from 01.01.2026"]
    lines += ['  Legal basis: "§ 1"', "  Deadline: none", "  Retention: 1 year after completion", '  What happens next: "We write to you."']
    for i in range(COUNT):
        if i % 25 == 0:
            lines += ["", f'Section g{i} "Section {i}"']
        lines += [f'  Question q{i} "Question number {i}?"', f"    Kind: {kinds[i % 5]}", '    Hint: "A hint"']
        if i % 5 == 0 and i >= 25:
            lines.append(f"    only if: q{i - 5} is answered")
        elif i % 5 == 4 and i > 5:
            lines.append(f"    only if: q{i - 1} = yes")
    lines += ["", 'End page done "Thank you"', '  Text: "That is all."', "", "Responsible", "  | q3  || to            |", "  | any || End page done |"]
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


def theirs(path):
    """The questions as an XLSForm."""
    book = openpyxl.Workbook()
    survey = book.active
    survey.title = "survey"
    survey.append(["type", "name", "label", "hint", "required", "relevant", "constraint", "constraint_message"])
    for i in range(COUNT):
        if i % 25 == 0:
            survey.append(["begin_group", f"g{i}", f"Section {i}"])
        kind = ["text", "integer", "date", "select_one yn", "decimal"][i % 5]
        relevant = ""
        if i % 5 == 0 and i >= 25:
            relevant = f"${{q{i - 5}}} != ''"
        elif i % 5 == 4 and i > 5:
            relevant = f"${{q{i - 1}}} = 'yes'"
        limit = [". >= 0 and . < 1000", "Between 0 and 1000"] if kind == "integer" else ["", ""]
        survey.append([kind, f"q{i}", f"Question number {i}?", "A hint", "yes", relevant, *limit])
        if i % 25 == 24:
            survey.append(["end_group"])
    choices = book.create_sheet("choices")
    for row in (["list_name", "name", "label"], ["yn", "yes", "Yes"], ["yn", "no", "No"]):
        choices.append(row)
    book.save(path)


def cpu_of(*command):
    """Seconds of CPU that a command takes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    ended = subprocess.run(command, capture_output=True, text=True)
    if ended.returncode != 0:
        sys.exit(ended.stdout + ended.stderr)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


with tempfile.TemporaryDirectory() as folder:
    text, sheet = os.path.join(folder, "survey.amt"), os.path.join(folder, "survey.xlsx")
    ours(text)
    theirs(sheet)
    convert(sheet, validate=False)
    own, whole, peer = [], [], []
    for _ in range(ROUNDS):
        once = cpu_of(sys.argv[1], text, "1")
        own.append((cpu_of(sys.argv[1], text, str(TIMES + 1)) - once) / TIMES)
        whole.append(cpu_of(sys.argv[2], "check", text))
        began = time.process_time()
        convert(sheet, validate=False)
        peer.append(time.process_time() - began)

    def line(name, values):
        ratio = statistics.median(theirs / ours for ours, theirs in zip(values, peer))
        return f"{name}: {statistics.median(values) * 1000:.0f} ms of CPU, pyxform {statistics.median(peer) * 1000:.0f} ms: 1/{ratio:.1f}"

    print(line(f"compiling and checking {COUNT} questions", own))
    print(line("the same as a whole command", whole))
