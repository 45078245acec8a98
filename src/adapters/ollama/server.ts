import { freemem, totalmem } from "node:os";
import { FailureError } from "../../core/failure";
import type { ServerStatus } from "../../core/models/model";
import type { SecretsOf } from "../../core/models/serverSecrets";
import type { ModelServer } from "../../core/models/modelServer";
import { compareVersions } from "../../core/project/springBootVersion";
import { isLoopback } from "../../core/models/serverAddress";
import { askToken } from "./askToken";
import { callOllama, type CallProps } from "./calls";
import { chat } from "./chat";
import { detailsOf, installedModel, show, writesHere } from "./details";
import { pull } from "./pull";
import type { TransportProps } from "./transport";

/** The oldest server whose `/api/show` tells what a model can do (seen in the sources of 0.6.5); without that, thinking leaks. */
export const oldestServer = "0.6.5";

export interface OllamaServerProps {
  readonly environment?: NodeJS.ProcessEnv;
  readonly platform?: NodeJS.Platform;
  readonly connectMilliseconds?: number;
  /** Between two tokens of an answer; generous, because a machine under load may swap. */
  readonly silenceMilliseconds?: number;
  /** Told before each connection. */
  readonly connecting?: (url: URL) => void;
  /** Tokens and headers of servers; none when absent. */
  readonly secrets?: SecretsOf;
}

/** For calls that a healthy server answers at once. */
const quickMilliseconds = 20_000;
/** A large model's checksum is computed without a sign of life. */
const pullSilenceMilliseconds = 30 * 60_000;

export function createOllamaServer({
  environment = process.env,
  platform = process.platform,
  connectMilliseconds = 10_000,
  silenceMilliseconds = 5 * 60_000,
  connecting,
  secrets,
}: OllamaServerProps = {}): ModelServer {
  const call = (host: string, transport: Partial<TransportProps>, model?: string): CallProps => ({
    host,
    environment,
    platform,
    transport: {
      ...{ connectMilliseconds, silenceMilliseconds },
      ...(connecting && { connecting }),
      ...(secrets && { secrets }),
      ...transport,
    },
    ...(model !== undefined && { model }),
  });
  const quick = (host: string, model?: string) =>
    call(host, { firstByteMilliseconds: quickMilliseconds, silenceMilliseconds: quickMilliseconds }, model);

  return {
    status: (host, signal) => readStatus(quick(host), signal),

    describe: (host, model, signal) =>
      callOllama(
        quick(host, model),
        async (client) => {
          refuseOld(host, (await client.version()).version);
          const [shown, running] = await Promise.all([client.show({ model }), client.ps()]);
          return detailsOf(model, shown, running.models);
        },
        signal,
      ),

    pull: (request, onProgress, signal) =>
      pull(request, call(request.host, { silenceMilliseconds: pullSilenceMilliseconds }), onProgress, signal),

    askToken: (question, signal) => askToken(question, call(question.host, {}, question.model), signal),

    chat: (request, signal) =>
      chat(request, call(request.host, {}, request.model), quick(request.host, request.model), signal),
  };
}

async function readStatus(props: CallProps, signal: AbortSignal): Promise<ServerStatus> {
  return callOllama(
    props,
    async (client) => {
      const { version } = await client.version();
      refuseOld(props.host, version);
      const [listed, running] = await Promise.all([client.list(), client.ps()]);
      const shown = await Promise.all(listed.models.map((each) => show(client, each.name)));
      const models = listed.models.flatMap((each, index) =>
        writesHere(each, shown[index]) ? [installedModel(each, shown[index], running.models)] : [],
      );
      return {
        host: props.host,
        version,
        models,
        ...(isLoopback(props.host) && { freeMemoryBytes: freemem(), totalMemoryBytes: totalmem() }),
      };
    },
    signal,
  );
}

/** A server that somebody built without a version calls itself 0.0.0; nothing can be said of its age. */
function refuseOld(host: string, version: string): void {
  if (version === "0.0.0" || compareVersions(version, oldestServer) >= 0) return;
  throw new FailureError({ kind: "ollama-too-old", host, version, needed: oldestServer });
}
