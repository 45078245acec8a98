/** A model that the Ollama server has, for the picker. */
export interface InstalledModel {
  readonly name: string;
  readonly bytes: number;
  /** As Ollama writes it: "7.6B", "134.52M". */
  readonly parameters?: string;
  readonly quantisation?: string;
  readonly family?: string;
  /** The longest window that the model was trained for, in tokens. */
  readonly contextTokens?: number;
  /** Memory that running it takes: measured while it is loaded, else estimated from its size and its window. */
  readonly neededBytes: number;
  readonly loaded: boolean;
}

export interface ServerStatus {
  readonly host: string;
  readonly version: string;
  /** Models that write text on that server; embedding models and models that run elsewhere are left out. */
  readonly models: readonly InstalledModel[];
  /** Of the machine that the server runs on; absent when that is another machine. */
  readonly freeMemoryBytes?: number;
  readonly totalMemoryBytes?: number;
}

export interface PullProgress {
  readonly status: string;
  readonly completedBytes?: number;
  readonly totalBytes?: number;
}
