// @vitest-environment jsdom
import { expect, test } from "vitest";
import { passageReason } from "../../../src/webview/view/passageWords";

test("says which legs found a passage, as ordered by what they gave", () => {
  expect(
    passageReason({
      foundBy: [
        { leg: "question", rank: 1, share: 0.7 },
        { leg: "lexical", rank: 4, share: 0.3 },
      ],
    }),
  ).toBe("Found by users' questions (rank 1), words (rank 4)");
});

test("says nothing of a passage that no search found", () => {
  expect(passageReason({ foundBy: [] })).toBe("");
});
