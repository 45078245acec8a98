/** A certificate of our own for this test run, made by the JDK's keytool: valid for the publisher's host and for this machine. */
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const password = "only-for-tests";

export interface TestCertificate {
  /** For a server. */
  readonly tls: { readonly pfx: Buffer; readonly passphrase: string };
  /** Path of the certificate in PEM, for those that shall trust it. */
  readonly authority: string;
}

export async function makeCertificate(folder: string): Promise<TestCertificate> {
  const store = join(folder, "server.p12");
  const authority = join(folder, "authority.pem");
  const common = ["-alias", "test", "-keystore", store, "-storetype", "PKCS12", "-storepass", password];
  const names = "san=dns:docs.spring.io,dns:localhost,ip:127.0.0.1";
  await run("keytool", [
    ...["-genkeypair", "-keyalg", "EC", "-validity", "2", "-dname", "CN=docs.spring.io"],
    ...["-ext", names, "-ext", "bc:c=ca:true", ...common],
  ]);
  await run("keytool", ["-exportcert", "-rfc", "-file", authority, ...common]);
  return { tls: { pfx: await readFile(store), passphrase: password }, authority };
}
