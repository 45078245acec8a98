/** What the chat's page costs its main thread while an answer streams and while a long chat is scrolled; from traces of the real editor. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { CDPSession } from "playwright-core";
import { chatPage, sampleFolders } from "../../e2e/chatPage";
import { holdMark, recordedModel, startRecordedOllama } from "../../e2e/recordedOllama";
import { startEditor, type Editor } from "../../support/editor";
import { batchesOf, threadTasks, type TraceEvent } from "./trace";

export interface PageWork {
  /** Milliseconds of the main thread a rendered batch, in order. */
  readonly at100: readonly number[];
  readonly at10000: readonly number[];
  /** Milliseconds of the main thread a frame while 200 messages are scrolled. */
  readonly scrolling: readonly number[];
}

const traced = 250;
const longText = 10_000;
const messages = 200;

export async function measurePage(): Promise<PageWork> {
  const folders = sampleFolders("bench");
  const dataFolder = mkdtempSync(path.join(tmpdir(), "docwright-bench-"));
  const ollama = await startRecordedOllama({ pieceMilliseconds: 8 });
  const options = {
    folder: folders.workspace,
    env: folders.env,
    settings: {
      "docwright.ollama.host": ollama.url,
      "docwright.model": recordedModel,
      "workbench.reduceMotion": "on",
    },
  };
  let editor: Editor | undefined;
  try {
    editor = await startEditor(options);
    const chat = chatPage(editor);
    await chat.open();
    const words = answerWords(longText + traced + 10);
    const part = (from: number, to: number) => words.slice(from, to).join("");
    ollama.setAnswer(
      [part(0, 1), part(1, traced), part(traced, longText), part(longText, longText + traced)].join(holdMark),
    );
    await chat.ask("Tell me everything.");
    const devtools = await editor.page.context().newCDPSession(editor.page);
    /** Lets the answer go on to its next mark, and looks on. */
    const watch = async () => {
      await ollama.untilHeld();
      await editor?.page.waitForTimeout(1_500);
      return trace(devtools, async () => {
        ollama.goOn();
        await ollama.untilHeld();
        await editor?.page.waitForTimeout(500);
      });
    };
    const early = batchesOf(await watch());
    ollama.goOn();
    await ollama.untilHeld();
    await editor.page.waitForTimeout(1_500);
    const late = batchesOf(
      await trace(devtools, async () => {
        ollama.goOn();
        await chat.ended(60_000);
      }),
    );
    const kept = editor.dataFolder;
    await editor.close({ keep: true });
    fillChat(kept, folders.workspace);
    editor = await startEditor({ ...options, dataFolder: kept });
    const scrolling = await scroll(editor);
    return { at100: early, at10000: late, scrolling };
  } finally {
    await editor?.close();
    await ollama.close();
    folders.remove();
    rmSync(dataFolder, { recursive: true, force: true });
  }
}

async function scroll(editor: Editor): Promise<readonly number[]> {
  const chat = chatPage(editor);
  await chat.open();
  await chat.turns.nth(messages - 1).waitFor({ timeout: 60_000 });
  await editor.page.waitForTimeout(2_000);
  const box = await chat.frame.locator("main").boundingBox();
  if (!box) throw new Error("the chat is not in sight");
  await editor.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const devtools = await editor.page.context().newCDPSession(editor.page);
  const events = await trace(devtools, async () => {
    for (let step = 0; step < 120; step++) {
      await editor.page.mouse.wheel(0, step < 60 ? -700 : 700);
      await editor.page.waitForTimeout(30);
    }
  });
  return threadTasks(events);
}

/** A chat of many messages in the place of the one that is open. */
function fillChat(dataFolder: string, workspace: string): void {
  const [file] = readdirSync(dataFolder, { recursive: true, encoding: "utf8" }).filter((name) =>
    /chats[\\/][\w-]{30,}\.json$/.test(name),
  );
  if (file === undefined) throw new Error(`no chat of ${workspace} was kept`);
  const whole = path.join(dataFolder, file);
  const chat = JSON.parse(readFileSync(whole, "utf8")) as { turns: Record<string, unknown>[] };
  const [turn] = chat.turns;
  const answer = { ...(turn?.["answer"] as object), state: "done", text: answerWords(150).join("") };
  chat.turns = Array.from({ length: messages }, (_, index) => ({
    ...turn,
    ...{ id: `turn-${index}`, instruction: `Question ${index}`, answer },
    askedAt: new Date(index * 1_000).toISOString(),
  }));
  writeFileSync(whole, JSON.stringify(chat));
}

async function trace(devtools: CDPSession, work: () => Promise<void>): Promise<readonly TraceEvent[]> {
  const events: TraceEvent[] = [];
  const collect = ({ value }: { value: readonly object[] }) =>
    events.push(...(value as readonly TraceEvent[]));
  devtools.on("Tracing.dataCollected", collect);
  const complete = new Promise((resolve) => devtools.once("Tracing.tracingComplete", resolve));
  await devtools.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: {
      includedCategories: ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"],
    },
  });
  await work();
  await devtools.send("Tracing.end");
  await complete;
  devtools.off("Tracing.dataCollected", collect);
  return events;
}

/** Markdown as models write it: prose with inline code, lists, and code blocks; each entry is sent as one token. */
function answerWords(count: number): readonly string[] {
  const section = (index: number) => `## Part ${index}

Set \`server.shutdown\` to \`graceful\` so that the **web server** refuses new requests and lets running ones end.

- First ask the load balancer to send nothing more.
- Then stop the application, and wait until the last request has ended.

\`\`\`java
@Component
class Drain${index} implements SmartLifecycle {

    private volatile boolean running = true;

    @Override
    public void stop(Runnable callback) {
        this.running = false;
        callback.run();
    }
}
\`\`\`

`;
  const words: string[] = [];
  for (let index = 0; words.length < count; index++)
    words.push(...(section(index).match(/\s*\S+/g) ?? []), "\n\n");
  return words.slice(0, count);
}
