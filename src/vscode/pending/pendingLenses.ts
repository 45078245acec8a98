/** The line of actions above a pending change. */
import * as vscode from "vscode";
import { failureText } from "../../core/failureText";
import type { ConfidenceMark } from "../../core/reask/confidence";
import { confidenceLine } from "../../core/reask/confidenceLine";
import { hiddenText } from "../../core/answer/hiddenCharacters";
import { localised } from "../localised";
import { plainLabel } from "../plainText";
import type { Found, PendingChange } from "./pendingChange";
import { pendingScheme, type Rendered } from "./pendingFile";
import type { Previews } from "./previews";

export interface PendingLensesProps {
  readonly previews: Previews;
  readonly find: (previewUri: vscode.Uri) => Found | undefined;
}

/** What a lens hands to its command. */
export interface LensArgument {
  readonly uri: vscode.Uri;
  /** The hunk that it stands above; absent: all of the change. */
  readonly hunkIds?: readonly number[];
}

export function registerPendingLenses({ previews, find }: PendingLensesProps): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  return vscode.Disposable.from(
    changed,
    previews.onDidRender(() => changed.fire()),
    vscode.languages.registerCodeLensProvider(
      { scheme: pendingScheme },
      {
        onDidChangeCodeLenses: changed.event,
        provideCodeLenses(document) {
          const found = find(document.uri);
          const rendered = found && previews.rendered(found.file);
          if (!found || !rendered) return [];
          const lens = (line: number, hunkIds?: readonly number[]) => {
            const at = Math.min(line, document.lineCount - 1);
            const range = new vscode.Range(at, 0, at, 0);
            const argument: LensArgument = { uri: document.uri, ...(hunkIds && { hunkIds }) };
            return ([title, command, tooltip]: LensAction) =>
              new vscode.CodeLens(range, {
                title,
                command: command === "" ? "" : `docwright.${command}`,
                ...(tooltip !== undefined && { tooltip }),
                arguments: [argument],
              });
          };
          return [
            ...hunkActions(found.change, rendered).flatMap(({ line, hunkIds, actions }) =>
              actions.map(lens(line, hunkIds)),
            ),
            ...actionsOf(found.change, rendered.notes).map(lens(rendered.line)),
            ...otherFiles(found).map(
              ({ title, uri }) =>
                new vscode.CodeLens(new vscode.Range(rendered.line, 0, rendered.line, 0), {
                  ...{ title, command: "docwright.showFile", arguments: [{ uri }] },
                  tooltip: vscode.l10n.t("This file is part of the change, too"),
                }),
            ),
            ...otherWays(found.change).map(lens(rendered.line)),
          ];
        },
      },
    ),
  );
}

type LensAction = readonly [title: string, command: string, tooltip?: string];

/** The other files of the change, each with what is left to decide in it. */
function otherFiles({ change, file }: Found) {
  if (change.phase.kind === "working") return [];
  return change.files
    .filter((each) => each !== file && each.hunks.length > 0)
    .map(({ uri, previewUri, isNew }) => {
      const name = uri.path.slice(uri.path.lastIndexOf("/") + 1);
      const title = isNew ? vscode.l10n.t("new: {0}", name) : name;
      return { title: `$(file-code)\u00a0${plainLabel(title)}`, uri: previewUri };
    });
}

