/** Marks with which chat templates of models separate turns. A server takes them for such wherever they stand. */
const markers =
  /<(?=\|[^|<>\n]{1,40}\|>|\uff5c[^\uff5c<>\n]{1,40}\uff5c>|\/?(?:start|end)_of_turn>|\/?s>|(?:bos|eos|pad|unk)>|\/?think>|<\/?SYS>>)|\[(?=\/?(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_RESULTS|TOOL_CALLS)\])/gi;

/**
 * The text with a space in each such mark: what is quoted in a prompt (passages, code, file names, earlier answers) cannot end its own turn
 * and begin one of the system's or of the person's.
 */
export function withoutTurnMarkers(text: string): string {
  return text.replace(markers, (first) => `${first} `);
}
