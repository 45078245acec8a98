/**
 * Whether a path is below a folder.
 * @param way The path relative to the folder, as the platform's `relative` gives it: absolute where they are on two drives.
 */
export function isBelow(way: string): boolean {
  return way !== "" && !/^\.\.(?:[\\/]|$)/.test(way) && !/^(?:[\\/]|[A-Za-z]:[\\/])/.test(way);
}
