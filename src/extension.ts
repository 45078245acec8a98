/**
 * Composition root of the extension: adapters → engine → registered parts. Nothing heavy is loaded here: the engine's worker starts with the
 * first call, and the libraries of indexing, search and the model live in the worker alone.
 */
import { createRequire } from "node:module";
import { join } from "node:path";
import * as vscode from "vscode";
import { createConnectionLog } from "./core/connections";
import type { Placing } from "./core/generate/placing";
import type { Passage } from "./core/search/passage";
import { defaultStoreFolder } from "./adapters/engine/paths";
import { createWorkerEngine, type EngineWorkerData } from "./adapters/engine/workerEngine";
import type { createObtain } from "./adapters/web/obtain";
import { createCheckCommands } from "./vscode/checks/checkCommands";
import { createFileChecks } from "./vscode/checks/fileChecks";
import { createModelRepair } from "./vscode/checks/modelRepair";
import { createPendingChecks } from "./vscode/checks/pendingChecks";
import { calibrateModel } from "./vscode/calibrateModel";
import { registerChat } from "./vscode/chat/chatView";
import { openOfficialPage } from "./vscode/chat/links";
import { createPassageDocuments } from "./vscode/chat/passageDocument";
import { createClasspathVersion } from "./vscode/classpathVersion";
import { withGivenClasspath } from "./vscode/checks/givenClasspath";
import { registerCommands } from "./vscode/commands";
import { createCompare } from "./vscode/compare/compare";
import { copyDiagnostics, runDoctor } from "./vscode/doctor";
import { registerDocuments } from "./vscode/documents/documents";
import { registerLanguageModelTools } from "./vscode/doors/languageModelTools";
import { registerMcpProvider } from "./vscode/doors/mcpProvider";
import { listSources } from "./vscode/documents/sourceList";
import { createTextDocuments } from "./vscode/documents/textDocuments";
import { createDocsActionCommands, registerDocsActions } from "./vscode/fixes/docsActions";
import { createGenerator } from "./vscode/generate/generate";
import { projectLayout } from "./vscode/generate/projectLayout";
import { createAcceptedHistory } from "./vscode/history/history";
import { connectionsPage } from "./vscode/connectionsPage";
import { createDiscarded } from "./vscode/pending/discarded";
import { createPendingCommands } from "./vscode/pending/pendingCommands";
import { createPendingChanges } from "./vscode/pending/pendingChanges";
import { localised } from "./vscode/localised";
import { createLabelKeeper, reviewLabels } from "./vscode/labels";
import { createLog } from "./vscode/log";
import { chooseModel } from "./vscode/models/modelPicker";
import { createModelSpeeds, notingSpeeds } from "./vscode/models/modelSpeeds";
import { getOllama, startOllama } from "./vscode/models/ollamaCommands";
import { createServerSecrets, setToken } from "./vscode/models/serverToken";
import { createProjectVersions } from "./vscode/projectVersion";
import { selectionContext } from "./vscode/selection";
import { otherMode, readSettings, settingDefaults, settingsSection, type Settings } from "./vscode/settings";
import { createSetupWatch } from "./vscode/setupWatch";
import { createStatusBar, showMenu } from "./vscode/statusBar";
import { isPassage } from "./vscode/documents/passageArgument";

