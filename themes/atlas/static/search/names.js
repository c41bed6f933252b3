// Names of pages. In: the files of an index. Out: the pages that are called what a reader typed, and words without slips.

/** What French leaves out before an apostrophe. */
export const ELISION = /(?<![\p{L}\p{N}-])((?:[cdjlmnst]|(?:lors|jus|puis|quoi)?qu)['’])(?=[\p{L}\p{N}])/giu;
export const isFrench = (lang) => /^fr\b/i.test(lang);

/** The words of a text in small letters without accents, a space between them. */
export const fold = (text) =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll("œ", "oe")
    .replaceAll("æ", "ae")
    .replaceAll("ß", "ss")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/** Whether at most so many letters are missing, added, wrong or swapped with the next one. */
const isNear = (a, b, slips) => {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  const isRestNear = (i, j) => isNear(a.slice(at + i), b.slice(at + j), slips - 1);
  const isSwapped = a[at] === b[at + 1] && a[at + 1] === b[at];
  return (
    a === b ||
    (slips >= Math.max(1, Math.abs(a.length - b.length)) &&
      (isRestNear(1, 1) || isRestNear(0, 1) || isRestNear(1, 0) || (isSwapped && isRestNear(2, 2))))
  );
};

/** The names of an index. Each file has its folder. */
export class Names {
  constructor(files, lang) {
    this.fold = (text) => fold(isFrench(lang) ? text.replace(ELISION, "") : text);
    this.pages = files.flatMap(({ folder, summaries, types, names }) =>
      names.map(([url, type, title, aliases, foreign = [], keywords = []], at) => {
        const file = `${folder}summaries/${Math.floor(at / summaries)}.json`;
        const keys = [title, aliases, foreign].flat().map(this.fold);
        return { url, type: types[type], title, aliases, file, keys, keywords: keywords.map(this.fold) };
      }),
    );
    const words = this.pages.flatMap(
      ({ title, aliases }) => [title, aliases].join(" ").match(/[\p{L}\p{M}\p{N}]+/gu) ?? [],
    );
    this.words = new Map(words.map((word) => [fold(word), word]));
  }

  /** The first pages whose title or other name is this text, then those where one begins so, then those with this keyword. */
  find(text) {
    const key = this.fold(text);
    const rank = ({ keys: [title, ...others], keywords }) =>
      [
        title === key,
        others.includes(key),
        title.startsWith(key),
        others.some((name) => name.startsWith(key)),
        keywords.includes(key),
      ].indexOf(true);
    const found = this.pages.map((page) => [rank(page), page]).filter(([rank]) => key && rank >= 0);
    found.sort(([a, one], [b, other]) => a - b || one.title.length - other.title.length);
    return found.slice(0, 5).map(([, page]) => page);
  }

  /** The word of a name that was meant: one slip away, or two if it is long and begins with the same letter. */
  mend(word) {
    const words = [...this.words.keys()];
    if (word.length < 4 || /\d/.test(word) || words.some((other) => other.startsWith(word))) return undefined;
    const near = (slips) =>
      words.find((other) => other.length > 3 && isNear(word, other, slips) && (slips < 2 || other[0] === word[0]));
    return this.words.get(near(1) ?? (word.length > 7 && near(2)));
  }
}
