/** A model that the Ollama server has, for the picker. */
export interface InstalledModel {
  readonly name: string;
  readonly bytes: number;
  readonly parameters?: string;
  readonly quantisation?: string;
  readonly family?: string;
  /** The longest window that the model was trained for, in tokens. */
  readonly contextTokens?: number;
  /** Memory that running it takes, estimated from its size. */
  readonly neededBytes: number;
  readonly loaded: boolean;
}

export interface ServerStatus {
  readonly host: string;
  readonly version: string;
  readonly models: readonly InstalledModel[];
  readonly freeMemoryBytes: number;
  readonly totalMemoryBytes: number;
}

export interface PullProgress {
  readonly status: string;
  readonly completedBytes?: number;
  readonly totalBytes?: number;
}
