"""Makes the faces of the theme. In: a folder with the unpacked packages of npm. Out: files of the theme.

The faces are Source Serif 4 and Source Sans 3 of Adobe, under the SIL Open Font License. A changed version must not have the name
"Source", so these are called "Atlas Serif" and "Atlas Sans". Names of files have a hash of their bytes, so that browsers may keep them.
"""

import hashlib
import io
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

PACKAGES = Path(sys.argv[1])
THEME = Path(__file__).resolve().parent.parent
FONTS = THEME / "static" / "fonts"

# The characters of French, English, German and Dutch, and the marks of typography; then those of other languages in Latin letters.
MARKS = [0x2009, 0x2010, 0x2011, 0x2013, 0x2014, *range(0x2018, 0x201F), 0x2022, 0x2026, 0x202F, 0x2032, 0x2033, 0x2039, 0x203A,
         0x2044, 0x20AC, 0x2122, 0x2191, 0x2193, 0x2212]
FIRST = {*range(0x20, 0x7F), *range(0xA0, 0x100), 0x152, 0x153, *MARKS}
FURTHER = {*range(0x100, 0x180), 0x218, 0x219, 0x21A, 0x21B, 0x1E9E} - FIRST
# Characters that the packages lack, and those whose letters they get.
SAME = {0x202F: 0x2009, 0x2010: 0x2D, 0x2011: 0x2D}
FEATURES = ["kern", "liga", "ccmp", "locl", "mark", "tnum", "pnum"]

# Each face: the family, its style, the package, the part of the package, the characters, and the weights.
SERIF, SANS = "source-serif-4", "source-sans-3"
FACES = [
    ("Serif", "normal", SERIF, "latin", FIRST, (400, 600)),
    ("Serif", "italic", SERIF, "latin", FIRST, 400),
    ("Sans", "normal", SANS, "latin", FIRST, (400, 600)),
    ("Serif", "normal", SERIF, "latin-ext", FURTHER, (400, 600)),
    ("Sans", "normal", SANS, "latin-ext", FURTHER, (400, 600)),
]
# The fonts of most systems that have the widths of Times New Roman and of Arial, and the packages of npm with these widths.
FALLBACKS = {
    "Serif": ("tinos", ["Times New Roman", "Liberation Serif", "Tinos"]),
    "Sans": ("arimo", ["Arial", "Liberation Sans", "Arimo", "Helvetica"]),
}
# Text like that of pages, for the average width of letters.
SAMPLE = """Les acteurs, les projets et la stratégie régionale des biotechnologies de la santé en Wallonie, avec la source de chaque fait.
The actors, projects and regional strategy of health biotechnology in Wallonia, with the source of every fact. Thérapies innovantes
produites pour des tiers à Gosselies en 2021 ; financements publics de 9,4 millions. Spin-off of the University, founded in 2015."""


def package(name):
    return next(PACKAGES.glob(f"*{name}-*/package"))


def opened(name, part, style):
    return TTFont(package(name) / "files" / f"{name}-{part}-wght-{style}.woff2")


def reopened(font):
    """The font as it is in a file: some tables are read only when they are needed, and no longer fit what was changed."""
    data = io.BytesIO()
    font.flavor = None
    font.save(data)
    data.seek(0)
    return TTFont(data, recalcTimestamp=False)


def subset(font, characters, weights):
    font = reopened(instancer.instantiateVariableFont(font, {"wght": weights}))
    for table in font["cmap"].tables:
        table.cmap.update({code: table.cmap[other] for code, other in SAME.items() if other in table.cmap and code not in table.cmap})
    # The thin space is too thin for the numbers of French and before its marks.
    cmap, widths = font.getBestCmap(), font["hmtx"]
    if 0x2009 in cmap:
        widths[cmap[0x2009]] = (round(widths[cmap[0x20]][0] * 0.8), 0)
    options = Options()
    options.layout_features = FEATURES
    options.hinting = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    return reopened(font)


def renamed(font, family):
    """The font with its own name, and with the notice of its licence."""
    for record in list(font["name"].names):
        if record.nameID not in (0, 13, 14):
            font["name"].removeNames(record.nameID)
    for name_id, text in ((1, family), (2, "Regular"), (3, family), (4, family), (6, family.replace(" ", ""))):
        font["name"].setName(text, name_id, 3, 1, 0x409)
    return font


def written(font, stem):
    """The name of the file that the font was written to."""
    data = io.BytesIO()
    font.flavor = "woff2"
    font.save(data)
    name = f"{stem}.{hashlib.sha256(data.getvalue()).hexdigest()[:8]}.woff2"
    (FONTS / name).write_bytes(data.getvalue())
    print(f"{name}: {len(data.getvalue())} bytes")
    return name


