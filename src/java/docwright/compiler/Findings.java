package docwright.compiler;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;

import javax.tools.Diagnostic;
import javax.tools.DiagnosticListener;
import javax.tools.JavaFileObject;

/** What the compiler says of the sources that are judged, with what it knows of the symbols concerned. */
final class Findings implements DiagnosticListener<JavaFileObject>, TaskListener {

    private static final int MOST = 20_000;

    private final List<Diagnostic<? extends JavaFileObject>> told = new ArrayList<>();

    private final List<Symbol> symbols = new ArrayList<>();

    /** Errors outside the judged sources: what could not be seen of the project. */
    private final List<Diagnostic<? extends JavaFileObject>> elsewhere = new ArrayList<>();


    private JavacTask task;

    void explainWith(JavacTask task) {
        this.task = task;
        task.addTaskListener(this);
    }

    @Override
    public void report(Diagnostic<? extends JavaFileObject> diagnostic) {
        boolean judged = diagnostic.getSource() instanceof SourceText source && source.judged();
        List<Diagnostic<? extends JavaFileObject>> list = judged ? this.told : this.elsewhere;
        if (list.size() < MOST && diagnostic.getKind() != Diagnostic.Kind.NOTE) {
            list.add(diagnostic);
            if (judged) {
                this.symbols.add(null);
            }
        }
    }

    /** After a type was analysed its tree knows the symbols; later they are gone. */
    @Override
    public void finished(TaskEvent event) {
        CompilationUnitTree unit = event.getCompilationUnit();
        if (event.getKind() != TaskEvent.Kind.ANALYZE || unit == null) {
            return;
        }
        for (int i = 0; i < this.told.size(); i++) {
            Diagnostic<? extends JavaFileObject> diagnostic = this.told.get(i);
            if (this.symbols.get(i) == null && diagnostic.getSource().toUri().equals(unit.getSourceFile().toUri())
                    && Symbol.isAskedFor(diagnostic)) {
                this.symbols.set(i, Symbol.at(this.task, unit, diagnostic));
            }
        }
    }

    void write(Json json) {
        json.openList("diagnostics");
        for (int i = 0; i < this.told.size(); i++) {
            Diagnostic<? extends JavaFileObject> diagnostic = this.told.get(i);
            json.open()
                .field("path", ((SourceText) diagnostic.getSource()).path())
                .field("kind", diagnostic.getKind().name())
                .field("code", String.valueOf(diagnostic.getCode()))
                .field("message", diagnostic.getMessage(Locale.ROOT))
                .field("start", diagnostic.getStartPosition())
                .field("position", diagnostic.getPosition())
                .field("end", diagnostic.getEndPosition());
            if (this.symbols.get(i) != null) {
                this.symbols.get(i).write(json);
            }
            json.end();
        }
        json.endList().openList("elsewhere");
        for (Diagnostic<? extends JavaFileObject> diagnostic : this.elsewhere) {
            if (diagnostic.getKind() == Diagnostic.Kind.ERROR) {
                json.open()
                    .field("path", diagnostic.getSource() == null ? "" : diagnostic.getSource().getName())
                    .field("code", String.valueOf(diagnostic.getCode()))
                    .field("message", diagnostic.getMessage(Locale.ROOT))
                    .end();
            }
        }
        json.endList();
    }
}
