package docwright.compiler;

/** Writes one JSON object into a line. */
final class Json {

    private final StringBuilder text = new StringBuilder();

    private boolean first = true;

    Json open(String name, String value) {
        this.text.append('{');
        this.first = true;
        return field(name, value);
    }

    Json open() {
        separate();
        this.text.append('{');
        this.first = true;
        return this;
    }

    Json end() {
        this.text.append('}');
        this.first = false;
        return this;
    }

    Json openList(String name) {
        name(name);
        this.text.append('[');
        this.first = true;
        return this;
    }

    Json endList() {
        this.text.append(']');
        this.first = false;
        return this;
    }

    Json field(String name, String value) {
        name(name);
        quote(value);
        return this;
    }

    Json field(String name, long value) {
        name(name);
        this.text.append(value);
        return this;
    }

    Json item(String value) {
        separate();
        quote(value);
        return this;
    }

    String close() {
        return this.text.append('}').toString();
    }

    private void name(String name) {
        separate();
        quote(name);
        this.text.append(':');
    }

    private void separate() {
        if (!this.first) {
            this.text.append(',');
        }
        this.first = false;
    }

    private void quote(String value) {
        this.text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                this.text.append('\\').append(c);
            } else if (c < ' ' || c == '\u2028' || c == '\u2029' || Character.isSurrogate(c)) {
                this.text.append(String.format("\\u%04x", (int) c));
            } else {
                this.text.append(c);
            }
        }
        this.text.append('"');
    }
}
