/**
 * How the worker gets a token for one request: it asks, and keeps nothing. What is kept may change at any moment, in this window or in another,
 * and the worker's start data would be out of date.
 */
import type { SecretHeaders, SecretsOf } from "../../core/models/serverSecrets";

export interface SecretsQuestion {
  readonly type: "secrets?";
  readonly id: number;
  readonly origin: string;
}

export interface SecretsReply {
  readonly type: "secrets";
  readonly id: number;
  readonly headers: SecretHeaders;
}

export interface SecretsClient {
  readonly of: SecretsOf;
  receive(reply: SecretsReply): void;
}

/** The worker's side. */
export function createSecretsClient(send: (question: SecretsQuestion) => void): SecretsClient {
  const waiting = new Map<number, (headers: SecretHeaders) => void>();
  let nextId = 1;
  return {
    of: (origin) =>
      new Promise((resolve) => {
        const id = nextId++;
        waiting.set(id, resolve);
        send({ type: "secrets?", id, origin });
      }),
    receive({ id, headers }) {
      waiting.get(id)?.(headers);
      waiting.delete(id);
    },
  };
}

/** The other side. Always replies: a storage that cannot be read is logged, and the request goes without; the server says whether it minds. */
export async function answerSecrets(
  { id, origin }: SecretsQuestion,
  secrets: SecretsOf | undefined,
  log: (line: string) => void,
): Promise<SecretsReply> {
  try {
    return { type: "secrets", id, headers: (await secrets?.(origin)) ?? {} };
  } catch {
    // Without the storage's own words: nobody knows what they hold.
    log(`The secret storage could not be read for ${origin}.`);
    return { type: "secrets", id, headers: {} };
  }
}
