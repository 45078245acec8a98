package docwright.compiler;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Compiles sources in memory with the compiler of the JDK that runs it, for as long as its standard input stays open.
 *
 * <p>A request is a list of texts in binary: their count, then each as its length in UTF-8 bytes and the bytes (integers of four bytes,
 * big-endian). The first text is the request's id, the second what is asked. A reply is one line of JSON with the same id. Requests are
 * answered one after the other; whoever asks watches the clock and ends this process when an annotation processor or the compiler hangs.
 */
public final class CompilerServer {

    /** Deep nesting is answered by javac with a recursion; a whole stack for it is cheaper than a crash. */
    private static final long STACK_BYTES = 64L << 20;

    /** More than any request of ours; a damaged stream must not be believed when it names a length. */
    private static final int LARGEST_TEXT = 256 << 20;

    private CompilerServer() {
    }

    public static void main(String[] arguments) {
        PrintStream replies = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        System.setOut(System.err); // what a processor prints is no reply
        System.setIn(InputStream.nullInputStream());
        BlockingQueue<List<String>> requests = new ArrayBlockingQueue<>(64);
        Compilations compilations = new Compilations();
        Thread worker = new Thread(null, () -> {
            while (true) {
                try {
                    List<String> request = requests.take();
                    String reply = answer(compilations, request);
                    replies.write((reply + "\n").getBytes(StandardCharsets.UTF_8));
                    replies.flush();
                } catch (InterruptedException | IOException ended) {
                    return;
                }
            }
        }, "compiler", STACK_BYTES);
        worker.setDaemon(true);
        worker.start();
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(new FileInputStream(FileDescriptor.in)))) {
            while (true) {
                requests.put(readRequest(in));
            }
        } catch (IOException | InterruptedException closed) {
            Runtime.getRuntime().halt(0); // nobody is there any more; a hanging processor is not waited for
        }
    }

    private static List<String> readRequest(DataInputStream in) throws IOException {
        int count = in.readInt();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int length = in.readInt();
            if (length < 0 || length > LARGEST_TEXT) {
                throw new EOFException("damaged request");
            }
            texts.add(new String(in.readNBytes(length), StandardCharsets.UTF_8));
        }
        return texts;
    }

    private static String answer(Compilations compilations, List<String> request) {
        Json json = new Json().open("id", request.get(0));
        try {
            switch (request.get(1)) {
                case "compile" -> compilations.compile(CompileRequest.of(request), json);
                case "describe" -> compilations.describe(request, json);
                case "platform-types" -> PlatformTypes.write(json);
                default -> json.field("crash", "unknown request " + request.get(1));
            }
        } catch (Throwable crash) {
            // Whatever a compiler or a processor throws is an answer: it could not be checked.
            return new Json().open("id", request.get(0)).field("crash", Crash.describe(crash)).close();
        }
        return json.close();
    }
}
