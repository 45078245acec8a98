/** The webview's end of the border to the extension host. */
import type { ChatMethods, ChatNotification, HostMessage } from "../protocol/chat";
import { createRpcClient, type RpcClient } from "../protocol/rpc";

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

export interface HostPort {
  readonly host: RpcClient<ChatMethods>;
  /** The unsent text of the input, which survives while the view is hidden. */
  readonly readDraft: () => string;
  readonly keepDraft: (text: string) => void;
}

export function connectToHost(onNotification: (notification: ChatNotification) => void): HostPort {
  const editor = acquireVsCodeApi();
  const host = createRpcClient<ChatMethods>((message) => editor.postMessage(message));
  // VS Code delivers messages of the extension only to its own webview, from the frame around it.
  window.addEventListener("message", ({ data }: MessageEvent<HostMessage>) => {
    if (data.type === "notification") onNotification(data.notification);
    else host.receive(data);
  });
  return {
    host,
    readDraft() {
      const state = editor.getState();
      return typeof state === "object" &&
        state !== null &&
        "draft" in state &&
        typeof state.draft === "string"
        ? state.draft
        : "";
    },
    keepDraft: (draft) => editor.setState({ draft }),
  };
}
