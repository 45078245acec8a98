/** What was connected to and why: a person can look that nothing else goes out. */
export interface Connection {
  /** `host:port`, or in words where another program decides. */
  readonly host: string;
  readonly purpose: string;
  /** How often since the start, and the last time as ISO 8601. */
  readonly count: number;
  readonly last: string;
}

export interface ConnectionLog {
  /** To be called before a connection is opened. @param target An address, or in words who is connected to. */
  note(target: string, purpose: string): void;
  /** Last ones first. */
  list(): readonly Connection[];
}

/** Pages of a site are one host: only a hostile document could make more. */
const mostRows = 500;

export function createConnectionLog(now: () => Date = () => new Date()): ConnectionLog {
  const rows = new Map<string, Connection>();
  return {
    note(target, purpose) {
      const host = hostOf(target);
      const key = `${host}\n${purpose}`;
      const count = (rows.get(key)?.count ?? 0) + 1;
      rows.delete(key);
      rows.set(key, { host, purpose, count, last: now().toISOString() });
      for (const oldest of [...rows.keys()].slice(0, -mostRows)) rows.delete(oldest);
    },
    list: () => [...rows.values()].reverse(),
  };
}

/** Never the whole address: a path or a query may hold what is nobody's business. */
function hostOf(target: string): string {
  if (!URL.canParse(target)) return target;
  const { protocol, host, hostname, port } = new URL(target);
  if (port !== "") return host;
  return `${hostname}:${protocol === "https:" ? "443" : "80"}`;
}

/** What a call of Ollama's interface is for. */
export function ollamaPurpose(path: string): string {
  switch (path) {
    case "/api/chat":
    case "/api/generate":
      return "answers, and questions about them";
    case "/api/embed":
      return "embeddings";
    case "/api/pull":
      return "pulling a model";
    default:
      return "what the server has";
  }
}
