"""The portal as a workbook, in programs that people use: LibreOffice saves it, openpyxl edits it, and it comes back.

FILIERE names the program. It runs in a copy of the portal, which is thrown away.
"""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from openpyxl import load_workbook

PORTAL = Path(__file__).resolve().parents[2]
FILIERE = os.environ["FILIERE"]


def filiere(*arguments, status=0):
    run = subprocess.run([FILIERE, *map(str, arguments)], cwd=site, capture_output=True, text=True, timeout=120)
    assert run.returncode == status, f"{arguments}: {run.returncode}\n{run.stdout}\n{run.stderr}"
    return run.stdout


def converted(book, ending):
    """What LibreOffice makes of a workbook."""
    folder = work / ending
    # A profile of its own, so that an office that is open does not answer.
    office = ["soffice", f"-env:UserInstallation=file://{work}/office", "--headless", "--convert-to", ending]
    subprocess.run([*office, "--outdir", folder, book], check=True, capture_output=True, timeout=300)
    return folder / f"{book.stem}.{ending}"


def ids(sheet):
    """The column of each id, from 1, and the row of each profile."""
    columns = {cell.value: cell.column for cell in sheet[2] if cell.value}
    rows = {sheet.cell(row, columns.get("id", 1)).value: row for row in range(3, sheet.max_row + 1)}
    return columns, rows


def comes_back():
    """What comes back as it went out changes nothing, also after LibreOffice has saved it in three formats."""
    ods = converted(book, "ods")
    again = converted(ods, "xlsx")
    old = converted(book, "xls")
    for path in [book, ods, again, old]:
        assert filiere("import", path) == "nothing to change\n", path
    filiere("export", work / "tables", "--format", "csv")
    assert filiere("import", *sorted((work / "tables").iterdir())) == "nothing to change\n"
    print(f"comes back as it was: {', '.join(path.suffix for path in [book, ods, again, old])}, CSV")


def has_drop_downs():
    """A cell with one value can only have what its list has; for several, the list is a suggestion."""
    sheet = load_workbook(book)["Acteurs"]
    columns, _ = ids(sheet)
    rules = {}
    for rule in sheet.data_validations.dataValidation:
        for cells in rule.sqref.ranges:
            rules[cells.min_col] = rule
    category, towns = rules[columns["category"]], rules[columns["towns"]]
    assert category.type == towns.type == "list" and category.formula1.startswith("_lists!"), category.formula1
    assert category.showErrorMessage and not towns.showErrorMessage
    lists = load_workbook(book)["_lists"]
    first, _, last = category.formula1.removeprefix("_lists!").replace("$", "").partition(":")
    names = [row[0].value for row in lists[first:last]]
    assert "Université" in names, names
    print(f"{len(rules)} columns of the actors have lists")


def edits_are_edits():
    """Three people change the workbook in three ways: facts, texts in two languages, a new row and an attribute."""
    workbook = load_workbook(book)
    sheet = workbook["Acteurs"]
    columns, rows = ids(sheet)

    def put(actor, column, value):
        sheet.cell(rows[actor], columns[column]).value = value

    put("novadip", "founded", 2014)
    put("novadip", "towns", sheet.cell(rows["novadip"], columns["towns"]).value + "\nGosselies")
    workbook.save(work / "facts.xlsx")
    put("novadip", "summary@en", "Bone regeneration, with é, œ and 🧬.")
    put("revatis", "aliases", "RevaTis SA\nRevatis")
    workbook.save(work / "texts.xlsx")
    last = sheet.max_row + 1
    for column, value in {"title": "Nouvelle Biotech", "category": "Université", "founded": "2 021"}.items():
        sheet.cell(last, columns[column]).value = value
    links = workbook["Liens"]
    where, _ = ids(links)
    amount = where["amount"]
    row = next(row for row in range(3, links.max_row + 1) if links.cell(row, 1).value.endswith("(actors/henogen)") and links.cell(row, amount).value)
    links.cell(row, amount).value = 12345
    workbook.save(work / "more.xlsx")

    def changes(name):
        filiere("import", work / name, "--force")
        lines = subprocess.run(["git", "diff", "--unified=0"], cwd=site, capture_output=True, text=True, check=True).stdout
        new = subprocess.run(["git", "ls-files", "--others", "--exclude-standard"], cwd=site, capture_output=True, text=True, check=True).stdout
        subprocess.run(["git", "add", "--all"], cwd=site, check=True)
        signs = [line for line in lines.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]
        return signs, new.split()

    signs, new = changes("facts.xlsx")
    assert signs == ["-founded = 2015", "+founded = 2014", '-towns = ["mont-saint-guibert"]', '+towns = ["mont-saint-guibert", "gosselies"]'], signs
    signs, new = changes("texts.xlsx")
    added = [sign for sign in signs if sign.startswith("+")]
    assert added == ['+summary = "Bone regeneration, with é, œ and 🧬."', '+aliases = ["RevaTis SA", "Revatis"]'] and not new, signs
    signs, new = changes("more.xlsx")
    assert new == ["content/actors/nouvelle-biotech.md"], new
    text = (site / new[0]).read_text()
    assert 'category = "university"' in text and "founded = 2021" in text, text
    assert len(signs) == 2 and signs[1] == signs[0].replace("-", "+", 1).replace("725000000 EUR", "12345 EUR"), signs
    print("three edits are three changes")


with tempfile.TemporaryDirectory() as folder:
    work = Path(folder)
    site = work / "portal"
    site.mkdir()
    for name in ["site.toml", "content", "themes"]:
        source = PORTAL / name
        shutil.copytree(source, site / name) if source.is_dir() else shutil.copy(source, site / name)
    subprocess.run(["git", "init", "--quiet"], cwd=site, check=True)
    subprocess.run(["git", "add", "--all"], cwd=site, check=True)
    book = work / "ecosystem.xlsx"
    filiere("export", book)
    comes_back()
    has_drop_downs()
    edits_are_edits()
