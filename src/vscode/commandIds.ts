/** All commands. Those of the palette and the menus are in package.json too; a test holds the two lists together. */
export const contributedCommands = [
  "generate",
  "accept",
  "discard",
  "regenerate",
  "showSources",
  "showPending",
  "explain",
  "openChat",
  "switchChatMode",
  "showChats",
  "exportChat",
  "index",
  "updateSet",
  "reindexSet",
  "pauseIndexing",
  "resumeIndexing",
  "removeSet",
  "openSet",
  "copyDiagnostics",
  "refreshSets",
  "chooseModel",
  "chooseVersion",
  "getStarted",
  "doctor",
  "startOllama",
  "showLog",
] as const;

/** Reached through buttons, lenses and links only. */
export const innerCommands = [
  "menu",
  "getOllama",
  "openSettings",
  "indexOfficial",
  "openPassage",
  "openOfficialPage",
  "showAnswer",
] as const;

export type CommandName = (typeof contributedCommands)[number] | (typeof innerCommands)[number];