let closing: (() => Promise<void>) | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const log = createLog();
  const settings = () => readSettings(vscode.workspace.getConfiguration(settingsSection), localised);
  const storeFolder = () => settings().storeFolder ?? defaultStoreFolder(process.env);
  const packageRoot = context.extensionUri.fsPath;
  const speeds = createModelSpeeds(context.globalState);
  const connections = createConnectionLog();
  const worker = createWorkerEngine({
    workerPath: join(packageRoot, "dist", "worker.cjs"),
    workerData: () => workerData(settings(), packageRoot, storeFolder()),
    log: (line) => log.info(line),
    connecting: (target, purpose) => connections.note(target, purpose),
    secrets: createServerSecrets(context.secrets),
  });
  const classpath = createClasspathVersion({
    commands: {
      names: () => vscode.commands.getCommands(true),
      run: (name, ...values) => vscode.commands.executeCommand(name, ...values),
    },
  });
  const engine = withGivenClasspath(notingSpeeds(worker, speeds), classpath);
  const versions = createProjectVersions({
    ...{ engine, workspaceState: context.workspaceState, log, classpath },
  });
  const warn = (line: string) => log.warn(line);
  const passages = createPassageDocuments({ engine, warn });
  const texts = createTextDocuments();
  const load = createRequire(join(packageRoot, "package.json"));
  const bundle = (name: string): unknown => load(join(packageRoot, "dist", name));
  const placing = () => Promise.resolve(bundle("placing.cjs") as Placing);
  const history = createAcceptedHistory({ context, settings, log });
  const pending = createPendingChanges({
    ...{ context, log, placing, layoutOf: projectLayout },
    accepted: (change, hunks) => history.note(change, hunks),
  });
  const repair = createModelRepair({ engine, settings, versions, pending, log });
  const fileChecks = createFileChecks({
    ...{ engine, settings, versions, log },
    workspaceState: context.workspaceState,
  });
  const checks = createPendingChecks({
    ...{ engine, settings, pending, log, repair },
    workspaceState: context.workspaceState,
  });
  const labels = createLabelKeeper({ engine, settings, globalState: context.globalState, log });
  const generator = createGenerator({ context, engine, settings, versions, pending, labels, log });
  const showSources = (found: readonly Passage[]) => listSources(found, passages);
  const compare = createCompare({
    ...{ engine, settings, versions, placing, texts, pending, log },
    workspaceState: context.workspaceState,
    listSources: showSources,
  });
  const chat = registerChat({
    ...{ context, engine, settings, versions, labels, log, passages, speeds },
    propose: (proposal) => pending.propose(proposal),
  });
  const discarded = createDiscarded();
  const statusBar = createStatusBar({ engine, settings, versions, log });
  const none = new AbortController().signal;
  const activeDocument = () => vscode.window.activeTextEditor?.document;
  const documents = registerDocuments({
    engine,
    obtain: (...wanted) => {
      const obtaining = bundle("obtaining.cjs") as { readonly createObtain: typeof createObtain };
      const obtain = obtaining.createObtain({
        // Asked for at each call: the editor replaces it by one that knows its proxy and certificates.
        fetch: (input, init) => {
          connections.note(input, "reference documents");
          return globalThis.fetch(input, init);
        },
        readLinks: (path, address, signal) => engine.pageLinks({ path, address }, signal),
        folder: () => join(storeFolder(), "downloads"),
      });
      return obtain(...wanted);
    },
    globalState: context.globalState,
    log,
    // A build file that cannot be read must not keep anybody from indexing.
    projectVersion: () =>
      versions.current(activeDocument(), none).then(
        ({ project }) => project?.springBootVersion,
        () => undefined,
      ),
    changed: () => statusBar.refresh(),
  });
  const setup = createSetupWatch({ engine, settings, versions });

  context.subscriptions.push(
    log,
    versions,
    passages,
    texts,
    checks,
    fileChecks,
    pending,
    discarded,
    history,
    compare,
    chat,
    statusBar,
    documents,
    setup,
    registerDocsActions(),
    registerLanguageModelTools({ engine, versions }),
    registerMcpProvider(packageRoot),
    registerCommands(
      {
        generate: (instruction) =>
          generator.generate(typeof instruction === "string" ? instruction : undefined),
        ...createPendingCommands({
          ...{ pending, discarded, generator, texts },
          listSources: showSources,
          decided: ({ confidence, model = "", instruction, answer }, right) => {
            if (!confidence) return;
            const judged = { right, source: "decision", kind: "code", question: instruction } as const;
            void labels.keep({ ...judged, model, answer, confidence });
          },
        }),
        ...createCheckCommands({ engine, versions, pending, checks, repair, texts }),
        checkFile: (argument) => fileChecks.checkFile(argument),
        checkProject: () => fileChecks.checkProject(),
        ...compare.commands,
        ...createDocsActionCommands({
          generate: (instruction) => generator.generate(instruction),
          ask: (question, editor) => chat.ask(question, selectionContext(editor), editor.document),
        }),
        showAccepted: () => history.show(showSources),
        explain: async () => {
          const editor = vscode.window.activeTextEditor;
          if (editor) await chat.explain(selectionContext(editor), editor.document);
          else await chat.reveal();
        },
        openChat: () => chat.reveal(),
        switchChatMode: () => {
          const { key, value } = otherMode(settings());
          return vscode.workspace
            .getConfiguration(settingsSection)
            .update(key, value, vscode.ConfigurationTarget.Global);
        },
        showChats: () => chat.showChats(),
        exportChat: () => chat.exportChat(),
        ...documents.commands,
        chooseModel: () => chooseModel({ engine, settings, speeds }),
        chooseVersion: () => versions.choose(activeDocument(), none),
        getStarted: () => setup.open(),
        reviewLabels: () => reviewLabels(engine),
        calibrateModel: () => calibrateModel(engine, settings()),
        doctor: () => runDoctor(engine, settings(), texts),
        copyReport: () =>
          copyDiagnostics(engine, settings(), context.extension.packageJSON as { version: string }),
        showConnections: () =>
          texts.open(
            vscode.l10n.t("Connections"),
            "connections",
            connectionsPage(connections.list(), localised),
          ),
        startOllama: () => startOllama(settings()),
        getOllama,
        setToken: () => setToken(context.secrets, settings()),
        openPassage: (passage) => (isPassage(passage) ? passages.open(passage) : undefined),
        openOfficialPage: (url) => (typeof url === "string" ? openOfficialPage(url) : undefined),
        openSettings: () => vscode.commands.executeCommand("workbench.action.openSettings", settingsSection),
        showLog: () => log.show(),
        menu: showMenu,
      },
      log,
    ),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(settingsSection)) reportProblems(settings().problems);
      // Store and embedder belong to the worker's start: the next call starts a new one.
      if (["store", "embeddings"].some((key) => event.affectsConfiguration(`${settingsSection}.${key}`))) {
        void engine.close().then(() => documents.commands.refreshSets());
      }
    }),
  );
  settings().problems.forEach(warn);
  void pending.restore();
  closing = async () => {
    await pending.settled();
    await engine.close();
  };
}

export async function deactivate(): Promise<void> {
  await closing?.();
}

function workerData(
  { embeddings, host }: Settings,
  packageRoot: string,
  defaultStore: string,
): EngineWorkerData {
  const ollamaEmbeddings =
    embeddings === settingDefaults.embeddings ? undefined : { host, model: embeddings };
  return { packageRoot, defaultStore, ...(ollamaEmbeddings && { ollamaEmbeddings }) };
}

function reportProblems(problems: readonly string[]): void {
  const [first] = problems;
  if (first !== undefined) void vscode.window.showWarningMessage(first);
}
