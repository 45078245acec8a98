import { z } from "zod";
import { badArgument } from "./flags";

/** Of a line only these are read; whatever else stands in it must not help. */
const line = z.object({
  id: z.string(),
  question: z.string().min(1),
  selection: z.string().nullish(),
  draft: z.string().nullish(),
});

export interface AskedQuestion {
  readonly id: string;
  readonly question: string;
  readonly selection?: string;
  /** What a model wrote at first; see `core/search/draft.ts`. */
  readonly draft?: string;
}

/** Reads JSON lines; blank lines are passed over. Throws `bad-argument` that names file and line. */
export function parseQuestions(content: string, file: string): readonly AskedQuestion[] {
  return content.split("\n").flatMap((text, index): AskedQuestion[] => {
    if (text.trim() === "") return [];
    const parsed = line.safeParse(parseJson(text));
    if (!parsed.success) {
      throw badArgument(
        `Line ${index + 1} of ${file} is no question: it needs "id" and "question", both texts.`,
      );
    }
    const { id, question, selection, draft } = parsed.data;
    const more = {
      ...(typeof selection === "string" && { selection }),
      ...(typeof draft === "string" && { draft }),
    };
    return [{ id, question, ...more }];
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
