// Checks a share of the pages with html-validate. In: a folder and names of files. Out: what is wrong, and where, for each finding.

import { readFile } from "node:fs/promises";
import path from "node:path";
import { parentPort, workerData } from "node:worker_threads";

import { HtmlValidate, StaticConfigLoader } from "html-validate";

import rules from "./html-rules.mjs";

const validator = new HtmlValidate(new StaticConfigLoader(rules));

const check = async (file) => {
  const report = await validator.validateString(await readFile(path.join(workerData.folder, file), "utf8"), file);
  return report.results.flatMap((result) => result.messages).map((message) => ({ what: `${message.message} (${message.ruleId})`, where: `${file}:${message.line}:${message.column} ${message.selector ?? ""}` }));
};

const found = [];
for (const file of workerData.files) found.push(...(await check(file)));
parentPort.postMessage(found);
