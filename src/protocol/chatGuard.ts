/** Checks what comes from the webview before anything is done with it: a page that shows a model's words is not trusted. */
import * as z from "zod/mini";
import type { ChatAction, ChatMethods } from "./chat";
import type { RpcMessage } from "./rpc";

const id = z.int().check(z.gte(1));
const message = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("request"), id, method: z.string(), params: z.unknown() }),
  z.strictObject({ type: z.literal("cancel"), id }),
]);

/** The largest question or code block that is taken, in UTF-16 code units; far above what a window holds. */
const text = z.string().check(z.maxLength(1_000_000));
const nothing = z.strictObject({});
const turnId = z.string().check(z.maxLength(100));
const languageId = z.string().check(z.maxLength(100));
const position = z.int().check(z.gte(0));
const passageOfTurn = z.strictObject({ turnId, passage: position });

const actions = [
  "start-ollama",
  "install-ollama",
  "set-token",
  "open-settings",
  "choose-model",
  "pull-model",
  "index-documents",
  "choose-version",
  "retry",
  "show-log",
  "index-official",
] as const satisfies readonly ChatAction[];

const params = {
  open: nothing,
  ask: z.strictObject({ text }),
  retry: z.strictObject({ turnId }),
  retryWithModel: z.strictObject({ turnId }),
  edit: z.strictObject({ turnId, text }),
  showChats: nothing,
  exportChat: nothing,
  newFile: z.strictObject({ text, languageId }),
  checkCode: z.strictObject({ text, languageId }),
  stop: nothing,
  newChat: nothing,
  setWithDocuments: z.strictObject({ value: z.boolean() }),
  removeContext: nothing,
  addContext: z.strictObject({ kind: z.enum(["any", "file", "docs"]) }),
  removeContextItem: z.strictObject({ id: z.string().check(z.maxLength(1_000)) }),
  judge: z.strictObject({ turnId, right: z.boolean() }),
  copy: z.strictObject({ text }),
  insert: z.strictObject({ text }),
  apply: z.strictObject({ turnId, text, languageId }),
  openPassage: z.strictObject({
    turnId,
    passage: position,
    sentence: z.exactOptional(z.strictObject({ start: position, end: position })),
  }),
  openOfficialPage: passageOfTurn,
  openLink: z.strictObject({ href: z.string().check(z.maxLength(10_000)) }),
  runAction: z.strictObject({ action: z.enum(actions) }),
} as const satisfies { readonly [K in keyof ChatMethods]: z.ZodMiniType<ChatMethods[K]["params"]> };

export type GuardedMessage =
  | { readonly valid: true; readonly message: RpcMessage }
  /** `id` is there when the sender waits for a reply. */
  | { readonly valid: false; readonly id?: number; readonly why: string };

/** The message when envelope, method and parameters are as {@link ChatMethods} says; else why not. */
export function guardWebviewMessage(raw: unknown): GuardedMessage {
  const envelope = message.safeParse(raw);
  if (!envelope.success) {
    const sender = z.looseObject({ id }).safeParse(raw);
    return { valid: false, why: "the message is malformed", ...(sender.success && { id: sender.data.id }) };
  }
  if (envelope.data.type === "cancel") return { valid: true, message: envelope.data };
  const { method } = envelope.data;
  if (!isMethod(method)) return { valid: false, id: envelope.data.id, why: "the method is unknown" };
  const checked = params[method].safeParse(envelope.data.params);
  return checked.success
    ? { valid: true, message: { ...envelope.data, params: checked.data } }
    : { valid: false, id: envelope.data.id, why: `the parameters of ${method} are malformed` };
}

function isMethod(name: string): name is keyof ChatMethods {
  return Object.hasOwn(params, name);
}
