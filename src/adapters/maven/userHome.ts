import { homedir, userInfo } from "node:os";

/** Java's `user.home`, below which Maven and Gradle keep what is theirs: the folder of the account itself, whatever `HOME` says. */
export function javaUserHome(): string {
  try {
    const own = userInfo().homedir;
    return own.length > 2 ? own : homedir();
  } catch {
    return homedir(); // an account that the system does not know, as in some containers
  }
}
