/** Reads main-thread work of the chat's page out of a Chromium trace. */

/** As the trace event format names them; times in microseconds. */
export interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly args?: { readonly data?: { readonly url?: string } };
}

/** The page's main thread is the one that runs its script. */
function pageThread(events: readonly TraceEvent[]): (event: TraceEvent) => boolean {
  const counts = new Map<string, number>();
  for (const { name, args, pid, tid } of events) {
    if (name !== "FunctionCall" || !(args?.data?.url ?? "").includes("webview/main.js")) continue;
    counts.set(`${pid}:${tid}`, (counts.get(`${pid}:${tid}`) ?? 0) + 1);
  }
  const [busiest] = [...counts].sort(([, left], [, right]) => right - left);
  if (!busiest) throw new Error("the trace has no call of the chat's script");
  return ({ pid, tid }) => `${pid}:${tid}` === busiest[0];
}

function tasksOf(events: readonly TraceEvent[]): readonly Required<Pick<TraceEvent, "ts" | "dur">>[] {
  const named = (name: string) =>
    events.flatMap(({ name: own, ph, ts, dur }) =>
      own === name && ph === "X" && dur !== undefined ? [{ ts, dur }] : [],
    );
  const tasks = named("RunTask");
  return (tasks.length > 0 ? tasks : named("ThreadControllerImpl::RunTask")).sort(
    (left, right) => left.ts - right.ts,
  );
}

/**
 * Milliseconds a rendered batch: all work of the page's main thread from one animation frame in which the chat's script ran to the next, the
 * message that brought the words, styles, layout and paint included.
 */
export function batchesOf(events: readonly TraceEvent[]): readonly number[] {
  const isOfPage = pageThread(events);
  const own = events.filter(isOfPage);
  const tasks = tasksOf(own);
  const calls = own.filter(
    ({ name, args }) => name === "FunctionCall" && (args?.data?.url ?? "").includes("webview/main.js"),
  );
  const frames = own
    .filter(
      ({ name, ts, dur = 0 }) =>
        name === "FireAnimationFrame" && calls.some((call) => call.ts >= ts && call.ts <= ts + dur),
    )
    .map(({ ts }) => ts)
    .sort((left, right) => left - right);
  // A frame's work begins with the task that it runs in.
  const starts = frames.map((frame) => tasks.findLast(({ ts }) => ts <= frame)?.ts ?? frame);
  return starts.slice(0, -1).map((start, index) => {
    const end = starts[index + 1] ?? start;
    return tasks.filter(({ ts }) => ts >= start && ts < end).reduce((sum, { dur }) => sum + dur / 1_000, 0);
  });
}

/** Milliseconds of each task of the page's main thread that is longer than nothing. */
export function threadTasks(events: readonly TraceEvent[]): readonly number[] {
  return tasksOf(events.filter(pageThread(events))).map(({ dur }) => dur / 1_000);
}