/** Where there is more than one hunk to decide, each has its own actions. */
function hunkActions(change: PendingChange, { preview, hunkIds, line }: Rendered) {
  if (change.phase.kind === "working" || change.hunkCount < 2) return [];
  return preview.hunks.map((hunk, index) => {
    const ids = hunkIds[index] ?? [];
    const actions: readonly LensAction[] = [
      [
        `$(check)\u00a0${vscode.l10n.t("Accept")}`,
        "acceptHunk",
        vscode.l10n.t("Accept this change alone (Shift+Enter)"),
      ],
      [
        `$(close)\u00a0${vscode.l10n.t("Discard")}`,
        "discardHunk",
        vscode.l10n.t("Discard this change alone (Delete)"),
      ],
      ...(preview.hunks.length > 1
        ? [
            [
              vscode.l10n.t("{0} of {1}", index + 1, preview.hunks.length),
              "nextHunk",
              vscode.l10n.t("Go to the next change (F7)"),
            ] satisfies LensAction,
          ]
        : []),
    ];
    const holdsMain = hunk.start <= line && line < hunk.end;
    return { line: holdsMain ? line : hunk.start, hunkIds: ids, actions };
  });
}

/** Ways to another answer; last in the line, because they are in the editor's title, too. */
function otherWays({ phase }: PendingChange): readonly LensAction[] {
  if (phase.kind === "working") return [];
  return [
    [`$(refresh)\u00a0${vscode.l10n.t("Regenerate")}`, "regenerate", vscode.l10n.t("Ask for another answer")],
    [
      `$(edit)\u00a0${vscode.l10n.t("Refine")}`,
      "refine",
      vscode.l10n.t("Say what should be different (Ctrl+Alt+G)"),
    ],
  ];
}

function actionsOf(change: PendingChange, notes: readonly string[]): readonly LensAction[] {
  const { phase, hunkCount, alternatives } = change;
  const remarks = remarksOf(change, notes);
  if (phase.kind === "working") {
    return [
      [`$(sync~spin)\u00a0${statusText(change)}`, ""],
      [`$(close)\u00a0${vscode.l10n.t("Cancel (Esc)")}`, "discard"],
      ...sourcesOf(change),
      ...remarks,
    ];
  }
  const key = process.platform === "darwin" ? "⌘↩" : "Ctrl+Enter";
  // The line of a change with several hunks begins with one hunk's own actions: what does not fit beside them is not seen.
  const isLong = hunkCount > 1;
  const accept = isLong ? vscode.l10n.t("Accept all") : vscode.l10n.t("Accept ({0})", key);
  const discard = isLong ? vscode.l10n.t("Discard all") : vscode.l10n.t("Discard (Esc)");
  const several: readonly LensAction[] =
    alternatives.count > 1
      ? [
          ["$(chevron-left)", "previousAlternative", vscode.l10n.t("The answer before")],
          [vscode.l10n.t("answer {0} of {1}", alternatives.shown, alternatives.count), ""],
          ["$(chevron-right)", "nextAlternative", vscode.l10n.t("The next answer")],
        ]
      : [];
  return [
    ...(hunkCount > 0
      ? [
          [
            `$(check-all)\u00a0${accept}`,
            "accept",
            vscode.l10n.t("Accept all that is left ({0})", key),
          ] satisfies LensAction,
        ]
      : []),
    [`$(close-all)\u00a0${discard}`, "discard", vscode.l10n.t("Discard all that is left (Esc)")],
    ...several,
    ...sourcesOf(change),
    ...confidenceOf(change),
    ...remarks,
  ];
}

const confidenceIcons: Readonly<Record<ConfidenceMark, string>> = {
  "likely right": "pass",
  "likely wrong": "error",
  unsure: "question",
  "cannot judge": "circle-slash",
  uncalibrated: "circle-outline",
};

/** The mark, and below the person's threshold another way: another answer and the sources stand beside it already. */
function confidenceOf({ attempt: { confidence } }: PendingChange): readonly LensAction[] {
  if (!confidence) return [];
  const { mark } = confidence;
  const texts: Readonly<Record<ConfidenceMark, string>> = {
    "likely right": vscode.l10n.t("likely right"),
    "likely wrong": vscode.l10n.t("likely wrong"),
    unsure: vscode.l10n.t("unsure"),
    "cannot judge": vscode.l10n.t("cannot judge"),
    uncalibrated: vscode.l10n.t("uncalibrated"),
  };
  const shown: LensAction = [
    `$(${confidenceIcons[mark]})\u00a0${texts[mark]}`,
    "showAnswer",
    confidenceLine(confidence),
  ];
  if (mark === "likely right" || mark === "uncalibrated") return [shown];
  return [shown, [`$(server)\u00a0${vscode.l10n.t("Ask a stronger model…")}`, "chooseModel"]];
}