def ranges(codes):
    """Codes as a `unicode-range` of CSS."""
    runs = []
    for code in sorted(codes):
        if runs and code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return ", ".join(f"U+{first:X}" if first == last else f"U+{first:X}-{last:X}" for first, last in runs)


def widths(font):
    """The width of each character, in thousandths of the size."""
    unit = font["head"].unitsPerEm
    return {code: round(font["hmtx"][glyph][0] * 1000 / unit) for code, glyph in font.getBestCmap().items()}


def fallback(family, own):
    """A rule that gives a font of the system the widths and heights of the face, so that nothing moves when it comes."""
    name, systems = FALLBACKS[family]
    other = widths(TTFont(package(name) / "files" / f"{name}-latin-400-normal.woff2"))
    regular = widths(own)
    codes = [ord(char) for char in SAMPLE if ord(char) in other and ord(char) in regular]
    ratio = sum(regular[code] for code in codes) / sum(other[code] for code in codes)
    unit, heights = own["head"].unitsPerEm, own["hhea"]
    percent = lambda value: f"{100 * value:.4g}%"
    return f"""@font-face {{
  font-family: "Atlas {family} fallback";
  src: {", ".join(f'local("{system}")' for system in systems)};
  size-adjust: {percent(ratio)};
  ascent-override: {percent(heights.ascent / unit / ratio)};
  descent-override: {percent(-heights.descent / unit / ratio)};
  line-gap-override: 0%;
}}
"""


def main():
    FONTS.mkdir(exist_ok=True)
    for old in FONTS.glob("*.woff2"):
        old.unlink()
    rules, early, tables = [], [], []
    for family, style, source, part, characters, weights in FACES:
        font = opened(source, part, style)
        stem = f"atlas-{family.lower()}" + ("" if style == "normal" else f"-{style}") + ("-more" if part == "latin-ext" else "")
        small = renamed(subset(font, characters, weights), f"Atlas {family}")
        name = written(small, stem)
        first = part == "latin"
        lines = [f'font-family: "Atlas {family}"', f'src: url("../fonts/{name}") format("woff2")']
        if style != "normal":
            lines.append(f"font-style: {style}")
        lines.append(f"font-weight: {weights[0]} {weights[1]}" if isinstance(weights, tuple) else f"font-weight: {weights}")
        lines.append("font-display: swap")
        if not first:
            lines.append(f"unicode-range: {ranges(set(small.getBestCmap()) & characters)}")
        rules.append("@font-face {\n" + "".join(f"  {line};\n" for line in lines) + "}\n")
        if first and style == "normal":
            early.append(f"fonts/{name}")
            regular = subset(opened(source, part, style), characters, 400)
            rules.append(fallback(family, regular))
            more = subset(opened(source, "latin-ext", style), FURTHER, 400)
            tables.append((family.lower(), {**widths(more), **widths(regular)}))
    write_texts(rules, early, tables)


def write_texts(rules, early, tables):
    made = "made by fonts/make.sh"
    (THEME / "static/css/fonts.css").write_text(f"/* The faces of the theme, {made}. */\n\n" + "\n".join(rules))
    links = [f'<link rel="preload" href="{{{{ asset(path="{path}") }}}}" as="font" crossorigin>\n' for path in early]
    sheet = '<link rel="stylesheet" href="{{ asset(path="css/fonts.css") }}">\n'
    (THEME / "templates/fonts.html").write_text(f"{{#- The faces of the theme, {made}. -#}}\n" + "".join(links) + sheet)
    lines = [f"# The widths of letters, in thousandths of their size, each with the letters that have it; {made}.\n"]
    for face, table in tables:
        lines.append(f"\n[{face}]\n")
        letters = {}
        for code in sorted(set(table) & (FIRST | FURTHER) - {0xAD}):
            letters.setdefault(table[code], []).append(chr(code))
        for width in sorted(letters):
            text = "".join(letters[width]).replace("\\", "\\\\").replace('"', '\\"')
            lines.append(f'{width} = "{text}"\n')
    (THEME / "widths.toml").write_text("".join(lines))
    notices = {}
    for name in (SERIF, SANS):
        font = opened(name, "latin", "normal")
        notices[font["name"].getDebugName(0)] = None
    licence = (package(SERIF) / "LICENSE").read_text()
    licence = licence[licence.index("This Font Software is licensed"):]
    notice = "Atlas Serif and Atlas Sans are parts of Source Serif 4 and Source Sans 3, with other names.\n\n"
    (FONTS / "OFL.txt").write_text(notice + "\n".join(notices) + "\n\n" + licence)


main()
