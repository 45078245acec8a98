package docwright.compiler;

/** Words for what a compiler or an annotation processor threw. */
final class Crash {

    private static final int DEEPEST_CAUSE = 8;

    private Crash() {
    }

    /** The innermost cause and the first frame of its own, which names the processor. */
    static String describe(Throwable crash) {
        Throwable cause = crash;
        for (int i = 0; i < DEEPEST_CAUSE && cause.getCause() != null && cause.getCause() != cause; i++) {
            cause = cause.getCause();
        }
        StackTraceElement[] trace = cause.getStackTrace();
        return trace.length == 0 ? cause.toString() : cause + " at " + trace[0].getClassName();
    }
}
