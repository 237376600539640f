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

from questions import ours

BLOCKS = 3
ROUNDS = 5
TIMES = 20


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
            relevant = f"${{q{i - 4}}} > 10"
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
