"""A folder of forms with as many questions and building blocks as wanted, for measuring."""

import os

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
    office(folder)
    lines = ["Language: English", 'Application survey "A survey"', "  Texts: English", "  Category: homes", "  Version: 1, valid from 01.01.2026"]
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
            lines.append(f"    only if: q{i - 4} > 10")
        elif i % 5 == 4 and i > 5:
            lines.append(f"    only if: q{i - 1} = yes")
    lines += ["", 'End page done "Thank you"', '  Text: "That is all."']
    lines += ["", "Responsible", "  | q3  || to            |", "  | yes || office        |", "  | no  || End page done |"]
    with open(os.path.join(folder, "survey.amt"), "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


def office(folder):
    """The authority that the answers go to."""
    lines = ["Language: English", 'Authority office "Office"', "  Level: City", '  Area: "Norderstedt"', "  Channel: E-mail office@town.example"]
    with open(os.path.join(folder, "office.amt"), "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
