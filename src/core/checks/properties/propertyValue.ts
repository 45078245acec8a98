/**
 * Whether a text can become a property's type, by the conversions of Spring Boot 3.2: `DurationStyle`, `DataSizeUnit`,
 * Spring's `StringToBooleanConverter`, `NumberUtils` and the lenient enum conversion of the binder.
 */

/** A sentence when the value cannot be bound; undefined when it can, or when that is not known. */
export function valueProblem(
  type: string,
  value: string,
  constantsOf: (enumType: string) => readonly string[] | undefined,
): string | undefined {
  const text = value.trim();
  // Empty values bind to nothing; placeholders, filtered and encrypted values are known at run time only.
  if (text === "" || /\$\{|#\{|@[\w.-]+@|^\{cipher\}|^ENC\(/.test(text)) return undefined;
  const rule = rules[type];
  if (rule) return rule.accepts(text) ? undefined : `\`${text}\` is ${rule.wanted}.`;
  const constants = constantsOf(type);
  if (!constants || constants.length === 0) return undefined;
  if (constants.some((constant) => sameConstant(constant, text))) return undefined;
  const names = constants.map((constant) => `\`${constant.toLowerCase().replaceAll("_", "-")}\``);
  return `\`${text}\` is none of its values: ${names.join(", ")}.`;
}

interface ValueRule {
  accepts(text: string): boolean;
  /** Follows "`x` is …". */
  readonly wanted: string;
}

const matches = (pattern: RegExp) => (text: string) => pattern.test(text);
const integer: ValueRule = {
  accepts: matches(/^[+-]?(?:0[xX][\da-fA-F]+|#[\da-fA-F]+|\d[\d_]*)$/),
  wanted: "no whole number",
};
const decimal: ValueRule = {
  accepts: matches(/^[+-]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[fFdD]?$/),
  wanted: "no number",
};

const rules: Readonly<Record<string, ValueRule>> = {
  "java.lang.Boolean": {
    accepts: matches(/^(?:true|false|on|off|yes|no|1|0)$/i),
    wanted: "neither `true` nor `false`",
  },
  "java.lang.Integer": integer,
  "java.lang.Long": integer,
  "java.lang.Short": integer,
  "java.lang.Byte": integer,
  "java.lang.Double": decimal,
  "java.lang.Float": decimal,
  "java.time.Duration": {
    accepts: matches(
      /^(?:[+-]?\d[\d_]*(?:ns|us|ms|s|m|h|d)?|[+-]?P(?=[\dT])(?:[+-]?\d+D)?(?:T[\d.HMS+-]+)?)$/i,
    ),
    wanted: "no duration such as `10s`, `500ms` or `PT10S`",
  },
  "org.springframework.util.unit.DataSize": {
    accepts: matches(/^[+-]?\d[\d_]*(?:B|KB|MB|GB|TB)?$/),
    wanted: "no data size such as `10MB`, `512KB` or `1024`",
  },
};

/** The binder takes `not-supported` and `notSupported` for `NOT_SUPPORTED`, and YAML's on and off for constants called so. */
function sameConstant(constant: string, text: string): boolean {
  const plain = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, "");
  if (plain(constant) === plain(text)) return true;
  const spelt = { false: ["off", "no"], true: ["on", "yes"] }[text.toLowerCase()];
  return spelt?.includes(constant.toLowerCase()) ?? false;
}
