import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIPv4 } from 'node:net';

/** A certificate and its private key, PEM, as `node:tls` takes them. */
export interface Identity {
  readonly cert: string;
  readonly key: string;
}

/** A certificate authority of one test's own: nothing trusts it that is not told to. */
export interface Authority {
  readonly cert: string;
  readonly issue: (...hosts: readonly string[]) => Identity;
}

/** X.509 v3 (RFC 5280) with ECDSA P-256 (RFC 5758), as far as TLS servers need it: no tool and no stored key. */
export function createAuthority(name = 'rootctl test CA'): Authority {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const issuer = { name, key: privateKey };
  return {
    cert: certificate(issuer, name, publicKey, [basicConstraints(true)]),
    issue: (...hosts) => {
      const own = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const extensions = [basicConstraints(false), subjectAltName(hosts)];
      return {
        cert: certificate(issuer, hosts[0] ?? '', own.publicKey, extensions),
        key: own.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      };
    },
  };
}

function certificate(
  issuer: { readonly name: string; readonly key: KeyObject },
  subject: string,
  publicKey: KeyObject,
  extensions: readonly Buffer[],
): string {
  const algorithm = sequence(oid(1, 2, 840, 10045, 4, 3, 2)); // ecdsa-with-SHA256
  const body = sequence(
    tagged(0xa0, integer(Buffer.from([2]))), // version 3
    integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    algorithm,
    distinguishedName(issuer.name),
    sequence(generalizedTime('20000101000000Z'), generalizedTime('20991231235959Z')),
    distinguishedName(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(...extensions)),
  );
  const der = sequence(body, algorithm, bitString(sign('sha256', body, issuer.key)));
  const lines = der.toString('base64').match(/.{1,64}/gu) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

const basicConstraints = (isAuthority: boolean): Buffer =>
  extension(oid(2, 5, 29, 19), sequence(...(isAuthority ? [tagged(0x01, Buffer.from([0xff]))] : [])));

const subjectAltName = (hosts: readonly string[]): Buffer =>
  extension(
    oid(2, 5, 29, 17),
    sequence(
      ...hosts.map((host) =>
        isIPv4(host)
          ? tagged(0x87, Buffer.from(host.split('.').map(Number))) // iPAddress
          : tagged(0x82, Buffer.from(host)),
      ), // dNSName
    ),
  );

const extension = (id: Buffer, value: Buffer): Buffer => sequence(id, tagged(0x04, value));
const distinguishedName = (name: string): Buffer =>
  sequence(tagged(0x31, sequence(oid(2, 5, 4, 3), tagged(0x0c, Buffer.from(name)))));
const integer = (value: Buffer): Buffer => tagged(0x02, value);
const bitString = (value: Buffer): Buffer => tagged(0x03, Buffer.concat([Buffer.from([0]), value]));
const generalizedTime = (time: string): Buffer => tagged(0x18, Buffer.from(time));
const sequence = (...parts: readonly Buffer[]): Buffer => tagged(0x30, Buffer.concat(parts));

function oid(first: number, second: number, ...rest: readonly number[]): Buffer {
  const bytes = [first * 40 + second];
  for (const part of rest) {
    const septets = [part & 0x7f];
    for (let left = part >> 7; left > 0; left >>= 7) septets.unshift((left & 0x7f) | 0x80);
    bytes.push(...septets);
  }
  return tagged(0x06, Buffer.from(bytes));
}

/** Distinguished encoding (X.690): tag, length, contents. */
function tagged(tag: number, contents: Buffer): Buffer {
  const { length } = contents;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, (length >> 8) & 0xff, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), contents]);
}
