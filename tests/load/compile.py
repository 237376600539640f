"""Compiling and checking 500 questions, and 300 after a change, beside pyxform: CPU time, the two by turns.

compile.py COMPILE COMMAND: the built example `compile` and the command `amtsweg`; needs the packages pyxform and
openpyxl. Both in a process that is warm: ours with every check, theirs the conversion without validation. The 300 questions
use three building blocks of ten (with pyxform: three groups of ten more), and a word is changed each time. The whole
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

BLOCKS = 3
ROUNDS = 5
TIMES = 20


KINDS = ["Text, at most 200 characters", "Whole number, 0 to 999", "Date", "Yes or no", "Decimal, 0 to 999, 2 decimal places"]


def ours(folder, count, blocks):
    """The same questions as in the other file, in the Amtsweg language."""
    os.makedirs(folder)
    for block in range(blocks):
        lines = ["Language: English", f'Block part{block} "Part {block}"', "  Texts: English"]
        for i in range(10):
            lines += [f'  Question p{i} "Question {i} of part {block}?"', f"    Kind: {KINDS[i % 5]}"]
        with open(os.path.join(folder, f"part{block}.amt"), "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
    lines = ["Language: English", 'Application survey "A survey"', "  Texts: English", "  Version: 1, valid from 01.01.2026"]
    lines += ['  Legal basis: "§ 1"', "  Deadline: none", "  Retention: 1 year after completion", '  What happens next: "We write to you."']
    if blocks:
        lines.append("  uses: " + ", ".join(f"part{block}" for block in range(blocks)))
        lines += ["", 'Section parts "Parts"']
        for block in range(blocks):
            lines += [f'  Question b{block} "Part {block}"', f"    Kind: part{block}"]
    for i in range(count):
        if i % 25 == 0:
            lines += ["", f'Section g{i} "Section {i}"']
        lines += [f'  Question q{i} "Question number {i}?"', f"    Kind: {KINDS[i % 5]}", '    Hint: "A hint"']
        if i % 5 == 0 and i >= 25:
            lines.append(f"    only if: q{i - 5} is answered")
        elif i % 5 == 4 and i > 5:
            lines.append(f"    only if: q{i - 1} = yes")
    lines += ["", 'End page done "Thank you"', '  Text: "That is all."', "", "Responsible", "  | q3  || to            |", "  | any || End page done |"]
    with open(os.path.join(folder, "survey.amt"), "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


def theirs(path, count, blocks):
    """The questions as an XLSForm."""
    book = openpyxl.Workbook()
    survey = book.active
    survey.title = "survey"
    survey.append(["type", "name", "label", "hint", "required", "relevant", "constraint", "constraint_message"])
    for block in range(blocks):
        survey.append(["begin_group", f"b{block}", f"Part {block}"])
        for i in range(10):
            kind = ["text", "integer", "date", "select_one yn", "decimal"][i % 5]
            survey.append([kind, f"b{block}p{i}", f"Question {i} of part {block}?", "", "yes"])
        survey.append(["end_group"])
    for i in range(count):
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
        if i % 25 == 24 or i == count - 1:
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


def measure(name, count, blocks, how):
    """Prints a line; `how` is what the example does each time."""
    with tempfile.TemporaryDirectory() as place:
        folder, sheet = os.path.join(place, "forms"), os.path.join(place, "survey.xlsx")
        ours(folder, count, blocks)
        theirs(sheet, count, blocks)
        convert(sheet, validate=False)
        own, whole, peer = [], [], []
        for _ in range(ROUNDS):
            once = cpu_of(sys.argv[1], folder, how, "1")
            own.append((cpu_of(sys.argv[1], folder, how, str(TIMES + 1)) - once) / TIMES)
            whole.append(cpu_of(sys.argv[2], "check", folder))
            began = time.process_time()
            convert(sheet, validate=False)
            peer.append(time.process_time() - began)

    def line(name, values):
        ratio = statistics.median(theirs / ours for ours, theirs in zip(values, peer))
        return f"{name}: {statistics.median(values) * 1000:.1f} ms of CPU, pyxform {statistics.median(peer) * 1000:.0f} ms: 1/{ratio:.1f}"

    print(line(name, own))
    print(line("the same as a whole command", whole))


measure("compiling and checking 500 questions", 500, 0, "anew")
measure("300 questions and three building blocks after a change", 300, BLOCKS, "again")
