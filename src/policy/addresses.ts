/** Whether the address lies in the range (`203.0.113.0/24`, `2001:db8::/32`, or one address); null when either is no IP address. */
export function isInRange(address: string, range: string): boolean | null {
  const [base = '', prefix, ...rest] = range.split('/');
  const inside = parseAddress(address);
  const network = parseAddress(base);
  if (inside === null || network === null || rest.length > 0) return null;
  const bits = prefix === undefined ? network.bits : /^\d{1,3}$/u.test(prefix) ? Number(prefix) : Number.NaN;
  if (!(bits <= network.bits)) return null;
  if (inside.bits !== network.bits) return false;
  const shift = BigInt(network.bits - bits);
  return inside.value >> shift === network.value >> shift;
}

interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

function parseAddress(text: string): Address | null {
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text);
}

function parseIpv4(text: string): Address | null {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/u.test(part) && Number(part) <= 255)) return null;
  return { bits: 32, value: parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n) };
}

function parseIpv6(text: string): Address | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  const groups = [...head, ...Array<string>(missing).fill('0'), ...tail];
  if (!groups.every((group) => /^[\da-f]{1,4}$/iu.test(group))) return null;
  return { bits: 128, value: groups.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n) };
}