function sourcesOf({ passages }: PendingChange): readonly LensAction[] {
  if (passages.length === 0) return [];
  return [[`$(book)\u00a0${vscode.l10n.t("Sources ({0})", passages.length)}`, "showSources"]];
}

function remarksOf(change: PendingChange, notes: readonly string[]): readonly LensAction[] {
  const { phase } = change;
  const warn = (text: string, tooltip = ""): LensAction => [
    `$(warning)\u00a0${plainLabel(text)}`,
    "showAnswer",
    tooltip,
  ];
  const remarks: LensAction[] = [];
  const hidden = hiddenText(newCode(change), localised);
  if (hidden !== undefined) {
    remarks.push(warn(hidden, vscode.l10n.t("They are shown by their code points where they stand.")));
  }
  if (phase.kind === "failed") {
    remarks.push(warn(vscode.l10n.t("broken off"), failureText(phase.failure, localised).message));
  }
  if (phase.kind === "ready" && change.hunkCount === 0) {
    const isEmpty = change.code.trim() === "";
    remarks.push(
      warn(
        isEmpty ? vscode.l10n.t("the answer holds no code") : vscode.l10n.t("the file has all of it already"),
      ),
    );
  }
  if (phase.kind === "ready" && phase.truncated) {
    remarks.push(
      warn(vscode.l10n.t("cut off"), vscode.l10n.t("The room for the answer ended before the model did.")),
    );
  }
  if (change.touched) {
    remarks.push(
      warn(
        vscode.l10n.t("edited meanwhile"),
        vscode.l10n.t("The selected code was edited since; what is struck through here would go."),
      ),
    );
  }
  const { mark, leftOut, answered } = change.attempt;
  if (!answered) {
    remarks.push(
      warn(
        vscode.l10n.t("from the model alone"),
        vscode.l10n.t("The documents do not answer this: the answer comes from the model alone."),
      ),
    );
  }
  if (mark !== undefined) remarks.push(warn(mark));
  if (leftOut.length > 0) {
    remarks.push(warn(vscode.l10n.t("{0} left out", leftOut.length), leftOut.join("\n")));
  }
  for (const note of notes) remarks.push(warn(note));
  if (phase.kind !== "working" && change.otherBlocks.length > 0) {
    const others = change.otherBlocks.join(", ");
    remarks.push([
      `$(info)\u00a0${plainLabel(vscode.l10n.t("also in the answer: {0}", others))}`,
      "showAnswer",
    ]);
  }
  // What checks and confidence have to say of this answer; they hand it in by `setRemarks`.
  for (const { icon, text, tooltip, command } of [...change.remarks.values()].flat()) {
    remarks.push([`$(${icon})\u00a0${plainLabel(text)}`, command ?? "", tooltip ?? ""]);
  }
  return remarks;
}

/** What Accept would write. */
function newCode({ files, code, phase }: PendingChange): string {
  if (phase.kind === "working") return code;
  return files.flatMap(({ hunks }) => hunks.map(({ text }) => text)).join("\n");
}

/** What the model is doing, in words. */
export function statusText({ phase }: PendingChange): string {
  if (phase.kind !== "working") return "";
  switch (phase.status) {
    case "summarising":
      return vscode.l10n.t("Summarising the conversation");
    case "retrieving":
      return vscode.l10n.t("Looking into the documents");
    case "loading-model":
      return vscode.l10n.t("Loading the model");
    case "reading-prompt":
      return vscode.l10n.t("Reading the passages");
    case "writing":
      return vscode.l10n.t("Writing");
  }
}
