/** A task with the passages that were found for it, as one message for a model. */
export function taskPrompt(task: string, found: string): string {
  return [
    "Solve this Spring Boot task for the project's own version:",
    task,
    "Use the passages below where they apply, and name them as [1], [2]. Check every file that you write with docwright_checkCode, and look up properties with docwright_propertyInfo instead of guessing.",
    found,
  ].join("\n\n");
}
