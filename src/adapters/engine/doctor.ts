/** Looks after all that an answer needs and tells in words what is well, what is not, and what mends it. */
import type { Embedder } from "../../core/embedder";
import type { DoctorCheck, Engine } from "../../core/engine";
import type { ModelServer } from "../../core/models/modelServer";
import { checked } from "../doctor/check";
import { checkEmbedding } from "../doctor/embeddingCheck";
import { checkIndex, type IndexCheckProps } from "../doctor/indexCheck";
import { checkJava } from "../doctor/javaCheck";
import { checkDisk, checkProxy } from "../doctor/machineChecks";
import { checkModel } from "../doctor/modelCheck";
import { checkProject } from "../doctor/projectCheck";
import { readProjectFacts } from "../project/projectFiles";

export interface DoctorProps {
  readonly sets: IndexCheckProps["sets"] & { embedder(signal: AbortSignal): Promise<Embedder> };
  readonly searching: IndexCheckProps["searching"];
  readonly ollama: Pick<ModelServer, "status">;
  readonly defaultStore: string;
  readonly environment?: NodeJS.ProcessEnv;
}

export interface Doctor {
  /** All checks, in a stable order; rejects only when aborted. */
  check(request: Parameters<Engine["doctor"]>[0], signal: AbortSignal): Promise<readonly DoctorCheck[]>;
}

export function createDoctor(props: DoctorProps): Doctor {
  const { sets, searching, ollama, defaultStore, environment = process.env } = props;
  return {
    check({ host, model, store, project }, signal) {
      const status = ollama.status(host, signal);
      const listed = sets.list(store, signal);
      // Each is awaited by the checks that need it; a rejection nobody came to yet must not end the process.
      for (const shared of [status, listed]) shared.catch(() => undefined);

      const check = (name: string, run: () => Promise<Omit<DoctorCheck, "name">>) =>
        checked(name, run, signal);
      return Promise.all([
        check("Ollama", async () => {
          const { version, models } = await status;
          const count = models.length === 1 ? "1 model" : `${models.length} models`;
          return { state: "pass", detail: `Ollama ${version} answers at ${host} and has ${count}.` };
        }),
        check("Model", async () => {
          const known = await status.catch(() => undefined);
          return known
            ? checkModel(known, model)
            : { state: "fail", detail: `Nothing is known of ${model}: the server does not answer.` };
        }),
        check("Embedding model", async () => checkEmbedding(await sets.embedder(signal), signal)),
        check("Index", () => checkIndex({ sets, searching, store }, signal)),
        ...(project === undefined
          ? []
          : [
              check("Project", async () =>
                checkProject(await readProjectFacts(project, signal), await listed),
              ),
            ]),
        check("JDK", () => checkJava(environment, signal)),
        check("Disk", () => checkDisk(store ?? defaultStore, signal)),
        check("Proxy", () => Promise.resolve(checkProxy(environment, host))),
      ]);
    },
  };
}
